"""How fast the screens are at 521,756 dossiers: their queries, their server, and a browser.

Run with `make bench`, or: python -m tests.benchmarks.bench_screens [WAREHOUSE [BUDGET_MS]]
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from pipeline.ingest import ingest
from pipeline.warehouse import open_snapshot
from tests.benchmarks import drawn, questions, served
from tests.benchmarks.year import write, write_answers, write_procedures
from tests.live.board import live_board

BUDGET_MS = 100  # warm server time of a screen at 521,756 dossiers


@contextmanager
def year() -> Iterator[Path]:
    """A warehouse with a year of one province."""
    with tempfile.TemporaryDirectory() as folder:
        exports, warehouse = Path(folder) / "exports", Path(folder) / "warehouse"
        exports.mkdir()
        write(exports / "year.csv")
        write_answers(exports / "answers.csv")
        write_procedures(exports / "procedures.csv")
        ingest([exports], warehouse)
        yield warehouse


def measure(warehouse: Path, budget_ms: int) -> int:
    """Print everything; returns how many screens failed."""
    snapshot = open_snapshot(warehouse)
    if snapshot is None:
        raise SystemExit(f"Nothing has been published in {warehouse}; ingest an export first.")
    now = datetime.now()
    questions.measure(snapshot)
    with live_board(warehouse) as board:
        failed = served.measure(board.url, snapshot, now, budget_ms)
        return failed + drawn.measure(board.url, snapshot, now)


def main() -> None:
    """Measure the named warehouse, or one made for it."""
    if len(sys.argv) > 1:
        failed = measure(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else BUDGET_MS)
    else:
        with year() as warehouse:
            failed = measure(warehouse, BUDGET_MS)
    if failed:
        raise SystemExit(f"{failed} measurements failed: see above.")


if __name__ == "__main__":
    main()
