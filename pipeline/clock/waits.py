"""When a dossier waited: supplements, payments and other agencies, from all that its files tell.

A system keeps the dates of the last supplement request only, or none. What older lists said, which
lists showed it waiting and what its steps are called fill the gaps; every moment says from where
it is known. No request is made up: where dates are told, a status alone adds none.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from pipeline.clock.facts import Record, Step, Wait
from pipeline.clock.rules import Waiting
from pipeline.steps import kind_of
from pipeline.text import fold

_STATUS: Mapping[str, Waiting] = {
    "awaiting_supplement": "supplement",
    "awaiting_payment": "payment",
}
_SUPPLEMENT = "bo sung"  # as `fold` writes it
_PAIR = ("supplement_requested_at", "supplement_completed_at")
Pair = tuple[str | None, str | None]


def waits_of(record: Record, as_of: datetime) -> tuple[Wait, ...]:
    """Every wait that had begun by `as_of`, the earliest first; what came later is left out."""
    by_step = [wait for n in range(len(record.steps)) for wait in _of_step(record, n)]
    by_list = _by_list(record)
    dated = _dated(record)
    found = _supplements(dated, _of(by_list, "supplement"), _of(by_step, "supplement"))
    found += _joined(_of(by_list, "payment"), _of(by_step, "payment"))
    found += _of(by_step, "agency")
    known = [_up_to(_before_end(wait, record), as_of) for wait in found if wait.asked_at <= as_of]
    return tuple(sorted(known, key=lambda wait: wait.asked_at))


def _of(waits: Iterable[Wait], waits_for: Waiting) -> list[Wait]:
    return [wait for wait in waits if wait.waits_for == waits_for]


def _before_end(wait: Wait, record: Record) -> Wait:
    """A wait that a list still showed when the result was out already: nobody tells its end."""
    ended = record.ended_at
    if ended is not None and wait.answered_at is not None and wait.answered_at > ended:
        return replace(wait, answered_at=None, is_open=record.ending != "resolved")
    return wait


def _up_to(wait: Wait, as_of: datetime) -> Wait:
    """A wait as it was known then: an answer that came later had not been given."""
    if wait.answered_at is not None and wait.answered_at > as_of:
        return replace(wait, answered_at=None, is_open=True)
    return wait


def _lasts(record: Record, status: str) -> bool:
    """Whether the last wait goes on, or went on until the dossier was ended otherwise."""
    return (record.is_open and record.status == status) or (
        not record.is_open and record.ending in ("refused", "withdrawn", "stopped")
    )


# Dates of the source


def _dated(record: Record) -> list[Wait]:
    """One wait per request date that any list ever gave."""
    answers: dict[datetime, datetime | None] = {}
    for asked_text, answered_text in _pairs(record):
        asked, answered = _moment(asked_text), _moment(answered_text)
        if asked is None:
            continue
        # Mended to an earlier date, or within a day: the same request, not another one.
        for other in [one for one in answers if _is_mended(one, asked, answers[one])]:
            del answers[other]
        if answered is not None and answered < asked:
            answered = None
        answers[asked] = answered or answers.get(asked)
    waits = [Wait("supplement", asked, answered) for asked, answered in sorted(answers.items())]
    if waits and waits[-1].answered_at is None and _lasts(record, "awaiting_supplement"):
        waits[-1] = replace(waits[-1], is_open=True)
    return waits


def _is_mended(asked: datetime, again: datetime, answered: datetime | None) -> bool:
    return again < asked or (asked != again and answered is None and asked.date() == again.date())


def _pairs(record: Record) -> list[Pair]:
    """The two dates as each list gave them, the oldest first."""
    now = {
        _PAIR[0]: _text(record.supplement_requested_at),
        _PAIR[1]: _text(record.supplement_completed_at),
    }
    pairs: list[Pair] = [(now[_PAIR[0]], now[_PAIR[1]])]
    changed = [change for change in record.changes if change.column in _PAIR]
    for batch_no in sorted({change.batch_no for change in changed}, reverse=True):
        for change in changed:
            if change.batch_no == batch_no:
                now[change.column] = change.old
        pairs.append((now[_PAIR[0]], now[_PAIR[1]]))
    return pairs[::-1]


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _text(moment: datetime | None) -> str | None:
    return moment.isoformat(sep=" ") if moment else None


# Lists that showed it waiting


def _by_list(record: Record) -> list[Wait]:
    """One wait per row of lists in which the status said so; both ends known to the list's day."""
    statuses = _statuses(record)
    waits: list[Wait] = []
    current: Wait | None = None
    for at, status in statuses:
        waits_for = _STATUS.get(status)
        if current is not None and current.waits_for != waits_for:
            waits.append(replace(current, answered_at=at, answered_known="list"))
            current = None
        if waits_for is not None and current is None:
            current = Wait(waits_for, at, None, asked_known="list")
    if current is not None:
        waits.append(replace(current, is_open=_lasts(record, record.status)))
    return waits


