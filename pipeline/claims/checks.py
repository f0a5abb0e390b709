"""What the figures of one text say about each other: sums, shares, limits, names of periods.

A finding states what is written and what would follow; it never says who is wrong. Sums and shares
that are right are findings too (`holds`), so that a reader sees what was looked at.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Literal

from pipeline.claims.labels import contradicting, labels
from pipeline.claims.reading import Figure, Reading
from pipeline.claims.shares import shares
from pipeline.claims.terms import Sum, terms

Level = Literal["wrong", "note", "holds"]


@dataclass(frozen=True)
class Finding:
    """One thing seen. kind: its text is claims.finding.<kind>. figures: places in the reading.

    values: what the text needs; numbers as Decimal, terms as keys of claims.toml under `term...`.
    """

    kind: str
    level: Level
    figures: tuple[int, ...]
    values: Mapping[str, Any] = field(default_factory=dict)


def check(reading: Reading) -> list[Finding]:
    """Every finding of a text, what is wrong first, then notes, then what holds."""
    found = [
        *_sums(reading),
        *_breakdowns(reading),
        *(Finding(one.kind, one.level, one.figures, one.values) for one in shares(reading)),
        *_limits(reading),
        *_missing_slips(reading),
        *_periods(reading),
    ]
    order = {"wrong": 0, "note": 1, "holds": 2}
    return sorted(found, key=lambda one: (order[one.level], one.figures))


def _sums(reading: Reading) -> Iterator[Finding]:
    """Equations between terms, for each whole that the text gives with its parts."""
    for one in terms().sums:
        wholes = _exact(reading, one.whole)
        for whole in {figure.value: figure for figure in reversed(wholes)}.values():
            is_only = len({figure.value for figure in wholes}) == 1
            parts = _parts(reading, one, whole, is_only)
            if parts:
                yield _equation("sum", whole, parts)


def _parts(reading: Reading, one: Sum, whole: Figure, is_only: bool) -> list[Figure]:
    """The parts of a whole; none where a needed one is lacking or not surely its own."""
    found = []
    for name in one.every:
        part = _belonging(reading, name, whole, is_only)
        if part is not None:
            found.append(part)
        elif name in one.needed:
            return []
    return found


def _belonging(reading: Reading, term: str, whole: Figure, is_only: bool) -> Figure | None:
    """The figure of a term beside a whole: the only one in its sentence, else the only one."""
    every = _exact(reading, term)
    near = [one for one in every if one.sentence == whole.sentence]
    for some in (near, every if is_only else []):
        if len({one.value for one in some}) == 1:
            return some[0]
    return None


def _exact(reading: Reading, term: str) -> list[Figure]:
    return [one for one in reading.of_term(term) if not one.is_rounded]


def _equation(kind: str, whole: Figure, parts: list[Figure]) -> Finding:
    added = sum((part.value for part in parts), Decimal(0))
    difference = whole.value - added
    last = parts[-1]
    values = {
        "whole": whole.value,
        "parts": tuple(part.value for part in parts),
        "added": added,
        "difference": difference,
        "term": whole.term,
        "term_last": last.term,
        "last": last.value,
        "expected": last.value + difference,
    }
    figures = (whole.at, *(part.at for part in parts))
    if not difference:
        return Finding(f"{kind}_holds", "holds", figures, values)
    return Finding(f"{kind}_differs", "wrong", figures, values)


def _breakdowns(reading: Reading) -> Iterator[Finding]:
    """A count and the sum that stands in the bracket behind it: "1.249 (1.191 + 25 + 14 + 19)"."""
    for whole in reading.counts:
        inside = [one for one in reading.counts if one.group == whole.at]
        parts = _addends(reading, inside)
        if len(parts) >= 2:
            yield _equation("breakdown", whole, parts)


def _addends(reading: Reading, inside: list[Figure]) -> list[Figure]:
    """The first number of every addend; nothing where the bracket is not one sum of '+'."""
    parts: list[Figure] = []
    for one in inside:
        if not parts:
            parts.append(one)
            continue
        between = reading.text[parts[-1].end : one.start]
        if "+" in between:
            parts.append(one)
    return parts


def _limits(reading: Reading) -> Iterator[Finding]:
    for limit in terms().limits:
        wholes = _exact(reading, limit.whole)
        if len({one.value for one in wholes}) != 1:
            continue
        whole = wholes[0]
        part = _belonging(reading, limit.part, whole, is_only=True)
        if part and part.value > whole.value:
            values = {
                "part": part.value,
                "whole": whole.value,
                "term": limit.part,
                "term_whole": limit.whole,
            }
            yield Finding("limit", "wrong", (part.at, whole.at), values)


def _missing_slips(reading: Reading) -> Iterator[Finding]:
    """Slips were given out, a share is reported, and nobody says how many came back."""
    issued = reading.of_term("survey_issued")
    answered = reading.of_term("survey_returned") + reading.of_term("survey")
    speaks = reading.said & {"satisfied", "very_satisfied", "satisfied_or_more", "dissatisfied"}
    if issued and not answered and speaks:
        yield Finding("slips_returned_missing", "wrong", (issued[0].at,), {"n": issued[0].value})


def _periods(reading: Reading) -> Iterator[Finding]:
    pair = contradicting(labels(reading.text))
    if pair:
        yield Finding("periods_differ", "wrong", (), {"one": pair[0].text, "other": pair[1].text})
