"""The queue lists what a unit has to finish, in the order to work it, and nothing of others."""

from __future__ import annotations

from pathlib import Path

from streamlit.testing.v1 import AppTest

from tests.pages.conftest import OpenPage, texts
from tests.snapshots import batch, build, day, dossier, finished

AS_OF = "2024-01-11"  # day(10), a Thursday; the Friday is day(11), the Monday day(14)


def week(warehouse: Path) -> None:
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
    )


def staff(open_page: OpenPage, **address: str) -> AppTest:
    return open_page("queue", role="staff", **{"as": "U1", "as_of": AS_OF, **address})


def listed(app: AppTest) -> list[str]:
    return list(app.dataframe[0].value["dossier_code"])


def segments(app: AppTest) -> list[str]:
    return list(next(g for g in app.segmented_control if g.key == "address.bucket").options)


def test_buckets_carry_their_counts(warehouse: Path, open_page: OpenPage) -> None:
    week(warehouse)

    assert segments(staff(open_page)) == [
        "Quá hạn 2",
        "Hôm nay 1",
        "Ngày làm việc tới 1",
        "2 ngày nữa 2",
        "3 ngày nữa 0",
        "Sau đó 1",
        "Chờ công dân 1",
    ]


def test_the_sentence_says_what_is_due_and_which_have_no_letter(
    warehouse: Path, open_page: OpenPage
) -> None:
    week(warehouse)

    said = texts(staff(open_page))

    assert "**Hôm nay cần xong 1 hồ sơ.**" in said
    assert "2 hồ sơ đang quá hạn, 1 trong số đó chưa có thư xin lỗi." in said


def test_the_overdue_come_first_and_other_units_never(warehouse: Path, open_page: OpenPage) -> None:
    week(warehouse)

    app = staff(open_page)

    assert listed(app) == ["LATE", "SAID"]
    assert list(app.dataframe[0].value["days_over"]) == [2, 1]
    assert listed(staff(open_page, bucket="today")) == ["TODAY"]


def test_the_next_working_day_shows_the_first_promise_where_it_moved(
    warehouse: Path, open_page: OpenPage
) -> None:
    week(warehouse)

    friday = staff(open_page, bucket="1").dataframe[0].value
    monday = staff(open_page, bucket="2").dataframe[0].value

    assert list(friday["days_left"]) == [1]
    assert list(friday["first_due_at"]) == [day(4)]
    assert "first_due_at" not in monday.columns


def test_a_shorter_horizon_moves_dossiers_to_later(warehouse: Path, open_page: OpenPage) -> None:
    week(warehouse)

    shown = segments(staff(open_page, horizon="1"))

    assert "Sau đó 3" in shown
    assert not any(name.startswith("2 ngày") for name in shown)


def test_the_search_needs_no_accents_and_goes_through_all_buckets(
    warehouse: Path, open_page: OpenPage
) -> None:
    week(warehouse)

    assert listed(staff(open_page, search="giay phep xay dung")) == ["TODAY"]
    assert "friday" in (staff(open_page, search="friday").text_input[0].value or "")
    nothing = staff(open_page, search="khong co gi")
    assert not nothing.dataframe
    assert "khong co gi" in nothing.info[0].value


def test_who_may_not_see_persons_gets_no_such_column(warehouse: Path, open_page: OpenPage) -> None:
    week(warehouse)

    head = open_page("queue", role="unit_leader", **{"as": "U1", "as_of": AS_OF})

    assert "applicant_name" in staff(open_page).dataframe[0].value.columns
    assert "applicant_name" not in head.dataframe[0].value.columns
    assert "Nguyễn" not in head.dataframe[0].value.to_string()


def test_the_text_for_a_chat_names_no_person(warehouse: Path, open_page: OpenPage) -> None:
    week(warehouse)

    text = staff(open_page).code[0].value

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


def test_the_public_has_no_queue(warehouse: Path, open_page: OpenPage) -> None:
    week(warehouse)

    app = open_page("overview", role="public", as_of=AS_OF)

    assert "LATE" not in texts(app)
    assert not any("queue" in str(link.proto) for link in app.get("page_link"))
