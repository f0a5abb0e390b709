"""The first thing a fresh server is asked for is a deep link, by somebody it does not know.

A page file at the top of pages/ would be run without app.py until somebody opens the start page:
the frame around the screens, and one day the sign-in, would be missing.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from pages.ui.identity import FIRST_ROLE
from pages.ui.screens import screens, screens_of
from pipeline.settings import settings
from pipeline.wording import wording
from tests.browser.watched import SCREEN_MS, WatchedPage
from tests.live.board import live_board, visit_silently

pytestmark = pytest.mark.needs_browser

WORDS = wording("vi")


@pytest.mark.parametrize("query", [{}, {"period": "2026-09"}], ids=["plain", "with-query"])
@pytest.mark.parametrize("key", screens())
def test_a_deep_link_goes_through_the_entry_file(
    page: Page,
    demo_warehouse: Path,
    key: str,
    query: dict[str, str],
    request: pytest.FixtureRequest,
) -> None:
    with live_board(demo_warehouse) as board:
        tab = WatchedPage(page, board.url, request.node.name)
        tab.open(key, **query)

        office = settings().office.name("vi")
        expect(page.get_by_text(office, exact=False).first).to_be_visible(timeout=SCREEN_MS)
        assert page.get_by_test_id("stException").count() == 0
        if not screens()[key].open_to(FIRST_ROLE):
            title = WORDS(f"{key}.title")
            assert page.get_by_role("heading", name=title, exact=True).count() == 0


def test_after_the_silent_first_visit_no_deep_link_is_called_missing(
    page: Page, demo_warehouse: Path, request: pytest.FixtureRequest
) -> None:
    with live_board(demo_warehouse) as board:
        visit_silently(board)
        tab = WatchedPage(page, board.url, request.node.name)
        missing = []
        for key, screen in screens().items():
            role = screen.roles[0]
            # A role's first screen has the address of the board itself.
            tab.open("" if screen is screens_of(role)[0] else key, role=role)
            # Streamlit's dialog "Page not found": English, and wrong.
            if page.get_by_role("dialog").count():
                missing.append(key)

    assert missing == []
