"""Every number of the overview and the hot spots opens as many dossiers as it says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from tests.pages.conftest import OpenPage, click_cell, click_point, drawn, links, listed
from tests.pages.history import PERIOD


def number(text: str) -> int:
    return int(re.sub(r"\D", "", text))


def bars(figure: dict[str, Any]) -> Iterator[tuple[int, int]]:
    """Number of the point and what is written on it, of the first trace."""
    yield from ((at, number(text)) for at, text in enumerate(figure["data"][0]["text"]))


@pytest.mark.usefixtures("history")
@pytest.mark.parametrize("screen", ["overview", "hotspots"])
def test_links(screen: str, open_page: OpenPage) -> None:
    app = open_page(screen, **PERIOD)
    figures = [number(value) for one in app.metric if (value := str(one.value)).isdecimal()]
    labelled = [
        (number(found[0]) if (found := re.search(r"\d[\d.]*", link.label)) else None, address)
        for link, (target, address) in zip(app.page_link, links(app), strict=True)
        if target == "dossiers"
    ]
    assert len(labelled) >= (25 if screen == "overview" else 4)

    for said, address in labelled:
        opened = listed(open_page("dossiers", **address))
        assert opened == said if said is not None else opened in figures, address


@pytest.mark.usefixtures("history")
@pytest.mark.parametrize(
    ("screen", "chart"),
    [
        ("overview", "overview.open"),
        ("overview", "overview.hotspots"),
        ("hotspots", "hotspots.heat"),
        ("hotspots", "hotspots.fields"),
        ("hotspots", "hotspots.ages"),
        ("hotspots", "hotspots.old"),
    ],
)
def test_bars_and_cells(screen: str, chart: str, open_page: OpenPage) -> None:
    points = list(bars(drawn(open_page(screen, **PERIOD), chart)))
    assert any(said for _, said in points)

    for at, said in points:
        opened = click_point(open_page(screen, **PERIOD), chart, 0, at)
        assert opened.query_params["measure"]
        assert listed(opened) == said, (chart, at)


@pytest.mark.usefixtures("history")
@pytest.mark.parametrize("shows", ["resolved", "open"])
def test_months(shows: str, open_page: OpenPage) -> None:
    address = {**PERIOD, "months": shows}
    *layers, totals = drawn(open_page("overview", **address), "overview.months")["data"]
    assert len(layers) >= 3

    for at, said in enumerate(totals["y"]):
        opened = click_point(open_page("overview", **address), "overview.months", 0, at)
        assert listed(opened) == said == sum(layer["y"][at] for layer in layers), at


@pytest.mark.usefixtures("history")
def test_points_of_the_late_share(open_page: OpenPage) -> None:
    line = drawn(open_page("hotspots", **PERIOD), "hotspots.months")["data"][0]

    for at, note in enumerate(line["customdata"]):
        opened = click_point(open_page("hotspots", **PERIOD), "hotspots.months", 0, at)
        assert listed(opened) == number(note.partition("/")[0]), at


@pytest.mark.usefixtures("history")
@pytest.mark.parametrize("by", ["field", "unit", "procedure", "officer", "place"])
def test_numbers_of_the_ranking(by: str, open_page: OpenPage) -> None:
    address = {**PERIOD, "by": by}
    table = open_page("hotspots", **address).dataframe[0].value
    assert len(table) >= 3

    for row in sorted({0, 1, 2, len(table) - 2, len(table) - 1} & set(range(len(table)))):
        for column in ("late_or_overdue", "received"):
            app = open_page("hotspots", **address)
            opened = click_cell(app, f"hotspots.by.{by}", row, column)
            assert listed(opened) == table[column].iloc[row], (by, row, column)


@pytest.mark.usefixtures("history")
def test_a_share_opens_nothing(open_page: OpenPage) -> None:
    opened = click_cell(open_page("hotspots", **PERIOD), "hotspots.by.unit", 0, "late_share")

    assert "measure" not in opened.query_params
    assert opened.title[0].value == "Điểm nóng"
