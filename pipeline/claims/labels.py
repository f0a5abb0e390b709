"""Names of periods in a report's text, and whether they speak of one and the same."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.periods import Period

_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_YEAR = r"(?P<year>(?:19|20)\d{2})"
_JOIN = r"\s*(?:/|,|-|của)?\s*(?:năm\s*)?"
_NAMES = (
    ("quarter", re.compile(rf"qu[ýí]\s+(?P<n>I{{1,3}}V?|IV|[1-4])\b{_JOIN}{_YEAR}", re.IGNORECASE)),
    ("nine_months", re.compile(rf"(?:9|chín)\s+tháng(?:\s+đầu)?{_JOIN}{_YEAR}", re.IGNORECASE)),
    ("half", re.compile(rf"(?:6|sáu)\s+tháng(?:\s+đầu)?{_JOIN}{_YEAR}", re.IGNORECASE)),
    ("month", re.compile(rf"tháng\s+(?P<n>0?[1-9]|1[0-2])\b{_JOIN}{_YEAR}", re.IGNORECASE)),
    ("year", re.compile(rf"\bnăm\s+{_YEAR}", re.IGNORECASE)),
)
# What stands before the name of a period that is only compared with.
_COMPARED = re.compile(r"(?:so\s+với|cùng\s+kỳ|bằng|tăng|giảm)[^.;]{0,40}$", re.IGNORECASE)


@dataclass(frozen=True)
class Label:
    """A period's name at text[start:end]; ordinal is 1 for kinds that come once a year."""

    kind: str
    year: int
    ordinal: int
    start: int
    end: int
    text: str

    def names(self, period: Period) -> bool:
        """Whether it is the name of a period, whichever calendar that period follows."""
        if period.kind in ("free", "all"):
            return True
        return (self.kind, self.year, self.ordinal) == (period.kind, period.year, period.ordinal)


def labels(text: str) -> list[Label]:
    """Periods that the text speaks of, in order; those it only compares with are left out."""
    found: list[Label] = []
    for kind, pattern in _NAMES:
        for match in pattern.finditer(text):
            inside = any(one.start <= match.start() < one.end for one in found)
            if inside or _COMPARED.search(text[: match.start()]):
                continue
            said = match.groupdict().get("n")
            ordinal = (_ROMAN.get(said.lower()) or int(said)) if said else 1
            found.append(
                Label(kind, int(match["year"]), ordinal, match.start(), match.end(), match[0])
            )
    return sorted(found, key=lambda one: one.start)


def contradicting(found: list[Label]) -> tuple[Label, Label] | None:
    """Two names of the same part of different years, such as Quý I/2023 and Quý I/2022."""
    for one in found:
        for other in found:
            alike = (one.kind, one.ordinal) == (other.kind, other.ordinal)
            if one.start < other.start and alike and one.year != other.year:
                return one, other
    return None
