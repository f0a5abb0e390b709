"""Every text a person reads, and every number and date as their language writes it.

The catalogue is data/locale/<language>/*.toml: all files of a language merged, keys dotted. A key
stands in one file only. English plurals are pairs of keys ending in _one and _other; Vietnamese
has one form, under the key without an ending.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from math import floor
from pathlib import Path
from string import Formatter
from typing import Any, Literal

from babel import Locale
from babel.dates import format_date, format_timedelta

from pipeline.errors import BadConfiguration
from pipeline.faults import read_toml
from pipeline.settings import LOCALE

LANGUAGES = ("vi", "en")
NOTHING = "—"  # no denominator, no date: not zero
END_OF_DAY = dt.time.max

Number = int | float | Decimal | Fraction

_BABEL = {"vi": "vi_VN", "en": "en_GB"}  # British: the day stands before the month, as here
_ONE, _OTHER = "_one", "_other"
_UNITS: tuple[tuple[Literal["day", "hour", "minute"], dt.timedelta], ...] = (
    ("day", dt.timedelta(days=1)),
    ("hour", dt.timedelta(hours=1)),
    ("minute", dt.timedelta(minutes=1)),
)
_NEVER_THE_NEXT_UNIT = 1e9


def read_catalogue(folder: Path) -> dict[str, str]:
    """All texts of a language by dotted key.

    Raises BadConfiguration naming file and key when a file is not TOML, a key stands in two
    files, or a value is neither a text nor a table.
    """
    texts: dict[str, str] = {}
    origin: dict[str, str] = {}
    for path in sorted(folder.glob("*.toml")):
        name = f"{folder.name}/{path.name}"
        content = read_toml(path, name)
        for key, text in _leaves(content):
            if not isinstance(text, str):
                raise BadConfiguration("error.text.not_a_text", file=name, key=key)
            if key in texts:
                raise BadConfiguration(
                    "error.text.two_files", file=name, key=key, other=origin[key]
                )
            texts[key], origin[key] = text, name
    if not texts:
        raise BadConfiguration("error.text.no_texts", language=folder.name)
    return texts


def _leaves(table: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    for name, value in table.items():
        if isinstance(value, Mapping):
            yield from _leaves(value, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}", value


def _exact(x: Number) -> Fraction:
    """The number as it is written: 0.1 is one tenth, not the nearest binary fraction."""
    return Fraction(str(x)) if isinstance(x, float) else Fraction(x)


def _is_missing(x: object) -> bool:
    return x is None or x != x  # NaN and NaT are not equal to themselves


class Wording:
    """One language. Calling it gives the text of a key; the methods write values."""

    def __init__(self, language: str, texts: Mapping[str, str]) -> None:
        self.language = language
        self._texts = dict(texts)
        self._locale = Locale.parse(_BABEL[language])
        symbols = self._locale.number_symbols["latn"]
        self._decimal_sign = str(symbols["decimal"])
        self._group_sign = str(symbols["group"])

    @property
    def separators(self) -> str:
        """Decimal sign and thousands sign in one text, as Plotly's layout wants them."""
        return self._decimal_sign + self._group_sign

    def __contains__(self, key: str) -> bool:
        return key in self._texts or f"{key}{_OTHER}" in self._texts

    def __call__(self, key: str, /, **values: Any) -> str:
        """The text of a key with its placeholders filled in.

        Numbers and dates given as such are written in the language; give a year as text, or it
        gets a thousands sign. `n` chooses between the forms of a plural.
        Raises BadConfiguration naming key and language when the key or a value is missing.
        """
        text = self._texts.get(key)
        if text is None:
            form = _ONE if values.get("n") == 1 else _OTHER
            text = self._texts.get(f"{key}{form}")
        if text is None:
            raise BadConfiguration("error.text.none_such", key=key, language=self.language)
        written = {name: self.written(value) for name, value in values.items()}
        try:
            return text.format_map(written)
        except KeyError as error:
            raise BadConfiguration(
                "error.text.no_value", key=key, language=self.language, name=str(error)
            ) from error

    def written(self, value: object) -> str:
        """A value of any kind as the language writes it; texts as they are, None as a dash."""
        if _is_missing(value):
            return NOTHING
        if isinstance(value, bool | str):
            return str(value)
        if isinstance(value, dt.datetime):
            return self.moment(value)
        if isinstance(value, dt.date):
            return self.date(value)
        if isinstance(value, int):
            return self.number(value)
        if isinstance(value, float | Decimal | Fraction):
            return self._shortest(value, 2)
        return str(value)

    # Numbers

    def number(self, x: Number | None) -> str:
        """A whole number with thousands signs, '1.249'; a fraction is rounded half up."""
        if x is None or isinstance(x, float | Decimal | Fraction):
            return self.decimal(x, 0)
        return self._signs(f"{int(x):,}")  # most cells of most tables: nothing to round

    def decimal(self, x: Number | None, digits: int = 1) -> str:
        """A number with exactly so many decimals, rounded half up: '1.249,50'."""
        if x is None or _is_missing(x):
            return NOTHING
        return self._signs(f"{_half_up(_exact(x), digits):,.{digits}f}")

    def signed(self, x: Number | None, digits: int = 0) -> str:
        """A difference with its sign, '+18', '-18', '0'.

        The minus is the ASCII one: Streamlit's metric knows no other and would draw an arrow up.
        """
        if x is None or _is_missing(x):
            return NOTHING
        rounded = _half_up(_exact(x), digits)
        return ("+" if rounded > 0 else "") + self.decimal(x, digits)

    def percent(self, numerator: Number | None, denominator: Number | None, digits: int = 2) -> str:
        """A share of two counts, '60,47%', rounded half up; a dash without a denominator.

        100% and 0% are written without decimals and only when exact: a single late dossier among
        a million shows as '99,99%', a single one on time as '0,01%'.
        """
        if numerator is None or denominator is None or _is_missing(numerator):
            return NOTHING
        if _is_missing(denominator) or not denominator:
            return NOTHING
        share = _exact(numerator) / _exact(denominator)
        if share in (0, 1):
            return f"{int(share * 100)}%"
        percentage = _half_up(share * 100, digits)
        for bound in (0, 1):
            if percentage == bound * 100:
                step = Decimal(1).scaleb(-digits)
                percentage += step if share > bound else -step
        return self._signs(f"{percentage:,.{digits}f}") + "%"

    def rate(self, x: Number | None, digits: int = 2) -> str:
        """A stored rate, 0-1, as a percentage by the rules of `percent`."""
        return self.percent(x, 1, digits)

    def points(self, x: Number | None, digits: int = 2) -> str:
        """A difference of two rates, 0-1, in percentage points: '+1,25 điểm %'."""
        if x is None or _is_missing(x):
            return NOTHING
        return self("unit.points", x=self.signed(_exact(x) * 100, digits))

    # Days and moments

    def date(self, day: dt.date | None) -> str:
        """'31/12/2023', in English '31 Dec 2023'."""
        return NOTHING if day is None or _is_missing(day) else self._dated("pattern.date", day)

    def moment(self, at: dt.datetime | None) -> str:
        """'17:00 31/12/2023', in English '31 Dec 2023, 17:00'."""
        if at is None or _is_missing(at):
            return NOTHING
        return self("moment.written", time=f"{at.hour:02}:{at.minute:02}", date=self.date(at))

    def as_of(self, at: dt.datetime) -> str:
        """The moment figures speak of, to stand after "tính đến"; the last one of a day is said
        as its end: 'hết ngày 31/12/2023'."""
        if at.time() == END_OF_DAY:
            return self("moment.end_of_day", date=self.date(at))
        return self.moment(at)

    def month(self, day: dt.date) -> str:
        """'Tháng 12/2023', in English 'December 2023'."""
        return self._dated("pattern.month", day)

    def month_name(self, day: dt.date) -> str:
        """The month without its year, for use inside a sentence: '12', in English 'December'."""
        return self._dated("pattern.month_name", day)

    def month_short(self, day: dt.date) -> str:
        """For axes: '12/2023', in English 'Dec 2023'."""
        return self._dated("pattern.month_short", day)

    def weekday(self, day: dt.date) -> str:
        """'Thứ Hai', in English 'Monday'."""
        return self._dated("pattern.weekday", day)

    def day_short(self, day: dt.date) -> str:
        """The day of a week near by: 'T2 30/11', in English 'Mon 30 Nov'."""
        return self._dated("pattern.day_short", day)

    def ago(self, delta: dt.timedelta) -> str:
        """How long ago, in whole days, hours or minutes: '2 giờ trước'; under a minute 'vừa xong'.

        A negative delta lies ahead.
        """
        for granularity, unit in _UNITS:
            count = abs(delta) // unit
            if count:
                return format_timedelta(
                    unit * (-count if delta > dt.timedelta(0) else count),
                    granularity=granularity,
                    threshold=_NEVER_THE_NEXT_UNIT,
                    add_direction=True,
                    locale=self._locale,
                )
        return self("moment.just_now")

    def days(self, n: Number | None) -> str:
        """'3 ngày', '2,5 ngày'; in English '1 day', '3 days'."""
        return NOTHING if _is_missing(n) else self("unit.days", n=n)

    def working_days(self, n: Number | None) -> str:
        """'3 ngày làm việc'; in English '3 working days'."""
        return NOTHING if _is_missing(n) else self("unit.working_days", n=n)

    def _shortest(self, x: Number, digits: int) -> str:
        rounded = f"{_half_up(_exact(x), digits):,.{digits}f}"
        return self._signs(rounded.rstrip("0").rstrip(".") if digits else rounded)

    def _signs(self, plain: str) -> str:
        if plain.lstrip("-").strip("0.") == "":
            plain = plain.lstrip("-")  # nothing is less than nothing
        return plain.translate({ord(","): self._group_sign, ord("."): self._decimal_sign})

    def _dated(self, key: str, day: dt.date) -> str:
        return _format_date(dt.date(day.year, day.month, day.day), self(key), self._locale)


