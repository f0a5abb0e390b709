"""Official forms: what goes into a period's report, does it add up, and where is the file to send?

Queries: ii06a, unit_heirs, identities.
"""

import streamlit as st

from pages.leaders import forms_parts as parts
from pages.ui import guard, heading

viewer = guard.enter("forms")
chosen = heading.with_filters(viewer, ("period", "unit"))

name, units = parts.choices(viewer)
filled = parts.filled(viewer, chosen, name, units)
parts.verdict(viewer, filled)
with st.container(border=True):
    parts.table(viewer, chosen, filled)
with st.container(border=True):
    parts.checks(viewer, filled)
