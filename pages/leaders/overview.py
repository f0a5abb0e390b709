"""Overview: what came in, what left as promised or late, and what needs attention most?

Queries: summary (of the period and two earlier ones), reorganised, identities, trend, heatmap,
queue_counts, apology_funnel, satisfaction, answers_by_group_and_month.
"""

import streamlit as st

from pages.leaders import finding_ways
from pages.leaders import overview_figures as figures
from pages.leaders import overview_pictures as pictures
from pages.leaders.overview_state import whereabouts
from pages.ui import compare, filters, guard, heading, series, states, tiles

viewer = guard.enter("overview")
chosen = heading.with_filters(viewer, ("period", "unit"))
params = chosen.params(viewer.as_of)

states.wrong_sums(viewer.words, viewer.ask("identities", **params).to_pylist())
summary = viewer.ask("summary", **params).to_pylist()[0]
if not summary["received"] and not summary["not_accepted"]:
    states.nothing_matches(viewer.words, filters.in_words(viewer, chosen), unit=None, period="all")
    st.stop()
cells = viewer.ask("heatmap", **params).to_pylist()
months = series.history(viewer, chosen)
compared = compare.compared(viewer, chosen, summary)

finding_ways.say(viewer, chosen, figures.findings(viewer, chosen, compared, cells))
tiles.row(viewer, chosen, figures.five_tiles(viewer, chosen, compared, months))
compare.say(viewer, chosen, compared)
whereabouts(viewer, chosen, compared)

left, right = st.columns([3, 2])
with left, st.container(border=True, height="stretch"):
    pictures.months(viewer, chosen, months)
with right, st.container(border=True, height="stretch"):
    pictures.open_now(viewer, chosen, summary)

answers = figures.months_of_answers(viewer, chosen)
if answers:
    left, right = st.columns([3, 2])
    with left, st.container(border=True, height="stretch"):
        pictures.hotspots(viewer, chosen, summary, cells, units=6)
    with right, st.container(border=True, height="stretch"):
        pictures.satisfaction(viewer, chosen, answers)
else:  # no survey has enough answers: the other card has the room
    with st.container(border=True):
        pictures.hotspots(viewer, chosen, summary, cells, units=9)

figures.four_rates(viewer, chosen, compared, months)
