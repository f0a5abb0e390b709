"""Every screen opens in a real browser without an error, wide and narrow."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from pages.ui.screens import screens
from tests.browser.watched import WatchedPage

WIDTHS = {"wide": 1400, "narrow": 390}


@pytest.mark.parametrize("key", screens())
@pytest.mark.parametrize("width", WIDTHS)
def test_a_screen_opens_without_an_error_and_without_scrolling_sideways(
    tab: WatchedPage, key: str, width: str
) -> None:
    tab.page.set_viewport_size({"width": WIDTHS[width], "height": 900})
    role = screens()[key].roles[0]

    tab.open(key, role=role)
    tab.complete()

    tab.shot(f"{key}-{width}")
    tab.check()
    expect(tab.page.get_by_role("dialog")).to_have_count(0)  # Streamlit's "Page not found"
    too_wide = tab.page.evaluate(
        "() => document.querySelector('[data-testid=stMain]').scrollWidth - window.innerWidth"
    )
    assert too_wide <= 0, f"{key} is {too_wide} px wider than the window"


def test_a_request_to_another_host_does_not_go_unheard(tab: WatchedPage) -> None:
    tab.open("definitions")
    assert tab.complaints == []

    tab.page.evaluate("fetch('http://192.0.2.1/font.woff2', {mode: 'no-cors'}).catch(() => null)")

    heard = [one for one in tab.complaints if "http://192.0.2.1/font.woff2" in one]
    tab.complaints.clear()
    assert heard != []
