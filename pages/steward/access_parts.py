"""Parts of the screen of access: who sees a unit, and the grounds of one person."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pyarrow as pa
import streamlit as st

from pages.ui import address, moment, states, tables, warehouse
from pages.ui.guard import Viewer
from pages.ui.identity import listed_people
from pages.ui.tables import Column
from pages.ui.text import escaped
from pipeline.access import role
from pipeline.access_explained import (
    Grounds,
    Places,
    grounds_of,
    places_in,
    sentences,
    who_sees,
    words_of,
)
from pipeline.admission import Access
from pipeline.text import fold

EVERY = ""
COLUMNS = (
    Column("name", "text", "access.column.name", pinned=True, width=190),
    Column("person", "text", "access.column.person", width=230),
    Column("role", "text", "access.column.role", width=150),
    Column("units", "name", "access.column.units", width=380),
    Column("state", "text", "access.column.state", words="access.state", width=150),
    Column("valid_until", "date", "access.column.valid_until", width=110),
)


def people(viewer: Viewer) -> None:
    """Who is in the list, by unit and by name, one sentence about them, and why for one of them."""
    words = viewer.words
    listed = listed_people()
    if listed.mode == "none":
        st.info(words("access.no_sign_in"), icon=":material/no_accounts:")
    if not listed.person:
        st.caption(words("access.empty"))
        return
    places = _places(listed)
    unit, search = _filters(viewer)
    found = _found(listed, unit, places)
    st.markdown(_sentence(viewer, found, unit, places))
    matching = [one for one in found if fold(search) in fold(f"{one.name} {one.person}")]
    if not matching:
        clear: dict[str, str | None] = {"who": None}
        states.nothing_matches(words, escaped(search), "access.nobody_found", **clear)
        return
    chosen = tables.show(
        viewer,
        _table(viewer, matching, places),
        COLUMNS,
        key="access.people",
        alt=words("access.alt", n=len(matching)),
        selects="single-row",
    )
    if not chosen:
        st.caption(words("access.choose"))
        return
    person = next(one for one in matching if one.person == chosen[0]["person"])
    with st.container(border=True):
        st.markdown(f"**{words('access.why_of', name=escaped(person.name))}**")
        st.markdown("\n".join(f"- {line}" for line in sentences(person, places, words, escaped)))


def _places(listed: Access) -> Places:
    snapshot = warehouse.current_snapshot()
    if snapshot is None:
        return places_in(None, ())
    return warehouse.places(snapshot, tuple(sorted(words_of(listed))))


def _filters(viewer: Viewer) -> tuple[str | None, str]:
    """The unit whose viewers are asked for, and part of a name; both stand in the address."""
    words = viewer.words
    names = states.unit_names()
    left, right = st.columns(2, vertical_alignment="bottom")
    with left:
        unit = address.choose(
            "unit",
            [EVERY, *names],
            default=EVERY,
            label=words("access.unit"),
            shown=lambda one: names.get(one, words("access.every_unit")),
        )
    with right:
        search = address.ask_text(
            "who",
            label=words("access.person"),
            placeholder=words("access.person"),
            icon=":material/person_search:",
        )
    return unit or None, search


def _found(listed: Access, unit: str | None, places: Places) -> list[Grounds]:
    today = moment.now().date()
    if unit is not None:
        return who_sees(listed, unit, places, today)
    every = [grounds_of(person, places, today) for person in listed.person]
    return sorted(every, key=lambda one: (one.state == "held", one.name))


def _sentence(viewer: Viewer, found: Sequence[Grounds], unit: str | None, places: Places) -> str:
    words = viewer.words
    if unit is None:
        held = sum(one.state == "held" for one in found)
        return words("access.sentence_all", n=len(found), held=held)
    every = sum(one.units is None for one in found)
    name = escaped(places.names.get(unit, unit))
    return words("access.sentence", n=len(found), unit=name, own=len(found) - every, every=every)


def _table(viewer: Viewer, found: Sequence[Grounds], places: Places) -> pa.Table:
    """People as rows of the columns shown, those who are not let in on top."""
    words = viewer.words
    rows: list[dict[str, Any]] = [
        {
            "name": one.name,
            "person": one.person,
            "role": role(one.role).label(viewer.language),
            "units": ", ".join([*(places.names[unit] for unit in one.placed), *one.missing])
            or words("access.every_unit"),
            "state": one.state,
            "valid_until": one.valid_until,
        }
        for one in found
    ]
    types = {"valid_until": pa.date32()}
    schema = pa.schema([(column.name, types.get(column.name, pa.string())) for column in COLUMNS])
    return pa.Table.from_pylist(rows, schema=schema)
