"""Exports in, a published snapshot out. The order of steps, readable top to bottom.

Land every batch, then build the next snapshot on a copy of the current one, check its identities,
publish.
Whatever was landed and is not in the snapshot (a killed ingest) is taken in first.
"""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import duckdb

from pipeline import batches, identities, landing, marts, publish, statements
from pipeline.batches import Outcome
from pipeline.corrections import corrections_for
from pipeline.errors import QualityStop, Refused
from pipeline.landing import Landed
from pipeline.progress import Progress, SilentProgress
from pipeline.sorting import FIRST_KINDS, Group, sort_files
from pipeline.sources import Source, load_source, save_source, source_hash, sources
from pipeline.staging import known_headers

MEMORY = "2GiB"  # what DuckDB may hold; the rest spills to the warehouse's own temporary folder
MARKER = ".dunghen-demo.json"  # lies beside exports that the demo generator wrote
LOCAL = ZoneInfo("Asia/Ho_Chi_Minh")


@dataclass
class Result:
    """What an ingest did, as `--json` prints it."""

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

    def as_json(self) -> str:
        """One JSON document."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=2)


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
        grouped, skipped = sort_files(paths, known, source)
        landed = []
        for group in grouped:
            progress.step(f"{group.source.name}: {len(group.files)}")
            landed.append(land(group, warehouse, progress=progress))
        for one in landed:
            # A batch held back is looked at again: its source may have been mended since.
            (folder_of(warehouse, one.batch_id) / "held.json").unlink(missing_ok=True)
            if publish_anyway:
                release(warehouse, one.batch_id)
        outcomes, snapshot = build(warehouse, progress=progress)
    named = {one.batch_id for one in landed}
    mine = [outcome for outcome in outcomes if outcome.batch_id in named]
    news = any(one.news for one in landed) or bool(mine)
    return _result(warehouse, landed, mine, snapshot, skipped, news, time.monotonic() - began)


def rebuild(warehouse: Path, *, progress: Progress | None = None) -> str | None:
    """Build the snapshot anew from landing where another version of the board, a source or the
    calendar needs it, or a killed ingest left a batch. Returns its id, None without data.
    """
    if not landing.landed_batches(warehouse):
        return publish.current(warehouse)
    with publish.writing(warehouse):
        _, snapshot = build(warehouse, progress=progress or SilentProgress())
    return snapshot


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
            personal=spoken.personal,
            progress=progress,
        )
    folder = folder_of(warehouse, landed.batch_id)
    (folder / "source").mkdir(exist_ok=True)
    for older in (folder / "source").glob("*.toml"):
        if older.stem != spoken.name:
            older.unlink()
    if any(_marker_above(path) for path in group.files):
        (folder / "invented").touch()
    save_source(spoken, folder / "source")  # last: a batch without a description is not yet whole
    return landed


def folder_of(warehouse: Path, batch_id: str) -> Path:
    """Where a landed batch lies."""
    return warehouse / "landing" / batch_id


def release(warehouse: Path, batch_id: str) -> None:
    """Let a batch in although a threshold was crossed; the decision stays with the batch."""
    folder = folder_of(warehouse, batch_id)
    if not folder.is_dir():
        raise Refused("error.ingest.no_batch", batch=batch_id)
    (folder / "released").touch()
    (folder / "held.json").unlink(missing_ok=True)


def build(warehouse: Path, *, progress: Progress) -> tuple[list[Outcome], str]:
    """Publish a snapshot that holds every landed batch; returns what was taken in, and its id.

    Invented batches make room once a real one is there. Everything is built anew from landing
    when a
    description, a unit or procedure list, or the calendar changed; otherwise on a copy of the
    last snapshot.
    """
    wanted = _wanted(warehouse)
    base = publish.current(warehouse)
    inside = _inside(warehouse, base)
    described = {b.batch_id: _description(warehouse, b) for b in wanted}
    missing = [batch for batch in wanted if batch.batch_id not in inside]
    anew = base is None or _must_rebuild(wanted, missing, inside, described)
    if not missing and not anew and base is not None:
        return [], base

    working = publish.begin(warehouse, None if anew else base)
    todo = wanted if anew else missing
    todo = sorted(todo, key=lambda b: (described[b.batch_id].kind not in FIRST_KINDS, b.batch_no))
    outcomes: list[Outcome] = []
    with duckdb.connect(
        config={"memory_limit": MEMORY, "temp_directory": str(warehouse / "tmp")}
    ) as con:
        con.execute("set preserve_insertion_order = false")
        con.execute("attach $path as wh", {"path": str(working)})
        if anew:
            con.execute("use wh")
            statements.run(con, "core/schema")
            con.execute("use memory")
        for batch in todo:
            progress.step(described[batch.batch_id].name)
            folder = folder_of(warehouse, batch.batch_id)
            outcome = batches.take_in(
                con,
                batch,
                described[batch.batch_id],
                folder,
                batch.batch_no,
                corrections_for(described[batch.batch_id].name, warehouse),
                is_invented=(folder / "invented").exists(),
                ignores_thresholds=(folder / "released").exists(),
            )
            outcomes.append(outcome)
            _hold_or_not(folder, outcome)
        for name in (
            "link",
            "link_step",
            "link_apology",
            "link_survey",
            "link_feedback",
            "unit_tree",
        ):
            statements.run(con, f"core/{name}")
        snapshot = publish.new_id(datetime.now(LOCAL).replace(tzinfo=None), warehouse)
        marts.build(con, snapshot)
        failed = identities.failed(con)
        con.execute("detach wh")
    if failed:
        working.unlink()
        raise failed[0]
    held = [outcome for outcome in outcomes if _is_held(warehouse, outcome)]
    if len(held) < len(outcomes) or (anew and base is not None):
        publish.commit(warehouse, working, snapshot)
    else:
        working.unlink()
        snapshot = base or ""
    if held:
        raise _held_back(held[0])
    return outcomes, snapshot


def held(warehouse: Path) -> list[dict[str, object]]:
    """Batches that were loaded and not published because a rule's threshold was crossed."""
    found = []
    for path in sorted((warehouse / "landing").glob("*/held.json")):
        found.append(json.loads(path.read_text(encoding="utf-8")))
    return found


