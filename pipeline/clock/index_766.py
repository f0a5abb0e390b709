"""766's clock (item 2.1): to the appointment, the time of supplementation subtracted.

In time when the end does not lie after the appointment; without one, when the time used does not
exceed the procedure's limit. More than one supplement request counts as late. Where a first request
is still open, its moment is the end.
"""

from __future__ import annotations

from datetime import datetime

from pipeline.clock.facts import Case, LimitUnit, Wait
from pipeline.clock.office import Office
from pipeline.clock.reading import (
    Reading,
    Stop,
    Verdict,
    is_over,
    is_told,
    passed_by,
    stops_of,
    waited,
)
from pipeline.clock.rules import IndexRule, Rules, in_force


class IndexClock:
    """The clock of one dossier by the index; `at` reads it at any moment."""

    def __init__(self, case: Case, office: Office, rules: Rules) -> None:
        self.case = case
        self.office = office
        self._rules = rules
        self.start = case.received_at
        self.stops = stops_of(case, "index_766", self.start, rules)

    def rule(self, at: datetime) -> IndexRule | None:
        """The rule of the index that judges an end at this moment."""
        return in_force(self._rules.index_766, at.date())

    def requests(self, at: datetime) -> int:
        """How many supplements had been asked for by a moment."""
        return sum(
            stop.wait.waits_for == "supplement" and stop.wait.asked_at <= at for stop in self.stops
        )

    def open_request(self, at: datetime) -> Stop | None:
        """The request that is taken as the end: a first one, not answered, the dossier open."""
        rule = self.rule(at)
        if rule is None or rule.open_request != "is_the_end" or is_over(self.case, at):
            return None
        held = [stop for stop in self.stops if self._is_held(stop, at)]
        return held[0] if held and self.requests(at) == 1 else None

    def unit(self) -> LimitUnit:
        """In what the clock counts: the limit's unit, working days where the limit is unknown."""
        return self.case.limit.unit if self.case.limit else "working_day"

    def subtracted(self, at: datetime) -> float:
        """Time of supplementation up to a moment, in the unit in which it is subtracted."""
        return waited(self.office, self._pauses(), self.start, at, self.subtracts_in(at))

    def at(self, at: datetime, promised: datetime | None = None) -> Reading:
        """What the clock shows at a moment, the end included.

        promised: the appointment that held then, where it was not yet the one that holds now.
        """
        rule = self.rule(at)
        request = self.open_request(at)
        until = request.wait.asked_at if request else at
        unit = self.unit()
        due_at = self.due_at(until, promised)
        is_held = any(self._is_held(stop, at) for stop in self.stops)
        spent = self.office.passed(self.start, until, unit)
        return Reading(
            clock="index_766",
            state="ended" if is_over(self.case, at) else "stopped" if is_held else "running",
            since=self.start,
            used=max(0.0, spent - waited(self.office, self._pauses(), self.start, until, unit)),
            left=self.office.passed(until, due_at, unit) if due_at else None,
            due_at=due_at,
            verdict=self._verdict(at, until, due_at, rule),
            is_certain=is_told(self.stops, at),
        )

    def due_at(self, at: datetime, promised: datetime | None = None) -> datetime | None:
        """The appointment, or without one the end of the limit, put off by what is subtracted."""
        due_at = promised or self.case.due_at
        if due_at is None and self.case.limit is not None:
            due_at = self.office.end_of(self.start, self.case.limit)
        if due_at is None:
            return None
        return self.office.later(due_at, self.subtracted(at), self.subtracts_in(at))

    def _pauses(self) -> list[Wait]:
        return [stop.wait for stop in self.stops if stop.effect == "pauses"]

    def _is_held(self, stop: Stop, at: datetime) -> bool:
        return stop.effect != "runs" and stop.wait.holds(at)

    def subtracts_in(self, at: datetime) -> LimitUnit:
        """The unit in which a supplementation is measured."""
        rule = self.rule(at)
        return self.unit() if rule is None or rule.subtracts_in == "limit_unit" else "working_day"

    def _verdict(
        self, at: datetime, until: datetime, due_at: datetime | None, rule: IndexRule | None
    ) -> Verdict:
        if rule is None:
            return "no_rule"
        has_ended = is_over(self.case, at)
        if self.requests(at) > rule.requests_allowed:
            return "late" if has_ended else "overdue"
        if due_at is None:
            return "no_due"
        if passed_by(until, due_at, by_instant=rule.compares == "instant"):
            return ("late" if has_ended else "overdue") if is_told(self.stops, at) else "unknown"
        if not has_ended:
            return "in_time"
        return "early" if until.date() < due_at.date() else "on_time"
