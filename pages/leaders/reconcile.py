"""Reconcile: does every dossier have its place, and do a report's figures hold?

Queries: dossier_ledger, dossier_ledger_by_month, summary.
"""

import streamlit as st

from pages.leaders import reconcile_parts as parts
from pages.ui import guard, heading, text

viewer = guard.enter("reconcile")
chosen = heading.with_filters(viewer, ("period", "unit"))

rows = parts.ledger(viewer, chosen)
text.findings(viewer.words, "reconcile.insight", parts.findings(rows))
with st.container(border=True):
    parts.sides(viewer, chosen, rows)
with st.container(border=True):
    parts.table(viewer, chosen, rows)
with st.container(border=True):
    parts.report_box(viewer, chosen)
