"""Figures of groups that are compared: shares with their uncertainty, counts under a line."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import plotly.graph_objects as go

from pages.ui.chart import (
    FONT,
    Style,
    alone,
    folded,
    frame,
    legend_on_top,
    quiet_axis,
)
from pages.ui.palette import contrast

ROW = 52  # height of a row whose label has a name on two lines and a figure
NUMBERED = 9  # bars of months with a number on top
WIDE_ENOUGH = 0.12  # of a bar, for a percentage to stand in it


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
        height=ROW * max(len(groups), 1) + 64,
        xaxis=quiet_axis(
            style,
            grid=True,
            range=[start, 1 + (1 - start) * 0.03],
            tickformat=".0%",
            tickvals=_steps(start),
        ),
        yaxis=_labels(
            style,
            [(group.label, f"{written(group.share)} ({group.note})") for group in groups],
        ),
    )
    figure.add_scatter(
        x=[group.share for group in groups],
        y=list(range(len(groups))),
        mode="markers",
        cliponaxis=False,
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
            f"{folded(group.label, 60)}<br>{written(group.share)} ({group.note})<br>"
            f"{written(group.low)} – {written(group.high)}"
            for group in groups
        ],
        hovertemplate="%{customdata}<extra></extra>",
    )
    if target is not None and groups:
        mark_share(figure, target, target_label, style)
    return figure


def _labels(style: Style, lines: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """An axis of rows by number: a name, and its figure below it in a quieter colour.

    The figure stands at the left, where it has room on a telephone too.
    """
    quiet = f"color:{style.colours.muted};font-size:{FONT - 1}px"
    return quiet_axis(
        style,
        autorange="reversed",
        type="category",
        tickvals=list(range(len(lines))),
        ticktext=[
            f'{folded(name, 30)}  <br><span style="{quiet}">{figure}</span>  '
            for name, figure in lines
        ],
        tickfont={"color": style.colours.text, "size": FONT},
    )


def written_behind(figure: go.Figure, labels: Sequence[str], style: Style) -> go.Figure:
    """Texts behind the ends of lying bars on a ground of their own, so that a marked share that
    runs through them leaves them readable."""
    (bars,) = figure.data
    bars.update(text=None, customdata=labels)
    for at, (end, label) in enumerate(zip(bars.x, labels, strict=True)):
        figure.add_annotation(
            x=end,
            y=at,
            text=label,
            showarrow=False,
            xanchor="left",
            xshift=6,
            bgcolor=style.colours.background,
            borderpad=2,
            font={"size": FONT - 1, "color": style.colours.text},
        )
    return figure


def mark_share(figure: go.Figure, share: float, label: str, style: Style) -> go.Figure:
    """A dotted line across lying bars or dots at one share, named above the plot."""
    muted = style.colours.muted
    line = {"dash": "dot", "width": 1.5, "color": muted}
    # add_vline copies every shape and annotation that is there: a tenth of the figure's time.
    figure.add_shape(type="line", x0=share, x1=share, y0=0, y1=1, yref="paper", line=line)
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


@dataclass(frozen=True)
class Line:
    """One lying bar that is split: its label, a figure in words, and an amount per segment."""

    label: str
    figure: str
    amounts: Sequence[int]


@dataclass(frozen=True)
class Segment:
    """One part of every split bar."""

    name: str
    colour: str


def split_lines(
    lines: Sequence[Line],
    segments: Sequence[Segment],
    style: Style,
    *,
    written: Callable[[int, int], str],
) -> go.Figure:
    """Lying bars of 100 %, split into the same segments, the first on top.

    written: an amount and its whole as a percentage; it stands in segments wide enough for it.
    """
    figure = frame(
        style,
        height=ROW * max(len(lines), 1) + 76,
        barmode="stack",
        showlegend=True,
        legend=legend_on_top(),
        xaxis=quiet_axis(style, visible=False, range=[0, 1]),
        yaxis=_labels(style, [(line.label, line.figure) for line in lines]),
    )
    wholes = [sum(line.amounts) for line in lines]
    for at, segment in enumerate(segments):
        amounts = [line.amounts[at] for line in lines]
        shares = [n / whole if whole else 0.0 for n, whole in zip(amounts, wholes, strict=True)]
        texts = [written(n, whole) for n, whole in zip(amounts, wholes, strict=True)]
        is_wide = [share >= WIDE_ENOUGH for share in shares]
        figure.add_bar(
            x=shares,
            y=list(range(len(lines))),
            orientation="h",
            name=segment.name,
            marker={"color": segment.colour},
            text=[text if wide else "" for text, wide in zip(texts, is_wide, strict=True)],
            textposition="inside",
            insidetextanchor="middle",
            textangle=0,
            textfont={"size": FONT - 1, "color": _readable_on(segment.colour, style)},
            constraintext="none",
            customdata=[
                f"{segment.name}: {n}/{whole} ({text})"
                for n, whole, text in zip(amounts, wholes, texts, strict=True)
            ],
            hovertemplate="%{customdata}<extra></extra>",
        )
    return figure


def _readable_on(ground: str, style: Style) -> str:
    colours = (style.colours.text, style.colours.background)
    return max(colours, key=lambda text: contrast(text, ground))


def with_counts(
    figure: go.Figure,
    months: Sequence[date],
    counts: Sequence[int],
    style: Style,
    *,
    label: str,
    written: Callable[[float], str],
) -> go.Figure:
    """A line by month with low bars under it, on the same months: how many each point stands on."""
    most = max(counts, default=0)
    every = -(-len(months) // NUMBERED) or 1
    figure.add_bar(
        **alone(months),
        x=list(months),
        y=list(counts),
        yaxis="y2",
        name=label,
        marker={"color": style.colours.waiting},
        # On a telephone there is no room for all; the last one always has its number.
        text=[
            written(count) if (len(counts) - 1 - at) % every == 0 else ""
            for at, count in enumerate(counts)
        ],
        textposition="outside",
        textangle=0,
        constraintext="none",
        textfont={"size": FONT - 2, "color": style.colours.muted},
        cliponaxis=False,
        customdata=[written(count) for count in counts],
        hovertemplate=label + ": %{customdata}<extra></extra>",
    )
    return figure.update_layout(
        height=figure.layout.height + 110,
        yaxis_domain=[0.34, 1],
        yaxis2=quiet_axis(style, visible=False, domain=[0, 0.2], range=[0, (most or 1) * 1.3]),
        xaxis_anchor="y2",
    ).add_annotation(
        x=0,
        y=0.25,
        xref="paper",
        yref="paper",
        xanchor="left",
        yanchor="bottom",
        text=label,
        showarrow=False,
        font={"size": FONT - 1, "color": style.colours.muted},
    )


def _steps(start: float) -> list[float]:
    """Round shares from `start` to 100 %."""
    step = 10 if start >= 0.5 else 20
    return [n / 100 for n in range(0, 101, step) if n / 100 >= start]


def labels_above(figure: go.Figure) -> go.Figure:
    """Lift the labels of breaks above the plot, where they cover no line."""
    for label in figure.layout.annotations:
        if label.yref == "paper":
            label.update(yanchor="bottom", xanchor="right", align="right", xshift=0)
    if any(label.yref == "paper" for label in figure.layout.annotations):
        figure.update_layout(margin_t=44)
    return figure
