"""What every figure means, in slow plain Python over rows: the second opinion on the SQL.

Nothing here is shared with the queries. Rows are dicts as tests/snapshots.py makes them; moments
are naive local time; `upper` is exclusive.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

Row = dict[str, Any]
MICROSECOND = timedelta(microseconds=1)
DAY = timedelta(days=1)
ONLINE = ("online_full", "online_partial", "online")
CHANNELS = (*ONLINE, "counter", "post")


@dataclass(frozen=True)
class Period:
    """[first, upper) and the days off that are not weekends."""

    first: datetime
    upper: datetime
    days_off: Collection[date] = ()

    @property
    def judged_at(self) -> datetime:
        return self.upper - MICROSECOND


def phase(row: Row, period: Period) -> str | None:
    """What a dossier counts as at the end of the period; None when it is outside."""
    received, closed, outcome = row["received_at"], row["closed_at"], row["outcome"]
    if received >= period.upper:
        return None
    if outcome in ("unknown", "not_accepted"):
        if received < period.first:
            return None
        return "status_unknown" if outcome == "unknown" else outcome
    if received < period.first and closed is not None and closed < period.first:
        return None
    if closed is not None and closed < period.upper:
        return str(outcome)
    return "open"


def open_state(row: Row, period: Period) -> str | None:
    """waiting, no_due, overdue or in_time for a dossier that is open at the end of the period."""
    if phase(row, period) != "open":
        return None
    if row["is_waiting"] and row["outcome"] == "open":
        return "waiting"
    if row["due_at"] is None:
        return "no_due"
    if row["on_time_rule"] == "instant":
        return "overdue" if row["due_at"] < period.judged_at else "in_time"
    return "overdue" if row["due_at"].date() < period.judged_at.date() else "in_time"


def is_working(day: date, period: Period) -> bool:
    return day.weekday() < 5 and day not in period.days_off


def days_left(row: Row, period: Period) -> int:
    """Working days from the day of judgement to the due day, a day off moved to the next one on."""
    due = row["due_at"].date()
    while not is_working(due, period):
        due += DAY
    return working_days_between(period.judged_at.date(), due, period)


def days_over(row: Row, period: Period) -> int:
    """Working days after the due day up to the day of judgement."""
    return working_days_between(row["due_at"].date(), period.judged_at.date(), period)


def working_days_between(start: date, end: date, period: Period) -> int:
    """Working days after `start` up to and including `end`; negative the other way round."""
    if end < start:
        return -working_days_between(end, start, period)
    count = 0
    while start < end:
        start += DAY
        count += is_working(start, period)
    return count


def is_late_against_first_promise(row: Row) -> bool:
    promise = row["first_due_at"] or row["due_at"]
    end = row["finished_at"] or row["handed_over_at"]
    if promise is None or end is None:
        return False
    if row["on_time_rule"] == "instant":
        return bool(end > promise)
    return bool(end.date() > promise.date())


def counts(rows: Iterable[Row], period: Period, horizon: int = 3) -> Counter[str]:
    """Every count of `summary` about dossiers."""
    found: Counter[str] = Counter()
    for row in rows:
        now = phase(row, period)
        if now is None:
            continue
        if now == "not_accepted":
            found["not_accepted"] += 1
            continue
        found.update(_of_one(row, now, period, horizon))
    return found


def _of_one(row: Row, now: str, period: Period, horizon: int) -> Iterable[str]:
    is_new = row["received_at"] >= period.first
    channel = row["channel"]
    yield "received"
    yield "received_in_period" if is_new else "carried_over"
    if channel in ONLINE:
        yield "online"
        if is_new:
            yield "online_in_period"
    yield (
        "online_level_unknown"
        if channel == "online"
        else (channel if channel in CHANNELS else "channel_unknown")
    )
    if now == "status_unknown":
        yield now
        return
    if row["due_moves"] > 0:
        yield "promise_moved"
    yield now
    if now in ("refused", "withdrawn", "stopped"):
        yield "ended_otherwise"
    elif now == "resolved":
        yield "resolved_no_due" if row["timing"] == "no_due" else row["timing"]
        if is_late_against_first_promise(row):
            yield "late_against_first_promise"
    else:
        state = open_state(row, period)
        yield f"open_{state}"
        if state == "in_time" and days_left(row, period) <= horizon:
            yield "due_soon"


def rates(found: Counter[str]) -> dict[str, float | None]:
    """The rates that stand beside the counts; None without a denominator."""
    in_time = found["early"] + found["on_time"]
    with_due = in_time + found["late"]
    received = found["received"]
    return {
        "on_time_rate_a": share(in_time, with_due),
        "on_time_rate_b": share(received - found["late"] - found["open_overdue"], received),
        "on_time_rate_c": share(in_time + found["open_in_time"], received),
        "on_time_rate_d": share(in_time, received),
        "late_rate": share(found["late"], with_due),
        "online_rate": share(found["online_in_period"], found["received_in_period"]),
    }


def share(numerator: float, denominator: float) -> float | None:
    return numerator / denominator if denominator else None


def grouped(rows: Iterable[Row], key: Callable[[Row], Any]) -> dict[Any, list[Row]]:
    """Rows by key, None for rows without one."""
    groups: dict[Any, list[Row]] = {}
    for row in rows:
        groups.setdefault(key(row), []).append(row)
    return groups


def queue_counts(rows: Iterable[Row], period: Period, horizon: int = 3) -> Counter[str]:
    """Open dossiers per bucket of the queue."""
    return Counter(
        bucket for row in rows if (bucket := queue_bucket(row, period, horizon)) is not None
    )


def queue_bucket(row: Row, period: Period, horizon: int) -> str | None:
    state = open_state(row, period)
    if state != "in_time":
        return state
    left = days_left(row, period)
    if left <= 0:
        return "today"
    return str(left) if left <= horizon else "later"


def months(period: Period) -> list[Period]:
    """The period cut at the first of every month."""
    found = []
    first = period.first
    while first < period.upper:
        following = datetime(first.year + first.month // 12, first.month % 12 + 1, 1)
        found.append(Period(first, min(following, period.upper), period.days_off))
        first = following
    return found


def satisfaction(answers: Sequence[Row], period: Period) -> dict[str, Any]:
    """Counts, share and mean of the overall question; one scale."""
    inside = [
        row
        for row in answers
        if row["is_overall"]
        and period.first <= (row["answered_at"] or datetime(1, 1, 1)) < period.upper
    ]
    levels = Counter(row["level"] for row in inside)
    rated = [row for row in inside if row["level"] not in ("dont_know", "unknown")]
    return {
        "n": len(rated),
        "dont_know": levels["dont_know"],
        "very_satisfied": levels["very_satisfied"],
        "satisfied": levels["satisfied"],
        "neutral": levels["neutral"],
        "dissatisfied": levels["dissatisfied"],
        "very_dissatisfied": levels["very_dissatisfied"],
        "satisfied_rate": share(levels["very_satisfied"] + levels["satisfied"], len(rated)),
        "mean": share(sum(row["score"] for row in rated), len(rated)),
    }
