"""Procedures in force and done at the centre, and the time that dossiers use of their limit."""

from __future__ import annotations

import io
import json
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from pipeline import queries
from pipeline.access import default_scope
from pipeline.periods import ALL
from pipeline.reports import ii07, write_report
from pipeline.warehouse import Snapshot, open_snapshot
from pipeline.wording import wording
from tests.snapshots import build, day, dossier, finished

NOW = datetime(2024, 2, 5, 12)


def opened(folder: Path, *rows: dict[str, Any], **tables: Any) -> Snapshot:
    snapshot = open_snapshot(build(folder, rows, **tables))
    assert snapshot is not None
    return snapshot


def asked(snapshot: Snapshot, name: str, **params: Any) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = queries.run(
        snapshot, default_scope(), name, as_of=NOW, **params
    ).to_pylist()
    return rows


def procedures(n: int, agency: str, *, here: int = 0, level: str = "province") -> list[Any]:
    """n procedures of an agency, `here` of them done wholly at the centre."""
    return [
        {
            "procedure_code": f"{agency}-{i}",
            "procedure_name": f"Thủ tục {i}",
            "agency_name": agency,
            "agency_level": level,
            "is_on_the_spot": i < here,
        }
        for i in range(n)
    ]


def lang_son() -> list[Any]:
    """1,191 of 16 departments, 25 of social insurance, 14 of the police, 19 of electricity."""
    return [
        *(one for k in range(16) for one in procedures(74, f"Sở số {k}", here=24)),
        *procedures(7, "Ban quản lý", here=7),
        *procedures(25, "Bảo hiểm xã hội tỉnh", here=5),
        *procedures(14, "Công an tỉnh"),
        *procedures(19, "Điện lực tỉnh"),
    ]


def test_the_published_sum_of_procedures_comes_out(tmp_path: Path) -> None:
    groups = ii07.grouped(asked(opened(tmp_path, procedure=lang_son()), "procedures_in_force"))

    assert ii07.total(groups, "procedure_n") == 1_249
    assert ii07.equation(groups, wording("vi")) == "1.191 + 25 + 14 + 19"
    assert ii07.total(groups, "on_the_spot_n") == 396


def test_the_share_at_the_centre_is_of_every_procedure_in_force(tmp_path: Path) -> None:
    snapshot = opened(tmp_path, procedure=lang_son())

    document = json.loads(
        write_report("ii07", snapshot, default_scope(), ALL, NOW, "vi", as_json=True)
    )
    assert round(document["on_the_spot_rate"] * 100, 2) == 31.71  # printed as 32,49 %
    book = CalamineWorkbook.from_filelike(
        io.BytesIO(write_report("ii07", snapshot, default_scope(), ALL, NOW, "vi"))
    )
    rows = book.get_sheet_by_index(0).to_python()
    total = next(row for row in rows if row[1] == "Tổng số")
    assert total[2:4] == [1249, 396]
    assert total[6] == pytest.approx(396 / 1249)
    assert ["1.249 = 1.191 + 25 + 14 + 19"] in [row[:1] for row in rows]


def test_a_procedure_no_longer_in_force_is_not_counted(tmp_path: Path) -> None:
    listed = procedures(3, "Sở Y tế")
    listed[0]["valid_to"] = date(2024, 2, 4)
    listed[1]["valid_from"] = date(2024, 2, 6)
    (row,) = asked(opened(tmp_path, procedure=listed), "procedures_in_force")
    assert row["procedure_n"] == 1


def test_what_the_list_does_not_say_is_not_counted_as_done_elsewhere(tmp_path: Path) -> None:
    listed = procedures(4, "Sở Y tế", here=1)
    listed[3]["is_on_the_spot"] = None
    (row,) = asked(opened(tmp_path, procedure=listed), "procedures_in_force")
    assert (row["on_the_spot_n"], row["on_the_spot_known_n"], row["procedure_n"]) == (1, 3, 4)


def test_used_days_are_working_days_from_the_day_of_receipt(tmp_path: Path) -> None:
    # Monday 1/1 to Friday 5/1, promised for Monday 8/1: four of five working days
    snapshot = opened(tmp_path, finished(day(4), received_at=day(0), due_at=day(7)))

    (row,) = asked(snapshot, "used_time")

    assert (row["used_time_rate_numerator"], row["used_time_rate_denominator"]) == (4, 5)
    assert row["used_time_rate"] == 0.8
    assert row["is_small_sample"]


def test_nine_of_ten_within_half_the_limit_stand_first(tmp_path: Path) -> None:
    quick = [finished(day(2), due_at=day(14), procedure_code="1") for _ in range(30)]
    slow = [finished(day(14), due_at=day(14), procedure_code="2") for _ in range(30)]
    few = [finished(day(1), due_at=day(14), procedure_code="3")]

    rows = asked(opened(tmp_path, *slow, *quick, *few), "used_time")

    assert [row["procedure_key"] for row in rows] == ["1", "2", "3"]
    assert [row["used_share_p90"] for row in rows[:2]] == [0.2, 1.0]


@pytest.mark.parametrize(
    "row",
    [
        finished(day(0, 15), due_at=day(0, 17)),  # promised for the day of receipt
        finished(day(2), due_at=None),
        dossier(due_at=day(3)),
        dossier(status="refused", ended_at=day(1), due_at=day(3)),
    ],
)
def test_a_dossier_without_days_to_share_out_is_left_aside(
    tmp_path: Path, row: dict[str, Any]
) -> None:
    assert asked(opened(tmp_path, row), "used_time") == []
