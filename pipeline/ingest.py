"""Exports in, a published snapshot out. The order of steps, readable top to bottom.

Every list of files of one source is landed as a batch; then the next snapshot is built
(pipeline/build.py) and published. What was landed and is not in the snapshot (a killed ingest) is
taken in with it.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import duckdb

from pipeline import batch_folder, invented, landing, personal, publish, statements
from pipeline.batches import Outcome
from pipeline.build import build
from pipeline.errors import QualityStop, Refused
from pipeline.landing import Landed
from pipeline.progress import Progress, SilentProgress
from pipeline.sorting import Group, sort_files
from pipeline.sources import sources
from pipeline.staging import known_headers
from pipeline.text import json_text


@dataclass
class Result:
    """What an ingest did, as `--json` prints it.

    not_taken: files of a folder that no source fits or nothing reads, each with its refusal as a
    document; the others were taken in.
    """

    batch: str | list[str]
    snapshot: str
    read: int = 0
    accepted: int = 0
    rejected: int = 0
    duplicate: int = 0
    rejects_by_rule: dict[str, int] = field(default_factory=dict)
    flags: dict[str, int] = field(default_factory=dict)
    seconds: float = 0.0
    left_out: int = 0
    news: bool = True
    batches: list[dict[str, object]] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)
    warnings: list[dict[str, object]] = field(default_factory=list)
    not_kept: list[str] = field(default_factory=list)  # headers of persons, dropped on landing
    not_taken: list[dict[str, Any]] = field(default_factory=list)

    @property
    def refusal(self) -> Refused | None:
        """What a schedule must not pass over: that a file was not taken in; None where all were."""
        if not self.not_taken:
            return None
        names = [one["file"] for one in self.not_taken]
        why = Refused.from_document(self.not_taken[0])
        return Refused("error.ingest.not_all", n=len(names), files=names, why=why)

    def as_json(self) -> str:
        """One JSON document; with the keys of a refusal where there is one."""
        refusal = self.refusal
        document = asdict(self) | (refusal.as_document() if refusal else {})
        return json_text(document)


def ingest(
    paths: Sequence[Path],
    warehouse: Path,
    *,
    source: str | None = None,
    publish_anyway: bool = False,
    progress: Progress | None = None,
) -> Result:
    """Take in files or folders; every list of files of one source is one batch.

    source: a known name or a TOML file; otherwise each file is recognised by its headers.
    publish_anyway: take in a batch although a threshold is crossed.
    Raises Refused (and its kinds) with one sentence; the board then shows what it showed before.
    """
    began = time.monotonic()
    progress = progress or SilentProgress()
    with publish.writing(warehouse):
        known = sources(warehouse)
        files = sort_files(paths, known, source)
        landed = []
        for group in files.groups:
            landed.append(land(group, warehouse, progress=progress))
        for one in landed:
            # A batch held back is looked at again: its source may have been mended since.
            batch_folder.look_again(warehouse, one.batch_id)
            if publish_anyway:
                batch_folder.release(warehouse, one.batch_id)
        try:
            outcomes, snapshot = build(warehouse, progress=progress)
        except QualityStop:  # which speaks of a batch only
            for left in files.not_taken:
                progress.step("progress.not_taken", why=left.why)
            raise
    named = {one.batch_id for one in landed}
    mine = [outcome for outcome in outcomes if outcome.batch_id in named]
    news = any(one.news for one in landed) or bool(mine)
    result = _result(
        warehouse, landed, mine, snapshot, files.skipped, news, time.monotonic() - began
    )
    result.not_taken = [{"file": one.file, **one.why.as_document()} for one in files.not_taken]
    return result


def rebuild(warehouse: Path, *, progress: Progress | None = None) -> str | None:
    """Build the snapshot that the landed batches call for; returns its id, None without data.

    There is something to do where another version of the board, a source or the calendar needs it,
    or a killed ingest left a batch.
    """
    if not landing.landed_batches(warehouse):
        return publish.current(warehouse)
    with publish.writing(warehouse):
        _, snapshot = build(warehouse, progress=progress or SilentProgress())
    return snapshot


def release(warehouse: Path, batch_id: str, *, progress: Progress | None = None) -> Result:
    """Publish a batch that a threshold holds back, as it is. Refused where none of that id is."""
    began = time.monotonic()
    with publish.writing(warehouse):
        batch_folder.require_held(warehouse, batch_id)
        batch_folder.release(warehouse, batch_id)
        outcomes, snapshot = build(warehouse, progress=progress or SilentProgress())
    landed = [one for one in landing.landed_batches(warehouse) if one.batch_id == batch_id]
    mine = [outcome for outcome in outcomes if outcome.batch_id == batch_id]
    return _result(warehouse, landed, mine, snapshot, [], True, time.monotonic() - began)


def discard(warehouse: Path, batch_id: str) -> None:
    """Throw away a batch that is held back. Refused where none of that id is."""
    with publish.writing(warehouse):
        batch_folder.discard(warehouse, batch_id)


def land(group: Group, warehouse: Path, *, progress: Progress) -> Landed:
    """Land one batch and keep the description it was read with beside it."""
    spoken = group.source
    with duckdb.connect() as con:
        landed = landing.land(
            con,
            group.files,
            spoken.name,
            warehouse,
            known_headers=known_headers([spoken]),
            sheet=spoken.sheet,
            members=group.members,
            listed_on=group.listed_on,
            not_kept=personal.not_kept(spoken),
            progress=progress,
        )
        folder = batch_folder.folder_of(warehouse, landed.batch_id)
        is_invented = any(map(invented.has_marker_above, group.files)) or invented.says_so(
            con, landed, folder
        )
    batch_folder.describe(folder, spoken, is_invented=is_invented)
    return landed


def _result(
    warehouse: Path,
    landed: list[Landed],
    outcomes: list[Outcome],
    snapshot: str,
    skipped: list[str],
    news: bool,
    seconds: float,
) -> Result:
    told = {outcome.batch_id: outcome for outcome in outcomes}
    result = Result(batch=[], snapshot=snapshot, seconds=round(seconds, 3), news=news)
    result.not_kept = sorted({h for one in landed for table in one.tables for h in table.not_kept})
    # An archive of several sources is read once for each, and passes over the same files each time.
    named = skipped + [name for one in landed for name in one.skipped]
    result.skipped = list(dict.fromkeys(named))
    with duckdb.connect(str(publish.path_of(warehouse, snapshot)), read_only=True) as con:
        for one in landed:
            outcome = told.get(one.batch_id) or _from_ledger(con, one.batch_id)
            result.batches.append(asdict(outcome))
            result.read += outcome.read
            result.accepted += outcome.accepted
            result.rejected += outcome.rejected
            result.duplicate += outcome.duplicate
            result.left_out += outcome.left_out
            for total, part in (
                (result.rejects_by_rule, outcome.rejects_by_rule),
                (result.flags, outcome.flags),
            ):
                for rule, n in part.items():
                    total[rule] = total.get(rule, 0) + n
        ids = [one.batch_id for one in landed]
        warnings = statements.run(con, "core/warnings_of", batch_ids=ids).fetchall()
    result.warnings = [
        {"warning": warning, "column": column, "value": value, "rows": n}
        for warning, column, value, n in warnings
    ]
    result.batch = ids[0] if len(ids) == 1 else ids
    return result


def _from_ledger(con: duckdb.DuckDBPyConnection, batch_id: str) -> Outcome:
    """What an earlier ingest wrote down of a batch that is no news."""
    rows = statements.run(con, "core/ledger_of", batch_id=batch_id).fetchall()
    if not rows:
        raise Refused("error.ingest.not_inside", batch=batch_id)
    no, source, kind, read, accepted, rejected, duplicate, left_out, rejects, flags = rows[0]
    return Outcome(
        batch_id,
        no,
        source,
        kind,
        read,
        accepted,
        rejected,
        duplicate,
        left_out,
        dict(rejects or {}),
        dict(flags or {}),
    )


__all__ = ["Result", "ingest", "rebuild"]
