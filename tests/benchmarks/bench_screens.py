"""Server time of each query that a screen asks, warm, on a warehouse of 521,756 dossiers.

Run with `make bench`, or: python -m tests.benchmarks.bench_screens [WAREHOUSE]
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from datetime import datetime
from pathlib import Path
from typing import Any

from pipeline import queries
from pipeline.access import default_scope
from pipeline.ingest import ingest
from pipeline.warehouse import Snapshot, open_snapshot
from tests.benchmarks.year import write

TURNS = 5
AS_OF = datetime(2024, 12, 31)
MONTH: dict[str, Any] = {"first": datetime(2024, 11, 1), "upper": datetime(2024, 12, 1)}
# screen -> the queries it draws
SCREENS = {
    "overview": ("summary", "trend", "by_unit", "freshness"),
    "hotspots": ("hotspots", "heatmap", "pareto_fields", "overdue_age"),
    "online": ("online", "online_by_unit", "online_by_field", "online_offered", "channel_mix"),
    "satisfaction": ("satisfaction", "satisfaction_questions", "response_rate"),
    "queue": ("queue_counts", "due_soon", "overdue"),
    "quality": ("ledger", "identities", "flags", "status_unknown"),
}


def milliseconds(snapshot: Snapshot, name: str) -> float:
    """Median of some warm runs; the first run is thrown away."""
    known = queries.named(name).parameters
    given = {key: value for key, value in MONTH.items() if key in known}
    taken = []
    for _ in range(TURNS + 1):
        began = time.perf_counter()
        queries.run(snapshot, default_scope(), name, as_of=AS_OF, **given)
        taken.append((time.perf_counter() - began) * 1000)
    return statistics.median(taken[1:])


def measure(warehouse: Path) -> None:
    """Print the time of every screen and of each of its queries."""
    snapshot = open_snapshot(warehouse)
    if snapshot is None:
        raise SystemExit(f"Nothing has been published in {warehouse}; ingest an export first.")
    for screen, names in SCREENS.items():
        taken = {name: milliseconds(snapshot, name) for name in names}
        print(f"{screen:<24}{sum(taken.values()):8.1f} ms")
        for name, time_taken in taken.items():
            print(f"    {name:<20}{time_taken:8.1f} ms")


def main() -> None:
    """Measure the named warehouse, or one made for it."""
    if len(sys.argv) > 1:
        measure(Path(sys.argv[1]))
        return
    with tempfile.TemporaryDirectory() as folder:
        write(Path(folder) / "year.csv")
        ingest([Path(folder) / "year.csv"], Path(folder) / "warehouse", source="igate")
        measure(Path(folder) / "warehouse")


if __name__ == "__main__":
    main()
