"""The pictures of the online screen: the share and the mix by month, the channels of the period."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import streamlit as st

from pages.leaders.online_figures import CHANNELS
from pages.ui import chart, filters
from pages.ui.chart import Style
from pages.ui.chart_amounts import Bar, flat_bars
from pages.ui.chart_more import labels_above
from pages.ui.chart_time import Break, Part, share_over_time, stacked_months
from pages.ui.filters import Filters
from pages.ui.guard import Viewer
from pages.ui.links import behind, follow
from pages.ui.palette import palette
from pages.ui.series import is_open, reach
from pipeline.periods import months_between
from pipeline.settings import settings

Row = dict[str, Any]
HALF_MONTH = timedelta(days=15)


def share_by_month(viewer: Viewer, chosen: Filters) -> None:
    """The share online month by month; no line crosses a day on which its meaning changed."""
    words = viewer.words
    upper = reach(viewer, chosen)[1]
    by_month = {row["month"]: row for row in _months(viewer, chosen)}
    months = [month.first for month in months_between(min(by_month), max(by_month))]
    rows = [by_month.get(month) for month in months]
    breaks = _breaks(viewer, months[0], months[-1])
    unfinished = [is_open(month, upper) for month in months]
    st.markdown(f"**{words('online.months.title')}**")
    said = [_what_to_see(viewer, [row for row in rows if row], breaks)]
    said += [words("online.months.breaks")] if breaks else []
    said += [words("pictures.hollow")] if any(unfinished) else []
    said.append(words("pictures.open_month"))
    st.caption(" ".join(said))
    figure = share_over_time(
        months,
        [row["online_rate"] if row else None for row in rows],
        Style(palette(), viewer.language),
        name=words("online.tile.online_in_period"),
        written=lambda share: words.rate(share, 1),
        notes=[_counts(viewer, row) if row else "" for row in rows],
        is_open=unfinished,
        breaks=breaks,
    )
    labels_above(figure)
    drawn = [at for line in figure.data if line.mode == "lines+markers" for at in line.x]
    chart.show(
        figure,
        alt=words("online.months.alt", n=len(drawn)),
        key=f"online.months.{chosen.period.key}",
        opens=lambda line, at: filters.take_month(viewer, chosen, figure.data[line].x[at]),
    )


def channels(viewer: Viewer, chosen: Filters) -> None:
    """How the dossiers of the period came in, the most digital way first."""
    words, colours = viewer.words, _colours()
    order = list(CHANNELS.values())
    rows = viewer.ask("channel_mix", **chosen.params(viewer.as_of)).to_pylist()
    rows.sort(key=lambda row: order.index(row["channel"]))
    received = rows[0]["all_n"]
    st.markdown(f"**{words('online.channels.title')}**")
    hint = [words("online.channels.open")] if viewer.can_open("dossiers") else []
    st.caption(" ".join([words("online.channels.caption", n=received), *hint]))
    bars = [
        Bar(_channel(viewer, row["channel"]), row["received_in_period"], colours[row["channel"]])
        for row in rows
    ]
    figure = flat_bars(
        bars,
        Style(palette(), viewer.language),
        written=lambda n: f"{words.number(n)} ({words.percent(n, received, 1)})",
    )
    figure.update_xaxes(range=[0, max(bar.amount for bar in bars) * 1.7])
    chart.show(
        figure,
        alt=words("online.channels.alt", n=len(bars)),
        key="online.channels",
        opens=(
            lambda _, at: follow(
                viewer, behind(chosen, "received_in_period", channel=rows[at]["channel"])
            )
        )
        if viewer.can_open("dossiers")
        else None,
    )


def mix_by_month(viewer: Viewer, chosen: Filters) -> None:
    """How the channels share the dossiers received in each month."""
    words, colours, rows = viewer.words, _colours(), _months(viewer, chosen)
    months = [row["month"] for row in rows]
    unfinished = [not row["is_complete"] for row in rows]
    st.markdown(f"**{words('online.mix.title')}**")
    said = [words("online.mix.caption")]
    said += [words("charts.month_open") + "."] if any(unfinished) else []
    st.caption(" ".join(said))
    parts = [
        Part(_channel(viewer, key), colours[key], [row[name] for row in rows])
        for name, key in CHANNELS.items()
        if any(row[name] for row in rows)
    ]
    figure = stacked_months(
        months,
        parts,
        Style(palette(), viewer.language),
        is_open=unfinished,
        shares=True,
        # Between the bars, which stand around the first of their month; the label stands above.
        breaks=[
            Break((one.on + HALF_MONTH).replace(day=1) - HALF_MONTH, "")
            for one in _breaks(viewer, months[0], months[-1])
        ],
    )
    chart.show(
        figure,
        alt=words("online.mix.alt", n=len(rows)),
        key=f"online.mix.{chosen.period.key}",
        opens=lambda _, at: filters.take_month(viewer, chosen, months[at]),
    )


def _what_to_see(viewer: Viewer, rows: list[Row], breaks: list[Break]) -> str:
    """The latest month beside the first one that means the same."""
    words, last = viewer.words, rows[-1]
    since = max((one.on for one in breaks), default=date.min)
    first = next((row for row in rows if row["month"] >= since), last)
    values = {
        "month": words.month_short(last["month"]),
        "share": words.rate(last["online_rate"], 1),
        "counts": _counts(viewer, last),
    }
    if first is last:
        return words("online.months.latest", **values)
    moved = last["online_rate"] - first["online_rate"]
    key = "level" if abs(moved) < 0.01 else "up" if moved > 0 else "down"
    return words(
        f"online.months.{key}",
        **values,
        first=words.month_short(first["month"]),
        first_share=words.rate(first["online_rate"], 1),
        first_counts=_counts(viewer, first),
    )


def _counts(viewer: Viewer, row: Row) -> str:
    words = viewer.words
    return f"({words.number(row['online_in_period'])}/{words.number(row['received_in_period'])})"


def _months(viewer: Viewer, chosen: Filters) -> list[Row]:
    """The latest months up to the end of the period, those with dossiers."""
    first, upper = reach(viewer, chosen)
    rows: list[Row] = viewer.ask("online", first=first, upper=upper, **chosen.where()).to_pylist()
    return rows


def _breaks(viewer: Viewer, first: date, last: date) -> list[Break]:
    words = viewer.words
    return [
        Break(one.on, chart.folded(f"{words.date(one.on)}: {one.label(viewer.language)}", 26, 3))
        for one in settings().online_series_breaks
        if first < one.on <= last
    ]


def _channel(viewer: Viewer, channel: str) -> str:
    """The channel in words that cannot be taken for the sum of all that is online."""
    key = f"online.channel.{channel}"
    return viewer.words(key if key in viewer.words else f"channel.{channel}")


def _colours() -> dict[str, str]:
    """Colour per channel: the more online, the darker the blue."""
    colours = palette()
    return {
        "online_full": colours.early,
        "online_partial": colours.on_time,
        "online": colours.untold,
        "counter": colours.waiting,
        "post": colours.due_soon,
        "unknown": colours.muted,
    }
