"""An ingest in a process of its own: the board stays quick, and a crash takes nothing with it.

Progress comes as lines on stderr, in the viewer's language; the result, or why there is none, as
one JSON document on stdout. A thread waits for it, so that a viewer may look at other screens
meanwhile and finds the outcome when he comes back.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from threading import Thread

from pages.ui import inbox
from pages.ui.identity import Identity
from pages.ui.inbox import Dropped
from pipeline.cli_logged import PERSON, ROLE
from pipeline.errors import Refused
from pipeline.settings import ROOT

DONE, REFUSED = 0, 1  # exit statuses of the command line
HELD, HELD_ALONE = "error.ingest.held", "error.ingest.held_alone"


@dataclass(frozen=True)
class Ingested:
    """What an ingest did, in rows: read = accepted + rejected + duplicate.

    is_news: False where the same content had been taken in before. skipped: "name: reason" of what
    was passed over. not_kept: headers of persons under which nothing was kept.
    """

    snapshot: str
    read: int
    accepted: int
    rejected: int
    duplicate: int
    left_out: int
    rejects_by_rule: dict[str, int]
    flags: dict[str, int]
    is_news: bool
    skipped: list[str]
    not_kept: list[str]
    seconds: float

    @property
    def difference(self) -> int:
        """What the identity read = accepted + rejected + duplicate is off by; 0 where it holds."""
        return self.read - self.accepted - self.rejected - self.duplicate


@dataclass(frozen=True)
class Job:
    """Files for one call of the command line; source None: each is recognised by its headers."""

    files: Sequence[Dropped]
    source: str | None


@dataclass
class Run:
    """Work under way for one viewer. A thread fills it in; the screen only reads it.

    steps: what has begun, the last one still going on. done, refusals: one per call that ended.
    """

    steps: list[str] = field(default_factory=list)
    done: list[Ingested] = field(default_factory=list)
    refusals: list[Refused] = field(default_factory=list)
    is_over: bool = False

    @property
    def are_files_needed(self) -> bool:
        """Whether a file has to be mended or described; what is held back has been landed."""
        return any(refusal.key not in (HELD, HELD_ALONE) for refusal in self.refusals)


def start(jobs: Sequence[Job], warehouse: Path, who: Identity) -> Run:
    """Take the jobs' files in, one call after the other; a refused one keeps no other back."""

    def take_in(job: Job) -> Ingested:
        with inbox.on_disk(job.files, warehouse) as paths:
            return ingest(paths, warehouse, who, source=job.source, on_step=run.steps.append)

    run = Run()
    _in_background(run, [lambda job=job: take_in(job) for job in jobs])  # type: ignore[misc]
    return run


def start_release(batch_id: str, warehouse: Path, who: Identity) -> Run:
    """Publish a batch that is held back, as it is."""
    run = Run()
    command = ["release", "--json", batch_id]
    _in_background(run, [lambda: _ingested(_said(command, warehouse, who, run.steps.append))])
    return run


def discard(batch_id: str, warehouse: Path, who: Identity) -> None:
    """Throw a batch away that is held back. Raises Refused where it is not, or no longer."""
    _said(["release", "--json", "--discard", batch_id], warehouse, who)


def ingest(
    paths: Sequence[Path],
    warehouse: Path,
    who: Identity,
    *,
    source: str | None = None,
    on_step: Callable[[str], None] = lambda line: None,
) -> Ingested:
    """Take in files as `python -m pipeline ingest` does; `on_step` hears every step's name.

    Raises Refused as the command line refuses. What a crash writes is not passed on: it may hold
    values of rows.
    """
    command = ["ingest", "--json"]
    if source is not None:
        command += ["--source", source]
    return _ingested(_said([*command, "--", *map(str, paths)], warehouse, who, on_step))


def _in_background(run: Run, calls: Sequence[Callable[[], Ingested]]) -> None:
    def work() -> None:
        try:
            for call in calls:
                try:
                    run.done.append(call())
                except Refused as problem:
                    run.refusals.append(problem)
        finally:
            run.is_over = True

    Thread(target=work, name="ingest", daemon=True).start()


def _said(
    command: Sequence[str],
    warehouse: Path,
    who: Identity,
    on_step: Callable[[str], None] = lambda line: None,
) -> str:
    """What `python -m pipeline` prints for a command; its refusal is raised again here.

    The command writes into the access log for whom it was started.
    """
    verb, *rest = command
    where = ["--warehouse", str(warehouse), "--lang", who.language]
    with (
        tempfile.TemporaryFile("w+", encoding="utf-8") as printed,
        subprocess.Popen(
            [sys.executable, "-m", "pipeline", verb, *where, *rest],
            cwd=ROOT,
            env={**os.environ, PERSON: who.person, ROLE: who.role},
            stdin=subprocess.DEVNULL,
            stdout=printed,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            errors="replace",
        ) as process,
    ):
        assert process.stderr is not None  # noqa: S101 - asked for as a pipe above
        for line in process.stderr:
            if line.strip():
                on_step(line.strip())
        status = process.wait()
        printed.seek(0)
        document = printed.read()
    if status == REFUSED and document:
        raise Refused.from_document(json.loads(document))
    if status != DONE:
        raise Refused("error.ingest.ended", status=status)
    return document


def _ingested(document: str) -> Ingested:
    said = json.loads(document)
    return Ingested(
        snapshot=said["snapshot"],
        read=said["read"],
        accepted=said["accepted"],
        rejected=said["rejected"],
        duplicate=said["duplicate"],
        left_out=said["left_out"],
        rejects_by_rule=said["rejects_by_rule"],
        flags=said["flags"],
        is_news=said["news"],
        skipped=said["skipped"],
        not_kept=said["not_kept"],
        seconds=said["seconds"],
    )
