"""Files of exactly what a table shows, for viewers whose role may take files away."""

from __future__ import annotations

from collections.abc import Sequence

import pyarrow as pa
import streamlit as st

from pages.ui.filters import Filters
from pages.ui.guard import Viewer
from pages.ui.tables import Column, headings, spoken
from pipeline.exports import Form, csv_bytes, xlsx_bytes
from pipeline.settings import settings

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def buttons(
    viewer: Viewer,
    table: pa.Table,
    columns: Sequence[Column],
    *,
    name: str,
    chosen: Filters | None = None,
) -> None:
    """Buttons for XLSX and CSV; nothing without the right, or without rows.

    name: beginning of the file's name and key of the buttons. The file is made when the button is
    pressed, not on every run.
    """
    if not viewer.may("export") or table.num_rows == 0:
        return
    words = viewer.words
    stem = f"{name}-{viewer.as_of:%Y-%m-%d}"
    heads = headings(words, columns)

    def xlsx() -> bytes:
        return xlsx_bytes(
            spoken(table, words, columns),
            heads,
            sheet=words(f"{viewer.screen.key}.title"),
            forms=forms(columns),
            facts=facts(viewer, chosen),
            facts_sheet=words("downloads.facts"),
        )

    def csv() -> bytes:
        return csv_bytes(spoken(table, words, columns), heads)

    with st.container(horizontal=True, horizontal_alignment="right", gap="small"):
        st.download_button(
            words("downloads.xlsx"),
            xlsx,
            f"{stem}.xlsx",
            XLSX,
            key=f"{name}.xlsx",
            icon=":material/download:",
            on_click="ignore",
        )
        st.download_button(
            words("downloads.csv"),
            csv,
            f"{stem}.csv",
            "text/csv",
            key=f"{name}.csv",
            icon=":material/download:",
            on_click="ignore",
            type="tertiary",
        )


def forms(columns: Sequence[Column]) -> dict[str, Form]:
    """How the columns of a table stand in a worksheet."""
    known: dict[str, Form] = {
        "rate": "percent",
        "bar": "percent",
        "date": "date",
        "moment": "moment",
        "count": "number",
    }
    return {column.name: known[column.kind] for column in columns if column.kind in known}


def facts(viewer: Viewer, chosen: Filters | None) -> list[tuple[str, str]]:
    """What the file speaks of: whose figures, which period, which filter, as of when."""
    words = viewer.words
    lines = [
        (words("product.name"), settings().office.name(viewer.language)),
        (words("downloads.screen"), words(f"{viewer.screen.key}.title")),
        (words("downloads.as_of"), words.as_of(viewer.as_of)),
        (words("downloads.snapshot"), viewer.snapshot_id),
    ]
    if chosen:
        lines += [
            (words("term.period"), chosen.period.label(viewer.language)),
            (words("term.unit"), chosen.unit or words("filters.every_unit")),
            (words("term.field"), chosen.field or words("filters.every_field")),
        ]
    if any(viewer.ask("freshness")["is_invented"].to_pylist()):
        lines.append((words("downloads.note"), words("state.invented")))
    return lines
