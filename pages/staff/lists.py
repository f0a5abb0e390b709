"""What lists of dossiers share: columns that hold something, whole files, the way on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import streamlit as st

from pages.ui import address
from pages.ui.downloads import XLSX, facts, forms
from pages.ui.filters import Filters
from pages.ui.guard import Viewer
from pages.ui.screens import screens
from pages.ui.tables import Column, headings, spoken
from pipeline.exports import csv_bytes, xlsx_bytes

FILE_ROWS = 50_000  # what a file of one list holds at most; the rest is said, not hidden


def moved_promise(table: pa.Table) -> pa.Table:
    """The list with its first promise emptied where it is still the one that holds."""
    at = table.schema.get_field_index("first_due_at")
    first, due = table["first_due_at"], table["due_at"]
    nothing = pa.scalar(None, first.type)
    moved = pc.if_else(pc.fill_null(pc.not_equal(first, due), False), first, nothing)
    return table.set_column(at, "first_due_at", moved)


def filled(table: pa.Table, columns: Sequence[Column]) -> list[Column]:
    """The columns that hold anything: a source without steps or officers needs no empty ones."""
    return [
        column
        for column in columns
        if column.pinned or table[column.name].null_count < table.num_rows
    ]


def open_selected(viewer: Viewer, rows: Sequence[dict[str, Any]]) -> None:
    """Go to the dossier of the selected row, if one is selected."""
    if rows and viewer.can_open("dossier"):
        row = rows[0]
        st.switch_page(
            screens()["dossier"].file,
            query_params=address.onward(dossier=row["dossier_code"], system=row["system"]),
        )


def files(
    viewer: Viewer,
    ask: Callable[[], pa.Table],
    columns: Sequence[Column],
    *,
    name: str,
    total: int,
    chosen: Filters,
) -> None:
    """Buttons for XLSX and CSV of the whole list, all pages of it, made when they are pressed.

    ask: the list without pages, at most FILE_ROWS rows. Nothing without the right, or rows.
    """
    if not viewer.may("export") or not total:
        return
    words = viewer.words
    stem, heads = f"{name}-{viewer.as_of:%Y-%m-%d}", headings(words, columns)
    about = facts(viewer, chosen)

    def xlsx() -> bytes:
        return xlsx_bytes(
            spoken(ask(), words, columns),
            heads,
            sheet=words(f"{viewer.screen.key}.title"),
            forms=forms(columns),
            facts=about,
            facts_sheet=words("downloads.facts"),
        )

    def csv() -> bytes:
        return csv_bytes(spoken(ask(), words, columns), heads)

    cut = words("dossiers.file_cut", n=FILE_ROWS, total=total) if total > FILE_ROWS else None
    for ending, make, kind in (("xlsx", xlsx, XLSX), ("csv", csv, "text/csv")):
        st.download_button(
            words("downloads.xlsx") if ending == "xlsx" else words("downloads.csv"),
            make,
            f"{stem}.{ending}",
            kind,
            key=f"{name}.{ending}",
            icon=":material/download:",
            on_click="ignore",
            type="secondary" if ending == "xlsx" else "tertiary",
            help=cut,
        )
