"""Biểu II.06: receiving and resolving dossiers, columns 3 to 13, with its checks.

Queries: ii06a, unit_heirs, identities. What the form has no column for stands outside the table,
or in the column where forms.toml puts it; either way the form says so. Nothing is adjusted: a check
that fails shows its difference and the dossiers that make it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

import pyarrow as pa

from pipeline import queries
from pipeline.periods import Period
from pipeline.reports.forms import MAY_STAND, Form, Place, Section, UnitView, form, forms
from pipeline.text import fold

Counts = Mapping[str, Any]
Ask = Callable[..., pa.Table]
Columns = dict[int, int]
LineKind = Literal["section", "unit", "field", "total"]

# The order of the sections that levels make.
LEVELS = ("province", "department", "district", "commune", "branch", "other", "unknown")
COLUMNS = tuple(range(3, 14))
# Column -> what of it a measure of `dossiers` lists, where nothing was put into it besides.
MEASURES = {
    3: "received",
    4: "online_in_period",
    5: "offline_in_period",
    6: "carried_over",
    7: "resolved",
    8: "early",
    9: "on_time",
    10: "late",
    11: "open",
    12: "open_in_time",
    13: "open_overdue",
}


@dataclass(frozen=True)
class Check:
    """One equation of the form and its difference.

    explained: counts outside the form that make the difference, by their names in `ii06a`.
    """

    equation: str
    left: int
    right: int
    explained: Mapping[str, int]

    @property
    def difference(self) -> int:
        return self.left - self.right

    @property
    def holds(self) -> bool:
        """Whether nothing, or nothing but what stands outside the form, makes a difference."""
        return self.difference == sum(self.explained.values())


@dataclass(frozen=True)
class Line:
    """One line of the table. A section has no name but its group: a level, or a section's id."""

    kind: LineKind
    group: str
    name: str | None
    unit_id: str | None
    field_name: str | None
    columns: Columns
    outside: Mapping[str, int]

    @property
    def is_section(self) -> bool:
        return self.kind == "section"


@dataclass(frozen=True)
class Filled:
    """A form filled in for a period: sections each followed by their lines, total, checks."""

    id: str
    form: Form
    period: Period
    as_of: datetime
    units: UnitView
    placement: Mapping[str, Place]
    lines: tuple[Line, ...]
    total: Line
    checks: tuple[Check, ...]
    heirs: frozenset[str]  # units that others' dossiers stand under

    @property
    def is_provisional(self) -> bool:
        return self.period.is_open(self.as_of)


def fill(
    ask: Ask,
    name: str,
    period: Period,
    as_of: datetime,
    *,
    unit: str | None = None,
    units: UnitView | None = None,
    placement: Mapping[str, Place] | None = None,
) -> Filled:
    """A form for a period as one viewer may see it.

    ask: a query's name and parameters -> its rows at as_of, under the viewer's scope.
    unit: that unit and its children only.
    units, placement: as forms.toml says unless given.
    Raises Refused for an unknown form or a period that is empty at as_of.
    """
    described = form(name)
    view = units or forms().units.view
    places = placement or forms().placement
    asked = {"first": period.lower, "upper": min(period.upper, as_of + queries.MOMENT)}
    rows = ask("ii06a", unit=unit, **asked).to_pylist()
    heirs = ask("unit_heirs").to_pylist() if view == "successor" else []
    rows = _by_successor(rows, {row["unit_id"]: row for row in heirs})
    rows = [{**row, "group": _group(row)} for row in rows]
    if described.levels:
        rows = [row for row in rows if (row["unit_level"] or "unknown") in described.levels]
    total = _line("total", "total", None, None, rows, places)
    known = ask("identities", unit=unit, **asked).to_pylist()
    checks = [*_equations(total), *_edges(known, described)]
    lines = tuple(_lines(rows, described, places))
    took_over = frozenset(row["heir_id"] for row in heirs)
    return Filled(
        name, described, period, as_of, view, places, lines, total, tuple(checks), took_over
    )


def columns_of(row: Counts, placement: Mapping[str, Place]) -> tuple[Columns, dict[str, int]]:
    """The columns 3 to 13 of some counts, and what is left outside them."""
    filled = {
        3: row["received"],
        4: row["online_in_period"],
        5: row["received_in_period"] - row["online_in_period"],
        6: row["carried_over"],
        7: row["resolved"],
        8: row["early"],
        9: row["on_time"],
        10: row["late"],
        11: row["open"],
        12: row["open_in_time"],
        13: row["open_overdue"],
    }
    outside = {}
    for name in MAY_STAND:
        place = placement[name]
        if place == "outside":
            outside[name] = row[name]
            continue
        filled[place] += row[name]
        # Those without a promise and those that wait are in 7 and 11 already.
        if name in ("refused", "withdrawn", "stopped"):
            filled[7] += row[name]
        elif name == "status_unknown":
            filled[11] += row[name]
    return filled, outside


