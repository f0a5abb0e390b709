"""Procedures in force by group, and how much of the allowed time each procedure uses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow as pa
import streamlit as st

from pages.ui import downloads, links, tables
from pages.ui.filters import Filters
from pages.ui.guard import Viewer
from pages.ui.links import Way
from pages.ui.tables import Column
from pages.ui.tiles import Tile
from pipeline.insight import Insight
from pipeline.metrics import metric
from pipeline.reports import ii07
from pipeline.reports.forms import form, forms_of
from pipeline.reports.ii07 import Group
from pipeline.settings import settings

Row = Mapping[str, Any]
HALF = 0.5  # nine of ten dossiers within this share of the limit: it may be too long
COUNTS = [
    Column("name", "text", "procedures.column.agency", width=360),
    Column("procedure_n", "count", "procedures.column.procedure_n"),
    Column("on_the_spot_n", "count", "procedures.column.on_the_spot_n"),
    Column("share", "rate", "procedures.column.share"),
    Column("online_full_n", "count", "procedures.column.online_full_n"),
    Column("online_partial_n", "count", "procedures.column.online_partial_n"),
]
TIMES = [
    Column("procedure_name", "text", "term.procedure", width=330),
    Column("field_name", "text", "term.field", width=150),
    Column("resolved_n", "count", "procedures.column.resolved_n"),
    Column("early_share", "rate", "procedures.column.early_share"),
    Column("allowed_days", "number", "procedures.column.allowed_days"),
    Column("used_days", "number", "procedures.column.used_days"),
    Column("used_time_rate", "rate", "procedures.column.used_time_rate"),
    Column("used_share_p90", "rate", "procedures.column.used_share_p90"),
    Column("remark", "text", "procedures.column.remark", width=130),
]


def in_force(viewer: Viewer) -> list[Group]:
    """The procedures in force by group."""
    return ii07.grouped(viewer.ask("procedures_in_force").to_pylist())


def times(viewer: Viewer, chosen: Filters) -> list[Row]:
    """Used and allowed time by procedure, of what was resolved in the period."""
    rows: list[Row] = viewer.ask("used_time", **chosen.params(viewer.as_of)).to_pylist()
    return rows


def too_long(row: Row) -> bool:
    """Whether nine of ten dossiers needed half the limit or less, of enough dossiers to say so."""
    return not row["is_small_sample"] and row["used_share_p90"] <= HALF


def findings(groups: Sequence[Group], rows: Sequence[Row]) -> list[Insight]:
    """How many procedures, how many done at the centre, and how many limits look too long."""
    whole = ii07.total(groups, "procedure_n")
    found = []
    if whole:
        here = ii07.total(groups, "on_the_spot_n")
        found.append(Insight("in_force", {"n": here, "all_n": whole}))
    else:
        found.append(Insight("no_list", {}))
    judged = [row for row in rows if not row["is_small_sample"]]
    if judged:
        n = sum(map(too_long, judged))
        found.append(Insight("too_long" if n else "none_too_long", {"n": n, "all_n": len(judged)}))
    return found


def four_tiles(viewer: Viewer, groups: Sequence[Group], rows: Sequence[Row]) -> list[Tile]:
    """In force, done at the centre, offered fully online, time used."""
    words = viewer.words
    whole = ii07.total(groups, "procedure_n")
    used = sum(row["used_time_rate_numerator"] for row in rows)
    allowed = sum(row["used_time_rate_denominator"] for row in rows)

    def share(name: str, metric_name: str | None, part: int, of: int) -> Tile:
        return Tile(
            label=words(f"procedures.tile.{name}"),
            value=words.percent(part, of),
            basis=words(
                "procedures.tile.days_of" if name == "used_time" else "tiles.of",
                numerator=part,
                denominator=of,
            ),
            help=metric(metric_name).definition(viewer.language) if metric_name else None,
        )

    return [
        Tile(
            label=words("procedures.tile.in_force"),
            value=words.number(whole),
            basis=words("procedures.tile.sum", parts=ii07.equation(groups, words)) if whole else "",
            help=metric("procedure_n").definition(viewer.language),
        ),
        share("on_the_spot", "on_the_spot_rate", ii07.total(groups, "on_the_spot_n"), whole),
        share("online_full", None, ii07.total(groups, "online_full_n"), whole),
        share("used_time", "used_time_rate", used, allowed),
    ]


def time_table(viewer: Viewer, chosen: Filters, rows: Sequence[Row]) -> None:
    """Procedures by used share of the limit, those that may be too long first."""
    words = viewer.words
    st.markdown(f"**{words('procedures.times.title')}**")
    if not rows:
        st.caption(words("procedures.times.none"))
        return
    few = sum(row["is_small_sample"] for row in rows)
    st.caption(words("procedures.times.caption", n=settings().small_sample_n, few=few))
    shown = [
        {
            **row,
            "procedure_name": row["procedure_name"] or row["procedure_key"],
            "early_share": row["early_n"] / row["resolved_n"],
            "remark": words("procedures.few")
            if row["is_small_sample"]
            else words("procedures.may_be_shorter")
            if too_long(row)
            else "",
        }
        for row in rows
    ]
    table = pa.Table.from_pylist(shown)

    def opens(row: dict[str, Any], column: str) -> Way | None:
        measure = {"resolved_n": "resolved_with_due", "early_share": "early"}.get(column)
        of_it = links.only("procedure", row["procedure_key"])
        return links.behind(chosen, measure, **of_it) if measure else None

    tables.show(
        viewer,
        table,
        TIMES,
        key="procedures.times",
        alt=words("procedures.times.alt", n=len(rows)),
        opens=opens if viewer.can_open("dossiers") else None,
    )
    downloads.buttons(viewer, table, TIMES, name="used-time", chosen=chosen)


def count_table(viewer: Viewer, groups: Sequence[Group]) -> None:
    """Procedures in force by group and agency, and the form with the same numbers."""
    words = viewer.words
    st.markdown(f"**{words('procedures.counts.title')}**")
    if not groups:
        st.caption(words("procedures.counts.none"))
        return
    rows = []
    for group in groups:
        rows.append(_counts(ii07.label(group.id, words).upper(), group.counts))
        rows += [
            _counts(f"  {row['agency_name'] or words('reports.no_unit')}", row)
            for row in group.agencies
        ]
    alt = words("procedures.counts.alt", n=len(rows))
    tables.show(viewer, pa.Table.from_pylist(rows), COUNTS, key="procedures.counts", alt=alt)
    if viewer.may("export"):
        described = form(forms_of("procedures")[0])
        file = f"ii07-{viewer.as_of:%Y-%m-%d}.xlsx"

        def book() -> downloads.Content:
            return ii07.workbook(described, groups, viewer.as_of, words), len(rows)

        with st.container(horizontal=True, horizontal_alignment="right"):
            downloads.button(
                viewer,
                words("procedures.counts.form", form=described.version(viewer.as_of.date()).label),
                book,
                file,
                downloads.XLSX,
                key="procedures.form",
            )


def _counts(name: str, row: Mapping[str, Any]) -> dict[str, Any]:
    counts = {key: row[key] for key in ii07.COUNTS}
    return {"name": name, **counts, "share": row["on_the_spot_n"] / row["procedure_n"]}
