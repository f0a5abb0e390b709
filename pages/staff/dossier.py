"""Dossier: what happened to this dossier, and what does each file say about it?

Queries: dossier, dossier_clock, dossier_steps, dossier_changes, dossier_batches, dossier_flags,
dossier_apologies, dossier_surveys.
"""

import streamlit as st

from pages.staff import dossier_clock as clock
from pages.staff import dossier_history as history
from pages.staff import dossier_parts as parts
from pages.staff import dossier_timeline as timeline
from pages.ui import address, guard

viewer = guard.enter("dossier")
code = (address.read("dossier") or "").strip()
found = viewer.ask("dossier", dossier=code).to_pylist() if code else []
parts.head(viewer, code if found else None)
if not found:
    parts.not_found(viewer, code)
    st.stop()
dossier = parts.one_of(viewer, found)
of_it = {"dossier": code, "system": dossier["system"]}

parts.says(viewer, dossier)
parts.dates(viewer, dossier)
left, right = st.columns([8, 5])
with left, st.container(border=True, height="stretch"):
    timeline.draw(viewer, dossier, of_it)
with right, st.container(border=True, height="stretch"):
    parts.facts(viewer, dossier)
with st.container(border=True):
    clock.draw(viewer, of_it)
history.draw(viewer, of_it)
