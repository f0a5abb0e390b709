"""The frame around every screen: who looks, in which language, at which data."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, cast

import duckdb
import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from pages.ui import moment
from pages.ui.identity import PUBLIC
from pages.ui.screens import screens
from pipeline import publish
from pipeline.access import roles
from pipeline.settings import ROOT
from tests.pages.conftest import OpenPage, figures, texts
from tests.snapshots import batch, build, day, dossier, finished, unit


def switched(app: AppTest, number: int, value: str) -> None:
    """Choose a value of the segmented control that stands at `number` on the page."""
    control: Any = app.get("segmented_control")[number]
    control.set_value(value).run()


def two_units(warehouse: Path) -> None:
    build(
        warehouse,
        [finished(day(5)), finished(day(6)), dossier(unit_id="U2")],
        units=[unit("U1"), unit("U2", unit_name="Phường Kỳ Lừa")],
    )


def test_before_the_first_ingest_the_board_says_what_to_do(open_page: OpenPage) -> None:
    app = open_page("overview")

    assert "Chưa có dữ liệu" in texts(app)
    assert "Xuất danh sách hồ sơ từ phần mềm một cửa" in texts(app)
    assert not app.metric


def test_before_the_first_ingest_a_button_leads_to_intake_with_a_role_that_may(
    open_page: OpenPage,
) -> None:
    app = open_page("overview", period="2024-Q1", lang="en")

    app.button(key="states.go").click().run()

    assert app.title[0].value == "Bring files in"
    assert app.query_params == {"period": "2024-Q1", "lang": "en", "role": "steward"}
    assert app.file_uploader


def test_before_the_first_ingest_the_english_board_speaks_english(open_page: OpenPage) -> None:
    assert "No figures yet" in texts(open_page("overview", lang="en"))


def test_a_screen_opened_around_the_entry_file_still_refuses_the_role(warehouse: Path) -> None:
    two_units(warehouse)
    app = AppTest.from_file(str(ROOT / "pages/leaders/overview.py"), default_timeout=60)
    app.query_params["role"] = "staff"

    app.run()

    assert app.error[0].value == "Màn hình này không dành cho vai trò Cán bộ một cửa."
    assert not app.metric


@pytest.mark.parametrize(
    ("role", "key"),
    [
        (role, key)
        for role in roles().roles
        for key in screens()
        if not screens()[key].open_to(role) and PUBLIC not in (role, *screens()[key].roles)
    ],
)
def test_a_screen_that_a_role_may_not_open_refuses_it_and_shows_nothing(
    warehouse: Path, open_page: OpenPage, role: str, key: str
) -> None:
    two_units(warehouse)

    app = open_page(key, role=role, **{"as": "U1"})

    assert "Màn hình này không dành cho vai trò" in app.error[0].value
    assert not [*app.title, *app.metric, *app.dataframe, *app.get("plotly_chart"), *app.button]


def test_the_board_s_own_address_is_the_role_s_first_screen_and_loses_nothing(
    warehouse: Path,
) -> None:
    two_units(warehouse)
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    app.query_params.update({"role": "staff", "as": "U2", "sort": "due", "tag": ["a", "b"]})

    app.run()

    assert app.title[0].value == "Việc của đơn vị"
    assert app.query_params == {"role": "staff", "as": "U2", "sort": "due", "tag": ["a", "b"]}


def test_another_role_stays_on_the_screen_where_it_may_and_else_goes_to_its_first(
    warehouse: Path, open_page: OpenPage
) -> None:
    two_units(warehouse)
    app = open_page("dossiers", unit="U2")

    title = app.title[0].value
    app.selectbox(key="address.role").select("steward").run()
    assert app.title[0].value == title

    app = open_page("overview", period="2024-Q1")
    app.selectbox(key="address.role").select("staff").run()
    assert not app.error
    assert "Bạn làm việc ở đơn vị nào?" in texts(app)
    app.selectbox(key="states.unit").select("U2").run()
    assert app.title[0].value == "Việc của đơn vị"
    assert app.query_params["period"] == "2024-Q1"


def test_a_role_for_one_unit_is_asked_which_before_any_figure(
    warehouse: Path, open_page: OpenPage
) -> None:
    two_units(warehouse)

    app = open_page("overview", role="unit_leader")

    assert "Bạn làm việc ở đơn vị nào?" in texts(app)
    assert not app.metric


def test_choosing_the_unit_opens_its_figures_and_no_others(
    warehouse: Path, open_page: OpenPage
) -> None:
    two_units(warehouse)
    app = open_page("overview", role="unit_leader")

    app.selectbox(key="states.unit").select("U2").run()

    assert app.query_params["as"] == "U2"
    assert figures(app)["Tiếp nhận trong kỳ"] == "1"
    assert not [box for box in app.selectbox if box.key == "address.unit"]  # nothing to choose


def test_a_unit_nobody_knows_is_asked_for_again(warehouse: Path, open_page: OpenPage) -> None:
    two_units(warehouse)

    app = open_page("overview", role="unit_leader", **{"as": "U77"})

    assert "Bạn làm việc ở đơn vị nào?" in texts(app)
    assert not app.metric


def test_an_unknown_role_gets_the_first_ones_rights_and_not_more(
    warehouse: Path, open_page: OpenPage
) -> None:
    two_units(warehouse)

    assert "Lãnh đạo tỉnh" in open_page("overview", role="root").caption[0].value


def test_the_language_switch_keeps_period_and_unit(warehouse: Path, open_page: OpenPage) -> None:
    two_units(warehouse)
    app = open_page("overview", period="2024-Q1", unit="U2")

    switched(app, 0, "en")

    assert app.query_params == {"period": "2024-Q1", "unit": "U2", "lang": "en"}
    assert app.title[0].value == "Overview"
    assert figures(app)["Received in the period"] == "1"


def test_the_default_language_stays_out_of_the_address(
    warehouse: Path, open_page: OpenPage
) -> None:
    two_units(warehouse)
    app = open_page("overview", lang="en")

    switched(app, 0, "vi")

    assert "lang" not in app.query_params
    assert app.title[0].value == "Tổng quan"


def test_another_kind_of_period_goes_into_the_address(warehouse: Path, open_page: OpenPage) -> None:
    two_units(warehouse)
    app = open_page("overview")

    switched(app, 1, "quarter")

    assert app.query_params["period"] == "2024-Q1"
    assert "Quý I/2024" in texts(app)


def test_free_days_of_a_link_are_shown_as_an_own_choice_and_not_as_everything(
    warehouse: Path, open_page: OpenPage
) -> None:
    two_units(warehouse)

    app = open_page("overview", period="2024-01-01..2024-01-20")

    assert cast(Any, app.get("segmented_control")[1]).value == "free"
    assert "Từ 01/01/2024 đến 20/01/2024" in texts(app)


@pytest.mark.parametrize("period", ["2024-13", "rubbish", "2031-01"])
def test_a_damaged_or_future_period_falls_back_to_the_current_one(
    warehouse: Path, open_page: OpenPage, period: str
) -> None:
    two_units(warehouse)

    assert "Tháng 1/2024" in texts(open_page("overview", period=period))


def test_data_that_ended_are_spoken_of_as_of_their_end(
    warehouse: Path, open_page: OpenPage
) -> None:
    two_units(warehouse)

    app = open_page("overview")

    assert "Số liệu dừng ở **hết ngày 31/01/2024**" in app.warning[0].value
    assert "tính đến hết ngày 31/01/2024" in texts(app)


def test_fresh_data_are_spoken_of_as_of_now_without_a_banner(
    warehouse: Path, open_page: OpenPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    two_units(warehouse)
    monkeypatch.setattr(moment, "now", lambda: datetime(2024, 1, 31, 15, 47))

    app = open_page("overview")

    assert "tính đến 15:40 31/01/2024" in texts(app)
    assert not app.warning


def test_a_moment_of_the_address_is_named_and_can_be_left(
    warehouse: Path, open_page: OpenPage
) -> None:
    two_units(warehouse)
    app = open_page("overview", as_of="2024-01-06")

    assert "tính đến hết ngày 06/01/2024" in app.warning[0].value
    # Finished on day 5; the one of day 6 is still open.
    assert ":primary[**1** đã giải quyết (33,3%)]" in [link.label for link in app.page_link]
    app.button(key="shell.now").click().run()
    assert "as_of" not in app.query_params


def test_a_moment_in_the_future_is_not_believed(warehouse: Path, open_page: OpenPage) -> None:
    two_units(warehouse)

    assert "hết ngày 31/01/2024" in texts(open_page("overview", as_of="2999-01-01"))


def test_a_stale_source_is_named(
    warehouse: Path, open_page: OpenPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(
        warehouse,
        [finished(day(5))],
        batch=[
            batch(1, source="igate", data_at=day(30)),
            batch(2, source="survey_form", kind="survey", data_at=day(14), fresh_within_days=2),
        ],
        meta={"data_at": day(30).isoformat()},
    )
    monkeypatch.setattr(moment, "now", lambda: day(30) + timedelta(hours=4))

    app = open_page("overview")

    assert "Nguồn quá hạn cập nhật: **Phiếu khảo sát sự hài lòng**" in app.warning[0].value
    assert "iGate" not in app.warning[0].value
    assert "survey_form" not in app.warning[0].value


@pytest.mark.parametrize("is_invented", [True, False])
def test_invented_figures_are_called_invented(
    warehouse: Path, open_page: OpenPage, is_invented: bool
) -> None:
    build(warehouse, [finished(day(5))], batch=[batch(is_invented=is_invented)])

    assert ("Dữ liệu minh họa" in texts(open_page("overview"))) is is_invented


def test_invented_figures_are_called_invented_in_the_past_as_well(
    warehouse: Path, open_page: OpenPage
) -> None:
    build(warehouse, [finished(day(5))], batch=[batch(is_invented=True)])

    app = open_page("overview", as_of="2024-01-06")

    assert "Dữ liệu minh họa" in app.warning[0].value
    assert "tính đến hết ngày 06/01/2024" in app.warning[0].value


def test_a_new_snapshot_shows_at_the_next_interaction(warehouse: Path, open_page: OpenPage) -> None:
    two_units(warehouse)
    app = open_page("overview")
    assert figures(app)["Tiếp nhận trong kỳ"] == "3"

    build(warehouse, [finished(day(5))], snapshot_id="test-002")
    app.run()

    assert figures(app)["Tiếp nhận trong kỳ"] == "1"


def test_a_name_from_a_file_is_text_and_not_markup(warehouse: Path, open_page: OpenPage) -> None:
    build(
        warehouse,
        [finished(day(14), field_name="**Đất** [x](http://x)") for _ in range(6)],
    )

    assert "\\*\\*Đất\\*\\* \\[x\\](http\\:\u2060//x)" in texts(open_page("overview"))


def test_what_cannot_be_done_is_said_in_one_sentence(warehouse: Path, open_page: OpenPage) -> None:
    two_units(warehouse)
    publish.path_of(warehouse, "test-001").unlink()

    app = open_page("overview")

    (banner,) = app.error
    assert banner.value.startswith("Không thực hiện được. Không còn bản dữ liệu test-001")
    assert not app.metric


def test_a_snapshot_of_another_version_is_refused_in_one_sentence_that_says_what_to_do(
    warehouse: Path, open_page: OpenPage
) -> None:
    two_units(warehouse)
    made_by_another_version(warehouse)

    app = open_page("overview")

    (banner,) = app.error
    assert "do một phiên bản khác của bảng theo dõi lập ra" in banner.value
    assert "`python -m pipeline rebuild`" in banner.value
    assert not app.metric


def test_a_snapshot_of_another_version_keeps_no_steward_from_bringing_new_files(
    warehouse: Path, open_page: OpenPage
) -> None:
    two_units(warehouse)
    made_by_another_version(warehouse)

    app = open_page("intake", role="steward", lang="en")

    (banner,) = app.error
    assert "was made by another version of the board" in banner.value
    assert app.file_uploader


def made_by_another_version(warehouse: Path) -> None:
    """What an update of the board finds until the figures are built anew."""
    with duckdb.connect(str(publish.path_of(warehouse, "test-001"))) as snapshot:
        snapshot.execute("alter table batch drop column data_at")
        snapshot.execute("update meta set value = 'earlier' where key = 'build_version'")
    st.cache_resource.clear()
