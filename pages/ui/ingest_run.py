"""An ingest in a process of its own: the board stays quick, and a crash takes nothing with it.

Progress comes as lines on stderr, the result as one JSON document on stdout.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import Refused
from pipeline.settings import ROOT

DONE, REFUSED = 0, 1  # exit statuses of the command line


@dataclass(frozen=True)
class Ingested:
    """What an ingest did, in rows: read = accepted + rejected + duplicate.

    is_news: False where the same content had been taken in before.
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
    seconds: float

    @property
    def difference(self) -> int:
        """What the identity read = accepted + rejected + duplicate is off by; 0 where it holds."""
        return self.read - self.accepted - self.rejected - self.duplicate


def ingest(
    paths: Sequence[Path],
    warehouse: Path,
    *,
    source: str | None = None,
    publish_anyway: bool = False,
    on_step: Callable[[str], None] = lambda line: None,
) -> Ingested:
    """Take in files as `python -m pipeline ingest` does; `on_step` hears every step's name.

    Raises Refused as the command line refuses. What a crash writes is not passed on: it
    may hold values of rows.
    """
    command = [sys.executable, "-m", "pipeline", "ingest", "--json", "--warehouse", str(warehouse)]
    if source is not None:
        command += ["--source", source]
    if publish_anyway:
        command.append("--publish-anyway")
    command += ["--", *map(str, paths)]
    with (
        tempfile.TemporaryFile("w+", encoding="utf-8") as printed,
        subprocess.Popen(
            command,
            cwd=ROOT,
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
    return _read(document)


def _read(document: str) -> Ingested:
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
        seconds=said["seconds"],
    )
