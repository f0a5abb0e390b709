"""Online: how much of what comes in is submitted online, where not, and what could be?

Queries: online, channel_mix, online_by_unit, online_by_field, online_by_procedure, online_unused,
freshness.
"""

import streamlit as st

from pages.leaders import online_pictures as pictures
from pages.ui import guard, heading, states, text, tiles
from pages.ui.text import escaped

viewer = guard.enter("online")
chosen = heading.with_filters(viewer, ("period", "unit", "field"))

totals = pictures.totals(viewer, chosen)
if not totals["received_in_period"]:
    period = escaped(chosen.period.label(viewer.language))
    states.nothing_matches(viewer.words, period, unit=None, field=None, period="all")
    st.stop()
unused = pictures.unused(viewer, chosen)
text.findings(viewer.words, "online.insight", pictures.findings(viewer, totals, unused))
pictures.meaning_changed(viewer, chosen)
tiles.row(viewer, chosen, pictures.five_tiles(viewer, chosen, totals))

left, right = st.columns([3, 2])
with left, st.container(border=True, height="stretch"):
    pictures.share_by_month(viewer, chosen)
with right, st.container(border=True, height="stretch"):
    pictures.channels(viewer, chosen)

with st.container(border=True):
    pictures.mix_by_month(viewer, chosen)
with st.container(border=True):
    pictures.breakdown(viewer, chosen)
with st.container(border=True):
    pictures.never_used(viewer, chosen, unused)
