"""Satisfaction: how satisfied are people, how sure is that, how many answered, what did they write?

Queries: satisfaction, satisfaction_questions, satisfaction_answers, response_rate,
response_rate_by_unit, response_rate_by_field, answers_by_group_and_month, freshness.
"""

import streamlit as st

from pages.leaders import satisfaction_figures as figures
from pages.leaders import satisfaction_groups as answers
from pages.leaders import satisfaction_pictures as pictures
from pages.leaders import satisfaction_tables as rows
from pages.ui import guard, heading, text, tiles

viewer = guard.enter("satisfaction")
chosen = heading.with_filters(viewer, ("period", "unit", "field"))

scales = answers.scales(viewer, chosen)
response = viewer.ask("response_rate", **chosen.params(viewer.as_of)).to_pylist()[0]
if not scales:
    figures.nothing(viewer, chosen, response)
    st.stop()
scale = figures.choose_scale(viewer, scales)
total = scales[scale]
if why := answers.why_kept_back(viewer, chosen, total):
    figures.kept_back(viewer, total, why)
    tiles.row(viewer, chosen, [figures.response_tile(viewer, chosen, response)])
    st.stop()
found = figures.findings(viewer, chosen, total, response)
text.findings(viewer.words, "satisfaction.insight", found)
tiles.row(viewer, chosen, figures.five_tiles(viewer, chosen, total, response))

left, right = st.columns([3, 2])
with left, st.container(border=True, height="stretch"):
    pictures.by_month(viewer, chosen, scale)
with right, st.container(border=True, height="stretch"):
    pictures.levels(viewer, chosen, total)

with st.container(border=True):
    by = rows.choose_group(viewer, chosen)
    groups = rows.ranked(answers.groups(viewer, chosen, scale, by))
    pictures.compared(viewer, chosen, groups, by)
    rows.compared(viewer, chosen, groups, by)
questions = answers.questions(viewer, chosen, scale)
if len(questions) > 1:  # one alone is what stands above
    with st.container(border=True):
        pictures.questions(viewer, chosen, questions)
        rows.questions(viewer, chosen, questions)
with st.container(border=True):
    rows.response(viewer, chosen)
if viewer.may("comments"):
    with st.container(border=True):
        rows.comments(viewer, chosen, scale)
