"""Deciding what a file's headers and words mean, with the first rows as the board reads them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, time
from functools import partial
from typing import get_args

import pyarrow as pa
import streamlit as st
from streamlit.delta_generator import DeltaGenerator
from streamlit.runtime.uploaded_file_manager import UploadedFile

from pages.ui import inbox, logbook, mapping
from pages.ui.guard import Viewer
from pages.ui.text import escaped, refusal
from pipeline.canonical import REQUIRED, VOCABULARY, Kind
from pipeline.errors import Refused
from pipeline.inspection import ColumnFound, TableFound, look
from pipeline.preview import Cell, Preview, preview
from pipeline.readers import tables
from pipeline.settings import warehouse_folder
from pipeline.sources import Source, save_source, source_hash, sources
from pipeline.staging import known_headers
from pipeline.wording import Wording

NEW = ""  # no known source: describe the file
ROWS = 8  # of the preview
ABREAST = 3  # questions in a row
EXAMPLE_SIGNS = 40
MOST_WORDS = 30  # asked at a time, those of most rows first
LOOKED, READ = "intake.looked", "intake.read"
KEPT = 12  # readings of files kept with the session
# Vocabularies of the catalogue that are called otherwise than their column.
_SPOKEN = {"rating": "level", "is_satisfied": "answer"}


def source_of(viewer: Viewer, file: UploadedFile, table: TableFound) -> str | None:
    """The source to take a file in with; None while nobody has said what it is."""
    words = viewer.words
    known = sources(warehouse_folder())
    with st.expander(
        words("intake.mapping.title", file=escaped(file.name)),
        expanded=table.source is None,
        icon=":material/table_chart:",
    ):
        key = f"intake.{file.file_id}"
        options = [*known, NEW]
        st.session_state.setdefault(f"{key}.source", table.source or NEW)
        chosen = st.selectbox(
            words("intake.mapping.source"),
            options,
            format_func=lambda name: _title(viewer, known, name),
            key=f"{key}.source",
            width=560,
        )
        if chosen == NEW:
            _described(viewer, file, table, key)
            return None
        source = known[chosen]
        looked, _ = _read(file, source)
        missing = looked.match.missing_required if looked.match else []
        if missing:
            columns = ", ".join(column_name(words, one) for one in missing)
            st.error(words("intake.mapping.missing", columns=columns))
            return None
        _known(viewer, file, looked, source, key)
        return source.name


def column_name(words: Wording, column: str) -> str:
    """A column in words; the question of a survey keeps its id."""
    key = f"intake.target.{column or 'open'}"
    return words(key) if key in words else column


def _known(viewer: Viewer, file: UploadedFile, table: TableFound, source: Source, key: str) -> None:
    """A recognised file: only what its source does not know yet is asked."""
    words = viewer.words
    headers = [found.header for found in table.columns if found.role == "unknown"]
    open_words = mapping.unknown_words(table, source)
    if not headers and not open_words:
        st.caption(words("intake.mapping.all_known"))
        _show(viewer, _read(file, source)[1], key)
        return
    st.markdown(words("intake.mapping.unknown"))
    part = f"{key}.{source.name}"
    try:
        wanted = mapping.extended(
            source,
            _ask_headers(words, table, headers, part, guessed=False),
            _ask_words(words, open_words, part),
        )
    except Refused as problem:
        st.error(refusal(words, problem))
        return
    _show(viewer, _read(file, wanted)[1], key)
    if wanted != source:
        _save(viewer, file, wanted, key)


def _described(viewer: Viewer, file: UploadedFile, table: TableFound, key: str) -> None:
    """A file no source fits: every header is asked, with what it looks like already chosen."""
    words = viewer.words
    st.caption(words("intake.mapping.new"))
    if table.are_totals:
        st.warning(words("intake.mapping.totals"), icon=":material/functions:")
    kinds: list[Kind] = list(get_args(Kind))
    left, right = st.columns(2)
    kind = left.selectbox(
        words("intake.mapping.kind"),
        kinds,
        index=kinds.index(table.kind),
        format_func=partial(_kind_name, words),
        key=f"{key}.kind",
    )
    title = right.text_input(
        words("intake.mapping.name"),
        file.name.rpartition(".")[0] or file.name,
        key=f"{key}.title",
        max_chars=60,
    ).strip()
    table = mapping.of_kind(table, kind)
    headers = _ask_headers(
        words, table, [found.header for found in table.columns], f"{key}.{kind}", guessed=True
    )
    lacking = [column for column in REQUIRED[kind] if column not in headers.values()]
    if lacking:
        columns = ", ".join(column_name(words, column) for column in lacking)
        st.info(words("intake.mapping.lacks", columns=columns), icon=":material/rule:")
        return
    try:
        draft = mapping.drafted(table, headers, title)
        looked, _ = _read(file, draft)
        open_words = mapping.unknown_words(looked, draft)
        source = mapping.extended(draft, {}, _ask_words(words, open_words, f"{key}.{kind}"))
    except Refused as problem:
        st.info(words("intake.mapping.not_yet", why=refusal(words, problem)))
        return
    _show(viewer, _read(file, source)[1], key)
    if source.name in sources(warehouse_folder()):
        st.warning(words("intake.mapping.taken", name=escaped(title)))
        return
    _save(viewer, file, source, key)


def _ask_headers(
    words: Wording, table: TableFound, headers: Sequence[str], key: str, *, guessed: bool
) -> dict[str, str]:
    """What each header is, as the steward says."""
    options = mapping.targets(table.kind)
    found = {one.header: one for one in table.columns}
    said: dict[str, str] = {}
    for n, (header, place) in enumerate(zip(headers, _places(len(headers)), strict=True)):
        first = mapping.first_choice(found[header]) if guessed else mapping.OPEN
        with place, st.container(gap="xsmall"):
            said[header] = st.selectbox(
                escaped(header) or "–",
                options,
                index=options.index(first) if first in options else 0,
                format_func=lambda column: column_name(words, column),
                key=f"{key}.header.{n}",
            )
            st.caption(_examples(words, found[header]))
    return said


def _examples(words: Wording, found: ColumnFound) -> str:
    """Some of what stands under a header; of a personal column nothing is quoted."""
    if found.examples:
        examples = " | ".join(text[:EXAMPLE_SIGNS] for text in found.examples)
        return words("intake.mapping.examples", examples=escaped(examples))
    return words("intake.mapping.not_quoted" if found.filled_n else "intake.mapping.empty")


def _ask_words(
    words: Wording, open_words: Sequence[mapping.OpenWord], key: str
) -> dict[tuple[str, str], str]:
    """What each word of a vocabulary means, as the steward says; nothing where he does not."""
    said: dict[tuple[str, str], str] = {}
    if not open_words:
        return said
    st.markdown(words("intake.mapping.words"))
    asked = open_words[:MOST_WORDS]
    for one, place in zip(asked, _places(len(asked)), strict=True):
        options: list[str] = [mapping.OPEN, *VOCABULARY[one.column]]
        meaning = place.selectbox(
            words(
                "intake.mapping.word",
                column=column_name(words, one.column),
                word=escaped(one.text),
                n=one.row_n,
            ),
            options,
            index=options.index(one.suggestion) if one.suggestion in options else 0,
            format_func=partial(_meaning, words, one.column),
            key=f"{key}.word.{one.column}.{one.text}",
        )
        if meaning != mapping.OPEN:
            said[one.column, one.text] = meaning
    if len(open_words) > MOST_WORDS:
        st.caption(words("intake.mapping.more_words", n=len(open_words) - MOST_WORDS))
    return said


def _places(n: int) -> Iterator[DeltaGenerator]:
    """Places for n questions, row by row: on a telephone they stand in their order."""
    for first in range(0, n, ABREAST):
        yield from st.columns(ABREAST)[: n - first]


def _meaning(words: Wording, column: str, value: str) -> str:
    if value == mapping.OPEN:
        return words("intake.target.open")
    return words(f"{_SPOKEN.get(column, column)}.{value}")


def _read(file: UploadedFile, source: Source) -> tuple[TableFound, Preview]:
    """The file's first table as a source sees it, and its first rows; kept with the session."""
    kept: dict[tuple[str, str], tuple[TableFound, Preview]] = st.session_state.setdefault(READ, {})
    at = (file.file_id, source_hash(source))
    if at not in kept:
        folder = warehouse_folder()
        known = sources(folder)
        with inbox.on_disk([file], folder) as (path,):
            opened = next(
                iter(tables(path, known_headers=known_headers([*known.values(), source])))
            )
            kept[at] = look(opened, known, source=source), preview(opened, source, ROWS)
        while len(kept) > KEPT:
            kept.pop(next(iter(kept)))
    return kept[at]