@lru_cache(maxsize=16_384)  # a table of dates repeats its days
def _format_date(day: dt.date, pattern: str, locale: Locale) -> str:
    return format_date(day, pattern, locale=locale)


def _half_up(x: Fraction, digits: int) -> Decimal:
    """Rounded as on paper, away from zero at the half; exact for any fraction."""
    scaled = abs(x) * 10**digits
    whole = Decimal(floor(scaled + Fraction(1, 2)))
    return (whole if x >= 0 else -whole).scaleb(-digits)


@lru_cache(maxsize=len(LANGUAGES))
def wording(language: str) -> Wording:
    """The texts of a language, "vi" or "en", read once per process."""
    if language not in LANGUAGES:
        raise BadConfiguration("error.text.no_language", language=language, known=LANGUAGES)
    return Wording(language, read_catalogue(LOCALE / language))


def missing_keys(locale: Path = LOCALE) -> list[str]:
    """What one language has and another lacks: keys, forms of a plural, placeholders.

    One sentence each, empty when the catalogue is complete.
    """
    catalogues = {language: read_catalogue(locale / language) for language in LANGUAGES}
    needs = {language: _placeholders(texts) for language, texts in catalogues.items()}
    complaints = []
    for key in sorted(set().union(*needs.values())):
        without = [language for language in LANGUAGES if key not in needs[language]]
        complaints += [f'"{key}" is missing in {language}.' for language in without]
        if not without and len({frozenset(needs[language][key]) for language in LANGUAGES}) > 1:
            written = ", ".join(f"{lang}: {sorted(needs[lang][key])}" for lang in LANGUAGES)
            complaints.append(f'"{key}" has different placeholders ({written}).')
    for language, texts in catalogues.items():
        complaints += [
            f'"{key}" in {language} has no form {_OTHER}.'
            for key in texts
            if key.endswith(_ONE) and f"{key.removesuffix(_ONE)}{_OTHER}" not in texts
        ]
    return complaints


def _placeholders(texts: Mapping[str, str]) -> dict[str, set[str]]:
    """Placeholders by key, the forms of a plural taken together under the key without ending."""
    found: dict[str, set[str]] = {}
    for key, text in texts.items():
        base = next(
            (
                key.removesuffix(form)
                for form in (_ONE, _OTHER)
                if key.endswith(form)
                and all(f"{key.removesuffix(form)}{other}" in texts for other in (_ONE, _OTHER))
            ),
            key,
        )
        names = {name for _, name, _, _ in Formatter().parse(text) if name is not None}
        found.setdefault(base, set()).update(names)
    return found
