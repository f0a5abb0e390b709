"""Rows of the query `dossier_clock` as values: a dossier, what its files tell, where units lie."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any, cast

from pipeline.clock.facts import (
    Case,
    Change,
    Ending,
    Letter,
    Limit,
    LimitUnit,
    Listing,
    Record,
    Step,
)
from pipeline.clock.office import Office
from pipeline.clock.promises import promises_of
from pipeline.clock.rules import Rules, in_force
from pipeline.clock.waits import waits_of

Row = Mapping[str, Any]
_ENDED = ("resolved", "refused", "withdrawn", "stopped")


class Places:
    """The units of a dossier: whose work a step is, and from whose area it came."""

    def __init__(self, facts: Sequence[Row]) -> None:
        units = [row for row in facts if row["fact"] == "unit"]
        self._level = {row["new_value"]: row["name"] for row in units}
        self._parent = {row["new_value"]: row["old_value"] for row in units}
        self._own: str | None = facts[0]["unit_id"]
        self._receiving: str | None = facts[0]["receiving_unit_id"]
        self._after = {row["new_value"] for row in facts if row["fact"] == "successor"}

    def is_own(self, unit: str | None) -> bool:
        """Whether a step is the work of the resolving unit or of one right below it."""
        return unit is not None and self._own in (unit, self._parent.get(unit))

    def is_other_agency(self, unit: str | None) -> bool:
        """Whether a step is the work of an agency that neither resolves nor took the dossier in."""
        if unit is None or unit in (self._own, self._receiving) or unit in self._after:
            return False
        return not self._is_above_or_below(unit, self._own)

    def is_received_elsewhere(self, levels: Collection[str]) -> bool:
        """Whether a unit of these levels took it in, neither above nor below the resolving one."""
        own, receiving = self._own, self._receiving
        if own not in self._level or receiving not in self._level or own == receiving:
            return False
        return self._level[receiving] in levels and not self._is_above_or_below(receiving, own)

    def _is_above_or_below(self, one: str | None, other: str | None) -> bool:
        if one is None or other is None:
            return False
        return self._parent.get(one) == other or self._parent.get(other) == one


def record_of(facts: Sequence[Row]) -> Record:
    """What the rows of one dossier tell about its waits and promises."""
    first, places = facts[0], Places(facts)
    return Record(
        status=first["status"],
        is_open=first["phase"] in ("open", "status_unknown"),
        ending=_ending(first),
        ended_at=first["closed_at"] if _ending(first) else None,
        supplement_requested_at=first["supplement_requested_at"],
        supplement_completed_at=first["supplement_completed_at"],
        first_due_at=first["first_due_at"],
        due_at=first["due_at"],
        lists=tuple(
            Listing(row["batch_no"], row["happened_at"]) for row in _of_kind(facts, "listed")
        ),
        changes=tuple(map(_change, _of_kind(facts, "changed"))),
        steps=tuple(
            Step(
                row["name"],
                row["happened_at"],
                row["until"],
                places.is_other_agency(row["old_value"]),
            )
            for row in _of_kind(facts, "step")
        ),
        letters=tuple(
            Letter(row["happened_at"], row["until"]) for row in _of_kind(facts, "letter")
        ),
    )


def case_of(
    facts: Sequence[Row], record: Record, office: Office, rules: Rules, as_of: datetime
) -> Case:
    """One dossier as the clocks need it, from its facts."""
    first, places, limit = facts[0], Places(facts), _limit(facts)
    received: datetime = first["received_at"]
    waits = waits_of(record, as_of)
    own = [row["happened_at"] for row in _of_kind(facts, "step") if places.is_own(row["old_value"])]
    start = in_force(rules.start, received.date())
    restarted_dues = {
        office.end_of(wait.answered_at, limit).date(): wait.answered_at
        for wait in waits
        if limit and wait.waits_for == "supplement" and wait.answered_at
    }
    return Case(
        received_at=received,
        limit=limit,
        field_name=first["field_name"],
        due_at=first["due_at"],
        ended_at=record.ended_at,
        ending=record.ending,
        is_elsewhere=places.is_received_elsewhere(start.elsewhere_levels if start else ()),
        competent_at=min((at for at in own if at is not None), default=None),
        waits=waits,
        promises=promises_of(record, waits, restarted_dues),
        tells_supplements=record.supplement_requested_at is not None
        or any(row["tells"] for row in _of_kind(facts, "listed")),
    )


def _of_kind(facts: Sequence[Row], kind: str) -> list[Row]:
    return [row for row in facts if row["fact"] == kind]


def _change(row: Row) -> Change:
    return Change(
        row["batch_no"], row["happened_at"], row["name"], row["old_value"], row["new_value"]
    )


def _limit(facts: Sequence[Row]) -> Limit | None:
    for row in _of_kind(facts, "limit"):
        return Limit(float(row["new_value"]), cast(LimitUnit, row["name"]))
    return None


def _ending(row: Row) -> Ending | None:
    return cast(Ending, row["phase"]) if row["phase"] in _ENDED else None
