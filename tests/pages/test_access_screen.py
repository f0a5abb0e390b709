"""The operator's screen of access: who sees a unit, and why."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.conftest import OpenPage, texts
from tests.snapshots import build, dossier, unit

PEOPLE = """
[[person]]
id = "tinh@x.vn"
name = "Nguyễn *Tỉnh*"
role = "province_leader"
[[person]]
id = "xa@x.vn"
name = "Lê Xã"
role = "staff"
units = ["U1"]
[[person]]
id = "hai@x.vn"
name = "Trần Hai"
role = "unit_leader"
units = ["U2"]
valid_until = 2024-01-01
"""


@pytest.fixture
def listed(warehouse: Path) -> Path:
    build(warehouse, [dossier()], units=[unit("U1", unit_name="Xã Một"), unit("U2")])
    (warehouse / "access.toml").write_text(PEOPLE, encoding="utf-8")
    return warehouse


def opened(open_page: OpenPage, **address: str) -> AppTest:
    return open_page("access", role="operator", **address)


def accounts(app: AppTest) -> list[str]:
    return list(app.dataframe[0].value["person"])


def test_everybody_is_listed_and_who_is_not_let_in_stands_on_top(
    listed: Path, open_page: OpenPage
) -> None:
    app = opened(open_page)

    assert accounts(app) == ["hai@x.vn", "xa@x.vn", "tinh@x.vn"]
    assert list(app.dataframe[0].value["state"]) == [
        "Đã hết hạn",
        "Đang có hiệu lực",
        "Đang có hiệu lực",
    ]
    assert "**3 người có trong danh sách**, 2 người vào được hôm nay." in texts(app)


def test_a_unit_is_answered_with_who_sees_it_and_nobody_else(
    listed: Path, open_page: OpenPage
) -> None:
    app = opened(open_page, unit="U1")

    assert accounts(app) == ["xa@x.vn", "tinh@x.vn"]
    assert "**2 người xem được Xã Một**: 1 người" in texts(app)


def test_a_person_is_found_by_part_of_his_name_without_accents(
    listed: Path, open_page: OpenPage
) -> None:
    assert accounts(opened(open_page, who="tran")) == ["hai@x.vn"]
    app = opened(open_page, who="nowhere")
    assert "Không có ai khớp" in texts(app)
    assert not app.dataframe


def test_choosing_somebody_says_why_he_sees_what_he_sees(listed: Path, open_page: OpenPage) -> None:
    app = opened(open_page)

    app.session_state["access.people"] = {"selection": {"rows": [2]}}
    app.run()

    assert "Vì sao Nguyễn \\*Tỉnh\\* thấy những số liệu này" in texts(app)
    assert "mọi đơn vị" in texts(app)
    assert "**Nguyễn *Tỉnh***" not in texts(app)


def test_without_sign_in_the_screen_says_so(warehouse: Path, open_page: OpenPage) -> None:
    build(warehouse, [dossier()])

    app = opened(open_page)

    assert "Chưa cấu hình đăng nhập" in texts(app)
    assert not app.dataframe


@pytest.mark.parametrize("role", ["steward", "province_leader", "coordinator"])
def test_nobody_but_the_operator_reads_the_list(
    listed: Path, open_page: OpenPage, role: str
) -> None:
    app = open_page("access", role=role)

    assert "không dành cho vai trò" in app.error[0].value
    assert not app.dataframe
    assert "tinh@x.vn" not in texts(app)
