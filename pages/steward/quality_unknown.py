"""What a source does not know: headers and words without a place, and statuses nobody can read."""

from __future__ import annotations

import pyarrow as pa
import streamlit as st

from pages.ui import tables
from pages.ui.guard import Viewer
from pages.ui.source_names import named
from pages.ui.tables import Column

DIRECTIONS = ("unknown_header", "unknown_value", "unneeded_correction", "unused_alias")

WARNINGS = (
    Column("batch_no", "count", "quality.column.batch", width=56),
    Column("source", "text", "term.source", width=280),
    Column("column_name", "text", "quality.column.column", words="intake.target", width=180),
    Column("value", "text", "quality.column.value", width="large"),
    Column("row_n", "count", "quality.column.rows"),
)
STATUSES = (
    Column("source", "text", "term.source", width=280),
    Column("status_text", "text", "quality.column.status_text", width="large"),
    Column("dossier_n", "count", "quality.column.dossiers"),
    Column("first_received_at", "date", "quality.column.first"),
    Column("last_received_at", "date", "quality.column.last"),
)


def warnings(viewer: Viewer, batch: int | None) -> None:
    """Headers no alias knows, words no vocabulary knows, aliases no header used: told apart."""
    words = viewer.words
    found = viewer.ask("mapping_warnings", batch=batch)
    rows = found.to_pylist()
    if not rows:
        st.caption(words("quality.warnings.none"))
        return
    for direction in DIRECTIONS:
        chosen = [row for row in rows if row["warning"] == direction]
        if not chosen:
            continue
        title = words(f"quality.warnings.{direction}", n=len(chosen))
        st.subheader(title, anchor=False)
        st.caption(words(f"quality.warnings.{direction}_help"))
        table = named(pa.Table.from_pylist(chosen, schema=found.schema), viewer.language)
        columns = tables.filled(table, WARNINGS)
        tables.show(viewer, table, columns, key=f"quality.warnings.{direction}", alt=title)


def status_words(viewer: Viewer) -> None:
    """Words for a status that no vocabulary knows: counted and named, never guessed."""
    words = viewer.words
    rows = viewer.ask("status_unknown")
    if not rows.num_rows:
        return
    st.subheader(words("quality.status.title"), anchor=False)
    st.caption(words("quality.status.caption", n=sum(rows["dossier_n"].to_pylist())))
    tables.show(
        viewer,
        named(rows, viewer.language),
        STATUSES,
        key="quality.status",
        alt=words("quality.status.title"),
    )
