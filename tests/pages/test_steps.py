"""Steps on screen: whose time, where dossiers turn late, and desks by name for leaders only."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.pages.conftest import OpenPage, texts
from tests.snapshots import build, day, dossier, finished

AS_OF = "2024-02-05"


def step(code: str, step_no: int, **given: Any) -> dict[str, Any]:
    row = {
        "system": "S",
        "dossier_code": code,
        "batch_no": 1,
        "step_no": step_no,
        "step_name": "Thẩm định",
        "unit_id": "U1",
        "officer_name": "Trần Thị Bình",
    }
    return row | given


def january(warehouse: Path) -> None:
    """A late dossier: three days of work, then seven of waiting for the tax office."""
    steps = [
        step("L", 1, started_at=day(0), finished_at=day(3), due_at=day(2)),
        step(
            "L",
            2,
            step_name="Xác định nghĩa vụ tài chính",
            started_at=day(3),
            finished_at=day(14),
            due_at=day(20),
        ),
        step("O", 1, started_at=day(7)),
    ]
    late = finished(day(14), dossier_code="L", due_at=day(10))
    build(warehouse, [late, dossier(dossier_code="O", due_at=day(60))], dossier_step=steps)


def test_the_sentence_says_whose_time_and_where_it_turned(
    warehouse: Path, open_page: OpenPage
) -> None:
    january(warehouse)

    said = texts(open_page("steps", as_of=AS_OF, period="2024-01"))

    assert "**30,0% thời gian là việc của chính đơn vị** (3/10 ngày làm việc)." in said
    assert "ở bước Xác định nghĩa vụ tài chính: 1 trong 1 hồ sơ" in said
    assert "1/2 bước có thời hạn riêng đã quá thời hạn ấy (50,0%)" in said


def test_leaders_see_desks_by_name_and_a_coordinator_by_unit(
    warehouse: Path, open_page: OpenPage
) -> None:
    january(warehouse)

    leader = open_page("steps", as_of=AS_OF, period="2024-01")
    other = open_page("steps", as_of=AS_OF, period="2024-01", role="coordinator")

    assert list(leader.dataframe[1].value["officer_name"]) == ["Trần Thị Bình"]
    assert "officer_name" not in other.dataframe[1].value.columns
    assert list(other.dataframe[1].value["open_n"]) == [1]


def test_without_slips_the_screen_says_what_it_needs(warehouse: Path, open_page: OpenPage) -> None:
    build(warehouse, [dossier()])

    said = texts(open_page("steps", as_of=AS_OF, period="2024-01"))

    assert "cần phiếu kiểm soát" in said
