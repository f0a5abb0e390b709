"""Was what came in understood, and what is wrong with it?

Queries: ledger, batch_sheets, rejects, rejects_by_rule, flags, flags_by_unit, flag_rows,
mapping_warnings, identities, status_unknown.
"""

import streamlit as st

from pages.steward import quality_findings, quality_parts, quality_unknown
from pages.ui import guard

viewer = guard.enter("quality")
st.title(viewer.words("quality.title"), anchor=False)
quality_parts.verdict(viewer)
part, batch = quality_parts.choose(viewer)
if part == "ledger":
    quality_parts.ledger(viewer)
    quality_parts.sheets(viewer, batch)
elif part == "rejects":
    quality_findings.rejects(viewer, batch)
elif part == "flags":
    quality_findings.flags(viewer, batch)
elif part == "unknown":
    quality_unknown.warnings(viewer, batch)
    quality_unknown.status_words(viewer)
else:
    quality_parts.identities(viewer)
