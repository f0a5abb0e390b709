"""Bringing files in: drop, look, decide what is not known, take in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pyarrow as pa
import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from pages.steward import intake_run, mapping_parts
from pages.ui import inbox, ingest_run, tables, text
from pages.ui.guard import Viewer
from pages.ui.ingest_run import Job
from pages.ui.tables import Column
from pipeline.errors import Refused
from pipeline.inspection import READ_AT_MOST, TableFound, inspect
from pipeline.readers import Skipped
from pipeline.settings import warehouse_folder
from pipeline.sources import Source, sources

LOOKED, ROUND, SETTLED = "intake.looked", "intake.round", "intake.settled"

_FILES = (
    Column("file", "text", "intake.column.file", pinned=True, width="large"),
    Column("source", "text", "intake.column.source", width="large"),
    Column("row_n", "count", "intake.column.rows"),
    Column("left_out_n", "count", "intake.column.left_out"),
    Column("unknown_n", "count", "intake.column.unknown"),
    Column("encoding", "text", "intake.column.encoding", width="small"),
)


@dataclass(frozen=True)
class Looked:
    """What a look into one dropped file found; refusal: why nothing can be said."""

    name: str
    tables: tuple[TableFound, ...]
    skipped: tuple[Skipped, ...] = ()
    refusal: Refused | None = None

    @property
    def is_recognised(self) -> bool:
        """Every table in it has a source; an archive may hold those of several."""
        return bool(self.tables) and all(table.source for table in self.tables)

    @property
    def strangers(self) -> list[str]:
        """Members without a source in an archive that holds other things too: no one source fits.

        Members that are alike can be described together, as one list in several files.
        """
        kinds = {(one.source, tuple(c.header for c in one.columns)) for one in self.tables}
        return [one.file for one in self.tables if not one.source] if len(kinds) > 1 else []


def bring(viewer: Viewer) -> None:
    """The whole way of files into the board, on one screen."""
    words = viewer.words
    _settle()
    dropped = st.file_uploader(
        words("intake.drop"),
        accept_multiple_files=True,
        key=f"intake.files.{st.session_state.get(ROUND, 0)}",
        help=words("intake.drop_help"),
        disabled=intake_run.is_running(),
    )
    if intake_run.is_running():
        intake_run.watched(viewer)
        return
    if not dropped:
        if not viewer.snapshot_id:
            st.markdown(words("intake.first"))
        return
    known = sources(warehouse_folder())
    looked = _look(viewer, dropped, known)
    _recognised(viewer, looked, known)
    jobs = _jobs(viewer, dropped, looked)
    ready = sum(len(job.files) for job in jobs)
    if not ready:
        st.caption(words("intake.none_ready"))
    elif ready < len(dropped):
        st.caption(words("intake.not_all", ready=ready, all=len(dropped)))
    if ready and st.button(
        words("intake.go", n=ready), type="primary", icon=":material/upload:", key="intake.go"
    ):
        intake_run.begin(ingest_run.start(jobs, warehouse_folder(), viewer.identity))


def _settle() -> None:
    """Empty the uploader once what was in it has been taken in; what was refused stays there.

    A new key does it; Streamlit lets no code take a file out of an uploader.
    """
    run = intake_run.current()
    if run is None or not run.is_over or st.session_state.get(SETTLED) is run:
        return
    st.session_state[SETTLED] = run
    if not run.are_files_needed:
        st.session_state[ROUND] = st.session_state.get(ROUND, 0) + 1
        st.session_state.pop(LOOKED, None)


def _look(
    viewer: Viewer, dropped: Sequence[UploadedFile], known: dict[str, Source]
) -> list[Looked]:
    """Look into each file once; what was seen stays with the viewer's session."""
    seen: dict[str, Looked] = st.session_state.setdefault(LOOKED, {})
    fresh = [file for file in dropped if file.file_id not in seen]
    if fresh:
        looking = st.spinner(viewer.words("intake.looking"))
        with looking, inbox.on_disk(fresh, warehouse_folder()) as paths:
            for file, path in zip(fresh, paths, strict=True):
                try:
                    found = inspect(path, known)
                    seen[file.file_id] = Looked(file.name, found.tables, found.skipped)
                except Refused as problem:
                    seen[file.file_id] = Looked(file.name, (), refusal=problem)
    present = {file.file_id for file in dropped}
    st.session_state[LOOKED] = {key: one for key, one in seen.items() if key in present}
    return [seen[file.file_id] for file in dropped]


def _recognised(viewer: Viewer, looked: Sequence[Looked], known: dict[str, Source]) -> None:
    """One line per table: what it is, how long, how much of it nobody knows."""
    words = viewer.words
    st.subheader(words("intake.recognised"), anchor=False)
    for one in looked:
        if not one.tables:
            why = (
                text.refusal(words, one.refusal)
                if one.refusal
                else words("intake.no_table", file=text.escaped(one.name))
            )
            st.error(why, icon=":material/draft:")
        elif one.strangers:
            named = ", ".join(map(text.escaped, one.strangers))
            why = words("intake.strangers", file=text.escaped(one.name), members=named)
            st.error(why, icon=":material/folder_zip:")
    rows = [
        {
            "file": table.file,
            "source": known[table.source].label(viewer.language)
            if table.source in known
            else words("intake.not_recognised"),
            "row_n": table.row_n,
            "left_out_n": sum(table.left_out.values()),
            "unknown_n": sum(found.role == "unknown" for found in table.columns),
            "encoding": table.encoding,
        }
        for one in looked
        for table in one.tables
    ]
    if rows:
        tables.show(
            viewer,
            pa.Table.from_pylist(rows),
            _FILES,
            key="intake.recognised",
            alt=words("intake.recognised_alt", n=len(rows)),
        )
    if skipped := [str(skip) for one in looked for skip in one.skipped]:
        st.caption(words("intake.skipped", files=intake_run.passed_over(viewer, skipped)))
    if any(not table.is_whole for one in looked for table in one.tables):
        st.caption(words("intake.in_part", n=READ_AT_MOST))


def _jobs(viewer: Viewer, dropped: Sequence[UploadedFile], looked: Sequence[Looked]) -> list[Job]:
    """Files that are ready: those recognised in one call, so that one snapshot holds them all."""
    recognised: list[UploadedFile] = []
    chosen: dict[str, list[UploadedFile]] = {}
    for file, one in zip(dropped, looked, strict=True):
        if not one.tables or one.strangers:
            continue
        if one.is_recognised and len({table.source for table in one.tables}) > 1:
            recognised.append(file)
            continue
        source = mapping_parts.source_of(viewer, file, one.tables[0])
        if source is not None and one.is_recognised and source == one.tables[0].source:
            recognised.append(file)
        elif source is not None:
            chosen.setdefault(source, []).append(file)
    jobs = [Job(files, source) for source, files in chosen.items()]
    return [Job(recognised, None), *jobs] if recognised else jobs
