"""The sentence on top, and ways to the dossiers that it counts and no figure below it does."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from pages.ui import links, text
from pages.ui.filters import Filters
from pages.ui.guard import Viewer
from pages.ui.links import Way, behind
from pipeline.insight import Insight


def say(viewer: Viewer, chosen: Filters, found: Sequence[Insight]) -> None:
    """The findings as one paragraph, and below it their ways side by side."""
    text.findings(viewer.words, "insight", found)
    ways = [(one, way) for one in found if (way := _way(chosen, one))]
    if not ways or not viewer.can_open("dossiers"):
        return
    with st.container(horizontal=True, gap="small"):
        for one, way in ways:
            label = viewer.words(f"insight.open.{one.key}", **one.values)
            links.to_screen(viewer, way.screen, label, icon=":material/list:", **way.choices)


def _way(chosen: Filters, finding: Insight) -> Way | None:
    values = finding.values
    if finding.key == "without_apology":
        return behind(chosen, "late_or_overdue", lacks="letter")
    if finding.key == "old":
        return behind(chosen, "open_overdue", older_than=str(values["days"]))
    if finding.key == "place":
        place = {"unit": values["unit_id"], "procedure": values["procedure_key"]}
        return behind(chosen, "late_or_overdue", **links.cell(**place, field=values["field"]))
    return None
