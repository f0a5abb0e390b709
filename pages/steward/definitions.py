"""What does every figure mean, how is it computed, and by which law?

Queries: summary.
"""

import streamlit as st

from pages.steward import definitions_parts as parts
from pages.ui import address, guard
from pages.ui.text import escaped

viewer = guard.enter("definitions")
words = viewer.words
st.title(words("definitions.title"), anchor=False)
st.caption(words("definitions.caption"))

parts.four_rates(viewer)

st.subheader(words("definitions.every"), anchor=False)
asked = address.ask_text(
    "find",
    label=words("action.search"),
    placeholder=words("definitions.find"),
    icon=":material/search:",
)
found = parts.matching(viewer.language, asked)
if not found:
    st.info(words("definitions.nothing", asked=escaped(asked)), icon=":material/search_off:")
else:
    st.caption(words("definitions.found", n=len(found)))
parts.listed(viewer, found)

parts.notes(viewer)
