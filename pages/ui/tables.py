"""Tables of rows: short headings with the long form in the tooltip, dates as 31/12/2023.

A screen says which columns it shows and of what kind; widths, formats and honesty about what is
left out are decided here.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Literal

import pyarrow as pa
import streamlit as st
from streamlit.elements.lib.column_types import ColumnConfig

from pages.ui import address, links
from pages.ui.guard import Viewer
from pages.ui.links import Way
from pages.ui.text import escaped, shortened
from pipeline.wording import Wording

Kind = Literal["code", "text", "name", "count", "rate", "number", "date", "moment", "days", "bar"]
Width = Literal["small", "medium", "large"]
Opens = Callable[[dict[str, Any], str], Way | None]  # row, column -> where its number leads
PAGE = 500  # rows that one page of a table shows
MOST_PAGES = 1_000_000  # a damaged link must not ask for a page that no number can hold

_WIDTHS: dict[Kind, Width | int] = {
    "code": 182,
    "date": 100,
    "moment": 140,
    "count": 90,
    "rate": 90,
    "number": 90,
    "days": 90,
    "bar": 120,
}


@dataclass(frozen=True)
class Column:
    """One column: its name in the answer, how it is shown, and the key of its texts.

    kind "name": of an office, shortened on the screen and whole in files.
    text: key of the heading; the tooltip stands under the same key with "_help", where there is
    one. words: prefix of a vocabulary in the catalogue ("status" turns "finished" into words).
    """

    name: str
    kind: Kind
    text: str
    pinned: bool = False
    words: str | None = None
    width: Width | int | None = None


def headings(words: Wording, columns: Sequence[Column]) -> dict[str, str]:
    """Column -> heading, for files that show the same as the table."""
    return {column.name: words(column.text) for column in columns}


def spoken(table: pa.Table, words: Wording, columns: Sequence[Column]) -> pa.Table:
    """The table with its vocabularies in words; an unknown word stays as it is."""
    for column in columns:
        if column.words is None:
            continue
        values = [
            None if value is None else _word(words, column.words, value)
            for value in table[column.name].to_pylist()
        ]
        at = table.schema.get_field_index(column.name)
        table = table.set_column(at, column.name, pa.array(values, pa.string()))
    return table


def show(
    viewer: Viewer,
    table: pa.Table,
    columns: Sequence[Column],
    *,
    key: str,
    alt: str,
    height: int | Literal["auto", "content", "stretch"] = "auto",
    selects: Literal["single-row", "multi-row", "code"] | None = None,
    opens: Opens | None = None,
    placeholder: str | None = None,
) -> list[dict[str, Any]]:
    """Draw a table; returns the selected rows as the query gave them (codes, not words).

    alt: what the table holds, for who cannot see it. selects: by boxes before the rows; with "code"
    a click on a row's code selects it as well. opens: a click on a number goes where this says; it
    takes the place of selecting rows.
    """
    words = viewer.words
    picked = table.select([c.name for c in columns])
    shown = _formatted(spoken(_shortened(picked, columns), words, columns), words, columns)
    event: Any = st.dataframe(
        shown,
        key=key,
        height=height,
        width="stretch",
        hide_index=True,
        column_config={
            column.name: _opening(words, column, key)
            if selects == "code" and column.kind == "code"
            else _config(words, column)
            for column in columns
        },
        on_select="rerun" if selects or opens else "ignore",
        selection_mode="single-cell" if opens else _by_boxes(selects),
        placeholder=words("tables.empty_cell") if placeholder is None else placeholder,
        alt=alt,
    )
    if opens:
        for at, name in event["selection"]["cells"]:
            links.follow(viewer, opens(table.slice(at, 1).to_pylist()[0], name))
    if not selects:
        return []
    click = st.session_state.get(_click_of(key)) if selects == "code" else None
    chosen = [click["row"]] if click else event["selection"]["rows"]
    rows = pa.array(chosen, pa.int64())  # none is still a list of numbers
    selected: list[dict[str, Any]] = table.take(rows).to_pylist()
    return selected


def whole(
    viewer: Viewer,
    table: pa.Table,
    columns: Sequence[Column],
    *,
    alt: str,
    height: int | None = None,
) -> None:
    """Draw a small table whose texts are all read in full, on paper too; nothing can be chosen.

    height: in pixels, beyond which it scrolls; all of it by default.
    """
    words = viewer.words
    picked = table.select([column.name for column in columns])
    shown = spoken(_shortened(picked, columns), words, columns)
    st.table(
        {
            words(column.text): [
                _in_words(words, column, v) for v in shown[column.name].to_pylist()
            ]
            for column in columns
        },
        border="horizontal",
        hide_index=True,
        height=height or "content",
        alt=alt,
    )


def _in_words(words: Wording, column: Column, value: Any) -> str:
    """One value as plain text, safe against markup in names from files."""
    if value is None:
        return ""
    if column.kind == "date":
        value = words.date(value)
    return escaped(words.written(value))


def filled(table: pa.Table, columns: Sequence[Column]) -> list[Column]:
    """The columns that hold anything: a source without steps or officers needs no empty ones."""
    return [
        column
        for column in columns
        if column.pinned or table[column.name].null_count < table.num_rows
    ]


def asked_page(name: str = "page") -> int:
    """The page that the address asks for, from 0, whether or not there is one."""
    asked = address.read(name)
    return int(asked) - 1 if asked and asked.isdecimal() and 0 < int(asked) <= MOST_PAGES else 0


def page_number(viewer: Viewer, total: int, *, name: str = "page") -> int:
    """Which page of `total` rows the address asks for, from 0; never beyond the last."""
    return min(asked_page(name), max(0, (total - 1) // PAGE))


def total_of(page: pa.Table) -> int:
    """How many rows there are in all, by a page's own count `total_n`."""
    return int(page["total_n"][0].as_py()) if page.num_rows else 0


