"""Dossiers handed in at another counter, and time that they spend at another agency."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from tests.snapshots import unit
from tests.unit.clocked import at, board, by_kind, one, part, step

UNITS = [
    unit("P", unit_level="province"),
    unit("U1", parent_id="P"),
    unit("U2", parent_id="P"),
    unit("D", parent_id="P", unit_level="department"),
    unit("T", parent_id="P", unit_level="other"),
]


@pytest.mark.parametrize(
    ("received", "starts"), [(datetime(2026, 8, 4, 9), 4), (datetime(2026, 8, 5, 9), 6)]
)
def test_since_5_august_2026_the_competent_agency_starts_the_clock(
    tmp_path: Path, received: datetime, starts: int
) -> None:
    told = board(
        tmp_path,
        one(
            received_at=received,
            due_at=at(12, 17, 8, 2026),
            unit_id="U2",
            receiving_unit_id="U1",
        ),
        as_of=at(7, 9, 8, 2026),
        units=UNITS,
        dossier_step=[step(1, "Tiếp nhận", "U2", at(6, 8, 8, 2026), None)],
    )("dossier_clock", dossier="A")

    results = by_kind(part(told, "result"))
    assert results["law"]["at"].day == starts
    assert results["index_766"]["at"] == received
    assert ("received_by_competent" in by_kind(part(told, "line"))) == (starts == 6)


@pytest.mark.parametrize(
    ("unit_id", "receiving"), [("D", "P"), ("U1", "P"), ("U1", "U1"), ("U1", "D"), ("U1", None)]
)
def test_a_dossier_of_the_own_area_is_not_received_elsewhere(
    tmp_path: Path, unit_id: str, receiving: str | None
) -> None:
    told = board(
        tmp_path,
        one(
            received_at=at(5, 9, 8, 2026),
            due_at=at(12, 17, 8, 2026),
            unit_id=unit_id,
            receiving_unit_id=receiving,
        ),
        as_of=at(7, 9, 8, 2026),
        units=UNITS,
    )("dossier_clock", dossier="A")

    kinds = by_kind(part(told, "line"))
    assert "received" in kinds
    assert "received_elsewhere" not in kinds


def test_elsewhere_without_a_step_nothing_is_called_late(tmp_path: Path) -> None:
    told = board(
        tmp_path,
        one(
            received_at=at(5, 9, 8, 2026),
            due_at=at(12, 17, 8, 2026),
            unit_id="U2",
            receiving_unit_id="U1",
        ),
        as_of=at(20, 9, 8, 2026),
        units=UNITS,
    )("dossier_clock", dossier="A")

    assert "competent_unknown" in by_kind(part(told, "line"))
    assert by_kind(part(told, "result"))["law"]["verdict"] == "unknown"


def test_time_at_another_agency_is_shown_and_counts(tmp_path: Path) -> None:
    told = board(
        tmp_path,
        one(),
        units=UNITS,
        dossier_step=[step(1, "Xác định", "T", at(7), at(9)), step(2, "Ký", "U1", at(9), None)],
    )("dossier_clock", dossier="A")

    lines = by_kind(part(told, "line"))
    assert (lines["agency_asked"]["law_does"], lines["agency_answered"]["law_used"]) == ("runs", 3)
    assert lines["agency_asked"]["detail"] == "Xác định"
    assert by_kind(part(told, "result"))["law"]["law_used"] == 4
