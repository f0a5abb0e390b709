"""Steps: where does the time go, at which step do dossiers turn late, and who waits for whom?

Queries: step_times, step_turning, step_units, step_desks, step_handoffs, postal_leg.
"""

import streamlit as st

from pages.leaders import steps_parts as parts
from pages.leaders import steps_tables as told
from pages.ui import guard, heading, states, text
from pages.ui.text import escaped

viewer = guard.enter("steps")
chosen = heading.with_filters(viewer, ("period", "unit", "field"))

times = parts.times(viewer, chosen)
if not times:
    period = escaped(chosen.period.label(viewer.language))
    states.nothing_matches(viewer.words, period, unit=None, field=None, period="all")
    st.caption(viewer.words("steps.none"))
    st.stop()
turning = parts.turning(viewer, chosen)
text.findings(viewer.words, "steps.insight", parts.findings(viewer, times, turning))

left, right = st.columns(2)
with left, st.container(border=True, height="stretch"):
    parts.time_by_kind(viewer, times)
with right, st.container(border=True, height="stretch"):
    parts.turned_late(viewer, chosen, turning)
with st.container(border=True):
    told.by_step(viewer, chosen, times)
with st.container(border=True):
    told.by_desk(viewer, chosen)
left, right = st.columns(2)
with left, st.container(border=True, height="stretch"):
    told.handoffs(viewer, chosen)
with right, st.container(border=True, height="stretch"):
    told.post(viewer, chosen)