def _statuses(record: Record) -> list[tuple[datetime, str]]:
    """The status in each list, the oldest first."""
    before = {c.batch_no: c.old for c in record.changes if c.column == "status"}
    status: str = record.status
    found = []
    for listing in sorted(record.lists, key=lambda one: one.batch_no, reverse=True):
        found.append((listing.at, status))
        status = before.get(listing.batch_no) or status
    return found[::-1]


# Steps


def _of_step(record: Record, number: int) -> Iterable[Wait]:
    """The wait that a step is, if it is one; a slip without its end ends where the next begins."""
    step = record.steps[number]
    waits_for = _step_waits_for(step)
    if waits_for is None or step.started_at is None:
        return
    started = step.started_at
    following = (later.started_at for later in record.steps[number + 1 :])
    ends = [end for end in (step.finished_at, *following) if end is not None and end >= started]
    yield Wait(
        waits_for,
        started,
        ends[0] if ends else None,
        is_open=not ends and record.is_open,
        asked_known="step",
        answered_known="step",
        detail=step.name,
    )


def _step_waits_for(step: Step) -> Waiting | None:
    """A wait for the applicant that says nothing of a supplement is none: no request is made up."""
    kind = kind_of(step.name)
    if kind == "citizen":
        return "supplement" if _SUPPLEMENT in fold(step.name or "") else None
    if kind == "payment":
        return "payment"
    return "agency" if kind == "other_agency" or step.is_elsewhere else None


# Put together


def _supplements(dated: list[Wait], by_list: list[Wait], by_step: list[Wait]) -> list[Wait]:
    """Dated requests, their missing answers out of steps and lists; else steps and lists alone."""
    if not dated:
        return _joined(by_list, by_step)
    later = [wait.asked_at for wait in dated[1:]]
    found = []
    for wait, upper in zip(dated, [*later, datetime.max], strict=True):
        if wait.answered_at is None and not wait.is_open:
            wait = _with_answer(wait, upper, [*by_step, *by_list])
        found.append(wait)
    return found + [step for step in by_step if not any(_meet(step, wait) for wait in found)]


def _with_answer(wait: Wait, upper: datetime, others: Iterable[Wait]) -> Wait:
    """A dated request with the first answer that another trace of it gives, before the next one."""
    for other in others:
        answered = other.answered_at
        if answered is not None and wait.asked_at <= answered <= upper and _meet(wait, other):
            return replace(wait, answered_at=answered, answered_known=other.answered_known)
    return wait


def _joined(by_list: list[Wait], by_step: list[Wait]) -> list[Wait]:
    """Steps, whose moments are exact, and the lists that no step explains."""
    return by_step + [one for one in by_list if not any(_meet(one, step) for step in by_step)]


def _meet(one: Wait, other: Wait) -> bool:
    """Whether two traces share a day, so that they tell of the same wait."""
    ends = [wait.answered_at or datetime.max for wait in (one, other)]
    return one.asked_at.date() <= ends[1].date() and other.asked_at.date() <= ends[0].date()
