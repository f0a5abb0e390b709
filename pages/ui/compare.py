"""The same figures of an earlier period, where a comparison means something, or why it does not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any, Literal

import streamlit as st

from pages.ui.filters import Filters
from pages.ui.guard import Viewer
from pages.ui.period_filter import first_day
from pages.ui.tiles import Tile, count_change, rate_change
from pipeline.periods import Period, as_far_into, free_period
from pipeline.settings import settings
from pipeline.wording import Wording

Figures = Mapping[str, Any]
Which = Literal["previous", "year"]


@dataclass(frozen=True)
class Earlier:
    """An earlier period as far as it is compared. figures: its `summary`, None with a reason.

    why_not: a key of the catalogue under `compare`; day: what that text speaks of.
    """

    period: Period | None
    upper: datetime | None = None
    figures: Figures | None = None
    why_not: str | None = None
    day: date | None = None

    @property
    def last(self) -> date | None:
        """The last day that is compared."""
        return (self.upper - timedelta.resolution).date() if self.upper else None

    def figure(self, name: str) -> Any:
        """One figure of the earlier period, None where there is no comparison."""
        return self.figures[name] if self.figures else None


@dataclass(frozen=True)
class Compared:
    """The figures of a period, and the two earlier ones that they are held against."""

    now: Figures
    before: Earlier
    last_year: Earlier

    def on(self, tile: Tile, words: Wording, name: str) -> Tile:
        """The tile of one figure with how it moved: a rate, which is named so, in points."""
        change = rate_change if "rate" in name else count_change
        return replace(
            tile,
            change=change(words, self.now[name], self.before.figure(name)),
            year_change=change(words, self.now[name], self.last_year.figure(name)),
        )


def compared(viewer: Viewer, chosen: Filters, summary: Figures) -> Compared:
    """The `summary` of the period with those of the period before and of a year before."""
    return Compared(summary, earlier(viewer, chosen, "previous"), earlier(viewer, chosen, "year"))


def say(viewer: Viewer, chosen: Filters, compared: Compared) -> None:
    """What the changes are held against, or why there are none, in one line."""
    words = viewer.words
    sides = {"previous": compared.before, "year": compared.last_year}
    said = [
        words(f"compare.{which}", span=_span(viewer, side))
        for which, side in sides.items()
        if side.figures
    ]
    if said and chosen.period.is_open(viewer.as_of):
        said.append(words("compare.so_far"))
    reasons: dict[tuple[str, date | None], list[str]] = {}
    for which, side in sides.items():
        if side.why_not:
            reasons.setdefault((side.why_not, side.day), []).append(which)
    for (why, day), both in reasons.items():
        against = words("compare.with_both" if len(both) > 1 else f"compare.with_{both[0]}")
        said.append(words(f"compare.{why}", against=against, day=day))
    if said:
        st.caption(" ".join(said))


def _span(viewer: Viewer, side: Earlier) -> str:
    """The days that are compared: the whole earlier period by its name, or a part by its days."""
    if side.period is None or side.last is None or side.last == side.period.last:
        return side.period.label(viewer.language) if side.period else ""
    return free_period(side.period.first, side.last).label(viewer.language)


def earlier(viewer: Viewer, chosen: Filters, which: Which) -> Earlier:
    """The period before, or the same one of last year, up to where this one has got by now."""
    now = chosen.period
    period = now.previous() if which == "previous" else now.same_last_year()
    if period is None:
        return Earlier(None)
    begun = first_day(viewer)
    if period.first < begun.replace(day=1):
        return Earlier(period, why_not="no_data", day=begun)
    reached = _reached(viewer, now)
    if reached <= now.lower:
        return Earlier(period, why_not="just_begun")
    if changed := reorganised(viewer, chosen, period, now):
        return Earlier(period, why_not="reorganised", day=changed)
    upper = as_far_into(period, now, reached)
    rows = viewer.ask(
        "summary",
        as_of=upper - timedelta.resolution,  # the same answer however late the board is opened
        first=period.lower,
        upper=upper,
        **chosen.where(),
    ).to_pylist()
    return Earlier(period, upper, rows[0])


def reorganised(viewer: Viewer, chosen: Filters, earlier: Period, now: Period) -> date | None:
    """The day on which the units of the figures became other ones between two periods.

    Where the office has given no list of units, the days of board.toml count for single units.
    """
    first, upper = earlier.lower, min(now.upper, viewer.as_of + timedelta.resolution)
    (row,) = viewer.ask("reorganised", first=first, upper=upper, unit=chosen.unit).to_pylist()
    if row["is_known"] or row["day"]:
        day: date | None = row["day"]
        return day
    days = [day for day in settings().reorganisations if first.date() < day < upper.date()]
    return max(days, default=None)


def _reached(viewer: Viewer, period: Period) -> datetime:
    """How far the data have got in the period: as_of may follow the clock, the data do not."""
    data_at = viewer.meta.get("data_at")
    known = datetime.fromisoformat(data_at) if data_at else viewer.as_of
    return min(period.upper, viewer.as_of + timedelta.resolution, known + timedelta.resolution)
