"""The address is where a viewer's choices live: a link shows a colleague the same view.

Streamlit's own binding (`bind="query-params"`) writes the label of an option, which changes with
the language; here stable keys stand in the address and words on the screen. Each run reads the
address first and sets the widgets to it, so that the browser's back button works as well.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Literal

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.util import calc_hash

# Carried from screen to screen; everything else in the address belongs to one screen.
CARRIED = ("lang", "role", "as", "as_of", "period", "unit", "field")
_REMEMBERED = "address.carried"
_SCREEN = "address.screen"
_LEFT = "address.left"
FROM = "from"  # the screen that somebody came from by clicking in a table

Look = Literal["select", "segments", "pills"]


def settle() -> None:
    """Bring the carried choices back after a click in the navigation, which drops them all.

    First thing in a run, before anything reads the address. A link that brings choices of its own
    is taken as it is; so is the browser's way back on the same screen.
    """
    screen = _here()
    _come_back(screen)
    remembered: dict[str, str] = st.session_state.get(_REMEMBERED, {})
    arrived = st.session_state.get(_SCREEN) not in (None, screen)
    if arrived and remembered and not any(name in st.query_params for name in CARRIED):
        st.query_params.update(remembered)
    st.session_state[_SCREEN] = screen
    remember()


def leave(screen: str) -> None:
    """Note the whole address of a screen, by its key, before going on to another from within."""
    left = st.session_state.setdefault(_LEFT, {})
    left[screen] = (_here(), st.query_params.to_dict())


def left_at(screen: str) -> dict[str, str]:
    """The address at which a screen was left; what is carried where it was not."""
    _, left = st.session_state.get(_LEFT, {}).get(screen, ("", carried()))
    return dict(left)


def _come_back(screen: str) -> None:
    """Restore the address of a screen that the browser goes back to.

    On the way out Streamlit wrote the next screen's address over this one's; what is written
    while the browser goes back takes its place in the history.
    """
    came_from = st.query_params.get(FROM, "")
    where, left = st.session_state.get(_LEFT, {}).get(came_from, ("", {}))
    if where == screen and left != st.query_params.to_dict():
        st.query_params.from_dict(left)


def _here() -> str:
    context = get_script_run_ctx()
    return context.page_script_hash if context else ""


def remember() -> None:
    """Note the carried choices of this run for the next screen."""
    st.session_state[_REMEMBERED] = carried()


def carried() -> dict[str, str]:
    """The carried choices as they stand in the address."""
    return {name: st.query_params[name] for name in CARRIED if name in st.query_params}


def screen_asked_for() -> str:
    """The screen's name in the address that the browser was opened with; empty after that."""
    context = get_script_run_ctx()
    return (context and context.pages_manager.intended_page_name) or ""


def names(screen: str) -> bool:
    """Whether the address names this screen: by its name when it is opened, later by its mark."""
    context = get_script_run_ctx()
    if context is None:
        return False
    mark = context.pages_manager.intended_page_script_hash
    return mark == calc_hash(screen) if mark else screen_asked_for() == screen


def everything() -> dict[str, list[str]]:
    """The whole address, for a way that must lose nothing of it."""
    return {name: st.query_params.get_all(name) for name in st.query_params}


def read(name: str, allowed: Sequence[str] | None = None) -> str | None:
    """A choice from the address; None when it is absent, empty or not among the allowed ones."""
    value = st.query_params.get(name) or None
    return value if allowed is None or value in allowed else None


def write(name: str, value: str | None) -> None:
    """Put a choice into the address; None takes it out."""
    if value is None:
        st.query_params.pop(name, None)
    else:
        st.query_params[name] = value
    remember()


def onward(**choices: str | None) -> dict[str, str]:
    """The address of a link: the carried choices, with these put in or (None) taken out."""
    merged: Mapping[str, str | None] = {**carried(), **choices}
    return {name: value for name, value in merged.items() if value is not None}


def choose(
    name: str,
    options: Sequence[str],
    *,
    default: str,
    label: str,
    shown: Callable[[str], str],
    look: Look = "select",
    on_choice: Callable[[str], None] | None = None,
    help: str | None = None,
    label_visibility: Literal["visible", "hidden", "collapsed"] = "visible",
    width: int | Literal["stretch"] = "stretch",
) -> str:
    """A choice of one option, kept under `name` in the address. Returns the option's key.

    The default stays out of the address. `on_choice` replaces the plain writing of the address,
    where one choice changes another.
    """
    key = f"address.{name}"
    now = read(name, options) or (default if default in options else options[0])
    st.session_state[key] = now

    def changed() -> None:
        value = st.session_state[key]
        if value is None:  # a segment clicked twice lets go of its choice
            return
        if on_choice:
            on_choice(value)
        else:
            write(name, None if value == default else value)

    if look == "select":
        st.selectbox(
            label,
            options,
            key=key,
            format_func=shown,
            on_change=changed,
            help=help,
            label_visibility=label_visibility,
            width=width,
        )
    else:
        draw = st.segmented_control if look == "segments" else st.pills
        draw(
            label,
            options,
            key=key,
            format_func=shown,
            on_change=changed,
            required=True,
            help=help,
            label_visibility=label_visibility,
        )
    return now


def ask_text(name: str, *, label: str, placeholder: str = "", icon: str | None = None) -> str:
    """A line of text kept under `name` in the address; empty when nothing is asked."""
    key = f"address.{name}"
    st.session_state[key] = read(name) or ""
    st.text_input(
        label,
        key=key,
        placeholder=placeholder,
        icon=icon,
        on_change=lambda: write(name, st.session_state[key].strip() or None),
        label_visibility="collapsed",
    )
    return str(st.session_state[key]).strip()
