"""What a clock shows at a moment, and what both clocks are built of."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from pipeline.clock.facts import Case, LimitUnit, Wait
from pipeline.clock.office import Office, is_end_of_day
from pipeline.clock.rules import Clock, Effect, Rules, WaitRule

State = Literal["running", "stopped", "ended"]
# in_time, overdue, waiting: still open. ended: withdrawn or stopped, there was nothing to keep.
# no_limit, no_due: nothing to count to. no_rule: the clock was not in force. unknown: a moment
# that nobody tells decides it.
Verdict = Literal[
    "early",
    "on_time",
    "late",
    "in_time",
    "overdue",
    "waiting",
    "ended",
    "no_limit",
    "no_due",
    "no_rule",
    "unknown",
]


@dataclass(frozen=True)
class Stop:
    """A wait with what one clock does about it, by which rule."""

    wait: Wait
    effect: Effect
    rule: WaitRule | None


@dataclass(frozen=True)
class Reading:
    """One clock at one moment.

    since: from when it counts. used, left: in the limit's unit, days for months; left is negative
    once the limit has run out and None where there is none. due_at: None while it is stopped.
    is_certain: False where an answer that nobody dates may have put the end off.
    """

    clock: Clock
    state: State
    since: datetime
    used: float
    left: float | None
    due_at: datetime | None
    verdict: Verdict
    is_certain: bool = True


def stops_of(case: Case, clock: Clock, start: datetime, rules: Rules) -> tuple[Stop, ...]:
    """Every wait since the start and before the end, with what the clock does about it."""
    found = []
    for wait in case.waits:
        rule = rules.effect(wait.waits_for, clock, wait.asked_at.date(), case.field_name)
        if wait.asked_at >= start and not is_over(case, wait.asked_at):
            found.append(Stop(wait, rule.effect if rule else "runs", rule))
    return tuple(found)


def is_over(case: Case, at: datetime) -> bool:
    """Whether the dossier had ended by a moment, the moment of its end included."""
    return case.ended_at is not None and at >= case.ended_at


def is_told(stops: Iterable[Stop], at: datetime) -> bool:
    """Whether every wait up to a moment that the clock minds has an end that somebody tells."""
    return not any(
        stop.effect != "runs"
        and stop.wait.asked_at <= at
        and stop.wait.answered_at is None
        and not stop.wait.is_open
        for stop in stops
    )


def waited(
    office: Office, waits: Iterable[Wait], since: datetime, until: datetime, unit: LimitUnit
) -> float:
    """Time of the unit that fell into waits between two moments, each day counted once.

    A wait of which nobody tells the end adds nothing.
    """
    total, reached = 0.0, since
    for wait in sorted(waits, key=lambda one: one.asked_at):
        if wait.answered_at is None and not wait.is_open:
            continue
        begins = max(wait.asked_at, reached)
        ends = min(wait.answered_at or until, until)
        if ends > begins:
            total += office.passed(begins, ends, unit)
            reached = ends
    return total


def passed_by(end: datetime, due_at: datetime, *, by_instant: bool = False) -> bool:
    """Whether an end lies after a due moment: by day, by the instant where the due has an hour."""
    if by_instant and not is_end_of_day(due_at):
        return end > due_at
    return end.date() > due_at.date()
