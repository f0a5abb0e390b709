"""The days and hours that count: a limit's last moment, what was used of it, what was skipped."""

from __future__ import annotations

import math
from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal

from pipeline.calendar import CalendarDay, WorkCalendar
from pipeline.clock.facts import Limit, LimitUnit
from pipeline.clock.rules import Counting, OfficeHours, Rules, in_force

DAY = timedelta(days=1)
HOUR = 3600.0
HALF_MONTH = 15  # days (Civil Code 2015 Art. 146(1))
_SATURDAY = 5
Reason = Literal["weekend", "holiday", "worked"]


@dataclass(frozen=True)
class Skipped:
    """Days off that were not counted, or (worked) a Saturday that was, in a row or all together."""

    first: date
    last: date
    days: int
    reason: Reason
    name_vi: str | None = None
    name_en: str | None = None


class Office(WorkCalendar):
    """The calendar of working days with the office's hours and its own rule for Saturdays."""

    def __init__(self, calendar: WorkCalendar, rules: Rules) -> None:
        super().__init__(calendar.overrides)
        self._calendar = calendar
        self._rules = rules

    def day(self, day: date) -> CalendarDay:
        """A day of the calendar; a plain Saturday counts where the office says so."""
        found = self._calendar.day(day)
        hours = self._hours(day)
        is_plain = day.weekday() == _SATURDAY and not found.is_working and found.note is None
        if is_plain and hours is not None and hours.saturday == "whole_day":
            return CalendarDay(day, True)
        return found

    # The end of a limit

    def end_of(self, start: datetime, limit: Limit) -> datetime:
        """The last moment of a limit counted from `start`; of a day, its last microsecond."""
        if limit.unit == "hour":
            return self.add_hours(start, limit.value)
        if limit.unit == "working_day":
            return self._working_days(start, limit.value)
        last = self.calendar_end(start, limit)
        return _end_of(self._last_day(last, self._counting(start.date())))

    def calendar_end(self, start: datetime, limit: Limit) -> date:
        """Where a limit in days or months ends by the calendar alone, be it a day off."""
        first = self._first(start)
        if limit.unit == "day":
            return first + math.ceil(limit.value) * DAY
        day = _months_after(first, math.floor(limit.value), self._counting(start.date()))
        return day + math.ceil((limit.value % 1) * 2 * HALF_MONTH) * DAY

    def _first(self, start: datetime) -> date:
        """The day after which counting begins."""
        counting = self._counting(start.date())
        is_counted = counting is not None and counting.day_of_event == "counted"
        return start.date() - DAY if is_counted else start.date()

    def _working_days(self, start: datetime, value: float) -> datetime:
        if value == 0:
            return _end_of(self._same_day(start))
        first, whole, part = self._first(start), math.floor(value), value % 1
        hours = self._hours(start.date())
        if not part:
            return _end_of(self.add(first, whole))
        day = self.add(first, whole + 1)
        if part > 0.5 or hours is None or hours.half_day == "end_of_day":
            return _end_of(day)
        return datetime.combine(day, hours.morning.closes)

    def _same_day(self, start: datetime) -> date:
        day = start.date()
        rule = in_force(self._rules.same_day, day)
        is_late = rule is not None and start.time() > rule.after
        if is_late and rule is not None and rule.received_after == "next_working_day":
            return self.add(day, 1)
        return self.on_or_after(day)

    def _last_day(self, day: date, counting: Counting | None) -> date:
        return day if counting and counting.last_day_off == "stays" else self.on_or_after(day)

    def later(self, due: datetime, amount: float, unit: LimitUnit) -> datetime:
        """A limit's last moment put off by so much time of its own unit."""
        if not amount:
            return due
        if unit == "hour":
            return self.add_hours(due, amount)
        if unit == "working_day":
            day = self.add(self.on_or_after(due.date()), math.ceil(amount))
        else:
            day = due.date() + math.ceil(amount) * DAY
            day = self._last_day(day, self._counting(due.date()))
        return datetime.combine(day, due.time())

    # Time that passed

    def passed(self, start: datetime, end: datetime, unit: LimitUnit) -> float:
        """Time between two moments in a limit's unit, days of a month; negative backwards."""
        if unit == "hour":
            return round(self.seconds(start, end) / HOUR, 4)
        if unit == "working_day":
            return float(self.between(start.date(), end.date()))
        return float((end.date() - start.date()).days)

    def seconds(self, start: datetime, end: datetime) -> float:
        """Seconds of office time between two moments; negative when the second is earlier."""
        if end < start:
            return -self.seconds(end, start)
        total = 0.0
        for n in range((end.date() - start.date()).days + 1):
            for opens, closes in self.sessions(start.date() + n * DAY):
                inside = min(closes, end) - max(opens, start)
                total += max(inside.total_seconds(), 0.0)
        return total

    def add_hours(self, start: datetime, hours: float) -> datetime:
        """The moment so many office hours later; the office being shut, counted from its opening.

        Where no office hours are known, or years pass without one, plain hours.
        """
        left = timedelta(hours=hours)
        for n in range(3 * 366):
            for opens, closes in self.sessions(start.date() + n * DAY):
                begins = max(opens, start)
                if begins < closes or (begins == closes and not left):
                    if closes - begins >= left:
                        return begins + left
                    left -= closes - begins
        return start + timedelta(hours=hours)

    def sessions(self, day: date) -> list[tuple[datetime, datetime]]:
        """Opening and closing moments of a day, none on a day off."""
        hours = self._hours(day)
        if hours is None:
            return []
        open_at = [hours.morning, hours.afternoon]
        if not self.is_working(day):
            is_plain = day.weekday() == _SATURDAY and self.day(day).note is None
            open_at = open_at[:1] if is_plain and hours.saturday == "morning" else []
        at = datetime.combine
        return [(at(day, one.opens), at(day, one.closes)) for one in open_at]

    # What was not counted

    def skipped(self, start: datetime, end: datetime) -> tuple[Skipped, ...]:
        """Days after `start` up to the day of `end` that no working day is, and Saturdays that are.

        Weekends are taken together; holidays in a row are one, with their names.
        """
        first, last = start.date() + DAY, end.date()
        days = self.days(first, last)
        weekend = [d.day for d in days if not d.is_working and d.day.weekday() >= _SATURDAY]
        plain = [day for day in weekend if self.day(day).note is None]
        found = [Skipped(plain[0], plain[-1], len(plain), "weekend")] if plain else []
        found += self._holidays(days)
        found += [
            Skipped(d.day, d.day, 1, "worked", d.note, d.note_en)
            for d in days
            if d.is_working and d.day.weekday() >= _SATURDAY
        ]
        return tuple(found)

    def _holidays(self, days: Sequence[CalendarDay]) -> Iterator[Skipped]:
        named = [d for d in days if not d.is_working and d.note is not None]
        while named:
            row = [named.pop(0)]
            while named and self._touches(row[-1].day, named[0].day):
                row.append(named.pop(0))
            vi, en = self._names(row[0].day)
            yield Skipped(row[0].day, row[-1].day, len(row), "holiday", vi, en)

    def _touches(self, one: date, other: date) -> bool:
        """Whether nobody works between two days off."""
        return not any(self.is_working(one + n * DAY) for n in range(1, (other - one).days))

    def _names(self, inside: date) -> tuple[str, str]:
        """The names of the holidays around a day, also of those outside what was asked for."""
        first = last = inside
        while not self.is_working(first - DAY):
            first -= DAY
        while not self.is_working(last + DAY):
            last += DAY
        named = [day for day in self.days(first, last) if day.note]
        return _common(day.note or "" for day in named), _common(
            day.note_en or day.note or "" for day in named
        )

    def _hours(self, day: date) -> OfficeHours | None:
        return in_force(self._rules.office_hours, day)

    def _counting(self, day: date) -> Counting | None:
        return in_force(self._rules.counting, day)


def is_end_of_day(moment: datetime) -> bool:
    """Whether a limit's last moment means the whole of its day."""
    return moment.time() == time.max


def _end_of(day: date) -> datetime:
    return datetime.combine(day, time.max)


def _months_after(day: date, months: int, counting: Counting | None) -> date:
    """The same day so many months later (Civil Code 2015 Art. 148(3) where a month has none)."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    length = monthrange(year, month + 1)[1]
    if day.day <= length:
        return date(year, month + 1, day.day)
    last = date(year, month + 1, length)
    return last + DAY if counting and counting.missing_day == "first_of_next" else last


def _common(names: Iterator[str]) -> str:
    """One name for holidays in a row: that which most of the others contain, else all of them."""
    known = list(dict.fromkeys(names))
    for name in sorted(known, key=len):
        containing = sum(name in other for other in known)
        if len(known) > 2 and containing * 2 > len(known):
            return name
    return ", ".join(known)
