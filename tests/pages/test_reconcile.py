"""The ledger of dossiers and the check of a report, on screen."""

from __future__ import annotations

from pathlib import Path

from streamlit.testing.v1 import AppTest

from tests.pages.conftest import OpenPage, texts
from tests.snapshots import build, day, dossier, finished

AS_OF = "2024-02-05"
JANUARY = "2024-01"


def january(warehouse: Path) -> None:
    """One carried over; of four received two are resolved, one refused, one has no known status."""
    build(
        warehouse,
        [
            dossier(received_at=day(-20), due_at=day(60)),
            finished(day(5)),
            finished(day(14)),
            dossier(status="refused", ended_at=day(3), unit_id="U2"),
            dossier(status="unknown", status_text="Trả lại", unit_id="U2"),
        ],
    )


def checked(app: AppTest, text: str) -> str:
    app.text_area[0].set_value(text).run()
    assert not app.exception
    return texts(app)


def test_the_sentence_counts_the_gap_and_where_it_is(warehouse: Path, open_page: OpenPage) -> None:
    january(warehouse)

    said = texts(open_page("reconcile", as_of=AS_OF, period=JANUARY))

    assert "**Sổ hồ sơ lệch 1 hồ sơ** trong 5 hồ sơ vào, ở 1 đơn vị" in said


def test_the_ledger_has_every_side_by_unit(warehouse: Path, open_page: OpenPage) -> None:
    january(warehouse)

    units = open_page("reconcile", as_of=AS_OF, period=JANUARY).dataframe[0].value

    assert list(units["unit_name"]) == ["Xã U2", "Xã U1"]
    columns = ["opening", "received_in_period", "resolved", "refused", "closing", "gap"]
    assert units[columns].to_numpy().tolist() == [[0, 2, 0, 1, 0, 1], [1, 2, 2, 0, 1, 0]]


def test_a_month_opens_with_what_the_one_before_left(warehouse: Path, open_page: OpenPage) -> None:
    january(warehouse)

    app = open_page("reconcile", as_of=AS_OF, period="all", by="month")

    months = app.dataframe[0].value
    assert list(months["opening"]) == [0, 1, 1]
    assert list(months["closing"]) == [1, 1, 1]
    assert list(months["gap"]) == [0, 1, 0]


def test_a_ledger_without_gap_says_so(warehouse: Path, open_page: OpenPage) -> None:
    build(warehouse, [finished(day(5)), dossier()])

    said = texts(open_page("reconcile", as_of=AS_OF, period=JANUARY))

    assert "**Sổ hồ sơ khớp:** 2 hồ sơ vào" in said
    assert "lệch" not in said


def test_a_report_is_checked_against_itself_and_ours(warehouse: Path, open_page: OpenPage) -> None:
    january(warehouse)
    app = open_page("reconcile", as_of=AS_OF, period=JANUARY)

    said = checked(app, "Tiếp nhận 4 hồ sơ, đã giải quyết 2 hồ sơ, đang giải quyết 1 hồ sơ.")

    assert "đang giải quyết phải là 2, không phải 1" in said
    claims = app.dataframe[1].value
    assert claims[["theirs", "ours", "difference"]].to_numpy().tolist() == [
        [4, 4, 0],
        [2, 2, 0],
        [1, 1, 0],
    ]


def test_a_text_about_another_period_is_not_compared_silently(
    warehouse: Path, open_page: OpenPage
) -> None:
    january(warehouse)
    app = open_page("reconcile", as_of=AS_OF, period=JANUARY)

    said = checked(app, "Tháng 12/2023 tiếp nhận 4 hồ sơ.")

    assert "Đoạn văn nói về **Tháng 12/2023**" in said


def test_a_text_of_a_stranger_stays_text(warehouse: Path, open_page: OpenPage) -> None:
    january(warehouse)
    app = open_page("reconcile", as_of=AS_OF, period=JANUARY)

    said = checked(
        app, "<script>alert(1)</script> [x](http://a.b) tiếp nhận 4 hồ sơ :material/home:"
    )

    assert "\\<script\\>" in said
    assert "\\[x\\]" in said
    assert "\\:\u2060material/home\\:" in said


def test_an_open_period_is_provisional(warehouse: Path, open_page: OpenPage) -> None:
    january(warehouse)

    assert "Tạm tính" in texts(open_page("reconcile", as_of=AS_OF))
    assert "Tạm tính" not in texts(open_page("reconcile", as_of=AS_OF, period=JANUARY))
