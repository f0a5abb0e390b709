"""The pictures of the hot spots: heat map, Pareto of fields, ages, months, old open dossiers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from pages.leaders import late_cells
from pages.ui import address, chart, filters, links
from pages.ui.chart_amounts import Bar, few_that_make_most, flat_bars, pareto
from pages.ui.chart_time import runs, share_over_time
from pages.ui.filters import Filters
from pages.ui.guard import Viewer
from pages.ui.links import behind
from pages.ui.palette import palette
from pages.ui.text import escaped
from pipeline.insight import stands_out
from pipeline.periods import containing
from pipeline.queries import OLD_DAYS
from pipeline.settings import settings

Row = Mapping[str, Any]
FIELDS, UNITS, RANKED, OLD_UNITS = 9, 9, 8, 7  # how much fits into a picture


def heat_map(viewer: Viewer, chosen: Filters, cells: Sequence[Row]) -> None:
    """Late dossiers of field by unit, as a number or as a share of what was to handle."""
    words = viewer.words
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
    st.caption(words(f"hotspots.heat.caption_{measure}", n=settings().small_sample_n))
    late_cells.draw(
        viewer,
        chosen,
        cells,
        fields=FIELDS,
        units=UNITS,
        key="hotspots.heat",
        by_share=measure == "share",
    )


def fields(viewer: Viewer, chosen: Filters, summary: Row) -> None:
    """Which fields make up the lateness; those with more than their share are named."""
    words, colours = viewer.words, palette()
    rows = viewer.ask("pareto_fields", **chosen.params(viewer.as_of)).to_pylist()
    whole = rows[0]["all_late"]
    out = [row["field_name"] for row in rows if row["field_name"] and _out(row, summary)]
    st.markdown(f"**{words('hotspots.fields.title')}**")
    most = few_that_make_most([row["late_or_overdue"] for row in rows], whole)
    share = words.percent(rows[most - 1]["cumulative_n"], whole, 1)
    said = [words("hotspots.fields.most", n=most, all=len(rows), share=share)]
    if out:
        fields_out = ", ".join(escaped(name) for name in out[:3])
        said.append(words("hotspots.fields.stands_out", fields=fields_out))
    st.caption(" ".join(said))
    shown = rows[:RANKED]
    names = [row["field_name"] or words("state.not_known") for row in shown]
    figure = pareto(
        [
            Bar(
                label,
                row["late_or_overdue"],
                colours.late if row["field_name"] in out else colours.late_pale,
                full=name,
                note=words(
                    "hotspots.fields.hover",
                    received=row["received"],
                    share=words.percent(row["late_or_overdue"], row["received"], 1),
                ),
            )
            for label, name, row in zip(chart.for_labels(names), names, shown, strict=True)
        ],
        chart.style(viewer.language),
        written=words.number,
        shared=lambda share: words.rate(share, 0),
        cumulated=words("hotspots.fields.cumulated"),
        total=whole,
    )
    ways = [
        behind(chosen, "late_or_overdue", **links.cell(field=row["field_name"])) for row in shown
    ]
    chart.show(
        figure,
        alt=words("hotspots.fields.alt", n=len(shown)),
        key="hotspots.fields",
        opens=links.clicks(viewer, ways),
    )
    if len(rows) > RANKED:
        left = sum(row["late_or_overdue"] for row in rows[RANKED:])
        st.caption(words("hotspots.fields.left_out", n=len(rows) - RANKED, late=left, all=whole))


def _out(row: Row, summary: Row) -> bool:
    return stands_out(row, summary["late_or_overdue"], summary["received"])


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
    bars, ways = [], []
    for row in rows:
        label = (
            words("hotspots.ages.band", first=row["from_days"], last=row["to_days"])
            if row["to_days"]
            else words("hotspots.ages.over", days=row["from_days"] - 1)
        )
        share = words("hotspots.ages.hover", share=words.percent(row["overdue_n"], row["all_n"], 1))
        bars.append(Bar(label, row["overdue_n"], colours.late, note=share))
        band = f"{row['from_days']}-{row['to_days'] or ''}"
        ways.append(behind(chosen, "open_overdue", over=band))
    figure = flat_bars(bars, chart.style(viewer.language), written=words.number)
    chart.show(
        figure,
        alt=words("hotspots.ages.alt", n=last["all_n"]),
        key="hotspots.ages",
        opens=links.clicks(viewer, ways),
    )


def late_by_month(viewer: Viewer, chosen: Filters, rows: Sequence[Row]) -> None:
    """The share of late results month by month."""
    words = viewer.words
    st.markdown(f"**{words('hotspots.months.title')}**")
    if not any(row["late_rate_denominator"] for row in rows):
        st.caption(words("hotspots.months.none"))
        return
    st.caption(_month_in_words(viewer, rows))
    months, shares = [row["month"] for row in rows], [row["late_rate"] for row in rows]
    figure = share_over_time(
        months,
        shares,
        chart.style(viewer.language),
        name=words("hotspots.months.line"),
        written=words.rate,
        notes=[
            f"({words.number(row['late'])}/{words.number(row['late_rate_denominator'])})"
            for row in rows
        ],
        is_open=[not row["is_complete"] for row in rows],
    )
    most = max(share for share in shares if share is not None)
    figure.update_yaxes(range=[0, most * 1.25 or 0.05])
    pieces = runs(months, shares)

    def opens(piece: int, at: int) -> None:
        month = containing("month", "calendar", months[pieces[piece][at]])
        links.follow(viewer, behind(chosen, "late", during=month.key))

    chart.show(
        figure,
        alt=words("hotspots.months.alt", n=len(rows)),
        key="hotspots.months",
        opens=opens if viewer.can_open("dossiers") else None,
    )


def _month_in_words(viewer: Viewer, rows: Sequence[Row]) -> str:
    """The last month that is over against the average of those before it."""
    words = viewer.words
    over = [row for row in rows if row["is_complete"] and row["late_rate_denominator"]]
    note = "" if all(row["is_complete"] for row in rows) else " " + words("pictures.hollow")
    if len(over) < 2:
        return words("hotspots.months.caption") + note
    *before, last = over
    late, resolved = (sum(row[n] for row in before) for n in ("late", "late_rate_denominator"))
    better = last["late"] * resolved <= late * last["late_rate_denominator"]
    return (
        words(
            "hotspots.months.lower" if better else "hotspots.months.higher",
            month=words.month_short(last["month"]),
            share=words.percent(last["late"], last["late_rate_denominator"]),
            late=last["late"],
            all=last["late_rate_denominator"],
            before=words.percent(late, resolved),
            months=len(before),
        )
        + note
    )


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
    shown = [row for row in rows if row["old_open"]][:OLD_UNITS]
    unknown = words("state.not_known")
    spoken = [names.get(row["unit_id"]) or row["unit_name"] or unknown for row in shown]
    figure = flat_bars(
        [
            Bar(
                label,
                row["old_open"],
                colours.waiting,
                full=name,
                note=words("hotspots.old.hover", open=row["open"], overdue=row["old_overdue"]),
            )
            for label, name, row in zip(chart.for_labels(spoken), spoken, shown, strict=True)
        ],
        chart.style(viewer.language),
        written=words.number,
    )
    age = {"older_than": str(OLD_DAYS)}
    ways = [behind(chosen, "open", **age, **links.cell(unit=row["unit_id"])) for row in shown]
    chart.show(
        figure,
        alt=words("hotspots.old.alt", n=old),
        key="hotspots.old",
        opens=links.clicks(viewer, ways),
    )
    left = old - sum(row["old_open"] for row in shown)
    if left:
        others = sum(1 for row in rows if row["old_open"]) - len(shown)
        st.caption(words("hotspots.old.left_out", n=left, units=others))


def old_open(viewer: Viewer, chosen: Filters) -> list[dict[str, Any]]:
    """Units with open dossiers at the end of the period, those with most old ones first."""
    rows: list[dict[str, Any]] = viewer.ask("old_open", **_at_the_end(viewer, chosen)).to_pylist()
    return rows


def _at_the_end(viewer: Viewer, chosen: Filters) -> dict[str, Any]:
    """Parameters of what lies open at the end of the period: it has no beginning."""
    params = chosen.params(viewer.as_of)
    return {name: value for name, value in params.items() if name != "first"}
