"""What stands around every screen: navigation, identity, language, the state of the data."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from functools import partial
from pathlib import Path

import streamlit as st
from streamlit.navigation.page import Page

from pages.ui import account, address, entrance, logbook, moment, states, warehouse
from pages.ui.identity import FIRST_ROLE, PUBLIC, Identity, board_scope, identity
from pages.ui.screens import Screen, screens, screens_of
from pages.ui.source_names import source_name
from pages.ui.text import escaped
from pipeline.access import role, roles
from pipeline.errors import NotAdmitted, Refused
from pipeline.settings import settings
from pipeline.warehouse import Snapshot
from pipeline.wording import LANGUAGES

MARK = Path(__file__).with_name("mark.svg")
WORDMARK = Path(__file__).with_name("wordmark.svg")
_LEFT = "shell.left"  # the viewer took another role in this run


def board() -> None:
    """The frame and the screen for who is let in; for anybody else how to come in, and no more."""
    try:
        logbook.entered(identity())
    except NotAdmitted as reason:
        entrance.shut(reason, str(WORDMARK))
        return
    except Refused as refused:  # the access log cannot be written: nobody comes in unnoticed
        states.refused(refused)
        return
    run(navigation())


def navigation() -> Page:
    """Register every screen, and return the one to run.

    Each has its address for every role, so that a link to it is never called missing; the menu
    holds what the role may open, and the guard of a screen refuses the others. At the board's own
    address stands the role's first screen; a way on from there to its named address would hold
    whoever goes back in the browser.
    """
    who = identity()
    if who.is_public:
        return _public_navigation(who)
    shown = screens_of(who.role)
    pages = {key: _page(screen, who) for key, screen in screens().items()}
    menu: dict[str, list[Page]] = {}
    for screen in shown:
        if screen.in_menu:
            heading = who.words(f"shell.section.{screen.section}")
            menu.setdefault(heading, []).append(pages[screen.key])
    # A role without any screen gets the first one, whose guard says that it is not for him.
    first = next(iter([*shown, *screens().values()]))
    hidden = [page for page in pages.values() if page.visibility == "hidden"]
    # Last: links by file lead to the named address, which is found first.
    menu[""] = [*hidden, *_no_such_screen(who, screens()), _page(first, who, is_start=True)]
    current = st.navigation(menu, position="top", expanded=True)
    may_stay = current.url_path in ["", *(screen.key for screen in shown)]
    if st.session_state.pop(_LEFT, False) and not may_stay:
        st.switch_page(pages[first.key], query_params=address.everything())
    return current


def _public_navigation(who: Identity) -> Page:
    """Only what is for everybody: no menu, and no other screen's name is sent to the browser."""
    shown = screens_of(who.role)
    pages = [_page(screen, who) for screen in shown]
    known = [screen.key for screen in shown]
    start = _page(shown[0], who, is_start=True)
    return st.navigation([*pages, *_no_such_screen(who, known), start], position="hidden")


def _page(screen: Screen, who: Identity, *, is_start: bool = False) -> Page:
    """A screen for Streamlit, by its key or as the one at the board's own address."""
    words = who.words
    is_shown = screen.in_menu and screen.open_to(who.role) and not is_start
    return Page(
        screen.file,
        title=words(f"{screen.key}.title"),
        icon=f":material/{screen.icon}:",
        url_path="" if is_start else screen.key,
        default=is_start,
        visibility="visible" if is_shown else "hidden",
        help=words(f"{screen.key}.about"),
    )


def _no_such_screen(who: Identity, known: Collection[str]) -> list[Page]:
    """A page for an address that names no known screen: Streamlit would say so in English."""
    asked = address.screen_asked_for()
    if not asked or asked in known:
        return []
    say_so = partial(states.no_such_screen, who)
    title = who.words("states.no_such_screen")
    return [Page(say_so, title=title, url_path=asked, visibility="hidden")]


