"""The states that are not the good day: nothing yet, not for you, nothing matches, wrong sums."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import Any

import streamlit as st

from pages.ui import address, moment, wall, warehouse
from pages.ui.identity import Identity, board_scope, identity, language
from pages.ui.screens import Screen, screens
from pages.ui.text import refusal
from pipeline.access import role
from pipeline.errors import NotAdmitted, Refused
from pipeline.settings import settings
from pipeline.wording import LANGUAGES, Wording, wording

INTAKE = "intake"  # the screen where files come in


def nothing_yet(who: Identity, screen: Screen) -> None:
    """No snapshot has been published: say what to do, and lead there."""
    words = who.words
    st.title(words(f"{screen.key}.title"), anchor=False)
    with st.container(border=True):
        st.subheader(words("states.nothing_yet.title"), anchor=False)
        st.markdown(words("states.nothing_yet.steps", screen=words(f"{INTAKE}.title")))
        way_to_intake(who)


def way_to_intake(who: Identity) -> None:
    """A button to the screen where files come in.

    Whoever may not bring files in takes a role that may, where roles are chosen on screen.
    """
    intake = screens()[INTAKE]
    if not intake.open_to(who.role) and not who.chooses_role:
        st.caption(who.words("states.nothing_yet.ask", roles=_role_names(who, intake)))
        return
    as_role = who.role if intake.open_to(who.role) else intake.roles[0]
    label = who.words(f"{INTAKE}.title")
    if as_role != who.role:
        label = who.words("states.nothing_yet.go_as", role=role(as_role).label(who.language))
    if st.button(label, type="primary", icon=":material/upload_file:", key="states.go"):
        st.switch_page(intake.file, query_params=address.onward(role=as_role, **{"as": None}))


def not_for_this_role(who: Identity, screen: Screen) -> None:
    """The screen is not open to the role; nothing of it is built."""
    words = who.words
    st.error(words("states.refused", role=who.role_label), icon=":material/lock:")
    hint = "states.refused_hint" if who.chooses_role else "states.refused_hint_listed"
    st.caption(
        words(
            hint,
            contact=settings().office.contact(who.language),
            screen=words(f"{screen.key}.title"),
            roles=_role_names(who, screen),
        )
    )


def _role_names(who: Identity, screen: Screen) -> str:
    return ", ".join(role(key).label(who.language) for key in screen.roles)


def no_such_screen(who: Identity) -> None:
    """The address names no screen; the ways on stand in the menu, for those who have one."""
    st.error(who.words("states.no_such_screen"), icon=":material/wrong_location:")
    if not who.is_public:
        st.caption(who.words("states.no_such_screen_hint"))


def public_board_is_off(who: Identity) -> None:
    """The office shows no public board; in every language, because nobody has chosen one."""
    for spoken in (who.language, *(one for one in LANGUAGES if one != who.language)):
        st.info(wording(spoken)("states.public_board_is_off"), icon=":material/tv_off:")


def refused(error: Refused) -> None:
    """What was asked for cannot be done; the error says in one sentence why and what to do."""
    if _is_for_the_public():
        wall.look()
        wall.unavailable(error)
        wall.try_again()
        return
    words = wording(language())
    st.error(words("states.cannot", reason=refusal(words, error)), icon=":material/block:")


def _is_for_the_public() -> bool:
    try:
        return identity().is_public
    except NotAdmitted:
        return False


def choose_unit(who: Identity) -> None:
    """The role works for one unit: ask which."""
    words = who.words
    with st.container(border=True, width=560):
        st.subheader(words("states.choose_unit.title"), anchor=False)
        units = unit_names()
        key = "states.unit"
        st.selectbox(
            words("states.choose_unit.label"),
            list(units),
            index=None,
            key=key,
            placeholder=words("states.choose_unit.placeholder"),
            format_func=lambda unit_id: units.get(unit_id, unit_id),
            on_change=lambda: address.write("as", st.session_state[key]),
        )


def nothing_matches(
    words: Wording, filters: str, text: str = "states.nothing_matches", /, **clear: str | None
) -> None:
    """A filter that leaves nothing: name it, and offer the way out.

    filters: the filters in words. text: the key of the sentence, where it is not about dossiers.
    clear: address entries that the way out takes away (None).
    """
    st.info(words(text, filters=filters), icon=":material/filter_alt_off:")

    def widen() -> None:
        for name, value in clear.items():
            address.write(name, value)

    if clear:
        st.button(words("states.clear_filters"), on_click=widen, key="states.clear")


def must_choose_unit(who: Identity) -> bool:
    """Whether the role needs a unit and none is named, or one that is not there."""
    return who.lacks_unit or any(unit_id not in unit_names() for unit_id in who.unit_ids)


def unit_names() -> Mapping[str, str]:
    """Every unit by id: its latest name, and its parent's where the name alone is not unique.

    Empty before the first ingest.
    """
    snapshot = warehouse.current_snapshot()
    return _unit_names(str(snapshot.path), moment.now_today()) if snapshot else {}


# Asked for on every run, and the country has some 3,400 units: made once, shared, never changed.
@st.cache_resource(max_entries=4, show_spinner=False)
def _unit_names(snapshot: str, today: datetime) -> Mapping[str, str]:
    rows = warehouse.answer(board_scope(), "units", as_of=today).to_pylist()
    return MappingProxyType(named_units(rows))


def named_units(rows: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """Rows of the query `units` as id -> name, telling namesakes apart by their parent."""
    latest = {row["unit_id"]: row for row in rows}
    names = Counter(row["unit_name"] for row in latest.values())
    return {
        unit_id: f"{row['unit_name']} ({row['parent_name']})"
        if names[row["unit_name"]] > 1 and row["parent_name"]
        else row["unit_name"]
        for unit_id, row in latest.items()
    }


def wrong_sums(words: Wording, rows: Sequence[Mapping[str, Any]]) -> None:
    """One red banner per identity that does not hold (rows of the query `identities`)."""
    for row in rows:
        if row["difference"]:
            st.error(
                words(
                    "states.wrong_sums",
                    identity=words(key)
                    if (key := f"identity.n{row['no']}") in words
                    else row["identity"],
                    left=row["left_side"],
                    right=row["right_side"],
                    difference=words.signed(row["difference"]),
                ),
                icon=":material/error:",
            )