def _show(viewer: Viewer, shown: Preview, key: str) -> None:
    """The first rows as the board reads them; what it cannot read is marked."""
    words = viewer.words
    if not shown.rows:
        return
    st.markdown(f"**{words('intake.mapping.preview')}**")
    # Two columns may be called alike in words; the ids keep them apart.
    table = pa.table(
        {
            column: [_cell(words, column, row[n]) for row in shown.rows]
            for n, column in enumerate(shown.columns)
        }
    )
    st.dataframe(
        table,
        hide_index=True,
        column_config={
            column: st.column_config.TextColumn(column_name(words, column), width="small")
            for column in shown.columns
        },
        placeholder=words("tables.empty_cell"),
        alt=words("intake.mapping.preview_alt", n=len(shown.rows)),
        key=f"{key}.preview",
    )
    st.caption(words("intake.mapping.masked"))


def _cell(words: Wording, column: str, cell: Cell) -> str | None:
    if not cell.is_understood:
        return f"⚠ {cell.text}"
    if isinstance(cell.value, str) and column in VOCABULARY:
        return ", ".join(_meaning(words, column, one) for one in cell.value.split(", "))
    if isinstance(cell.value, datetime) and cell.value.time() == time():
        return words.date(cell.value)  # the file gives the day alone
    return None if cell.value is None else words.written(cell.value)