def run(page: Page) -> None:
    """The frame and the screen; what cannot be done is said in one sentence, not as a crash.

    A frame that cannot be drawn keeps no one from a screen that can: new files are how a snapshot
    that is no good is mended.
    """
    told: set[str] = set()
    for draw in (frame, page.run):
        try:
            draw()
        except NotAdmitted:
            st.rerun()  # taken away in the midst of the run: shown out like anybody else
        except Refused as refused:
            if str(refused) not in told:
                states.refused(refused)
            told.add(str(refused))


def frame() -> None:
    """Everything but the screen itself; nothing for the public, whose screen stands alone."""
    if identity().is_public:
        return
    st.logo(str(WORDMARK), size="medium", icon_image=str(WORDMARK))
    snapshot = warehouse.current_snapshot()
    who = identity()
    _line(who, snapshot)
    if who.chooses_role:
        _sidebar(who, snapshot)
    if snapshot is not None:
        _banners(who, snapshot)


def _line(who: Identity, snapshot: Snapshot | None) -> None:
    """One line on top: whose board, as what role one looks, how fresh, and the language."""
    words = who.words
    said = [settings().office.name(who.language), who.role_label]
    if snapshot is not None:
        built_at = datetime.fromisoformat(snapshot.meta["built_at"])
        said.append(words("shell.loaded", ago=words.ago(moment.now() - built_at)))
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(" · ".join(said), width="stretch")
        account.panel(who, snapshot)
        address.choose(
            "lang",
            LANGUAGES,
            default=settings().office.default_language,
            label=words("shell.language"),
            shown=str.upper,
            look="segments",
            label_visibility="collapsed",
        )


def _sidebar(who: Identity, snapshot: Snapshot | None) -> None:
    """Role and unit, while there is no sign-in to tell them."""
    words = who.words
    with st.sidebar:
        st.subheader(words("shell.viewer"), anchor=False)
        address.choose(
            "role",
            [key for key in roles().roles if key != PUBLIC],
            default=FIRST_ROLE,
            label=words("shell.role"),
            shown=lambda key: role(key).label(who.language),
            on_choice=_take_role,
        )
        if snapshot is not None:
            units = states.unit_names()
            nobody = "" if not who.works_for_one_unit else None
            options = [*([nobody] if nobody is not None else []), *units]
            if options and (who.unit_id or nobody is not None):
                address.choose(
                    "as",
                    options,
                    default=nobody if nobody is not None else "",
                    label=words("shell.unit"),
                    shown=lambda key: units.get(key, words("filters.every_unit")),
                )
        st.caption(words("shell.no_sign_in"))


def _take_role(chosen: str) -> None:
    """Another role: the unit stays, the filter inside the former unit does not."""
    address.write("role", None if chosen == FIRST_ROLE else chosen)
    address.write("unit", None)
    st.session_state[_LEFT] = True
    if role(chosen).units == "all":
        address.write("as", None)


def _banners(who: Identity, snapshot: Snapshot) -> None:
    """What a reader must know before any figure, in one place."""
    words = who.words
    shown = moment.chosen(snapshot.meta)
    # As of today whatever is looked at: figures of the past are as invented as those of now.
    asked = warehouse.answer(board_scope(), "freshness", as_of=moment.now_today())
    sources = asked.to_pylist()
    stale = [source_name(one["source"], who.language) for one in sources if one["is_stale"]]
    is_past = address.read("as_of") is not None
    said = []
    if any(source["is_invented"] for source in sources):
        said.append(words("shell.invented"))
    if is_past:
        said.append(words("shell.past", at=words.as_of(shown.as_of)))
    elif not shown.is_live:
        said.append(words("shell.ended", at=words.as_of(shown.as_of)))
    elif stale:
        said.append(words("shell.stale", sources=", ".join(map(escaped, stale))))
    if said:
        st.warning("  \n".join(said), icon=":material/info:")
    if is_past:
        st.button(
            words("shell.back_to_now"),
            key="shell.now",
            icon=":material/update:",
            on_click=address.write,
            args=("as_of", None),
            type="tertiary",
        )
