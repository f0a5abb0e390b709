"""The invented province behind a first `make run`, and its renewal with `make demo`.

    python scripts/demo.py if-empty|renew WAREHOUSE DOSSIERS

if-empty: fills a warehouse that holds nothing; does nothing where there are figures already.
renew:    writes the demo as of now and loads it; refused where figures of a real office are.

Every step may be interrupted: the exports get their final name when they are complete, and
loading the same files again is no news. Two starts at once make one demo: the second one waits,
even for what a killed one left running.
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

ROOT = Path(__file__).resolve().parents[1]
EXPORTS = ROOT / "data" / "inbox" / "demo"
NOTE = ROOT / ".make" / "demo-into"  # the warehouse that a demo was begun in

Held = Literal["nothing", "unfinished", "demo", "real"]


@contextmanager
def alone() -> Iterator[int]:
    """Hold the demo of this clone; yields the lock, for programs that write on after our death."""
    try:
        NOTE.parent.mkdir(exist_ok=True)
        lock = os.open(NOTE.with_name("demo-lock"), os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        raise SystemExit(
            f"The demo cannot be made here ({error.strerror}: {error.filename}): run make as the"
            " user who owns this folder, or give this user a clone of his own."
        ) from error
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield lock
    finally:
        os.close(lock)


def pipeline(lock: int, *arguments: str) -> None:
    """Run the command line as a person would; its progress and errors are shown as they come."""
    done = subprocess.run(
        [sys.executable, "-m", "pipeline", *arguments],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        pass_fds=(lock,),
        check=False,
    )
    if done.returncode != 0:
        raise SystemExit(f"The demo could not be made: 'python -m pipeline {arguments[0]}' failed.")


def ledger(warehouse: Path) -> list[dict[str, object]]:
    """The batches of the current snapshot."""
    asked = ["query", "ledger", "--format", "json", "--warehouse", str(warehouse)]
    done = subprocess.run(
        [sys.executable, "-m", "pipeline", *asked],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        check=False,
    )
    if done.returncode != 0:
        raise SystemExit(
            f"What {warehouse} holds could not be read, so no demo was loaded into it."
        )
    answer = json.loads(done.stdout)
    return list(answer["rows"] if isinstance(answer, dict) else answer)


def held(warehouse: Path) -> Held:
    """What a warehouse holds; "unfinished" where batches were landed and nothing was published."""
    if (warehouse / "current").is_file():
        return "demo" if all(batch["is_invented"] for batch in ledger(warehouse)) else "real"
    if not warehouse.exists() or all(entry.name.startswith(".") for entry in warehouse.iterdir()):
        return "nothing"
    return "unfinished"


def was_begun_by_us(warehouse: Path) -> bool:
    return NOTE.is_file() and NOTE.read_text(encoding="utf-8") == str(warehouse.resolve())


def write_exports(lock: int, dossiers: int) -> None:
    """The exports as of now; a half-written set never carries the final name."""
    growing = EXPORTS.with_name(".demo-growing")
    shutil.rmtree(growing, ignore_errors=True)
    print(f"Inventing a province with {dossiers:,} dossiers ...", file=sys.stderr)
    pipeline(lock, "demo", "--out", str(growing), "--dossiers", str(dossiers), "--as-of", "now")
    shutil.rmtree(EXPORTS, ignore_errors=True)
    growing.rename(EXPORTS)


def load(lock: int, warehouse: Path) -> None:
    NOTE.write_text(str(warehouse.resolve()), encoding="utf-8")
    print(f"Loading the demo into {warehouse} ...", file=sys.stderr)
    pipeline(lock, "ingest", str(EXPORTS), "--warehouse", str(warehouse))


def fill_if_empty(warehouse: Path, dossiers: int) -> None:
    if (warehouse / "current").is_file():
        return
    with alone() as lock:
        now_held = held(warehouse)
        if now_held in ("demo", "real"):
            return  # another start was quicker
        if now_held == "unfinished" and not was_begun_by_us(warehouse):
            print(
                f"{warehouse} holds files but no published figures, so no demo is loaded into it: "
                "ingest your exports again, the last line will say what stopped them.",
                file=sys.stderr,
            )
            return
        if not EXPORTS.is_dir():
            write_exports(lock, dossiers)
        load(lock, warehouse)


def renew(warehouse: Path, dossiers: int) -> None:
    with alone() as lock:
        now_held = held(warehouse)
        if now_held == "real" or (now_held == "unfinished" and not was_begun_by_us(warehouse)):
            raise SystemExit(
                f"{warehouse} holds figures that are not the demo's, so nothing was changed: "
                "name another folder, as in make demo WAREHOUSE=data/warehouse-demo."
            )
        write_exports(lock, dossiers)
        load(lock, warehouse)


def main() -> None:
    """Read the three arguments and do as asked."""
    step, warehouse, dossiers = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])
    if not warehouse.is_absolute():
        warehouse = ROOT / warehouse
    {"if-empty": fill_if_empty, "renew": renew}[step](warehouse, dossiers)


if __name__ == "__main__":
    main()
