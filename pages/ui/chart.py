"""What every chart shares: frame, numbers, hatching, and how a figure gets onto the page.

Functions that build figures return them; only `show` knows Streamlit. Built with graph_objects:
the express interface takes twenty times as long for the same figure.
"""

from __future__ import annotations

import html
import re
import textwrap
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import takewhile
from typing import Any

import plotly.graph_objects as go
import streamlit as st

from pages.ui.palette import Palette, palette
from pages.ui.text import shortened
from pipeline.settings import settings

CONFIG: dict[str, Any] = {"displayModeBar": False, "scrollZoom": False, "doubleClick": False}
SEPARATORS = {"vi": ",.", "en": ".,"}  # decimal, thousands
FONT = 13
_PARENT = re.compile(r" \([^()]*\)$")
FEWEST = 6  # months that a time axis has room for at least


@dataclass(frozen=True)
class Style:
    """How figures of one viewer are drawn."""

    colours: Palette
    language: str

    @property
    def separators(self) -> str:
        return SEPARATORS.get(self.language, ",.")


def style(language: str) -> Style:
    """How figures are drawn for a viewer of this language, in the theme the browser shows."""
    return Style(palette(), language)


def frame(style: Style, *, height: int, **layout: Any) -> go.Figure:
    """An empty figure with the board's layout; `layout` overrides single entries."""
    colours = style.colours
    base: dict[str, Any] = {
        "height": height,
        "margin": {"l": 8, "r": 12, "t": 12, "b": 8},
        "separators": style.separators,
        "font": {"size": FONT, "color": colours.text},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "showlegend": False,
        "hoverlabel": {
            "bgcolor": colours.surface,
            "bordercolor": colours.line,
            "font": {"color": colours.text, "size": FONT},
        },
        "dragmode": False,
        "bargap": 0.32,
        "xaxis": quiet_axis(style),
        "yaxis": quiet_axis(style, grid=True),
    }
    return go.Figure(layout={**base, **layout})


def quiet_axis(style: Style, *, grid: bool = False, **axis: Any) -> dict[str, Any]:
    """An axis without lines of its own, with a light grid where asked."""
    return {
        "showgrid": grid,
        "gridcolor": style.colours.line,
        "zeroline": False,
        "showline": False,
        "fixedrange": True,
        "automargin": True,
        "ticks": "",
        "tickfont": {"color": style.colours.muted, "size": FONT - 1},
        **axis,
    }


def months_axis(
    style: Style, months: Sequence[date], *, labels: int = 5, **axis: Any
) -> dict[str, Any]:
    """A time axis that names some of its months as 03/2023, the last one always.

    Left to itself Plotly names too few of them, or the first and not the last. labels: at most.
    """
    every = -(-len(months) // labels) or 1
    # Few months stand in the room of more: one alone would be a bar as wide as the page.
    room = timedelta(days=15 + 15 * max(0, FEWEST - len(months)))
    named = "%b %Y" if style.language == "en" else "%m/%Y"
    return quiet_axis(
        style,
        **{
            "type": "date",
            "tickvals": list(reversed(months[::-1][::every])),
            "tickformat": named,
            "hoverformat": named,
            "tickangle": 0,
            "tickfont": {"color": style.colours.muted, "size": FONT - 2},
            **({"range": [months[0] - room, months[-1] + room]} if months else {}),
            **axis,
        },
    )


def alone(months: Sequence[date]) -> dict[str, Any]:
    """The width of a bar that has no neighbour to take it from, in milliseconds."""
    return {"width": 20 * 86_400_000} if len(months) == 1 else {}


def hatched(open_ones: list[bool], style: Style) -> dict[str, Any]:
    """Pattern of bars: those whose period has not ended are hatched."""
    return {
        "shape": ["/" if is_open else "" for is_open in open_ones],
        "fillmode": "overlay",
        "fgcolor": style.colours.background,
        "size": 6,
        "solidity": 0.28,
    }


def legend_on_top() -> dict[str, Any]:
    """A legend in one row above the plot, for stacks, where labels do not fit into the bars."""
    return {
        "orientation": "h",
        "x": 0,
        "y": 1.02,
        "xanchor": "left",
        "yanchor": "bottom",
        "traceorder": "normal",
        "itemclick": False,
        "itemdoubleclick": False,
    }


def folded(label: str, width: int = 22, lines: int = 2) -> str:
    """A label on at most `lines` lines, cut with an ellipsis; safe against markup in names."""
    parts = textwrap.wrap(shortened(label), width) or [""]
    if len(parts) > lines:
        parts = [
            *parts[: lines - 1],
            textwrap.shorten(" ".join(parts[lines - 1 :]), width, placeholder="…"),
        ]
    return "<br>".join(html.escape(part) for part in parts)


def for_labels(names: Sequence[str]) -> list[str]:
    """Names for where there is least room, different wherever the full names are."""
    short = [settings().narrowed(name) for name in names]
    # A namesake's parent, in brackets, is needed only where both of them are shown.
    bare = [_PARENT.sub("", name) for name in short]
    seen = Counter(bare)
    return told_apart([b if seen[b] == 1 else s for b, s in zip(bare, short, strict=True)])


def told_apart(names: Sequence[str]) -> list[str]:
    """Names without the middle they share with another: 'Chi nhánh … khu vực II'.

    Branches of one office would otherwise be cut to the same label. The first two and at least
    the last three words stay; a name that shares less with every other is left whole.
    """
    # A space that does not break stays where it is.
    split = [shortened(name).split(" ") for name in names]
    short = []
    for words in split:
        shared = max((_shared(words, other) for other in split if other != words), default=0)
        rest = min(shared, len(words) - 3)
        short.append(" ".join([*words[:2], "…", *words[rest:]] if rest > 3 else words))
    return short


def _shared(words: list[str], other: list[str]) -> int:
    """How many words two names begin with alike."""
    pairs = zip(words, other, strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


def wide(least: int) -> AbstractContextManager[object]:
    """A place for a figure that needs so many pixels: on a telephone it is scrolled sideways."""
    return st.grid(1, min_column_width=least, wrap=False)


def show(
    figure: go.Figure,
    *,
    alt: str,
    key: str,
    opens: Callable[[int, int], None] | None = None,
) -> None:
    """Put a figure on the page. alt: what the figure says, for who cannot see it.

    opens: called with the numbers of the trace and the point that the viewer clicked.
    """
    if opens is None:
        st.plotly_chart(figure, width="stretch", config=CONFIG, alt=alt, key=key)
        return
    event: Any = st.plotly_chart(
        figure,
        width="stretch",
        config=CONFIG,
        alt=alt,
        key=key,
        on_select="rerun",
        selection_mode="points",
    )
    for point in event["selection"]["points"]:
        opens(point["curve_number"], point["point_index"])
