"""Steps in rows: by name, by desk, between agencies, and on the post's way."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pyarrow as pa
import streamlit as st

from pages.leaders.steps_parts import Row
from pages.ui import downloads, filters, links, tables
from pages.ui.filters import Filters
from pages.ui.guard import Viewer
from pages.ui.links import Way
from pages.ui.tables import Column

STEPS = [
    Column("step_name", "text", "steps.column.step", width=230),
    Column("kind", "text", "steps.column.kind", words="steps.kind", width=170),
    Column("step_n", "count", "steps.column.step_n"),
    Column("spent_days", "number", "steps.column.spent_days"),
    Column("spent_days_p90", "number", "steps.column.spent_days_p90"),
    Column("over_limit_rate", "rate", "steps.column.over_limit_rate"),
    Column("over_of", "text", "steps.column.over_of", width=110),
    Column("remark", "text", "steps.column.remark", width=90),
]
OFFICER = Column("officer_name", "text", "term.officer", width=170)
DESKS = [
    Column("unit_name", "name", "term.unit", width=220),
    Column("open_n", "count", "steps.column.open_n"),
    Column("open_over_limit_n", "count", "steps.column.open_over_limit_n"),
    Column("open_days_max", "count", "steps.column.open_days_max"),
    Column("step_n", "count", "steps.column.step_n"),
    Column("spent_days", "number", "steps.column.spent_days"),
    Column("over_of", "text", "steps.column.over_of", width=110),
]
HANDOFFS = [
    Column("from_name", "name", "steps.column.from", width=160),
    Column("to_name", "name", "steps.column.to", width=160),
    Column("handoff_n", "count", "steps.column.handoff_n", width=70),
    Column("handed_days", "number", "steps.column.handed_days", width=80),
    Column("spent_days", "number", "steps.column.spent_there", width=80),
]
POST = [
    Column("step_name", "text", "steps.column.step", width=220),
    Column("sent_n", "count", "steps.column.sent_n"),
    Column("delivered_n", "count", "steps.column.delivered_n"),
    Column("under_way_n", "count", "steps.column.under_way_n"),
    Column("spent_days", "number", "steps.column.spent_days"),
]

# A number of a table -> the finding whose dossiers are behind it.
BEHIND = {
    "step_n": "step_ended",
    "over_of": "step_over_limit",
    "over_limit_rate": "step_over_limit",
}
BEHIND_DESK = {**BEHIND, "open_n": "step_open", "open_over_limit_n": "step_open_over_limit"}
BEHIND_POST = {
    "sent_n": "posted",
    "delivered_n": "post_delivered",
    "under_way_n": "post_under_way",
}


def _behind(chosen: Filters, finding: str, **of_it: str | None) -> Way:
    """The way to the dossiers with such a step; the period and the unit are the step's."""
    way = links.behind(chosen, "received", finding=finding, steps_in=chosen.period.key, **of_it)
    return Way(way.screen, {**way.choices, "period": "all", "unit": None, "desk": chosen.unit})


def by_step(viewer: Viewer, chosen: Filters, rows: Sequence[Row]) -> None:
    """Every step with its time and its own limit, most time first."""
    words = viewer.words
    st.markdown(f"**{words('steps.steps.title')}**")
    st.caption(words("steps.steps.caption"))
    named = [
        {
            **row,
            "step_name": row["step_name"] or words("state.not_known"),
            "over_of": _of(row, "over_limit_rate_numerator", "over_limit_rate_denominator"),
            "remark": words("steps.few") if row["is_small_sample"] else "",
        }
        for row in rows
    ]
    table = pa.Table.from_pylist(named)
    alt = words("steps.steps.alt", n=len(rows))

    def opens(row: dict[str, Any], column: str) -> Way | None:
        is_named = row["step_name"] != words("state.not_known")
        if column not in BEHIND or not is_named:
            return None
        return _behind(chosen, BEHIND[column], step=row["step_name"])

    shown = opens if viewer.can_open("dossiers") else None
    tables.show(viewer, table, STEPS, key="steps.steps", alt=alt, opens=shown)
    downloads.buttons(viewer, table, STEPS, name="steps", chosen=chosen)


