"""Which source a table comes from, told by its headers alone.

A source fits when everything it requires is there and most headers are known to it. Among those
that fit, one that says what it is known by (recognised_by) goes before one that takes any list;
only then does the share of known headers count. When two remain, nobody guesses.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipeline.errors import UnknownSource
from pipeline.headers import HeaderMatch, headers_used, match_headers
from pipeline.sources import Source
from pipeline.text import fold

# Below this share of known headers a fit is a coincidence.
LEAST_KNOWN = 0.5
# Two sources whose scores differ by less are not told apart.
CLEARLY = 0.05


@dataclass(frozen=True)
class Candidate:
    """How well one source fits a table's headers.

    score: share of the headers that the source knows, 0-1, each column it reads counting full and
    each header it merely ignores counting half.
    is_signed: the source says what it is recognised by, and all of that is there.
    matched: canonical columns fed. missing: required columns, and headers of recognised_by, absent.
    """

    source: str
    score: float
    is_signed: bool
    matched: tuple[str, ...]
    missing: tuple[str, ...]

    @property
    def fits(self) -> bool:
        return not self.missing and self.score >= LEAST_KNOWN


def recognise(headers: Sequence[str], sources: Mapping[str, Source]) -> list[Candidate]:
    """Every source as a candidate for these headers, the best first."""
    candidates = [_candidate(headers, source) for source in sources.values()]
    return sorted(candidates, key=lambda c: (not c.fits, not c.is_signed, -c.score, c.source))


def choose(headers: Sequence[str], sources: Mapping[str, Source]) -> Source:
    """The one source that fits these headers.

    Raises UnknownSource, naming the candidates, or the nearest source and what it misses.
    """
    ranked = recognise(headers, sources)
    fitting = [candidate for candidate in ranked if candidate.fits]
    if not fitting:
        raise _nothing_fits(ranked)
    best = fitting[0]
    rivals = [
        other.source
        for other in fitting[1:]
        if other.is_signed == best.is_signed and best.score - other.score < CLEARLY
    ]
    if rivals:
        raise UnknownSource("error.source.several", names=[best.source, *rivals])
    return sources[best.source]


def _candidate(headers: Sequence[str], source: Source) -> Candidate:
    match = match_headers(source, headers)
    present = {fold(header) for header in headers}
    absent = [
        name
        for name in source.recognised_by
        if fold(name) not in present and name not in match.columns
    ]
    return Candidate(
        source=source.name,
        score=_score(match, len({fold(header) for header in headers} - {""})),
        is_signed=bool(source.recognised_by) and not absent,
        matched=(*match.columns, *match.questions),
        missing=(*match.missing_required, *absent),
    )


def _score(match: HeaderMatch, header_n: int) -> float:
    if header_n == 0:
        return 0.0
    known = len(headers_used(match)) + len(match.surplus)
    set_aside = len(match.ignored) + len(match.personal)
    return round(min(1.0, (known + set_aside / 2) / header_n), 4)


def _nothing_fits(ranked: Sequence[Candidate]) -> UnknownSource:
    near = sorted(ranked, key=lambda c: (-c.score, len(c.missing)))
    if not near or near[0].score == 0:
        return UnknownSource("error.source.none_knows")
    nearest, share = near[0].source, f"{near[0].score:.0%}"
    if not near[0].missing:
        return UnknownSource("error.source.nearest_knows_few", nearest=nearest, share=share)
    missing = near[0].missing
    return UnknownSource(
        "error.source.nearest_misses", nearest=nearest, share=share, missing=missing
    )
