"""Steps: their time against their own limit, whose time it was, and where dossiers turn late.

Day 0 is Monday 1/1/2024; figures speak of day 35, Monday 5/2/2024.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from pipeline import queries
from pipeline.access import default_scope, scope_from_text
from pipeline.warehouse import Snapshot, open_snapshot
from tests.snapshots import build, day, dossier, finished, unit

NOW = datetime(2024, 2, 5, 12)
JANUARY = {"first": datetime(2024, 1, 1), "upper": datetime(2024, 2, 1)}


def step(step_no: int, **given: Any) -> dict[str, Any]:
    row = {
        "system": "S",
        "dossier_code": "D",
        "batch_no": 1,
        "step_no": step_no,
        "step_name": "Thẩm định",
        "unit_id": "U1",
        "officer_name": "Trần Thị Bình",
        "started_at": None,
        "due_at": None,
        "finished_at": None,
    }
    return row | given


def opened(folder: Path, steps: list[dict[str, Any]], *rows: dict[str, Any]) -> Snapshot:
    told = rows or (dossier(dossier_code="D", received_at=day(0), due_at=day(60)),)
    units = [unit(name) for name in ("U1", "U2")]
    snapshot = open_snapshot(build(folder, told, units=units, dossier_step=steps))
    assert snapshot is not None
    return snapshot


def asked(snapshot: Snapshot, name: str, **params: Any) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = queries.run(
        snapshot, default_scope(), name, as_of=NOW, **params
    ).to_pylist()
    return rows


def test_a_step_takes_the_working_days_between_its_ends(tmp_path: Path) -> None:
    # Friday to Monday: one working day
    steps = [step(1, started_at=day(4), finished_at=day(7))]
    (row,) = asked(opened(tmp_path, steps), "step_times")
    assert (row["step_n"], row["spent_days"], row["spent_days_sum"]) == (1, 1, 1)


def test_a_step_without_a_beginning_begins_where_the_one_before_ended(tmp_path: Path) -> None:
    steps = [
        step(1, step_name="Một", finished_at=day(2)),
        step(2, step_name="Hai", finished_at=day(4)),
    ]
    days = {
        row["step_name"]: row["spent_days"] for row in asked(opened(tmp_path, steps), "step_times")
    }
    assert days == {"Một": 2, "Hai": 2}


def test_a_limit_passed_counts_of_those_with_a_limit(tmp_path: Path) -> None:
    steps = [
        step(1, started_at=day(0), finished_at=day(2), due_at=day(1)),
        step(2, started_at=day(2), finished_at=day(3), due_at=day(4)),
        step(3, started_at=day(3), finished_at=day(4)),
    ]
    (row,) = asked(opened(tmp_path, steps), "step_times")
    assert (row["over_limit_rate_numerator"], row["over_limit_rate_denominator"]) == (1, 2)


def test_only_steps_that_ended_in_the_period_are_timed(tmp_path: Path) -> None:
    steps = [
        step(1, step_name="Sớm", started_at=day(-9), finished_at=day(-8)),
        step(2, step_name="Trong", started_at=day(-8), finished_at=day(3)),
        step(3, step_name="Sau", started_at=day(3), finished_at=day(33)),
    ]
    rows = asked(opened(tmp_path, steps), "step_times", **JANUARY)
    assert [row["step_name"] for row in rows] == ["Trong"]


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Chờ công dân bổ sung", "citizen"),
        ("XÁC ĐỊNH NGHĨA VỤ TÀI CHÍNH", "other_agency"),  # the tax office's work
        ("Thực hiện nghĩa vụ tài chính", "payment"),  # the applicant's
        ("Chuyen phat qua buu dien", "post"),
        ("Lấy ý kiến cơ quan phối hợp", "other_agency"),
        ("Thẩm định hồ sơ", "own"),
    ],
)
def test_whose_time_a_step_takes(tmp_path: Path, name: str, kind: str) -> None:
    (row,) = asked(opened(tmp_path, [step(1, step_name=name, finished_at=day(1))]), "step_times")
    assert row["kind"] == kind


def test_work_in_progress_is_the_last_step_of_an_open_dossier(tmp_path: Path) -> None:
    steps = [
        step(1, started_at=day(0)),  # its end is lacking: the next one has begun
        step(2, started_at=day(5), unit_id="U2", due_at=day(10)),
    ]
    (row,) = [row for row in asked(opened(tmp_path, steps), "step_units") if row["open_n"]]
    assert (row["unit_id"], row["open_n"], row["open_over_limit_n"]) == ("U2", 1, 1)
    assert row["open_days_max"] == 21


def test_nothing_of_a_closed_dossier_is_in_progress(tmp_path: Path) -> None:
    closed = finished(day(9), dossier_code="D")
    rows = asked(opened(tmp_path, [step(1, started_at=day(0))], closed), "step_units")
    assert not [row for row in rows if row["open_n"]]


def turned(folder: Path, *steps: dict[str, Any], **given: Any) -> list[dict[str, Any]]:
    late = finished(day(15), dossier_code="D", due_at=day(10), **given)
    return asked(opened(folder, list(steps), late), "step_turning")


def test_a_dossier_turns_late_at_the_step_that_lay_over_its_day(tmp_path: Path) -> None:
    (row,) = turned(
        tmp_path,
        step(1, step_name="Nhận", started_at=day(0), finished_at=day(10, 17)),
        step(2, step_name="Xét", started_at=day(10, 17), finished_at=day(14)),
        step(3, step_name="Ký", started_at=day(14), finished_at=day(15)),
    )
    assert (row["step_name"], row["late_n"], row["with_slip_n"]) == ("Xét", 1, 1)


def test_a_step_without_an_end_does_not_swallow_the_ones_after_it(tmp_path: Path) -> None:
    (row,) = turned(
        tmp_path,
        step(1, step_name="Nhận", started_at=day(0)),
        step(2, step_name="Xét", started_at=day(2), finished_at=day(14)),
    )
    assert row["step_name"] == "Xét"


def test_a_slip_that_ends_before_the_day_says_nothing(tmp_path: Path) -> None:
    (row,) = turned(tmp_path, step(1, started_at=day(0), finished_at=day(5)))
    assert row["step_name"] is None


def test_a_dossier_in_time_turns_nowhere(tmp_path: Path) -> None:
    in_time = finished(day(9), dossier_code="D", due_at=day(10))
    steps = [step(1, finished_at=day(14))]
    assert asked(opened(tmp_path, steps, in_time), "step_turning") == []


def test_a_hand_off_is_between_two_units(tmp_path: Path) -> None:
    steps = [
        step(1, started_at=day(0), finished_at=day(1)),
        step(2, started_at=day(1), finished_at=day(2)),
        step(3, started_at=day(4), finished_at=day(9), unit_id="U2"),
    ]
    (row,) = asked(opened(tmp_path, steps), "step_handoffs")
    assert (row["from_unit_id"], row["to_unit_id"], row["handoff_n"]) == ("U1", "U2", 1)
    assert (row["handed_days"], row["spent_days"]) == (2, 3)


def test_a_desk_has_a_name_only_for_leaders(tmp_path: Path) -> None:
    snapshot = opened(tmp_path, [step(1, started_at=day(1))])

    def desks(scope: str) -> list[Any]:
        table = queries.run(snapshot, scope_from_text(scope), "step_desks", as_of=NOW)
        return list(table["officer_name"].to_pylist())

    assert desks("unit_leader:U1") == ["Trần Thị Bình"]
    assert desks("staff:U1") == [None]
    assert desks("coordinator") == [None]


def test_the_post_carries_a_result_after_the_dossier_is_closed(tmp_path: Path) -> None:
    closed = finished(day(9), dossier_code="D")
    steps = [step(1, step_name="Trả kết quả qua bưu chính", started_at=day(9))]
    (row,) = asked(opened(tmp_path, steps, closed), "postal_leg")
    assert (row["sent_n"], row["under_way_n"]) == (1, 1)


def posted(folder: Path, sent: int, delivered: int) -> dict[str, Any]:
    codes = [f"P{n}" for n in range(sent)]
    rows = [dossier(dossier_code=code, received_at=day(0), due_at=day(60)) for code in codes]
    steps = [
        step(
            1,
            dossier_code=code,
            step_name="Trả kết quả qua bưu chính",
            started_at=day(1),
            finished_at=day(3) if n < delivered else None,
        )
        for n, code in enumerate(codes)
    ]
    (row,) = asked(opened(folder, steps, *rows), "postal_leg")
    return row


@pytest.mark.parametrize(("sent", "delivered"), [(1_127, 932), (2_556, 2_491), (101, 91)])
def test_the_published_postal_figures_come_out(tmp_path: Path, sent: int, delivered: int) -> None:
    row = posted(tmp_path, sent, delivered)
    assert (row["sent_n"], row["delivered_n"]) == (sent, delivered)
    assert row["under_way_n"] == sent - delivered
    assert row["spent_days"] == 2
