"""Figures along time: stacks per month, a share with its uncertainty, a mix of parts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

import plotly.graph_objects as go

from pages.ui.chart import (
    FONT,
    Style,
    alone,
    frame,
    hatched,
    legend_on_top,
    months_axis,
    quiet_axis,
)

ON_THE_FLOOR = 0.01  # a share that lies on the axis
FEW = 6  # below so many an axis names every whole number


@dataclass(frozen=True)
class Part:
    """One layer of a stack: its name, colour, and one amount per period (None = not known)."""

    name: str
    colour: str
    amounts: Sequence[float | None]


@dataclass(frozen=True)
class Break:
    """A day on which a series changes its meaning; lines do not cross it."""

    on: date
    label: str


def stacked_months(
    months: Sequence[date],
    parts: Sequence[Part],
    style: Style,
    *,
    is_open: Sequence[bool],
    shares: bool = False,
    total: str = "",
    breaks: Sequence[Break] = (),
    height: int = 300,
) -> go.Figure:
    """Amounts per month stacked from the bottom in the order of `parts`.

    is_open: months that have not ended; they are hatched. shares: heights as parts of 100 %.
    total: the name under which the hover adds the parts up; none is shown without it.
    """
    figure = frame(
        style,
        height=height,
        barmode="stack",
        hovermode="x unified",
        showlegend=True,
        legend=legend_on_top(),
        xaxis=months_axis(style, months),
        yaxis=quiet_axis(
            style,
            grid=True,
            rangemode="tozero",
            nticks=6,
            tickformat=".0%" if shares else ",d",
        ),
    )
    totals = [sum(part.amounts[at] or 0 for part in parts) for at in range(len(months))]
    if not shares and max(totals, default=0) < FEW:
        figure.update_yaxes(dtick=1)  # there is no half dossier
    for part in parts:
        amounts = [
            amount / total if shares and amount is not None and total else amount
            for amount, total in zip(part.amounts, totals, strict=True)
        ]
        figure.add_bar(
            **alone(months),
            x=list(months),
            y=amounts,
            name=part.name,
            marker={
                "color": part.colour,
                "line": {"width": 0},
                "pattern": hatched(list(is_open), style),
            },
            customdata=list(part.amounts),
            hovertemplate="%{customdata:,d}" + (" (%{y:.1%})" if shares else ""),
        )
    if total:
        figure.add_scatter(
            x=list(months),
            y=totals,
            name=total,
            mode="markers",
            marker={"color": "rgba(0,0,0,0)"},
            showlegend=False,
            hovertemplate="%{y:,d}",
        )
    _mark(figure, breaks, style)
    return figure


def share_over_time(
    moments: Sequence[date],
    shares: Sequence[float | None],
    style: Style,
    *,
    name: str,
    written: Callable[[float], str],
    low: Sequence[float | None] | None = None,
    high: Sequence[float | None] | None = None,
    target: float | None = None,
    target_label: str = "",
    notes: Sequence[str] = (),
    is_open: Sequence[bool] = (),
    breaks: Sequence[Break] = (),
    height: int = 300,
) -> go.Figure:
    """A share 0-1 as a line with its band (low, high) and a dotted target; the last is written out.

    notes: a line of text per point for the hover, such as numerator and denominator. is_open:
    points that are not final; they are hollow. A point without a value is a gap; so is a break.
    """
    colours = style.colours
    figure = frame(
        style,
        height=height,
        hovermode="x unified",
        xaxis=months_axis(style, moments),
        yaxis=quiet_axis(
            style,
            grid=True,
            tickformat=".0%",
            nticks=6,
            autorangeoptions={"clipmin": 0, "clipmax": 1.02},  # no share lies outside 0-1
        ),
    )
    pieces = runs(moments, shares, breaks)
    for at in pieces:
        if low is not None and high is not None:
            _band(
                figure, [moments[i] for i in at], [low[i] for i in at], [high[i] for i in at], style
            )
        figure.add_scatter(
            x=[moments[i] for i in at],
            y=[shares[i] for i in at],
            mode="lines+markers",
            name=name,
            cliponaxis=False,  # a point at 0 or 100 % is a whole point
            line={"color": colours.accent, "width": 2.5},
            marker={
                "size": [9 if is_open and is_open[i] else 6 for i in at],
                "color": [
                    colours.background if is_open and is_open[i] else colours.accent for i in at
                ],
                "line": {"color": colours.accent, "width": 2},
            },
            customdata=[notes[i] if notes else "" for i in at],
            text=[written(shares[i] or 0.0) for i in at],
            hovertemplate="%{text} %{customdata}<extra></extra>",
        )
    if pieces:
        values = [shares[i] or 0.0 for i in pieces[-1][-2:]]
        # Not below a point on the floor: the names of the months stand there.
        is_falling = 0.02 < values[-1] < values[0]
        _write_out(figure, moments[pieces[-1][-1]], values[-1], style, written, below=is_falling)
    if target is not None and moments:
        line = {"dash": "dot", "width": 1.5, "color": colours.muted}
        figure.add_shape(type="line", x0=0, x1=1, xref="x domain", y0=target, y1=target, line=line)
        figure.add_annotation(
            x=0,
            xref="x domain",
            y=target,
            text=target_label,
            showarrow=False,
            xanchor="left",
            yanchor="top",  # below its line: what is measured mostly lies above
            bgcolor=colours.background,  # and readable where it does not
            opacity=0.85,
            font={"size": FONT - 1, "color": colours.muted},
        )
    _mark(figure, breaks, style)
    return figure


def _write_out(
    figure: go.Figure,
    moment: date,
    share: float,
    style: Style,
    written: Callable[[float], str],
    *,
    below: bool,
) -> None:
    """The last value beside its point, so that nobody has to point at it.

    below: the line comes from above, and its last piece would cross a number up there.
    """
    figure.add_annotation(
        x=moment,
        y=share,
        text=f"<b>{written(share)}</b>",
        showarrow=False,
        xanchor="right",
        yanchor="top" if below else "bottom",
        yshift=-6 if below else 6,
        xshift=6,
        font={"size": FONT, "color": style.colours.text},
    )


def runs(
    moments: Sequence[date], values: Sequence[float | None], breaks: Sequence[Break] = ()
) -> list[list[int]]:
    """Positions of the pieces that one line may join: between gaps and breaks."""
    pieces: list[list[int]] = []
    piece: list[int] = []
    for at, (moment, value) in enumerate(zip(moments, values, strict=True)):
        crosses = piece and any(moments[piece[-1]] < one.on <= moment for one in breaks)
        if value is None or crosses:
            pieces.append(piece)
            piece = []
        if value is not None:
            piece.append(at)
    pieces.append(piece)
    return [piece for piece in pieces if piece]


def _band(
    figure: go.Figure,
    moments: Sequence[date],
    low: Sequence[float | None],
    high: Sequence[float | None],
    style: Style,
) -> None:
    # mode="lines": the bounds of a band one point wide would otherwise appear as dots.
    shared = {"mode": "lines", "line": {"width": 0}, "hoverinfo": "skip"}
    figure.add_scatter(x=list(moments), y=list(high), **shared)
    figure.add_scatter(
        x=list(moments), y=list(low), fill="tonexty", fillcolor=style.colours.band, **shared
    )


def _mark(figure: go.Figure, breaks: Sequence[Break], style: Style) -> None:
    for one in breaks:
        figure.add_shape(
            type="line",
            x0=one.on,
            x1=one.on,
            y0=0,
            y1=1,
            yref="paper",
            line={"dash": "dash", "width": 1, "color": style.colours.muted},
        )
        figure.add_annotation(
            x=one.on,
            y=1,
            yref="paper",
            text=one.label,
            showarrow=False,
            xanchor="left",
            yanchor="top",
            xshift=4,
            font={"size": FONT - 2, "color": style.colours.muted},
        )
