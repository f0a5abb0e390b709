"""Monthly series that several screens share: how far they reach back, and what they are made of."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from pages.ui.filters import Filters
from pages.ui.guard import Viewer
from pages.ui.period_filter import first_day
from pipeline.periods import containing
from pipeline.settings import settings
from pipeline.suppression import kept_back, months_kept_back

MONTHS = 18  # how far monthly pictures reach back at least
MOST_MONTHS = 60  # and at most, however long the period is

Row = dict[str, Any]


def history(viewer: Viewer, chosen: Filters) -> list[Row]:
    """The months up to the end of the period, with every count and rate of each."""
    first, upper = reach(viewer, chosen)
    rows: list[Row] = viewer.ask("trend", first=first, upper=upper, **chosen.where()).to_pylist()
    return rows


def answers_by_month(viewer: Viewer, chosen: Filters, scale: str | None = None) -> list[Row]:
    """Survey answers by month, of one scale: shares of different scales make no line.

    scale: its id; None takes the one with most answers. Months with too few answers are left out,
    and those that would give them away beside the period's total, beside their quarter, or beside
    the other units or fields of the month where one is chosen.
    """
    first, upper = reach(viewer, chosen)
    whole = containing("quarter", "calendar", first.date()).lower
    rows = _months_of_answers(viewer, chosen, whole, upper)
    scale = scale or _main_scale(rows)
    rows = [row for row in rows if row["scale_id"] == scale]
    answers = {row["group_key"]: row["n"] for row in rows}
    least = settings().suppress_below_n
    span = (f"{chosen.period.first:%Y-%m}", f"{chosen.period.last:%Y-%m}")
    inside = {month: n for month, n in answers.items() if span[0] <= month <= span[1]}
    hidden = kept_back(inside, least) if span[0] < span[1] else set()
    hidden |= months_kept_back(answers, least)
    hidden |= _beside_others(viewer, chosen, scale, answers, whole, upper)
    begun = f"{first:%Y-%m}"
    return [
        row
        for row in rows
        if row["group_key"] >= begun and row["n"] >= least and row["group_key"] not in hidden
    ]


def is_month_kept_back(viewer: Viewer, chosen: Filters, scale: str) -> bool:
    """Whether the period is a month that must not be shown, because its quarter minus the others
    would give away one with too few answers."""
    period = chosen.period
    if (period.kind, period.calendar) != ("month", "calendar"):
        return False
    quarter = containing("quarter", "calendar", period.first)
    upper = min(quarter.upper, viewer.as_of + timedelta.resolution)
    rows = _months_of_answers(viewer, chosen, quarter.lower, upper)
    answers = {row["group_key"]: row["n"] for row in rows if row["scale_id"] == scale}
    return f"{period.first:%Y-%m}" in months_kept_back(answers, settings().suppress_below_n)


def counts_by_month(viewer: Viewer, chosen: Filters, scale: str) -> dict[date, int]:
    """How many answers of one scale every month has, those too few to be shown as well."""
    return {
        date.fromisoformat(f"{row['group_key']}-01"): row["n"]
        for row in _months_of_answers(viewer, chosen, *reach(viewer, chosen))
        if row["scale_id"] == scale
    }


def reach(viewer: Viewer, chosen: Filters) -> tuple[datetime, datetime]:
    """The whole period and at least so many months, up to its end or as_of, whichever is first."""
    upper = min(chosen.period.upper, viewer.as_of + timedelta.resolution)
    last = (upper - timedelta.resolution).date()
    begun = _month_before(last, MONTHS - 1)
    if chosen.period.first < begun:
        earliest = max(chosen.period.first, first_day(viewer)).replace(day=1)
        begun = max(min(begun, earliest), _month_before(last, MOST_MONTHS - 1))
    return datetime(begun.year, begun.month, 1), upper


def is_open(month: date, upper: datetime) -> bool:
    """Whether a month has not ended before `upper`, so that its figures are not final."""
    return containing("month", "calendar", month).upper > upper


def _months_of_answers(
    viewer: Viewer, chosen: Filters, first: datetime, upper: datetime
) -> list[Row]:
    rows = viewer.ask(
        "satisfaction", first=first, upper=upper, group_by="month", **chosen.where()
    ).to_pylist()
    return [row for row in rows if row["group_key"]]


def _beside_others(
    viewer: Viewer,
    chosen: Filters,
    scale: str | None,
    answers: Mapping[str, int],
    first: datetime,
    upper: datetime,
) -> set[str]:
    """Months in which the chosen unit or field is kept back beside the others of that month.

    A unit with others below it is more than its own row, and is not looked at.
    """
    hidden: set[str] = set()
    for by, key in chosen.where().items():
        if key is None:
            continue
        others = {**chosen.where(), by: None}
        asked = viewer.ask(
            "answers_by_group_and_month", group_by=by, first=first, upper=upper, **others
        ).to_pylist()
        months: dict[str, dict[str, int]] = {}
        for row in asked:
            if row["scale_id"] == scale:
                months.setdefault(row["month"], {})[row["group_key"]] = row["n"]
        for month, groups in months.items():
            is_alone = groups.get(key) == answers.get(month)
            if is_alone and key in kept_back(groups, settings().suppress_below_n):
                hidden.add(month)
    return hidden


def _month_before(day: date, months: int) -> date:
    """The first day of the month so many months earlier."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, 1)


def _main_scale(rows: list[Row]) -> str | None:
    """The scale with most answers."""
    total: dict[str, int] = {}
    for row in rows:
        total[row["scale_id"]] = total.get(row["scale_id"], 0) + row["n"]
    return max(total, key=lambda scale: total[scale], default=None)
