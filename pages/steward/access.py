"""Who sees which unit, and why does somebody see what he sees?

Queries: none; it asks the office's list of people (pipeline/access_explained.py).
"""

import streamlit as st

from pages.steward import access_parts as parts
from pages.ui import guard

viewer = guard.enter("access")
st.title(viewer.words("access.title"), anchor=False)
st.caption(viewer.words("access.about"))
parts.people(viewer)
