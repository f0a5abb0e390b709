"""Screens for who signs in: what the office's list grants, and not what the address asks for."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from pages.ui import identity
from pages.ui.screens import screens
from pipeline import admission, audit, sessions
from pipeline.audit import Asked
from pipeline.errors import NotAdmitted
from pipeline.settings import ROOT
from tests.pages.conftest import figures, texts
from tests.snapshots import build, day, finished, unit

LISTED = """
mode = "oidc"
[[person]]
id = "tinh@x.vn"
name = "Nguyễn Thị Tỉnh"
role = "province_leader"
[[person]]
id = "xa@x.vn"
name = "Lê Văn Xã"
role = "staff"
units = ["U1"]
[[person]]
id = "hai@x.vn"
name = "Trần Hai"
role = "unit_leader"
units = ["U1", "Xã Hai"]
[[person]]
id = "cu@x.vn"
name = "Phạm Cũ"
role = "province_leader"
valid_until = 2024-01-01
"""

SignIn = Callable[..., AppTest]


@pytest.fixture
def listed(warehouse: Path) -> Path:
    """The office's list, beside a snapshot of three units; returns the file."""
    build(
        warehouse,
        [finished(day(5), unit_id="U1"), finished(day(6), unit_id="U2")]
        + [finished(day(7), unit_id="U3") for _ in range(3)],
        units=[unit("U1", unit_name="Xã Một"), unit("U2", unit_name="Xã Hai"), unit("U3")],
    )
    path = warehouse / "access.toml"
    path.write_text(LISTED, encoding="utf-8")
    return path


def claims(person: str, **told: Any) -> dict[str, Any]:
    return {
        "is_logged_in": True,
        "provider": "default",
        "iat": time.time() - 60,
        "email": person,
        "email_verified": True,
        **told,
    }


def signed_in(person: str | None, *, screen: str | None = None, **address: str) -> AppTest:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    app.user = claims(person) if person else {}
    app.query_params.update(address)
    app.run()
    if screen:
        app.switch_page(screens()[screen].file).run()
    assert not app.exception, [element.message for element in app.exception]
    return app


def is_empty(app: AppTest) -> bool:
    """Nothing of the board stands on the page: no screen, no frame."""
    return not [
        *app.title,
        *app.metric,
        *app.dataframe,
        *app.selectbox,
        *app.warning,
        *app.sidebar.selectbox,
    ]


def test_who_has_not_signed_in_is_asked_to_and_sees_nothing_else(listed: Path) -> None:
    app = signed_in(None)

    assert "Hãy đăng nhập" in texts(app)
    assert [button.key for button in app.button] == ["entrance.sign_in"]
    assert "số liệu nạp" not in texts(app)
    assert is_empty(app)


@pytest.mark.parametrize(
    ("person", "said"),
    [("nobody@x.vn", "chưa được cấp quyền"), ("cu@x.vn", "đã hết từ sau ngày 01/01/2024")],
)
def test_who_is_not_in_the_list_is_told_whom_to_ask_and_sees_nothing_else(
    listed: Path, person: str, said: str
) -> None:
    app = signed_in(person, role="operator", **{"as": "U1"})

    assert said in texts(app)
    assert "người quản trị hệ thống của cơ quan" in texts(app)
    assert "số liệu nạp" not in texts(app)
    assert is_empty(app)


def test_an_address_that_is_not_verified_lets_nobody_in(listed: Path) -> None:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    app.user = claims("tinh@x.vn", email_verified=False)

    app.run()

    assert "chưa xác nhận địa chỉ thư" in texts(app)
    assert is_empty(app)


def test_role_and_unit_of_the_address_are_not_believed(listed: Path) -> None:
    app = signed_in("xa@x.vn", screen="dossiers", role="operator", **{"as": "U3"})

    assert app.caption[0].value.startswith("Bộ phận Một cửa · Cán bộ một cửa · ")
    assert "**1** hồ sơ" in texts(app) or "1 hồ sơ" in texts(app)
    assert not [box for box in app.selectbox if box.key == "address.role"]


def test_a_screen_that_the_listed_role_lacks_is_refused_whatever_the_address_says(
    listed: Path,
) -> None:
    app = signed_in("xa@x.vn", screen="overview", role="operator")

    assert "không dành cho vai trò Cán bộ một cửa" in app.error[0].value
    assert "đổi vai trò" not in texts(app)
    assert not app.metric


def test_who_has_several_units_sees_both_and_narrows_to_one_of_them_only(listed: Path) -> None:
    assert figures(signed_in("hai@x.vn"))["Tiếp nhận trong kỳ"] == "2"
    assert figures(signed_in("hai@x.vn", **{"as": "Xã Hai"}))["Tiếp nhận trong kỳ"] == "1"
    assert figures(signed_in("hai@x.vn", **{"as": "U3"}))["Tiếp nhận trong kỳ"] == "2"


def test_a_role_taken_away_is_gone_at_the_next_interaction(listed: Path) -> None:
    app = signed_in("tinh@x.vn")
    assert figures(app)["Tiếp nhận trong kỳ"] == "5"

    listed.write_text(LISTED.replace("tinh@x.vn", "other@x.vn"), encoding="utf-8")
    app.run()

    assert "chưa được cấp quyền" in texts(app)
    assert is_empty(app)


