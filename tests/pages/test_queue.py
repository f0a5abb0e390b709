"""The queue lists what a unit has to finish, in the order to work it, and nothing of others."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from pages.ui import dossier_list, moment, tables
from tests.pages.conftest import OpenPage, texts
from tests.snapshots import batch, build, day, dossier, finished, unit

AS_OF = "2024-01-11"  # day(10), a Thursday; the Friday is day(11), the Monday day(14)


def week(warehouse: Path, **more: Any) -> None:
    """Eight open dossiers of U1 and one of U2, as they stand at the end of Thursday 11/1/2024."""
    build(
        warehouse,
        [
            dossier(dossier_code="LATE", due_at=day(8)),
            dossier(dossier_code="SAID", due_at=day(9)),
            dossier(dossier_code="TODAY", due_at=day(10), procedure_name="Cấp giấy phép xây dựng"),
            dossier(dossier_code="FRIDAY", due_at=day(11), first_due_at=day(4), due_moves=1),
            dossier(dossier_code="MONDAY", due_at=day(14)),
            dossier(dossier_code="MONDAY2", due_at=day(14)),
            dossier(dossier_code="LATER", due_at=day(40)),
            dossier(dossier_code="WAITS", due_at=day(8), status="awaiting_supplement"),
            dossier(dossier_code="OTHER", unit_id="U2", due_at=day(10)),
            finished(day(5), dossier_code="DONE", due_at=day(10)),
        ],
        batch=[batch(1), batch(2, source="letters", kind="apology", landed_at=day(8))],
        apology=[
            {
                "system": "S",
                "dossier_code": "SAID",
                "batch_no": 2,
                "unit_id": "U1",
                "ordinal": 1,
                "issued_at": day(7),
            }
        ],
        **more,
    )


def staff(open_page: OpenPage, **address: str) -> AppTest:
    return open_page("queue", role="staff", **{"as": "U1", "as_of": AS_OF, **address})


def listed(app: AppTest) -> list[str]:
    return list(app.dataframe[0].value["dossier_code"])


def segments(app: AppTest) -> list[str]:
    """The buckets with their counts, without what makes a count bold or coloured."""
    options = next(g for g in app.segmented_control if g.key == "address.bucket").options
    return [re.sub(r":\w+-badge\[([\d.]+)\]|\*\*", r"\1", option) for option in options]


@pytest.fixture
def thursday_morning(monkeypatch: pytest.MonkeyPatch) -> None:
    """The office's clock: half past seven on Thursday 11/1/2024."""
    monkeypatch.setattr(moment, "now", lambda: day(10, 7.5))


def test_buckets_carry_their_counts(warehouse: Path, open_page: OpenPage) -> None:
    week(warehouse)

    assert segments(staff(open_page)) == [
        "Quá hạn 2",
        "Chưa xin lỗi 1",
        "T5 11/01 1",
        "T6 12/01 1",
        "T2 15/01 2",
        "T3 16/01 0",
        "Sau đó 1",
        "Chờ công dân 1",
    ]


@pytest.mark.usefixtures("thursday_morning")
def test_in_the_morning_the_queue_says_first_what_must_be_done_today(
    warehouse: Path, open_page: OpenPage
) -> None:
    week(warehouse, meta={"data_at": day(9).isoformat(), "built_at": day(9).isoformat()})

    app = open_page("queue", role="staff", **{"as": "U1"})

    assert app.markdown[0].value == (
        "**Hôm nay cần xong 1 hồ sơ.** 2 hồ sơ đang quá hạn, 1 trong số đó chưa có thư xin lỗi. "
        "1 hồ sơ hẹn trả 12/01/2024: không kịp thì hôm nay phải xin lỗi và đề nghị gia hạn."
    )
    assert "Hôm nay 1" in segments(app)
    assert listed(app) == ["TODAY"]
    assert list(app.dataframe[0].value["days_left"]) == [0]


def test_a_moment_that_is_not_now_is_named_by_its_day(warehouse: Path, open_page: OpenPage) -> None:
    week(warehouse)

    said = texts(staff(open_page))

    assert "**Trong ngày 11/01/2024 cần xong 1 hồ sơ.**" in said
    assert "2 hồ sơ đang quá hạn, 1 trong số đó chưa có thư xin lỗi." in said
    assert "Hôm nay" not in said


