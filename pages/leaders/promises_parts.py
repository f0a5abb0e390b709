"""The funnel of apologies and the figures beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from pages.ui import chart, links
from pages.ui.chart import Style
from pages.ui.chart_amounts import Bar, flat_bars
from pages.ui.filters import Filters
from pages.ui.guard import Viewer
from pages.ui.palette import palette
from pages.ui.tiles import Tile
from pipeline import promises
from pipeline.insight import Insight
from pipeline.promises import STAGES, rule_on

Row = Mapping[str, Any]
# What is left after each step, beside what is lost at it.
PASSED = ("with_letter", "with_reason", "with_new_due", "in_time", "kept", "said_once")


def funnel(viewer: Viewer, chosen: Filters) -> list[Row]:
    """The funnel by unit."""
    rows: list[Row] = viewer.ask("apology_funnel", **chosen.params(viewer.as_of)).to_pylist()
    return rows


def moves(viewer: Viewer, chosen: Filters) -> list[Row]:
    """Resolved dossiers by how often their promise was moved."""
    rows: list[Row] = viewer.ask("promise_moves", **chosen.params(viewer.as_of)).to_pylist()
    return rows


def total(rows: Sequence[Row], name: str) -> int:
    """One count of all rows together."""
    return sum(row[name] for row in rows)


def lost(rows: Sequence[Row]) -> dict[str, int]:
    """What is lost at each step, by the names of findings."""
    before = total(rows, "promise_broken")
    gone = {}
    for stage, name in zip(STAGES, PASSED, strict=True):
        left = total(rows, name)
        gone[stage], before = before - left, left
    return gone


def findings(rows: Sequence[Row]) -> list[Insight]:
    """Whether late dossiers got their letter, and where letters fall short."""
    broken, late = total(rows, "promise_broken"), total(rows, "late_now")
    if not broken:
        return [Insight("none_broken", {})]
    letters = total(rows, "late_now_with_letter")
    found = [Insight("letters", {"n": letters, "all_n": late})] if late else []
    found.append(Insight("whole", {"n": total(rows, "said_once"), "all_n": broken}))
    stage, n = max(lost(rows).items(), key=lambda pair: pair[1])
    if n:
        found.append(Insight(f"worst.{stage}", {"n": n}))
    return found


def tiles_of(
    viewer: Viewer, chosen: Filters, rows: Sequence[Row], moved: Sequence[Row]
) -> list[Tile]:
    """Letters for late dossiers, late against both promises, promises moved without a letter."""
    words = viewer.words
    late, letters = total(rows, "late_now"), total(rows, "late_now_with_letter")
    resolved = total(moved, "resolved_n")

    def share(name: str, part: int, whole: int, measure: str | None = None) -> Tile:
        way = None if measure else _to(chosen, "late_with_letter")
        return Tile(
            label=words(f"promises.tile.{name}"),
            value=words.percent(part, whole),
            basis=words("tiles.of", numerator=part, denominator=whole),
            help=words(f"promises.tile.{name}_help"),
            measure=measure,
            way=way if part else None,
            way_label=words("tiles.open_dossiers"),
        )

    without = total(rows, "moved_without_letter")
    return [
        share("letters", letters, late),
        share("late", total(moved, "late"), resolved, "late"),
        share(
            "late_at_first",
            total(moved, "late_against_first_promise"),
            resolved,
            "late_against_first_promise",
        ),
        Tile(
            label=words("promises.tile.moved_without_letter"),
            value=words.number(without),
            basis=words("promises.tile.of_broken", n=total(rows, "promise_broken")),
            help=words("promises.tile.moved_without_letter_help"),
            way=_to(chosen, "moved_without_letter") if without else None,
            way_label=words("tiles.open_dossiers"),
        ),
    ]


def steps(viewer: Viewer, chosen: Filters, rows: Sequence[Row]) -> None:
    """What passes each step, and ways to the dossiers lost at it."""
    words, colours = viewer.words, palette()
    st.markdown(f"**{words('promises.steps.title')}**")
    rule = rule_on(chosen.period.last if chosen.period.kind != "all" else viewer.as_of.date())
    st.caption(words("promises.steps.caption", days=rule.days_before, basis=rule.legal_basis))
    whole = total(rows, "promise_broken")
    names = ("promise_broken", *PASSED)
    bars = [
        Bar(
            words(f"promises.step.{name}"),
            total(rows, name),
            colours.waiting if name == "promise_broken" else colours.early,
        )
        for name in names
    ]
    figure = flat_bars(
        bars,
        Style(colours, viewer.language),
        written=lambda n: f"{words.number(n)} ({words.percent(int(n), whole, 1)})",
        height=360,
    )
    ways = [_to(chosen, finding) for finding in ("promise_broken", *promises.PASSED)]
    chart.show(
        figure,
        alt=words("promises.steps.alt", n=whole),
        key="promises.steps",
        opens=links.clicks(viewer, ways),
    )
    with st.container(horizontal=True, gap="small"):
        for stage, n in lost(rows).items():
            if n:
                label = words(f"promises.lost.{stage}", n=n)
                links.to_screen(viewer, "dossiers", label, **_to(chosen, stage).choices)
    pending = total(rows, "pending_n")
    if pending:
        st.caption(words("promises.steps.pending", n=pending))


def _to(chosen: Filters, finding: str) -> links.Way:
    return links.behind(chosen, "received", finding=finding)