def _save(viewer: Viewer, file: UploadedFile, source: Source, key: str) -> None:
    """Keep the description for this file and every later one like it."""

    def keep() -> None:
        file_name = f"sources/{source.name}.toml"
        try:
            viewer.identity.must_still_hold()  # a click runs before the screen lets anybody in
            logbook.note(viewer.identity, "corrected", file_name, sha256=source_hash(source))
        except Refused as problem:
            st.toast(refusal(viewer.words, problem), icon=":material/block:")
            return
        save_source(source, warehouse_folder() / "sources")
        _look_again_at_all()
        st.session_state[f"{key}.source"] = source.name
        name = escaped(source.label(viewer.language))
        st.toast(viewer.words("intake.mapping.saved", name=name), icon=":material/save:")

    st.button(
        viewer.words("intake.mapping.save"),
        on_click=keep,
        key=f"{key}.save",
        icon=":material/save:",
        type="primary",
        help=viewer.words("intake.mapping.save_help"),
    )


def _look_again_at_all() -> None:
    """What was just learnt may make other dropped files, or an archive with one of them, known."""
    st.session_state.pop(LOOKED, None)
    for key, chosen in list(st.session_state.items()):
        if re.fullmatch(r"intake\..+\.source", str(key)) and chosen == NEW:
            del st.session_state[key]


def _title(viewer: Viewer, known: Mapping[str, Source], name: str) -> str:
    if name == NEW:
        return viewer.words("intake.mapping.none_of_these")
    return known[name].label(viewer.language)


def _kind_name(words: Wording, kind: Kind) -> str:
    """What a source holds, in words."""
    return words(f"source_kind.{kind}")
