"""Whose time a step takes: data/config/steps.toml, typed on load."""

from __future__ import annotations

from functools import lru_cache
from typing import Annotated, Any, Literal

from pydantic import Field

from pipeline.settings import CONFIG, Strict, read_configuration
from pipeline.text import fold

KINDS = ("own", "citizen", "payment", "other_agency", "post")

# Dossiers by their steps, as the macro found_by_step names them.
STEP_FINDINGS = (
    "step_ended",
    "step_limited",
    "step_over_limit",
    "step_open",
    "step_open_over_limit",
    "handed_on",
    "posted",
    "post_delivered",
    "post_under_way",
)


class Kind(Strict):
    """One kind of waiting and how steps of it are called."""

    kind: Literal["citizen", "payment", "other_agency", "post"]
    phrases: Annotated[tuple[str, ...], Field(strict=False, min_length=1)]


class Steps(Strict):
    """Everything in steps.toml."""

    kinds: Annotated[tuple[Kind, ...], Field(strict=False)]


@lru_cache(maxsize=1)
def steps() -> Steps:
    """The kinds of steps, read once per process. Raises BadConfiguration."""
    return read_configuration(CONFIG / "steps.toml", Steps)


def kind_of(step_name: str | None) -> str:
    """Whose time a step takes, by its name: one of KINDS."""
    name = fold(step_name or "")
    for one in steps().kinds:
        if any(fold(phrase) in name for phrase in one.phrases):
            return one.kind
    return "own"


def parameters() -> dict[str, list[Any]]:
    """Kinds and phrases as columns, for the statement that puts them on a cursor."""
    pairs = [(one.kind, fold(phrase)) for one in steps().kinds for phrase in one.phrases]
    return {"kind": [kind for kind, _ in pairs], "phrase": [phrase for _, phrase in pairs]}
