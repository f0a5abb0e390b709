"""The figures of the public board: whole periods, and of answers only what gives nobody away."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from pages.ui.guard import Viewer
from pages.ui.states import named_units
from pages.ui.text import shortened
from pipeline.periods import Period, containing, free_period
from pipeline.settings import settings
from pipeline.suppression import kept_back

Row = dict[str, Any]
SATISFIED = ("very_satisfied", "satisfied")
LEVELS = (*SATISFIED, "neutral", "dissatisfied", "very_dissatisfied")


def year_so_far(viewer: Viewer) -> Period:
    """From the first day of the year to the day that the figures speak of."""
    day = viewer.as_of.date()
    return free_period(day.replace(month=1, day=1), day)


def last_month(viewer: Viewer) -> Period:
    """The last whole month. Answers of a day would tell the answer of whoever came that day."""
    month = containing("month", "calendar", viewer.as_of.date())
    if not month.is_open(viewer.as_of):
        return month
    return containing("month", "calendar", month.first - timedelta(days=1))


def summary(viewer: Viewer) -> Row:
    """Every count and rate of the year so far."""
    (row,) = viewer.ask("summary", first=year_so_far(viewer).lower).to_pylist()
    return dict(row)


def units(viewer: Viewer) -> list[Row]:
    """Units with something due soon or overdue, the most overdue first: name and both counts."""
    rows = viewer.ask("by_unit", first=year_so_far(viewer).lower).to_pylist()
    waiting = [row for row in rows if row["due_soon"] or row["open_overdue"]]
    _name(viewer, waiting)
    return sorted(waiting, key=lambda row: (-row["open_overdue"], -row["due_soon"], row["name"]))


def letters(viewer: Viewer) -> list[Row]:
    """The latest dossiers of the year with a letter of apology, by their code."""
    asked = viewer.ask(
        "public_letters",
        first=year_so_far(viewer).lower,
        limit=settings().public_board.letters,
    )
    return list(asked.to_pylist())


def has_letters(viewer: Viewer) -> bool:
    """Whether a register of letters was ever brought in: without one nobody knows of none."""
    return "apology" in viewer.ask("freshness")["kind"].to_pylist()


@dataclass(frozen=True)
class Answers:
    """Survey answers of a month on one scale: all of them, and the units that may be shown."""

    total: Row
    hidden_levels: set[str]  # that too few gave, or that would tell how many gave those
    units: list[Row]
    left_out: int  # units whose answers are too few to be shown


def answers(viewer: Viewer) -> Answers | None:
    """Answers of the last whole month, of the scale with most; None where they are too few."""
    month = last_month(viewer)
    between = {"first": month.lower, "upper": month.upper}
    scales = viewer.ask("satisfaction", **between).to_pylist()
    total = max(scales, key=lambda row: row["n"], default=None)
    least = settings().suppress_below_n
    if total is None or total["n"] < least:
        return None
    asked = viewer.ask("satisfaction", group_by="unit", **between).to_pylist()
    rows = [row for row in asked if row["scale_id"] == total["scale_id"] and row["n"]]
    hidden = kept_back({row["group_key"]: row["n"] for row in rows}, least)
    shown = [row | {"unit_id": row["group_key"]} for row in rows if row["group_key"] not in hidden]
    shown = [row | {"unit_name": row["group_label"]} for row in shown]
    _name(viewer, shown)
    shown.sort(key=lambda row: (row["is_small_sample"], -row["satisfied_rate"], row["name"]))
    return Answers(total, _hidden_levels(total, least), shown, len(rows) - len(shown))


def _hidden_levels(total: Row, least: int) -> set[str]:
    """Each side for itself: the share satisfied tells how many stand on either."""
    sides = (SATISFIED, tuple(level for level in LEVELS if level not in SATISFIED))
    return set().union(*(kept_back({level: total[level] for level in s}, least) for s in sides))


def is_invented(viewer: Viewer) -> bool:
    """Whether any source is the demo's."""
    return any(viewer.ask("freshness")["is_invented"].to_pylist())


def is_stale(viewer: Viewer) -> bool:
    """Whether any source has not been brought in for longer than it may."""
    return any(viewer.ask("freshness")["is_stale"].to_pylist())


def built_at(viewer: Viewer) -> datetime:
    """When the figures were last brought in."""
    return datetime.fromisoformat(viewer.meta["built_at"])


def _name(viewer: Viewer, rows: list[Row]) -> None:
    """Give every row the shortened name of its unit, and namesakes the one above them."""
    count = Counter(row["unit_name"] for row in rows)
    known = (
        named_units(viewer.ask("units").to_pylist()) if max(count.values(), default=0) > 1 else {}
    )
    for row in rows:
        name = known.get(row["unit_id"], row["unit_name"]) if count[row["unit_name"]] > 1 else None
        row["name"] = shortened(name or row["unit_name"] or "")
