"""Date formats, in the order in which DuckDB's `try_strptime(text, list)` tries them.

What these formats do not cover is settled elsewhere: Excel serials, offsets (+02:00, Z) and
milliseconds since 1970. No format here reads a year of two digits: "23-12-31" may mean
2023 or 2031, so a source has to declare it in date_formats. DuckDB's %Y takes "25" for the
year 25; such a year is a misreading, to be refused by whoever reads the column.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from itertools import product

import duckdb

from pipeline import statements
from pipeline.sources import Source

_SEPARATORS = ("/", "-", ".", "_")
_HOURS = (
    " %H:%M:%S",
    " %H:%M",
    "",
    " %I:%M:%S %p",
    " %I:%M %p",
    " %H:%M:%S.%f",
    ", %H:%M:%S",
    ", %H:%M",
    " %Hh%M",
)
# In Vietnamese the hour comes first: "08:30 01/03/2024", "8h30 ngày 01/03/2024".
_HOURS_BEFORE = ("%H:%M:%S ", "%H:%M ", "%H:%M, ", "%Hh%M ", "%H:%M ngày ", "%Hh%M ngày ")
_ISO = (
    "%Y-%m-%d %H:%M:%S",
    "%Y-%m-%dT%H:%M:%S",
    "%Y-%m-%d",
    "%Y-%m-%d %H:%M:%S.%f",
    "%Y-%m-%dT%H:%M:%S.%f",
    "%Y-%m-%d %H:%M",
    "%Y-%m-%dT%H:%M",
)
_YEAR_FIRST = tuple(
    f"%Y{separator}%m{separator}%d{hours}"
    for separator, hours in product(("/", ".", "_"), (" %H:%M:%S", " %H:%M", ""))
)
_WORDS = tuple(
    hours + day
    for hours, day in product(
        (
            "",
            "%H giờ %M phút, ",
            "%H giờ %M phút ",
            "%H giờ %M, ",
            "%H giờ %M ",
            "%H:%M, ",
            "%H:%M ",
        ),
        ("ngày %d tháng %m năm %Y", "Ngày %d tháng %m năm %Y", "%d tháng %m năm %Y"),
    )
)
_MONTH_NAMES = ("%d-%b-%Y", "%d %b %Y", "%d-%b-%Y %H:%M:%S", "%b %d, %Y", "%d %B %Y", "%B %d, %Y")
# Not built in: two digits of a year are ambiguous, packed digits may be any number. They are only
# offered when a file is inspected.
_ON_REQUEST = (
    *(f"%d{s}%m{s}%y{hours}" for s, hours in product(_SEPARATORS, (" %H:%M:%S", " %H:%M", ""))),
    "%d-%b-%y",
    "%Y%m%d%H%M%S",
    "%Y%m%d",
)


def day_first() -> list[str]:
    """Formats that read 03/04/2025 as 3 April."""
    return _in_order("%d", "%m")


def month_first() -> list[str]:
    """Formats that read 03/04/2025 as 4 March."""
    return _in_order("%m", "%d")


def formats_for(source: Source, sample: Iterable[str] = ()) -> list[str]:
    """The formats of the source's time columns in the order to try: its own, then the built-in.

    With a `sample` of the file's texts the built-in formats that read any of them go first. This
    changes no result, because no text is read differently by two built-in formats, but a format
    that fails costs as much as one that fits: the hundredth alone takes seconds for 500,000 rows.
    """
    built_in = day_first() if source.date_order == "day_first" else month_first()
    if texts := list(sample):
        used = set(formats_read(texts, built_in))
        built_in.sort(key=lambda one: one not in used)
    return list(dict.fromkeys([*source.date_formats, *built_in]))


def formats_read(texts: Sequence[str], formats: Iterable[str]) -> dict[str, list[str]]:
    """Format -> texts it is the first to read, for the formats that read any, in their order."""
    found: dict[str, list[str]] = {}
    waiting = list(dict.fromkeys(texts))
    with _reader().cursor() as con:
        for one in formats:
            if not waiting:
                break
            read = {
                row[0]
                for row in statements.run(
                    con, "inspection/fitting", texts=waiting, format=one
                ).fetchall()
            }
            if read:
                found[one] = [text for text in waiting if text in read]
                waiting = [text for text in waiting if text not in read]
    return found


@cache
def _reader() -> duckdb.DuckDBPyConnection:
    """A database of nothing, kept: opening one costs more than trying a format."""
    return duckdb.connect()


def formats_on_request() -> list[str]:
    """Formats that a source must name before they are used, because they may misread."""
    return list(_ON_REQUEST)


def _in_order(first: str, second: str) -> list[str]:
    def day(separator: str) -> str:
        return f"{first}{separator}{second}{separator}%Y"

    slashed = [day("/") + hours for hours in _HOURS]
    # the three commonest, then ISO, then the rest: in the order of likelihood, for speed
    formats = [*slashed[:3], *_ISO, *slashed[3:]]
    formats += [day(separator) + hours for separator, hours in product(_SEPARATORS[1:], _HOURS)]
    formats += [hours + day(s) for s, hours in product(_SEPARATORS, _HOURS_BEFORE)]
    return [*formats, *_YEAR_FIRST, *_WORDS, *_MONTH_NAMES]
