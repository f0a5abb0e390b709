"""Dossiers of October 2025 in a snapshot built by hand, to ask the query `dossier_clock` about."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

from tests.snapshots import Board, batch, build, dossier

Row = dict[str, Any]
PROCEDURE = {"procedure_code": "1.000001", "procedure_name": "Đăng ký", "limit_value": 5.0}
FIVE_DAYS = [PROCEDURE | {"limit_unit": "working_day"}]
TELLS = [batch(1, mapped_columns=["supplement_requested_at"])]


def at(day: int, hour: int = 9, month: int = 10, year: int = 2025) -> datetime:
    return datetime(year, month, day, hour)


TENTH = at(10)  # a Friday: four of the five days used


def one(**given: Any) -> Row:
    """A dossier of Monday 6/10/2025, promised for Monday 13/10: five working days."""
    return dossier(**{"dossier_code": "A", "received_at": at(6), "due_at": at(13, 17)} | given)


def board(tmp_path: Path, *dossiers: Row, as_of: datetime = TENTH, **tables: Any) -> Board:
    given = {"procedure": FIVE_DAYS, "batch": TELLS} | tables
    return Board(build(tmp_path / "w", dossiers, **given), as_of)


def part(rows: list[Row], name: str) -> list[Row]:
    return [row for row in rows if row["part"] == name]


def by_kind(rows: list[Row]) -> dict[str, Row]:
    return {row["kind"]: row for row in rows}


def changed(column: str, old: object, new: object, batch_no: int = 2) -> Row:
    return {
        "system": "S",
        "dossier_code": "A",
        "batch_no": batch_no,
        "column_name": column,
        "old_value": None if old is None else str(old),
        "new_value": None if new is None else str(new),
    }


def step(step_no: int, name: str, unit_id: str, begun: datetime, done: datetime | None) -> Row:
    return {
        "system": "S",
        "dossier_code": "A",
        "batch_no": 1,
        "step_no": step_no,
        "step_name": name,
        "unit_id": unit_id,
        "started_at": begun,
        "finished_at": done,
    }
