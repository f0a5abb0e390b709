"""The applicant of one dossier in clear: for a purpose, for a few minutes, and logged."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import streamlit as st

from pages.ui import guard, text, warehouse
from pages.ui.guard import Viewer
from pages.ui.identity import Identity
from pages.ui.text import escaped
from pipeline.errors import Refused
from pipeline.periods import LOCAL_ZONE
from pipeline.privacy import privacy
from pipeline.settings import warehouse_folder
from pipeline.unmasking import LEAST, Person, Wish, unmask

KEPT = "dossier.person.kept"  # of the session: who was unmasked last, by whom, and for how long
LOOK_AGAIN = 5  # seconds after which the screen looks whether the time is over
Row = Mapping[str, Any]


def in_clear(viewer: Viewer, dossier: Row) -> Person | None:
    """The person of this dossier while this viewer may see him; every other one is forgotten."""
    kept: tuple[Identity, Person] | None = st.session_state.get(KEPT)
    if kept is None:
        return None
    who, person = kept
    is_this_one = (person.system, person.dossier) == (dossier["system"], dossier["dossier_code"])
    is_open = is_this_one and who == viewer.identity and viewer.may("unmask")
    if is_open and datetime.now(LOCAL_ZONE) < person.until:
        return person
    forget()
    return None


def forget() -> None:
    """Mask again."""
    st.session_state.pop(KEPT, None)


def offer(viewer: Viewer, dossier: Row) -> None:
    """The way to the person in clear for who may; until when, where he is in clear already."""
    is_masked = viewer.may("unmask") and not viewer.may("personal")
    if not is_masked or not (dossier["applicant_name"] or dossier["applicant_phone"]):
        return
    person = in_clear(viewer, dossier)
    if person is not None:
        _closing(viewer, dossier)
        return
    words = viewer.words
    with st.popover(words("dossier.person.show"), icon=":material/visibility:", width="stretch"):
        _ask(viewer, dossier)


@guard.fragment(run_every=LOOK_AGAIN)
def _closing(viewer: Viewer, dossier: Row) -> None:
    """Until when the person is in clear; the screen is drawn anew, masked, when that is over."""
    person = in_clear(viewer, dossier)
    if person is None:
        st.rerun()
    words = viewer.words
    st.caption(words("dossier.person.until", at=f"{person.until:%H:%M:%S}"))
    if st.button(
        words("dossier.person.hide"), icon=":material/visibility_off:", key="dossier.person.hide"
    ):
        forget()
        st.rerun()


def _ask(viewer: Viewer, dossier: Row) -> None:
    words = viewer.words
    purposes = {one.id: one for one in privacy(warehouse_folder()).unmask.purposes}
    with st.form("dossier.person", border=False):
        purpose = st.selectbox(
            words("dossier.person.purpose"),
            list(purposes),
            index=None,
            format_func=lambda one: escaped(purposes[one].label(viewer.language)),
            placeholder=words("dossier.person.choose"),
            key="dossier.person.purpose",
        )
        reason = st.text_input(
            words("dossier.person.reason"),
            max_chars=200,
            placeholder=words("dossier.person.reason_hint", least=LEAST),
            key="dossier.person.reason",
        )
        st.caption(words("dossier.person.logged"))
        is_asked = st.form_submit_button(
            words("dossier.person.show_now"), type="primary", key="dossier.person.show"
        )
    if is_asked:
        wish = Wish(dossier["system"], dossier["dossier_code"], purpose or "", reason or "")
        _show(viewer, wish)


def _show(viewer: Viewer, wish: Wish) -> None:
    """Unmask; what is refused, and that it could not be logged, is said and shows nothing."""
    snapshot = warehouse.current_snapshot()
    assert snapshot is not None  # noqa: S101 - the guard let nobody in without one
    who = viewer.identity
    try:
        person = unmask(warehouse_folder(), snapshot, viewer.scope, who.person, wish)
    except Refused as refusal:
        st.error(text.refusal(viewer.words, refusal), icon=":material/block:")
        return
    st.session_state[KEPT] = (who, person)
    st.rerun()
