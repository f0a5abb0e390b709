"""The appointment that was given first, and every move of it that the files show."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date, datetime, time

from pipeline.clock.facts import Known, Promise, Record, Wait


def promises_of(
    record: Record, waits: Collection[Wait], restarted_dues: Mapping[date, datetime]
) -> tuple[Promise, ...]:
    """The first promise and its moves in order; empty where there never was one.

    restarted_dues: day on which the limit would end, counted anew after a supplementation -> when
    that was. A move to one of them, or one first seen after a supplementation, is no extension:
    the law gives a new limit then. A letter says that it is one.
    """
    dues = _dues(record)
    found: list[Promise] = []
    for due_at, set_at in dues:
        if found and found[-1].due_at == due_at:
            continue
        promise = Promise(due_at, set_at, "list" if set_at else "nobody")
        if found:
            promise = _moved(promise, found[-1], record, waits, restarted_dues)
        found.append(promise)
    return tuple(found)


def _dues(record: Record) -> list[tuple[datetime, datetime | None]]:
    """Every appointment that was seen, and the moment of the list that showed it first."""
    changes = sorted(
        (change for change in record.changes if change.column == "due_at"),
        key=lambda change: change.batch_no,
    )
    told: list[tuple[datetime | None, datetime | None]] = [(record.first_due_at, None)]
    if changes:
        told.append((_moment(changes[0].old), None))
    told += [(_moment(change.new), change.at) for change in changes]
    told.append((record.due_at, None))
    return [(due_at, set_at) for due_at, set_at in told if due_at is not None]


def _moved(
    promise: Promise,
    before: Promise,
    record: Record,
    waits: Collection[Wait],
    restarted_dues: Mapping[date, datetime],
) -> Promise:
    for letter in record.letters:
        is_it = letter.new_due_at is not None and letter.new_due_at.date() == promise.due_at.date()
        if is_it and letter.issued_at is not None:
            known: Known = "letter"
            return replace(promise, set_at=letter.issued_at, known=known)
    after = restarted_dues.get(promise.due_at.date())
    is_reset = after is not None or _follows_supplement(promise, before, waits)
    return replace(promise, is_reset=is_reset, after=after)


def _follows_supplement(promise: Promise, before: Promise, waits: Collection[Wait]) -> bool:
    if promise.set_at is None:
        return False
    seen_before = before.set_at or datetime.min
    seen_now = datetime.combine(promise.set_at.date(), time.max)
    return any(
        wait.waits_for == "supplement"
        and wait.answered_at is not None
        and seen_before < wait.answered_at <= seen_now
        for wait in waits
    )


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
