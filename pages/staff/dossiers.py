"""Dossiers: which dossiers are behind this number?

Queries: dossiers, units.
"""

import streamlit as st

from pages.staff import dossiers_parts as parts
from pages.ui import dossier_list, filters, guard, states, text
from pages.ui.dossier_list import Listing
from pages.ui.links import NARROWINGS

viewer = guard.enter("dossiers")
words = viewer.words
measure = parts.measure()
asked = parts.asked(viewer, measure)
page = dossier_list.page(viewer, "dossiers", asked)
parts.head(viewer, measure, parts.findings(viewer, measure, page.total))
chosen = filters.bar(viewer, ("period", "unit", "field"))
parts.ways_out(viewer)
narrowed = parts.narrowed_to(viewer, chosen, measure)
if not page.total:
    states.nothing_matches(
        words,
        " · ".join(text.escaped(value) for _, value in narrowed),
        unit=None,
        field=None,
        period="all",
        search=None,
        **dict.fromkeys(NARROWINGS),
    )
    st.stop()

name = parts.name_of(viewer, measure)
dossier_list.draw(
    viewer,
    Listing("dossiers", asked, f"dossiers-{measure}", parts.columns(viewer, measure), narrowed),
    page,
    alt=words("dossiers.table_alt", name=name, total=page.total),
    sorts=parts.sorts(viewer),
)
