"""What a screen can be narrowed to in time, and which units it offers."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.conftest import OpenPage, figures, texts
from tests.snapshots import build, day, dossier, finished, unit


@pytest.fixture
def two_years(warehouse: Path) -> None:
    """Dossiers from January 2024 to March 2025; the figures speak of the end of 20/3/2025."""
    build(
        warehouse,
        [finished(day(n + 2), received_at=day(n), due_at=day(n + 9)) for n in (5, 200, 400, 440)],
        meta={"data_at": day(444).isoformat()},
    )


def choose_form(app: AppTest, form: str) -> AppTest:
    (control,) = [one for one in app.segmented_control if one.key == "filters.form"]
    return control.set_value(form).run()


@pytest.mark.usefixtures("two_years")
@pytest.mark.parametrize(
    ("form", "key", "offered"),
    [
        ("quarter", "2025-Q1", ["Quý I/2025", "Quý IV/2024"]),
        ("year", "2025", ["Năm 2025", "9 tháng đầu năm 2025", "6 tháng đầu năm 2025", "Năm 2024"]),
        ("report", "report:2025-04", ["Năm 2025 (15/12–14/12)"]),
    ],
)
def test_each_form_offers_its_periods_the_latest_first(
    open_page: OpenPage, form: str, key: str, offered: list[str]
) -> None:
    app = choose_form(open_page("overview"), form)

    assert app.query_params["period"] == key
    assert app.selectbox(key="address.period").options[: len(offered)] == offered


@pytest.mark.usefixtures("two_years")
def test_the_month_of_the_figures_stays_out_of_the_address(open_page: OpenPage) -> None:
    app = choose_form(open_page("overview", period="2025-Q1"), "month")

    assert "period" not in app.query_params
    assert app.selectbox(key="address.period").value == "2025-03"


@pytest.mark.usefixtures("two_years")
def test_any_two_days_can_be_chosen(open_page: OpenPage) -> None:
    app = choose_form(open_page("overview", period="2024"), "free")
    assert app.query_params["period"] == "2024-01-01..2024-12-31"

    app.date_input(key="filters.first").set_value(date(2024, 7, 1)).run()

    assert app.query_params["period"] == "2024-07-01..2024-12-31"
    assert figures(app)["Tiếp nhận trong kỳ"] == "1"
    assert "Từ 01/07/2024 đến 31/12/2024" in texts(app)


@pytest.mark.usefixtures("two_years")
def test_days_never_stand_in_the_wrong_order(open_page: OpenPage) -> None:
    app = open_page("overview", period="2024-05-01..2024-05-31")

    app.date_input(key="filters.last").set_value(date(2024, 4, 10)).run()

    assert app.query_params["period"] == "2024-04-10..2024-04-10"
    assert not app.error


@pytest.mark.usefixtures("two_years")
def test_everything_has_no_days_to_choose(open_page: OpenPage) -> None:
    app = choose_form(open_page("overview"), "all")

    assert app.query_params["period"] == "all"
    assert not app.date_input
    assert figures(app)["Tiếp nhận trong kỳ"] == "4"


def test_units_that_are_no_more_stand_last_with_their_end(
    warehouse: Path, open_page: OpenPage
) -> None:
    build(
        warehouse,
        [dossier(), dossier(unit_id="U2")],
        units=[unit("U1", valid_to=date(2024, 1, 10)), unit("U2", valid_from=date(2024, 1, 11))],
    )

    options = open_page("overview").selectbox(key="address.unit").options

    assert options == ["Mọi đơn vị", "Xã U2", "Xã U1 (đến 10/01/2024)"]
