"""The panels of the public board, and how they follow one another on the screen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import streamlit as st

from pages.public import board_figures as figures
from pages.public.board_panels import PANELS, Panel
from pages.public.rotation import Turn
from pages.ui import guard, moment, wall
from pages.ui.guard import Viewer
from pages.ui.wall import Said, Words
from pipeline.errors import Refused
from pipeline.settings import settings

_TURN = "public.turn"
_BUTTONS = "public.panel"
EACH = timedelta(seconds=settings().public_board.seconds_per_panel)


@dataclass(frozen=True)
class Page:
    """One panel as it stands on the screen for a turn: a long one has several pages."""

    key: str
    draw: Callable[[], str]


@st.fragment(run_every=EACH)
def rotating() -> None:
    """The panel whose turn it is. Runs by itself: a new snapshot shows at the next turn.

    What cannot be done is nobody's business in the hall: the reason stands in the server's log.
    """
    words = Words()
    try:
        viewer = guard.enter("public")
        if viewer.snapshot_id:
            _turn(viewer, words)
        else:
            wall.without_figures("nothing")
    except Refused as refused:
        wall.unavailable(refused)


def _turn(viewer: Viewer, words: Words) -> None:
    pages = [Page(panel.key, draw) for panel in PANELS for draw in panel.pages(viewer, words)]
    now = moment.now()
    turn = st.session_state.get(_TURN) or Turn(0, now)
    turn = turn.now(now, len(pages), EACH)
    st.session_state[_TURN] = turn
    page = pages[turn.at]
    wall.show(
        page.draw(),
        moment=_moment(viewer, words),
        notices=_notices(viewer, words),
        at=f"{turn.at + 1}/{len(pages)}",
    )
    _buttons(words, pages, turn)


def _moment(viewer: Viewer, words: Words) -> Said:
    return words.words(
        "public.moment",
        at=lambda spoken: spoken.as_of(viewer.as_of),
        ago=lambda spoken: spoken.ago(moment.now() - figures.built_at(viewer)),
    )


def _notices(viewer: Viewer, words: Words) -> list[Said]:
    """What a reader must know before any figure."""
    said = []
    if figures.is_invented(viewer):
        said.append(words.words("public.invented"))
    if not viewer.moment.is_live:
        said.append(words.words("public.ended"))
    elif figures.is_stale(viewer):
        said.append(words.words("public.stale"))
    return said


def _buttons(words: Words, pages: list[Page], turn: Turn) -> None:
    """For who stands at the screen: go to a panel, hold it, let it go on."""
    first = {page.key: at for at, page in reversed(list(enumerate(pages)))}
    names = {panel.key: panel for panel in PANELS if panel.key in first}
    is_held = turn.is_held(moment.now())
    st.session_state[_BUTTONS] = pages[turn.at].key
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.segmented_control(
            _beside(words.words("public.choose")),
            list(names),
            key=_BUTTONS,
            format_func=lambda key: _beside(_short(words, names[key])),
            on_change=_go_to,
            args=(first,),
            required=True,
            label_visibility="collapsed",
        )
        st.button(
            _beside(words.words("public.go_on" if is_held else "public.hold")),
            key="public.hold",
            icon=":material/play_arrow:" if is_held else ":material/pause:",
            on_click=_let_go if is_held else _hold,
        )


def _short(words: Words, panel: Panel) -> Said:
    return words.words(f"public.{panel.key}.short")


def _beside(said: Said) -> str:
    return f"{said.first} · {said.beside}"


def _go_to(first: dict[str, int]) -> None:
    asked = st.session_state[_BUTTONS]
    if asked in first:
        st.session_state[_TURN] = st.session_state[_TURN].on(first[asked], moment.now())


def _hold() -> None:
    st.session_state[_TURN] = st.session_state[_TURN].held(moment.now())


def _let_go() -> None:
    st.session_state[_TURN] = st.session_state[_TURN].released(moment.now())
