"""Time of each query that a screen asks, warm: what a new question costs, without Streamlit."""

from __future__ import annotations

import statistics
import time
from datetime import datetime
from typing import Any

from pipeline import queries
from pipeline.access import default_scope
from pipeline.warehouse import Snapshot

TURNS = 5
AS_OF = datetime(2024, 12, 31)
MONTH: dict[str, Any] = {"first": datetime(2024, 11, 1), "upper": datetime(2024, 12, 1)}
BEFORE = {"first": datetime(2024, 10, 1), "upper": datetime(2024, 10, 26)}
LAST_YEAR = {"first": datetime(2023, 11, 1), "upper": datetime(2023, 11, 26)}
YEAR: dict[str, Any] = {"first": datetime(2024, 1, 1), "upper": datetime(2024, 12, 1)}
BY_UNIT = {"group_by": "unit"}
WRITTEN = {"answered": "written", "scale": "five_level", "limit": 500}
# screen -> the queries it draws, with what they are asked beside the month
SCREENS: dict[str, list[tuple[str, dict[str, Any]]]] = {
    "overview": [
        *((name, {}) for name in ("identities", "summary", "heatmap", "queue_counts", "freshness")),
        *(("summary", earlier) for earlier in (BEFORE, LAST_YEAR)),
        *((name, {}) for name in ("reorganised", "apology_funnel", "months", "units", "fields")),
        ("trend", YEAR),
        ("satisfaction", {"group_by": "month", **YEAR}),
    ],
    "hotspots": [
        *((name, {}) for name in ("summary", "hotspots", "heatmap", "pareto_fields")),
        *((name, {}) for name in ("overdue_age", "old_open", "by_unit")),
        *(("summary", earlier) for earlier in (BEFORE, LAST_YEAR)),
        ("trend", YEAR),
    ],
    "online": [
        *((name, {}) for name in ("online", "online_by_unit", "online_offered", "channel_mix")),
        ("online", YEAR),
    ],
    "satisfaction": [
        ("satisfaction", {}),
        *((name, {}) for name in ("satisfaction_questions", "response_rate")),
        ("response_rate_by_unit", {}),
        ("satisfaction", BY_UNIT),
        ("satisfaction", {"group_by": "month", **YEAR}),
        ("satisfaction_answers", {**WRITTEN, "limit": 1}),
        ("satisfaction_answers", WRITTEN),
    ],
    "queue": [
        *((name, {}) for name in ("queue_counts", "overdue_letters")),
        ("queue", {"bucket": "today", "limit": 500}),
        ("queue", {"bucket": "overdue", "limit": 500}),
    ],
    "dossiers": [
        ("dossiers", {"measure": measure, "limit": 500}) for measure in ("received", "late")
    ],
    "quality": [(name, {}) for name in ("ledger", "identities", "flags", "status_unknown")],
}


def milliseconds(snapshot: Snapshot, name: str, **asked: Any) -> float:
    """Median of some warm runs; the first run is thrown away."""
    known = queries.named(name).parameters
    given = {key: value for key, value in MONTH.items() if key in known} | asked
    taken = []
    for _ in range(TURNS + 1):
        began = time.perf_counter()
        queries.run(snapshot, default_scope(), name, as_of=AS_OF, **given)
        taken.append((time.perf_counter() - began) * 1000)
    return statistics.median(taken[1:])


def of_one_dossier(snapshot: Snapshot) -> list[tuple[str, dict[str, Any]]]:
    """What the screen of a dossier asks, about the newest one."""
    newest = queries.run(snapshot, default_scope(), "dossiers", as_of=AS_OF, limit=1)
    of_it = {"dossier": newest["dossier_code"][0].as_py(), "system": newest["system"][0].as_py()}
    parts = ("clock", "steps", "changes", "batches", "flags", "apologies", "surveys")
    return [("dossier", of_it), *((f"dossier_{part}", of_it) for part in parts)]


def measure(snapshot: Snapshot) -> None:
    """Print the time of every screen's questions together, and of each."""
    print("\nQueries asked anew, on one cursor, in ms")
    for screen, asked in {**SCREENS, "dossier": of_one_dossier(snapshot)}.items():
        taken = [(name, milliseconds(snapshot, name, **params)) for name, params in asked]
        print(f"{screen:<28}{sum(time for _, time in taken):8.1f}")
        for name, time_taken in taken:
            print(f"    {name:<24}{time_taken:8.1f}")
