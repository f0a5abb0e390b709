"""The pictures of the hot spots: heat map, Pareto of fields, ages, months, old open dossiers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

import streamlit as st

from pages.ui import address, chart, filters
from pages.ui.chart import Style
from pages.ui.chart_amounts import Bar, flat_bars, heat, pareto, standing_bars
from pages.ui.chart_more import mark_cells
from pages.ui.chart_time import share_over_time
from pages.ui.filters import Filters
from pages.ui.guard import Viewer
from pages.ui.palette import palette
from pages.ui.series import history
from pages.ui.text import escaped
from pipeline.insight import ENOUGH_LATE, STANDS_OUT
from pipeline.queries import OLD_DAYS
from pipeline.settings import settings

Row = Mapping[str, Any]
FIELDS, UNITS, RANKED, OLD_UNITS = 10, 10, 8, 7  # how much fits into a picture


def heat_map(viewer: Viewer, chosen: Filters) -> None:
    """Late dossiers of field by unit, as a number or as a share of what was to handle."""
    words = viewer.words
    style = Style(palette(), viewer.language)
    rows = viewer.ask("heatmap", **chosen.params(viewer.as_of)).to_pylist()
    names_of_fields, units = _most_late(rows, "field_name"), _most_late(rows, "unit_id")
    title, choice = st.columns([3, 2], vertical_alignment="center")
    title.markdown(f"**{words('hotspots.heat.title')}**")
    with choice, st.container(horizontal_alignment="right"):
        measure = address.choose(
            "heat",
            ("count", "share"),
            default="count",
            label=words("hotspots.heat.measure"),
            shown=lambda key: words(f"hotspots.heat.{key}"),
            look="segments",
            label_visibility="collapsed",
        )
    st.caption(
        words(
            f"hotspots.heat.caption_{measure}",
            fields=min(len(names_of_fields), FIELDS),
            all_fields=len(names_of_fields),
            units=min(len(units), UNITS),
            all_units=len(units),
            n=settings().small_sample_n,
        )
    )
    names_of_fields, units = names_of_fields[:FIELDS], units[:UNITS]
    names = {row["unit_id"]: row["unit_name"] for row in rows} | filters.unit_options(viewer)
    cells = {(row["field_name"], row["unit_id"]): row for row in rows}
    pairs = [[cells.get((field, unit)) for unit in units] for field in names_of_fields]
    by_share = measure == "share"
    figure = heat(
        [field or words("state.not_known") for field in names_of_fields],
        [names[unit] or words("state.not_known") for unit in units],
        [[_amount(cell, by_share) for cell in line] for line in pairs],
        style,
        written=(lambda share: words.rate(share, 0)) if by_share else words.number,
        notes=[[_hover(viewer, cell) for cell in line] for line in pairs],
    )
    if by_share:
        few = (
            (at, to)
            for at, line in enumerate(pairs)
            for to, cell in enumerate(line)
            if cell and cell["is_small_sample"]
        )
        mark_cells(figure, few, words("hotspots.heat.few"), style)
    alt = words("hotspots.heat.alt", rows=len(names_of_fields), columns=len(units))
    chart.show(figure, alt=alt, key="hotspots.heat")


def fields(viewer: Viewer, chosen: Filters, summary: Row) -> None:
    """Which fields make up the lateness; those with more than their share are named."""
    words, colours = viewer.words, palette()
    rows = viewer.ask("pareto_fields", **chosen.params(viewer.as_of)).to_pylist()
    out = [row["field_name"] for row in rows if row["field_name"] and stands_out(row, summary)]
    st.markdown(f"**{words('hotspots.fields.title')}**")
    if out:
        fields_out = ", ".join(escaped(name) for name in out[:3])
        st.caption(words("hotspots.fields.stands_out", fields=fields_out))
    else:
        st.caption(words("hotspots.fields.even"))
    figure = pareto(
        [
            Bar(
                row["field_name"] or words("state.not_known"),
                row["late_or_overdue"],
                colours.late if row["field_name"] in out else colours.waiting,
            )
            for row in rows[:RANKED]
        ],
        Style(colours, viewer.language),
        written=words.number,
        cumulated=words("hotspots.fields.cumulated"),
        total=rows[0]["all_late"],
    )
    chart.show(figure, alt=words("hotspots.fields.alt", n=len(rows)), key="hotspots.fields")


def stands_out(row: Row, summary: Row) -> bool:
    """Whether a field's share of the lateness is well above its share of the dossiers."""
    if row["late_or_overdue"] < ENOUGH_LATE or row["received"] == summary["received"]:
        return False
    share_of_all = row["received"] / summary["received"]
    return bool(row["share_of_all"] >= STANDS_OUT * share_of_all)


