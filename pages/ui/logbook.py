"""What viewers do, for the access log: files taken away, doors found closed, persons unmasked."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from pages.ui.identity import Identity
from pipeline import audit
from pipeline.audit import Event
from pipeline.settings import warehouse_folder

ENTERED = "logbook.entered"  # of the session: the sign-in that its log entry tells already
SESSIONS = 10_000  # sign-ins remembered, so that a new tab is no new sign-in
TOLD = "logbook.told"  # of the session: refusals that its log entries tell already

A_WHILE = 60.0  # seconds
_by_everybody: dict[str, tuple[float, int]] = {}  # what -> when it was noted, how often since
_sessions: OrderedDict[str, None] = OrderedDict()
_lock = threading.Lock()


def note(who: Identity, event: Event, what: str, rows: int | None = None, **detail: str) -> None:
    """Add an entry. Raises Refused where it cannot be kept: then it must not happen either."""
    units = {"of_unit": ", ".join(who.unit_ids)} if who.unit_ids else {}
    audit.record(
        warehouse_folder(),
        event,
        who=who.person,
        role=who.role,
        what=what,
        rows=rows,
        **units,
        **detail,
    )


def entered(who: Identity) -> None:
    """Note a sign-in, once for all its tabs. Raises Refused where that cannot be kept."""
    if who.mode == "none" or who.is_public:
        return
    sign_in = (who.person, who.session)
    if st.session_state.get(ENTERED) == sign_in:
        return
    if not (who.session and _is_known(who.session)):
        note(who, "sign_in", who.mode)
    st.session_state[ENTERED] = sign_in


def left(who: Identity) -> None:
    """Note that somebody signed out."""
    note(who, "sign_out", who.mode)


def turned_away(person: str, why: str) -> None:
    """Note that somebody signed in who has no place on the board, once a session."""
    told = st.session_state.setdefault(TOLD, set())
    if (person, why) in told:
        return
    audit.record(warehouse_folder(), "refused", who=person, role="", what=why)
    told.add((person, why))


def _is_known(session: str) -> bool:
    """Whether this sign-in was noted since the server started; it is from now on."""
    with _lock:
        known = session in _sessions
        _sessions[session] = None
        while len(_sessions) > SESSIONS:
            _sessions.popitem(last=False)
    return known


def refused(who: Identity, what: str, **detail: str) -> None:
    """Note a refusal, once a session: every run of a refused screen refuses anew.

    Of everybody, who needs no sign-in for a new session, one a minute is noted and the rest is
    counted, so that nobody outside can fill the disk.
    """
    if who.is_public:
        with _lock:
            at, unsaid = _by_everybody.get(what, (-A_WHILE, 0))
            is_soon = time.monotonic() < at + A_WHILE
            _by_everybody[what] = (at, unsaid + 1) if is_soon else (time.monotonic(), 0)
        if not is_soon:
            note(who, "refused", what, None, **detail, **({"also": str(unsaid)} if unsaid else {}))
        return
    key = (who.person, who.role, who.unit_ids, what, *sorted(detail.items()))
    if get_script_run_ctx(suppress_warning=True) is not None:
        told = st.session_state.setdefault(TOLD, set())
        if key in told:
            return
        told.add(key)
    note(who, "refused", what, None, **detail)
