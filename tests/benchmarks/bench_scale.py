"""Ten million dossiers: the memory of the process that takes them in, then a day's 5,000 rows.

The day goes in while a reader asks for the summary again and again, as an open board does: it must
never wait and never meet an error. Every ingest is a process of its own, as a scheduler starts it.

Run with `make bench`, or: python -m tests.benchmarks.bench_scale [WAREHOUSE]
DUNGHEN_BENCH_DOSSIERS: another number of dossiers. WAREHOUSE: where to leave what was made.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path

import duckdb

from pipeline import publish, queries
from pipeline.access import default_scope
from pipeline.errors import Refused
from pipeline.warehouse import open_snapshot
from tests.benchmarks.year import write, write_day

DOSSIERS = int(os.environ.get("DUNGHEN_BENCH_DOSSIERS", "10000000"))
ROWS = 5_000
AS_OF = datetime(2024, 12, 31)
GIBIBYTE = 1024**3
SPAWN = get_context("spawn")


@dataclass
class Taken:
    """What one ingest cost."""

    seconds: float
    peak_bytes: int


@dataclass
class Read:
    """What a reader met while an ingest ran."""

    n: int = 0
    slowest: float = 0.0
    errors: list[str] = field(default_factory=list)
    received: set[int] = field(default_factory=set)


def apart(work: Callable[..., None], *given: object) -> None:
    """Do it in a process of its own: what this one ever held, its children seem to have held."""
    process = SPAWN.Process(target=work, args=given)
    process.start()
    process.join()
    if process.exitcode:
        raise SystemExit(f"{work.__name__} ended with status {process.exitcode}.")


def take_in(csv: Path, warehouse: Path) -> Taken:
    """Run the command line on a file; its time and the most memory it held."""
    command = [sys.executable, "-m", "pipeline", "ingest", str(csv), "--source", "igate"]
    began = time.perf_counter()
    with subprocess.Popen(
        [*command, "--warehouse", str(warehouse), "--json"], stdout=subprocess.DEVNULL
    ) as process:
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    seconds = time.perf_counter() - began
    if process.returncode:
        raise SystemExit(f"The ingest of {csv.name} ended with status {process.returncode}.")
    return Taken(seconds, usage.ru_maxrss * 1024)


def read_on(warehouse: str, told: Connection) -> None:
    """Ask for the summary of what is shown now, until told to stop; then tell what was met."""
    met = Read()
    snapshot = None
    while not told.poll():
        began = time.perf_counter()
        try:
            if snapshot is None or snapshot.id != publish.current(Path(warehouse)):
                if snapshot is not None:
                    snapshot.close()
                snapshot = open_snapshot(Path(warehouse))
            assert snapshot is not None
            (row,) = queries.run(snapshot, default_scope(), "summary", as_of=AS_OF).to_pylist()
            met.received.add(row["received"])
        except (duckdb.Error, OSError, Refused) as problem:
            met.errors.append(repr(problem))
        met.n += 1
        met.slowest = max(met.slowest, time.perf_counter() - began)
    told.send(met)


def read_while_taking_in(csv: Path, warehouse: Path) -> tuple[Taken, Read]:
    """One ingest with a reader beside it."""
    ours, theirs = SPAWN.Pipe()
    reader = SPAWN.Process(target=read_on, args=(str(warehouse), theirs))
    reader.start()
    taken = take_in(csv, warehouse)
    ours.send("stop")
    met: Read = ours.recv()
    reader.join()
    return taken, met


def measure(folder: Path, warehouse: Path) -> None:
    """Take in the year and the day after it; print what each costs beside its budget."""
    apart(write, folder / "year.csv", DOSSIERS)
    year = take_in(folder / "year.csv", warehouse)
    (folder / "year.csv").unlink()
    print(f"{DOSSIERS:,} dossiers     {year.seconds:8.1f} s")
    print(f"    memory, at most {year.peak_bytes / GIBIBYTE:10.2f} GiB (budget: 4)", flush=True)

    apart(write_day, folder / "day.csv", DOSSIERS, ROWS)
    day, met = read_while_taking_in(folder / "day.csv", warehouse)
    print(f"{ROWS:,} rows more        {day.seconds:8.1f} s (budget: seconds)")
    print(f"    memory, at most {day.peak_bytes / GIBIBYTE:10.2f} GiB (budget: 4)")
    print(f"    reads meanwhile {met.n:10,}, errors {len(met.errors)} (budget: 0)")
    print(f"    slowest read    {met.slowest * 1000:10.0f} ms")
    for error in met.errors[:3]:
        print(f"    {error}")


def main() -> None:
    """Measure in the named warehouse, or in one that is thrown away."""
    with tempfile.TemporaryDirectory() as folder:
        measure(Path(folder), Path(sys.argv[1] if len(sys.argv) > 1 else folder) / "warehouse")


if __name__ == "__main__":
    main()