def test_overdue_without_a_letter_is_a_list_of_its_own(
    warehouse: Path, open_page: OpenPage
) -> None:
    week(warehouse)

    assert listed(staff(open_page, bucket="overdue")) == ["LATE", "SAID"]
    assert listed(staff(open_page, bucket="no_letter")) == ["LATE"]


def test_the_most_overdue_come_first_and_other_units_never(
    warehouse: Path, open_page: OpenPage
) -> None:
    week(warehouse)

    overdue = staff(open_page, bucket="overdue")

    assert list(overdue.dataframe[0].value["days_over"]) == [2, 1]
    assert listed(staff(open_page)) == ["TODAY"]
    assert "OTHER" not in listed(staff(open_page, search="khai sinh"))


def test_with_nothing_due_today_the_overdue_are_shown(warehouse: Path, open_page: OpenPage) -> None:
    build(warehouse, [dossier(dossier_code="LATE", due_at=day(8)), dossier(due_at=day(11))])

    app = staff(open_page)

    assert listed(app) == ["LATE"]
    assert "**Ngày 11/01/2024 không có hồ sơ nào đến hạn.**" in texts(app)


def test_the_next_working_day_shows_the_first_promise_where_it_moved(
    warehouse: Path, open_page: OpenPage
) -> None:
    week(warehouse)

    friday = staff(open_page, bucket="1").dataframe[0].value
    monday = staff(open_page, bucket="2").dataframe[0].value

    assert list(friday["days_left"]) == [1]
    assert list(friday["first_due_at"]) == [day(4)]
    assert "first_due_at" not in monday.columns


def test_a_promise_on_a_saturday_can_be_kept_until_monday(
    warehouse: Path, open_page: OpenPage
) -> None:
    build(warehouse, [dossier(dossier_code="SATURDAY", due_at=day(12))])

    assert listed(staff(open_page, bucket="2")) == ["SATURDAY"]
    assert "T2 15/01 1" in segments(staff(open_page))


def test_a_dossier_without_a_promise_is_neither_overdue_nor_due(
    warehouse: Path, open_page: OpenPage
) -> None:
    build(warehouse, [dossier(dossier_code="OPEN", due_at=None)])

    app = staff(open_page)

    assert "Không có hạn 1" in segments(app)
    assert "Quá hạn 0" in segments(app)
    assert listed(app) == ["OPEN"]
    assert not {"days_left", "days_over"} & set(app.dataframe[0].value.columns)


def test_a_shorter_horizon_moves_dossiers_to_later(warehouse: Path, open_page: OpenPage) -> None:
    week(warehouse)

    shown = segments(staff(open_page, horizon="1"))

    assert "Sau đó 3" in shown
    assert not any(name.startswith("T2") for name in shown)


def test_the_search_needs_no_accents_and_goes_through_all_buckets(
    warehouse: Path, open_page: OpenPage
) -> None:
    week(warehouse)

    app = staff(open_page, search="khai sinh")

    assert segments(app)[:3] == ["Tất cả 7", "Quá hạn 2", "Chưa xin lỗi 1"]
    assert listed(app)[0] == "LATE"
    assert "TODAY" not in listed(app)
    assert listed(staff(open_page, search="giay phep xay dung")) == ["TODAY"]
    assert "**7 hồ sơ đang giải quyết** khớp với “khai sinh”." in texts(app)


def test_a_search_that_finds_nothing_can_be_taken_back(
    warehouse: Path, open_page: OpenPage
) -> None:
    week(warehouse)

    app = staff(open_page, search="khong co gi")

    assert not app.dataframe
    assert "khong co gi" in app.info[0].value
    app.button(key="states.clear").click().run()
    assert listed(app) == ["TODAY"]


def test_the_order_holds_for_the_whole_list_and_not_for_one_page(
    warehouse: Path, open_page: OpenPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dossier_list, "PAGE", 2)
    monkeypatch.setattr(tables, "PAGE", 2)
    names = ["Đo đạc", "An táng", "Ủy quyền", "Cấp phép"]
    build(warehouse, [dossier(procedure_name=name, due_at=day(8)) for name in names])

    first = staff(open_page, sort="procedure").dataframe[0].value
    second = staff(open_page, sort="procedure", page="2").dataframe[0].value
    beyond = staff(open_page, sort="procedure", page="9")

    assert list(first["procedure_name"]) == ["An táng", "Cấp phép"]
    assert list(second["procedure_name"]) == ["Đo đạc", "Ủy quyền"]
    assert list(beyond.dataframe[0].value["procedure_name"]) == ["Đo đạc", "Ủy quyền"]
    assert "3–4 trong 4" in texts(beyond)


