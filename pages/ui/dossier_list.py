"""A list of dossiers: how many, in which order, page by page, as files; a code opens one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import streamlit as st

from pages.ui import address, downloads, links, tables
from pages.ui.guard import Viewer
from pages.ui.tables import PAGE, Column

TALL, HEIGHT = 15, 562  # beyond so many rows the table scrolls, in pixels
OWN_ORDER = ""  # of the query, without anybody's choice


@dataclass(frozen=True)
class Listing:
    """What is listed: a query with $sort, $limit and $offset, and what it is asked.

    name: beginning of the names of its files. columns: in their order; the ones that hold nothing
    are left out. said: what narrows the list, label and value, for its files.
    """

    query: str
    asked: Mapping[str, Any]
    name: str
    columns: Sequence[Column]
    said: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True)
class Page:
    """The rows on show, how many there are in all, and the number of the page, from 0."""

    rows: pa.Table
    total: int
    number: int


def page(viewer: Viewer, query: str, asked: Mapping[str, Any], *, name: str = "page") -> Page:
    """The page that the address asks for; the last one where there are not so many."""
    number = tables.asked_page(name)
    rows = viewer.ask(query, **asked, limit=PAGE, offset=number * PAGE)
    if number and not rows.num_rows:
        rows = viewer.ask(query, **asked, limit=PAGE, offset=0)
        number = tables.page_number(viewer, tables.total_of(rows), name=name)
        if number:
            rows = viewer.ask(query, **asked, limit=PAGE, offset=number * PAGE)
    return Page(_told(rows), tables.total_of(rows), number)


def draw(
    viewer: Viewer,
    listing: Listing,
    shown: Page,
    *,
    alt: str,
    sorts: Sequence[str],
    beside: Callable[[], None] | None = None,
) -> None:
    """The list with its tools above it. sorts: orders to choose from. beside: further tools."""
    words = viewer.words
    # At the left: the table's own tools come out over the right end of what stands above it.
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        tables.pager(viewer, shown.total)
        if shown.total > 1:
            _choose_order(viewer, listing.query, sorts)
        downloads.buttons(
            viewer,
            lambda: _told(viewer.ask(listing.query, **listing.asked, limit=downloads.ROWS)),
            listing.columns,
            name=listing.name,
            total=shown.total,
            said=listing.said,
        )
        if beside:
            beside()
    picked = tables.show(
        viewer,
        shown.rows,
        tables.filled(shown.rows, listing.columns),
        key=f"{listing.name}.{shown.number}",
        alt=alt,
        height="content" if shown.rows.num_rows <= TALL else HEIGHT,
        selects="code" if viewer.can_open("dossier") else None,
    )
    st.caption(words("list.hint") if shown.total <= PAGE else words("list.hint_pages"))
    for row in picked:
        links.go(viewer, "dossier", dossier=row["dossier_code"], system=row["system"])


def _choose_order(viewer: Viewer, query: str, sorts: Sequence[str]) -> None:
    words = viewer.words

    def shown(sort: str) -> str:
        return words(f"list.sort.{sort}") if sort else words(f"list.sort.{query}")

    address.choose(
        "sort",
        [OWN_ORDER, *sorts],
        default=OWN_ORDER,
        label=words("list.order"),
        shown=shown,
        on_choice=_reorder,
        label_visibility="collapsed",
        width=196,
    )


def _reorder(sort: str) -> None:
    """Another order begins with its first page."""
    address.write("sort", sort or None)
    address.write("page", None)


def _told(table: pa.Table) -> pa.Table:
    """The list with its first promise emptied where it is still the one that holds."""
    at = table.schema.get_field_index("first_due_at")
    first, due = table["first_due_at"], table["due_at"]
    moved = pc.if_else(
        pc.fill_null(pc.not_equal(first, due), False), first, pa.scalar(None, first.type)
    )
    return table.set_column(at, "first_due_at", moved)
