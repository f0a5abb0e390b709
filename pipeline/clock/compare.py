"""Why the two clocks differ, and what the appointment agrees with."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, time
from typing import Literal

from pipeline.clock.facts import Case, LimitUnit
from pipeline.clock.index_766 import IndexClock
from pipeline.clock.law import LawClock

# requests: more than 766 allows. open_request: 766 takes a request as the end. credited_twice: the
# appointment lies after a supplementation already. restart: one restarts, one subtracts. payment:
# one pauses, one runs. promise: one counts to the limit, one to the appointment.
Difference = Literal[
    "no_rule",
    "unknown",
    "requests",
    "open_request",
    "restart",
    "credited_twice",
    "payment",
    "agency",
    "promise",
    "same",
]
# What the appointment was counted like: as the law counts, from receipt only, as 766 subtracts.
# unknown: nothing fits, and a moment that nobody tells may be why.
Agreement = Literal["law", "receipt", "subtracted", "nothing", "unknown", "no_limit", "no_promise"]
_SAME_MINUTE = 60


@dataclass(frozen=True)
class Found:
    """One reason, with a number of its unit where there is one."""

    reason: Difference
    amount: float | None = None
    unit: LimitUnit | None = None


@dataclass(frozen=True)
class Checked:
    """The appointment beside the end of the limit: amount positive when it lies later."""

    agreement: Agreement
    promised_at: datetime | None = None
    expected_at: datetime | None = None
    amount: float = 0.0
    unit: LimitUnit = "working_day"


def differences(law: LawClock, index: IndexClock, at: datetime) -> tuple[Found, ...]:
    """Everything that makes the two clocks show different things at a moment; ("same",) if none."""
    if index.rule(at) is None:
        return (Found("no_rule"),)
    found = tuple(_differences(law, index, at))
    return found or (Found("same"),)


def _differences(law: LawClock, index: IndexClock, at: datetime) -> Iterator[Found]:
    rule = index.rule(at)
    if not law.at(at).is_certain or not index.at(at).is_certain:
        yield Found("unknown")
    if rule is not None and index.requests(at) > rule.requests_allowed:
        yield Found("requests", float(index.requests(at)))
    if index.open_request(at) is not None:
        yield Found("open_request")
    if law.since(at) != law.start:
        subtracted = Found("restart", index.subtracted(at), index.subtracts_in(at))
        yield subtracted
        if law.case.due_at is not None and check(law, index, at).agreement == "law":
            yield replace(subtracted, reason="credited_twice")
    yield from _waits(law, index)
    if _counts_to_another_day(law, index):
        yield Found("promise")


def _waits(law: LawClock, index: IndexClock) -> Iterator[Found]:
    """Kinds of waits other than supplements that the clocks treat differently."""
    effects = {id(stop.wait): stop.effect for stop in index.stops}
    kinds: tuple[Literal["payment", "agency"], ...] = ("payment", "agency")
    for kind in kinds:
        differing = [
            stop
            for stop in law.stops
            if stop.wait.waits_for == kind and stop.effect != effects.get(id(stop.wait), "runs")
        ]
        if differing:
            yield Found(kind)


def _counts_to_another_day(law: LawClock, index: IndexClock) -> bool:
    """Whether 766's appointment is not where the limit ends that the law counts from receipt."""
    case = law.case
    if case.due_at is None or case.limit is None or law.since(datetime.max) != law.start:
        return False
    return law.office.end_of(law.start, case.limit).date() != case.due_at.date()


def check(law: LawClock, index: IndexClock, at: datetime) -> Checked:
    """How the appointment that was given, before any extension, compares with the limit."""
    case, office = law.case, law.office
    promised = _before_extension(case)
    if promised is None:
        return Checked("no_promise")
    if case.limit is None:
        return Checked("no_limit", promised)
    unit = case.limit.unit
    receipt = office.end_of(case.received_at, case.limit)
    by_law = law.at(at).due_at or office.end_of(law.since(at), case.limit)
    shifted = office.later(receipt, index.subtracted(at), index.subtracts_in(at))
    measure: LimitUnit = "hour" if unit == "hour" else "working_day"
    found = Checked("nothing", promised, by_law, office.passed(by_law, promised, measure), measure)
    if _same(promised, by_law, unit):
        return replace(found, agreement="law", amount=0.0)
    if _same(promised, receipt, unit):
        return replace(found, agreement="receipt")
    if _same(promised, shifted, unit):
        return replace(found, agreement="subtracted")
    return found if law.is_certain(at) else replace(found, agreement="unknown")


def _before_extension(case: Case) -> datetime | None:
    """The last appointment that was set by counting, not moved by an apology."""
    promised = case.promises[0].due_at if case.promises else case.due_at
    for promise in case.promises[1:]:
        if not promise.is_reset:
            break
        promised = promise.due_at
    return promised


def _same(promised: datetime, expected: datetime, unit: LimitUnit) -> bool:
    """By day; limits in hours by the minute, unless the appointment names no hour."""
    if promised.date() != expected.date():
        return False
    if unit != "hour" or promised.time() in (time.min, time.max):
        return True
    return abs((promised - expected).total_seconds()) < _SAME_MINUTE
