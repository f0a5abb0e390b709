"""One dossier: its course in order, what each file said, and a plain word when there is none."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.conftest import OpenPage, texts
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
        batch=[
            batch(1, landed_at=day(2), data_at=day(1)),
            batch(2, landed_at=day(20), data_at=day(9)),
        ],
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
        answers=[
            answer(system="S", dossier_code="H1", answered_at=day(17, 0), comment="Nhanh"),
        ],
    )


def opened(open_page: OpenPage, code: str, **address: str) -> AppTest:
    return open_page("dossier", **{"dossier": code, "as_of": "2024-01-31", **address})


def part(app: AppTest, column: str) -> pd.DataFrame:
    """The one table of the screen that has this column."""
    (frame,) = [table.value for table in app.table if column in table.value.columns]
    return frame


def course(app: AppTest) -> list[tuple[str, str, str]]:
    """When, what and the detail, without what makes them bold, coloured or an icon."""
    frame = app.table[0].value
    return [(_plain(at), _plain(what), _plain(detail)) for at, what, detail in frame.to_numpy()]


def _plain(cell: str) -> str:
    shown = re.sub(r":material/\w+:|:\w+\[|[\]*\\]", "", cell)
    return shown.replace("\u00a0", " ").strip()


def test_the_course_stands_in_the_order_of_time(warehouse: Path, open_page: OpenPage) -> None:
    history(warehouse)

    assert course(opened(open_page, "H1")) == [
        ("01/01/2024 09:00", "Tiếp nhận", "Xã U1"),
        ("02/01/2024 09:00", "Bước: Thẩm định", "Xã U1 · xong 09:00 05/01/2024, quá hạn"),
        (
            "09/01/2024 09:00",
            "Thư xin lỗi lần 1",
            "12/TB · Chờ ý kiến · hẹn lại 16/01/2024 · gửi trước hạn",
        ),
        (
            "10/01/2024 09:00",
            "Dời ngày hẹn trả",
            "09:00 11/01/2024 → 09:00 16/01/2024 · theo số liệu đến 10/01/2024",
        ),
        ("11/01/2024 09:00", "Hẹn trả lần đầu", ""),
        ("15/01/2024 09:00", "Kết thúc xử lý", "Trước hạn"),
        ("16/01/2024 09:00", "Hẹn trả", "đã dời 1 lần"),
        ("17/01/2024 09:00", "Trả kết quả", ""),
        (
            "18/01/2024",
            "Trả lời khảo sát",
            "Phiếu giấy; câu trả lời được giữ kín (Điều 29 Nghị định 118/2025/NĐ-CP)",
        ),
    ]


def test_the_moment_shown_stands_between_what_was_and_what_is_promised(
    warehouse: Path, open_page: OpenPage
) -> None:
    history(warehouse)

    told = course(opened(open_page, "H1", as_of="2024-01-12"))

    assert [what for _, what, _ in told][-3:] == [
        "Hẹn trả lần đầu",
        "Thời điểm đang xem",
        "Hẹn trả",
    ]
    assert not any("Kết thúc" in what or "Trả kết quả" in what for _, what, _ in told)


def test_the_sentence_judges_by_the_promise_that_holds(
    warehouse: Path, open_page: OpenPage
) -> None:
    history(warehouse)

    app = opened(open_page, "H1")

    assert "**Đã giải quyết trước hạn**, xong lúc 09:00 15/01/2024." in texts(app)
    assert "quá hạn**" not in texts(app)
    assert "**16/01/2024**  \n:small[:gray[đã dời 1 lần, lần đầu 11/01/2024]]" in texts(app)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({"due_at": day(20)}, "**Đã quá hạn 8 ngày làm việc**, hẹn trả 21/01/2024."),
        ({"due_at": day(30)}, "**Phải xong trong ngày 31/01/2024.**"),
        ({"due_at": day(31)}, "**Còn 1 ngày làm việc**, hẹn trả 01/02/2024."),
        ({"due_at": day(33)}, "Ngày hẹn trả là ngày nghỉ"),  # Saturday 3/2
        ({"due_at": None}, "**Đang giải quyết** và không có ngày hẹn trả."),
        ({"status": "awaiting_payment"}, "**Đang chờ công dân**"),
        ({"status": "unknown"}, "**Chưa rõ trạng thái**"),
        ({"status": "withdrawn", "ended_at": day(3)}, "**Đã được công dân rút.**"),
        (
            {"status": "finished", "finished_at": day(15), "due_at": day(10)},
            "**Đã giải quyết quá hạn 3 ngày làm việc**",
        ),
    ],
)
def test_every_state_has_its_sentence(
    warehouse: Path, open_page: OpenPage, row: dict[str, Any], said: str
) -> None:
    build(warehouse, [dossier(dossier_code="H1", **row)])

    assert said in texts(opened(open_page, "H1"))


def test_every_file_that_spoke_of_it_is_named_with_what_it_changed(
    warehouse: Path, open_page: OpenPage
) -> None:
    history(warehouse)

    app = opened(open_page, "H1")

    files = part(app, "Thay đổi")
    assert list(files["Chỗ trong tệp"]) == ["tuan-1.xlsx · dòng 7", "tuan-2.xlsx · dòng 9"]
    assert list(files["Thay đổi"]) == [
        "lần đầu có trong dữ liệu",
        "Hẹn trả\\: 09\\:00 11/01/2024 → 09\\:00 16/01/2024",
    ]
    assert list(part(app, "Phát hiện")["Phát hiện"]) == ["Ngày trong mã hồ sơ khác ngày tiếp nhận"]
    assert list(part(app, "Bước")["Kết quả"]) == ["Quá hạn"]


def test_what_there_is_nothing_of_takes_one_line(warehouse: Path, open_page: OpenPage) -> None:
    history(warehouse)

    app = opened(open_page, "H2")

    assert "Chưa có nguồn nào cho biết các bước xử lý. Dữ liệu không có điểm nào bất" in texts(app)
    assert not any("Phát hiện" in table.value.columns for table in app.table)


def test_what_happened_after_as_of_has_not_happened(warehouse: Path, open_page: OpenPage) -> None:
    history(warehouse)

    app = opened(open_page, "H1", as_of="2024-01-12")

    assert "**Còn 2 ngày làm việc**" in texts(app)
    assert "15/01/2024" not in texts(app)
    facts = " ".join(app.table[1].value["value"])
    assert "Đang giải quyết" in facts
    assert "Đã xử lý xong" not in facts


def test_a_code_that_two_systems_know_asks_which_is_meant(
    warehouse: Path, open_page: OpenPage
) -> None:
    build(
        warehouse,
        [
            dossier(dossier_code="H1", system="A", procedure_name="Của A"),
            dossier(dossier_code="H1", system="B", procedure_name="Của B"),
        ],
    )

    first, second = opened(open_page, "H1"), opened(open_page, "H1", system="B")

    assert first.segmented_control(key="address.system").options == ["A", "B"]
    assert "Của A" in first.table[1].value.to_string()
    assert "Của B" in second.table[1].value.to_string()
    assert "Của A" not in second.table[1].value.to_string()


def test_markup_in_a_name_stays_text(warehouse: Path, open_page: OpenPage) -> None:
    build(warehouse, [dossier(dossier_code="H1", applicant_name="**x** [y](http://z) :red[!]")])

    facts = list(opened(open_page, "H1", role="steward").table[1].value["value"])

    assert "\\*\\*x\\*\\* \\[y\\](http\\:\u2060//z) \\:\u2060red\\[!\\]" in facts


def test_an_unknown_code_is_said_plainly(warehouse: Path, open_page: OpenPage) -> None:
    history(warehouse)

    app = opened(open_page, "H9")

    assert "Không tìm thấy hồ sơ **H9**." in app.warning[-1].value
    assert app.title[0].value == "Hồ sơ"
    assert not app.table
    (link,) = [str(one.proto) for one in app.get("page_link") if "H9" in str(one.proto)]
    assert "search=H9" in link


def test_a_dossier_of_another_unit_is_not_found_either(
    warehouse: Path, open_page: OpenPage
) -> None:
    history(warehouse)

    app = opened(open_page, "H2", role="staff", **{"as": "U1"})

    assert "Không tìm thấy hồ sơ **H2**." in app.warning[-1].value
    assert "Đăng ký khai sinh" not in texts(app)


def test_persons_are_masked_for_who_may_not_see_them(warehouse: Path, open_page: OpenPage) -> None:
    history(warehouse)

    leader = opened(open_page, "H1").table[1].value.to_string()
    staff = opened(open_page, "H1", role="staff", **{"as": "U1"}).table[1].value.to_string()

    assert "Nguyễn Văn An" in staff
    assert "Nguyễn Văn An" not in leader
    assert "0912345678" not in leader


def test_without_a_code_the_screen_asks_for_one(warehouse: Path, open_page: OpenPage) -> None:
    history(warehouse)

    app = open_page("dossier")

    assert "Nhập mã hồ sơ" in app.info[0].value
    assert not app.table


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
        answered = [detail for _, what, detail in course(app) if what == "Trả lời khảo sát"]
        assert answered == [
            "Phiếu giấy; câu trả lời được giữ kín (Điều 29 Nghị định 118/2025/NĐ-CP)"
        ]
        shown = " ".join(table.value.to_string() for table in app.table)
        assert "Chờ quá lâu" not in shown + texts(app)
        assert "hài lòng" not in shown.lower()
