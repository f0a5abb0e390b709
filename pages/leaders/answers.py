"""Answers: which survey answers are behind this number?

Queries: satisfaction_answers, satisfaction, satisfaction_questions.
"""

import streamlit as st

from pages.leaders import answers_parts as parts
from pages.leaders import satisfaction_figures as figures
from pages.leaders.satisfaction_groups import scales
from pages.ui import address, filters, guard, heading, links, states, text
from pages.ui.links import ANSWER_NARROWINGS
from pipeline.insight import Insight
from pipeline.queries import ANSWERED

viewer = guard.enter("answers")
words = viewer.words
links.back(viewer)
chosen = heading.with_filters(viewer, ("period", "unit", "field"))
known = scales(viewer, chosen)

left, right = st.columns([3, 4], vertical_alignment="bottom")
with left:
    measure = address.choose(
        "measure",
        ANSWERED,
        default="n",
        label=words("dossiers.measure_label"),
        shown=lambda key: words(f"answers.measure.{key}"),
    )
with right:
    search = address.ask_text(
        "search",
        label=words("satisfaction.comments.search"),
        placeholder=words("satisfaction.comments.search"),
        icon=":material/search:",
    )
scale = figures.choose_scale(viewer, known) if known and measure != "responses" else None
listing = parts.Listing(chosen, measure, scale, search, parts.narrowings())

if known and (why := parts.why_not(viewer, listing)):
    figures.kept_back(viewer, known[scale or next(iter(known))], why)
    st.stop()
total = listing.total(viewer) if known else 0
name = words(f"answers.measure.{measure}")
text.findings(words, "answers.insight", [Insight("count", {"n": total, "name": name})])
parts.ways_out(viewer, listing)
if not total:
    states.nothing_matches(
        words,
        filters.in_words(viewer, chosen),
        "satisfaction.nothing.period",
        unit=None,
        field=None,
        period="all",
        search=None,
        **dict.fromkeys(ANSWER_NARROWINGS),
    )
    st.stop()
parts.note(viewer, listing)
parts.table(viewer, listing, key=f"answers.{measure}")
