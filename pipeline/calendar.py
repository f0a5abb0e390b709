"""Working days of Vietnamese offices: the calendar that due dates are counted in.

The `holidays` library knows the holidays by law, the lunar ones, days made up after a weekend and
most swapped working days. What it cannot know, or missed, stands in data/config/holidays.csv and
overrides it day by day. The library knows the years 1976 to 2099; outside them only weekends are
days off.
"""

from __future__ import annotations

import csv
import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import Literal

from pipeline.errors import BadConfiguration
from pipeline.settings import CONFIG

OVERRIDES = CONFIG / "holidays.csv"
_COLUMNS = ["day", "kind", "note_vi", "note_en", "source"]
_ONE_DAY = timedelta(days=1)
_BLOCK = 10  # years the library is asked for at once
_SATURDAY = 5
# The library writes the day worked instead as an American would, month first.
_SWAPPED_EN = re.compile(r"Day off \(substituted from (\d\d)/(\d\d)/(\d{4})\)")


@dataclass(frozen=True)
class CalendarDay:
    """One day. The notes say why it differs from an ordinary day of its week, else None."""

    day: date
    is_working: bool
    note: str | None = None  # Vietnamese
    note_en: str | None = None


@dataclass(frozen=True)
class Override:
    """One row of holidays.csv: a day off, or a day worked although it would be off."""

    day: date
    kind: Literal["off", "worked"]
    note_vi: str
    note_en: str
    source: str


def read_overrides(path: Path) -> dict[date, Override]:
    """The rows of an override file by day.

    Raises BadConfiguration naming file and line when the header differs, a row has a value too
    many or too few, a day is no ISO date or occurs twice, or a kind is neither off nor worked.
    """
    overrides: dict[date, Override] = {}
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = csv.reader(file)
        header = next(rows, [])
        for name in [*header, *_COLUMNS]:
            if name not in _COLUMNS:
                raise BadConfiguration("error.calendar.unknown_column", file=path.name, column=name)
            if header.count(name) != 1:
                raise BadConfiguration("error.calendar.not_once", file=path.name, column=name)
        for cells in rows:
            if cells:
                override = _override(path.name, rows.line_num, header, cells)
                if override.day in overrides:
                    raise BadConfiguration(
                        "error.calendar.twice",
                        file=path.name,
                        line=rows.line_num,
                        day=override.day.isoformat(),
                    )
                overrides[override.day] = override
    return overrides


def _override(file: str, line: int, header: list[str], cells: list[str]) -> Override:
    if len(cells) != len(header):
        raise BadConfiguration(
            "error.calendar.cells", file=file, line=line, cells=len(cells), columns=len(header)
        )
    row = {name: cell.strip() for name, cell in zip(header, cells, strict=True)}
    try:
        day = date.fromisoformat(row["day"])
    except ValueError as error:
        raise BadConfiguration(
            "error.calendar.no_day", file=file, line=line, day=row["day"]
        ) from error
    kind = row["kind"]
    if kind not in ("off", "worked"):
        raise BadConfiguration("error.calendar.unknown_kind", file=file, line=line, kind=kind)
    return Override(
        day,
        "off" if kind == "off" else "worked",
        row["note_vi"],
        row["note_en"],
        row["source"],
    )


class WorkCalendar:
    """Days off and days worked: the library's, with the overrides on top."""

    def __init__(self, overrides: Mapping[date, Override]) -> None:
        self.overrides = dict(overrides)

    def day(self, day: date) -> CalendarDay:
        override = self.overrides.get(day)
        if override is not None:
            return CalendarDay(
                day,
                override.kind == "worked",
                override.note_vi or None,
                override.note_en or None,
            )
        return _known_day(day) or CalendarDay(day, day.weekday() < _SATURDAY)

    def is_working(self, day: date) -> bool:
        return self.day(day).is_working

    def days(self, first: date, last: date) -> list[CalendarDay]:
        return [self.day(first + n * _ONE_DAY) for n in range((last - first).days + 1)]

    def on_or_after(self, day: date) -> date:
        while not self.is_working(day):
            day += _ONE_DAY
        return day

    def add(self, day: date, n: int) -> date:
        if n == 0:
            return self.on_or_after(day)
        step = _ONE_DAY if n > 0 else -_ONE_DAY
        left = abs(n)
        while left:
            day += step
            left -= self.is_working(day)
        return day

    def between(self, a: date, b: date) -> int:
        if b < a:
            return -self.between(b, a)
        return sum(self.is_working(a + n * _ONE_DAY) for n in range(1, (b - a).days + 1))

    def version(self) -> str:
        rows = sorted((o.day.isoformat(), o.kind) for o in self.overrides.values())
        digest = hashlib.sha256(repr(rows).encode()).hexdigest()[:12]
        return f"holidays {version('holidays')}, overrides {digest}"


def _known_day(day: date) -> CalendarDay | None:
    return _block(day.year // _BLOCK).get(day)


@lru_cache(maxsize=64)
def _block(number: int) -> dict[date, CalendarDay]:
    """What the library knows of ten years, holidays and worked weekends only.

    One year more on either side is asked for: a swap around New Year is listed with the year of
    its day off, not with the year of the day worked instead.
    """
    import holidays  # slow to import, and most commands never ask

    first = number * _BLOCK
    years = range(max(1, first - 1), first + _BLOCK + 1)
    vi, en = (
        holidays.country_holidays("VN", years=years, expand=False, language=language)
        for language in ("vi", "en_US")
    )
    # The weekend of a holiday stays an ordinary weekend with a name to it.
    known = {
        day: CalendarDay(
            day, False, name, _SWAPPED_EN.sub(r"Day off in exchange for \2/\1/\3", en[day])
        )
        for day, name in vi.items()
        if first <= day.year < first + _BLOCK
    }
    for day in vi.weekend_workdays:
        if first <= day.year < first + _BLOCK:
            known[day] = CalendarDay(day, True, "Ngày làm bù", "Worked in exchange for a day off")
    return known


@lru_cache(maxsize=1)
def office_calendar() -> WorkCalendar:
    """The calendar that every figure is counted by, read once per process."""
    return WorkCalendar(read_overrides(OVERRIDES))


def working_days(first: date, last: date) -> list[CalendarDay]:
    """Every calendar day from first to last, both included; empty when last is before first."""
    return office_calendar().days(first, last)


def is_working_day(day: date) -> bool:
    """Whether offices work on this day."""
    return office_calendar().is_working(day)


def working_day_on_or_after(day: date) -> date:
    """The day itself when worked, else the next one that is: where a time limit that runs out on
    a day off really ends (Civil Code 2015 Art. 148(5))."""
    return office_calendar().on_or_after(day)


def add_working_days(day: date, n: int) -> date:
    """The n-th working day after a day, which itself is not counted (Civil Code 2015 Art. 147(2)).

    Negative n counts backwards; n = 0 is the day itself, or the next working day when it is off.
    """
    return office_calendar().add(day, n)


def working_days_between(a: date, b: date) -> int:
    """Working days after a up to and including b; negative when b lies before a.

    Always the negative of (b, a), and the difference of the running number of working days.
    """
    return office_calendar().between(a, b)


def calendar_version() -> str:
    """Which calendar a figure was computed with: the library's version and a digest of the
    overrides (days and kinds; a better wording of a note changes no figure)."""
    return office_calendar().version()
