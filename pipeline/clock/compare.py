"""Why the two clocks differ, and what the appointment agrees with."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, time
from typing import Literal

from pipeline.clock.facts import LimitUnit
from pipeline.clock.index_766 import IndexClock
from pipeline.clock.law import LawClock
from pipeline.clock.reading import Reading
from pipeline.clock.rules import Effect

# unknown: nobody tells when a wait ended. untold: the source has no dates of supplements, and the
# appointment looks as if there was one. requests: more than 766 allows. open_request: 766 takes a
# request as the end. restart: one restarts, one subtracts. credited_twice: the appointment lies
# after a supplementation already. payment, agency: one pauses, one runs. start: one begins at the
# competent agency, one at receipt. promise: one counts to the limit, one to the appointment.
# by_day: one compares hours, one days. ended: withdrawn or stopped, which only 766 judges.
# no_limit: only the appointment is known; nothing: neither.
Difference = Literal[
    "no_rule",
    "unknown",
    "untold",
    "requests",
    "open_request",
    "restart",
    "credited_twice",
    "payment",
    "agency",
    "start",
    "promise",
    "by_day",
    "ended",
    "no_limit",
    "nothing",
    "same",
]
# What the appointment was counted like: as the law counts, from receipt only, the same where only a
# pause was left out of account, as 766 subtracts.
# unknown: nothing fits, and a moment that nobody tells may be why.
Agreement = Literal[
    "law", "receipt", "not_paused", "subtracted", "nothing", "unknown", "no_limit", "no_promise"
]
_SAME_MINUTE = 60


@dataclass(frozen=True)
class Found:
    """One reason, with a number of its unit, or with what both clocks do, where that is it."""

    reason: Difference
    amount: float | None = None
    unit: LimitUnit | None = None
    law: Effect | None = None
    index: Effect | None = None


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
    if law.may_lack_a_wait():
        yield Found("untold")
    elif not law.is_certain(at) or not index.at(at).is_certain:
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
    if law.case.limit is None:
        yield Found("no_limit" if law.case.due_at else "nothing")
    elif law.start != law.case.received_at:
        yield Found("start")
    elif _counts_to_another_day(law):
        yield Found("promise")
    yield from _verdicts(law.at(at), index.at(at))


def _verdicts(law: Reading, index: Reading) -> Iterator[Found]:
    """Where both count alike and judge differently all the same."""
    if law.verdict == "ended":
        yield Found("ended")
    elif law.due_at is None or index.due_at is None:
        return
    elif _same(index.due_at, law.due_at, "hour") and _is_late(law) != _is_late(index):
        yield Found("by_day")


def _is_late(reading: Reading) -> bool:
    return reading.verdict in ("late", "overdue")


def _waits(law: LawClock, index: IndexClock) -> Iterator[Found]:
    """Kinds of waits other than supplements that the clocks treat differently."""
    by_index = {id(stop.wait): stop.effect for stop in index.stops}
    kinds: tuple[Literal["payment", "agency"], ...] = ("payment", "agency")
    for kind in kinds:
        for stop in law.stops:
            effect = by_index.get(id(stop.wait), "runs")
            if stop.wait.waits_for == kind and stop.effect != effect:
                yield Found(kind, law=stop.effect, index=effect)
                break


def _counts_to_another_day(law: LawClock) -> bool:
    """Whether 766's appointment is not where the limit ends that the law counts from receipt."""
    case = law.case
    if case.due_at is None or case.limit is None or law.since(datetime.max) != law.start:
        return False
    return law.office.end_of(law.start, case.limit).date() != case.due_at.date()


def check(law: LawClock, index: IndexClock, at: datetime) -> Checked:
    """How the appointment that was given, before any extension, compares with the limit."""
    case, office = law.case, law.office
    promised = case.counted_due_at
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
        is_paused = law.since(at) == law.case.received_at
        return replace(found, agreement="not_paused" if is_paused else "receipt")
    if _same(promised, shifted, unit):
        return replace(found, agreement="subtracted")
    return found if law.is_certain(at) else replace(found, agreement="unknown")


def _same(promised: datetime, expected: datetime, unit: LimitUnit) -> bool:
    """By day; limits in hours by the minute, unless the appointment names no hour."""
    if promised.date() != expected.date():
        return False
    if unit != "hour" or promised.time() in (time.min, time.max):
        return True
    return abs((promised - expected).total_seconds()) < _SAME_MINUTE
