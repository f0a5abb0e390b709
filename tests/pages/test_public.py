"""The public board: what everybody may read, one panel after the other, and no way from it."""

from __future__ import annotations

import re
import time
from datetime import datetime, timedelta
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from pages.public.rotation import HELD, Turn
from pages.ui import guard, moment
from pages.ui.identity import PUBLIC
from pages.ui.screens import screens
from pipeline.settings import ROOT, settings
from tests.pages.conftest import OpenPage
from tests.snapshots import answer, batch, build, day, dossier, finished, unit

BUILT = "2024-02-05T08:00:00"
NOW = datetime(2024, 2, 5, 9)
EACH = timedelta(seconds=settings().public_board.seconds_per_panel)


@pytest.fixture
def switched_on(monkeypatch: pytest.MonkeyPatch) -> None:
    """The office shows its public board, and it is the morning of 5 February 2024."""
    board = settings().public_board.model_copy(update={"is_on": True})
    on = settings().model_copy(update={"public_board": board})
    monkeypatch.setattr(guard, "settings", lambda: on)
    monkeypatch.setattr(moment, "now", lambda: NOW)


def february(warehouse: Path, **more: Any) -> None:
    """U1: one overdue with a letter, one due tomorrow. U2: one finished in time."""
    letter = {
        "system": "S",
        "dossier_code": "LATE",
        "batch_no": 1,
        "ordinal": 1,
        "issued_at": day(9),
        "new_due_at": day(40),
        "reason": "Ông Nguyễn Văn An chưa nộp thuế",
    }
    build(
        warehouse,
        [
            dossier(dossier_code="LATE", due_at=day(10)),
            dossier(due_at=day(36)),
            finished(day(5), unit_id="U2"),
        ],
        units=[unit("U1", unit_name="Xã Một"), unit("U2", unit_name="Xã Hai")],
        apology=[letter],
        batch=[batch(), batch(2, kind="apology", source="letters")],
        meta={"built_at": BUILT, "data_at": BUILT},
        **more,
    )


def panel(app: AppTest) -> str:
    """What stands on the screen, as a reader sees it: the text of all markup."""
    (wall,) = [one.proto.body for one in app.get("html") if "<section" in one.proto.body]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", wall)).split())


def panels(app: AppTest) -> list[str]:
    """Every panel by its button, in their order."""
    shown = []
    for key in ("index", "units", "letters", "satisfaction"):
        app.button_group(key="public.panel").set_value(key).run()
        assert not app.exception
        shown.append(panel(app))
    return shown


def test_until_the_office_switches_it_on_the_address_says_so(
    warehouse: Path, open_page: OpenPage
) -> None:
    february(warehouse)

    app = open_page("public")

    assert [one.value for one in app.info] == [
        "Bảng công khai chưa được bật.",
        "The public board is not switched on.",
    ]
    assert not app.get("html")


@pytest.mark.usefixtures("switched_on")
def test_rates_stand_with_their_counts_and_units_with_theirs(
    warehouse: Path, open_page: OpenPage
) -> None:
    february(warehouse)

    index, units, letters, _ = panels(open_page("public"))

    assert "Trả đúng hẹn Kept promises 100% 1 / 1" in index
    assert "Tiến độ giải quyết Progress of handling 66,7% 2 / 3" in index
    assert "Sắp đến hạn Due soon 1 " in index
    assert "Đang quá hạn Overdue 1 " in index
    assert "không phải điểm chính thức" in index
    assert "Xã Một 1 1" in units
    assert "Xã Hai" not in units  # nothing waits there
    assert "LATE 11/01/2024 10/02/2024 Chờ nghĩa vụ tài chính Waiting for payment" in letters
    assert "Đang giải quyết In progress" in letters


@pytest.mark.usefixtures("switched_on")
def test_the_moment_and_the_age_of_the_figures_stand_on_every_panel(
    warehouse: Path, open_page: OpenPage
) -> None:
    february(warehouse)

    for shown in panels(open_page("public")):
        assert "Tính đến 09:00 05/02/2024 · nạp 1 giờ trước" in shown
        assert "As of 5 Feb 2024, 09:00 · loaded 1 hour ago" in shown


@pytest.mark.usefixtures("switched_on")
def test_no_person_and_no_word_that_somebody_wrote_is_sent(
    warehouse: Path, open_page: OpenPage
) -> None:
    february(warehouse, answers=[answer(comment="Chờ quá lâu") for _ in range(9)])

    shown = " ".join(panels(open_page("public")))

    for secret in ("Nguyễn", "chưa nộp thuế", "0912", "Trần Thị Bình", "Chờ quá lâu"):
        assert secret not in shown


@pytest.mark.usefixtures("switched_on")
def test_answers_that_would_give_somebody_away_are_kept_back(
    warehouse: Path, open_page: OpenPage
) -> None:
    many = [answer("very_satisfied") for _ in range(20)] + [answer("neutral") for _ in range(6)]
    few = [answer("very_dissatisfied", unit_id="U2") for _ in range(3)]
    february(warehouse, answers=many + few)

    shown = panels(open_page("public"))[-1]

    assert "Tỷ lệ hài lòng Satisfied rate 69,0% 20 / 29 · ít phiếu 20 / 29 · few answers" in shown
    assert "Rất hài lòng Very satisfied 69,0% (20)" in shown
    assert "Rất không hài lòng Very dissatisfied ***" in shown
    assert "Bình thường Neutral ***" in shown  # 9 minus 6 would tell the three
    assert "(3)" not in shown


