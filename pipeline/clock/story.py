"""What happened to a dossier's clock, in the order of time: start, promises, waits, end."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from pipeline.clock.facts import Case, Known, Promise, Wait
from pipeline.clock.index_766 import IndexClock
from pipeline.clock.law import LawClock
from pipeline.clock.office import Office, Skipped
from pipeline.clock.reading import Reading, Stop, is_over
from pipeline.clock.rules import Effect, Rule, Rules, in_force
from pipeline.promises import Rule as PromiseRule
from pipeline.promises import rule_on

DAY = timedelta(days=1)
INSTANT = timedelta(microseconds=1)


@dataclass(frozen=True)
class Line:
    """One thing that happened, or follows, and what both clocks did and showed then.

    kind: key of its sentence. at: when; None where nobody tells. law, index: what the clock did
    (starts, runs, stops, waits, resumes, restarts, ends), None where it was not touched.
    due_at, was_due_at: appointments and ends of limits. amount: a number of the sentence.
    """

    kind: str
    at: datetime | None
    known: Known | None = None
    law: str | None = None
    index: str | None = None
    law_reading: Reading | None = None
    index_reading: Reading | None = None
    due_at: datetime | None = None
    was_due_at: datetime | None = None
    amount: float | None = None
    detail: str | None = None
    skipped: tuple[Skipped, ...] = ()
    rule: Rule | PromiseRule | None = None
    index_rule: Rule | None = None


Placed = tuple[datetime, Line]  # where it stands in the order of time


@dataclass(frozen=True)
class Story:
    """Tells one dossier up to `until`: its end, or the moment asked about."""

    case: Case
    office: Office
    rules: Rules
    law: LawClock
    index: IndexClock
    until: datetime

    def lines(self) -> tuple[Line, ...]:
        """Every line in the order of time; what has no moment stands where it must have been."""
        placed = [*self._start(), *self._promises(), *self._waits(), *self._end()]
        placed.sort(key=lambda one: one[0])
        return tuple(self._read(line) for _, line in placed)

    def _read(self, line: Line) -> Line:
        """The line with what the clocks that it touched show at its moment."""
        if line.at is None:
            return line
        law = self.law.at(line.at) if line.law and line.at >= self.law.start else None
        index = None
        if line.index and self.index.rule(line.at):
            index = self.index.at(line.at, self._promise_at(line.at))
        return replace(line, law_reading=law, index_reading=index)

    def _promise_at(self, at: datetime) -> datetime | None:
        """The promise that held at a moment; at the end the one that counts."""
        held = [promise.due_at for since, promise in self.promised() if since <= at]
        return held[-1] if held and at < self.until else self.case.due_at

    # Start

    def _start(self) -> Iterator[Placed]:
        case, rule, start = self.case, self.law.rule, self.law.start
        received = case.received_at
        kind = "received_elsewhere" if case.is_elsewhere else "received"
        starts = "starts" if start == received else None
        yield received, Line(kind, received, "date", law=starts, index="starts", rule=rule)
        if self.law.starts_elsewhere and case.competent_at is None:
            yield received, Line("competent_unknown", None, "nobody", rule=rule)
        yield from self._hour_of_receipt()
        if start != received:
            yield start, Line("received_by_competent", start, "step", law="starts", rule=rule)
        yield from self._end_of_limit("due_by_law", start)

    def _hour_of_receipt(self) -> Iterator[Placed]:
        """After 15:00 a file may be handed over the next day; only a same-day limit moves by it."""
        received, limit = self.case.received_at, self.case.limit
        rule = in_force(self.rules.same_day, received.date())
        is_late = rule is not None and received.time() > rule.after
        if rule is None or not is_late or not self.office.is_working(received.date()):
            return
        is_same_day = limit is not None and limit.unit == "working_day" and limit.value == 0
        moves = is_same_day and rule.received_after == "next_working_day"
        kind = "after_hour_moves" if moves else "after_hour"
        yield received, Line(kind, None, detail=f"{rule.after:%H:%M}", rule=rule)

    def _end_of_limit(self, kind: str, since: datetime) -> Iterator[Placed]:
        """Where the limit ends when it is counted from a moment, and the days skipped for it."""
        limit = self.case.limit
        if limit is None or since > self.until:
            return
        due_at = self.office.end_of(since, limit)
        skipped = self.office.skipped(since, due_at)
        if limit.unit in ("day", "month"):  # every day counts; only the last one moves
            skipped = self._moved_last_day(self.office.calendar_end(since, limit), due_at)
        rule = in_force(self.rules.counting, since.date())
        yield since, Line(kind, None, due_at=due_at, skipped=skipped, rule=rule)

    def _moved_last_day(self, ends: date, due_at: datetime) -> tuple[Skipped, ...]:
        if ends >= due_at.date():
            return ()
        return self.office.skipped(datetime.combine(ends - DAY, time.max), due_at)

    # Promises

    def _promises(self) -> Iterator[Placed]:
        extensions = 0
        known = self.promised()
        for number, (at, promise) in enumerate(known):
            if not number:
                yield at, Line("promised", None, due_at=promise.due_at)
                continue
            before = known[number - 1][1].due_at
            rule = None if promise.is_reset else rule_on(known[0][1].due_at.date())
            yield (
                at,
                Line(
                    "promise_reset" if promise.is_reset else "promise_moved",
                    None if promise.after else promise.set_at,
                    "nobody" if promise.after else promise.known,
                    due_at=promise.due_at,
                    was_due_at=before,
                    amount=self.office.passed(before, promise.due_at, "working_day"),
                    rule=rule,
                ),
            )
            extensions += not promise.is_reset
            if rule is not None and extensions > rule.most_moves:
                yield at, _note("moved_often", None, extensions, rule.most_moves, rule)

    def promised(self) -> list[tuple[datetime, Promise]]:
        """Each promise with the moment from which it held, as far as is known.

        A list tells the day by which it had been moved. One that follows a supplementation holds
        from there; where nobody tells anything, from the day that was given up.
        """
        found: list[tuple[datetime, Promise]] = []
        for promise in self.case.promises:
            at = self.case.received_at
            if found:
                given_up = max(at, found[-1][1].due_at)
                follows = promise.after + INSTANT if promise.after else None
                at = min(follows or promise.set_at or given_up, self.until)
            found.append((at, promise))
        return found

    # Waits

    def _waits(self) -> Iterator[Placed]:
        by_index = {id(stop.wait): stop for stop in self.index.stops}
        for stop in self.law.stops:
            if stop.wait.asked_at <= self.until:
                yield from self._wait(stop, by_index.get(id(stop.wait)))

    def _wait(self, stop: Stop, index: Stop | None) -> Iterator[Placed]:
        wait = stop.wait
        index_rule = index.rule if index else None
        request = self.index.open_request(self.until)
        while_index = _while_waiting(index.effect) if index else None
        asked = Line(
            f"{wait.waits_for}_asked",
            wait.asked_at,
            wait.asked_known,
            law=_while_waiting(stop.effect),
            index="ends" if index is not None and request is index else while_index,
            detail=wait.detail,
            rule=stop.rule,
            index_rule=index_rule,
        )
        if stop.effect != "runs":
            yield wait.asked_at, self._counted(wait.asked_at)
        yield wait.asked_at, asked
        yield from self._notes(wait)
        if wait.answered_at is not None and wait.answered_at <= self.until:
            answered = replace(
                asked,
                kind=f"{wait.waits_for}_answered",
                at=wait.answered_at,
                known=wait.answered_known,
                law=_after_waiting(stop.effect),
                index=_after_waiting(index.effect) if index else None,
            )
            yield wait.answered_at, answered
            if stop.effect == "restarts":
                yield from self._end_of_limit("due_again", wait.answered_at)
        elif wait.answered_at is None and not wait.is_open:
            yield wait.asked_at, Line(f"{wait.waits_for}_unknown", None, "nobody")

    def _notes(self, wait: Wait) -> Iterator[Placed]:
        """What the rules say about a supplement request: how many, how late, how long open."""
        asked = wait.asked_at
        rule = in_force(self.rules.supplement, asked.date())
        if wait.waits_for != "supplement":
            return
        number, index_rule = self.index.requests(asked), self.index.rule(self.until)
        if index_rule is not None and number > index_rule.requests_allowed:
            yield asked, _note("asked_again", None, number, index_rule.requests_allowed, index_rule)
        if rule is None:
            return
        after = self.office.between(self.law.start.date(), asked.date())
        if number <= 1 and after > rule.ask_within_days:
            yield asked, _note("asked_late", None, after, rule.ask_within_days, rule)
        until = min(wait.answered_at or self.until, self.until)
        days = (until.date() - asked.date()).days
        is_known = wait.answered_at is not None or wait.is_open
        if is_known and rule.close_after_days is not None and days > rule.close_after_days:
            closes = asked + rule.close_after_days * DAY
            yield closes, _note("open_long", closes, days, rule.close_after_days, rule)

    # End

    def _counted(self, at: datetime) -> Line:
        """What the law's clock has counted since it began, up to a stop or the end."""
        reading = self.law.at(at)
        unit = self.case.limit.unit if self.case.limit else "working_day"
        every_day = unit in ("day", "month")
        skipped = () if every_day else self.office.skipped(reading.since, at)
        return Line("counted", None, amount=reading.used, was_due_at=reading.since, skipped=skipped)

    def _end(self) -> Iterator[Placed]:
        at, has_ended = self.until, is_over(self.case, self.until)
        is_held = self.law.at(at).state == "stopped"
        if not is_held:
            yield at, self._counted(at)
        request = self.index.open_request(at)
        does = "ends" if has_ended else None
        yield (
            at,
            Line(
                f"ended_{self.case.ending}" if has_ended else "now",
                at,
                "date" if has_ended else None,
                law=does or ("waits" if is_held else "runs"),
                index=does or ("waits" if request else "runs"),
            ),
        )


def _note(
    kind: str, at: datetime | None, found: int, allowed: int, rule: Rule | PromiseRule
) -> Line:
    """A number beside the one that a rule names."""
    return Line(kind, at, amount=float(found), detail=str(allowed), rule=rule)


def _while_waiting(effect: Effect) -> str:
    return "runs" if effect == "runs" else "stops"


def _after_waiting(effect: Effect) -> str:
    return {"runs": "runs", "pauses": "resumes", "restarts": "restarts"}[effect]