def _wanted(warehouse: Path) -> list[Landed]:
    """Landed batches that belong into the snapshot, oldest first.

    Not among them: one held back, and one whose landing was killed before its description lay
    beside it; the next ingest of its files completes that one.
    """
    all_of_them = [
        batch
        for batch in landing.landed_batches(warehouse)
        if not (folder_of(warehouse, batch.batch_id) / "held.json").exists()
        and _description_path(warehouse, batch).is_file()
    ]
    real = [b for b in all_of_them if not (folder_of(warehouse, b.batch_id) / "invented").exists()]
    return real or all_of_them


def _inside(warehouse: Path, base: str | None) -> dict[str, str]:
    """Batches of a snapshot -> hash of the description they were read with, and the calendar's
    version. Nothing is inside one whose file is damaged or gone: it is then built anew.
    """
    if base is None:
        return {}
    try:
        meta = publish.describe(publish.path_of(warehouse, base))
    except duckdb.Error:
        return {}
    return {
        key.removeprefix("source_hash/"): value
        for key, value in meta.items()
        if key.startswith("source_hash/")
    } | {"": _version(meta.get("calendar_version", ""), meta.get("build_version", ""))}


def _version(calendar: str, statements_used: str) -> str:
    return f"{calendar} {statements_used}"


def _must_rebuild(
    wanted: list[Landed],
    missing: list[Landed],
    inside: dict[str, str],
    described: dict[str, Source],
) -> bool:
    from pipeline.calendar import calendar_version

    gone = set(inside) - {""} - {batch.batch_id for batch in wanted}
    changed = [
        b
        for b in wanted
        if b.batch_id in inside and inside[b.batch_id] != source_hash(described[b.batch_id])
    ]
    refers = any(described[batch.batch_id].kind in FIRST_KINDS for batch in missing)
    version = _version(calendar_version(), statements.build_version())
    return bool(gone or changed or refers or inside.get("") != version)


def _description(warehouse: Path, batch: Landed) -> Source:
    """The description that was landed with the batch: what it said then is what the rows mean."""
    return load_source(_description_path(warehouse, batch))


def _description_path(warehouse: Path, batch: Landed) -> Path:
    return folder_of(warehouse, batch.batch_id) / "source" / f"{batch.source}.toml"


def _marker_above(path: Path) -> bool:
    return any((folder / MARKER).is_file() for folder in path.resolve().parents)


def _hold_or_not(folder: Path, outcome: Outcome) -> None:
    if outcome.stopped and not (folder / "released").exists():
        (folder / "held.json").write_text(json.dumps(asdict(outcome), ensure_ascii=False, indent=2))


def _is_held(warehouse: Path, outcome: Outcome) -> bool:
    return (folder_of(warehouse, outcome.batch_id) / "held.json").exists()


def _held_back(outcome: Outcome) -> QualityStop:
    rule, n, allowed = outcome.stopped[0]
    return QualityStop(
        "error.ingest.held",
        batch=outcome.batch_id,
        source=outcome.source,
        rule=rule,
        n=n,
        read=outcome.read,
        allowed=f"{allowed:.0%}",
    )


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
    result.skipped = skipped + [name for one in landed for name in one.skipped]
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


__all__ = ["Result", "build", "ingest", "rebuild", "release"]
