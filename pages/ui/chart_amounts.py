"""Figures of amounts: states, bands of age, a Pareto ranking, a heat map of lateness."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

import plotly.graph_objects as go

from pages.ui.chart import FONT, Style, folded, frame, quiet_axis, told_apart


@dataclass(frozen=True)
class Bar:
    """One bar: its label, amount and colour."""

    label: str
    amount: float
    colour: str


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
    most = max((bar.amount for bar in bars), default=0)
    figure = frame(
        style,
        height=height or 46 * max(len(bars), 1) + 24,
        # Room behind the longest bar for its number; zero is where length begins.
        xaxis=quiet_axis(style, visible=False, range=[0, (most or 1) * 1.22]),
        yaxis=quiet_axis(
            style,
            autorange="reversed",
            type="category",  # by number: two names that are cut alike stay two bars
            tickvals=list(range(len(bars))),
            ticktext=[folded(bar.label, label_width) + "  " for bar in bars],
            tickfont={"color": style.colours.text, "size": FONT},
        ),
    )
    figure.add_bar(
        x=[bar.amount for bar in bars],
        y=list(range(len(bars))),
        orientation="h",
        marker={"color": [bar.colour for bar in bars]},
        text=[written(bar.amount) for bar in bars],
        textposition="outside",
        textfont={"size": FONT, "color": style.colours.text},
        cliponaxis=False,
        customdata=[f"{folded(bar.label, 60)}: {written(bar.amount)}" for bar in bars],
        hovertemplate="%{customdata}<extra></extra>",
    )
    return figure


def standing_bars(
    bars: Sequence[Bar], style: Style, *, written: Callable[[float], str], height: int = 280
) -> go.Figure:
    """Standing bars in a given order, such as bands of age, each with its number on top."""
    most = max((bar.amount for bar in bars), default=0)
    figure = frame(
        style,
        height=height,
        xaxis=quiet_axis(style, type="category"),
        yaxis=quiet_axis(style, visible=False, range=[0, (most or 1) * 1.15]),
    )
    figure.add_bar(
        x=[bar.label for bar in bars],
        y=[bar.amount for bar in bars],
        marker={"color": [bar.colour for bar in bars]},
        text=[written(bar.amount) for bar in bars],
        textposition="outside",
        textfont={"size": FONT, "color": style.colours.text},
        cliponaxis=False,
        hovertemplate="%{x}: %{text}<extra></extra>",
    )
    return figure


def pareto(
    bars: Sequence[Bar],
    style: Style,
    *,
    written: Callable[[float], str],
    cumulated: str,
    total: float | None = None,
    height: int = 320,
) -> go.Figure:
    """Amounts from the largest down, and how much of the whole they make together.

    total: the whole, where `bars` holds only the largest; cumulated: the line's name.
    """
    ranked = sorted(bars, key=lambda bar: bar.amount, reverse=True)
    whole = total if total is not None else sum(bar.amount for bar in ranked)
    shares = [
        amount / whole if whole else 0.0 for amount in accumulate(bar.amount for bar in ranked)
    ]
    figure = standing_bars(
        [Bar(folded(bar.label, 14), bar.amount, bar.colour) for bar in ranked],
        style,
        written=written,
        height=height,
    )
    figure.add_scatter(
        x=[folded(bar.label, 14) for bar in ranked],
        y=shares,
        yaxis="y2",
        mode="lines+markers",
        name=cumulated,
        line={"color": style.colours.muted, "width": 1.5},
        marker={"size": 5, "color": style.colours.muted},
        hovertemplate=cumulated + ": %{y:.1%}<extra></extra>",
    )
    figure.update_layout(
        yaxis2=quiet_axis(
            style, overlaying="y", side="right", range=[0, 1.08], tickformat=".0%", nticks=5
        )
    )
    return figure


def heat(
    rows: Sequence[str],
    columns: Sequence[str],
    amounts: Sequence[Sequence[float | None]],
    style: Style,
    *,
    written: Callable[[float], str],
    notes: Sequence[Sequence[str]] | None = None,
    most: float | None = None,
    rest: tuple[str, Sequence[float | None]] | None = None,
    height: int | None = None,
) -> go.Figure:
    """A table of rows by columns coloured by amount; None is an empty cell, not a zero.

    notes: text per cell for the hover. most: the amount of the darkest colour, so that several
    heat maps can share a scale. rest: name and amounts of a last column without colour, for what
    the columns leave out, so that each row can be added up.
    """
    top = most or max((a for line in amounts for a in line if a is not None), default=0) or 1
    low, high = style.colours.lateness
    named = told_apart(columns)
    if rest:
        named.append(rest[0])
    figure = frame(
        style,
        height=height or 34 * max(len(rows), 1) + 92,
        xaxis=quiet_axis(
            style,
            range=[-0.5, len(named) - 0.5],
            side="bottom",
            tickvals=list(range(len(named))),
            ticktext=[folded(name, 12, lines=3) for name in named],
        ),
        yaxis=quiet_axis(
            style,
            range=[len(rows) - 0.5, -0.5],  # the first row on top
            tickfont={"color": style.colours.text, "size": FONT - 1},
            tickvals=list(range(len(rows))),
            ticktext=[folded(name, 24) + "  " for name in rows],
        ),
    )
    figure.add_heatmap(
        z=[list(line) for line in amounts],
        x=list(range(len(columns))),
        y=list(range(len(rows))),
        zmin=0,
        zmax=top,
        colorscale=[[0, low], [1, high]],
        showscale=False,
        xgap=2,
        ygap=2,
        hoverongaps=False,
        customdata=[
            [
                f"{folded(rows[r], 60)} × {folded(columns[c], 60)}<br>"
                + (notes[r][c] if notes else _written(amounts[r][c], written))
                for c in range(len(columns))
            ]
            for r in range(len(rows))
        ],
        hovertemplate="%{customdata}<extra></extra>",
    )
    # All at once: adding annotations one by one makes Plotly copy those before, every time.
    figure.update_layout(
        annotations=_numbers(amounts, rest[1] if rest else (), top, style, written)
    )
    return figure


def _numbers(
    amounts: Sequence[Sequence[float | None]],
    left_out: Sequence[float | None],
    top: float,
    style: Style,
    written: Callable[[float], str],
) -> list[dict[str, Any]]:
    """The numbers in the cells of a heat map, readable on their colour."""
    dark, light = style.colours.lateness_text
    numbers = [
        (len(amounts[r]), r, amount, style.colours.muted)
        for r, amount in enumerate(left_out)
        if amount is not None
    ] + [
        (c, r, amount, light if amount / top > 0.7 else dark)
        for r, line in enumerate(amounts)
        for c, amount in enumerate(line)
        if amount is not None
    ]
    return [
        {
            "x": x,
            "y": y,
            "text": written(amount),
            "showarrow": False,
            "font": {"size": FONT - 1, "color": colour},
        }
        for x, y, amount, colour in numbers
    ]


def _written(amount: float | None, written: Callable[[float], str]) -> str:
    return "" if amount is None else written(amount)
