"""What a report's words stand for: data/config/claims.toml, typed on load."""

from __future__ import annotations

from functools import lru_cache
from typing import Annotated

from pydantic import Field, model_validator

from pipeline.errors import Fault
from pipeline.settings import CONFIG, Strict, read_configuration
from pipeline.text import fold

Texts = Annotated[tuple[str, ...], Field(strict=False)]


class Within(Strict):
    """One term said inside another: `late` inside `open`."""

    term: str
    inside: str


class Term(Strict):
    """One kind of figure; the file says what each key means."""

    phrases: Texts
    within: Annotated[tuple[Within, ...], Field(strict=False)] = ()
    parts_of: Texts = ()
    ours: Texts = ()


class Sum(Strict):
    """An equation between terms; a part ending in '?' may be lacking."""

    whole: str
    parts: Texts

    @property
    def needed(self) -> tuple[str, ...]:
        return tuple(part for part in self.parts if not part.endswith("?"))

    @property
    def every(self) -> tuple[str, ...]:
        return tuple(part.rstrip("?") for part in self.parts)


class Limit(Strict):
    """A figure that cannot be larger than another."""

    part: str
    whole: str


class Terms(Strict):
    """Everything in claims.toml, its terms from the most particular to the most general."""

    terms: dict[str, Term]
    sums: Annotated[tuple[Sum, ...], Field(strict=False)]
    limits: Annotated[tuple[Limit, ...], Field(strict=False)]

    @model_validator(mode="after")
    def _names_are_known(self) -> Terms:
        named = {
            name
            for one in self.terms.values()
            for name in (*one.parts_of, *(n for w in one.within for n in (w.term, w.inside)))
        }
        named |= {name for one in self.sums for name in (one.whole, *one.every)}
        named |= {name for one in self.limits for name in (one.part, one.whole)}
        unknown = sorted(named - set(self.terms))
        if unknown:
            raise Fault("error.config.no_term", term=unknown[0])
        return self

    def particular(self, said: set[str]) -> str | None:
        """The most particular of some terms."""
        return next((name for name in self.terms if name in said), None)

    def inside(self, term: str, outer: str | None) -> str:
        """What a term means when it is said inside another."""
        for name, one in self.terms.items():
            if any(w.term == term and w.inside == outer for w in one.within):
                return name
        return term


@lru_cache(maxsize=1)
def terms() -> Terms:
    """The words of reports, read once per process. Raises BadConfiguration."""
    return read_configuration(CONFIG / "claims.toml", Terms)


@lru_cache(maxsize=1)
def phrases() -> tuple[tuple[tuple[str, ...], str], ...]:
    """Every phrase as folded words with its term, the longest first."""
    every = [
        (tuple(fold(phrase).split()), name)
        for name, one in terms().terms.items()
        for phrase in one.phrases
    ]
    return tuple(sorted(every, key=lambda pair: -len(pair[0])))
