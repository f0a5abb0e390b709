"""A browser that meets hostile texts runs, fetches and builds nothing for them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Dialog, Page, expect

from tests import hostile
from tests.browser.watched import WatchedPage
from tests.live.board import LiveBoard, copied_with_public_board, live_board

VISITS = [
    ("overview", "operator", {}),
    ("hotspots", "operator", {"by": "procedure"}),
    ("satisfaction", "operator", {}),
    ("queue", "operator", {}),
    ("dossiers", "operator", {"search": hostile.TEXTS[5]}),
    ("dossier", "operator", {"dossier": hostile.code(5, 3)}),
    ("dossier", "operator", {"dossier": hostile.code(24, 3)}),
    ("quality", "operator", {}),
    ("public", "public", {}),
]
# What a text could have become; bold, code and headings are the board's own.
BUILT = f"""() => [
    ...document.querySelectorAll(
        'img, a, script, iframe, object, em, del, s, u, blockquote, li, hr, .katex'
    )
].filter(one => /{hostile.MARK}|192\\.0\\.2\\.9/.test(one.outerHTML)).map(one => one.outerHTML)"""


@pytest.fixture(scope="module")
def board(tmp_path_factory: pytest.TempPathFactory, hostile_warehouse: Path) -> Iterator[LiveBoard]:
    root = copied_with_public_board(tmp_path_factory.mktemp("office") / "board")
    with live_board(hostile_warehouse, root=root) as running:
        yield running


def test_nothing_is_run_fetched_or_built_for_a_text(
    page: Page, board: LiveBoard, request: pytest.FixtureRequest
) -> None:
    tab = WatchedPage(page, board.url, request.node.name)
    dialogs: list[str] = []

    def hear(dialog: Dialog) -> None:
        dialogs.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", hear)
    met = 0
    for key, role, choices in VISITS:
        tab.open(key, role=role, as_of=hostile.AS_OF, period="2026-Q3", **choices)
        tab.complete()
        expect(page.get_by_test_id("stSkeleton")).to_have_count(0)  # tables come later
        if key == "public":
            page.get_by_role("radio", name="Đơn vị · Units").click()
            expect(page.get_by_role("cell", name=hostile.TEXTS[0])).to_be_visible()
        for chart in page.get_by_test_id("stPlotlyChart").all()[:2]:
            chart.hover()  # what a hover says is HTML of Plotly's own kind
        tab.shot(key)

        assert page.evaluate(BUILT) == [], key
        assert page.evaluate("window.hit") is None, key
        met += hostile.MARK in page.content()

    assert dialogs == []
    assert met >= 5
    tab.check()  # no error, and no request left for the addresses in the texts
