"""The parts of the online screen: its sentence, tiles, series with their breaks, and tables."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import Any

import pyarrow as pa
import streamlit as st

from pages.ui import address, chart, downloads, tables
from pages.ui.chart import Style
from pages.ui.chart_amounts import Bar, flat_bars
from pages.ui.chart_more import labels_above
from pages.ui.chart_time import Break, Part, share_over_time, stacked_months
from pages.ui.filters import Filters
from pages.ui.guard import Viewer
from pages.ui.links import Way, behind, follow, only
from pages.ui.palette import palette
from pages.ui.series import reach
from pages.ui.tables import Column
from pages.ui.tiles import Tile
from pipeline.insight import Insight
from pipeline.periods import months_between
from pipeline.settings import settings

Row = dict[str, Any]
# Column of the answers -> key of its channel in the catalogue.
CHANNELS = {
    "online_full": "online_full",
    "online_partial": "online_partial",
    "online_level_unknown": "online",
    "counter": "counter",
    "post": "post",
    "channel_unknown": "unknown",
}
HALF_MONTH = timedelta(days=15)
GROUPS = {"unit": "unit_name", "field": "field_name", "procedure": "procedure_name"}
KEYS = {"unit": "unit_id", "field": "field_name", "procedure": "procedure_key"}
COUNTS = [
    Column("received_in_period", "count", "online.column.received"),
    Column("online_in_period", "count", "online.column.online"),
    Column("online_rate", "rate", "online.column.share"),
    Column("remark", "text", "online.column.remark", width="small"),
    *(Column(name, "count", f"online.column.{name}") for name in CHANNELS),
]
UNUSED = [
    Column("procedure_code", "code", "online.column.code", pinned=True, width=110),
    Column("procedure_name", "text", "term.procedure", width="large"),
    Column("field_name", "text", "term.field"),
    Column("online_level", "text", "online.column.level", words="online_level", width="small"),
    Column("agency_level", "text", "online.column.agency", words="agency_level", width="small"),
    Column("received_in_period", "count", "online.column.received"),
    Column("counter", "count", "online.column.counter"),
    Column("post", "count", "online.column.post"),
]


def totals(viewer: Viewer, chosen: Filters) -> Row:
    """What came in during the period by channel, all months together."""
    sums: Counter[str] = Counter({"received_in_period": 0, "online_in_period": 0})
    for row in viewer.ask("online", **chosen.params(viewer.as_of)).to_pylist():
        sums.update({name: row[name] for name in (*sums, *CHANNELS) if name in row})
    return dict(sums) | {name: sums[name] for name in CHANNELS}


def unused(viewer: Viewer, chosen: Filters) -> pa.Table | None:
    """Procedures offered online and not used so; None where no list says what is offered."""
    if "procedure" not in viewer.ask("freshness")["kind"].to_pylist():
        return None
    return viewer.ask("online_unused", **chosen.params(viewer.as_of))


def findings(viewer: Viewer, totals: Row, unused: pa.Table | None) -> list[Insight]:
    """How much came online, and how much more could have."""
    online, received = totals["online_in_period"], totals["received_in_period"]
    found = [Insight("share" if online else "nothing", {"n": online, "all_n": received})]
    if unused is not None:
        missed = [n for n in unused["received_in_period"].to_pylist() if n]
        key = "missed" if missed else "none_missed"
        found.append(Insight(key, {"n": len(missed), "dossiers": sum(missed)}))
    if totals["channel_unknown"]:
        found.append(Insight("unknown", {"n": totals["channel_unknown"]}))
    return found


def five_tiles(viewer: Viewer, chosen: Filters, totals: Row) -> list[Tile]:
    """Online, of it fully and partly online, at the counter, by post: each of all received."""
    words, received = viewer.words, totals["received_in_period"]

    def of_received(name: str) -> Tile:
        return Tile(
            label=words(f"online.tile.{name}"),
            value=words.percent(totals[name], received),
            basis=words("tiles.of", numerator=totals[name], denominator=received),
            help=words(f"online.tile.{name}_help"),
            way=came(chosen, name),
        )

    names = ("online_in_period", "online_full", "online_partial", "counter", "post")
    return [of_received(name) for name in names]


def came(chosen: Filters, name: str, **place: str | None) -> Way:
    """The way to the dossiers received in the period that one column counts."""
    if name == "online_in_period":
        return behind(chosen, "online_in_period", **place)
    channel = {"channel": CHANNELS[name]} if name in CHANNELS else {}
    return behind(chosen, "received_in_period", **channel, **place)


def meaning_changed(viewer: Viewer, chosen: Filters) -> None:
    """Say so where the period itself holds two meanings of the same words."""
    for one in settings().online_series_breaks:
        if chosen.period.first < one.on <= min(chosen.period.last, viewer.as_of.date()):
            label = one.label(viewer.language)
            st.info(viewer.words("online.break_inside", day=one.on, label=label))


def share_by_month(viewer: Viewer, chosen: Filters) -> None:
    """The share online month by month; no line crosses a day on which its meaning changed."""
    words = viewer.words
    by_month = {row["month"]: row for row in _months(viewer, chosen)}
    months = [month.first for month in months_between(min(by_month), max(by_month))]
    breaks = _breaks(viewer, min(months), max(months))
    st.markdown(f"**{words('online.months.title')}**")
    st.caption(words("online.months.caption_break" if breaks else "online.months.caption"))
    figure = share_over_time(
        months,
        [by_month[month]["online_rate"] if month in by_month else None for month in months],
        Style(palette(), viewer.language),
        name=words("online.tile.online_in_period"),
        written=words.rate,
        notes=[
            words(
                "online.months.note",
                numerator=by_month[month]["online_in_period"],
                denominator=by_month[month]["received_in_period"],
            )
            if month in by_month
            else ""
            for month in months
        ],
        breaks=breaks,
    )
    labels_above(figure)
    chart.show(figure, alt=words("online.months.alt", n=len(months)), key="online.months")


def channels(viewer: Viewer, chosen: Filters) -> None:
    """How the dossiers of the period came in."""
    words, colours = viewer.words, _colours()
    rows = viewer.ask("channel_mix", **chosen.params(viewer.as_of)).to_pylist()
    received = rows[0]["all_n"]
    st.markdown(f"**{words('online.channels.title')}**")
    st.caption(words("online.channels.caption", n=received))
    bars = [
        Bar(
            words(f"channel.{row['channel'] or 'unknown'}"),
            row["received_in_period"],
            colours.get(row["channel"], colours["unknown"]),
        )
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
        opens=lambda _, at: follow(
            viewer, behind(chosen, "received_in_period", channel=rows[at]["channel"] or "unknown")
        ),
    )


def mix_by_month(viewer: Viewer, chosen: Filters) -> None:
    """How the channels share the dossiers received in each month."""
    words, colours, rows = viewer.words, _colours(), _months(viewer, chosen)
    first, last = rows[0]["month"], rows[-1]["month"]
    st.markdown(f"**{words('online.mix.title')}**")
    is_open = [not row["is_complete"] for row in rows]
    st.caption(words("charts.month_open" if any(is_open) else "online.mix.caption"))
    figure = stacked_months(
        [row["month"] for row in rows],
        [
            Part(words(f"channel.{key}"), colours[key], [row[name] for row in rows])
            for name, key in CHANNELS.items()
            if any(row[name] for row in rows)
        ],
        Style(palette(), viewer.language),
        is_open=is_open,
        shares=True,
        # Between the bars, which stand around the first of their month; the label stands above.
        breaks=[Break(one.on - HALF_MONTH, "") for one in _breaks(viewer, first, last)],
    )
    chart.show(figure, alt=words("online.mix.alt", n=len(rows)), key="online.mix")


def breakdown(viewer: Viewer, chosen: Filters) -> None:
    """The share online of every unit, field or procedure; small counts are marked, not hidden."""
    words = viewer.words
    st.markdown(f"**{words('online.by.title')}**")
    st.caption(words("online.by.caption", n=settings().small_sample_n))
    by = address.choose(
        "by",
        list(GROUPS),
        default="unit",
        label=words("online.by.label"),
        shown=lambda key: words(f"term.{key}"),
        look="segments",
        label_visibility="collapsed",
    )
    rows = viewer.ask(f"online_by_{by}", **chosen.params(viewer.as_of)).to_pylist()
    # What can be compared stands first, the least online on top; few dossiers come after them.
    rows.sort(key=lambda row: (row["is_small_sample"], row["online_rate"]))
    names = Column(GROUPS[by], "text", f"term.{by}", width=260)
    few = words("online.few")
    unnamed = words("state.not_known")
    table = pa.Table.from_pylist(
        [
            row
            | {
                "key": row[KEYS[by]],
                "remark": few if row["is_small_sample"] else "",
                names.name: row[names.name] or row.get("procedure_key") or unnamed,
            }
            for row in rows
        ]
    )
    columns = [names, *COUNTS]
    numbers = {column.name for column in COUNTS if column.kind == "count"}
    tables.show(
        viewer,
        table,
        columns,
        key=f"online.by.{by}",
        alt=words("online.by.alt", n=len(rows)),
        opens=lambda row, name: (
            came(chosen, name, **only(by, row["key"])) if name in numbers else None
        ),
    )
    downloads.buttons(viewer, table, columns, name=f"online-{by}", chosen=chosen)


def never_used(viewer: Viewer, chosen: Filters, unused: pa.Table | None) -> None:
    """Procedures that could be submitted online and were not, once."""
    words = viewer.words
    st.markdown(f"**{words('online.unused.title')}**")
    if unused is None:
        st.caption(words("online.unused.no_list"))
        return
    if not unused.num_rows:
        st.caption(words("online.unused.none"))
        return
    st.caption(words("online.unused.caption", n=unused.num_rows))
    alt = words("online.unused.alt", n=unused.num_rows)
    tables.show(viewer, unused, UNUSED, key="online.unused", alt=alt)
    downloads.buttons(viewer, unused, UNUSED, name="online-unused", chosen=chosen)


def _months(viewer: Viewer, chosen: Filters) -> list[Row]:
    """The latest months up to the end of the period, those with dossiers."""
    first, upper = reach(viewer, chosen)
    rows: list[Row] = viewer.ask("online", first=first, upper=upper, **chosen.where()).to_pylist()
    return rows


def _breaks(viewer: Viewer, first: Any, last: Any) -> list[Break]:
    return [
        Break(one.on, chart.folded(one.label(viewer.language), 24))
        for one in settings().online_series_breaks
        if first < one.on <= last
    ]


def _colours() -> dict[str, str]:
    """Colour per channel: the more online, the darker the blue."""
    colours = palette()
    return {
        "online_full": colours.early,
        "online_partial": colours.on_time,
        "online": colours.band,
        "counter": colours.waiting,
        "post": colours.due_soon,
        "unknown": colours.muted,
    }
