"""A landed batch without its old persons: cells blanked, rows, places and the manifest as before.

Of a row that is to be forgotten only the cells stay that a figure reads. A table's Parquet file is
written anew beside the old one and takes its name in one step; a crash leaves one or the other.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import duckdb
from duckdb import CaseExpression, CoalesceOperator, ColumnExpression, ConstantExpression

from pipeline import batch_folder, personal, publish, statements
from pipeline.corrections import corrections_for
from pipeline.headers import headers_used, match_headers
from pipeline.landing import Landed, LandedTable
from pipeline.readers.table import EXTRA
from pipeline.sources import Source
from pipeline.staging import stage

FRESH = ".fresh-"  # begins the name of a file being written
MARK = "***"  # in place of a comment: that somebody wrote one is a figure
# What a figure does not need of a column that it reads.
PERSONS = ("applicant_name", "applicant_phone", "step_note", "comment")
EXPIRED = {"dossier": "dossier", "step": "linked", "apology": "linked"}
EXPIRED |= {"survey": "answered", "feedback": "answered"}


@dataclass(frozen=True)
class Forgotten:
    """What was, or would be, removed of a batch. rows: with at least one cell blanked."""

    batch: str
    source: str
    rows: int
    cells: int

    def told(self) -> dict[str, str]:
        """For the access log."""
        return {"source": self.source, "cells": str(self.cells)}


@dataclass(frozen=True)
class Plan:
    """Tables to be written anew: (Parquet file, header -> cell as it will be)."""

    forgotten: Forgotten
    tables: tuple[tuple[Path, int, dict[str, duckdb.Expression]], ...]


@contextmanager
def opened(warehouse: Path, snapshot: str) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection that can stage batches against a snapshot, and read and write their files."""
    with duckdb.connect(config={"temp_directory": str(warehouse / "tmp")}) as con:
        path = str(publish.path_of(warehouse, snapshot))
        con.execute("attach $path as wh (read_only)", {"path": path})
        yield con


def plan(
    con: duckdb.DuckDBPyConnection, warehouse: Path, batch: Landed, until: datetime
) -> Plan | None:
    """What of a batch is to be forgotten; None for nothing. `con` holds the rows in `expired`."""
    if not batch_folder.is_whole(warehouse, batch):
        return None  # the next ingest of its files completes it
    source = batch_folder.description(warehouse, batch)
    if source.kind not in EXPIRED:
        return None
    folder = batch_folder.folder_of(warehouse, batch.batch_id)
    for leftover in folder.glob(f"{FRESH}*"):
        leftover.unlink()
    stage(con, batch, source, folder, corrections_for(source, warehouse))
    statements.run(
        con,
        f"retention/{EXPIRED[source.kind]}",
        system=source.system or source.name,
        age=batch.landed_at,
        until=until,
    )
    rows = cells = 0
    tables = []
    for n, table in enumerate(batch.tables, start=1):
        path = folder / table.parquet
        kept = _kept(table, source, is_old=batch.landed_at < until)
        counted = _counted(con, path, n, kept)
        if counted[0]:
            rows, cells = rows + counted[0], cells + counted[1]
            tables.append((path, n, kept))
    if not tables:
        return None
    return Plan(Forgotten(batch.batch_id, source.name, rows, cells), tuple(tables))


def forget(con: duckdb.DuckDBPyConnection, found: Plan) -> None:
    """Write the tables of the batch planned last anew, without what is to be forgotten."""
    for path, n, kept in found.tables:
        columns = _rows(con, path, n)
        fresh = path.with_name(f"{FRESH}{path.name}")
        cells = [
            kept.get(name, ColumnExpression(name)).alias(name)
            for name in columns.columns
            if name not in (_PLACE, _OVER)
        ]
        columns.order(_PLACE).select(*cells).write_parquet(str(fresh), compression="snappy")
        with fresh.open("rb") as file:
            os.fsync(file.fileno())
        fresh.replace(path)
        above = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(above)
        finally:
            os.close(above)


_PLACE, _ROW, _OVER = "file_row_number", "_expired_row", "_is_expired"


def _rows(con: duckdb.DuckDBPyConnection, path: Path, sheet_no: int) -> duckdb.DuckDBPyRelation:
    """The rows of a table, each with its place and whether it is to be forgotten."""
    rows = con.read_parquet(str(path), file_row_number=True).set_alias("landed_row")
    over = (
        con.table("expired")
        .filter(ColumnExpression("sheet_no") == ConstantExpression(sheet_no))
        .select(ColumnExpression("row_no").alias(_ROW))
        .distinct()
        .set_alias("expired_row")
    )
    joined = rows.join(over, f"landed_row.{_PLACE} = expired_row.{_ROW}", how="left")
    is_over = ColumnExpression(_ROW).isnotnull().alias(_OVER)
    return joined.select(*(ColumnExpression(name) for name in rows.columns), is_over)


def _kept(table: LandedTable, source: Source, *, is_old: bool) -> dict[str, duckdb.Expression]:
    """Header -> its cell without what is to be forgotten; headers that stay whole are not in it."""
    match = match_headers(source, table.headers)
    read = headers_used(match)
    persons = {match.columns[name] for name in PERSONS if name in match.columns}
    comment = match.columns.get("comment")
    dropped = personal.not_kept(source)
    nothing = ConstantExpression(None).cast("varchar")
    kept: dict[str, duckdb.Expression] = {}
    for header in (*table.headers, EXTRA):
        cell = ColumnExpression(header)
        if header != EXTRA and (
            dropped(header) or (is_old and personal.recognised(source, header))
        ):
            kept[header] = nothing
        elif header == comment:
            mark = CaseExpression(cell.isnotnull(), ConstantExpression(MARK)).otherwise(nothing)
            kept[header] = CaseExpression(ColumnExpression(_OVER), mark).otherwise(cell)
        elif header in persons or header not in read:
            kept[header] = CaseExpression(ColumnExpression(_OVER), nothing).otherwise(cell)
    return kept


def _counted(
    con: duckdb.DuckDBPyConnection,
    path: Path,
    sheet_no: int,
    kept: dict[str, duckdb.Expression],
) -> tuple[int, int]:
    """Rows and cells that would change."""
    rows = _rows(con, path, sheet_no)
    one, none = ConstantExpression(1), ConstantExpression(0)
    changed = none
    for header, cell in kept.items():
        if header in rows.columns:
            as_it_is, as_it_will_be = (
                CoalesceOperator(one, ConstantExpression(""))
                for one in (ColumnExpression(header), cell)
            )
            differs = as_it_will_be != as_it_is
            changed = changed + CaseExpression(differs, one).otherwise(none)
    told = rows.select(changed.alias("n")).filter(ColumnExpression("n") > none)
    total: tuple[int, int] = told.aggregate("count(*), coalesce(sum(n), 0)").fetchall()[0]
    return int(total[0]), int(total[1])