def pager(viewer: Viewer, total: int, *, name: str = "page") -> None:
    """Say which rows are shown out of how many, with ways to the other pages."""
    words = viewer.words
    page = page_number(viewer, total, name=name)
    first, last = page * PAGE + 1, min((page + 1) * PAGE, total)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        if total == 0:
            st.caption(words("tables.none"))
            return
        if total <= PAGE:
            st.caption(words("tables.whole", n=total), width="content")
        else:
            st.caption(words("tables.shown", first=first, last=last, total=total), width="content")
            key = f"tables.{name}.{page}"  # another page begins with itself, not with a click
            st.pagination(
                (total - 1) // PAGE + 1,
                default=page + 1,
                max_visible_pages=5,
                key=key,
                on_change=lambda: _turn_to(name, st.session_state[key]),
            )


def _turn_to(name: str, page: int) -> None:
    address.write(name, str(page) if page > 1 else None)


def below(viewer: Viewer, hint: str | None, buttons: Callable[[], None]) -> None:
    """The line under a table: what a click does there, and the table as a file."""
    with st.container(
        horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"
    ):
        if hint:
            st.caption(viewer.words(hint), width="content")
        buttons()


def _word(words: Wording, vocabulary: str, value: str) -> str:
    keys = {one: f"{vocabulary}.{one}" for one in value.split(", ")}  # a level of several agencies
    return ", ".join(words(key) if key in words else one for one, key in keys.items())


def _shortened(table: pa.Table, columns: Sequence[Column]) -> pa.Table:
    """The table with the names of offices as they are shortened."""
    for column in columns:
        if column.kind == "name":
            at = table.schema.get_field_index(column.name)
            names = [name and shortened(name) for name in table[column.name].to_pylist()]
            table = table.set_column(at, column.name, pa.array(names, pa.string()))
    return table


def _formatted(table: pa.Table, words: Wording, columns: Sequence[Column]) -> Any:
    """The table, its numbers written in the board's language.

    Left to itself the widget writes numbers in the browser's language. Only a Styler changes what
    is shown and still sorts by number; it costs time per cell, so lists of rows with nothing but
    codes, texts, dates and days go without one.
    """
    writers = {column.name: _WRITERS[column.kind] for column in columns if column.kind in _WRITERS}
    if not writers:
        return table
    return table.to_pandas().style.format(
        {name: partial(write, words) for name, write in writers.items()}
    )


_WRITERS: dict[Kind, Callable[[Wording, Any], str]] = {
    "count": lambda words, value: words.number(value),
    "rate": lambda words, value: words.rate(value),
    "number": lambda words, value: words.decimal(value, 1),
}


def _config(words: Wording, column: Column) -> ColumnConfig:
    label = words(column.text)
    tip = words(f"{column.text}_help") if f"{column.text}_help" in words else None
    shared: dict[str, Any] = {
        "label": label,
        "help": tip,
        "width": column.width or _WIDTHS.get(column.kind, "medium"),
        "pinned": column.pinned or None,
    }
    make = st.column_config
    if column.kind == "date":
        return make.DateColumn(format="DD/MM/YYYY", **shared)
    if column.kind == "moment":
        return make.DatetimeColumn(format="DD/MM/YYYY HH:mm", **shared)
    if column.kind == "bar":
        return make.ProgressColumn(format="percent", min_value=0, max_value=1, **shared)
    if column.kind in ("count", "rate", "number", "days"):
        return make.NumberColumn(**shared)
    return make.TextColumn(**shared)


def _opening(words: Wording, column: Column, key: str) -> Any:
    """A code that is a way to its dossier."""
    return st.column_config.ButtonColumn(
        words(column.text),
        width=column.width or _WIDTHS["code"],
        pinned=column.pinned or None,
        alignment="left",
        type="tertiary",
        key=_click_of(key),
    )


def _by_boxes(selects: str | None) -> Literal["single-row", "multi-row"]:
    return "multi-row" if selects == "multi-row" else "single-row"


def _click_of(key: str) -> str:
    return f"{key}.click"
