"""What came in, was it understood, and what is wrong with it?

Queries: ledger, batch_sheets, rejects, rejects_by_rule, flags, flags_by_unit, flag_rows,
mapping_warnings, identities, status_unknown.
"""

import streamlit as st

from pages.steward import intake_parts, quality_findings, quality_parts
from pages.ui import address, guard

viewer = guard.enter("intake")
words = viewer.words
left, right = st.columns([3, 2], vertical_alignment="bottom")
with left:
    st.title(words("intake.title"), anchor=False)
    st.caption(words("intake.caption"))
with right, st.container(horizontal=True, horizontal_alignment="right"):
    view = address.choose(
        "view",
        ["bring", "quality"],
        default="bring",
        label=words("intake.view.label"),
        shown=lambda key: words(f"intake.view.{key}"),
        look="segments",
        label_visibility="collapsed",
    )

quality_parts.held_batches(viewer)
if view == "bring":
    intake_parts.bring(viewer)
    if viewer.snapshot_id:
        quality_parts.ledger(viewer, limit=5)
elif not viewer.snapshot_id:
    st.info(words("quality.nothing_yet"), icon=":material/upload_file:")
else:
    quality_parts.verdict(viewer)
    quality_parts.ledger(viewer)
    batch = quality_parts.choose_batch(viewer)
    quality_parts.sheets(viewer, batch)
    quality_findings.rejects(viewer, batch)
    quality_findings.flags(viewer, batch)
    quality_findings.warnings(viewer, batch)
    quality_findings.status_words(viewer)
    quality_parts.identities(viewer)
