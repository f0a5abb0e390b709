"""Cards with one figure: what it is, how much, of how many, and how it moved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import streamlit as st

from pages.ui.filters import Filters
from pages.ui.guard import Viewer
from pages.ui.links import Way, along, to_dossiers
from pipeline.wording import Wording

Good = Literal["up", "down", "neither"]
Arrow = Literal["up", "down", "off"]
Tone = Literal["blue", "orange", "gray"]


@dataclass(frozen=True)
class Change:
    """A movement in words, and its direction: 1, 0 or -1."""

    text: str
    direction: int


@dataclass(frozen=True)
class Count:
    """A number beside a figure, and the way to the dossiers that it counts."""

    text: str
    way: Way


@dataclass(frozen=True)
class Tile:
    """One card. basis: what the figure counts, or numerator and denominator.

    fraction: numerator and denominator where each opens its dossiers, in place of `basis`.

    change: against the period before; year_change: against the same period a year before.
    history: the figure of the latest periods, oldest first, None where there is none.
    measure: the dossiers behind it, by their key in `summary`. way: where else the figure leads,
    and way_label what the link there says.
    """

    label: str
    value: str
    basis: str = ""
    fraction: tuple[Count, Count] | None = None
    help: str | None = None
    good: Good = "neither"
    change: Change | None = None
    year_change: Change | None = None
    note: str | None = None
    history: Sequence[float | None] = ()
    measure: str | None = None
    way: Way | None = None
    way_label: str | None = None


def count_change(words: Wording, now: int | None, before: int | None) -> Change | None:
    """By how many dossiers a count moved, and by what share of what it was."""
    if now is None or before is None:
        return None
    moved = now - before
    if not moved:
        return Change(words("tiles.same"), 0)
    share = f" ({words.signed(moved / before * 100, 1)}%)" if before else ""
    return Change(words.signed(moved) + share, (moved > 0) - (moved < 0))


def rate_change(words: Wording, now: float | None, before: float | None) -> Change | None:
    """By how many percentage points a rate 0-1 moved."""
    if now is None or before is None:
        return None
    moved = round(now - before, 6)
    if not moved:
        return Change(words("tiles.same"), 0)
    return Change(words.points(moved), (moved > 0) - (moved < 0))


def row(viewer: Viewer, filters: Filters, tiles: Sequence[Tile]) -> None:
    """Tiles side by side: one row on a desk, one below the other on a telephone."""
    for column, tile in zip(st.columns(len(tiles)), tiles, strict=True):
        with column, st.container(border=True, height="stretch", gap="xsmall"):
            draw(viewer, filters, tile)


def draw(viewer: Viewer, filters: Filters, tile: Tile) -> None:
    """One tile, without its border."""
    words = viewer.words
    history = [value for value in tile.history if value is not None]
    st.metric(
        tile.label,
        tile.value,
        delta=tile.change.text if tile.change else None,
        delta_color=_tone(tile.change, tile.good),
        delta_arrow=_arrow(tile.change),
        delta_description=words("tiles.than_before") if tile.change else None,
        help=tile.help,
        chart_data=history if len(history) > 1 else None,
        chart_type="area",
    )
    if tile.fraction:
        _fraction(viewer, *tile.fraction)
    elif tile.basis:
        st.caption(tile.basis)
    if tile.year_change:
        st.caption(words("tiles.than_last_year", change=tile.year_change.text))
    if tile.note:
        st.caption(tile.note)
    if tile.measure:
        to_dossiers(viewer, filters, tile.measure)
    if tile.way and viewer.can_open(tile.way.screen):
        along(viewer, tile.way, tile.way_label, words("tiles.open_dossiers"))


def _fraction(viewer: Viewer, numerator: Count, denominator: Count) -> None:
    """Numerator and denominator, both of them ways to their dossiers where one may go there."""
    if not viewer.can_open("dossiers"):
        counts = {"numerator": numerator.text, "denominator": denominator.text}
        st.caption(viewer.words("tiles.of", **counts))
        return
    with st.container(horizontal=True, gap="xxsmall", vertical_alignment="center"):
        along(viewer, numerator.way, numerator.text, "")
        st.caption("/", width="content")
        along(viewer, denominator.way, denominator.text, "")


# The sign in the text decides neither arrow nor colour: Streamlit knows the ASCII minus only, and
# more overdue dossiers are not good news.
def _arrow(change: Change | None) -> Arrow:
    if change is None or change.direction == 0:
        return "off"
    return "up" if change.direction > 0 else "down"


def _tone(change: Change | None, good: Good) -> Tone:
    if change is None or change.direction == 0 or good == "neither":
        return "gray"
    return "blue" if (change.direction > 0) == (good == "up") else "orange"
