"""One dossier: its course in order, what each file said, and a plain word when there is none."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
from streamlit.testing.v1 import AppTest

from tests.pages.conftest import OpenPage, figures, texts
from tests.snapshots import answer, batch, build, day, dossier, finished


def history(warehouse: Path) -> None:
    """A dossier of 1/1/2024, promised for the 11th, then the 16th, done on the 15th."""
    of_it: dict[str, Any] = {"system": "S", "dossier_code": "H1"}
    build(
        warehouse,
        [
            finished(
                day(14),
                dossier_code="H1",
                due_at=day(15),
                first_due_at=day(10),
                due_moves=1,
                handed_over_at=day(16),
                seen=[
                    {"batch_no": 1, "sheet_no": 1, "line": 7},
                    {"batch_no": 2, "sheet_no": 1, "line": 9},
                ],
            ),
            dossier(dossier_code="H2", unit_id="U2"),
        ],
        batch=[batch(1, landed_at=day(2)), batch(2, landed_at=day(9))],
        batch_sheet=[
            {"batch_no": n, "sheet_no": 1, "file_name": f"tuan-{n}.xlsx", "sha256": str(n)}
            | {"read_n": 1, "left_out_n": 0}
            for n in (1, 2)
        ],
        dossier_change=[
            of_it
            | {
                "batch_no": 2,
                "column_name": "due_at",
                "old_value": str(day(10)),
                "new_value": str(day(15)),
            }
        ],
        dossier_step=[
            of_it
            | {
                "batch_no": 1,
                "step_no": 1,
                "step_name": "Thẩm định",
                "unit_id": "U1",
                "started_at": day(1),
                "due_at": day(3),
                "finished_at": day(4),
            }
        ],
        flag=[
            of_it | {"batch_no": 1, "unit_id": "U1", "rule": "code_date_differs", "detail": "x > y"}
        ],
        apology=[
            of_it
            | {
                "batch_no": 2,
                "unit_id": "U1",
                "ordinal": 1,
                "document_no": "12/TB",
                "issued_at": day(8),
                "reason": "Chờ ý kiến",
                "new_due_at": day(15),
            }
        ],
    )


def opened(open_page: OpenPage, code: str, **address: str) -> AppTest:
    return open_page("dossier", **{"dossier": code, "as_of": "2024-01-31", **address})


def tables(app: AppTest) -> dict[str, pd.DataFrame]:
    """The tables by what is special about their columns."""
    special = {"what": "course", "timing": "steps", "line": "files", "old_value": "changes"}
    special |= {"rule": "flags", "ordinal": "letters"}
    return {
        name: frame.value
        for frame in app.dataframe
        for column, name in special.items()
        if column in frame.value.columns
    }


def test_the_course_stands_in_the_order_of_time(warehouse: Path, open_page: OpenPage) -> None:
    history(warehouse)

    course = tables(opened(open_page, "H1"))["course"]

    assert list(course["what"]) == [
        "Tiếp nhận",
        "Bắt đầu bước: Thẩm định",
        "Xong bước: Thẩm định",
        "Thư xin lỗi lần 1",
        "Dời ngày hẹn trả",
        "Hẹn trả lần đầu",
        "Kết thúc xử lý",
        "Hẹn trả",
        "Trả kết quả",
    ]
    assert course["at"].is_monotonic_increasing
    assert list(course["detail"])[4] == "09:00 11/01/2024 → 09:00 16/01/2024"


def test_the_sentence_judges_by_the_promise_that_holds(
    warehouse: Path, open_page: OpenPage
) -> None:
    history(warehouse)

    app = opened(open_page, "H1")

    assert "**H1 đã giải quyết trước hạn**" in texts(app)
    assert "quá hạn**" not in texts(app)
    assert figures(app)["Hẹn trả lần đầu"] == "11/01/2024"
    assert "đã dời 1 lần" in texts(app)


def test_every_file_that_spoke_of_it_is_named_with_its_line(
    warehouse: Path, open_page: OpenPage
) -> None:
    history(warehouse)

    shown = tables(opened(open_page, "H1"))

    assert list(shown["files"]["file_name"]) == ["tuan-1.xlsx", "tuan-2.xlsx"]
    assert list(shown["files"]["line"]) == [7, 9]
    assert list(shown["changes"]["column_name"]) == ["Hẹn trả"]
    assert list(shown["flags"]["rule"]) == ["Ngày trong mã hồ sơ khác ngày tiếp nhận"]
    assert list(shown["letters"]["is_before_due"]) == ["Có"]
    assert list(shown["steps"]["timing"]) == ["Quá hạn"]


def test_what_happened_after_as_of_has_not_happened(warehouse: Path, open_page: OpenPage) -> None:
    history(warehouse)

    app = opened(open_page, "H1", as_of="2024-01-12")

    assert "**H1 còn 2 ngày làm việc**" in texts(app)


def test_an_unknown_code_is_said_plainly(warehouse: Path, open_page: OpenPage) -> None:
    history(warehouse)

    app = opened(open_page, "H9")

    assert "Không tìm thấy hồ sơ **H9**." in app.warning[-1].value
    assert not app.dataframe


def test_a_dossier_of_another_unit_is_not_found_either(
    warehouse: Path, open_page: OpenPage
) -> None:
    history(warehouse)

    app = opened(open_page, "H2", role="staff", **{"as": "U1"})

    assert "Không tìm thấy hồ sơ **H2**." in app.warning[-1].value
    assert "Đăng ký khai sinh" not in texts(app)


def test_persons_are_masked_for_who_may_not_see_them(warehouse: Path, open_page: OpenPage) -> None:
    history(warehouse)

    leader = texts(opened(open_page, "H1"))
    staff = texts(opened(open_page, "H1", role="staff", **{"as": "U1"}))

    assert "Nguyễn Văn An" in staff
    assert "Nguyễn Văn An" not in leader
    assert "0912345678" not in leader


def test_without_a_code_the_screen_asks_for_one(warehouse: Path, open_page: OpenPage) -> None:
    history(warehouse)

    app = open_page("dossier")

    assert "Nhập mã hồ sơ" in app.info[0].value
    assert not app.dataframe


def test_a_survey_is_mentioned_and_what_it_says_is_not(
    warehouse: Path, open_page: OpenPage
) -> None:
    told = {"system": "S", "dossier_code": "H1", "response_id": "R1"}
    build(
        warehouse,
        [finished(day(5), dossier_code="H1")],
        answers=[
            answer("very_dissatisfied", comment="Chờ quá lâu", **told),
            answer("neutral", question_id="speed", is_overall=False, **told),
        ],
    )

    for role in ("steward", "operator", "province_leader"):
        app = open_page("dossier", dossier="H1", system="S", role=role)
        shown = app.dataframe[-1].value
        assert list(shown.columns) == ["answered_at", "survey_channel"]
        assert len(shown) == 1
        assert "Chờ quá lâu" not in texts(app)
