"""Bringing files in: drop, look, decide what is not known, take in, and what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

import pyarrow as pa
import streamlit as st
from streamlit.delta_generator import DeltaGenerator
from streamlit.runtime.uploaded_file_manager import UploadedFile

from pages.steward import mapping_parts
from pages.ui import inbox, ingest_run, tables, text
from pages.ui.guard import Viewer
from pages.ui.ingest_run import Ingested
from pages.ui.tables import Column
from pages.ui.text import escaped
from pipeline.errors import Refused
from pipeline.inspection import TableFound, inspect
from pipeline.settings import warehouse_folder
from pipeline.sources import sources

ENDINGS = ["csv", "tsv", "txt", "xlsx", "xls", "xlsm", "html", "htm", "json", "xml", "xes"]
ENDINGS += ["parquet", "zip", "gz"]
FIRST_KINDS = ("unit", "procedure")  # lists that the others refer to
LOOKED, DONE, REFUSED, ROUND = "intake.looked", "intake.done", "intake.refused", "intake.round"

_FILES = (
    Column("file", "text", "intake.column.file", pinned=True, width="large"),
    Column("source", "text", "intake.column.source"),
    Column("row_n", "count", "intake.column.rows"),
    Column("left_out_n", "count", "intake.column.left_out"),
    Column("unknown_n", "count", "intake.column.unknown"),
    Column("encoding", "text", "intake.column.encoding", width="small"),
)


@dataclass(frozen=True)
class Looked:
    """What a look into one dropped file found; refusal: why nothing can be said."""

    name: str
    table: TableFound | None
    refusal: Refused | None = None


def bring(viewer: Viewer) -> None:
    """The whole way of files into the board, on one screen."""
    words = viewer.words
    _told(viewer)
    dropped = st.file_uploader(
        words("intake.drop"),
        type=ENDINGS,
        accept_multiple_files=True,
        key=f"intake.files.{st.session_state.get(ROUND, 0)}",
        help=words("intake.drop_help"),
    )
    if not dropped:
        if not viewer.snapshot_id:
            st.markdown(words("intake.first"))
        return
    looked = _look(dropped)
    _recognised(viewer, looked)
    chosen: dict[str, list[UploadedFile]] = {}
    for file, one in zip(dropped, looked, strict=True):
        if one.table is None:
            continue
        source = mapping_parts.source_of(viewer, file, one.table)
        if source is not None:
            chosen.setdefault(source, []).append(file)
    ready = sum(map(len, chosen.values()))
    anyway = REFUSED in st.session_state and st.checkbox(
        words("intake.anyway"), key="intake.anyway", help=words("intake.anyway_help")
    )
    if ready < len(dropped):
        st.caption(words("intake.not_all", ready=ready, all=len(dropped)))
    if st.button(
        words("intake.go", n=ready),
        type="primary",
        icon=":material/upload:",
        disabled=not ready,
        key="intake.go",
    ):
        _take_in(viewer, chosen, publish_anyway=bool(anyway))


def _look(dropped: Sequence[UploadedFile]) -> list[Looked]:
    """Look into each file once; what was seen stays with the viewer's session."""
    seen: dict[str, Looked] = st.session_state.setdefault(LOOKED, {})
    fresh = [file for file in dropped if file.file_id not in seen]
    if fresh:
        folder = warehouse_folder()
        known = sources(folder)
        with inbox.on_disk(fresh, folder) as paths:
            for file, path in zip(fresh, paths, strict=True):
                try:
                    tables_found = inspect(path, known).tables
                except Refused as problem:
                    seen[file.file_id] = Looked(file.name, None, problem)
                else:
                    table = tables_found[0] if tables_found else None
                    seen[file.file_id] = Looked(file.name, table)
    present = {file.file_id for file in dropped}
    st.session_state[LOOKED] = {key: one for key, one in seen.items() if key in present}
    return [seen[file.file_id] for file in dropped]


