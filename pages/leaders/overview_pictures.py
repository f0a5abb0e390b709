"""The pictures of the overview: results by month, what lies open, hot spots, satisfaction."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import streamlit as st

from pages.ui import chart, filters, satisfied_months
from pages.ui.chart import Style
from pages.ui.chart_amounts import Bar, flat_bars, heat
from pages.ui.chart_time import Part, stacked_months
from pages.ui.filters import Filters
from pages.ui.guard import Viewer
from pages.ui.links import to_screen
from pages.ui.palette import palette
from pages.ui.series import answers_by_month, history, reach

Figures = Mapping[str, Any]
FIELDS, UNITS = 7, 7  # how much of the heat map fits beside another card


def months(viewer: Viewer, chosen: Filters) -> None:
    """How dossiers left month by month, and the month with the largest share of late ones."""
    words, colours = viewer.words, palette()
    rows = history(viewer, chosen)
    st.markdown(f"**{words('overview.months.title')}**")
    worst = max(
        (row for row in rows if row["late"] and row["on_time_rate_a_denominator"]),
        key=lambda row: row["late"] / row["on_time_rate_a_denominator"],
        default=None,
    )
    open_note = "" if all(r["is_complete"] for r in rows) else " · " + words("charts.month_open")
    if worst is None:
        st.caption(words("overview.months.never_late") + open_note)
    else:
        late, resolved = worst["late"], worst["on_time_rate_a_denominator"]
        st.caption(
            words(
                "overview.months.worst",
                month=words.month_short(worst["month"]),
                share=words.percent(late, resolved),
                late=late,
                all=resolved,
            )
            + open_note
        )
    series = {
        "early": colours.early,
        "on_time": colours.on_time,
        "late": colours.late,
        "resolved_no_due": colours.waiting,
    }
    names = {"resolved_no_due": "no_due"}
    figure = stacked_months(
        [row["month"] for row in rows],
        [
            Part(words(f"timing.{names.get(key, key)}"), colour, [row[key] for row in rows])
            for key, colour in series.items()
            if key != "resolved_no_due" or any(row[key] for row in rows)
        ],
        Style(colours, viewer.language),
        is_open=[not row["is_complete"] for row in rows],
    )
    chart.show(figure, alt=words("overview.months.alt", n=len(rows)), key="overview.months")


def open_now(viewer: Viewer, chosen: Filters, summary: Figures) -> None:
    """What lies open, by how it stands to its promise."""
    words, colours = viewer.words, palette()
    # Due soon is counted at as_of; of a period that ended before, its own end is what counts.
    speaks_of_now = chosen.period.upper > viewer.as_of
    due_soon = min(summary["due_soon"], summary["open_in_time"]) if speaks_of_now else 0
    at = min(viewer.as_of, chosen.period.upper - timedelta.resolution)
    as_of = words("moment.as_of", at=words.as_of(at))
    st.markdown(f"**{words('overview.open.title')}**")
    st.caption(
        words("overview.open.caption", n=summary["open"], as_of=as_of[:1].lower() + as_of[1:])
    )
    bars = [
        Bar(words("open_state.overdue"), summary["open_overdue"], colours.late),
        Bar(words("overview.open.due_soon"), due_soon, colours.due_soon),
        Bar(words("overview.open.later"), summary["open_in_time"] - due_soon, colours.on_time),
        Bar(words("open_state.waiting"), summary["open_waiting"], colours.waiting),
        Bar(words("open_state.no_due"), summary["open_no_due"], colours.waiting),
    ]
    if not speaks_of_now:
        del bars[1]
    figure = flat_bars(bars, Style(colours, viewer.language), written=words.number, height=300)
    chart.show(figure, alt=words("overview.open.alt", n=summary["open"]), key="overview.open")


def hotspots(viewer: Viewer, chosen: Filters) -> None:
    """Where the late dossiers are: the fields and units with most of them."""
    words, colours = viewer.words, palette()
    rows = viewer.ask("heatmap", **chosen.params(viewer.as_of)).to_pylist()
    st.markdown(f"**{words('overview.hotspots.title')}**")
    if not any(row["late_or_overdue"] for row in rows):
        st.caption(words("overview.hotspots.none"))
        return
    st.caption(words("overview.hotspots.caption"))
    fields, units = _most_late(rows, "field_name")[:FIELDS], _most_late(rows, "unit_id")[:UNITS]
    # A unit whose dossiers the viewer's counter took in is named, though it is not the viewer's.
    names = {row["unit_id"]: row["unit_name"] for row in rows} | filters.unit_options(viewer)
    cells = {(row["field_name"], row["unit_id"]): row for row in rows}
    pairs = [[cells.get((field, unit)) for unit in units] for field in fields]
    left_out = [
        sum(
            row["late_or_overdue"]
            for row in rows
            if row["field_name"] == field and row["unit_id"] not in units
        )
        for field in fields
    ]
    figure = heat(
        [field or words("state.not_known") for field in fields],
        [names[unit] or words("state.not_known") for unit in units],
        [[cell and cell["late_or_overdue"] for cell in line] for line in pairs],
        Style(colours, viewer.language),
        written=words.number,
        rest=(words("overview.hotspots.other_units"), left_out) if any(left_out) else None,
        notes=[
            [
                words(
                    "overview.hotspots.hover", n=cell["late_or_overdue"], received=cell["received"]
                )
                if cell
                else ""
                for cell in line
            ]
            for line in pairs
        ],
    )
    alt = words("overview.hotspots.alt", rows=len(fields), columns=len(units))
    chart.show(figure, alt=alt, key="overview.hotspots")
    if viewer.can_open("hotspots"):
        to_screen(viewer, "hotspots", words("overview.hotspots.all"))


def satisfaction(viewer: Viewer, chosen: Filters) -> None:
    """How satisfied people said they were, month by month, with how sure that is."""
    rows = answers_by_month(viewer, chosen)
    satisfied_months.draw(viewer, rows, reach(viewer, chosen)[1], key="overview.satisfaction")
    if rows and viewer.can_open("satisfaction"):
        to_screen(viewer, "satisfaction", viewer.words("overview.satisfaction.all"))


def _most_late(rows: list[dict[str, Any]], key: str) -> list[Any]:
    """Values of a column with late dossiers, those with most first."""
    late: dict[Any, int] = {}
    for row in rows:
        late[row[key]] = late.get(row[key], 0) + row["late_or_overdue"]
    return sorted((k for k, n in late.items() if n), key=lambda k: (-late[k], str(k)))
