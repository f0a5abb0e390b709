"""Officers: how do the dossiers of single officers end, and how sure can one be of it?

Queries: by_officer.
"""

import streamlit as st

from pages.leaders import officers_parts as parts
from pages.ui import guard, heading, states, text
from pages.ui.text import escaped

viewer = guard.enter("officers")
chosen = heading.with_filters(viewer, ("period", "unit", "field"))

rows = parts.officers(viewer, chosen)
if not rows:
    period = escaped(chosen.period.label(viewer.language))
    states.nothing_matches(viewer.words, period, unit=None, field=None, period="all")
    st.stop()
text.findings(viewer.words, "officers.insight", parts.findings(rows))
with st.container(border=True):
    parts.table(viewer, chosen, rows)
