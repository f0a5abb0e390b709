"""Two ingests at once: the second is refused with one sentence, the first is right."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

from pipeline import publish
from pipeline.ingest import ingest
from tests.conftest import ROOT
from tests.unit.ingested import dossier, export, rows

# Stands still once its snapshot is being built, until a file lets it go on.
SLOW = """
import sys, time
from pathlib import Path
from pipeline import publish
from pipeline.cli import main

begun, go_on, begin = Path(sys.argv[1]), Path(sys.argv[2]), publish.begin

def waiting(*given):
    working = begin(*given)
    begun.touch()
    while not go_on.exists():
        time.sleep(0.01)
    return working

publish.begin = waiting
main(sys.argv[3:])
"""
PATIENCE = 120  # seconds


def command(file: Path, warehouse: Path) -> list[str]:
    return ["ingest", str(file), "--source", "igate", "--warehouse", str(warehouse)]


def test_the_second_is_refused_and_the_first_is_right(tmp_path: Path) -> None:
    warehouse = tmp_path / "warehouse"
    shown = ingest([export(tmp_path / "a.csv", dossier("A-1"))], warehouse, source="igate")
    first = command(export(tmp_path / "b.csv", dossier("A-2")), warehouse)
    second = command(export(tmp_path / "c.csv", dossier("A-3")), warehouse)
    begun, go_on = tmp_path / "begun", tmp_path / "go on"

    slow = subprocess.Popen([sys.executable, "-c", SLOW, str(begun), str(go_on), *first], cwd=ROOT)
    try:
        until = time.monotonic() + PATIENCE
        while not begun.exists():
            assert slow.poll() is None
            assert time.monotonic() < until
            time.sleep(0.01)
        refused = subprocess.run(
            [sys.executable, "-m", "pipeline", *second],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        assert refused.returncode == 1
        assert "Another ingest is writing to" in refused.stderr.strip().splitlines()[-1]
        assert "Traceback" not in refused.stderr
        assert publish.current(warehouse) == shown.snapshot
    finally:
        go_on.touch()
        assert slow.wait(PATIENCE) == 0

    # the refused file left nothing behind that a later ingest would take in
    assert rows(warehouse, "select dossier_code from dossier order by 1") == [("A-1",), ("A-2",)]
    done = ingest([tmp_path / "c.csv"], warehouse, source="igate")
    assert (done.news, done.accepted) == (True, 1)
    assert rows(warehouse, "select dossier_code, batch_no from dossier order by 1") == [
        ("A-1", 1),
        ("A-2", 2),
        ("A-3", 3),
    ]
