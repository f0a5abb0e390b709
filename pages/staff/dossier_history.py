"""What files say about one dossier: its steps, what the rules found, each file and its news."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from typing import Any

import pyarrow as pa
import streamlit as st

from pages.staff.dossier_words import written
from pages.ui import tables
from pages.ui.guard import Viewer
from pages.ui.source_names import named
from pages.ui.tables import Column

Row = Mapping[str, Any]
STEPS = (
    Column("step_name", "text", "dossier.column.step"),
    Column("unit_name", "name", "term.unit"),
    Column("officer_name", "text", "term.officer"),
    Column("started_at", "moment", "dossier.column.started"),
    Column("due_at", "moment", "term.due_at"),
    Column("finished_at", "moment", "dossier.column.finished"),
    Column("timing", "text", "dossier.column.timing", words="timing"),
    Column("note", "text", "dossier.column.note"),
)
FLAGS = (
    Column("rule", "text", "dossier.column.rule", words="dossier.rule"),
    Column("detail", "text", "dossier.column.detail"),
)
FILES = (
    Column("known_at", "moment", "dossier.column.known"),
    Column("news", "text", "dossier.column.news"),
    Column("place", "text", "dossier.column.place"),
    Column("source", "text", "term.source"),
    Column("landed_at", "moment", "dossier.column.landed"),
)
LONG = 20  # files; a dossier that lies open for a year is in every daily export


def draw(viewer: Viewer, of_it: Row) -> None:
    """Each part with something in it; what there is nothing of is said in one line at the end."""
    parts: dict[str, tuple[Callable[[], pa.Table], tuple[Column, ...]]] = {
        "steps": (lambda: viewer.ask("dossier_steps", **of_it), STEPS),
        "flags": (lambda: viewer.ask("dossier_flags", **of_it), FLAGS),
        "files": (lambda: _files(viewer, of_it), FILES),
    }
    words, missing = viewer.words, []
    for name, (ask, columns) in parts.items():
        table = ask()
        title = words(f"dossier.{name}.title")
        if not table.num_rows:
            missing.append(words(f"dossier.{name}.none"))
            continue
        with st.container(border=True):
            st.markdown(f"**{title}**")
            shown = tables.filled(table, columns)
            tall = 520 if table.num_rows > LONG else None
            tables.whole(viewer, table, shown, alt=title, height=tall)
    if missing:
        st.caption(" ".join(missing))


def _files(viewer: Viewer, of_it: Row) -> pa.Table:
    """Every place in a file that spoke of it, and what the file's batch changed."""
    words = viewer.words
    news: dict[int, list[str]] = defaultdict(list)
    for change in viewer.ask("dossier_changes", **of_it).to_pylist():
        name = change["column_name"]
        told = words(
            "dossier.from_to",
            old=written(words, change["old_value"]),
            new=written(words, change["new_value"]),
        )
        news[change["batch_no"]].append(f"{words(f'dossier.field.{name}')}: {told}")
    files = named(viewer.ask("dossier_batches", **of_it), viewer.language)
    rows = files.to_pylist()
    beginning = min((row["batch_no"] for row in rows), default=0)
    unchanged = {True: words("dossier.files.first"), False: words("dossier.files.same")}
    said = [
        "; ".join(news[row["batch_no"]]) or unchanged[row["batch_no"] == beginning] for row in rows
    ]
    places = [
        " · ".join(
            part
            for part in (row["file_name"], row["sheet_name"], words("dossier.line", n=row["line"]))
            if part
        )
        for row in rows
    ]
    return files.append_column("news", pa.array(said, pa.string())).append_column(
        "place", pa.array(places, pa.string())
    )