def by_desk(viewer: Viewer, chosen: Filters) -> None:
    """Work in progress and work done by unit, and by officer for who may see that."""
    words = viewer.words
    st.markdown(f"**{words('steps.desks.title')}**")
    by_officer = viewer.may("officer_figures")
    query = "step_desks" if by_officer else "step_units"
    rows = viewer.ask(query, **chosen.params(viewer.as_of)).to_pylist()
    st.caption(words("steps.desks.caption"))
    names = filters.unit_options(viewer)
    part, whole = (
        ("over_limit_n", "limited_n")
        if by_officer
        else ("over_limit_rate_numerator", "over_limit_rate_denominator")
    )
    named = [
        {
            **row,
            "unit_name": names.get(row["unit_id"], row["unit_name"]) or words("state.not_known"),
            "over_of": _of(row, part, whole),
        }
        for row in rows
    ]
    columns = [DESKS[0], OFFICER, *DESKS[1:]] if by_officer else DESKS
    table = pa.Table.from_pylist(named)
    alt = words("steps.desks.alt", n=len(rows))

    def opens(row: dict[str, Any], column: str) -> Way | None:
        if column not in BEHIND_DESK or row["unit_id"] is None:
            return None
        officer = row["officer_name"] if by_officer else None
        return _behind(chosen, BEHIND_DESK[column], at_desk=row["unit_id"], at_officer=officer)

    shown = opens if viewer.can_open("dossiers") else None
    tables.show(viewer, table, columns, key="steps.desks", alt=alt, opens=shown)
    downloads.buttons(viewer, table, columns, name="desks", chosen=chosen)


def handoffs(viewer: Viewer, chosen: Filters) -> None:
    """Between which agencies dossiers went, how long they lay between and with the second."""
    words = viewer.words
    st.markdown(f"**{words('steps.handoffs.title')}**")
    rows = viewer.ask("step_handoffs", **chosen.params(viewer.as_of)).to_pylist()
    if not rows:
        st.caption(words("steps.handoffs.none"))
        return
    st.caption(words("steps.handoffs.caption"))
    names = filters.unit_options(viewer)
    named = [
        {
            **row,
            "from_name": names.get(row["from_unit_id"], row["from_unit_name"]),
            "to_name": names.get(row["to_unit_id"], row["to_unit_name"]),
        }
        for row in rows
    ]
    alt = words("steps.handoffs.alt", n=len(rows))

    def opens(row: dict[str, Any], column: str) -> Way | None:
        if column != "handoff_n":
            return None
        between = {"from_desk": row["from_unit_id"], "at_desk": row["to_unit_id"]}
        return _behind(chosen, "handed_on", **between)

    shown = opens if viewer.can_open("dossiers") else None
    table = pa.Table.from_pylist(named)
    tables.show(viewer, table, HANDOFFS, key="steps.handoffs", alt=alt, opens=shown)


def post(viewer: Viewer, chosen: Filters) -> None:
    """What went by post, with the post's own clock."""
    words = viewer.words
    st.markdown(f"**{words('steps.post.title')}**")
    answer = viewer.ask("postal_leg", **chosen.params(viewer.as_of))
    st.caption(words("steps.post.caption"))
    if not answer.num_rows:
        st.markdown(words("steps.post.none"))
        return
    alt = words("steps.post.alt", n=answer.num_rows)

    def opens(row: dict[str, Any], column: str) -> Way | None:
        if column not in BEHIND_POST or not row["step_name"]:
            return None
        return _behind(chosen, BEHIND_POST[column], step=row["step_name"])

    shown = opens if viewer.can_open("dossiers") else None
    tables.show(viewer, answer, POST, key="steps.post", alt=alt, opens=shown)


def _of(row: Row, part: str, whole: str) -> str | None:
    """Numerator and denominator as "3/10"; nothing where no step had a limit."""
    return f"{row[part]}/{row[whole]}" if row[whole] else None
