"""The clock on the screen of a dossier: results side by side, reasons in words, lines with laws."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from pipeline.wording import LANGUAGES, wording
from tests.pages.conftest import OpenPage, texts
from tests.snapshots import batch, build, dossier

PROCEDURE = {"procedure_code": "1.000001", "procedure_name": "Đăng ký", "limit_value": 5.0}


def at(day: int, hour: int = 9) -> datetime:
    """A moment in October 2025; the 6th and the 13th are Mondays."""
    return datetime(2025, 10, day, hour)


def supplemented(warehouse: Path, **given: Any) -> None:
    """Received on the 6th, five working days; asked on the 8th, supplemented on the 14th."""
    row = {
        "dossier_code": "H1",
        "received_at": at(6),
        "due_at": at(13, 17),
        "supplement_requested_at": at(8),
        "supplement_completed_at": at(14),
    }
    build(
        warehouse,
        [dossier(**row | given)],
        procedure=[PROCEDURE | {"limit_unit": "working_day"}],
        batch=[batch(1, mapped_columns=["supplement_requested_at"])],
    )


def opened(open_page: OpenPage, **address: str) -> AppTest:
    return open_page("dossier", **{"dossier": "H1", "as_of": "2025-10-16", **address})


def shown(app: AppTest) -> tuple[list[list[str]], list[list[str]]]:
    """Rows of both tables: the results, and the lines."""
    results, lines = (table.value.astype(str).to_numpy().tolist() for table in of_clock(app))
    return results, lines


def of_clock(app: AppTest) -> list[Any]:
    """The tables of the clock; course and facts stand before it, steps and files after it."""
    others = {words("dossier.column.place") for words in map(wording, LANGUAGES)}
    others |= {words("dossier.column.started") for words in map(wording, LANGUAGES)}
    return [table for table in app.table[2:] if not others & set(table.value.columns)]


def test_three_results_stand_side_by_side(warehouse: Path, open_page: OpenPage) -> None:
    supplemented(warehouse)

    results, _ = shown(opened(open_page))

    assert [row[0].split("**")[1] for row in results] == [
        "Ngày hẹn trả trên phần mềm",
        "Theo luật",
        "Theo Quyết định 766",
    ]
    assert [row[1] for row in results] == ["**Đang quá hạn**", "**Trong hạn**", "**Trong hạn**"]
    # Law: from the 14th, 15 and 16 used. 766: 9, 10, 13, 14 put the 13th off to the 17th.
    assert [row[2] for row in results] == ["17:00 13/10/2025", "21/10/2025", "17:00 17/10/2025"]
    assert [row[3] for row in results] == ["", "2 / 5 ngày làm việc", "4 / 5 ngày làm việc"]
    assert [row[4] for row in results] == [
        "quá 3 ngày làm việc",
        "còn 3 ngày làm việc",
        "còn 1 ngày làm việc",
    ]


def test_the_difference_is_said_in_sentences_that_accuse_nobody(
    warehouse: Path, open_page: OpenPage
) -> None:
    supplemented(warehouse)

    said = texts(opened(open_page))

    assert "**Ngày hẹn trả 17:00 13/10/2025 được tính từ ngày tiếp nhận.**" in said
    assert "hạn là 21/10/2025, lệch 6 ngày làm việc" in said
    assert "luật tính lại từ đầu, còn 766 chỉ trừ 4 ngày làm việc" in said
    for word in ("vi phạm", "sai phạm", "gian dối"):
        assert word not in said


def test_each_line_has_its_law_by_number_and_the_numbers_are_told(
    warehouse: Path, open_page: OpenPage
) -> None:
    supplemented(warehouse)

    app = opened(open_page)
    _, lines = shown(app)

    said = [row[1] for row in lines]
    asked = next(one for one in said if one.startswith("Yêu cầu bổ sung hồ sơ"))
    (notes,) = (one.value for one in app.caption if one.value.startswith(r"\[1\]"))
    number = asked.partition(r"\[")[2][0]
    assert rf"\[{number}\] Nghị định 118/2025/NĐ-CP Điều 19 (đã đọc văn bản)" in notes
    assert "Luật chuyên ngành có thể quy định khác." in notes
    assert "phi địa giới" not in notes  # not handed in elsewhere: that rule says nothing here


def test_a_holiday_is_named_where_it_was_skipped(warehouse: Path, open_page: OpenPage) -> None:
    supplemented(
        warehouse,
        received_at=datetime(2026, 2, 12, 9),
        due_at=datetime(2026, 2, 26, 17),
        supplement_requested_at=None,
        supplement_completed_at=None,
    )

    _, vi = shown(opened(open_page, as_of="2026-02-24"))
    _, en = shown(opened(open_page, as_of="2026-02-24", lang="en"))

    assert "4 ngày cuối tuần; Tết Nguyên Đán 16/02/2026–20/02/2026" in vi[1][1]
    assert "4 weekend days; Lunar New Year 16 Feb 2026–20 Feb 2026" in en[1][1]


def test_an_amount_that_hangs_on_an_unknown_wait_is_said_to_be_at_most(
    warehouse: Path, open_page: OpenPage
) -> None:
    supplemented(warehouse, supplement_completed_at=None)

    results, _ = shown(opened(open_page))

    assert results[1][1] == "**Chưa đủ căn cứ**"
    assert (results[1][3], results[1][4]) == ("nhiều nhất 8 / 5 ngày làm việc", "")


def test_hours_are_told_in_hours_and_minutes(warehouse: Path, open_page: OpenPage) -> None:
    build(
        warehouse,
        [dossier(dossier_code="H1", received_at=at(6), due_at=at(7, 10))],
        procedure=[PROCEDURE | {"limit_value": 8.0, "limit_unit": "hour"}],
        batch=[batch(1)],
    )

    results, _ = shown(opened(open_page, as_of="2025-10-06T15:20"))

    # 9:00-11:30 and 13:30-15:20 are 4 h 20 min.
    assert results[1][3] == "4 giờ 20 phút / 8 giờ làm việc"
    assert results[1][4] == "còn 3 giờ 40 phút"


def test_a_dossier_not_accepted_shows_one_line_and_no_result(
    warehouse: Path, open_page: OpenPage
) -> None:
    supplemented(warehouse, status="not_accepted")

    (table,) = of_clock(opened(open_page))

    assert len(table.value) == 1
    assert "đồng hồ chưa chạy" in str(table.value.iloc[0, 1])


def test_the_name_of_a_step_stays_text(warehouse: Path, open_page: OpenPage) -> None:
    build(
        warehouse,
        [dossier(dossier_code="H1", received_at=at(6), due_at=at(13, 17))],
        procedure=[PROCEDURE | {"limit_unit": "working_day"}],
        batch=[batch(1)],
        dossier_step=[
            {"system": "S", "dossier_code": "H1", "batch_no": 1, "step_no": 1}
            | {"step_name": "**Thuế** :red[x]", "unit_id": "T", "started_at": at(7)}
        ],
    )

    _, lines = shown(opened(open_page))

    assert any("\\*\\*Thuế\\*\\* \\:\u2060red\\[x\\]" in row[1] for row in lines)


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_no_text_is_left_as_a_key_or_a_dash(
    warehouse: Path, open_page: OpenPage, lang: str
) -> None:
    supplemented(warehouse)

    results, lines = shown(opened(open_page, lang=lang))

    for row in [*results, *lines]:
        assert not any("clock." in cell or "—" in cell or "None" in cell for cell in row)
