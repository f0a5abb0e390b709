"""The invented province: its units over time and its procedures, as typed rows of two CSV files."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pipeline.invented import PROVINCE
from pipeline.settings import CONFIG

FOLDER = CONFIG / "demo"
NAME = "tỉnh Hòa Giang"
CODE = PROVINCE
# Departments were merged on 1/3/2025, the district level ended and communes merged on 1/7/2025.
DEPARTMENTS_MERGED = date(2025, 3, 1)
DISTRICTS_ENDED = date(2025, 7, 1)


@dataclass(frozen=True)
class Successor:
    """What took a unit's place: merged | split | renamed, with its share of the work (0-1)."""

    code: str
    relation: str
    share: float


@dataclass(frozen=True)
class Unit:
    """One unit. weight: how much work it has among its like; lateness: 1 is the usual."""

    code: str
    name: str
    level: str  # province | department | district | commune | branch
    parent: str
    valid_from: date | None
    valid_to: date | None
    successors: tuple[Successor, ...]
    system: str  # the one system that its dossiers are exported from
    weight: float
    lateness: float

    def in_force(self, day: date) -> bool:
        """Whether the unit works on this day."""
        return (self.valid_from or day) <= day <= (self.valid_to or day)


@dataclass(frozen=True)
class Procedure:
    """One administrative procedure.

    handled_by: a unit's code, or "land", "district" (communes since districts ended), "commune";
    handled_by_before: the same before departments were merged. limit_unit: working_day | day |
    hour | month, "" for what is done on the spot.
    """

    code: str
    name: str
    field: str
    handled_by: str
    handled_by_before: str
    limit: int
    limit_unit: str
    online_level: str  # online_full | online_partial | none
    weight: float
    has_fee: bool


def read_units(path: Path = FOLDER / "units.csv") -> list[Unit]:
    """Units in the order of the file; rows of one code that differ in the successor are joined."""
    units: dict[str, Unit] = {}
    for row in _rows(path):
        code = row["unit_code"]
        earlier = units[code].successors if code in units else ()
        successors = earlier
        if row["successor_code"]:
            successor = Successor(
                row["successor_code"], row["successor_relation"], float(row["successor_share"])
            )
            successors = (*earlier, successor)
        units[code] = Unit(
            code=code,
            name=row["unit"],
            level=row["unit_level"],
            parent=row["parent_code"],
            valid_from=_day(row["valid_from"]),
            valid_to=_day(row["valid_to"]),
            successors=successors,
            system=row["system"],
            weight=float(row["weight"]),
            lateness=float(row["lateness"]),
        )
    return list(units.values())


def read_procedures(path: Path = FOLDER / "procedures.csv") -> list[Procedure]:
    """Procedures in the order of the file."""
    return [
        Procedure(
            code=row["procedure_code"],
            name=row["procedure"],
            field=row["field"],
            handled_by=row["handled_by"],
            handled_by_before=row["handled_by_before"],
            limit=int(row["limit"] or 0),
            limit_unit=row["limit_unit"],
            online_level=row["online_level"],
            weight=float(row["weight"]),
            has_fee=row["has_fee"] == "1",
        )
        for row in _rows(path)
    ]


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