@pytest.mark.usefixtures("switched_on")
def test_answers_of_a_month_that_is_not_over_are_not_shown_yet(
    warehouse: Path, open_page: OpenPage
) -> None:
    february(warehouse, answers=[answer(answered_at=day(33)) for _ in range(9)])

    shown = panels(open_page("public"))[-1]

    assert "tháng 01/2024" in shown
    assert "Chưa đủ 5 phiếu" in shown


@pytest.mark.usefixtures("switched_on")
def test_whatever_else_the_address_says_it_is_the_public_who_looks(
    warehouse: Path, open_page: OpenPage
) -> None:
    february(warehouse)

    app = open_page(
        "public", **{"role": "operator", "as": "U2", "as_of": "2024-01-20", "lang": "en"}
    )

    assert "Tính đến 09:00 05/02/2024" in panel(app)
    assert "Sắp đến hạn Due soon 1 " in panel(app)
    assert not [
        *app.sidebar.children.values(),
        *app.selectbox,
        *app.dataframe,
        *app.get("page_link"),
    ]
    assert [button.label for button in app.button] == ["Tạm dừng · Pause"]


SIGNED_IN = {
    "is_logged_in": True,
    "provider": "default",
    "email": "quantri@x.vn",
    "email_verified": True,
}
LISTED = """
mode = "oidc"
[[person]]
id = "quantri@x.vn"
name = "Nguyễn Quản Trị"
role = "operator"
"""


@pytest.mark.usefixtures("switched_on")
@pytest.mark.parametrize("user", [{}, SIGNED_IN], ids=["nobody", "an operator"])
def test_where_people_sign_in_the_public_address_stays_everybodys(
    warehouse: Path, user: dict[str, Any]
) -> None:
    february(warehouse)
    (warehouse / "access.toml").write_text(LISTED, encoding="utf-8")
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    app.user = user and {**user, "iat": time.time() - 60}
    app._page_hash = calc_hash("public")

    app.run()

    assert "Sắp đến hạn Due soon 1 " in panel(app)
    assert "Quản Trị" not in panel(app)
    assert not app.sidebar.children
    assert {page["url_pathname"] for page in app._registered_pages.values()} == {"", "public"}
    assert [button.label for button in app.button] == ["Tạm dừng · Pause"]


@pytest.mark.usefixtures("switched_on")
def test_where_people_sign_in_nobody_comes_from_it_to_another_address(warehouse: Path) -> None:
    february(warehouse)
    (warehouse / "access.toml").write_text(LISTED, encoding="utf-8")
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    app._page_hash = calc_hash("public")
    app.query_params["role"] = PUBLIC
    app.run()

    app._page_hash = calc_hash("queue")
    app.run()

    assert not [*app.get("html"), *app.dataframe, *app.metric, *app.get("page_link")]


@pytest.mark.parametrize("key", [key for key in screens() if not screens()[key].is_public])
def test_to_the_public_no_other_screen_exists(warehouse: Path, key: str) -> None:
    february(warehouse)
    app = AppTest.from_file(str(ROOT / screens()[key].file), default_timeout=60)
    app.query_params["role"] = PUBLIC

    app.run()

    assert [one.value for one in app.error] == ["Không có màn hình nào ở địa chỉ này."]
    assert not [*app.title, *app.caption, *app.metric, *app.dataframe, *app.button]


@pytest.mark.usefixtures("switched_on")
def test_a_role_without_a_menu_is_told_of_no_other_screen(
    warehouse: Path, open_page: OpenPage
) -> None:
    february(warehouse)

    app = open_page("public")

    assert {page["url_pathname"] for page in app._registered_pages.values()} == {"", "public"}


@pytest.mark.usefixtures("switched_on")
def test_before_the_first_figures_it_says_so_and_leads_nowhere(
    warehouse: Path, open_page: OpenPage
) -> None:
    app = open_page("public")

    assert "Chưa có số liệu No figures yet" in panel(app)
    assert not [*app.button, *app.get("page_link")]


@pytest.mark.usefixtures("switched_on")
def test_what_is_wrong_with_the_figures_is_not_told_in_the_hall(
    warehouse: Path, open_page: OpenPage, caplog: pytest.LogCaptureFixture
) -> None:
    february(warehouse)
    (snapshot,) = warehouse.glob("snapshots/*.duckdb")
    away = snapshot.rename(warehouse / "away")

    app = open_page("public")

    assert "Tạm thời chưa xem được số liệu" in panel(app)
    assert "test-001" not in panel(app)
    assert "test-001" in caplog.text

    away.rename(snapshot)
    assert "Trả đúng hẹn" in panel(app.run())  # by itself, nobody reloads a screen in the hall


@pytest.mark.usefixtures("switched_on")
def test_the_next_panel_comes_by_itself_unless_somebody_holds_one(
    warehouse: Path, open_page: OpenPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    february(warehouse)
    app = open_page("public")
    first = panel(app)

    monkeypatch.setattr(moment, "now", lambda: NOW + EACH)
    second = panel(app.run())
    app.button(key="public.hold").click().run()
    monkeypatch.setattr(moment, "now", lambda: NOW + 3 * EACH)
    held = panel(app.run())

    assert "1/4" in first
    assert "2/4" in second
    assert "2/4" in held
    assert app.button(key="public.hold").label == "Chạy tiếp · Go on"


def test_a_held_panel_goes_on_after_a_while_and_the_last_is_followed_by_the_first() -> None:
    turn = Turn(2, NOW).held(NOW)

    assert turn.now(NOW + HELD - EACH, 3, EACH).at == 2
    assert turn.now(NOW + HELD, 3, EACH) == Turn(0, NOW + HELD)


def test_a_panel_that_is_no_more_gives_way_to_the_last() -> None:
    assert Turn(9, NOW).now(NOW, 4, EACH).at == 3
