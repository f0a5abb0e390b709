"""Apologies by unit, reasons of lateness, and promises by how often they were moved."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

import pyarrow as pa
import streamlit as st

from pages.leaders.promises_parts import PASSED, Row
from pages.ui import chart, downloads, filters, links, series, tables
from pages.ui.chart import Style
from pages.ui.chart_amounts import Bar, flat_bars
from pages.ui.chart_time import Part, stacked_months
from pages.ui.filters import Filters
from pages.ui.guard import Viewer
from pages.ui.links import Way
from pages.ui.palette import palette
from pages.ui.tables import Column
from pipeline import promises
from pipeline.periods import containing
from pipeline.reports import ii07g
from pipeline.reports.forms import form, forms_of

UNIT_COLUMNS = [
    Column("unit_name", "name", "term.unit", width=220),
    Column("late_now", "count", "promises.column.late_now"),
    Column("apology_rate", "rate", "promises.column.apology_rate"),
    Column("promise_broken", "count", "promises.column.promise_broken"),
    Column("with_letter", "count", "promises.column.with_letter"),
    Column("with_reason", "count", "promises.column.with_reason"),
    Column("with_new_due", "count", "promises.column.with_new_due"),
    Column("in_time", "count", "promises.column.in_time"),
    Column("kept", "count", "promises.column.kept"),
    Column("said_once", "count", "promises.column.said_once"),
]
MOVE_COLUMNS = [
    Column("moves", "text", "promises.column.moves", width=110),
    Column("resolved_n", "count", "promises.column.resolved_n", width=88),
    Column("late", "count", "promises.column.late", width=88),
    Column("late_against_first_promise", "count", "promises.column.late_at_first", width=88),
    Column("late_only_at_first", "count", "promises.column.late_only_at_first", width=88),
]
# A number of the table by unit -> the finding whose dossiers it counts.
BEHIND = {
    **{name: name for name in ("late_now", "promise_broken")},
    "apology_rate": "late_with_letter",
    **dict(zip(PASSED, promises.PASSED, strict=True)),
}
# A number of the table by moves -> the measure, and the finding beside it.
OF_MOVES = {
    "resolved_n": ("resolved_with_due", None),
    "late": ("late", None),
    "late_against_first_promise": ("late_against_first_promise", None),
    "late_only_at_first": ("resolved_in_time", "late_at_first"),
}


def by_unit(viewer: Viewer, chosen: Filters, rows: Sequence[Row]) -> None:
    """The funnel of every unit with broken promises, most first."""
    words = viewer.words
    st.markdown(f"**{words('promises.units.title')}**")
    if not rows:
        st.caption(words("promises.units.none"))
        return
    st.caption(words("promises.units.caption"))
    names = filters.unit_options(viewer)
    named = [
        {
            **row,
            "unit_name": names.get(row["unit_id"], row["unit_name"]) or words("state.not_known"),
        }
        for row in rows
    ]
    table = pa.Table.from_pylist(named)

    def opens(row: dict[str, Any], column: str) -> Way | None:
        finding = BEHIND.get(column)
        if finding is None or not row[column]:
            return None
        return links.behind(
            chosen, "received", finding=finding, **links.only("unit", row["unit_id"])
        )

    tables.show(
        viewer,
        table,
        UNIT_COLUMNS,
        key="promises.units",
        alt=words("promises.units.alt", n=len(rows)),
        opens=opens if viewer.can_open("dossiers") else None,
    )
    downloads.buttons(viewer, table, UNIT_COLUMNS, name="apologies", chosen=chosen)


def reasons(viewer: Viewer, chosen: Filters) -> None:
    """Why dossiers are late, as the letters say, the most frequent first."""
    words, colours = viewer.words, palette()
    st.markdown(f"**{words('promises.reasons.title')}**")
    found: Counter[str] = Counter()
    rows = viewer.ask("late_reasons", **chosen.params(viewer.as_of)).to_pylist()
    for row in rows:
        found[row["reason_code"]] += row["late_n"]
    whole = sum(found.values())
    if not whole:
        st.caption(words("promises.reasons.none"))
        return
    silent = found["no_letter"] + found["not_given"]
    st.caption(
        words(
            "promises.reasons.caption", n=silent, all=whole, share=words.percent(silent, whole, 1)
        )
    )
    unsaid = ("no_letter", "not_given")
    figure = flat_bars(
        [
            Bar(
                words(f"promises.reason.{code}"),
                n,
                colours.waiting if code in unsaid else colours.late,
            )
            for code, n in found.most_common()
        ],
        Style(colours, viewer.language),
        written=words.number,
    )
    ways = [
        links.behind(chosen, "received", finding=f"reason_{code}")
        for code, _ in found.most_common()
    ]
    chart.show(
        figure,
        alt=words("promises.reasons.alt", n=whole),
        key="promises.reasons",
        opens=links.clicks(viewer, ways),
    )
    if viewer.may("export"):
        _reasons_form(viewer, chosen, rows)


def _reasons_form(viewer: Viewer, chosen: Filters, rows: list[dict[str, Any]]) -> None:
    """The form of reasons as a file, with the same rows."""
    described = form(forms_of("reasons")[0])
    label = described.version(chosen.period.last).label
    file = f"ii07g-{chosen.period.key.replace(':', '-')}.xlsx"

    def book() -> downloads.Content:
        words, period = viewer.words, chosen.period
        return ii07g.workbook(described, rows, period, viewer.as_of, words), len(rows)

    downloads.button(
        viewer,
        viewer.words("promises.reasons.form", form=label),
        book,
        file,
        downloads.XLSX,
        key="promises.form",
        chosen=chosen,
        look="tertiary",
    )


def months(viewer: Viewer, chosen: Filters) -> None:
    """Late results month by month, with and without a letter."""
    words, colours = viewer.words, palette()
    st.markdown(f"**{words('promises.months.title')}**")
    first, upper = series.reach(viewer, chosen)
    rows = viewer.ask("apology_months", first=first, upper=upper, **chosen.where()).to_pylist()
    late, letters = (sum(row[name] for row in rows) for name in ("late_n", "late_with_letter"))
    if not late:
        st.caption(words("promises.months.none"))
        return
    said = {"n": letters, "all": late, "share": words.percent(letters, late)}
    st.caption(words("promises.months.caption", **said))
    without = [row["late_n"] - row["late_with_letter"] for row in rows]
    figure = stacked_months(
        [row["month"] for row in rows],
        [
            Part(
                words("promises.months.with"),
                colours.early,
                [row["late_with_letter"] for row in rows],
            ),
            Part(words("promises.months.without"), colours.late, without),
        ],
        chart.style(viewer.language),
        is_open=[series.is_open(row["month"], upper) for row in rows],
        total=words("charts.total"),
    )
    ways = [
        links.behind(chosen, "late", during=containing("month", "calendar", row["month"]).key)
        for row in rows
    ]
    chart.show(
        figure,
        alt=words("promises.months.alt", n=late),
        key="promises.months",
        opens=links.clicks(viewer, ways),
    )


def by_moves(viewer: Viewer, chosen: Filters, rows: Sequence[Row]) -> None:
    """Resolved dossiers by the number of moves, late against both promises; moves after the day."""
    words = viewer.words
    st.markdown(f"**{words('promises.moves.title')}**")
    if not rows:
        st.caption(words("promises.moves.none"))
        return
    st.caption(words("promises.moves.caption"))
    named = [{**row, "moves": words(f"promises.moves.n{row['move_n']}")} for row in rows]

    def opens(row: dict[str, Any], column: str) -> Way | None:
        if column not in OF_MOVES or not row[column]:
            return None
        measure, finding = OF_MOVES[column]
        return links.behind(chosen, measure, finding=finding, moves=str(row["move_n"]))

    tables.show(
        viewer,
        pa.Table.from_pylist(named),
        MOVE_COLUMNS,
        key="promises.moves",
        alt=words("promises.moves.alt", n=len(rows)),
        opens=opens if viewer.can_open("dossiers") else None,
    )
    answer = viewer.ask("moved_after_due", **chosen.params(viewer.as_of))
    n = answer["moved_after_due"][0].as_py()
    label = words("promises.moves.after_due", n=n)
    if n:
        way = links.behind(chosen, "received", finding="moved_after_due")
        links.along(viewer, way, label, label)
    else:
        st.caption(label)
