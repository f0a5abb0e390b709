"""Online: how much of what comes in is submitted online, where not, and what could be?

Queries: online, channel_mix, online_by_unit, online_by_field, online_by_procedure, online_offered,
freshness.
"""

import streamlit as st

from pages.leaders import online_figures as figures
from pages.leaders import online_pictures as pictures
from pages.leaders import online_tables as breakdowns
from pages.ui import filters, guard, heading, states, text, tiles

viewer = guard.enter("online")
chosen = heading.with_filters(viewer, ("period", "unit", "field"))

totals = figures.totals(viewer, chosen)
if not totals["received_in_period"]:
    named = filters.in_words(viewer, chosen)
    states.nothing_matches(viewer.words, named, unit=None, field=None, period="all")
    st.stop()
offered = breakdowns.offered(viewer, chosen)
found = figures.findings(viewer, chosen, totals, offered)
text.findings(viewer.words, "online.insight", found)
figures.meaning_changed(viewer, chosen)
tiles.row(viewer, chosen, figures.five_tiles(viewer, chosen, totals))

left, right = st.columns([3, 2])
with left, st.container(border=True, height="stretch"):
    pictures.share_by_month(viewer, chosen)
with right, st.container(border=True, height="stretch"):
    pictures.channels(viewer, chosen)

with st.container(border=True):
    pictures.mix_by_month(viewer, chosen)
with st.container(border=True):
    breakdowns.breakdown(viewer, chosen, totals)
with st.container(border=True):
    breakdowns.not_used(viewer, chosen, offered)
with st.container(border=True):
    figures.beside_766(viewer, totals)
