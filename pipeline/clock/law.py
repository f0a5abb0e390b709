"""The law's clock: to the procedure's limit, from the start again after a supplementation."""

from __future__ import annotations

from datetime import datetime

from pipeline.clock.facts import Case, Wait
from pipeline.clock.office import Office
from pipeline.clock.reading import (
    Reading,
    Verdict,
    is_over,
    is_told,
    passed_by,
    stops_of,
    waited,
)
from pipeline.clock.rules import Rules, Start, in_force


class LawClock:
    """The clock of one dossier by the decrees; `at` reads it at any moment."""

    def __init__(self, case: Case, office: Office, rules: Rules) -> None:
        self.case = case
        self.office = office
        self.rule: Start | None = in_force(rules.start, case.received_at.date())
        waits_elsewhere = self.rule is not None and self.rule.elsewhere_from == "competent_agency"
        self.starts_elsewhere = case.is_elsewhere and waits_elsewhere
        competent_at = case.competent_at if self.starts_elsewhere else None
        self.start = max(competent_at or case.received_at, case.received_at)
        self.stops = stops_of(case, "law", self.start, rules)

    def since(self, at: datetime) -> datetime:
        """From when the limit counts at a moment: the start, or the last supplementation."""
        restarts = [
            stop.wait.answered_at
            for stop in self.stops
            if stop.effect == "restarts"
            and stop.wait.answered_at is not None
            and stop.wait.answered_at <= at
        ]
        return max(restarts, default=self.start)

    def at(self, at: datetime) -> Reading:
        """What the clock shows at a moment, the end included."""
        holding = next(
            (stop for stop in self.stops if stop.effect != "runs" and stop.wait.holds(at)), None
        )
        since = self.since(at)
        until = holding.wait.asked_at if holding else at
        unit = self.case.limit.unit if self.case.limit else "working_day"
        paused = waited(self.office, self._pauses(), since, until, unit)
        due_at = self._due(since, paused)
        left = self.office.passed(until, due_at, unit) if due_at else None
        if holding and holding.effect == "restarts":
            left = self._whole(at)
        return Reading(
            clock="law",
            state="ended" if is_over(self.case, at) else "stopped" if holding else "running",
            since=since,
            used=max(0.0, self.office.passed(since, until, unit) - paused),
            left=left,
            due_at=None if holding else due_at,
            verdict=self._verdict(at, due_at, is_held=holding is not None),
            is_certain=self.is_certain(at),
        )

    def is_certain(self, at: datetime) -> bool:
        """Whether every moment that the clock hangs on is known."""
        is_started = not self.starts_elsewhere or self.case.competent_at is not None
        return is_started and is_told(self.stops, at) and not self.may_lack_a_wait()

    def may_lack_a_wait(self) -> bool:
        """The source tells no supplements, and the appointment lies later than the limit ends.

        Most often that is a supplementation after which the software counted again.
        """
        case = self.case
        if case.tells_supplements or case.limit is None or case.counted_due_at is None:
            return False
        is_alone = not any(stop.effect != "runs" for stop in self.stops)
        ends_at = self.office.end_of(self.start, case.limit)
        return is_alone and case.counted_due_at.date() > ends_at.date()

    def _pauses(self) -> list[Wait]:
        return [stop.wait for stop in self.stops if stop.effect == "pauses"]

    def _due(self, since: datetime, paused: float) -> datetime | None:
        limit = self.case.limit
        if limit is None:
            return None
        return self.office.later(self.office.end_of(since, limit), paused, limit.unit)

    def _whole(self, at: datetime) -> float | None:
        """The limit once more, as it will be counted after a supplementation."""
        limit = self.case.limit
        if limit is None or limit.unit != "month":
            return limit.value if limit else None
        return self.office.passed(at, self.office.end_of(at, limit), limit.unit)

    def _verdict(self, at: datetime, due_at: datetime | None, *, is_held: bool) -> Verdict:
        has_ended = is_over(self.case, at)
        if has_ended and (is_held or self.case.ending in ("withdrawn", "stopped")):
            return "ended"
        if is_held:
            return "waiting"
        if due_at is None:
            return "no_limit"
        if passed_by(at, due_at, by_instant=True):
            # An answer of which nobody tells the day could have put the end off.
            return ("late" if has_ended else "overdue") if self.is_certain(at) else "unknown"
        if not has_ended:
            return "in_time"
        return "early" if at.date() < due_at.date() else "on_time"
