"""Satisfaction: how satisfied are people, how sure is that, how many answered, what did they write?

Queries: satisfaction, satisfaction_questions, satisfaction_comments, response_rate,
response_rate_by_unit.
"""

import streamlit as st

from pages.leaders import satisfaction_pictures as pictures
from pages.leaders import satisfaction_tables as answers
from pages.ui import guard, heading, states, text, tiles
from pages.ui.text import escaped
from pipeline.settings import settings

viewer = guard.enter("satisfaction")
chosen = heading.with_filters(viewer, ("period", "unit", "field"))

scales = answers.scales(viewer, chosen)
if not scales:
    period = escaped(chosen.period.label(viewer.language))
    states.nothing_matches(viewer.words, period, unit=None, field=None, period="all")
    st.stop()
scale = answers.choose_scale(viewer, scales)
total = scales[scale]
response = viewer.ask("response_rate", **chosen.params(viewer.as_of)).to_pylist()[0]
if total["n"] < settings().suppress_below_n:  # a small group gives its members away
    st.info(viewer.words("state.suppressed", n=settings().suppress_below_n))
    st.stop()
text.findings(viewer.words, "satisfaction.insight", answers.findings(total, response))
tiles.row(viewer, chosen, answers.four_tiles(viewer, total, response))

left, right = st.columns([3, 2])
with left, st.container(border=True, height="stretch"):
    pictures.by_month(viewer, chosen, scale)
with right, st.container(border=True, height="stretch"):
    pictures.levels(viewer, total)

with st.container(border=True):
    by = pictures.choose_group(viewer)
    groups = answers.groups(viewer, chosen, scale, by)
    pictures.compared(viewer, groups)
    answers.table(viewer, chosen, groups, by)
with st.container(border=True):
    answers.questions(viewer, chosen, scale)
if viewer.may("comments"):
    with st.container(border=True):
        answers.comments(viewer, chosen)
