"""One batch: staged, looked at by the rules, and merged into the snapshot under way."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb

from pipeline import personal, quality, statements, units
from pipeline.corrections import reading_hash
from pipeline.landing import Landed
from pipeline.sources import Source
from pipeline.staging import Staged, stage

# What is written for each kind of source, in order; see pipeline/sql/core.
_STEPS = ("core/step_out", "core/step_in")
_DOSSIERS = (
    "known",
    "dossier_out",
    "gone_in",
    "dossier_in",
    "newer_in",
    "changes",
    "flag_out",
    "flag_in",
)
WRITES: dict[str, tuple[str, ...]] = {
    "step": _STEPS,
    "survey": ("core/survey_out", "core/survey_in"),
    "apology": ("core/apology_out", "core/apology_in"),
    "feedback": ("core/feedback_out", "core/feedback_in"),
    "procedure": ("core/procedure_out", "core/procedure_in"),
    "unit": ("core/unit_out", "core/unit_in", "core/unit_successor_in", "core/unit_tree"),
}


@dataclass(frozen=True)
class Outcome:
    """What became of one batch. Counts are of rows; read = accepted + rejected + duplicate.

    stopped: rules whose threshold was crossed, (rule, rows, allowed share); then nothing was
    merged.
    """

    batch_id: str
    batch_no: int
    source: str
    kind: str
    read: int
    accepted: int
    rejected: int
    duplicate: int
    left_out: int
    rejects_by_rule: dict[str, int] = field(default_factory=dict)
    flags: dict[str, int] = field(default_factory=dict)
    stopped: tuple[tuple[str, int, float], ...] = ()


def take_in(
    con: duckdb.DuckDBPyConnection,
    landed: Landed,
    source: Source,
    folder: Path,
    batch_no: int,
    corrections: list[dict[str, str | None]],
    *,
    is_invented: bool,
    ignores_thresholds: bool,
) -> Outcome:
    """Bring one landed batch into wh. The caller owns the transaction of files, not of rows."""
    staged = stage(con, landed, source, folder, corrections)
    folds = source.fold is not None
    quality.look(con, source.kind, landed_at=landed.landed_at, folds=folds)
    statements.run(con, "core/staying_out", rejecting=quality.rejecting())
    outcome = _counted(con, landed, source, batch_no)
    if outcome.stopped and not ignores_thresholds:
        return outcome
    values = {
        "batch_no": batch_no,
        "batch_id": landed.batch_id,
        "source": source.name,
        "kind": source.kind,
        "listed_on": landed.listed_on,
        "system": source.system or source.name,
        "links_to": source.links_to,
        "mapped": staged.mapped,
        "on_time_rule": source.on_time_rule,
        "order_by": source.fold.order_by if source.fold else "step_finished_at",
        "folds": folds,
        "scale_id": source.scale.id,
    }
    if source.kind in units.REFERRING:
        units.add_found(con)
    if source.kind == "dossier":
        _dossiers(con, values, folds=folds)
    for name in WRITES.get(source.kind, ()):
        statements.run(con, name, **values)
    _ledger(
        con,
        landed,
        source,
        folder,
        staged,
        outcome,
        is_invented=is_invented,
        read_as=reading_hash(source, corrections),
    )
    return outcome


def _dossiers(con: duckdb.DuckDBPyConnection, values: dict[str, object], *, folds: bool) -> None:
    if folds:
        statements.run(con, "staging/folded", **values)
        statements.run(con, "core/accepted_folded", **values)
    else:
        statements.run(con, "core/accepted", **values)
    for name in _DOSSIERS:
        statements.run(con, f"core/{name}", **values)
    if folds:
        for name in _STEPS:
            statements.run(con, name, **values)


def _counted(
    con: duckdb.DuckDBPyConnection, landed: Landed, source: Source, batch_no: int
) -> Outcome:
    read, rejected, duplicate = _one(statements.run(con, "core/row_counts"))
    found = dict(statements.run(con, "core/finding_counts").fetchall())
    actions = {rule: quality.rules()[rule].action for rule in found}
    return Outcome(
        batch_id=landed.batch_id,
        batch_no=batch_no,
        source=source.name,
        kind=source.kind,
        read=read,
        accepted=read - rejected - duplicate,
        rejected=rejected,
        duplicate=duplicate,
        left_out=sum(len(table.left_out) for table in landed.tables),
        rejects_by_rule=dict(statements.run(con, "core/rejects_by_rule").fetchall()),
        flags={rule: n for rule, n in sorted(found.items()) if actions[rule] == "flag"},
        stopped=tuple(quality.crossed(found, read)),
    )


def _ledger(
    con: duckdb.DuckDBPyConnection,
    landed: Landed,
    source: Source,
    folder: Path,
    staged: Staged,
    outcome: Outcome,
    *,
    is_invented: bool,
    read_as: str,
) -> None:
    per_sheet = dict(statements.run(con, "core/rows_per_sheet").fetchall())
    left_out = Counter[int]()
    for n, table in enumerate(landed.tables, start=1):
        left_out[n] = len(table.left_out)
        statements.insert(
            con,
            "core/batch_sheet_in",
            [
                outcome.batch_no,
                n,
                table.file,
                table.sheet,
                table.sha256,
                table.encoding,
                table.header_line,
                per_sheet.get(n, 0),
                left_out[n],
            ],
        )
    sheets = statements.run(con, "core/sheets_with_rejects").fetchall()
    for (sheet_no,) in sheets:
        table = landed.tables[sheet_no - 1]
        relation = con.read_parquet(str(folder / table.parquet), file_row_number=True)
        named = [
            duckdb.ColumnExpression(header)
            for header in table.headers
            if not personal.goes_no_further(source, header)
        ]
        row = duckdb.ColumnExpression("file_row_number").alias("_row")
        relation.select(*named, row).create_view("one_table", replace=True)
        statements.run(con, "core/reject_in", batch_no=outcome.batch_no, sheet_no=sheet_no)
    for warning in staged.warnings:
        statements.insert(con, "core/mapping_warning_in", [outcome.batch_no, *warning])
    statements.insert(
        con,
        "core/batch_in",
        [
            outcome.batch_no,
            landed.batch_id,
            source.name,
            source.kind,
            source.system or source.name,
            landed.landed_at,
            _data_at(con, source, landed.landed_at),
            landed.listed_on,
            source.fresh_within_days,
            is_invented or source.is_invented,
            outcome.read,
            outcome.accepted,
            outcome.rejected,
            outcome.duplicate,
            outcome.left_out,
            staged.mapped,
            source.links_to,
        ],
    )
    statements.insert(
        con,
        "core/source_hash_in",
        [f"source_hash/{landed.batch_id}", read_as],
    )


def _data_at(
    con: duckdb.DuckDBPyConnection, source: Source, landed_at: datetime
) -> datetime | None:
    """The latest moment that the batch's rows speak of, moments after landing left aside."""
    if f"core/data_at_{source.kind}" not in statements.names("core"):
        return None
    found = statements.run(con, f"core/data_at_{source.kind}", landed_at=landed_at)
    moment: datetime | None = _one(found)[0]
    return moment


def _one(cursor: duckdb.DuckDBPyConnection) -> tuple[Any, ...]:
    return cursor.fetchall()[0]
