"""Files of exactly what a table shows, for viewers whose role may take files away."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal

import pyarrow as pa
import streamlit as st

from pages.ui import logbook, ownership
from pages.ui.filters import Filters, unit_options
from pages.ui.guard import Viewer
from pages.ui.tables import Column, filled, headings, spoken
from pipeline.exports import Form, csv_bytes, xlsx_bytes
from pipeline.settings import settings

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Content = tuple[bytes | str, int | None]  # of a file, and how many rows it holds
Kind = tuple[str, Callable[[], Content], str, Literal["secondary", "tertiary"]]
ROWS = 50_000  # what the file of one list holds at most; what is left out is said, not hidden


def buttons(
    viewer: Viewer,
    table: pa.Table | Callable[[], pa.Table],
    columns: Sequence[Column],
    *,
    name: str,
    chosen: Filters | None = None,
    total: int | None = None,
    said: Sequence[tuple[str, str]] = (),
) -> None:
    """Buttons for XLSX and CSV; nothing without the right, or without rows.

    table: the rows, or how to ask for all of them, at most ROWS. name: beginning of the file's
    name and key of the buttons. total: how many rows there are in all. said: what narrows the
    list, label and value, for the file. It is made when the button is pressed, not on every run.
    """
    n = total if total is not None or callable(table) else table.num_rows
    if not viewer.may("export") or not n:
        return
    words = viewer.words
    title = words(f"{viewer.screen.key}.title")
    stem = f"{name}-{viewer.as_of:%Y-%m-%d}"
    about = [*facts(viewer, chosen), *said]
    cut = words("downloads.cut", n=ROWS, total=n) if n > ROWS else None
    if cut:
        about.append((words("downloads.note"), cut))

    def whole() -> tuple[pa.Table, list[Column]]:
        rows = table() if callable(table) else table
        shown = filled(rows, columns)
        return spoken(rows, words, shown), shown

    def xlsx() -> Content:
        rows, shown = whole()
        content = xlsx_bytes(
            rows,
            headings(words, shown),
            sheet=title,
            printed=(title, words("moment.as_of", at=words.as_of(viewer.as_of))),
            forms=forms(shown),
            facts=about,
            facts_sheet=words("downloads.facts"),
        )
        return content, rows.num_rows

    def csv() -> Content:
        rows, shown = whole()
        return csv_bytes(rows, headings(words, shown)), rows.num_rows

    kinds: tuple[Kind, ...] = (
        ("xlsx", xlsx, XLSX, "secondary"),
        ("csv", csv, "text/csv", "tertiary"),
    )
    with st.container(horizontal=True, horizontal_alignment="right", gap="small", width="content"):
        for ending, make, mime, look in kinds:
            button(
                viewer,
                words(f"downloads.{ending}"),
                make,
                f"{stem}.{ending}",
                mime,
                key=f"{name}.{ending}",
                chosen=chosen,
                look=look,
                help=cut,
            )


def button(
    viewer: Viewer,
    label: str,
    make: Callable[[], Content],
    file: str,
    mime: str,
    *,
    key: str,
    chosen: Filters | None = None,
    icon: str = ":material/download:",
    look: Literal["secondary", "tertiary"] = "secondary",
    help: str | None = None,
) -> None:
    """A button for one file. make: its content, and how many rows it has."""
    st.download_button(
        label,
        logged(viewer, file, make, chosen),
        file,
        mime,
        key=key,
        icon=icon,
        on_click="ignore",
        type=look,
        help=help,
    )


def logged(
    viewer: Viewer, file: str, make: Callable[[], Content], chosen: Filters | None = None
) -> Callable[[], bytes | str]:
    """How a file is made when its button is pressed, for who may still look then, and nobody else.

    Logged before it leaves, or it does not leave. What was searched for is no part of the entry: it
    may be a name.
    """

    def made() -> bytes | str:
        viewer.identity.must_still_hold()
        content, rows = make()
        narrowed = {
            "period": chosen.period.key if chosen else None,
            "unit": chosen.unit if chosen else None,
            "field": chosen.field if chosen else None,
            "snapshot": viewer.snapshot_id or None,
        }
        said = {key: value for key, value in narrowed.items() if value}
        logbook.note(viewer.identity, "exported", file, rows, screen=viewer.screen.key, **said)
        ownership.note(content, viewer.identity.person)
        return content

    return made


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
        unit = unit_options(viewer).get(chosen.unit, chosen.unit) if chosen.unit else None
        lines += [
            (words("term.period"), chosen.period.label(viewer.language)),
            (words("term.unit"), unit or words("filters.every_unit")),
            (words("term.field"), chosen.field or words("filters.every_field")),
        ]
    if viewer.snapshot_id and any(viewer.ask("freshness")["is_invented"].to_pylist()):
        lines.append((words("downloads.note"), words("state.invented")))
    return lines
