"""A board with the demo in it, and a tab in which nothing may go wrong unnoticed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser.watched import WatchedPage
from tests.live.board import LiveBoard, live_board


@pytest.fixture(scope="session")
def board(demo_warehouse: Path) -> Iterator[LiveBoard]:
    """One server for all browser tests; a test that writes starts its own."""
    with live_board(demo_warehouse) as running:
        yield running


@pytest.fixture
def tab(page: Page, board: LiveBoard, request: pytest.FixtureRequest) -> Iterator[WatchedPage]:
    """A tab on the board. Errors of the browser or of a screen fail the test at its end."""
    watched = WatchedPage(page, board.url, request.node.name)
    yield watched
    watched.check()