def ages(viewer: Viewer, chosen: Filters) -> None:
    """How many working days overdue dossiers are over their due day."""
    words, colours = viewer.words, palette()
    rows = viewer.ask("overdue_age", **_at_the_end(viewer, chosen)).to_pylist()
    st.markdown(f"**{words('hotspots.ages.title')}**")
    if not rows[0]["all_n"]:
        st.caption(words("hotspots.ages.none"))
        return
    last = rows[-1]
    st.caption(
        words(
            "hotspots.ages.caption",
            n=last["overdue_n"],
            all=last["all_n"],
            share=words.percent(last["overdue_n"], last["all_n"], 1),
            days=last["from_days"] - 1,
        )
    )
    bars = [
        Bar(
            words("hotspots.ages.band", first=row["from_days"], last=row["to_days"])
            if row["to_days"]
            else words("hotspots.ages.over", days=row["from_days"] - 1),
            row["overdue_n"],
            colours.late,
        )
        for row in rows
    ]
    figure = standing_bars(bars, Style(colours, viewer.language), written=words.number, height=320)
    alt = words("hotspots.ages.alt", n=rows[0]["all_n"])
    chart.show(figure, alt=alt, key="hotspots.ages")


def late_by_month(viewer: Viewer, chosen: Filters) -> None:
    """The share of late results month by month."""
    words = viewer.words
    rows = history(viewer, chosen)
    st.markdown(f"**{words('hotspots.months.title')}**")
    st.caption(words("hotspots.months.caption"))
    resolved = "on_time_rate_a_denominator"
    figure = share_over_time(
        [row["month"] for row in rows],
        [row["late"] / row[resolved] if row[resolved] else None for row in rows],
        Style(palette(), viewer.language),
        name=words("hotspots.months.line"),
        written=words.rate,
        notes=[f"({words.number(row['late'])}/{words.number(row[resolved])})" for row in rows],
    )
    figure.update_yaxes(rangemode="tozero")
    chart.show(figure, alt=words("hotspots.months.alt", n=len(rows)), key="hotspots.months")


def old_and_open(viewer: Viewer, chosen: Filters) -> None:
    """Open dossiers of long ago by unit: many of them were finished and never closed."""
    words, colours = viewer.words, palette()
    rows = old_open(viewer, chosen)
    old, open_ones = (sum(row[name] for row in rows) for name in ("old_open", "open"))
    st.markdown(f"**{words('hotspots.old.title', days=OLD_DAYS)}**")
    if not old:
        st.caption(words("hotspots.old.none", n=open_ones, days=OLD_DAYS))
        return
    share = words.percent(old, open_ones, 1)
    oldest = max(row["oldest_days"] for row in rows)
    st.caption(words("hotspots.old.caption", n=old, all=open_ones, share=share, oldest=oldest))
    names = filters.unit_options(viewer)
    figure = flat_bars(
        [
            Bar(
                names.get(row["unit_id"]) or row["unit_name"] or words("state.not_known"),
                row["old_open"],
                colours.waiting,
            )
            for row in rows[:OLD_UNITS]
            if row["old_open"]
        ],
        Style(colours, viewer.language),
        written=words.number,
    )
    chart.show(figure, alt=words("hotspots.old.alt", n=old), key="hotspots.old")


def old_open(viewer: Viewer, chosen: Filters) -> list[dict[str, Any]]:
    """Units with open dossiers at the end of the period, those with most old ones first."""
    rows: list[dict[str, Any]] = viewer.ask("old_open", **_at_the_end(viewer, chosen)).to_pylist()
    return rows


def _at_the_end(viewer: Viewer, chosen: Filters) -> dict[str, Any]:
    """Parameters of what lies open at the end of the period: it has no beginning."""
    params = chosen.params(viewer.as_of)
    return {name: value for name, value in params.items() if name != "first"}


def _amount(cell: Row | None, by_share: bool) -> float | None:
    """The amount of a cell; nothing where no dossier is, or too few for a share."""
    if cell is None or (by_share and cell["is_small_sample"]):
        return None
    return float(cell["late_share"] if by_share else cell["late_or_overdue"])


def _hover(viewer: Viewer, cell: Row | None) -> str:
    if cell is None:
        return ""
    late, received = cell["late_or_overdue"], cell["received"]
    share = viewer.words.percent(late, received, 1)
    return viewer.words("hotspots.heat.hover", n=late, received=received, share=share)


def _most_late(rows: list[dict[str, Any]], key: str) -> list[Any]:
    """Values of a column with late dossiers, those with most first."""
    late: Counter[Any] = Counter()
    for row in rows:
        late[row[key]] += row["late_or_overdue"]
    return sorted((k for k, n in late.items() if n), key=lambda k: (-late[k], str(k)))
