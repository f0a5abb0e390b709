"""An ingest killed at any stage leaves yesterday's board, and the next one is right."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline import publish
from pipeline.ingest import ingest
from tests.conftest import ROOT
from tests.unit.ingested import dossier, export, rows

# stage -> what appears below the warehouse when the ingest has come so far; * stands for any name
STAGES = {
    "a folder is being landed": "landing/.working-*",
    "a batch is landed": "landing/[!.]*/manifest.json",
    "a snapshot is being built": "snapshots/.building-*",
}
# Stops where a person would pull the plug: at the first sight of a name, before anything follows.
KILLED = """
import os, signal, sys
from pathlib import Path
from pipeline.cli import main

warehouse, pattern, before = Path(sys.argv[1]), sys.argv[2], set(sys.argv[3].split("|"))

def watch(event, arguments):
    if event not in ("os.mkdir", "os.rename", "open", "shutil.copyfile", "shutil.rmtree"):
        return
    if {str(found) for found in warehouse.glob(pattern)} - before:
        os.kill(os.getpid(), signal.SIGKILL)

sys.addaudithook(watch)
main(["ingest", sys.argv[4], "--source", "igate", "--warehouse", str(warehouse)])
"""


def killed_at(pattern: str, file: Path, warehouse: Path) -> int:
    """Ingest `file` in a process of its own that dies once a new `pattern` is there; its status."""
    before = "|".join(str(found) for found in warehouse.glob(pattern))
    done = subprocess.run(
        [sys.executable, "-c", KILLED, str(warehouse), pattern, before, str(file)],
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    return done.returncode


@pytest.mark.parametrize("stage", STAGES)
def test_a_killed_ingest_leaves_the_board_and_the_next_one_is_right(
    tmp_path: Path, stage: str
) -> None:
    warehouse = tmp_path / "warehouse"
    shown = ingest([export(tmp_path / "a.csv", dossier("A-1"))], warehouse, source="igate")
    later = export(tmp_path / "b.csv", dossier("A-1"), dossier("A-2"))

    assert killed_at(STAGES[stage], later, warehouse) == -signal.SIGKILL
    assert publish.current(warehouse) == shown.snapshot
    assert rows(warehouse, "select dossier_code from dossier") == [("A-1",)]

    done = ingest([later], warehouse, source="igate")
    assert (done.read, done.accepted) == (2, 2)
    assert rows(warehouse, "select dossier_code, len(seen) from dossier order by 1") == [
        ("A-1", 2),
        ("A-2", 1),
    ]
    left = [*warehouse.glob("snapshots/.building-*"), *warehouse.glob("landing/.working-*")]
    assert left == []
