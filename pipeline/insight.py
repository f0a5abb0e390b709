"""What a leader would say aloud about a period: chosen from the figures, worded elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

Figures = Mapping[str, Any]

# A field stands out when its share of lateness is this many times its share of the dossiers.
STANDS_OUT = 1.5
# Below so many late dossiers a share of them says nothing.
ENOUGH_LATE = 5


@dataclass(frozen=True)
class Insight:
    """One finding: the key of its sentence and the values in it. Shares come as two counts."""

    key: str
    values: Mapping[str, Any]


@dataclass(frozen=True)
class Earlier:
    """The figures that a period is held against, and the last day that they speak of."""

    figures: Figures
    day: date


@dataclass(frozen=True)
class Due:
    """Promises about to fall due: on the day the figures speak of, and on the next working day."""

    on: date
    due: int
    following: date
    due_following: int
    is_today: bool


def nothing() -> list[Insight]:
    """No dossier at all."""
    return [Insight("nothing", {})]


def state(summary: Figures, before: Earlier | None, due: Due) -> list[Insight]:
    """Of a period that still runs: what is overdue, against earlier, and what falls due next."""
    overdue = summary["open_overdue"]
    found = [Insight("none_overdue", {})]
    if overdue:
        found = [_moved("overdue", {"n": overdue}, overdue, before, "open_overdue")]
    day = "today" if due.is_today else "that_day"
    when: dict[str, Any] = {"following": due.following}
    if not due.is_today:
        when["on"] = due.on
    if due.due or due.due_following:
        counts = {"due": due.due, "due_following": due.due_following}
        return [*found, Insight(f"due_{day}", {**when, **counts})]
    return [*found, Insight(f"none_due_{day}", when)]


def outcome(summary: Figures, before: Earlier | None) -> list[Insight]:
    """Of a period that is over: how much of it was on time, against earlier, and what was left."""
    in_time, resolved = summary["on_time_rate_a_numerator"], summary["on_time_rate_a_denominator"]
    found = [Insight("none_resolved", {})]
    if resolved:
        values = {"n": in_time, "all_n": resolved}
        found = [_moved("on_time", values, summary["on_time_rate_a"], before, "on_time_rate_a")]
    if overdue := summary["open_overdue"]:
        return [*found, Insight("left_overdue", {"n": overdue})]
    return [*found, Insight("left_none", {})]


def _moved(key: str, values: Figures, now: float, before: Earlier | None, name: str) -> Insight:
    """A figure and how it moved, a rate in points, where there is something to hold it against."""
    if before is None or before.figures[name] is None:
        return Insight(key, values)
    moved = now - before.figures[name]
    if isinstance(moved, float):
        moved = round(moved * 100, 2)
    if not moved:
        return Insight(f"{key}_same", {**values, "since": before.day})
    way = "up" if moved > 0 else "down"
    return Insight(f"{key}_{way}", {**values, "change": abs(moved), "since": before.day})


def worst_field(summary: Figures, cells: Sequence[Figures], *, names_unit: bool) -> list[Insight]:
    """The field with most late dossiers, whether beyond its share, and the unit with most of them.

    cells: rows of the query `heatmap`. Those without a field count and are not named.
    names_unit: False where all figures are of one unit anyway.
    """
    late = summary["late"] + summary["open_overdue"]
    if not late:
        resolved = summary["on_time_rate_a_denominator"]
        return [Insight("none_late", {"n": resolved})] if resolved else []
    by_field = _summed(cells, "field_name")
    named = {name: sums for name, sums in by_field.items() if name and sums["late_or_overdue"]}
    if not named:
        return [Insight("late", {"n": late})]
    field, sums = max(named.items(), key=lambda item: item[1]["late_or_overdue"])
    values = {
        "field": field,
        "late": sums["late_or_overdue"],
        "all_late": late,
        "received": sums["received"],
        "all_received": summary["received"],
    }
    key = "stands_out" if stands_out(sums, late, summary["received"]) else "most_late"
    units = [row for row in cells if row["field_name"] == field and row["unit_name"]]
    worst = max(units, key=lambda row: int(row["late_or_overdue"]), default=None)
    if not names_unit or worst is None or not worst["late_or_overdue"]:
        return [Insight(key, values)]
    place = {"unit": worst["unit_name"], "at_unit": worst["late_or_overdue"]}
    return [Insight(f"{key}_at", {**values, **place})]


def stands_out(sums: Figures, all_late: int, all_received: int) -> bool:
    """Whether a field's share of the lateness is well above its share of the dossiers."""
    late, received = sums["late_or_overdue"], sums["received"]
    if late < ENOUGH_LATE or received == all_received:
        return False
    return bool(late * all_received >= STANDS_OUT * received * all_late)


def letters(summary: Figures, without: int | None) -> list[Insight]:
    """Late dossiers without an apology letter; nothing where no letters are brought in (None)."""
    late = summary["late"] + summary["open_overdue"]
    if not late or without is None:
        return []
    if not without:
        return [Insight("all_apologised", {"n": late})]
    return [Insight("without_apology", {"n": without, "all_late": late})]


def unclear(summary: Figures) -> list[Insight]:
    """Dossiers whose status no vocabulary knows: they are counted, and nobody knows as what."""
    unknown = summary["status_unknown"]
    return [Insight("status_unknown", {"n": unknown})] if unknown else []


def _summed(rows: Iterable[Figures], key: str) -> dict[str | None, dict[str, int]]:
    sums: dict[str | None, dict[str, int]] = {}
    for row in rows:
        into = sums.setdefault(row[key], {"late_or_overdue": 0, "received": 0})
        for name in into:
            into[name] += int(row[name])
    return sums
