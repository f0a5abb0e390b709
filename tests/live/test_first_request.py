"""The first thing a fresh server is asked for is a deep link, by somebody it does not know.

A page file at the top of pages/ would be run without app.py until somebody opens the start page:
the frame around the screens, and one day the sign-in, would be missing. And until then Streamlit
calls every address but the board's own "Page not found", in English, above the right screen.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from pages.ui.identity import FIRST_ROLE
from pages.ui.screens import screens, screens_of
from pipeline.access import roles
from pipeline.settings import settings
from pipeline.wording import wording
from tests.browser.watched import SCREEN_MS, WatchedPage
from tests.live.board import LiveBoard, live_board

pytestmark = pytest.mark.needs_browser

# The public one has no frame, and tests of its own.
FRAMED = [key for key, screen in screens().items() if not screen.is_public]
AS_STAFF = {"role": "staff", "lang": "en", "period": "2026-09", "own": "1"}


@pytest.fixture(scope="module")
def visited(demo_warehouse: Path) -> Iterator[LiveBoard]:
    """One server for what is asked of it after its first request."""
    with live_board(demo_warehouse) as running:
        yield running


@pytest.mark.parametrize("key", FRAMED)
def test_a_deep_link_is_the_screen_or_its_refusal_and_nothing_above_it(
    page: Page, demo_warehouse: Path, key: str, request: pytest.FixtureRequest
) -> None:
    with live_board(demo_warehouse) as board:
        expect_the_screen(WatchedPage(page, board.url, request.node.name), key, {})


@pytest.mark.parametrize("key", ["queue", "overview"])  # the role's first one, and a closed one
def test_a_deep_link_with_choices_may_come_first_as_well(
    page: Page, demo_warehouse: Path, key: str, request: pytest.FixtureRequest
) -> None:
    with live_board(demo_warehouse) as board:
        expect_the_screen(WatchedPage(page, board.url, request.node.name), key, AS_STAFF)


@pytest.mark.parametrize("key", FRAMED)
def test_a_deep_link_of_a_colleague_keeps_its_choices(
    page: Page, visited: LiveBoard, key: str, request: pytest.FixtureRequest
) -> None:
    expect_the_screen(WatchedPage(page, visited.url, request.node.name), key, AS_STAFF)


def expect_the_screen(tab: WatchedPage, key: str, query: dict[str, str]) -> None:
    """Open a screen by its address, as the role of the query, and look at what stands there."""
    page, role = tab.page, query.get("role", FIRST_ROLE)
    words = wording(query.get("lang", "vi"))
    tab.open(key, **query)

    office = settings().office.name(words.language)
    expect(page.get_by_text(office, exact=False).first).to_be_visible(timeout=SCREEN_MS)
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert page.get_by_test_id("stException").count() == 0
    label = roles().roles[role].label(words.language)
    refusals = page.get_by_text(words("states.refused", role=label))
    expect(refusals).to_have_count(0 if screens()[key].open_to(role) else 1)
    assert urlsplit(page.url).path == f"/{key}"
    assert parse_qs(urlsplit(page.url).query).items() >= {k: [v] for k, v in query.items()}.items()


@pytest.mark.parametrize("role", ["province_leader", "staff", "steward"])
def test_the_board_s_own_address_is_the_role_s_first_screen_and_lets_one_go_back(
    page: Page, visited: LiveBoard, role: str, request: pytest.FixtureRequest
) -> None:
    words = wording("en")
    tab = WatchedPage(page, visited.url, request.node.name)
    tab.open("definitions", role=role, lang="en")
    tab.open("", role=role, lang="en")

    expect(page.get_by_role("dialog")).to_have_count(0)
    first = words(f"{screens_of(role)[0].key}.title")
    asks = re.escape(words("states.choose_unit.title"))
    either = re.compile(f"^({re.escape(first)}|{asks})$")
    expect(page.get_by_role("heading", name=either).first).to_be_visible(timeout=SCREEN_MS)
    assert urlsplit(page.url).path == "/"
    page.go_back()
    page.wait_for_url("**/definitions?*", timeout=SCREEN_MS)


def test_an_address_of_no_screen_is_said_in_the_viewer_s_language(
    page: Page, visited: LiveBoard, request: pytest.FixtureRequest
) -> None:
    tab = WatchedPage(page, visited.url, request.node.name)
    tab.open("nowhere")

    expect(page.get_by_text(wording("vi")("states.no_such_screen"))).to_be_visible()
    expect(page.get_by_role("dialog")).to_have_count(0)
