"""Every rule finds what it is there for, and nothing on clean rows."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.ingest import ingest
from pipeline.quality import rules
from tests.unit.ingested import asked, dossier, export, rows

UNITS = "Mã đơn vị;Tên đơn vị;Cấp"
CROWD = [
    dossier(f"A-{n}", finished="04/03/2024 16:10:30", due="05/03/2024 17:00:00") for n in range(10)
]
# rule -> rows of a list of dossiers in which it finds something
FAULTS: dict[str, list[str]] = {
    "no_code": [dossier("")],
    "no_received": [dossier(received="")],
    "impossible_received": [dossier(received="31/02/2024")],
    "impossible_date": [dossier(due="31/02/2024")],
    "finished_before_received": [dossier(finished="28/02/2024 10:00:00")],
    "due_before_received": [dossier(due="28/02/2024 10:00:00")],
    "received_in_future": [
        dossier(received="01/03/2199", due="", finished="", status="Đang xử lý")
    ],
    "finished_in_future": [dossier(finished="04/03/2199 10:00:00")],
    "code_date_differs": [dossier("H37.14-231207-0003")],
    "status_against_dates": [dossier(finished="")],
    "status_unknown": [dossier(status="Tạm dừng")],
    "channel_unknown": [dossier(channel="Bồ câu")],
    "unit_unknown": [dossier(unit="Phòng không có trong danh mục")],
    "finish_from_hand_over": [dossier(finished="", handed_over="04/03/2024 16:10:00")],
    "duplicate_code": [dossier(), dossier(due="06/03/2024 17:00:00")],
    "bulk_finish": CROWD,
}
REJECTING = {"no_code", "no_received", "impossible_received"}


def test_every_rule_of_a_dossier_has_a_row_here() -> None:
    assert set(FAULTS) == set(rules()) - {"no_step"}


@pytest.mark.parametrize("rule", sorted(FAULTS))
def test_a_rule_finds_its_fault(tmp_path: Path, rule: str) -> None:
    warehouse = tmp_path / "warehouse"
    if rule == "unit_unknown":
        ingest([export(tmp_path / "units.csv", "TP;Tư pháp;Phòng", headers=UNITS)], warehouse)
    done = ingest([export(tmp_path / "list.csv", *FAULTS[rule])], warehouse, source="igate")
    if rule in REJECTING:
        assert done.rejects_by_rule == {rule: 1}
        assert (done.read, done.accepted, done.rejected) == (1, 0, 1)
    elif rule == "duplicate_code":
        assert (done.read, done.accepted, done.duplicate) == (2, 1, 1)
    else:
        assert done.flags.get(rule) == len(FAULTS[rule])
        assert done.rejected == 0
        assert {f for (f,) in rows(warehouse, "select rule from flag")} == set(done.flags)


def test_clean_rows_offend_no_rule(tmp_path: Path) -> None:
    warehouse = tmp_path / "warehouse"
    ingest([export(tmp_path / "units.csv", "TP;Tư pháp;Phòng", headers=UNITS)], warehouse)
    clean = [dossier("A-1"), dossier("H37.14-240301-0003"), dossier("A-3", channel="Trực tiếp")]
    done = ingest([export(tmp_path / "list.csv", *clean)], warehouse, source="igate")
    assert (done.read, done.accepted) == (3, 3)
    assert done.flags == {}
    assert done.rejects_by_rule == {}


def test_a_step_without_a_name_stays_out(tmp_path: Path) -> None:
    headers = "Mã hồ sơ;Tên bước;Ngày nhận;Ngày hoàn thành"
    slip = export(tmp_path / "slip.csv", "A-1;;01/03/2024;02/03/2024", headers=headers)
    done = ingest([slip], tmp_path / "warehouse", source="control_slip")
    assert done.rejects_by_rule == {"no_step": 1}
    assert rows(tmp_path / "warehouse", "select * from dossier_step") == []


def test_a_rejected_row_keeps_its_text_line_and_rule(tmp_path: Path) -> None:
    warehouse = tmp_path / "warehouse"
    faulty = export(tmp_path / "list.csv", dossier("A-1"), dossier("A-2", received="31/02/2024"))
    ingest([faulty], warehouse, source="igate")
    (kept,) = rows(warehouse, "select line, rule, column_name, value, row_text from reject")
    assert kept[:4] == (3, "impossible_received", "received_at", "31/02/2024")
    assert '"Số hồ sơ":"A-2"' in kept[4]
    assert [code for (code,) in rows(warehouse, "select dossier_code from dossier")] == ["A-1"]


def test_the_last_row_of_a_code_is_the_one_that_counts(tmp_path: Path) -> None:
    warehouse = tmp_path / "warehouse"
    twice = export(
        tmp_path / "list.csv",
        dossier("A-1", finished="04/03/2024 16:10:00"),
        dossier("A-1", finished="08/03/2024 16:10:00"),
    )
    ingest([twice], warehouse, source="igate")
    assert rows(warehouse, "select timing from dossier") == [("late",)]
    assert rows(warehouse, "select rule, line from reject") == [("duplicate_code", 2)]


def test_a_bad_last_row_does_not_push_a_good_one_out(tmp_path: Path) -> None:
    warehouse = tmp_path / "warehouse"
    twice = export(tmp_path / "list.csv", dossier("A-1"), dossier("A-1", received="31/02/2024"))
    done = ingest([twice], warehouse, source="igate")
    assert (done.accepted, done.rejected, done.duplicate) == (1, 1, 0)


def test_rows_read_are_accounted_for_in_the_ledger(tmp_path: Path) -> None:
    warehouse = tmp_path / "warehouse"
    mixed = [dossier("A-1"), dossier("A-1"), dossier(""), dossier("A-2", received="?")]
    done = ingest([export(tmp_path / "list.csv", *mixed)], warehouse, source="igate")
    assert (done.read, done.accepted, done.rejected, done.duplicate) == (4, 1, 2, 1)
    assert all(found["difference"] == 0 for found in asked(warehouse, "identities"))
