"""Hot spots: where do late dossiers come from, how late are they, and which were never closed?

Queries: summary (of the period and two earlier ones), reorganised, hotspots, heatmap,
pareto_fields, overdue_age, old_open, trend, by_field, by_unit, by_procedure, by_officer (for
roles that may see officers).
"""

import streamlit as st

from pages.leaders import finding_ways
from pages.leaders import hotspots_pictures as pictures
from pages.leaders import hotspots_tables as rankings
from pages.ui import compare, guard, heading, series, states, tiles
from pages.ui.text import escaped

viewer = guard.enter("hotspots")
chosen = heading.with_filters(viewer, ("period", "unit", "field"))

summary = viewer.ask("summary", **chosen.params(viewer.as_of)).to_pylist()[0]
if not summary["received"]:
    period = escaped(chosen.period.label(viewer.language))
    states.nothing_matches(viewer.words, period, unit=None, field=None, period="all")
    st.stop()
compared = compare.compared(viewer, chosen, summary)
months = series.history(viewer, chosen)
finding_ways.say(viewer, chosen, rankings.findings(viewer, chosen, summary))
tiles.row(viewer, chosen, rankings.four_tiles(viewer, chosen, compared, months))
compare.say(viewer, chosen, compared)
if not summary["late_or_overdue"]:
    with st.container(border=True):
        pictures.old_and_open(viewer, chosen)
    st.stop()

cells = viewer.ask("heatmap", **chosen.params(viewer.as_of)).to_pylist()
if len({row["unit_id"] for row in cells}) > 1:
    with st.container(border=True):
        pictures.heat_map(viewer, chosen, cells)

left, right = st.columns([3, 2])
with left, st.container(border=True, height="stretch"):
    pictures.fields(viewer, chosen, summary)
with right, st.container(border=True, height="stretch"):
    pictures.ages(viewer, chosen)

with st.container(border=True):
    rankings.ranking(viewer, chosen, summary)

left, right = st.columns([3, 2])
with left, st.container(border=True, height="stretch"):
    pictures.late_by_month(viewer, chosen, months)
with right, st.container(border=True, height="stretch"):
    pictures.old_and_open(viewer, chosen)
