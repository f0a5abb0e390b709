"""The next snapshot from what was landed: batches in, marts brought up to date, checked, shown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import duckdb

from pipeline import batch_folder, batches, identities, landing, marts, publish, statements
from pipeline.batches import Outcome
from pipeline.calendar import calendar_version
from pipeline.corrections import corrections_for, reading_hash, require_known_sources
from pipeline.errors import QualityStop
from pipeline.landing import Landed
from pipeline.progress import Progress
from pipeline.sorting import FIRST_KINDS
from pipeline.sources import Source, sources

MEMORY = "2GiB"  # what DuckDB may hold; the rest spills to the warehouse's own temporary folder
LOCAL = ZoneInfo("Asia/Ho_Chi_Minh")
LINKS = ("link", "link_step", "link_apology", "link_survey", "link_feedback", "unit_tree")


@dataclass(frozen=True)
class Plan:
    """What the next snapshot is made of.

    base: the snapshot it begins with; None: it is built anew, and todo is every batch.
    """

    base: str | None
    todo: list[tuple[Landed, Source]]


def build(
    warehouse: Path, *, progress: Progress, is_anew: bool = False
) -> tuple[list[Outcome], str]:
    """Publish a snapshot that holds every landed batch; returns what was taken in, and its id.

    Invented batches make room once a real one is there. Everything is built anew from landing when
    a description, a unit or procedure list, the calendar or this board's own statements changed;
    otherwise on a copy of the last snapshot. is_anew: built anew in any case, because what was
    landed is no longer what it was.
    """
    shown = publish.current(warehouse)
    plan = _plan(warehouse, shown, is_anew=is_anew)
    if not plan.todo and plan.base is not None:
        return [], plan.base

    working = publish.begin(warehouse, plan.base)
    snapshot = publish.new_id(datetime.now(LOCAL).replace(tzinfo=None), warehouse)
    outcomes = _fill(working, plan, warehouse, snapshot, progress)
    held = [outcome for outcome in outcomes if batch_folder.is_held(warehouse, outcome.batch_id)]
    has_news = len(held) < len(outcomes) or (plan.base is None and shown is not None)
    if has_news:
        publish.commit(warehouse, working, snapshot)
    else:
        working.unlink()
    if held:
        raise _held_back(held[0], others_n=len(outcomes) - len(held))
    return outcomes, snapshot if has_news else shown or ""


def _fill(
    working: Path, plan: Plan, warehouse: Path, snapshot: str, progress: Progress
) -> list[Outcome]:
    """Bring the batches of the plan into the working file; QualityStop where a sum is wrong."""
    outcomes = []
    with duckdb.connect(
        config={"memory_limit": MEMORY, "temp_directory": str(warehouse / "tmp")}
    ) as con:
        con.execute("set preserve_insertion_order = false")
        is_anew = plan.base is None
        # A killed working file is thrown away and never recovered: no log of it is worth writing.
        con.execute("attach $path as wh (recovery_mode no_wal_writes)", {"path": str(working)})
        if is_anew:
            # Nothing was deleted that could be tidied up; tidying would write much of it twice.
            con.execute("set max_vacuum_tasks = 0")
            con.execute("use wh")
            for name in ("schema", "carried_over"):
                statements.run(con, f"core/{name}")
            con.execute("use memory")
        marts.begin(con, [batch.batch_no for batch, _ in plan.todo], is_anew=is_anew)
        for n, (batch, source) in enumerate(plan.todo, start=1):
            progress.step("progress.batch", source=source, n=n, total=len(plan.todo))
            outcome = batches.take_in(
                con,
                batch,
                source,
                batch_folder.folder_of(warehouse, batch.batch_id),
                batch.batch_no,
                corrections_for(source, warehouse),
                is_invented=batch_folder.is_invented(warehouse, batch),
                ignores_thresholds=batch_folder.is_released(warehouse, batch.batch_id),
            )
            outcomes.append(outcome)
            if outcome.stopped and not batch_folder.is_released(warehouse, batch.batch_id):
                batch_folder.hold(warehouse, outcome)
        progress.step("progress.figures")
        for name in LINKS:
            statements.run(con, f"core/{name}")
        marts.build(con, snapshot)
        failed = identities.failed(con, is_anew=is_anew)
        con.execute("checkpoint wh")  # all that was done is in the file now, or this fails
        con.execute("detach wh")
    if failed:
        raise failed[0]
    return outcomes


def _plan(warehouse: Path, shown: str | None, *, is_anew: bool) -> Plan:
    """Which batches to take in, lists of units and procedures before what refers to them."""
    wanted = _wanted(warehouse)
    require_known_sources({*sources(warehouse), *(batch.source for batch in wanted)}, warehouse)
    inside = _inside(warehouse, shown)
    described = {batch.batch_id: batch_folder.description(warehouse, batch) for batch in wanted}
    missing = [batch for batch in wanted if batch.batch_id not in inside]
    is_anew = (
        is_anew or shown is None or _must_rebuild(warehouse, wanted, missing, inside, described)
    )
    todo = [(batch, described[batch.batch_id]) for batch in (wanted if is_anew else missing)]
    todo.sort(key=lambda one: (one[1].kind not in FIRST_KINDS, one[0].batch_no))
    return Plan(None if is_anew else shown, todo)


def _wanted(warehouse: Path) -> list[Landed]:
    """Landed batches that belong into the snapshot, oldest first.

    Not among them: one held back, and one whose landing was killed before its description lay
    beside it; the next ingest of its files completes that one.
    """
    all_of_them = [
        batch
        for batch in landing.landed_batches(warehouse)
        if not batch_folder.is_held(warehouse, batch.batch_id)
        and batch_folder.is_whole(warehouse, batch)
    ]
    real = [batch for batch in all_of_them if not batch_folder.is_invented(warehouse, batch)]
    return real or all_of_them


def _inside(warehouse: Path, base: str | None) -> dict[str, str]:
    """Batches of a snapshot -> hash of the description they were read with, and '' -> its versions.

    Nothing is inside one whose file is damaged or gone: it is then built anew.
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
    warehouse: Path,
    wanted: list[Landed],
    missing: list[Landed],
    inside: dict[str, str],
    described: dict[str, Source],
) -> bool:
    gone = set(inside) - {""} - {batch.batch_id for batch in wanted}
    changed = [
        b
        for b in wanted
        if b.batch_id in inside
        and inside[b.batch_id]
        != reading_hash(described[b.batch_id], corrections_for(described[b.batch_id], warehouse))
    ]
    refers = any(described[batch.batch_id].kind in FIRST_KINDS for batch in missing)
    version = _version(calendar_version(), statements.build_version())
    return bool(gone or changed or refers or inside.get("") != version)


def _held_back(outcome: Outcome, *, others_n: int) -> QualityStop:
    rule, n, allowed = outcome.stopped[0]
    return QualityStop(
        "error.ingest.held_alone" if others_n else "error.ingest.held",
        batch=outcome.batch_id,
        source=outcome.source,
        rule=rule,
        n=n,
        read=outcome.read,
        allowed=f"{allowed:.0%}",
    )
