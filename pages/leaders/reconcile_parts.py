"""The ledger of dossiers, and the box that takes a report's sentences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow as pa
import streamlit as st

from pages.leaders import reconcile_claims
from pages.ui import address, downloads, filters, links, tables
from pages.ui.filters import Filters
from pages.ui.guard import Viewer
from pages.ui.links import Way
from pages.ui.tables import Column
from pipeline.insight import Insight

Row = Mapping[str, Any]
# Column of the ledger -> measure of the dossiers it counts.
INTO = {"opening": "carried_over", "received_in_period": "received_in_period"}
OUT = {
    "resolved": "resolved",
    "refused": "refused",
    "withdrawn": "withdrawn",
    "stopped": "stopped",
    "closing": "open",
}
BEHIND = {**INTO, **OUT, "gap": "status_unknown"}
COUNTS = [Column(name, "count", f"reconcile.column.{name}") for name in (*INTO, *OUT, "gap")]
LONGEST = 4_000  # characters of a report that are read at once


def ledger(viewer: Viewer, chosen: Filters) -> list[Row]:
    """The ledger by unit."""
    params = chosen.params(viewer.as_of)
    del params["field"]
    rows: list[Row] = viewer.ask("dossier_ledger", **params).to_pylist()
    return rows


def total(rows: Sequence[Row], name: str) -> int:
    """One column of the ledger, all units together."""
    return sum(row[name] for row in rows)


def findings(rows: Sequence[Row]) -> list[Insight]:
    """Whether the two sides agree, and where they do not."""
    into = total(rows, "opening") + total(rows, "received_in_period")
    gaps = [row for row in rows if row["gap"]]
    if not gaps:
        return [Insight("balanced", {"n": into, "units": len(rows)})]
    return [Insight("gap", {"n": total(gaps, "gap"), "all_n": into, "units": len(gaps)})]


def sides(viewer: Viewer, chosen: Filters, rows: Sequence[Row]) -> None:
    """The equation, every figure of it a way to its dossiers."""
    words = viewer.words
    st.markdown(f"**{words('reconcile.sides.title')}**")
    for column, side in zip(
        st.columns([2, 5, 1]), (INTO, OUT, {"gap": "status_unknown"}), strict=True
    ):
        with column, st.container(horizontal=True, gap="medium"):
            for name, measure in side.items():
                n = total(rows, name)
                with st.container(width="content", gap=None):
                    st.caption(words(f"reconcile.column.{name}"), width="content")
                    if n:
                        links.to_dossiers(viewer, chosen, measure, words.number(n))
                    else:
                        st.markdown(words.number(n))
    if chosen.period.is_open(viewer.as_of):
        st.caption(words("reconcile.provisional"))


def table(viewer: Viewer, chosen: Filters, rows: Sequence[Row]) -> None:
    """The ledger by unit or by month; a number opens its dossiers."""
    words = viewer.words
    left, right = st.columns([3, 2], vertical_alignment="center")
    left.markdown(f"**{words('reconcile.table.title')}**")
    with right, st.container(horizontal=True, horizontal_alignment="right"):
        by = address.choose(
            "by",
            ("unit", "month"),
            default="unit",
            label=words("reconcile.table.by"),
            shown=lambda key: words(f"reconcile.table.by_{key}"),
            look="segments",
            label_visibility="collapsed",
        )
    if by == "month":
        _by_month(viewer, chosen)
    else:
        _by_unit(viewer, chosen, rows)


def _by_unit(viewer: Viewer, chosen: Filters, rows: Sequence[Row]) -> None:
    words = viewer.words
    names = filters.unit_options(viewer)
    named = [
        {
            **row,
            "unit_name": names.get(row["unit_id"], row["unit_name"]) or words("state.not_known"),
        }
        for row in rows
    ]
    columns = [Column("unit_name", "name", "term.unit", width=240), *COUNTS]
    answer = pa.Table.from_pylist(named) if named else viewer.ask("dossier_ledger").slice(0, 0)

    def opens(row: dict[str, Any], column: str) -> Way | None:
        if column not in BEHIND or not row[column]:
            return None
        return links.behind(chosen, BEHIND[column], **links.only("unit", row["unit_id"]))

    tables.show(
        viewer,
        answer,
        columns,
        key="reconcile.units",
        alt=words("reconcile.table.alt", n=len(rows)),
        opens=opens if viewer.can_open("dossiers") else None,
    )
    downloads.buttons(viewer, answer, columns, name="ledger-units", chosen=chosen)


def _by_month(viewer: Viewer, chosen: Filters) -> None:
    words = viewer.words
    params = chosen.params(viewer.as_of)
    del params["field"]
    answer = viewer.ask("dossier_ledger_by_month", **params)
    columns = [Column("month", "date", "reconcile.column.month"), *COUNTS]

    def opens(row: dict[str, Any], column: str) -> Way | None:
        if column not in BEHIND or not row[column]:
            return None
        way = links.behind(chosen, BEHIND[column])
        return Way(way.screen, {**way.choices, "period": f"{row['month']:%Y-%m}", "field": None})

    tables.show(
        viewer,
        answer,
        columns,
        key="reconcile.months",
        alt=words("reconcile.table.alt_month", n=answer.num_rows),
        opens=opens if viewer.can_open("dossiers") else None,
    )
    downloads.buttons(viewer, answer, columns, name="ledger-months", chosen=chosen)


def report_box(viewer: Viewer, chosen: Filters) -> None:
    """The box, and below it what was read and found."""
    words = viewer.words
    st.markdown(f"**{words('reconcile.box.title')}**")
    said = st.text_area(
        words("reconcile.box.label"),
        key="reconcile.text",
        placeholder=words("reconcile.box.placeholder"),
        height=130,
        max_chars=LONGEST,
    )
    if said.strip():
        reconcile_claims.show(viewer, chosen, said)
    else:
        st.caption(words("reconcile.box.about"))
