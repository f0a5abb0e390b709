"""The parts of the overview, top to bottom: each asks its query and draws one card."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import streamlit as st

from pages.ui import chart, filters
from pages.ui.chart import Style
from pages.ui.chart_amounts import Bar, flat_bars, heat
from pages.ui.chart_time import Part, share_over_time, stacked_months
from pages.ui.filters import Filters
from pages.ui.guard import Viewer
from pages.ui.links import to_dossiers, to_screen
from pages.ui.palette import palette
from pages.ui.text import escaped
from pages.ui.tiles import Change, Tile, count_change, rate_change
from pipeline.insight import Insight, headline
from pipeline.periods import Period
from pipeline.settings import settings

Figures = Mapping[str, Any]
MONTHS = 18  # how far the monthly pictures reach back
FIELDS, UNITS = 7, 8  # how much of the heat map fits beside another card


def findings(viewer: Viewer, chosen: Filters, summary: Figures) -> list[Insight]:
    """What matters most in the period."""
    params = chosen.params(viewer.as_of)
    return headline(
        summary,
        viewer.ask("by_field", **params).to_pylist(),
        _without_apology(viewer, chosen),
    )


def five_tiles(viewer: Viewer, chosen: Filters, summary: Figures) -> list[Tile]:
    """Received, on time, overdue, online, satisfied."""
    words = viewer.words
    before, last_year = _earlier(viewer, chosen, "previous"), _earlier(viewer, chosen, "year")
    note = _why_not_compared(viewer, chosen)
    history = _history(viewer, chosen)

    def of(rate: str) -> str:
        return words(
            "tiles.of",
            numerator=summary[f"{rate}_numerator"],
            denominator=summary[f"{rate}_denominator"],
        )

    def rate(
        name: str, key: str, measure: str | None, basis: str, value: str | None = None
    ) -> Tile:
        return Tile(
            label=words(f"overview.{name}.label"),
            value=value or words.rate(summary[key]),
            basis=basis,
            help=words(f"overview.{name}.help"),
            good="up",
            change=_moved(rate_change, viewer, summary, before, key),
            year_change=_moved(rate_change, viewer, summary, last_year, key),
            note=note,
            history=[row.get(key) for row in history],
            measure=measure,
        )

    def count(name: str, key: str, series: str, good: str) -> Tile:
        return Tile(
            label=words(f"overview.{name}.label"),
            value=words.number(summary[key]),
            basis=words(f"overview.{name}.basis", **summary),
            help=words(f"overview.{name}.help"),
            good=good,  # type: ignore[arg-type]
            change=_moved(count_change, viewer, summary, before, key),
            year_change=_moved(count_change, viewer, summary, last_year, key),
            note=note,
            history=[row[series] for row in history],
            measure=key,
        )

    return [
        count("received", "received_in_period", "received_in_period", "neither"),
        rate("on_time", "on_time_rate_a", "resolved_in_time", of("on_time_rate_a")),
        count("overdue", "open_overdue", "open_overdue", "down"),
        rate("online", "online_rate", "online_in_period", of("online_rate")),
        _satisfied(viewer, summary, before, last_year, note),
    ]


def whereabouts(viewer: Viewer, chosen: Filters, summary: Figures) -> None:
    """The full state: every dossier of the period stands in one of these lines."""
    words = viewer.words
    groups = {
        "resolved": {
            "early": "timing.early",
            "on_time": "timing.on_time",
            "late": "timing.late",
            "resolved_no_due": "timing.no_due",
        },
        "open": {
            "open_in_time": "open_state.in_time",
            "open_overdue": "open_state.overdue",
            "open_waiting": "open_state.waiting",
            "open_no_due": "open_state.no_due",
        },
        "ended_otherwise": {
            "refused": "phase.refused",
            "withdrawn": "phase.withdrawn",
            "stopped": "phase.stopped",
        },
    }
    titles = {"resolved": "resolved", "open": "open", "ended_otherwise": "ended"}
    with st.container(border=True):
        st.markdown(f"**{words('overview.state.title')}**")
        columns = st.columns(4)
        for column, (group, lines) in zip(columns, groups.items(), strict=False):
            with column, st.container(gap="xxsmall"):
                title = words(f"overview.state.{titles[group]}")
                share = words.percent(summary[group], summary["received"], 1)
                st.markdown(f"{title} · **{words.number(summary[group])}** :gray[({share})]")
                for measure, text in lines.items():
                    label = f"{words.number(summary[measure])} {words(text).lower()}"
                    to_dossiers(viewer, chosen, measure, label)
        with columns[3], st.container(gap="xxsmall"):
            st.markdown(words("overview.state.unknown"))
            unknown = summary["status_unknown"]
            if unknown:
                label = f"{words.number(unknown)} {words('phase.status_unknown').lower()}"
                to_dossiers(viewer, chosen, "status_unknown", f":red[**{label}**]")
            else:
                st.caption(words("overview.state.unknown_none"))
            if summary["not_accepted"]:
                rejected = words("overview.state.not_accepted").lower()
                to_dossiers(
                    viewer,
                    chosen,
                    "not_accepted",
                    f"{words.number(summary['not_accepted'])} {rejected}",
                )


def months(viewer: Viewer, chosen: Filters) -> None:
    """How dossiers left month by month, and the month with the largest share of late ones."""
    words, colours = viewer.words, palette()
    rows = _history(viewer, chosen)
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
    names = {row["unit_id"]: row["unit_name"] for row in rows}
    cells = {(row["field_name"], row["unit_id"]): row for row in rows}
    pairs = [[cells.get((field, unit)) for unit in units] for field in fields]
    figure = heat(
        [field or words("state.not_known") for field in fields],
        [names[unit] or words("state.not_known") for unit in units],
        [[cell and cell["late_or_overdue"] for cell in line] for line in pairs],
        Style(colours, viewer.language),
        written=words.number,
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
    words, colours = viewer.words, palette()
    target = words.rate(settings().satisfaction_target)
    st.markdown(f"**{words('overview.satisfaction.title')}**")
    first, upper = _reach(viewer, chosen)
    rows = viewer.ask(
        "satisfaction", first=first, upper=upper, group_by="month", **chosen.where()
    ).to_pylist()
    rows = _one_scale([row for row in rows if row["group_key"]])
    if not rows:
        st.caption(words("overview.satisfaction.none"))
        return
    st.caption(words("overview.satisfaction.caption", target=target))
    shown = [row if row["n"] >= settings().suppress_below_n else {} for row in rows]
    figure = share_over_time(
        [date.fromisoformat(f"{row['group_key']}-01") for row in rows],
        [row.get("satisfied_rate") for row in shown],
        Style(colours, viewer.language),
        name=words("overview.satisfaction.line"),
        low=[row.get("satisfied_low") for row in shown],
        high=[row.get("satisfied_high") for row in shown],
        target=settings().satisfaction_target,
        target_label=words("overview.satisfaction.target", target=target),
        notes=[
            f"({words.number(row['satisfied_rate_numerator'])}/{words.number(row['n'])})"
            for row in rows
        ],
    )
    alt = words("overview.satisfaction.alt", n=len(rows))
    chart.show(figure, alt=alt, key="overview.satisfaction")
    if viewer.can_open("satisfaction"):
        to_screen(viewer, "satisfaction", words("overview.satisfaction.all"))


def four_rates(viewer: Viewer, summary: Figures) -> None:
    """The four on-time rates with their formulas, because the same desk can read 99 % and 78 %."""
    words = viewer.words
    with st.container(border=True):
        st.markdown(f"**{words('overview.rates.title')}**")
        st.caption(words("overview.rates.caption"))
        for column, letter in zip(st.columns(4), "abcd", strict=True):
            key = f"on_time_rate_{letter}"
            with column, st.container(gap="xxsmall"):
                st.metric(words(f"overview.rates.{letter}.name"), words.rate(summary[key]))
                st.caption(
                    words(
                        "tiles.of",
                        numerator=summary[f"{key}_numerator"],
                        denominator=summary[f"{key}_denominator"],
                    )
                )
                st.caption(words(f"overview.rates.{letter}.formula"))
                st.caption(words(f"overview.rates.{letter}.basis"))


def filters_in_words(viewer: Viewer, chosen: Filters) -> str:
    """The filters as a reader would say them."""
    unit = filters.unit_options(viewer).get(chosen.unit or "")
    return " · ".join(
        escaped(part) for part in (chosen.period.label(viewer.language), unit, chosen.field) if part
    )


def _satisfied(
    viewer: Viewer,
    summary: Figures,
    before: Figures | None,
    last_year: Figures | None,
    note: str | None,
) -> Tile:
    words = viewer.words
    n = summary["satisfied_rate_denominator"]
    label, tip = words("overview.satisfied.label"), words("overview.satisfied.help")
    if n < settings().suppress_below_n:
        why = (
            words("overview.satisfied.none")
            if not n
            else words("overview.satisfied.suppressed", n=settings().suppress_below_n)
        )
        return Tile(label, words.rate(None), why, help=tip)
    few = words("overview.satisfied.few") if n < settings().small_sample_n else None
    return Tile(
        label,
        words.rate(summary["satisfied_rate"], 1),
        words("overview.satisfied.basis", numerator=summary["satisfied_rate_numerator"], n=n),
        help=tip,
        good="up",
        change=_moved(rate_change, viewer, summary, before, "satisfied_rate"),
        year_change=_moved(rate_change, viewer, summary, last_year, "satisfied_rate"),
        note=few or note,
    )


def _earlier(viewer: Viewer, chosen: Filters, which: str) -> Figures | None:
    """The summary of an earlier period, None where a comparison would mean nothing."""
    earlier = _earlier_period(chosen, which)
    if earlier is None or filters.compares_across_reorganisation(chosen, earlier):
        return None
    if earlier.last < filters.first_day(viewer) or earlier.lower > viewer.as_of:
        return None
    if chosen.period.is_open(viewer.as_of):
        return None  # half a month against a whole one is no comparison
    return viewer.ask("summary", **chosen.params(viewer.as_of, earlier)).to_pylist()[0]


def _earlier_period(chosen: Filters, which: str) -> Period | None:
    period = chosen.period
    return period.previous() if which == "previous" else period.same_last_year()


def _why_not_compared(viewer: Viewer, chosen: Filters) -> str | None:
    day = filters.compares_across_reorganisation(chosen, _earlier_period(chosen, "year"))
    return viewer.words("tiles.not_compared", day=day) if day else None


def _moved(
    change: Any, viewer: Viewer, now: Figures, before: Figures | None, key: str
) -> Change | None:
    return change(viewer.words, now[key], before[key]) if before else None


def _history(viewer: Viewer, chosen: Filters) -> list[dict[str, Any]]:
    """The latest months up to the end of the period."""
    first, upper = _reach(viewer, chosen)
    return viewer.ask("trend", first=first, upper=upper, **chosen.where()).to_pylist()


def _reach(viewer: Viewer, chosen: Filters) -> tuple[Any, Any]:
    """From the first of so many months back to the end of the period's last month, or as_of."""
    upper = min(chosen.period.upper, viewer.as_of + timedelta.resolution)
    last = (upper - timedelta.resolution).date()
    months_since_zero = last.year * 12 + last.month - 1 - (MONTHS - 1)
    first = date(months_since_zero // 12, months_since_zero % 12 + 1, 1)
    return first, upper


def _most_late(rows: list[dict[str, Any]], key: str) -> list[Any]:
    """Values of a column with late dossiers, those with most first."""
    late: dict[Any, int] = {}
    for row in rows:
        late[row[key]] = late.get(row[key], 0) + row["late_or_overdue"]
    return sorted((k for k, n in late.items() if n), key=lambda k: (-late[k], str(k)))


def _one_scale(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows of the scale with most answers: shares of different scales make no line."""
    total: dict[str, int] = {}
    for row in rows:
        total[row["scale_id"]] = total.get(row["scale_id"], 0) + row["n"]
    if not total:
        return []
    main = max(total, key=lambda scale: total[scale])
    return [row for row in rows if row["scale_id"] == main and row["n"]]


def _without_apology(viewer: Viewer, chosen: Filters) -> int | None:
    """Late or overdue dossiers without a letter; None where no letters were ever brought in."""
    if not viewer.sees("apology"):
        return None
    if "apology" not in viewer.ask("freshness")["kind"].to_pylist():
        return None
    rows = viewer.ask("apology_coverage", **chosen.params(viewer.as_of)).to_pylist()
    return sum(row["late_or_overdue"] - row["apologised"] for row in rows)
