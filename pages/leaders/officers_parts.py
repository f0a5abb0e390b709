"""Officers with their figures, the interval of each rate, and the notes that leaders put beside."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow as pa
import streamlit as st

from pages.ui import downloads, filters, links, tables
from pages.ui.filters import Filters
from pages.ui.guard import Viewer
from pages.ui.tables import Column
from pages.ui.text import escaped
from pipeline import notes
from pipeline.insight import Insight
from pipeline.settings import settings, warehouse_folder
from pipeline.statistics import wilson_interval

Row = Mapping[str, Any]
COLUMNS = [
    Column("officer_name", "text", "term.officer", width=170),
    Column("unit_name", "name", "term.unit", width=235),
    Column("received", "count", "officers.column.received"),
    Column("on_time_rate_a", "rate", "officers.column.rate"),
    Column("of", "text", "officers.column.of", width=80),
    Column("interval", "text", "officers.column.interval", width=110),
    Column("open_overdue", "count", "officers.column.open_overdue"),
    Column("due_soon", "count", "officers.column.due_soon"),
    Column("remark", "text", "officers.column.remark", width=90),
    Column("note_n", "count", "officers.column.note_n", width=80),
]


def officers(viewer: Viewer, chosen: Filters) -> list[Row]:
    """Officers with dossiers in the period; those of few dossiers last, none of them ranked."""
    rows = viewer.ask("by_officer", **chosen.params(viewer.as_of)).to_pylist()
    named = [row for row in rows if row["officer_name"]]
    return sorted(named, key=lambda row: (is_few(row), row["unit_name"] or "", row["officer_name"]))


def is_few(row: Row) -> bool:
    """Whether too few dossiers were resolved to speak of a rate."""
    return bool(row["on_time_rate_a_denominator"] < settings().small_sample_n)


def findings(rows: Sequence[Row]) -> list[Insight]:
    """How many officers have enough dossiers, and how much is overdue on their desks."""
    enough = sum(not is_few(row) for row in rows)
    overdue = sum(row["open_overdue"] for row in rows)
    return [
        Insight("enough", {"n": enough, "of": len(rows), "least": settings().small_sample_n}),
        Insight("overdue", {"n": overdue}),
    ]


def table(viewer: Viewer, chosen: Filters, rows: Sequence[Row]) -> None:
    """Officers in the order of their units; a selected one shows his dossiers and notes."""
    words = viewer.words
    st.markdown(f"**{words('officers.table.title')}**")
    st.caption(words("officers.table.caption", n=settings().small_sample_n))
    written = notes.notes(warehouse_folder())
    names = filters.unit_options(viewer)
    shown = [_row(viewer, row, names, written) for row in rows]
    answer = pa.Table.from_pylist(shown)
    picked = tables.show(
        viewer,
        answer,
        COLUMNS,
        key="officers.table",
        alt=words("officers.table.alt", n=len(rows)),
        selects="single-row",
    )
    for row in picked:
        _one(viewer, chosen, row, written)
    downloads.buttons(viewer, answer, COLUMNS, name="officers", chosen=chosen)


def _row(
    viewer: Viewer, row: Row, names: Mapping[str, str], written: Sequence[notes.Note]
) -> dict[str, Any]:
    words = viewer.words
    part, whole = row["on_time_rate_a_numerator"], row["on_time_rate_a_denominator"]
    interval = wilson_interval(part, whole)
    about = _about(row)
    return {
        **{key: row[key] for key in ("officer_name", "unit_id", "received")},
        **{key: row[key] for key in ("open_overdue", "due_soon")},
        "unit_name": names.get(row["unit_id"], row["unit_name"]),
        # A share of few dossiers would be read as a verdict on a person.
        "on_time_rate_a": None if is_few(row) else row["on_time_rate_a"],
        "of": f"{words.number(part)}/{words.number(whole)}",
        "interval": " – ".join(words.rate(edge, 0) for edge in interval) if interval else None,
        "remark": words("officers.few") if is_few(row) else "",
        "note_n": sum(note.about == about for note in written),
    }


def _about(row: Row) -> dict[str, str]:
    return {"officer": row["officer_name"], "unit": row["unit_id"] or ""}


def _one(viewer: Viewer, chosen: Filters, row: Row, written: Sequence[notes.Note]) -> None:
    """What lies behind a selected officer's figures, and what was noted beside them."""
    words = viewer.words
    # His dossiers of this unit: a namesake below it has a row of his own.
    his = {"officer": row["officer_name"], **links.only("unit", row["unit_id"])}
    with st.container(horizontal=True):
        for measure in ("received", "open_overdue", "due_soon"):
            label = f"{words(f'officers.column.{measure}')}: {words.number(row[measure])}"
            links.along(viewer, links.behind(chosen, measure, **his), label, label)
    about = _about(row)
    for note in [note for note in written if note.about == about]:
        values = {"at": note.at[:10], "period": escaped(note.period), "text": escaped(note.text)}
        st.markdown(words("officers.note.line", **values))
    key = f"officers.note.{row['officer_name']}.{row['unit_id']}"
    with st.form(key, clear_on_submit=True, border=False):
        said = st.text_input(
            words("officers.note.label", officer=row["officer_name"]),
            max_chars=notes.LONGEST,
            placeholder=words("officers.note.placeholder"),
        )
        sent = st.form_submit_button(words("officers.note.add"), icon=":material/note_add:")
    if sent and said.strip():
        who = viewer.identity
        note = notes.new(who.role, who.unit_id, chosen.period.key, about, said)
        notes.add(warehouse_folder(), note)
        st.rerun()
