"""The stretch of time a figure speaks of, and the moment it speaks at.

Two calendars: ordinary months, and reporting months from the 15th of the month before to the 14th
(NĐ 09/2019/NĐ-CP Art. 12). A period is [first 00:00, last + 1 day 00:00) local time, so that what
is open at the end of one is exactly what the next carries over.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from pipeline.errors import Refused
from pipeline.wording import END_OF_DAY, Wording, wording

Kind = Literal["month", "quarter", "half", "nine_months", "year", "free", "all"]
Calendar = Literal["calendar", "report"]

LOCAL_ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
REPORT_FIRST_DAY = 15
# Months in a period of each kind that comes round; nine months are always the first nine.
_LENGTH: dict[str, int] = {"month": 1, "quarter": 3, "half": 6, "nine_months": 9, "year": 12}
_ROMAN = ("I", "II", "III", "IV")
_YEARS = range(1900, 3000)
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Period:
    """Days from first to last, both included. Made by the functions below, not by hand."""

    kind: Kind
    calendar: Calendar
    first: date
    last: date

    @property
    def lower(self) -> datetime:
        """First moment inside."""
        return datetime.combine(self.first, time.min)

    @property
    def upper(self) -> datetime:
        """First moment after the period; exclusive."""
        return datetime.combine(self.last + _ONE_DAY, time.min)

    @property
    def year(self) -> int:
        """The year in the period's name; a reporting period may begin in the year before."""
        return self.last.year

    @property
    def ordinal(self) -> int:
        """Which one of its kind within the year, from 1."""
        return (self.last.month - 1) // _LENGTH[self.kind] + 1 if self.kind in _LENGTH else 1

    @property
    def key(self) -> str:
        """Its name in an address, read back by `parse_period`."""
        if self.kind == "all":
            return "all"
        if self.kind == "free":
            return f"{self.first.isoformat()}..{self.last.isoformat()}"
        ending = {
            "month": f"-{self.last.month:02}",
            "quarter": f"-Q{self.ordinal}",
            "half": f"-H{self.ordinal}",
            "nine_months": "-9M",
            "year": "",
        }[self.kind]
        return f"{'report:' if self.calendar == 'report' else ''}{self.year:04}{ending}"

    def label(self, language: str) -> str:
        """Its name for a reader: 'Quý IV/2023', 'Kỳ báo cáo tháng 12/2023 (15/11–14/12/2023)'."""
        words = wording(language)
        if self.kind in ("free", "all"):
            key = "one_day" if self.kind == "free" and self.first == self.last else self.kind
            return words(f"period.{key}", first=words.date(self.first), last=words.date(self.last))
        report = self.calendar == "report"
        form = f"half_{self.ordinal}" if self.kind == "half" else self.kind
        return words(
            f"period.{'report_' if report else ''}{form}",
            month=words.month_name(self.last),
            quarter=_ROMAN[self.ordinal - 1]
            if language == "vi" and self.kind == "quarter"
            else str(self.ordinal),
            year=str(self.year),
            span=_span(words, self.first, self.last),
        )

    def previous(self) -> Period | None:
        """The period directly before, of the same kind.

        For nine months the same months a year before; for free dates as many whole months, or
        else as many days, as they span; None for all of time.
        """
        if self.kind == "all":
            return None
        if self.kind == "nine_months":
            return self.same_last_year()
        if self.kind != "free":
            return containing(self.kind, self.calendar, self.first - _ONE_DAY)
        if self._is_whole_months():
            months = (self.year - self.first.year) * 12 + self.last.month - self.first.month + 1
            return _free(_shifted(self.first, -months), self.first - _ONE_DAY)
        return _free(self.first - (self.last - self.first) - _ONE_DAY, self.first - _ONE_DAY)

    def same_last_year(self) -> Period | None:
        """The same period a year before; 29 February becomes the 28th; None for all of time."""
        if self.kind == "all":
            return None
        if self.kind != "free":
            return _of_year(self.kind, self.calendar, self.year - 1, self.ordinal)
        last = _shifted(self.last, -12)
        if self._is_whole_months():
            last = last.replace(day=monthrange(last.year, last.month)[1])
        return _free(_shifted(self.first, -12), last)

    def is_open(self, as_of: datetime) -> bool:
        """Whether part of the period still lies ahead of as_of; never so for all of time."""
        return self.kind != "all" and as_of + timedelta.resolution < self.upper

    def _is_whole_months(self) -> bool:
        return self.first.day == 1 and (self.last + _ONE_DAY).day == 1


