"""Dossiers: which dossiers are behind this number?

Queries: dossiers.
"""

import streamlit as st

from pages.staff import dossiers_parts as parts
from pages.staff import lists
from pages.ui import guard, states, tables, text
from pages.ui.links import NARROWINGS

viewer = guard.enter("dossiers")
words = viewer.words
chosen, measure, search = parts.head(viewer)
params = parts.params(viewer, chosen, measure, search)

first = viewer.ask("dossiers", **params, limit=tables.PAGE, offset=0)
total = first["total_n"][0].as_py() if first.num_rows else 0
page = tables.page_number(viewer, total)
rows = (
    first
    if not page
    else viewer.ask("dossiers", **params, limit=tables.PAGE, offset=page * tables.PAGE)
)

text.findings(words, "dossiers.insight", parts.findings(viewer, measure, total))
parts.ways_out(viewer)
if not total:
    states.nothing_matches(
        words,
        parts.filters_in_words(viewer, chosen, measure, search),
        unit=None,
        field=None,
        period="all",
        search=None,
        **dict.fromkeys(NARROWINGS),
    )
    st.stop()

rows = lists.moved_promise(rows)
columns = lists.filled(rows, parts.columns(viewer))
with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
    tables.pager(viewer, total)
    with st.container(horizontal=True, horizontal_alignment="right", width="content", gap="small"):
        lists.files(
            viewer,
            lambda: lists.moved_promise(viewer.ask("dossiers", **params, limit=lists.FILE_ROWS)),
            columns,
            name=f"dossiers-{measure}",
            total=total,
            chosen=chosen,
        )
picked = tables.show(
    viewer,
    rows,
    columns,
    key=f"dossiers.{measure}.{page}",
    alt=words("dossiers.table_alt", name=parts.name_of(viewer, measure), total=total),
    height="content" if rows.num_rows <= parts.TALL else parts.HEIGHT,
    selects="single-row",
)
st.caption(words("dossiers.table_hint"))
lists.open_selected(viewer, picked)
