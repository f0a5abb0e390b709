"""Parts of the access log's screen: its filters, its entries, and whether its chain is whole."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import pyarrow as pa
import streamlit as st

from pages.ui import address, downloads, tables
from pages.ui.guard import Viewer
from pages.ui.screens import screens
from pages.ui.tables import Column
from pages.ui.text import escaped, refusal
from pipeline import audit
from pipeline.access import roles
from pipeline.audit import EVENTS, Asked, Entry
from pipeline.errors import Refused
from pipeline.periods import parse_as_of
from pipeline.privacy import privacy
from pipeline.settings import warehouse_folder

EVERY = "all"
COLUMNS = (
    Column("at", "moment", "access_log.column.at", pinned=True, width=130),
    Column("who", "text", "access_log.column.who", width=170),
    Column("role", "text", "access_log.column.role", width=140),
    Column("event", "text", "access_log.column.event", words="access_log.event", width=168),
    Column("what", "text", "access_log.column.what", width=190),
    Column("rows", "count", "access_log.column.rows", width=76),
    Column("detail", "text", "access_log.column.detail", width=286),
    Column("n", "count", "access_log.column.n", width=76),
)


def filters(viewer: Viewer) -> Asked | None:
    """Person, event and days, kept in the address; None where a day cannot be read."""
    words = viewer.words
    who, event, since, until = st.columns([4, 3, 2, 2])
    with who:
        person = address.ask_text(
            "who",
            label=words("access_log.who"),
            placeholder=words("access_log.who"),
            icon=":material/person_search:",
        )
    with event:
        kind = address.choose(
            "event",
            [EVERY, *EVENTS],
            default=EVERY,
            label=words("access_log.column.event"),
            shown=lambda one: words(
                "access_log.every" if one == EVERY else f"access_log.event.{one}"
            ),
            label_visibility="collapsed",
        )
    with since:
        first = _asked_day(viewer, "since")
    with until:
        last = _asked_day(viewer, "until")
    try:
        return Asked(
            who=person or None,
            event=None if kind == EVERY else kind,
            first=_day(first),
            last=_day(last),
        )
    except Refused as problem:
        st.warning(refusal(words, problem), icon=":material/event_busy:")
        return None


def _asked_day(viewer: Viewer, name: str) -> str:
    label = viewer.words(f"access_log.{name}")
    return address.ask_text(name, label=label, placeholder=label)


def _day(text: str) -> date | None:
    return parse_as_of(text).date() if text else None


def entries(viewer: Viewer, asked: Asked) -> None:
    """The entries that fit, newest first, page by page, and as files."""
    words = viewer.words
    found = list(audit.search(warehouse_folder(), asked))
    if not found:
        st.info(words("access_log.nothing"), icon=":material/filter_alt_off:")
        return
    page = tables.page_number(viewer, len(found))
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        tables.pager(viewer, len(found))
        downloads.buttons(
            viewer,
            lambda: _table(viewer, found[: downloads.ROWS]),
            COLUMNS,
            name="access-log",
            total=len(found),
            said=_said(viewer, asked),
        )
    tables.show(
        viewer,
        _table(viewer, found[page * tables.PAGE : (page + 1) * tables.PAGE]),
        COLUMNS,
        key=f"access_log.{page}",
        alt=words("access_log.alt", n=len(found)),
    )


def _said(viewer: Viewer, asked: Asked) -> list[tuple[str, str]]:
    words = viewer.words
    told = {
        "access_log.column.who": asked.who,
        "access_log.column.event": asked.event and words(f"access_log.event.{asked.event}"),
        "access_log.since": asked.first and words.date(asked.first),
        "access_log.until": asked.last and words.date(asked.last),
    }
    return [(words(key), value) for key, value in told.items() if value]


def _table(viewer: Viewer, found: Sequence[Entry]) -> pa.Table:
    """Entries as rows of the columns shown."""
    listed = privacy(warehouse_folder()).unmask.purposes
    purposes = {one.id: one.label(viewer.language) for one in listed}
    rows: list[dict[str, Any]] = [
        {
            "at": one.moment.replace(tzinfo=None),
            "who": one.who,
            "role": _role(viewer, one.role),
            "event": one.event,
            "what": _what(viewer, one),
            "rows": one.rows,
            "detail": _detail(viewer, one, purposes),
            "n": one.n,
        }
        for one in found
    ]
    types = {"at": pa.timestamp("ms"), "rows": pa.int64(), "n": pa.int64()}
    schema = pa.schema([(column.name, types.get(column.name, pa.string())) for column in COLUMNS])
    return pa.Table.from_pylist(rows, schema=schema)


def _role(viewer: Viewer, name: str) -> str:
    known = roles().roles
    return known[name].label(viewer.language) if name in known else name


def _what(viewer: Viewer, one: Entry) -> str:
    return viewer.words(f"{one.what}.title") if one.what in screens() else one.what


def _detail(viewer: Viewer, one: Entry, purposes: Mapping[str, str]) -> str:
    words = viewer.words
    told = []
    for key, value in one.detail.items():
        if not value:
            continue  # nothing before the first snapshot, no correction: nothing to say
        label = f"access_log.detail.{key}"
        said = words(f"{value}.title") if key == "screen" and value in screens() else value
        if key == "purpose":
            said = purposes.get(value, value)
        told.append(f"{words(label) if label in words else key}: {said}")
    return " · ".join(told)


def chain(viewer: Viewer) -> None:
    """Whether the log is as it was written, asked for by a button: it reads all of it."""
    words = viewer.words
    if not st.button(words("access_log.verify"), icon=":material/link:", key="access_log.verify"):
        return
    found = audit.verify(warehouse_folder())
    if found.broken is not None:
        st.error(refusal(words, found.broken), icon=":material/link_off:")
        return
    st.success(words("access_log.whole", n=found.entries), icon=":material/verified:")
    if found.interrupted:
        st.info(words("access_log.interrupted", n=found.interrupted))
    if found.head:
        st.caption(words("access_log.head"))
        st.code(escaped(found.head), language=None, wrap_lines=True)
