"""From a picture or a table to what a number counts, with the mouse, and back by the browser."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, expect

from pipeline.wording import wording
from tests.browser.watched import SCREEN_MS, WatchedPage

VI = wording("vi")
PERIOD = {"period": "2026-Q3"}


def bars(tab: WatchedPage, title: str) -> Locator:
    """The bars of the picture in the card with this title."""
    card = tab.page.get_by_test_id("stVerticalBlock").filter(
        has=tab.page.get_by_text(title, exact=True)
    )
    return card.last.locator(".bars .point path")


def written(tab: WatchedPage) -> int:
    """The number behind the first bar of the page: '357 (71,1%)' is 357."""
    label = tab.page.get_by_text(re.compile(r"^[\d.]+ \([\d,]+%\)$")).first.text_content()
    return int((label or "").split(" ")[0].replace(".", ""))


def click_middle(tab: WatchedPage, mark: Locator) -> None:
    """Click a bar where it is; what listens lies on top of it."""
    mark.scroll_into_view_if_needed()
    box = mark.bounding_box()
    assert box is not None
    tab.page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)


def counted(tab: WatchedPage) -> int:
    """How many rows the list says it has."""
    said = tab.page.get_by_text(re.compile(r"^[\d.]+ (hồ sơ|phiếu) – ")).first
    expect(said).to_be_visible(timeout=SCREEN_MS)
    return int(re.sub(r"\D", "", said.inner_text().split(" ")[0]))


def test_a_bar_of_the_levels_opens_its_answers_and_the_way_back_changes_nothing(
    tab: WatchedPage,
) -> None:
    tab.open("satisfaction", **PERIOD)
    tab.complete()
    title = VI("satisfaction.levels.title")
    very_satisfied = written(tab)

    click_middle(tab, bars(tab, title).first)
    expect(tab.heading(VI("answers.title"))).to_be_visible(timeout=SCREEN_MS)
    tab.settle()
    assert counted(tab) == very_satisfied

    tab.page.go_back()
    expect(tab.heading(VI("satisfaction.title"))).to_be_visible(timeout=SCREEN_MS)
    tab.settle()
    assert tab.address() == PERIOD


def test_a_bar_of_the_channels_opens_its_dossiers(tab: WatchedPage) -> None:
    tab.open("online", **PERIOD)
    tab.complete()
    title = VI("online.channels.title")
    fully_online = written(tab)

    click_middle(tab, bars(tab, title).first)
    expect(tab.page.get_by_role("heading", level=1).last).to_be_visible(timeout=SCREEN_MS)
    tab.page.wait_for_url(re.compile(r"/dossiers\?"), timeout=SCREEN_MS)
    tab.settle()

    assert counted(tab) == fully_online
    assert tab.address()["channel"] == "online_full"


def test_a_click_on_a_month_leaves_one_month_on_the_screen(tab: WatchedPage) -> None:
    tab.open("online", **PERIOD)
    tab.complete()

    click_middle(tab, bars(tab, VI("online.mix.title")).first)
    tab.page.wait_for_url(re.compile(r"period=\d{4}-\d{2}\b"), timeout=SCREEN_MS)
    tab.settle()

    assert tab.address()["period"] != PERIOD["period"]
    assert tab.heading(VI("online.title")).is_visible()
