"""Procedures: how many are in force, how are they done, and is the time they allow needed?

Queries: procedures_in_force, used_time.
"""

import streamlit as st

from pages.leaders import procedures_parts as parts
from pages.ui import guard, heading, text, tiles

viewer = guard.enter("procedures")
chosen = heading.with_filters(viewer, ("period", "unit", "field"))

groups = parts.in_force(viewer)
times = parts.times(viewer, chosen)
text.findings(viewer.words, "procedures.insight", parts.findings(groups, times))
tiles.row(viewer, chosen, parts.four_tiles(viewer, groups, times))
with st.container(border=True):
    parts.time_table(viewer, chosen, times)
with st.container(border=True):
    parts.count_table(viewer, groups)
