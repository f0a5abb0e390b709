"""Figures of amounts: lying bars, a Pareto ranking, a table of coloured cells.

Bars lie and their labels stand beside them, so that names stay readable on a telephone.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

import plotly.graph_objects as go

from pages.ui.chart import FONT, Style, folded, frame, quiet_axis
from pages.ui.palette import mixed, readable_on

ROW = 44  # height of one lying bar with its label on two lines, in pixels
MOST_OF_ALL = 0.8  # a Pareto ranking says how few make up this much
LETTER = 0.045  # of the longest bar's length: what one letter behind it takes on a telephone


@dataclass(frozen=True)
class Bar:
    """One bar: its label, amount and colour.

    full: the whole name for the hover, where the label is a short one. note: what the hover says
    beyond name and amount.
    """

    label: str
    amount: float
    colour: str
    full: str = ""
    note: str = ""


@dataclass(frozen=True)
class Cell:
    """One cell of a heat map: what stands in it, what the hover says (HTML), and how dark it is.

    shade: an amount; None leaves the cell without colour, as a total or where a share says nothing.
    """

    text: str
    note: str
    shade: float | None


def flat_bars(
    bars: Sequence[Bar],
    style: Style,
    *,
    written: Callable[[float], str],
    height: int | None = None,
    label_width: int = 22,
) -> go.Figure:
    """Lying bars, the first on top, each with its number behind its end.

    label_width: letters of a label on one line.
    """
    most = max((bar.amount for bar in bars), default=0) or 1
    numbers = [written(bar.amount) for bar in bars]
    # Room behind the bars for their numbers, on a telephone too.
    ends = [bar.amount / most + LETTER * len(n) for bar, n in zip(bars, numbers, strict=True)]
    figure = frame(
        style,
        height=height or ROW * max(len(bars), 1) + 24,
        # Zero is where length begins.
        xaxis=quiet_axis(style, visible=False, range=[0, most * max(1.22, *ends, 0)]),
        yaxis=_names([bar.label for bar in bars], style, label_width),
    )
    figure.add_bar(
        x=[bar.amount for bar in bars],
        # By place and not by name: two names cut to the same label would share a bar.
        y=list(range(len(bars))),
        orientation="h",
        marker={"color": [bar.colour for bar in bars], "line": {"width": 0}},
        text=numbers,
        textposition="outside",
        textfont={"size": FONT, "color": style.colours.text},
        cliponaxis=False,
        customdata=[_spoken(bar) for bar in bars],
        hovertemplate="%{customdata}: %{text}<extra></extra>",
    )
    return figure


def pareto(
    bars: Sequence[Bar],
    style: Style,
    *,
    written: Callable[[float], str],
    shared: Callable[[float], str],
    total: float,
    cumulated: str,
) -> go.Figure:
    """Amounts from the largest down, and a line of how much of the whole they make together.

    total: the whole, of which `bars` may hold only the largest. shared: writes a share.
    cumulated: the line's name.
    """
    ranked = sorted(bars, key=lambda bar: bar.amount, reverse=True)
    figure = flat_bars(ranked, style, written=written)
    shares = [amount / total for amount in accumulate(bar.amount for bar in ranked)]
    # The first share lies on its own bar and is that bar's alone; the hover still says it.
    written_out = ["", *(shared(share) for share in shares[1:])]
    figure.add_scatter(
        x=shares,
        y=list(range(len(ranked))),
        xaxis="x2",
        mode="lines+markers+text",
        line={"color": style.colours.muted, "width": 1.5},
        marker={"size": 5, "color": style.colours.muted},
        text=written_out,
        customdata=[shared(share) for share in shares],
        textposition="middle right",
        textfont={"size": FONT - 2, "color": style.colours.muted},
        cliponaxis=False,
        hovertemplate=f"{cumulated}: %{{customdata}}<extra></extra>",
    )
    figure.update_layout(
        margin={"l": 8, "r": 40, "t": 12, "b": 8},  # the last share stands beyond its point
        xaxis2=quiet_axis(
            style, overlaying="x", side="top", range=[0, 1], visible=False, anchor="y"
        ),
    )
    return figure


def few_that_make_most(amounts: Sequence[float], total: float) -> int:
    """How many of the amounts, largest first, make up four fifths of the whole."""
    ranked = sorted(amounts, reverse=True)
    return 1 + sum(so_far < MOST_OF_ALL * total for so_far in accumulate(ranked[:-1]))


def heat(
    rows: Sequence[str],
    columns: Sequence[str],
    cells: Sequence[Sequence[Cell | None]],
    style: Style,
) -> go.Figure:
    """A table of rows by columns coloured by amount; None is an empty cell, not a zero.

    The cells are bars and not Plotly's heat map: these can be clicked and carry their own text.
    Their order, which a click gives back, is that of `filled`.
    """
    colours = style.colours
    top = max((cell.shade or 0 for cell in filled(cells)), default=0) or 1
    places = [(r, c) for r, line in enumerate(cells) for c, cell in enumerate(line) if cell]
    shades = [None if cell.shade is None else cell.shade / top for cell in filled(cells)]
    figure = frame(
        style,
        height=34 * max(len(rows), 1) + 96,
        barmode="overlay",
        xaxis=quiet_axis(
            style,
            range=[-0.5, len(columns) - 0.5],
            tickvals=list(range(len(columns))),
            ticktext=[folded(name, 10) for name in columns],
            autotickangles=[0, -90],  # upright where the names have no room beside each other
        ),
        yaxis=_names(rows, style, width=18),
    )
    figure.add_bar(
        orientation="h",
        base=[c - 0.48 for _, c in places],
        x=[0.96] * len(places),
        y=[r for r, _ in places],
        width=0.92,
        marker={
            "color": [
                "rgba(0,0,0,0)" if shade is None else mixed(colours.lateness, shade)
                for shade in shades
            ],
            "line": {"width": 0},
        },
        text=[cell.text for cell in filled(cells)],
        textposition="inside",
        insidetextanchor="middle",
        textangle=0,
        constraintext="none",
        textfont={
            "size": FONT - 1,
            "color": [
                colours.muted if shade is None else readable_on(colours, shade) for shade in shades
            ],
        },
        customdata=[cell.note for cell in filled(cells)],
        hovertemplate="%{customdata}<extra></extra>",
    )
    return figure


def filled(cells: Sequence[Sequence[Cell | None]]) -> list[Cell]:
    """The cells that are there, line by line: the order in which a click numbers them."""
    return [cell for line in cells for cell in line if cell is not None]


def _names(labels: Sequence[str], style: Style, width: int = 22) -> dict[str, Any]:
    """The axis of lying rows: names at the left, the first on top."""
    return quiet_axis(
        style,
        range=[len(labels) - 0.5, -0.5],
        tickvals=list(range(len(labels))),
        ticktext=[f"{folded(label, width)}  " for label in labels],
        tickfont={"color": style.colours.text, "size": FONT - 1},
    )


def _spoken(bar: Bar) -> str:
    note = f"<br>{bar.note}" if bar.note else ""
    return f"{folded(bar.full or bar.label, 60)}{note}"
