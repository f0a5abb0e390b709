"""Who signed in, took rows away, saw a person's name or was refused what, and when?

Queries: none; it reads the access log itself (pipeline/audit).
"""

import streamlit as st

from pages.steward import access_log_parts as parts
from pages.ui import guard

viewer = guard.enter("access_log")
st.title(viewer.words("access_log.title"), anchor=False)
st.caption(viewer.words("access_log.about"))
asked = parts.filters(viewer)
if asked is not None:
    parts.entries(viewer, asked)
parts.chain(viewer)
