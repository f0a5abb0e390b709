"""Overview: what came in, what left as promised or late, and what needs attention most?

Queries: summary, by_field, apology_funnel, identities, trend, heatmap, satisfaction.
"""

import streamlit as st

from pages.leaders import overview_figures as figures
from pages.leaders import overview_pictures as pictures
from pages.ui import filters, guard, heading, states, text, tiles

viewer = guard.enter("overview")
chosen = heading.with_filters(viewer, ("period", "unit"))
params = chosen.params(viewer.as_of)

states.wrong_sums(viewer.words, viewer.ask("identities", **params).to_pylist())
summary = viewer.ask("summary", **params).to_pylist()[0]
if not summary["received"] and not summary["not_accepted"]:
    states.nothing_matches(viewer.words, filters.in_words(viewer, chosen), unit=None, period="all")
    st.stop()
text.findings(viewer.words, "overview.insight", figures.findings(viewer, chosen, summary))
tiles.row(viewer, chosen, figures.five_tiles(viewer, chosen, summary))
figures.whereabouts(viewer, chosen, summary)

left, right = st.columns([3, 2])
with left, st.container(border=True, height="stretch"):
    pictures.months(viewer, chosen)
with right, st.container(border=True, height="stretch"):
    pictures.open_now(viewer, chosen, summary)

left, right = st.columns([3, 2])
with left, st.container(border=True, height="stretch"):
    pictures.hotspots(viewer, chosen)
with right, st.container(border=True, height="stretch"):
    pictures.satisfaction(viewer, chosen)

figures.four_rates(viewer, summary)
