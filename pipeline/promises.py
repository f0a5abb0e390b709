"""What is asked of an office that will not keep a promise: data/config/promises.toml, typed."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Annotated, Any, Literal

from pydantic import Field

from pipeline.settings import CONFIG, Count, Strict, read_configuration
from pipeline.text import fold

# Steps that a broken promise has to pass, in order; the name of what is lost at each.
STAGES = (
    "apology_missing",
    "apology_without_reason",
    "apology_without_new_due",
    "apology_late",
    "new_promise_broken",
    "apologised_again",
)
# The same steps, by the dossiers that pass them.
PASSED = (
    "letter_written",
    "letter_with_reason",
    "letter_with_new_due",
    "letter_in_time",
    "new_promise_kept",
    "apologised_once",
)
UNSAID = ("other", "not_given", "no_letter")  # beside the reasons that promises.toml tells apart
REASONS = ("software", "system", "financial", "other_agency", "citizen", "overload", "complex")


class Rule(Strict):
    """The law from a day on; the file says what each key means."""

    valid_from: date
    days_before: Annotated[int, Field(ge=0)]
    most_moves: Count
    legal_basis: str
    confidence: Literal["high", "medium", "low"]


class Reason(Strict):
    """One kind of reason and how letters say it."""

    code: Literal[
        "software", "system", "financial", "other_agency", "citizen", "overload", "complex"
    ]
    phrases: Annotated[tuple[str, ...], Field(strict=False, min_length=1)]


class Promises(Strict):
    """Everything in promises.toml."""

    rules: Annotated[tuple[Rule, ...], Field(strict=False, min_length=1)]
    reasons: Annotated[tuple[Reason, ...], Field(strict=False)]


@lru_cache(maxsize=1)
def promises() -> Promises:
    """The rules of apologies and the kinds of reasons, read once. Raises BadConfiguration."""
    return read_configuration(CONFIG / "promises.toml", Promises)


def rule_on(day: date) -> Rule:
    """The rule in force on a day; before the first one, the first."""
    rules = sorted(promises().rules, key=lambda rule: rule.valid_from)
    return next((rule for rule in reversed(rules) if rule.valid_from <= day), rules[0])


def parameters() -> dict[str, list[Any]]:
    """Rules and phrases as columns, for the statement that puts them on a cursor."""
    phrases = [
        (reason.code, fold(phrase)) for reason in promises().reasons for phrase in reason.phrases
    ]
    return {
        "valid_from": [rule.valid_from for rule in promises().rules],
        "days_before": [rule.days_before for rule in promises().rules],
        "most_moves": [rule.most_moves for rule in promises().rules],
        "code": [code for code, _ in phrases],
        "phrase": [phrase for _, phrase in phrases],
    }
