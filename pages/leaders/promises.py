"""Promises: which were broken or moved, and what became of the letter that each of them owes?

Queries: apology_funnel, apology_months, moved_after_due, promise_moves, late_reasons.
"""

import streamlit as st

from pages.leaders import promises_parts as parts
from pages.leaders import promises_tables as told
from pages.ui import guard, heading, states, text, tiles
from pages.ui.text import escaped

viewer = guard.enter("promises")
chosen = heading.with_filters(viewer, ("period", "unit", "field"))

rows = parts.funnel(viewer, chosen)
moves = parts.moves(viewer, chosen)
if not rows and not moves:
    period = escaped(chosen.period.label(viewer.language))
    states.nothing_matches(viewer.words, period, unit=None, field=None, period="all")
    st.stop()
text.findings(viewer.words, "promises.insight", parts.findings(rows))
tiles.row(viewer, chosen, parts.tiles_of(viewer, chosen, rows, moves))

left, right = st.columns([3, 2])
with left, st.container(border=True, height="stretch"):
    parts.steps(viewer, chosen, rows)
with right, st.container(border=True, height="stretch"):
    told.reasons(viewer, chosen)
with st.container(border=True):
    told.by_unit(viewer, chosen, rows)
left, right = st.columns([3, 2])
with left, st.container(border=True, height="stretch"):
    told.months(viewer, chosen)
with right, st.container(border=True, height="stretch"):
    told.by_moves(viewer, chosen, moves)