def test_ten_thousand_overdue_dossiers_are_shown_by_the_page(
    warehouse: Path, open_page: OpenPage
) -> None:
    build(warehouse, copies=[(dossier(due_at=day(8)), 10_000)])

    app = staff(open_page)

    assert "10.000 hồ sơ đang quá hạn" in texts(app)
    assert "1–500 trong 10.000" in texts(app)
    assert len(app.dataframe[0].value) == 500


def test_a_unit_with_children_sees_theirs_and_says_whose_each_is(
    warehouse: Path, open_page: OpenPage
) -> None:
    build(
        warehouse,
        [dossier(unit_id="D1"), dossier(unit_id="U1"), dossier(unit_id="U2")],
        units=[unit("D1"), unit("U1", parent_id="D1"), unit("U2")],
    )

    parent = staff(open_page, **{"as": "D1"}).dataframe[0].value

    assert sorted(parent["unit_name"]) == ["Xã D1", "Xã U1"]
    assert "unit_name" not in staff(open_page).dataframe[0].value.columns


def test_dossiers_of_a_unit_that_has_ended_name_its_successor(
    warehouse: Path, open_page: OpenPage
) -> None:
    build(
        warehouse,
        [dossier(dossier_code="LEFT", unit_id="OLD"), dossier(unit_id="NEW")],
        units=[unit("OLD", valid_to=day(1).date()), unit("NEW", valid_from=day(2).date())],
        unit_successor=[
            {
                "old_unit_id": "OLD",
                "new_unit_id": "NEW",
                "from_date": day(2).date(),
                "relation": "merged",
            }
        ],
    )

    app = open_page("queue", role="coordinator", bucket="ended_unit", as_of=AS_OF)

    assert "1 hồ sơ còn đứng tên đơn vị đã kết thúc." in texts(app)
    shown = app.dataframe[0].value
    assert list(shown["dossier_code"]) == ["LEFT"]
    assert list(shown["successor_name"]) == ["Xã NEW"]
    assert not any("kết thúc" in name for name in segments(staff(open_page, **{"as": "NEW"})))


def test_who_may_not_see_persons_gets_no_such_column(warehouse: Path, open_page: OpenPage) -> None:
    week(warehouse)

    head = open_page("queue", role="unit_leader", **{"as": "U1", "as_of": AS_OF})

    assert "applicant_name" in staff(open_page).dataframe[0].value.columns
    assert "applicant_name" not in head.dataframe[0].value.columns
    assert "Nguyễn" not in head.dataframe[0].value.to_string()


def test_the_text_for_a_chat_names_no_person(warehouse: Path, open_page: OpenPage) -> None:
    week(warehouse)

    text = staff(open_page, bucket="overdue").code[0].value

    assert "1. LATE · Đăng ký khai sinh · hẹn trả 09/01/2024, quá 2 ngày làm việc" in text
    assert "Hồ sơ cần xử lý – Xã U1" in text
    assert "Nguyễn" not in text
    assert "0912" not in text


def buttons(app: AppTest) -> list[str]:
    return [button.proto.label for button in app.get("download_button")]


def test_every_unit_at_once_is_for_who_sees_every_unit(
    warehouse: Path, open_page: OpenPage
) -> None:
    week(warehouse)

    every = open_page("queue", role="coordinator", as_of=AS_OF)

    assert "Sắp đến hạn, mọi đơn vị" in buttons(every)
    assert "Sắp đến hạn, mọi đơn vị" not in buttons(staff(open_page))
    assert buttons(staff(open_page))[:2] == ["Tải Excel", "CSV"]


def test_no_open_dossier_is_said_plainly(warehouse: Path, open_page: OpenPage) -> None:
    build(warehouse, [finished(day(5))])

    app = staff(open_page)

    assert "Không có hồ sơ nào đang giải quyết." in texts(app)
    assert not app.dataframe
