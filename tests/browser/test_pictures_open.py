"""Pictures are ways too: what one points at says its counts, and a click opens as many dossiers."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, expect

from pipeline.metrics import metric
from pipeline.wording import wording
from tests.browser.watched import SCREEN_MS, WatchedPage

VI = wording("vi")
YEAR = "2026"


def cell(tab: WatchedPage, alt_key: str) -> Locator:
    """The first cell or bar of the picture whose description begins so."""
    began = VI(alt_key, rows=0, columns=0, n=0).partition(":")[0]
    picture = tab.page.get_by_role("figure", name=re.compile(f"^{re.escape(began)}:"))
    return picture.locator(".barlayer .point path").first


def pointed_at(tab: WatchedPage, place: Locator) -> tuple[float, float]:
    """The middle of a shape, with the pointer on it."""
    place.scroll_into_view_if_needed()
    box = place.bounding_box()
    assert box is not None
    middle = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    tab.page.mouse.move(*middle)
    return middle


def test_a_cell_of_the_heat_map_says_its_counts_and_opens_its_dossiers(tab: WatchedPage) -> None:
    tab.open("hotspots", period=YEAR)
    tab.settle()
    place = cell(tab, "pictures.heat.alt")

    middle = pointed_at(tab, place)
    hover = tab.page.locator(".hoverlayer .hovertext").first
    expect(hover).to_be_visible(timeout=SCREEN_MS)
    said = re.search(r"([\d.]+) hồ sơ trễ hạn trên ([\d.]+)", hover.text_content() or "")
    assert said is not None
    late, handled = (int(part.replace(".", "")) for part in said.groups())
    assert 0 < late <= handled

    tab.page.mouse.click(*middle)

    expect(tab.heading(metric("late_or_overdue").label("vi"))).to_be_visible(timeout=SCREEN_MS)
    tab.settle()
    name = metric("late_or_overdue").label("vi")
    assert tab.rows_of(VI("dossiers.table_alt", name=name, total=late)) == late


def test_a_band_of_age_opens_its_dossiers_and_the_way_back_is_clean(tab: WatchedPage) -> None:
    tab.open("hotspots", period=YEAR)
    tab.settle()
    place = cell(tab, "hotspots.ages.alt")

    middle = pointed_at(tab, place)
    tab.page.mouse.click(*middle)

    expect(tab.heading(metric("open_overdue").label("vi"))).to_be_visible(timeout=SCREEN_MS)
    tab.settle()
    assert tab.address()["over"].startswith("0-")

    tab.page.go_back()
    expect(tab.heading(VI("hotspots.title"))).to_be_visible(timeout=SCREEN_MS)
    assert tab.address() == {"period": YEAR}
