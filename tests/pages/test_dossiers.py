"""The list behind a number holds as many dossiers as the number says, and the same ones."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from pages.ui.tables import PAGE
from tests.pages.conftest import OpenPage, texts
from tests.snapshots import build, day, dossier, finished, unit


def january(warehouse: Path) -> None:
    """Seven dossiers of January 2024; the figures speak of the end of 31/1/2024."""
    build(
        warehouse,
        [
            finished(day(5), dossier_code="EARLY", due_at=day(10)),
            finished(day(10), dossier_code="ON-TIME", due_at=day(10)),
            finished(day(14), dossier_code="LATE-1", due_at=day(10), channel="online_full"),
            finished(day(15), dossier_code="LATE-2", due_at=day(10), unit_id="U2"),
            dossier(dossier_code="OVERDUE", due_at=day(20), field_name="Đất đai"),
            dossier(dossier_code="IN-TIME", due_at=day(50)),
            dossier(dossier_code="OUT", status="submitted"),
        ],
    )


def opened(open_page: OpenPage, **address: str) -> AppTest:
    return open_page("dossiers", **{"as_of": "2024-01-31", "period": "2024-01", **address})


def listed(app: AppTest) -> set[str]:
    return set(app.dataframe[0].value["dossier_code"])


@pytest.mark.parametrize(
    ("measure", "codes"),
    [
        ("late", {"LATE-1", "LATE-2"}),
        ("resolved_in_time", {"EARLY", "ON-TIME"}),
        ("open_overdue", {"OVERDUE"}),
        ("not_accepted", {"OUT"}),
    ],
)
def test_a_number_leads_to_its_dossiers(
    measure: str, codes: set[str], warehouse: Path, open_page: OpenPage
) -> None:
    january(warehouse)

    app = opened(open_page, measure=measure)

    assert listed(app) == codes
    assert f"**{len(codes)} hồ sơ**" in texts(app)


def test_the_title_says_which_number_it_is(warehouse: Path, open_page: OpenPage) -> None:
    january(warehouse)

    assert opened(open_page, measure="late").title[0].value == "Quá hạn (đã giải quyết)"
    assert opened(open_page, measure="nonsense").title[0].value == "Cần giải quyết"


def test_unit_and_field_narrow_the_list(warehouse: Path, open_page: OpenPage) -> None:
    january(warehouse)

    assert listed(opened(open_page, measure="late", unit="U2")) == {"LATE-2"}
    assert listed(opened(open_page, field="Đất đai")) == {"OVERDUE"}


def test_a_narrowing_of_the_link_is_shown_and_can_be_taken_away(
    warehouse: Path, open_page: OpenPage
) -> None:
    january(warehouse)

    app = opened(open_page, measure="late", channel="any_online")
    assert listed(app) == {"LATE-1"}
    app.button(key="dossiers.without.channel").click().run()

    assert listed(app) == {"LATE-1", "LATE-2"}
    assert "channel" not in app.query_params


def test_a_filter_that_matches_nothing_is_named(warehouse: Path, open_page: OpenPage) -> None:
    january(warehouse)

    app = opened(open_page, measure="open_overdue", search="khong co")

    assert "khong co" in app.info[0].value
    assert not app.dataframe
    app.button(key="states.clear").click().run()
    assert listed(app) == {"OVERDUE"}


def test_a_huge_list_is_paged_and_says_so(warehouse: Path, open_page: OpenPage) -> None:
    build(warehouse, [dossier() for _ in range(PAGE + 3)])

    first, second = opened(open_page), opened(open_page, page="2")

    assert f"**{PAGE + 3} hồ sơ**" in texts(first)
    assert f"1–{PAGE} trong {PAGE + 3}" in texts(first)
    assert len(first.dataframe[0].value) == PAGE
    assert len(second.dataframe[0].value) == 3
    assert listed(first) & listed(second) == set()


def test_how_late_each_dossier_is_stands_beside_it(warehouse: Path, open_page: OpenPage) -> None:
    january(warehouse)

    late = opened(open_page, measure="late", sort="received").dataframe[0].value
    mixed = opened(open_page, measure="received").dataframe[0].value

    # Promised for Thursday the 11th, done on Monday the 15th and Tuesday the 16th.
    assert dict(zip(late["dossier_code"], late["days_over"], strict=True)) == {
        "LATE-1": 2,
        "LATE-2": 3,
    }
    assert "state" not in late.columns
    said = dict(zip(mixed["dossier_code"], mixed["state"], strict=True))
    assert said["EARLY"] == "Xong trước hạn"
    assert said["OVERDUE"] == "Đang quá hạn"
    assert said["IN-TIME"] == "Đang trong hạn"
    days = dict(zip(mixed["dossier_code"], mixed["days"], strict=True))
    assert (days["OVERDUE"], days["IN-TIME"]) == (8, 14)
    assert pd.isna(days["EARLY"])


def test_the_order_of_a_list_is_kept_in_the_address(warehouse: Path, open_page: OpenPage) -> None:
    january(warehouse)

    by_due = opened(open_page, measure="open", sort="due")

    assert list(by_due.dataframe[0].value["dossier_code"]) == ["OVERDUE", "IN-TIME"]
    by_due.selectbox(key="address.sort").select("received").run()
    assert by_due.query_params["sort"] == "received"


def test_another_number_begins_with_its_first_page(warehouse: Path, open_page: OpenPage) -> None:
    build(warehouse, [dossier() for _ in range(PAGE + 3)])

    app = opened(open_page, page="2")
    app.selectbox(key="address.measure").select("open").run()

    assert "page" not in app.query_params
    assert f"1–{PAGE} trong {PAGE + 3}" in texts(app)


def test_a_viewer_of_one_unit_sees_no_other(warehouse: Path, open_page: OpenPage) -> None:
    january(warehouse)

    app = opened(open_page, role="staff", measure="late", **{"as": "U1"})

    assert listed(app) == {"LATE-1"}
    assert "Nguyễn Văn An" in app.dataframe[0].value.to_string()
    leader = opened(open_page, measure="late").dataframe[0].value
    assert "applicant_name" not in leader.columns


def test_a_band_of_overdue_days_narrows_the_list_and_can_be_taken_away(
    warehouse: Path, open_page: OpenPage
) -> None:
    build(warehouse, [dossier(due_at=day(n)) for n in (3, 21, 28)])

    app = opened(open_page, measure="open_overdue", over="0-7")

    assert len(app.dataframe[0].value) == 2
    assert app.button(key="dossiers.without.over").label.endswith("quá hạn 0–7 ngày làm việc")
    app.button(key="dossiers.without.over").click().run()
    assert len(app.dataframe[0].value) == 3


def test_a_unit_itself_leaves_its_branches_out(warehouse: Path, open_page: OpenPage) -> None:
    build(
        warehouse,
        [dossier(), dossier(unit_id="U2")],
        units=[unit("U1"), unit("U2", parent_id="U1")],
    )

    assert len(open_page("dossiers", period="all", unit="U1").dataframe[0].value) == 2
    assert len(open_page("dossiers", period="all", at_unit="U1").dataframe[0].value) == 1


def test_a_field_alone_stands_beside_the_filter_and_can_be_taken_away(
    warehouse: Path, open_page: OpenPage
) -> None:
    january(warehouse)

    app = opened(open_page, at_field="Đất đai")

    assert listed(app) == {"OVERDUE"}
    app.button(key="dossiers.without.at_field").click().run()
    assert len(listed(app)) > 1


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("over", "many"),
        ("left", "3"),
        ("lacks", "nothing"),
        ("older_than", "-1"),
        ("during", "2024-13"),
    ],
)
def test_a_damaged_narrowing_narrows_nothing(
    warehouse: Path, open_page: OpenPage, name: str, value: str
) -> None:
    build(warehouse, [dossier(), dossier(unit_id="U2")])

    app = open_page("dossiers", period="all", **{name: value})

    assert len(app.dataframe[0].value) == 2
    assert not app.error


def test_a_month_of_a_picture_is_listed_whatever_the_period(
    warehouse: Path, open_page: OpenPage
) -> None:
    build(warehouse, [finished(day(5)), *(dossier(received_at=day(-20)) for _ in range(2))])

    app = open_page("dossiers", measure="received_in_period", period="2024-01", during="2023-12")

    assert "**2 hồ sơ**" in texts(app)
    app.button(key="dossiers.without.during").click().run()
    assert "**1 hồ sơ**" in texts(app)
