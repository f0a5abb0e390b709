"""From the first page to signing out, in a real browser, at a real provider of identities."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.watched import SCREEN_MS
from tests.live.board import LiveBoard
from tests.live.listed import list_people, province
from tests.live.provider import asking_board, provided, user
from tests.live.visit import Place, visiting

LEADER, STRANGER, UNSURE = "leader@x.vn", "stranger@x.vn", "unsure@x.vn"
PEOPLE = [(LEADER, "unit_leader", "U1"), (UNSURE, "operator", "")]


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return province(tmp_path_factory.mktemp("signing-in"))


@pytest.fixture(scope="module")
def asking(warehouse: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveBoard]:
    list_people(warehouse, "oidc", PEOPLE)
    people = [user(LEADER), user(STRANGER), user(UNSURE, verified=False)]
    with (
        provided(*people) as description,
        asking_board(warehouse, tmp_path_factory.mktemp("secrets"), description) as board,
    ):
        yield board


def sign_in(page: Page, person: str) -> None:
    """From the page of signing in, through the provider's form, back to the board."""
    page.get_by_role("button", name="Đăng nhập", exact=True).click(timeout=SCREEN_MS)
    page.get_by_role("button", name=person, exact=True).click(timeout=SCREEN_MS)


def expect_the_way_in(page: Page) -> None:
    button = page.get_by_role("button", name="Đăng nhập", exact=True)
    expect(button).to_be_visible(timeout=SCREEN_MS)
    expect(page.get_by_test_id("stMetric")).to_have_count(0)
    expect(page.get_by_role("navigation")).to_have_count(0)


def test_the_way_from_the_first_page_to_signing_out(
    page: Page, asking: LiveBoard, warehouse: Path
) -> None:
    list_people(warehouse, "oidc", PEOPLE)
    page.goto(f"{asking.url}/queue?role=operator&unit=U2")
    expect_the_way_in(page)

    sign_in(page, LEADER)
    account = page.get_by_role("button", name="Name of leader")
    expect(account).to_be_visible(timeout=SCREEN_MS)
    assert page.url == f"{asking.url}/queue?role=operator&unit=U2"  # where he wanted to go
    expect(page.get_by_text("ZEPHYR")).to_have_count(0)
    other_tab = page.context.new_page()
    other_tab.goto(f"{asking.url}/dossiers?period=all")
    expect(other_tab.get_by_role("heading", level=1)).to_be_visible(timeout=SCREEN_MS)
    cookies = {one["name"]: one for one in page.context.cookies()}
    assert cookies["_streamlit_user"]["httpOnly"]

    account.click()
    expect(page.get_by_text("Vai trò Lãnh đạo đơn vị")).to_be_visible(timeout=SCREEN_MS)
    page.get_by_role("button", name="Đăng xuất").click()
    confirm = page.get_by_role("button", name="End session")
    expect(confirm.or_(page.get_by_role("button", name="Đăng nhập", exact=True))).to_be_visible(
        timeout=SCREEN_MS
    )
    page.goto(asking.url)
    expect_the_way_in(page)

    # The other tab is shown out at its next interaction, and the cookie that was copied is worth
    # nothing any more.
    other_tab.get_by_role("radio", name="EN").click()
    expect(other_tab.get_by_role("button", name="Sign in", exact=True)).to_be_visible(
        timeout=SCREEN_MS
    )
    page.context.add_cookies([cookies["_streamlit_user"]])  # type: ignore[list-item]
    page.goto(asking.url)
    expect_the_way_in(page)


def test_signing_out_by_the_address_alone_ends_the_sign_in_everywhere(
    page: Page, asking: LiveBoard, warehouse: Path
) -> None:
    list_people(warehouse, "oidc", PEOPLE)
    page.goto(asking.url)
    sign_in(page, LEADER)
    expect(page.get_by_test_id("stMetric").first).to_be_visible(timeout=SCREEN_MS)

    page.context.request.get(f"{asking.url}/auth/logout", max_redirects=0)
    page.get_by_role("radio", name="EN").click()

    expect(page.get_by_role("button", name="Sign in", exact=True)).to_be_visible(timeout=SCREEN_MS)
    expect(page.get_by_test_id("stMetric")).to_have_count(0)


@pytest.mark.parametrize(
    ("person", "said"), [(STRANGER, "chưa được cấp quyền"), (UNSURE, "chưa xác nhận địa chỉ thư")]
)
def test_who_has_no_place_on_the_board_is_told_whom_to_ask(
    page: Page, asking: LiveBoard, person: str, said: str
) -> None:
    page.goto(f"{asking.url}/overview")
    sign_in(page, person)

    expect(page.get_by_text(said)).to_be_visible(timeout=SCREEN_MS)
    expect(page.get_by_text("người quản trị hệ thống của cơ quan")).to_be_visible()
    expect(page.get_by_test_id("stMetric")).to_have_count(0)
    expect(page.get_by_role("navigation")).to_have_count(0)
    expect(page.get_by_role("button", name="Đăng nhập bằng tài khoản khác")).to_be_visible()


def test_a_role_that_is_taken_away_while_the_screen_is_open_is_gone_at_the_next_click(
    page: Page, asking: LiveBoard, warehouse: Path
) -> None:
    list_people(warehouse, "oidc", PEOPLE)
    page.goto(asking.url)
    sign_in(page, LEADER)
    expect(page.get_by_test_id("stMetric").first).to_be_visible(timeout=SCREEN_MS)

    list_people(warehouse, "oidc", [])
    page.get_by_role("radio", name="EN").click()

    expect(page.get_by_text("has no access to this board")).to_be_visible(timeout=SCREEN_MS)
    expect(page.get_by_test_id("stMetric")).to_have_count(0)
    expect(page.get_by_role("navigation")).to_have_count(0)


def test_a_cookie_that_the_board_did_not_sign_lets_nobody_in(asking: LiveBoard) -> None:
    forged = '{"is_logged_in": true, "email": "leader@x.vn", "email_verified": true}'
    headers = {"Cookie": f"_streamlit_user={forged.encode().hex()}", "Origin": asking.url}
    with visiting(asking.url, headers) as visit:
        visit.ask(Place("overview"))

    assert "Hãy đăng nhập".encode() in b"".join(visit.heard)
    assert b"QUARTZ" not in b"".join(visit.heard)