def test_a_unit_taken_away_is_gone_at_the_next_interaction(listed: Path) -> None:
    app = signed_in("hai@x.vn")

    listed.write_text(LISTED.replace('["U1", "Xã Hai"]', '["U1"]'), encoding="utf-8")
    app.run()

    assert figures(app)["Tiếp nhận trong kỳ"] == "1"


def test_a_unit_that_a_new_snapshot_has_merged_is_not_found_and_shows_nothing(
    listed: Path, warehouse: Path
) -> None:
    app = signed_in("hai@x.vn")

    build(
        warehouse,
        [finished(day(5), unit_id="N")],
        units=[unit("N", unit_name="Xã Mới")],
        snapshot_id="test-002",
    )
    app.run()

    assert "Không tìm thấy đơn vị" in app.error[0].value
    assert not [*app.metric, *app.dataframe]


def test_a_session_that_was_ended_elsewhere_is_over_at_the_next_interaction(
    listed: Path, warehouse: Path
) -> None:
    app = signed_in("tinh@x.vn")
    mark = admission.session_of(app.user)

    sessions.end(warehouse, mark, datetime.now(UTC))
    app.run()

    assert "Phiên đăng nhập đã kết thúc" in texts(app)
    assert is_empty(app)


def test_a_page_that_stays_open_behind_a_proxy_keeps_its_identity_for_some_hours_only(
    listed: Path,
) -> None:
    key = "k" * 40
    listed.write_text(
        LISTED.replace('mode = "oidc"', f'mode = "proxy"\n[proxy]\nkey = "{key}"'), "utf-8"
    )
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    app.user = {admission.PROXY_CLAIM: "tinh@x.vn"}
    app.run()
    assert app.metric

    app.session_state["identity.opened"] = datetime.now(UTC) - timedelta(hours=13)
    app.run()

    assert "đã mở quá 12 giờ; hãy tải lại trang" in texts(app)
    assert is_empty(app)


def test_signing_out_ends_the_sign_in_for_whoever_holds_a_copy(
    listed: Path, warehouse: Path
) -> None:
    app = signed_in("tinh@x.vn")
    told = dict(app.user)
    app.session_state["account"] = True
    app.run()

    app.button(key="account.sign_out").click().run()

    assert "Hãy đăng nhập" in texts(app)
    assert sessions.is_ended(warehouse, admission.session_of(told))
    copy = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    copy.user = told
    assert is_empty(copy.run())


def test_signing_in_and_out_and_being_turned_away_are_logged_once(
    listed: Path, warehouse: Path
) -> None:
    app = signed_in("tinh@x.vn")
    told = dict(app.user)
    app.session_state["account"] = True
    app.run()
    other_tab = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    other_tab.user = told
    other_tab.run()
    app.button(key="account.sign_out").click().run()
    signed_in("nobody@x.vn").run()
    signed_in(None).run()

    logged = [(one.event, one.who, one.what) for one in audit.search(warehouse, Asked())]
    assert logged[::-1] == [
        ("sign_in", "tinh@x.vn", "oidc"),
        ("sign_out", "tinh@x.vn", "oidc"),
        ("refused", "nobody@x.vn", "error.entry.unknown"),
    ]


@pytest.mark.parametrize("content", [None, "mode = ", 'mode = "none"\n'])
def test_a_list_that_is_lost_or_broken_opens_a_running_board_to_nobody(
    listed: Path, content: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(identity.STARTED_VARIABLE, "oidc")
    app = signed_in("tinh@x.vn")
    assert app.metric

    if content is None:
        listed.unlink()
    else:
        listed.write_text(content, encoding="utf-8")
    app.run()

    assert "tạm đóng" in texts(app)
    assert is_empty(app)


def test_the_account_says_why_somebody_sees_what_he_sees(listed: Path) -> None:
    app = signed_in("hai@x.vn", lang="en")
    app.session_state["account"] = True
    app.run()

    assert "Signed in as **Trần Hai**" in texts(app)
    (units,) = [box for box in app.selectbox if box.key == "address.as"]
    assert units.options == ["All my units", "Xã Một", "Xã Hai"]
    assert "**Xã Một, Xã Hai** resolves or takes in" in texts(app)
    assert "Sees names and telephone numbers" not in texts(app)


def test_a_question_asked_after_the_role_was_taken_away_is_not_answered(listed: Path) -> None:
    who = identity.Identity("province_leader", (), "vi", "tinh@x.vn", "", "oidc", "m", None)
    who.must_still_hold()

    listed.write_text(LISTED.replace("province_leader", "coordinator"), encoding="utf-8")

    with pytest.raises(NotAdmitted):
        who.must_still_hold()


def test_a_board_without_sign_in_says_so_in_the_account(warehouse: Path) -> None:
    build(warehouse, [finished(day(5))])
    assert identity.STARTED_VARIABLE not in os.environ
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    app.run()
    app.session_state["account"] = True
    app.run()

    assert "không có đăng nhập" in texts(app)
    assert not [button for button in app.button if button.key == "account.sign_out"]
