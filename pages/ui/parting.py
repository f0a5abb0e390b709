"""Signing out: this sign-in is over in every tab, and so is every copy of its cookie."""

from __future__ import annotations

from datetime import UTC, datetime

import streamlit as st

from pages.ui import logbook
from pages.ui.identity import Identity
from pipeline import admission, sessions
from pipeline.settings import warehouse_folder


def leave(who: Identity | None = None) -> None:
    """End the sign-in, here and at the provider. who: as whom the board knew him, if it did."""
    claims = st.user.to_dict()
    if claims.get("is_logged_in"):
        sessions.end(warehouse_folder(), admission.session_of(claims), datetime.now(UTC))
        if who is not None:
            logbook.left(who)
    st.logout()