ALL = Period("all", "calendar", date(1, 1, 1), date(9999, 12, 30))  # upper must still be a date


def containing(kind: Kind, calendar: Calendar, day: date) -> Period:
    """The period of a kind in which a day lies.

    Days after the ninth month lie in no nine months: they get those just ended. Free dates are
    the day alone.
    """
    if kind == "all":
        return ALL
    if kind == "free":
        return _free(day, day)
    if calendar == "report" and day.day >= REPORT_FIRST_DAY:
        day = _shifted(day.replace(day=1), 1)
    ordinal = 1 if kind == "nine_months" else (day.month - 1) // _LENGTH[kind] + 1
    return _of_year(kind, calendar, day.year, ordinal)


def as_far_into(earlier: Period, period: Period, reached: datetime) -> datetime:
    """The moment in `earlier` that lies as far in it as `reached` lies in `period`; exclusive.

    Half a month is compared with half a month: the same day of the month where both begin on the
    same one, else as many days. Never after the end of `earlier`; its end where `period` is over.
    """
    if reached >= period.upper:
        return earlier.upper
    if earlier.first.day != period.first.day:
        return min(earlier.lower + (reached - period.lower), earlier.upper)
    months = (
        (period.first.year - earlier.first.year) * 12 + period.first.month - earlier.first.month
    )
    day = _shifted(reached.date(), -months)
    return min(datetime.combine(day, reached.time()), earlier.upper)


def months_between(first: date, last: date, calendar: Calendar = "calendar") -> list[Period]:
    """Every month from the one of `first` to the one of `last`; none when last is before first."""
    months = []
    month = containing("month", calendar, first)
    while first <= last and month.first <= last:
        months.append(month)
        month = containing("month", calendar, month.last + _ONE_DAY)
    return months


def _of_year(kind: Kind, calendar: Calendar, year: int, ordinal: int) -> Period:
    length = _LENGTH[kind]
    first = date(year, (ordinal - 1) * length + 1, 1)
    last = _shifted(first, length) - _ONE_DAY
    if calendar == "report":
        first = _shifted(first, -1).replace(day=REPORT_FIRST_DAY)
        last = last.replace(day=REPORT_FIRST_DAY - 1)
    return Period(kind, calendar, first, last)


def _free(first: date, last: date) -> Period:
    return Period("free", "calendar", first, last)


