"""Quality of what came in: the verdict, the ledger of batches, their files, and identities."""

from __future__ import annotations

from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import streamlit as st

from pages.ui import address, downloads, tables
from pages.ui.guard import Viewer
from pages.ui.links import Way, to_screen
from pages.ui.source_names import named, source_name
from pages.ui.tables import Column
from pipeline.batch_folder import held
from pipeline.settings import warehouse_folder

EVERY = ""  # no batch chosen: all of them
PARTS = ("ledger", "rejects", "flags", "unknown", "identities")
LATEST = 5

LEDGER = (
    Column("batch_no", "count", "quality.column.batch", pinned=True, width=56),
    Column("source", "text", "term.source", width=280),
    Column("kind", "text", "quality.column.kind", words="source_kind", width=140),
    Column("landed_at", "moment", "quality.column.landed_at", width=130),
    Column("read", "count", "quality.column.read", width=84),
    Column("accepted", "count", "quality.column.accepted", width=84),
    Column("rejected", "count", "quality.column.rejected", width=70),
    Column("duplicate", "count", "quality.column.duplicate", width=70),
    Column("difference", "count", "quality.column.difference", width=60),
    Column("left_out", "count", "quality.column.left_out", width=80),
    Column("data_at", "moment", "quality.column.data_at", width=130),
)
SHEETS = (
    Column("batch_no", "count", "quality.column.batch", pinned=True, width=56),
    Column("file_name", "text", "quality.column.file", width=300),
    Column("sheet_name", "text", "quality.column.sheet", width=140),
    Column("header_line", "count", "quality.column.header_line"),
    Column("read_n", "count", "quality.column.read"),
    Column("left_out_n", "count", "quality.column.left_out"),
    Column("encoding", "text", "quality.column.encoding", width="small"),
    Column("sha256", "text", "quality.column.sha256", width=140),
)
IDENTITIES = (
    Column("identity", "text", "quality.column.identity", width="large"),
    Column("left_side", "count", "quality.column.left_side", width=120),
    Column("right_side", "count", "quality.column.right_side", width=120),
    Column("difference", "count", "quality.column.difference", width=120),
)


def verdict(viewer: Viewer) -> None:
    """One sentence: how much of everything read is in; and what a steward must act on."""
    words = viewer.words
    rows = viewer.ask("ledger").to_pylist()
    read, accepted, rejected, duplicate = (
        sum(row[name] for row in rows) for name in ("read", "accepted", "rejected", "duplicate")
    )
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
    if wrong := sum(bool(row["difference"]) for row in viewer.ask("identities").to_pylist()):
        st.error(words("quality.wrong_n", n=wrong), icon=":material/error:")
    if waiting := len(held(warehouse_folder())):
        st.warning(words("quality.held_n", n=waiting), icon=":material/pause_circle:")
        to_screen(viewer, "intake", words("quality.held_go"), icon=":material/arrow_forward:")


def choose(viewer: Viewer) -> tuple[str, int | None]:
    """The part of the screen that is drawn, with its size, and the batch it speaks of."""
    words = viewer.words
    batch = address.read("batch", [str(no) for no in _batches(viewer)])
    counts = _sizes(viewer, int(batch) if batch else None)
    left, right = st.columns([5, 3], vertical_alignment="bottom")
    with left:
        part = address.choose(
            "part",
            PARTS,
            default=PARTS[0],
            label=words("quality.part.label"),
            shown=lambda key: words(f"quality.part.{key}", n=counts[key]),
            look="segments",
            label_visibility="collapsed",
        )
    if part == "identities":  # they hold for all batches together
        return part, None
    with right:
        return part, _choose_batch(viewer)


def latest(viewer: Viewer) -> None:
    """The last few batches, for whoever has just brought one."""
    words = viewer.words
    st.subheader(words("quality.ledger.latest"), anchor=False)
    _ledger(viewer, LATEST)
    to_screen(viewer, "quality", words("quality.ledger.all"), icon=":material/arrow_forward:")


def ledger(viewer: Viewer) -> None:
    """Every batch: read = accepted + rejected + duplicate, or by how much not."""
    st.caption(viewer.words("quality.ledger.caption"))
    downloads.buttons(viewer, _ledger(viewer, None), LEDGER, name="ledger")


def sheets(viewer: Viewer, batch: int | None) -> None:
    """The tables found in the files of the batch."""
    words = viewer.words
    rows = viewer.ask("batch_sheets", batch=batch)
    headed = pc.if_else(pc.equal(rows["header_line"], 0), None, rows["header_line"])
    at = rows.schema.get_field_index("header_line")
    rows = rows.set_column(at, "header_line", headed)  # JSON has no line of headings
    title = words("quality.sheets.title", n=rows.num_rows)
    st.subheader(title, anchor=False)
    tables.show(viewer, rows, SHEETS, key="quality.sheets", alt=title)


def identities(viewer: Viewer) -> None:
    """The sums that must hold, both sides and the difference, those that fail first."""
    words = viewer.words
    rows = viewer.ask("identities").to_pylist()
    for row in rows:
        row["identity"] = identity_in_words(viewer, row)
    rows.sort(key=lambda row: (not row["difference"], row["no"]))
    if not any(row["difference"] for row in rows):
        st.caption(words("quality.identities.all_hold", n=len(rows)))
    tables.show(
        viewer,
        pa.Table.from_pylist(rows),
        IDENTITIES,
        key="quality.identities",
        alt=words("quality.identities.alt", n=len(rows)),
        height="content",
    )


def identity_in_words(viewer: Viewer, row: dict[str, Any]) -> str:
    """An identity as a person says it; as the code does where nobody has put it into words."""
    key = f"identity.n{row['no']}"
    return viewer.words(key) if key in viewer.words else str(row["identity"])


def _ledger(viewer: Viewer, limit: int | None) -> pa.Table:
    """The ledger; its numbers lead to the rows they count."""
    rows = viewer.ask("ledger", limit=limit)
    shown = named(rows, viewer.language)
    tables.show(
        viewer,
        shown,
        LEDGER,
        key="quality.ledger",
        alt=viewer.words("quality.ledger.alt", n=rows.num_rows),
        opens=_behind,
    )
    return shown


def _behind(row: dict[str, Any], column: str) -> Way | None:
    if column not in ("rejected", "duplicate") or not row[column]:
        return None
    rule = {"rule": "duplicate_code"} if column == "duplicate" else {"rule": None}
    return Way("quality", {"part": "rejects", "batch": str(row["batch_no"]), **rule})


def _batches(viewer: Viewer) -> dict[int, dict[str, Any]]:
    return {row["batch_no"]: row for row in viewer.ask("ledger").to_pylist()}


def _choose_batch(viewer: Viewer) -> int | None:
    """The batch that the findings below speak of; None for all."""
    words = viewer.words
    rows = {str(no): row for no, row in _batches(viewer).items()}

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
    )
    return int(chosen) if chosen else None


def _sizes(viewer: Viewer, batch: int | None) -> dict[str, int]:
    """How much there is in each part."""
    flags = viewer.ask("flags", batch=batch)["flag_n"].to_pylist()
    return {
        "ledger": len(_batches(viewer)),
        "rejects": sum(viewer.ask("rejects_by_rule", batch=batch)["row_n"].to_pylist()),
        "flags": sum(flags),
        "unknown": viewer.ask("mapping_warnings", batch=batch).num_rows,
        "identities": viewer.ask("identities").num_rows,
    }
