"""What viewers do, for the access log: files taken away, doors found closed, persons unmasked."""

from __future__ import annotations

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from pages.ui.identity import Identity
from pipeline import audit
from pipeline.audit import Event
from pipeline.settings import warehouse_folder

TOLD = "logbook.told"  # of the session: refusals that its log entries tell already


def note(who: Identity, event: Event, what: str, rows: int | None = None, **detail: str) -> None:
    """Add an entry. Raises Refused where it cannot be kept: then it must not happen either."""
    units = {} if who.unit_id is None else {"of_unit": who.unit_id}
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


def refused(who: Identity, what: str, **detail: str) -> None:
    """Note a refusal, once a session: every run of a refused screen refuses anew."""
    key = (who.person, who.role, who.unit_id, what, *sorted(detail.items()))
    if get_script_run_ctx(suppress_warning=True) is not None:
        told = st.session_state.setdefault(TOLD, set())
        if key in told:
            return
        told.add(key)
    note(who, "refused", what, None, **detail)
