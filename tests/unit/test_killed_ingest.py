"""An ingest killed at any stage leaves yesterday's board, and the next one is right."""

from __future__ import annotations

import signal
from pathlib import Path

import pytest

from pipeline import publish
from pipeline.ingest import ingest
from tests.unit.ingested import dossier, export, rows
from tests.unit.killed import STAGES, killed_at

# What a kill may leave behind and the next ingest takes away.
LEFTOVERS = ("snapshots/.building-*", "landing/.working-*", ".current-*")


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
    left = [found for pattern in LEFTOVERS for found in warehouse.glob(pattern)]
    assert left == []
