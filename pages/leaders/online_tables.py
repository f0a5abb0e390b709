"""The rows of the online screen: every unit, field and procedure, and what is offered in vain."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pyarrow as pa
import streamlit as st

from pages.leaders.online_figures import CHANNELS, came
from pages.ui import address, chart, downloads, filters, tables
from pages.ui.chart import Style
from pages.ui.chart_amounts import Bar, flat_bars
from pages.ui.chart_more import mark_share, written_behind
from pages.ui.filters import Filters
from pages.ui.guard import Viewer
from pages.ui.links import follow, only
from pages.ui.palette import palette
from pages.ui.tables import Column, Opens
from pipeline.settings import settings

Row = dict[str, Any]
NAMES = {"unit": "unit_name", "field": "field_name", "procedure": "procedure_name"}
KEYS = {"unit": "unit_id", "field": "field_name", "procedure": "procedure_key"}
SHOWN = 8  # groups in the picture; the table below holds all
COUNTS = [
    Column("received_in_period", "count", "online.column.received"),
    Column("online_in_period", "count", "online.column.online"),
    Column("online_rate", "rate", "online.column.share"),
    *(Column(name, "count", f"online.column.{name}") for name in CHANNELS),
]
REMARK = Column("remark", "text", "online.column.remark", width=130)
OFFERED = [
    Column("procedure_code", "code", "online.column.code", width=90),
    Column("procedure_name", "text", "term.procedure", width=330),
    Column("field_name", "text", "term.field", width=120),
    Column("online_level", "text", "online.column.level", words="online_level", width=85),
    Column("agency_level", "text", "online.column.agency", words="agency_level", width=95),
    Column("received_in_period", "count", "online.column.received", width=80),
    Column("counter", "count", "online.column.counter", width=80),
    Column("post", "count", "online.column.post", width=80),
    Column("online_in_period", "count", "online.column.online", width=80),
    Column("online_rate", "rate", "online.column.share", width=80),
]
USES = ("never", "partly", "nobody")
# Columns in which every row would read nought.
NOTHING_TO_TELL = {
    "never": ("online_in_period", "online_rate"),
    "nobody": tuple(column.name for column in OFFERED if column.kind in ("count", "rate")),
}


def breakdown(viewer: Viewer, chosen: Filters, totals: Row) -> None:
    """The share online of every unit, field or procedure; small counts are marked, not ranked."""
    words = viewer.words
    st.markdown(f"**{words('online.by.title')}**")
    by = address.choose(
        "by",
        list(NAMES),
        default="field" if _is_one_unit(viewer, chosen) else "unit",
        label=words("online.by.label"),
        shown=lambda key: words(f"term.{key}"),
        look="segments",
        label_visibility="collapsed",
    )
    rows = _groups(viewer, chosen, by)
    few = sum(bool(row["remark"]) for row in rows)
    key = "online.by.caption_few" if few else "online.by.caption"
    st.caption(words(key, all=len(rows), n=settings().small_sample_n, few=few))
    _lowest(viewer, chosen, by, [row for row in rows if not row["remark"]], totals)
    name = Column("name", "name", f"term.{by}", width=300 if by == "procedure" else 220)
    columns = [name, *COUNTS, *([REMARK] if few else [])]
    table = pa.Table.from_pylist(rows)
    tables.show(
        viewer,
        table,
        columns,
        key=f"online.by.{by}",
        alt=words("online.by.alt", n=len(rows)),
        opens=_opens(viewer, chosen, lambda row: only(by, row["key"])),
    )
    _below(viewer, chosen, table, columns, f"online-{by}")


def offered(viewer: Viewer, chosen: Filters) -> list[Row] | None:
    """Procedures offered online and how far they are used; None without a list that says so."""
    if "procedure" not in viewer.ask("freshness")["kind"].to_pylist():
        return None
    rows: list[Row] = viewer.ask("online_offered", **chosen.params(viewer.as_of)).to_pylist()
    return rows


def not_used(viewer: Viewer, chosen: Filters, offered: Sequence[Row] | None) -> None:
    """Procedures that could be submitted online: never used so, not always, asked for by nobody."""
    words = viewer.words
    st.markdown(f"**{words('online.offered.title')}**")
    if offered is None:
        st.caption(words("online.offered.no_list"))
        return
    # One unit handles a part of the list; what nobody asked it for says nothing about it.
    uses = USES if chosen.unit is None and viewer.scope.unit_ids is None else USES[:2]
    found = {use: [row for row in offered if row["use"] == use] for use in uses}
    procedures = {use: len({row["procedure_code"] for row in found[use]}) for use in found}
    use = address.choose(
        "offered",
        uses,
        default=next((use for use in uses if found[use]), "never"),
        label=words("online.offered.label"),
        shown=lambda use: words(f"online.offered.{use}", n=procedures[use]),
        look="segments",
        label_visibility="collapsed",
    )
    if not found[use]:
        st.caption(words(f"online.offered.{use}_none"))
        return
    st.caption(words(f"online.offered.{use}_caption", n=procedures[use]))
    table = pa.Table.from_pylist(found[use])
    told = [column for column in OFFERED if column.name not in NOTHING_TO_TELL.get(use, ())]
    columns = tables.filled(table, told)
    tables.show(
        viewer,
        table,
        columns,
        key=f"online.offered.{use}",
        alt=words("online.offered.alt", n=len(found[use])),
        opens=_opens(viewer, chosen, lambda row: {"procedure": row["procedure_key"]}),
    )
    _below(viewer, chosen, table, columns, f"online-{use}")


def _groups(viewer: Viewer, chosen: Filters, by: str) -> list[Row]:
    """Rows of one breakdown; what can be compared first, the least online on top."""
    words = viewer.words
    asked = viewer.ask(f"online_by_{by}", **chosen.params(viewer.as_of)).to_pylist()
    unnamed = words("state.not_known")
    rows = [
        row
        | {
            "key": row[KEYS[by]],
            "name": row[NAMES[by]] or row.get("procedure_key") or unnamed,
            "remark": _why_not_ranked(viewer, row),
        }
        for row in asked
    ]
    if by == "unit":
        filters.tell_apart(viewer, rows)
    compared = [row for row in rows if not row["remark"]]
    others = [row for row in rows if row["remark"]]
    return [
        *sorted(compared, key=lambda row: row["online_rate"]),
        *sorted(others, key=lambda row: -row["received_in_period"]),
    ]


def _why_not_ranked(viewer: Viewer, row: Row) -> str:
    """Few dossiers, a source that hardly tells how they came in, or nothing offered online."""
    half = row["received_in_period"] / 2
    if row["is_small_sample"]:
        return viewer.words("online.few")
    if row["channel_unknown"] >= half:
        return viewer.words("online.not_told")
    is_offered = row.get("online_level") != "none" and row.get("not_offered_n", 0) < half
    return "" if is_offered else viewer.words("online.not_offered")


def _lowest(viewer: Viewer, chosen: Filters, by: str, rows: Sequence[Row], totals: Row) -> None:
    """The lowest shares as bars, beside the share of all; nothing where there is no choice."""
    words, colours = viewer.words, palette()
    if len(rows) < 2:
        return
    lowest = rows[:SHOWN]
    figure = flat_bars(
        [
            Bar(name, row["online_rate"], colours.accent)
            for row, name in zip(
                lowest, chart.told_apart([row["name"] for row in lowest]), strict=True
            )
        ],
        Style(colours, viewer.language),
        written=lambda _: "",
        height=34 * len(lowest) + 64,
        label_width=24,
    )
    style = Style(colours, viewer.language)
    labels = [
        f"{words.rate(row['online_rate'], 1)} "
        f"({words.number(row['online_in_period'])}/{words.number(row['received_in_period'])})"
        for row in lowest
    ]
    written_behind(figure, labels, style)
    figure.update_xaxes(range=[0, 1.25])
    share = totals["online_in_period"] / totals["received_in_period"]
    mark_share(figure, share, words("online.by.all", share=words.rate(share, 1)), style)
    chart.show(
        figure,
        alt=words("online.by.lowest_alt", n=len(lowest)),
        key=f"online.lowest.{by}",
        opens=(
            lambda _, at: follow(
                viewer, came(chosen, "online_in_period", **only(by, lowest[at]["key"]))
            )
        )
        if viewer.can_open("dossiers")
        else None,
    )


def _opens(
    viewer: Viewer, chosen: Filters, place: Callable[[Row], dict[str, str | None]]
) -> Opens | None:
    """Where the numbers of a table lead, for viewers who may see dossiers."""
    if not viewer.can_open("dossiers"):
        return None
    numbers = {column.name for column in (*COUNTS, *OFFERED) if column.kind == "count"}
    return lambda row, name: came(chosen, name, **place(row)) if name in numbers else None


def _below(
    viewer: Viewer, chosen: Filters, table: pa.Table, columns: Sequence[Column], name: str
) -> None:
    """What a click does, and the table as a file."""
    tables.below(
        viewer,
        "tables.cell_hint"
        if viewer.can_open("dossiers") and any(column.kind == "count" for column in columns)
        else None,
        lambda: downloads.buttons(viewer, table, columns, name=name, chosen=chosen),
    )


def _is_one_unit(viewer: Viewer, chosen: Filters) -> bool:
    """Whether there is no second unit to compare with."""
    return len(viewer.ask("online_by_unit", **chosen.params(viewer.as_of))) < 2
