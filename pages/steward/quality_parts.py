"""Quality of what came in: the ledger of batches, those held back, and identities."""

from __future__ import annotations

from typing import Any

import pyarrow as pa
import streamlit as st

from pages.ui import address, downloads, tables
from pages.ui.guard import Viewer
from pages.ui.source_names import named, source_name
from pages.ui.tables import Column
from pages.ui.text import escaped
from pipeline.batch_folder import held
from pipeline.settings import warehouse_folder

EVERY = ""  # no batch chosen: all of them

LEDGER = (
    Column("batch_no", "count", "quality.column.batch", pinned=True, width=60),
    Column("source", "text", "term.source"),
    Column("kind", "text", "quality.column.kind", words="source_kind", width="small"),
    Column("landed_at", "moment", "quality.column.landed_at"),
    Column("read", "count", "quality.column.read"),
    Column("accepted", "count", "quality.column.accepted"),
    Column("rejected", "count", "quality.column.rejected"),
    Column("duplicate", "count", "quality.column.duplicate"),
    Column("difference", "count", "quality.column.difference"),
    Column("left_out", "count", "quality.column.left_out"),
    Column("data_at", "moment", "quality.column.data_at"),
)
SHEETS = (
    Column("file_name", "text", "quality.column.file", pinned=True, width="large"),
    Column("sheet_name", "text", "quality.column.sheet"),
    Column("header_line", "count", "quality.column.header_line"),
    Column("read_n", "count", "quality.column.read"),
    Column("left_out_n", "count", "quality.column.left_out"),
    Column("encoding", "text", "quality.column.encoding", width="small"),
    Column("sha256", "text", "quality.column.sha256", width="small"),
)
IDENTITIES = (
    Column("identity", "text", "quality.column.identity", width="large"),
    Column("left_side", "count", "quality.column.left_side"),
    Column("right_side", "count", "quality.column.right_side"),
    Column("difference", "count", "quality.column.difference"),
)


def held_batches(viewer: Viewer) -> None:
    """Batches that a threshold keeps out of the board, each with the rule and by how much."""
    words = viewer.words
    for one in held(warehouse_folder()):
        stopped: Any = one["stopped"]
        read: Any = one["read"]
        why = "; ".join(
            words(
                "quality.held_rule",
                rule=words(f"rule.{rule}"),
                n=n,
                read=read,
                share=words.percent(n, read, 1),
                allowed=words.rate(allowed),
            )
            for rule, n, allowed in stopped
        )
        st.warning(
            words(
                "quality.held",
                source=escaped(source_name(str(one["source"]), viewer.language)),
                batch=str(one["batch_id"])[:12],
                why=why,
            ),
            icon=":material/pause_circle:",
        )


def verdict(viewer: Viewer) -> None:
    """One sentence: how much of everything read is in, and whether the sums hold."""
    words = viewer.words
    rows = viewer.ask("ledger").to_pylist()
    read, accepted, rejected, duplicate = (
        sum(row[name] for row in rows) for name in ("read", "accepted", "rejected", "duplicate")
    )
    wrong = [row for row in viewer.ask("identities").to_pylist() if row["difference"]]
    st.markdown(
        words(
            "quality.verdict",
            batches=len(rows),
            read=read,
            accepted=accepted,
            share=words.percent(accepted, read),
            rejected=rejected,
            duplicate=duplicate,
        )
    )
    if wrong:
        st.error(words("quality.wrong_n", n=len(wrong)), icon=":material/error:")


def ledger(viewer: Viewer, limit: int | None = None) -> None:
    """Every batch: read = accepted + rejected + duplicate, or by how much not."""
    words = viewer.words
    rows = named(viewer.ask("ledger", limit=limit), viewer.language)
    title = "quality.ledger.latest" if limit else "quality.ledger.title"
    st.subheader(words(title), anchor=False)
    st.caption(words("quality.ledger.caption"))
    tables.show(
        viewer, rows, LEDGER, key="quality.ledger", alt=words("quality.ledger.alt", n=rows.num_rows)
    )
    if not limit:
        downloads.buttons(viewer, rows, LEDGER, name="ledger")


def choose_batch(viewer: Viewer) -> int | None:
    """The batch that the findings below speak of; None for all."""
    words = viewer.words
    rows = {str(row["batch_no"]): row for row in viewer.ask("ledger").to_pylist()}

    def shown(key: str) -> str:
        if key == EVERY:
            return words("quality.every_batch")
        row = rows[key]
        source = source_name(row["source"], viewer.language)
        return words("quality.batch", no=row["batch_no"], source=source, at=row["landed_at"])

    chosen = address.choose(
        "batch",
        [EVERY, *rows],
        default=EVERY,
        label=words("quality.choose_batch"),
        shown=shown,
        width=460,
    )
    return int(chosen) if chosen else None


def sheets(viewer: Viewer, batch: int | None) -> None:
    """The tables found in the files of the batch."""
    words = viewer.words
    rows = viewer.ask("batch_sheets", batch=batch)
    with st.expander(words("quality.sheets.title", n=rows.num_rows), icon=":material/folder_open:"):
        tables.show(
            viewer,
            rows,
            SHEETS,
            key="quality.sheets",
            alt=words("quality.sheets.title", n=rows.num_rows),
        )


def identities(viewer: Viewer) -> None:
    """The sums that must hold, both sides and the difference, those that fail first."""
    words = viewer.words
    rows = viewer.ask("identities").to_pylist()
    wrong = sum(bool(row["difference"]) for row in rows)
    rows.sort(key=lambda row: (not row["difference"], row["no"]))
    st.subheader(words("quality.identities.title"), anchor=False)
    if wrong:
        st.error(words("quality.wrong_n", n=wrong), icon=":material/error:")
    else:
        st.caption(words("quality.identities.all_hold", n=len(rows)))
    tables.show(
        viewer,
        pa.Table.from_pylist(rows),
        IDENTITIES,
        key="quality.identities",
        alt=words("quality.identities.alt", n=len(rows)),
        height="content",
    )
