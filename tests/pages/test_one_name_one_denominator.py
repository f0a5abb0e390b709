"""On one screen a name of a rate stands for one numerator over one denominator."""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest

from pages.ui import tables, tiles
from pages.ui.screens import screens
from pipeline.metrics import metrics
from tests.pages.conftest import OpenPage
from tests.pages.history import PERIOD, build_with_slips_and_letters

SHOWN = sorted(set(screens()) - {"dossier"})
Meanings = dict[str, set[str]]


@pytest.fixture
def rates(warehouse: Path, monkeypatch: pytest.MonkeyPatch) -> Meanings:
    """Name of a rate -> what it is of: a column of the answer, or the two numbers of a tile."""
    build_with_slips_and_letters(warehouse)
    seen: Meanings = defaultdict(set)
    draw, show = tiles.draw, tables.show

    def draw_noted(viewer: Any, filters: Any, tile: tiles.Tile) -> None:
        if tile.value.endswith("%"):
            of = " ".join(count.text for count in tile.fraction or ()) or tile.basis
            seen[tile.label].add(" / ".join(re.findall(r"\d[\d.]*", of)))
        draw(viewer, filters, tile)

    def show_noted(viewer: Any, table: Any, columns: Any, **more: Any) -> Any:
        headings = [viewer.words(column.text) for column in columns]
        assert len(headings) == len(set(headings)), headings
        for column in columns:
            if column.kind == "rate":
                seen[viewer.words(column.text)].add(column.name)
        return show(viewer, table, columns, **more)

    monkeypatch.setattr(tiles, "draw", draw_noted)
    monkeypatch.setattr(tables, "show", show_noted)
    return seen


@pytest.mark.parametrize("screen", SHOWN)
def test_of_a_screen(screen: str, rates: Meanings, open_page: OpenPage) -> None:
    open_page(screen, role="operator", **PERIOD)

    assert {name: of for name, of in rates.items() if len(of) > 1} == {}
    assert all(of != {""} for of in rates.values())  # a share without its two numbers


def test_rates_were_looked_at(rates: Meanings, open_page: OpenPage) -> None:
    for screen in SHOWN:
        open_page(screen, role="operator", **PERIOD)

    assert len(rates) >= 15


@pytest.mark.parametrize("language", ["vi", "en"])
def test_of_definitions(language: str) -> None:
    named: Meanings = defaultdict(set)
    for one in metrics().values():
        if one.denominator:
            named[one.label(language)].add(f"{one.numerator} / {one.denominator}")

    assert {name: of for name, of in named.items() if len(of) > 1} == {}
