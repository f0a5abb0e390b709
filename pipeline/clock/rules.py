"""The rules of the clock: data/config/clock.toml, typed on load, each in force from day to day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, time
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Literal, Self, TypeVar

from pydantic import Field, field_validator, model_validator

from pipeline.errors import Fault
from pipeline.settings import CONFIG, Strict, read_configuration

Confidence = Literal["high", "medium", "low", "memory", "local"]
Waiting = Literal["supplement", "payment", "agency"]
Clock = Literal["law", "index_766"]
Effect = Literal["restarts", "pauses", "runs"]
Texts = Annotated[tuple[str, ...], Field(strict=False)]


class Rule(Strict):
    """What every entry says: when it is in force, by which law, and how sure that is."""

    valid_from: date
    valid_to: date | None = None  # last day in force
    legal_basis: str = Field(min_length=1)
    confidence: Confidence
    note_vi: str = ""
    note_en: str = ""

    def note(self, language: str) -> str:
        return self.note_en if language == "en" else self.note_vi

    @property
    def subject(self) -> tuple[object, ...]:
        """What must not be ruled twice on one day."""
        return ()


class Start(Rule):
    """From which moment the limit is counted."""

    elsewhere_from: Literal["receipt", "competent_agency"]
    elsewhere_levels: Texts


class Counting(Rule):
    """Which days count, and where a limit ends."""

    day_of_event: Literal["not_counted", "counted"]
    last_day_off: Literal["next_working_day", "stays"]
    missing_day: Literal["last_of_month", "first_of_next"]


class SameDay(Rule):
    """After which hour a procedure of the same day is due on the next one."""

    after: time
    received_after: Literal["next_working_day", "same_day"]


class Session(Strict):
    """One half of an office day."""

    opens: time
    closes: time

    @model_validator(mode="after")
    def _forward(self) -> Self:
        if self.opens >= self.closes:
            raise Fault("error.value.opens_before_closes")
        return self


class OfficeHours(Rule):
    """When an office works, and what a Saturday is."""

    morning: Session
    afternoon: Session
    saturday: Literal["off", "morning", "whole_day"]
    half_day: Literal["end_of_morning", "end_of_day"]

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.morning.closes > self.afternoon.opens:
            raise Fault("error.value.afternoon_after_morning")
        return self


class WaitRule(Rule):
    """What one clock does while a dossier waits for something."""

    waits_for: Waiting = Field(alias="for")
    clock: Clock
    effect: Effect
    fields: Texts = ()  # empty: every field

    @property
    def subject(self) -> tuple[object, ...]:
        return (self.waits_for, self.clock, self.fields)


class SupplementRule(Rule):
    """By when a supplement is asked for, and when an incomplete dossier is closed."""

    ask_within_days: int = Field(ge=0)  # working days
    close_after_days: int | None = Field(default=None, ge=1)


class IndexRule(Rule):
    """What is peculiar to 766's clock."""

    requests_allowed: int = Field(ge=0)
    open_request: Literal["is_the_end", "goes_on"]
    compares: Literal["day", "instant"]
    subtracts_in: Literal["limit_unit", "working_day"]


Entry = TypeVar("Entry", bound=Rule)
Entries = Annotated[tuple[Entry, ...], Field(strict=False, min_length=1)]


class Rules(Strict):
    """Everything in clock.toml."""

    start: Entries[Start]
    counting: Entries[Counting]
    same_day: Entries[SameDay]
    office_hours: Entries[OfficeHours]
    wait: Entries[WaitRule]
    supplement: Entries[SupplementRule]
    index_766: Entries[IndexRule]

    @field_validator(
        *("start", "counting", "same_day", "office_hours", "wait", "supplement", "index_766")
    )
    @classmethod
    def _one_at_a_time(cls, entries: tuple[Rule, ...]) -> tuple[Rule, ...]:
        ordered = sorted(entries, key=lambda entry: (repr(entry.subject), entry.valid_from))
        for one, other in pairwise(ordered):
            if one.subject == other.subject and other.valid_from <= (one.valid_to or date.max):
                raise Fault("error.value.two_in_force", day=f"{other.valid_from:%Y-%m-%d}")
        return entries

    def effect(
        self, waits_for: Waiting, clock: Clock, day: date, field: str | None
    ) -> WaitRule | None:
        """What a clock does while a dossier of a field waits; None where no rule is in force."""
        fitting = [
            rule
            for rule in self.wait
            if rule.waits_for == waits_for
            and rule.clock == clock
            and (not rule.fields or field in rule.fields)
        ]
        return in_force(sorted(fitting, key=lambda rule: not rule.fields), day)


def in_force(entries: Sequence[Entry], day: date) -> Entry | None:
    """The first entry that is in force on a day."""
    for entry in entries:
        if entry.valid_from <= day <= (entry.valid_to or day):
            return entry
    return None


def read_rules(path: Path) -> Rules:
    """The rules in one file. Raises BadConfiguration naming file and key."""
    return read_configuration(path, Rules)


@lru_cache(maxsize=1)
def clock_rules() -> Rules:
    """The board's rules, read once per process."""
    return read_rules(CONFIG / "clock.toml")
