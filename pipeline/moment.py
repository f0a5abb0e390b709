"""The moment that every figure speaks of, when nobody names one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from pipeline.calendar import working_days
from pipeline.errors import Refused

STEP = timedelta(minutes=10)  # figures are shared by all viewers within a step


@dataclass(frozen=True)
class Moment:
    """as_of: naive local time. is_live: it follows the clock, and does not end with the data."""

    as_of: datetime
    is_live: bool


def default_as_of(meta: Mapping[str, str], now: datetime, fresh_within_days: int) -> Moment:
    """The moment to speak of: now while the data are fresh, else the end of their last day.

    A queue that counts days to a promise must follow the clock; a board fed from last year's
    files must not call everything overdue that happened to be open when the export was made.

    meta: the snapshot's facts, ISO text under `built_at` and, where known, `data_at`.
    now: naive local time. fresh_within_days: working days after which data no longer speak of
    today, as the office has decided.
    Raises Refused when the snapshot does not say when it was built.
    """
    if not meta.get("built_at"):
        raise Refused("error.snapshot.no_built_at")
    built_at = datetime.fromisoformat(meta["built_at"])
    data_at = datetime.fromisoformat(meta["data_at"]) if meta.get("data_at") else built_at
    if working_days_since(data_at, now) <= fresh_within_days:
        return Moment(max(floored(now), built_at), is_live=True)
    return Moment(end_of_day(data_at), is_live=False)


def working_days_since(then: datetime, now: datetime) -> int:
    """Working days after the day of `then`, up to and including the day of `now`."""
    if now.date() <= then.date():
        return 0
    days = working_days(then.date() + timedelta(days=1), now.date())
    return sum(day.is_working for day in days)


def floored(moment: datetime) -> datetime:
    """The last whole step, so that viewers within ten minutes share the same cached figures."""
    return moment - (moment - datetime.min) % STEP


def end_of_day(moment: datetime) -> datetime:
    """The last microsecond of a day: what is due that day is not overdue yet."""
    return datetime.combine(moment.date(), time.max)