def _recognised(viewer: Viewer, looked: Sequence[Looked]) -> None:
    """One line per file: what it is, how long, how much of it nobody knows."""
    words = viewer.words
    known = sources(warehouse_folder())
    st.subheader(words("intake.recognised"), anchor=False)
    for one in looked:
        if one.table is None:
            why = text.refusal(words, one.refusal) if one.refusal else words("intake.no_table")
            st.error(f"**{escaped(one.name)}**: {why}", icon=":material/draft:")
    rows = [
        {
            "file": one.name,
            "source": _title(viewer, known[one.table.source])
            if one.table.source
            else words("intake.not_recognised"),
            "row_n": one.table.row_n,
            "left_out_n": sum(one.table.left_out.values()),
            "unknown_n": sum(found.role == "unknown" for found in one.table.columns),
            "encoding": one.table.encoding,
        }
        for one in looked
        if one.table is not None
    ]
    if rows:
        tables.show(
            viewer,
            pa.Table.from_pylist(rows),
            _FILES,
            key="intake.recognised",
            alt=words("intake.recognised_alt", n=len(rows)),
        )


def _title(viewer: Viewer, source: object) -> str:
    return str(getattr(source, f"title_{viewer.language}"))


def _take_in(
    viewer: Viewer, chosen: dict[str, list[UploadedFile]], *, publish_anyway: bool
) -> None:
    """Run one ingest per source, lists that others refer to first, and start over."""
    words = viewer.words
    folder = warehouse_folder()
    known = sources(folder)
    done: list[Ingested] = []
    refusal = None
    with st.status(words("intake.running"), expanded=True) as status:
        try:
            for name in sorted(chosen, key=lambda s: (known[s].kind not in FIRST_KINDS, s)):
                st.write(_title(viewer, known[name]))
                with inbox.on_disk(chosen[name], folder) as paths:
                    done.append(
                        ingest_run.ingest(
                            paths,
                            folder,
                            source=name,
                            publish_anyway=publish_anyway,
                            on_step=partial(_said, status),
                        )
                    )
        except Refused as problem:
            refusal = problem
    st.session_state[DONE] = done
    st.session_state.pop(REFUSED, None)
    if refusal is None:
        # A new key empties the uploader; Streamlit lets no code take a file out of it.
        st.session_state[ROUND] = st.session_state.get(ROUND, 0) + 1
        st.session_state.pop(LOOKED, None)
    else:
        st.session_state[REFUSED] = refusal
    st.rerun()


def _told(viewer: Viewer) -> None:
    """What the last ingest of this session did: read = accepted + rejected + duplicate."""
    words = viewer.words
    if refusal := st.session_state.get(REFUSED):
        # A batch that is held back is told in words above, with its rule and its threshold.
        is_held = refusal.key in ("error.ingest.held", "error.ingest.held_alone")
        why = words("intake.held_back") if is_held else text.refusal(words, refusal)
        st.error(words("intake.refused", why=why), icon=":material/block:")
    for one in st.session_state.get(DONE, []):
        if not one.is_news:
            st.info(words("intake.no_news"), icon=":material/content_copy:")
            continue
        said = words(
            "intake.equation",
            read=one.read,
            accepted=one.accepted,
            rejected=one.rejected,
            duplicate=one.duplicate,
        )
        if one.difference:
            difference = words.signed(one.difference)
            st.error(f"{said} {words('intake.difference', n=difference)}")
            continue
        st.success(said, icon=":material/check_circle:")
        for rules, key in ((one.rejects_by_rule, "rejected"), (one.flags, "flagged")):
            if rules:
                listed = "; ".join(
                    f"{words(f'rule.{rule}')}: {words.number(n)}"
                    for rule, n in sorted(rules.items(), key=lambda item: -item[1])
                )
                st.caption(words(f"intake.{key}", rules=listed))


def _said(status: DeltaGenerator, line: str) -> None:
    """Show what the ingest is doing."""
    status.caption(escaped(line))
