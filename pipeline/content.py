"""What a column of a file holds: moments and their formats, numbers, a few words, or text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from pipeline.formats import day_first, formats_on_request, formats_read, month_first
from pipeline.text import fold, number, squeeze

Content = Literal["empty", "time", "number", "vocabulary", "text"]

FEW = 30  # a column with at most so many distinct texts is a list of words
FIRST_ROWS = 5_000  # in which repeated texts are counted
SAMPLE = 200  # distinct texts on which date formats are tried
MOSTLY = 0.8  # share of texts that must read alike for a column to count as times or numbers
# Moments that staging reads without a date format.
WITH_OFFSET = "ISO with offset"
EXCEL = "Excel day number"
MILLISECONDS = "milliseconds since 1970"

_DATE_LIKE = re.compile(
    r"\d[/\-._]\d{1,2}[/\-._]\d|tháng \d|^\d{8}(\d{6})?$"
    r"|\d[ -][A-Z][a-z]{2,8}[ -]\d|^[A-Z][a-z]+ \d"
)
_OFFSET = re.compile(r"^\d{4}-\d\d-\d\d[T ]\d\d:\d\d.*(?:Z|[+-]\d\d:?\d\d)$")
_SERIAL = re.compile(r"[3-7]\d{4}(?:\.\d+)?")
_EPOCH = re.compile(r"1\d{12}")
_TIME_HEADER = re.compile(r"ngay|\bhan\b|\bhen\b|thoi (?:gian|diem|han)|luc|date|time|_?at$")


@dataclass(frozen=True)
class DateFormat:
    """A date format that reads texts of a column; the first one, as an example."""

    format: str
    example: str
    text_n: int  # distinct texts of the sample it reads


@dataclass
class Seen:
    """Distinct texts of a column; counting stops at SAMPLE, so that a long file stays cheap."""

    words: Counter[str] = field(default_factory=Counter)
    filled_n: int = 0
    has_more: bool = False
    _first: set[str] = field(default_factory=set, repr=False)  # distinct texts of the first rows

    @property
    def rows_per_text(self) -> float:
        """How many of the first rows share a text, on average; 0 without any."""
        return min(self.filled_n, FIRST_ROWS) / len(self._first) if self._first else 0.0

    def take(self, text: str | None) -> None:
        word = squeeze(text)
        if word is None:
            return
        self.filled_n += 1
        if self.filled_n <= FIRST_ROWS:
            self._first.add(word)
        if word in self.words or len(self.words) < SAMPLE:
            self.words[word] += 1
        else:
            self.has_more = True


def content_of(header: str, seen: Seen) -> tuple[Content, tuple[DateFormat, ...], bool]:
    """What a column holds, the date formats that read it, and whether the month comes first."""
    texts = list(seen.words)
    if not texts:
        return "empty", (), False
    enough = MOSTLY * len(texts)
    if sum(_DATE_LIKE.search(text) is not None for text in texts) >= enough:
        read, is_month_first = _dates(texts, enough)
        offsets = [text for text in texts if _OFFSET.search(text)]
        formats = [DateFormat(one, those[0], len(those)) for one, those in read.items()]
        if offsets:
            formats.append(DateFormat(WITH_OFFSET, offsets[0], len(offsets)))
        if sum(one.text_n for one in formats) >= enough:
            return "time", tuple(formats), is_month_first
    if _TIME_HEADER.search(fold(header)):
        for name, pattern in ((EXCEL, _SERIAL), (MILLISECONDS, _EPOCH)):
            those = [text for text in texts if pattern.fullmatch(text)]
            if len(those) >= enough:
                return "time", (DateFormat(name, those[0], len(those)),), False
    if not seen.has_more and len(texts) <= FEW and seen.filled_n > len(texts):
        return "vocabulary", (), False
    if sum(number(text) is not None for text in texts) >= enough:
        return "number", (), False
    return "text", (), False


def _dates(texts: list[str], enough: float) -> tuple[dict[str, list[str]], bool]:
    """Format -> texts; the month comes first where that reads more. Risky formats come last."""
    texts = [text for text in texts if not _OFFSET.search(text)]
    by_day = formats_read(texts, day_first())
    by_month = formats_read(texts, month_first()) if _read_n(by_day) < len(texts) else {}
    is_month_first = _read_n(by_month) > _read_n(by_day)
    read = by_month if is_month_first else by_day
    if _read_n(read) < enough:
        done = {text for those in read.values() for text in those}
        read = read | formats_read([t for t in texts if t not in done], formats_on_request())
    return read, is_month_first


def _read_n(read: Mapping[str, list[str]]) -> int:
    return sum(map(len, read.values()))
