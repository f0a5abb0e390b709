"""Before the board: how to sign in, or whom to ask. Nothing else is built for who stands here."""

from __future__ import annotations

import streamlit as st
from streamlit.navigation.page import Page

from pages.ui import address, logbook, parting
from pages.ui.identity import language, listed_people
from pages.ui.text import refusal
from pipeline.errors import NotAdmitted
from pipeline.settings import settings
from pipeline.wording import LANGUAGES, wording

# Who signed in comes on with another account only: the same one would be refused again.
_MAY_SIGN_IN = ("error.entry.sign_in", "error.entry.session_over")


def shut(reason: NotAdmitted, logo: str) -> None:
    """The whole page for somebody who is not let in, whatever address he asked for."""
    words = wording(language())
    asked = address.screen_asked_for()
    pages = [Page(lambda: say(reason), title=words("product.name"), url_path="", default=True)]
    if asked:  # Streamlit would call an address that is not among the pages missing, in English
        pages.append(Page(lambda: say(reason), title=words("product.name"), url_path=asked))
    current = st.navigation(pages, position="hidden")
    st.logo(logo, size="medium", icon_image=logo)
    current.run()


def say(reason: NotAdmitted) -> None:
    """Why nobody is let in, and the way on."""
    words = wording(language())
    office = settings().office
    if "person" in reason.values:
        logbook.turned_away(str(reason.values["person"]), reason.key)
    with st.container(horizontal=True, horizontal_alignment="right"):
        address.choose(
            "lang",
            LANGUAGES,
            default=office.default_language,
            label=words("shell.language"),
            shown=str.upper,
            look="segments",
            label_visibility="collapsed",
        )
    with (
        st.container(horizontal_alignment="center"),
        st.container(border=True, width=560),
    ):
        st.caption(office.name(words.language))
        st.subheader(words("entrance.title"), anchor=False)
        st.markdown(refusal(words, reason))
        _way_on(reason)
        st.caption(words("entrance.ask", contact=office.contact(words.language)))


def _way_on(reason: NotAdmitted) -> None:
    words = wording(language())
    try:
        listed = listed_people()
    except NotAdmitted:
        return
    if listed.mode != "oidc":
        return
    provider = listed.oidc.provider
    if reason.key in _MAY_SIGN_IN:
        st.button(
            words("entrance.sign_in"),
            key="entrance.sign_in",
            type="primary",
            icon=":material/login:",
            on_click=st.login,
            args=(None if provider == "default" else provider,),
        )
    else:
        st.button(
            words("entrance.other"),
            key="entrance.other",
            icon=":material/switch_account:",
            on_click=parting.leave,
        )
