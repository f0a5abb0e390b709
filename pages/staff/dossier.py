"""Dossier: what happened to this dossier, and what does each file say about it?

Queries: dossier, dossier_clock, dossier_steps, dossier_changes, dossier_batches, dossier_flags,
dossier_apologies, dossier_surveys.
"""

import streamlit as st

from pages.staff import dossier_clock as clock
from pages.staff import dossier_parts as parts
from pages.staff import dossier_timeline as timeline
from pages.ui import guard, text

viewer = guard.enter("dossier")
code = parts.asked_for(viewer)
if code is None:
    st.stop()
found = viewer.ask("dossier", dossier=code).to_pylist()
if not found:
    parts.not_found(viewer, code)
    st.stop()
dossier = parts.one_of(viewer, found)
of_it = {"dossier": code, "system": dossier["system"]}

text.findings(viewer.words, "dossier.insight", parts.findings(viewer, dossier))
parts.dates(viewer, dossier)

left, right = st.columns([3, 2])
with left, st.container(border=True, height="stretch"):
    timeline.draw(viewer, dossier, of_it)
with right, st.container(border=True, height="stretch"):
    parts.facts(viewer, dossier)

with st.container(border=True):
    clock.draw(viewer, of_it)
with st.container(border=True):
    parts.steps(viewer, of_it)
left, right = st.columns(2)
with left, st.container(border=True, height="stretch"):
    parts.batches(viewer, of_it)
with right, st.container(border=True, height="stretch"):
    parts.changes(viewer, of_it)
left, right = st.columns(2)
with left, st.container(border=True, height="stretch"):
    parts.flags(viewer, of_it)
with right, st.container(border=True, height="stretch"):
    parts.letters(viewer, of_it)
    parts.answers(viewer, of_it)