def _shifted(day: date, months: int) -> date:
    """The same day some months on, or that month's last when it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _span(words: Wording, first: date, last: date) -> str:
    """Two days with what they share said once: '15/11–14/12/2023'."""
    start, end = words.date(first), words.date(last)
    if first.year == last.year:
        start = start.removesuffix(str(first.year)).rstrip("/ ")
    return f"{start}–{end}"


_KEY = re.compile(
    r"(?P<report>report:)?(?P<year>\d{4})"
    r"(?:-(?:(?P<month>0[1-9]|1[0-2])|Q(?P<quarter>[1-4])|H(?P<half>[12])|(?P<nine_months>9)M))?",
    re.IGNORECASE | re.ASCII,
)
_FREE = re.compile(r"(\d{4}-\d\d-\d\d)\.\.(\d{4}-\d\d-\d\d)", re.ASCII)
_HOW_PERIODS = (
    "write 2023, 2023-Q4, 2023-H1, 2023-9M, 2023-12, report:2023-12, 2023-01-01..2023-03-31 or all"
)


def parse_period(text: str) -> Period:
    """A period from its key: '2023-12', '2023-Q4', '2023-H1', '2023-9M', '2023', each also after
    'report:'; '2023-01-01..2023-03-31'; 'all'. Raises Refused for anything else."""
    written = text.strip()
    if written.lower() == "all":
        return ALL
    if free := _FREE.fullmatch(written):
        return free_period(_iso_day(free[1]), _iso_day(free[2]))
    key = _KEY.fullmatch(written)
    if key is None:
        raise Refused("error.period.not_understood", text=text)
    year = int(key["year"])
    _check_year(year)
    calendar: Calendar = "report" if key["report"] else "calendar"
    kinds: tuple[Kind, ...] = ("month", "quarter", "half")
    for kind in kinds:
        if key[kind]:
            return _of_year(kind, calendar, year, int(key[kind]))
    return _of_year("nine_months" if key["nine_months"] else "year", calendar, year, 1)


def free_period(first: date, last: date) -> Period:
    """Any two days, both included. Raises Refused when they stand in the wrong order."""
    _check_year(first.year)
    _check_year(last.year)
    if last < first:
        raise Refused("error.period.backwards", first=first, last=last)
    return _free(first, last)


def _check_year(year: int) -> None:
    if year not in _YEARS:
        raise Refused(
            "error.period.year_outside", year=str(year), first=str(_YEARS[0]), last=str(_YEARS[-1])
        )


def _iso_day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise Refused("error.period.no_day", text=text) from error


_TIME = r"(?P<hour>\d\d?):(?P<minute>\d\d)(?::(?P<second>\d\d)(?:\.(?P<part>\d{1,6}))?)?"
_OFFSET = r"(?P<offset>Z|[+-]\d\d:?\d\d)?"
_MOMENTS = tuple(
    re.compile(pattern, re.ASCII | re.IGNORECASE)
    for pattern in (
        rf"(?P<year>\d{{4}})-(?P<month>\d\d)-(?P<day>\d\d)(?:[T ]+{_TIME}\s*{_OFFSET})?",
        rf"(?P<day>\d\d?)/(?P<month>\d\d?)/(?P<year>\d{{4}})(?: +{_TIME})?",
        rf"{_TIME} +(?P<day>\d\d?)/(?P<month>\d\d?)/(?P<year>\d{{4}})",
    )
)


def parse_as_of(text: str) -> datetime:
    """The moment to speak of, as naive local time (Asia/Ho_Chi_Minh).

    A day alone means its end ("tính đến hết ngày"): 2023-12-31 or 31/12/2023 is the last
    microsecond of that day. With a time it is that moment: 2023-12-31T17:00,
    '17:00 31/12/2023'; an offset or Z is converted. Raises Refused for anything else.
    """
    written = next(filter(None, (form.fullmatch(text.strip()) for form in _MOMENTS)), None)
    if written is None:
        raise Refused("error.period.moment_not_understood", text=text)
    found = written.groupdict()
    if int(found["year"]) not in _YEARS:
        raise Refused(
            "error.period.moment_outside", text=text, first=str(_YEARS[0]), last=str(_YEARS[-1])
        )
    try:
        day = date(int(found["year"]), int(found["month"]), int(found["day"]))
        if found["hour"] is None:
            return datetime.combine(day, END_OF_DAY)
        at = datetime.combine(
            day,
            time(
                int(found["hour"]),
                int(found["minute"]),
                int(found["second"] or 0),
                int((found["part"] or "0").ljust(6, "0")),
            ),
        )
        if offset := found.get("offset"):
            zone = datetime.strptime(offset.upper(), "%z").tzinfo
            at = at.replace(tzinfo=zone).astimezone(LOCAL_ZONE).replace(tzinfo=None)
    except (ValueError, OverflowError) as error:
        raise Refused("error.period.no_moment", text=text) from error
    return at
