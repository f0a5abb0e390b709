"""The pictures of the overview: months, what falls due, hot spots, satisfaction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

import streamlit as st

from pages.leaders import hotspots_pictures, late_cells
from pages.leaders.overview_figures import speaks_of_now, waiting_by_day
from pages.ui import address, chart, links, satisfied_months
from pages.ui.chart_amounts import Bar, flat_bars
from pages.ui.chart_time import Part, stacked_months
from pages.ui.filters import Filters
from pages.ui.guard import Viewer
from pages.ui.links import Way, behind
from pages.ui.palette import palette
from pages.ui.series import Row, reach
from pipeline.calendar import add_working_days
from pipeline.periods import containing

Figures = Mapping[str, Any]
FIELDS = 6  # rows of the heat map
# What the months can show -> the layers of each, from the bottom, with their colours and words.
LAYERS = {
    "resolved": {
        "early": ("early", "timing.early"),
        "on_time": ("on_time", "timing.on_time"),
        "late": ("late", "timing.late"),
        "resolved_no_due": ("waiting", "timing.no_due"),
    },
    "open": {
        "open_in_time": ("on_time", "open_state.in_time"),
        "open_overdue": ("late", "open_state.overdue"),
        "open_waiting": ("waiting", "open_state.waiting"),
        "open_no_due": ("line", "open_state.no_due"),
    },
}


def months(viewer: Viewer, chosen: Filters, rows: Sequence[Row]) -> None:
    """How dossiers left month by month, or what was open at the end of each."""
    words, colours = viewer.words, palette()
    title, choice = st.columns([3, 2], vertical_alignment="center")
    with choice, st.container(horizontal_alignment="right"):
        shows = address.choose(
            "months",
            list(LAYERS),
            default="resolved",
            label=words("overview.months.label"),
            shown=lambda key: words(f"overview.months.{key}"),
            look="segments",
            label_visibility="collapsed",
        )
    title.markdown(f"**{words(f'overview.months.title_{shows}')}**")
    open_note = "" if all(r["is_complete"] for r in rows) else " · " + words("charts.month_open")
    st.caption((_late_most if shows == "resolved" else _open_last)(viewer, rows) + open_note)
    layers = [
        (key, colour, text)
        for key, (colour, text) in LAYERS[shows].items()
        if any(row[key] for row in rows)
    ]
    figure = stacked_months(
        [row["month"] for row in rows],
        [Part(words(t), getattr(colours, c), [row[key] for row in rows]) for key, c, t in layers],
        chart.style(viewer.language),
        is_open=[not row["is_complete"] for row in rows],
        total=words("charts.total"),
        height=372,  # as high as the card beside it
    )
    # All of a month: the hover is of the whole month too, and so a click cannot tell its layers.
    ways = [behind(chosen, shows, during=_key_of(row)) for row in rows]
    chart.show(
        figure,
        alt=words(f"overview.months.alt_{shows}", n=len(rows)),
        key="overview.months",
        opens=links.clicks(viewer, ways),
    )
    if shows == "resolved" and (worst := _worst(rows)):
        label = words(
            "overview.months.open_worst", n=worst["late"], month=words.month_short(worst["month"])
        )
        if viewer.can_open("dossiers"):
            links.to_dossiers(viewer, chosen, "late", label, during=_key_of(worst))


def _key_of(row: Row) -> str:
    """The month of a row as it stands in an address."""
    return containing("month", "calendar", row["month"]).key


def _worst(rows: Sequence[Row]) -> Row | None:
    """The month with the largest share of late results, None where nothing was late."""
    late = [row for row in rows if row["late"]]
    return max(late, key=lambda row: float(row["late_rate"]), default=None)


def _late_most(viewer: Viewer, rows: Sequence[Row]) -> str:
    """The month with the largest share of late results."""
    words, worst = viewer.words, _worst(rows)
    if worst is None:
        return words("overview.months.never_late")
    late, resolved = worst["late_rate_numerator"], worst["late_rate_denominator"]
    return words(
        "overview.months.worst",
        month=words.month_short(worst["month"]),
        share=words.percent(late, resolved),
        late=late,
        all=resolved,
    )


def _open_last(viewer: Viewer, rows: Sequence[Row]) -> str:
    """What is open and overdue now, against the first month of the picture."""
    words, first, last = viewer.words, rows[0], rows[-1]
    return words(
        "overview.months.open_last",
        open=last["open"],
        overdue=last["open_overdue"],
        then=first["open_overdue"],
        month=words.month_short(first["month"]),
    )


def open_now(viewer: Viewer, chosen: Filters, summary: Figures) -> None:
    """What lies open: overdue, due on each of the next working days, later, waiting."""
    words = viewer.words
    at = min(viewer.as_of, chosen.period.upper - timedelta.resolution)
    as_of = words("moment.as_of", at=words.as_of(at))
    is_now = speaks_of_now(viewer, chosen)
    st.markdown(f"**{words('overview.open.title_now' if is_now else 'overview.open.title_then')}**")
    st.caption(
        words("overview.open.caption", n=summary["open"], as_of=as_of[:1].lower() + as_of[1:])
    )
    if not summary["open"]:
        return
    lines = (_by_day if is_now else _by_state)(viewer, chosen, summary)
    figure = flat_bars(
        [bar for bar, _ in lines], chart.style(viewer.language), written=words.number
    )
    chart.show(
        figure,
        alt=words("overview.open.alt", n=summary["open"]),
        key="overview.open",
        opens=links.clicks(viewer, [way for _, way in lines]),
    )


def _by_state(viewer: Viewer, chosen: Filters, summary: Figures) -> list[tuple[Bar, Way]]:
    """As it stood at the end of a period that is over."""
    words, colours = viewer.words, palette()
    shown = {
        "overdue": colours.late,
        "in_time": colours.on_time,
        "waiting": colours.waiting,
        "no_due": colours.waiting,
    }
    return [
        (
            Bar(words(f"open_state.{state}"), summary[f"open_{state}"], colour),
            behind(chosen, f"open_{state}"),
        )
        for state, colour in shown.items()
    ]


def _by_day(viewer: Viewer, chosen: Filters, summary: Figures) -> list[tuple[Bar, Way]]:
    """As it stands now, what is in time by the day on which it falls due."""
    words, colours, today = viewer.words, palette(), viewer.as_of.date()
    counts = waiting_by_day(viewer, chosen)
    horizon = max(int(bucket) for bucket in counts if bucket.isdecimal())

    def state(name: str, colour: str) -> tuple[Bar, Way]:
        bar = Bar(words(f"open_state.{name}"), summary[f"open_{name}"], colour)
        return bar, behind(chosen, f"open_{name}")

    def due(n: int) -> tuple[Bar, Way]:
        day = add_working_days(today, n) if n else today
        named = words("overview.open.on", weekday=words.weekday(day), day=day)
        if not n and viewer.moment.is_live:
            named = words("overview.open.today", day=day)
        bar = Bar(named, counts[str(n) if n else "today"], colours.due_soon)
        return bar, behind(chosen, "open_in_time", left=f"{n}-{n}")

    later = Bar(words("overview.open.later", n=horizon), counts["later"], colours.on_time)
    return [
        state("overdue", colours.late),
        *(due(n) for n in range(horizon + 1)),
        (later, behind(chosen, "open_in_time", left=f"{horizon + 1}-")),
        state("waiting", colours.waiting),
        *([state("no_due", colours.waiting)] if summary["open_no_due"] else []),
    ]


def hotspots(
    viewer: Viewer, chosen: Filters, summary: Figures, cells: Sequence[Row], *, units: int
) -> None:
    """Where the late dossiers are: by field and unit, or by field where there is but one unit.

    units: how many columns there is room for.
    """
    words = viewer.words
    if not summary["late_or_overdue"]:
        st.markdown(f"**{words('overview.hotspots.title')}**")
        st.caption(words("overview.hotspots.none"))
        return
    if len({row["unit_id"] for row in cells}) == 1:
        hotspots_pictures.fields(viewer, chosen, summary)
    else:
        st.markdown(f"**{words('overview.hotspots.title')}**")
        st.caption(words("overview.hotspots.caption"))
        late_cells.draw(viewer, chosen, cells, fields=FIELDS, units=units, key="overview.hotspots")
    if viewer.can_open("hotspots"):
        links.to_screen(viewer, "hotspots", words("overview.hotspots.all"))


def satisfaction(viewer: Viewer, chosen: Filters, answers: Sequence[Row]) -> None:
    """How satisfied people said they were, month by month, with how sure that is."""
    satisfied_months.draw(viewer, answers, reach(viewer, chosen)[1], key="overview.satisfaction")
    if viewer.can_open("satisfaction"):
        links.to_screen(viewer, "satisfaction", viewer.words("overview.satisfaction.all"))