def is_own(filled: Filled, column: int) -> bool:
    """Whether a column counts one measure alone, with nothing put into it besides."""
    put = {place for place in filled.placement.values() if place != "outside"}
    ended = any(filled.placement[name] != "outside" for name in ("refused", "withdrawn", "stopped"))
    unknown = filled.placement["status_unknown"] != "outside"
    return column not in put and not (column == 7 and ended) and not (column == 11 and unknown)


def has_list(filled: Filled, line: Line) -> bool:
    """Whether a list of dossiers can be narrowed to what a line counts.

    Not a section; nor a field in one of several sections, a unit with the dossiers of those whose
    place it took, or a total of some levels only.
    """
    if line.kind == "total":
        return not filled.form.levels
    if line.kind == "field":
        same = [one for one in filled.lines if one.field_name == line.field_name]
        return bool(line.field_name) and len(same) == 1 and not filled.form.levels
    return bool(line.unit_id) and line.unit_id not in filled.heirs


def _by_successor(rows: Sequence[Counts], heirs: Mapping[str, Counts]) -> list[dict[str, Any]]:
    """Rows of former units under the unit that took their place."""
    moved = []
    for row in rows:
        heir = heirs.get(row["unit_id"])
        moved.append(
            dict(row)
            if heir is None
            else {
                **row,
                "unit_id": heir["heir_id"],
                "unit_name": heir["heir_name"],
                "unit_level": heir["heir_level"],
            }
        )
    return moved


def _group(row: Counts) -> str:
    found = next(
        (one.id for one in forms().sections if one.holds(row["unit_id"], row["unit_name"])), None
    )
    return found or row["unit_level"] or "unknown"


def _lines(
    rows: Sequence[Counts], described: Form, placement: Mapping[str, Place]
) -> Iterable[Line]:
    order = [*(one.id for one in forms().sections), *LEVELS]
    groups: dict[str, list[Counts]] = {}
    for row in rows:
        groups.setdefault(row["group"], []).append(row)
    for group in sorted(groups, key=order.index):
        inside = groups[group]
        yield _line("section", group, None, None, inside, placement)
        parts: dict[tuple[str, str | None], list[Counts]] = {}
        for row in inside:
            by_field = described.rows == "field"
            key = row["field_name"] if by_field else row["unit_id"]
            name = row["field_name"] if by_field else row["unit_name"]
            parts.setdefault((name or "", key), []).append(row)
        kind: LineKind = "field" if described.rows == "field" else "unit"
        for (name, key), own in sorted(parts.items(), key=lambda part: _in_order(part[0][0])):
            yield _line(kind, group, name or None, key, own, placement)


def _in_order(name: str) -> tuple[bool, str]:
    """By the alphabet without accents; what has no name stands last."""
    return not name, fold(name)


def _line(
    kind: LineKind,
    group: str,
    name: str | None,
    key: str | None,
    rows: Sequence[Counts],
    placement: Mapping[str, Place],
) -> Line:
    names = {key for row in rows for key, value in row.items() if isinstance(value, int)}
    added = {key: sum(row[key] for row in rows) for key in names}
    columns, outside = columns_of(added, placement) if rows else _nothing(placement)
    unit_id, field_name = (key if kind == name_of else None for name_of in ("unit", "field"))
    return Line(kind, group, name, unit_id, field_name, columns, outside)


def _nothing(placement: Mapping[str, Place]) -> tuple[Columns, dict[str, int]]:
    outside = {name: 0 for name, place in placement.items() if place == "outside"}
    return dict.fromkeys(COLUMNS, 0), outside


def _equations(total: Line) -> list[Check]:
    """3 = 4+5+6, 7 = 8+9+10, 11 = 12+13 and 3 = 7+11 of the whole form."""
    own = total.columns
    ended = ("refused", "withdrawn", "stopped", "status_unknown")
    found = []
    for whole, parts, beside in (
        (3, (4, 5, 6), ()),
        (7, (8, 9, 10), ("resolved_no_due",)),
        (11, (12, 13), ("open_waiting", "open_no_due")),
        (3, (7, 11), ended),
    ):
        explained = {name: n for name in beside if (n := total.outside.get(name, 0))}
        equation = f"{whole} = {' + '.join(map(str, parts))}"
        found.append(Check(equation, own[whole], sum(own[part] for part in parts), explained))
    return found


def _edges(identities: Sequence[Counts], described: Form) -> list[Check]:
    """Column 6 of the next period = column 11 of this one; of the whole form only."""
    if described.levels:
        return []
    return [
        Check("6′ = 11", row["left_side"], row["right_side"], {})
        for row in identities
        if row["no"] == 8
    ]


def section(group: str) -> Section | None:
    """The configured section of a line's group; None where the group is a level."""
    return next((one for one in forms().sections if one.id == group), None)
