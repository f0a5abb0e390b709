"""Signals: which patterns to look at before the rate is trusted, and what do they do to it?

Queries: summary, signals, click_lag, numbering_gaps, quiet_days, survey_bursts.
"""

import streamlit as st

from pages.leaders import signals_parts as parts
from pages.leaders import signals_tables as told
from pages.ui import guard, heading, states, text
from pages.ui.text import escaped

viewer = guard.enter("signals")
chosen = heading.with_filters(viewer, ("period", "unit", "field"))

found = parts.found(viewer, chosen)
if not found:
    period = escaped(chosen.period.label(viewer.language))
    states.nothing_matches(viewer.words, period, unit=None, field=None, period="all")
    st.stop()
text.findings(viewer.words, "signals.insight", parts.findings(viewer, found))
with st.container(border=True):
    parts.table(viewer, chosen, found)
left, right = st.columns(2)
with left, st.container(border=True, height="stretch"):
    told.click_lag(viewer, chosen)
with right, st.container(border=True, height="stretch"):
    told.not_reconciled(viewer, chosen)
with st.container(border=True):
    told.bursts(viewer, chosen)
