"""Figures of groups that are compared: shares with their uncertainty, counts under a line."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import plotly.graph_objects as go

from pages.ui.chart import FONT, Style, folded, frame, months_axis, quiet_axis


@dataclass(frozen=True)
class Interval:
    """A share 0-1 of one group with its 95 % interval; few: too few answers to compare."""

    label: str
    share: float
    low: float
    high: float
    note: str  # numerator and denominator, for the reader
    few: bool = False


def intervals(
    groups: Sequence[Interval],
    style: Style,
    *,
    written: Callable[[float], str],
    target: float | None = None,
    target_label: str = "",
) -> go.Figure:
    """One dot per group on its interval, the first group on top; few answers make a hollow dot."""
    colours = style.colours
    lowest = min((group.low for group in groups), default=0.0)
    start = max(0.0, min(lowest, target if target is not None else lowest) - 0.04)
    figure = frame(
        style,
        height=44 * max(len(groups), 1) + 64,
        xaxis=quiet_axis(
            style, grid=True, range=[start, 1 + (1 - start) * 0.3], tickformat=".0%", nticks=6
        ),
        yaxis=quiet_axis(
            style,
            autorange="reversed",
            type="category",
            tickvals=list(range(len(groups))),
            ticktext=[folded(group.label) + "  " for group in groups],
            tickfont={"color": colours.text, "size": FONT},
        ),
    )
    figure.add_scatter(
        x=[group.share for group in groups],
        y=list(range(len(groups))),
        mode="markers",
        error_x={
            "type": "data",
            "symmetric": False,
            "array": [group.high - group.share for group in groups],
            "arrayminus": [group.share - group.low for group in groups],
            "color": colours.on_time,
            "thickness": 5,
            "width": 0,
        },
        marker={
            "size": 11,
            "color": [colours.background if group.few else colours.accent for group in groups],
            "line": {"color": colours.accent, "width": 2},
        },
        customdata=[
            f"{folded(group.label, 60)}<br>{written(group.share)} ({group.note})"
            for group in groups
        ],
        hovertemplate="%{customdata}<extra></extra>",
    )
    for at, group in enumerate(groups):
        end = max(group.high, group.share)
        label = f"{written(group.share)} ({group.note})"
        _write_behind(figure, end, at, label, style, muted=group.few)
    if target is not None and groups:
        mark_share(figure, target, target_label, style)
    return figure


def written_behind(figure: go.Figure, labels: Sequence[str], style: Style) -> go.Figure:
    """Texts behind the ends of lying bars on a ground of their own, so that a marked share that
    runs through them leaves them readable."""
    (bars,) = figure.data
    bars.update(text=None, customdata=labels)
    for at, (end, label) in enumerate(zip(bars.x, labels, strict=True)):
        _write_behind(figure, end, at, label, style)
    return figure


def _write_behind(
    figure: go.Figure, x: float, y: int, label: str, style: Style, *, muted: bool = False
) -> None:
    colours = style.colours
    figure.add_annotation(
        x=x,
        y=y,
        text=label,
        showarrow=False,
        xanchor="left",
        xshift=6,
        bgcolor=colours.background,
        borderpad=2,
        font={"size": FONT - 1, "color": colours.muted if muted else colours.text},
    )


def mark_share(figure: go.Figure, share: float, label: str, style: Style) -> go.Figure:
    """A dotted line across lying bars or dots at one share, named above the plot."""
    muted = style.colours.muted
    figure.add_vline(x=share, line={"dash": "dot", "width": 1.5, "color": muted})
    figure.add_annotation(
        x=share,
        y=1,
        yref="paper",
        yanchor="bottom",
        text=label,
        showarrow=False,
        font={"size": FONT - 1, "color": muted},
    )
    return figure.update_layout(margin_t=26)


def counts_below(
    months: Sequence[date],
    counts: Sequence[int],
    style: Style,
    *,
    written: Callable[[float], str],
    height: int = 96,
) -> go.Figure:
    """Low bars per month with their numbers, to stand under a line of the same months."""
    most = max(counts, default=0)
    figure = frame(
        style,
        height=height,
        xaxis=months_axis(style, months),
        yaxis=quiet_axis(style, visible=False, range=[0, (most or 1) * 1.4]),
    )
    figure.add_bar(
        x=list(months),
        y=list(counts),
        marker={"color": style.colours.waiting},
        text=[written(count) for count in counts],
        textposition="outside",
        textfont={"size": FONT - 2, "color": style.colours.muted},
        cliponaxis=False,
        hovertemplate="%{x}: %{text}<extra></extra>",
    )
    return figure


def mark_cells(
    figure: go.Figure, cells: Iterable[tuple[int, int]], text: str, style: Style
) -> go.Figure:
    """Write a mark into cells (row, column) of a heat map that have dossiers, but no colour."""
    for row, column in cells:
        figure.add_annotation(
            x=column,
            y=row,
            text=text,
            showarrow=False,
            font={"size": FONT - 3, "color": style.colours.muted},
        )
    return figure


def labels_above(figure: go.Figure) -> go.Figure:
    """Lift the labels of breaks above the plot, where they cover no line."""
    for label in figure.layout.annotations:
        if label.yref == "paper":
            label.update(yanchor="bottom", xanchor="right", align="right", xshift=0)
    if any(label.yref == "paper" for label in figure.layout.annotations):
        figure.update_layout(margin_t=44)
    return figure
