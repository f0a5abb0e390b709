"""Every count in a table of a screen opens a list of as many dossiers.

Asked of the function that a table opens its numbers with, so that no table can be forgotten.
"""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from pages.ui import tables
from pages.ui.links import Way
from pages.ui.screens import screens
from tests.pages.conftest import OpenPage, click_point, drawn, links, listed
from tests.pages.history import PERIOD, build_with_slips_and_letters

# Of the hot spots and of online every breakdown is looked at in tests of their own.
SCREENS = ("hotspots", "online", "reconcile", "forms", "promises", "signals", "steps", "procedures")
ADDRESSES: dict[str, list[dict[str, str]]] = {
    "reconcile": [{"by": "unit"}, {"by": "month"}],
    "forms": [{"form": "ii06a"}, {"form": "ii06b"}, {"units": "successor"}, {"unit": "U1"}],
    "steps": [{}, {"unit": "U1"}],
}
# Counts of something else than dossiers, and sums that no list can be narrowed to.
NOT_DOSSIERS = {
    ("forms.checks", "left"),
    ("forms.checks", "right"),
    ("forms.checks", "difference"),
    ("signals.gaps", "missing_n"),
    ("signals.gaps", "gap_day_n"),
    ("steps.desks", "open_days_max"),
}
# Counts of steps: a dossier may have several of them.
STEPS = {("steps.desks", "step_n"), ("steps.handoffs", "handoff_n")}
Seen = dict[tuple[str, str], list[tuple[int, Way | None]]]


@pytest.fixture
def counts(warehouse: Path, monkeypatch: pytest.MonkeyPatch) -> Seen:
    """Table and column -> each count above 0, and the way it opens; filled as screens are drawn."""
    build_with_slips_and_letters(warehouse)
    seen: Seen = defaultdict(list)
    draw = tables.show

    def show(
        viewer: Any, table: Any, columns: Any, *, key: str, opens: Any = None, **more: Any
    ) -> Any:
        for column in columns:
            for row in table.to_pylist() if column.kind == "count" else ():
                if row[column.name]:
                    way = opens(row, column.name) if opens else None
                    seen[key, column.name].append((row[column.name], way))
        return draw(viewer, table, columns, key=key, opens=opens, **more)

    monkeypatch.setattr(tables, "show", show)
    return seen


@pytest.mark.parametrize(
    ("screen", "address"),
    [(screen, address) for screen in SCREENS for address in ADDRESSES.get(screen, [{}])],
    ids=str,
)
def test_counts(screen: str, address: dict[str, str], counts: Seen, open_page: OpenPage) -> None:
    open_page(screen, **PERIOD, **address)

    found = {place: ways for place, ways in counts.items() if place not in NOT_DOSSIERS}
    assert found
    for place, ways in found.items():
        open_ones = [(n, way) for n, way in ways if way]
        # sections and lines of former units have no list of their own; everything else has
        assert len(open_ones) == len(ways) or (screen == "forms" and open_ones), place
        n, way = open_ones[len(place[1]) % len(open_ones)]  # another row for every column
        choices = {key: value for key, value in way.choices.items() if value is not None}
        assert way.screen == "dossiers"
        opened = listed(open_page("dossiers", **choices))
        assert 0 < opened <= n if place in STEPS else opened == n, (place, choices)


@pytest.mark.parametrize(
    ("screen", "chart", "amounts"),
    [
        ("promises", "promises.steps", "x"),
        ("promises", "promises.reasons", "x"),
        ("steps", "steps.turned", "x"),
    ],
)
def test_bars(screen: str, chart: str, amounts: str, warehouse: Path, open_page: OpenPage) -> None:
    build_with_slips_and_letters(warehouse)
    bars = drawn(open_page(screen, **PERIOD), chart)["data"][0][amounts]
    opened = [
        listed(click_point(open_page(screen, **PERIOD), chart, 0, at)) for at in range(len(bars))
    ]

    # the bar of steps that the slip does not name leads nowhere
    assert [n for n in opened if n] == [n for n, was in zip(bars, opened, strict=True) if was]
    assert sum(map(bool, opened)) >= len(bars) - 1 > 0


def test_columns_of_months_open_what_was_late(warehouse: Path, open_page: OpenPage) -> None:
    build_with_slips_and_letters(warehouse)
    *layers, totals = drawn(open_page("promises", **PERIOD), "promises.months")["data"]

    for at, late in enumerate(totals["y"]):
        opened = click_point(open_page("promises", **PERIOD), "promises.months", 0, at)
        assert listed(opened) == late == sum(layer["y"][at] for layer in layers)


def test_moves_after_the_day_open_as_many(warehouse: Path, open_page: OpenPage) -> None:
    build_with_slips_and_letters(warehouse)
    (link,) = [
        (int(re.findall(r"\d+", said)[0]), address)
        for said, address in _labelled(open_page("promises", **PERIOD))
        if "ngày hẹn đã qua" in said
    ]
    assert listed(open_page("dossiers", **link[1])) == link[0] > 0


def _labelled(app: AppTest) -> list[tuple[str, dict[str, str]]]:
    labels = [one.label for one in app.page_link]
    return [(said, address) for said, (_, address) in zip(labels, links(app), strict=True)]


def test_all_screens_with_counts_of_dossiers_are_asked(counts: Seen, open_page: OpenPage) -> None:
    for key in screens():
        if key not in (*SCREENS, "dossier", "dossiers", "queue", "officers"):
            open_page(key, role="operator", **PERIOD)

    assert {key for key, _ in counts if not key.startswith(("quality.", "intake."))} == set()
    open_page("promises", role="operator", **PERIOD)
    assert {key for key, _ in counts} >= {"promises.units", "promises.moves"}  # it was listened


def test_the_counts_of_an_officer(counts: Seen, open_page: OpenPage) -> None:
    app = open_page("officers", role="province_leader", **PERIOD)
    rows = app.dataframe[0].value
    assert len(rows) > 3

    for at in range(len(rows)):
        app.session_state["officers.table"] = {"selection": {"rows": [at]}}
        app.run()
        for name, (_, address) in zip(
            ("received", "open_overdue", "due_soon"), links(app)[-3:], strict=True
        ):
            assert address["measure"] == name
            assert listed(open_page("dossiers", **address)) == rows[name].iloc[at]
