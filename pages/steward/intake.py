"""What is in this export, what of it is not known yet, and what became of it?

Queries: ledger.
"""

import streamlit as st

from pages.steward import intake_parts, intake_run, quality_parts
from pages.ui import guard

viewer = guard.enter("intake")
st.title(viewer.words("intake.title"), anchor=False)
st.caption(viewer.words("intake.caption"))

intake_run.told(viewer)
intake_run.held_batches(viewer)
intake_parts.bring(viewer)
if viewer.snapshot_id:
    quality_parts.latest(viewer)
