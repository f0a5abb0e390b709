"""What can be taken away from the queue: a text for a chat, and the list for every unit at once."""

from __future__ import annotations

import streamlit as st

from pages.ui import downloads, filters, warehouse
from pages.ui.dossier_list import Listing, Page
from pages.ui.guard import Viewer
from pipeline.messages import MOST_LINES, queue_text
from pipeline.reports import due_soon


def message(viewer: Viewer, listing: Listing, page: Page, title: str, unit: str) -> None:
    """The list from its beginning as plain text, to copy or to take away. It names no person."""
    if not viewer.may("export") or not page.total:
        return
    words = viewer.words
    rows = page.rows
    if page.number:
        rows = viewer.ask(listing.query, **listing.asked, limit=MOST_LINES, offset=0)
    text = queue_text(
        words,
        rows.to_pylist(),
        title=f"{title}: {words.number(page.total)}",
        unit=unit,
        as_of=viewer.as_of,
        total=page.total,
    )
    file = f"queue-{viewer.as_of:%Y-%m-%d}.txt"
    told = min(page.total, MOST_LINES)
    with st.popover(words("queue.chat"), icon=":material/chat:", width="content"):
        st.caption(words("queue.chat_hint"))
        st.code(text, language=None, wrap_lines=True, height=320, width=520)
        downloads.button(
            viewer,
            words("queue.chat_file"),
            lambda: (text, told),
            file,
            "text/plain",
            key="queue.txt",
        )


def every_unit_at_once(viewer: Viewer, horizon: int) -> None:
    """The due-soon list with a sheet per unit, for who answers for several units."""
    if not viewer.may("export") or len(filters.unit_options(viewer)) < 2:
        return
    words = viewer.words

    def book() -> downloads.Content:
        snapshot = warehouse.current_snapshot()
        assert snapshot is not None  # noqa: S101 - the guard let nobody in without one
        made = due_soon.workbook(snapshot, viewer.scope, viewer.as_of, viewer.language, horizon)
        return made, None

    file = f"due-soon-{viewer.as_of:%Y-%m-%d}.xlsx"

    downloads.button(
        viewer,
        words("queue.every_unit"),
        book,
        file,
        downloads.XLSX,
        key="queue.every_unit",
        icon=":material/folder_zip:",
        help=words("queue.every_unit_help", horizon=horizon),
    )
