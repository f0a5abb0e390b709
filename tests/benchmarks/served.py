"""How long the server of a running board works for each screen, from the request to the last delta.

Warm: the screen as it was before, as a click on a row, a language or another tab runs it. Another
unit: a filter that nobody chose before, so that every question is asked anew.
"""

from __future__ import annotations

import statistics
from datetime import datetime

from pipeline.warehouse import Snapshot
from tests.benchmarks.places import another, places
from tests.live.visit import Answer, Place, Visit, visiting

WARM, NEW = 7, 5


def measure(board: str, snapshot: Snapshot, now: datetime, budget_ms: int) -> int:
    """Print each screen's server time; returns how many screens failed or complained."""
    print(f"\nServer time from request to last delta, in ms (budget, warm: {budget_ms})")
    print(f"{'':<36}{'first':>8}{'warm':>8}{'another unit':>14}{'elements':>10}{'kB':>7}")
    failed = 0
    for place in places(snapshot, now):
        with visiting(board) as visit:
            failed += _measure(visit, place, another(place, snapshot, now)[:NEW], budget_ms)
    return failed


def _measure(visit: Visit, place: Place, others: list[Place], budget_ms: int) -> int:
    first = visit.ask(place)
    warm = [visit.ask(place) for _ in range(WARM)]
    new = [visit.ask(one) for one in others]
    complaints = [said for answer in (first, *warm, *new) for said in answer.complaints]
    told = {k: v for k, v in place.choices.items() if k in ("bucket", "period")}
    name = " ".join([place.screen, *(f"{k}={v}" for k, v in told.items())])
    middle = _median(warm)
    last = warm[-1]
    print(
        f"{name:<36}{first.seconds * 1000:8.0f}{middle:8.0f}{_median(new):14.0f}"
        f"{len(last.sent):10}{last.bytes / 1024:7.0f}"
        + ("  over budget" if middle > budget_ms else "")
        + (f"  FAILED: {complaints[0]}" if complaints else ""),
        flush=True,
    )
    return bool(complaints)


def _median(answers: list[Answer]) -> float:
    return statistics.median(answer.seconds for answer in answers) * 1000
