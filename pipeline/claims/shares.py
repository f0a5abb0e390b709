"""Percentages of a text against the counts they are the share of.

A share printed with d decimals is right when part / whole rounds to it. Some reports cut off
instead of rounding, and some use a denominator that the text does not give: both are told apart.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from typing import Any, Literal

from pipeline.claims.reading import Figure, Reading
from pipeline.claims.terms import terms

HUNDRED = Decimal(100)


@dataclass(frozen=True)
class Share:
    """A percentage and what became of it; fields as `checks.Finding`."""

    kind: str
    level: Literal["wrong", "note", "holds"]
    figures: tuple[int, ...]
    values: Mapping[str, Any]


def shares(reading: Reading) -> Iterator[Share]:
    """One verdict for every percentage of the text."""
    for percent in reading.percents:
        yield _verdict(reading, percent)


def rounded(share: Decimal, decimals: int) -> Decimal:
    """A share of 100 as a report should print it."""
    return share.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


def _cut(share: Decimal, decimals: int) -> Decimal:
    return share.quantize(Decimal(1).scaleb(-decimals), ROUND_DOWN)


def _verdict(reading: Reading, percent: Figure) -> Share:
    if percent.of is None:
        return Share("share_without_base", "note", (percent.at,), {"written": percent.text})
    part = reading.figures[percent.of]
    usual = _usual(reading, part)
    others = [one for one in _larger(reading, part) if one not in usual]
    for whole in (*usual, *others):
        share = _share(part, whole)
        if _agrees(percent, share):
            kind = "share_holds" if whole in usual or not usual else "share_of_another_base"
            level: Literal["note", "holds"] = "holds" if kind == "share_holds" else "note"
            return Share(kind, level, (percent.at, part.at, whole.at), _told(percent, part, whole))
    for whole in usual or others:
        if percent.bound is None and _cut(_share(part, whole), percent.decimals) == percent.value:
            told = _told(percent, part, whole)
            return Share("share_cut_off", "wrong", (percent.at, part.at, whole.at), told)
    if not usual and not others:
        values = {"written": percent.text, "part": part.value, "term": part.term}
        return Share("share_without_whole", "note", (percent.at, part.at), values)
    whole = (usual or others)[0]
    told = _told(percent, part, whole)
    return Share("share_differs", "wrong", (percent.at, part.at, whole.at), told)


def _agrees(percent: Figure, share: Decimal) -> bool:
    if percent.bound == "more":
        return share >= percent.value
    if percent.bound == "less":
        return share <= percent.value
    if percent.bound == "about":
        return abs(share - percent.value) <= 1
    return rounded(share, percent.decimals) == percent.value


def _usual(reading: Reading, part: Figure) -> list[Figure]:
    """What the text writes behind the stroke of "a/b"; else the counts that the term is part of."""
    if part.pair is not None:
        return [reading.figures[part.pair]]
    wanted = terms().terms[part.term].parts_of if part.term else ()
    found: list[Figure] = []
    for term in wanted:
        every = reading.of_term(term)
        near = [one for one in every if one.sentence == part.sentence]
        found += [one for one in near or every if one.value >= part.value and one.value]
    return found


def _larger(reading: Reading, part: Figure) -> list[Figure]:
    """Every other count that could be the whole, the nearest before the part first."""
    every = [one for one in reading.counts if one.at != part.at and one.value > part.value]
    return sorted(every, key=lambda one: (one.at > part.at, abs(one.at - part.at)))


def _share(part: Figure, whole: Figure) -> Decimal:
    return part.value * HUNDRED / whole.value


def _told(percent: Figure, part: Figure, whole: Figure) -> dict[str, Any]:
    share = _share(part, whole)
    fits = part.value * HUNDRED / percent.value if percent.value else None
    return {
        "written": percent.text,
        "part": part.value,
        "whole": whole.value,
        "exact": rounded(share, max(percent.decimals, 2) + 1),
        "correct": rounded(share, percent.decimals),
        "fits": None if fits is None else fits.quantize(Decimal(1), ROUND_HALF_UP),
        "term": part.term,
        "term_whole": whole.term,
    }
