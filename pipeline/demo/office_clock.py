"""Working days and office hours for whole columns at once.

Days are whole numbers since 1970-01-01, moments numpy datetime64[s]; the calendar is the board's.
"""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from pipeline.calendar import working_days

Days = NDArray[np.int64]
Moments = NDArray[np.datetime64]

MORNING, NOON, AFTERNOON, EVENING = 27_000, 41_400, 48_600, 61_200  # 7:30 11:30 13:30 17:00
_MORNING_LONG = NOON - MORNING
OFFICE_DAY = _MORNING_LONG + EVENING - AFTERNOON
DAY = 86_400
NAT = np.datetime64("NaT", "s")


class OfficeClock:
    """Counts working days between two dates far enough apart for every promise."""

    def __init__(self, first: date, last: date) -> None:
        days = working_days(first, last)
        self.first = day_number(first)
        self.is_working = np.array([day.is_working for day in days])
        self._count = np.cumsum(self.is_working)
        self._working = np.flatnonzero(self.is_working) + self.first

    def number(self, day: Days) -> Days:
        """How many working days there are up to and including a day."""
        return np.asarray(self._count[day - self.first], dtype=np.int64)

    def day_of(self, number: Days) -> Days:
        """The day that is the n-th working day; beyond the calendar its last one."""
        return np.asarray(self._working[np.clip(number, 1, len(self._working)) - 1])

    def works(self, day: Days) -> NDArray[np.bool_]:
        """Whether offices work on a day."""
        return np.asarray(self.is_working[day - self.first])

    def after(self, day: Days, n: Days | int) -> Days:
        """The n-th working day after a day; n = 0 is the day itself or the next one worked."""
        shift = np.where((np.asarray(n) == 0) & ~self.works(day), 1, n)
        return self.day_of(self.number(day) + shift)

    def on_or_after(self, day: Days) -> Days:
        """Where a limit that runs out on a day off really ends."""
        return self.after(day, 0)

    def worked(self, moment: Moments) -> Days:
        """Seconds of office time up to a moment; nights, weekends and holidays do not count."""
        day, second = split(moment)
        in_day = np.where(self.works(day), office_seconds(second), OFFICE_DAY)
        return np.asarray((self.number(day) - 1) * OFFICE_DAY + in_day)

    def at(self, worked: Days) -> Moments:
        """The moment at which so many seconds of office time have passed."""
        return join(self.day_of(worked // OFFICE_DAY + 1), wall_seconds(worked % OFFICE_DAY))

    def add_hours(self, moment: Moments, hours: NDArray[np.int64]) -> Moments:
        """A moment so many office hours later."""
        day, second = split(moment)
        at_once = office_seconds(second) + hours * 3600
        later_day = self.after(day, at_once // OFFICE_DAY)
        return join(later_day, wall_seconds(at_once % OFFICE_DAY))


def office_seconds(second: NDArray[np.int64]) -> NDArray[np.int64]:
    """Seconds of the office day that have passed at a second of the day."""
    morning = np.clip(second - MORNING, 0, _MORNING_LONG)
    return np.asarray(morning + np.clip(second - AFTERNOON, 0, EVENING - AFTERNOON))


def wall_seconds(office: NDArray[np.int64]) -> NDArray[np.int64]:
    """The second of the day at which so many seconds of the office day have passed."""
    in_morning = office <= _MORNING_LONG
    return np.where(in_morning, MORNING + office, AFTERNOON + office - _MORNING_LONG)


def day_number(day: date) -> int:
    """Days since 1970-01-01."""
    return (day - date(1970, 1, 1)).days


def to_date(number: int) -> date:
    """The date of a day number."""
    return date(1970, 1, 1) + timedelta(days=int(number))


def split(moment: Moments) -> tuple[Days, NDArray[np.int64]]:
    """Day number and second of the day."""
    seconds = moment.astype("datetime64[s]").astype(np.int64)
    return seconds // DAY, seconds % DAY


def join(day: Days, second: NDArray[np.int64]) -> Moments:
    """The moment of a day number and a second of the day."""
    return np.asarray((day * DAY + second).astype("datetime64[s]"))


def second_of_work(rng: np.random.Generator, n: int) -> NDArray[np.int64]:
    """A second of office hours at which work ends: towards the end of either half of the day."""
    return wall_seconds((rng.beta(1.6, 1.1, n) * (OFFICE_DAY - 1)).astype(np.int64))
