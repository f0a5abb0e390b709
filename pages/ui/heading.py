"""The head of a screen: title, what time it speaks of, and its filters at the right."""

from __future__ import annotations

from collections.abc import Collection

import streamlit as st

from pages.ui import filters
from pages.ui.filters import Filters, Part
from pages.ui.guard import Viewer


def with_filters(viewer: Viewer, parts: Collection[Part] = ("period", "unit")) -> Filters:
    """Draw title and filters, return what is chosen."""
    if len(parts) > 2:  # three filters need the width of the page
        title(viewer, filters.latest(viewer))
        return filters.bar(viewer, parts)
    left, right = st.columns([5, 17], vertical_alignment="bottom")
    with right:
        chosen = filters.bar(viewer, parts)
    with left:
        title(viewer, chosen)
    return chosen


def title(viewer: Viewer, chosen: Filters | None = None, *, said: str | None = None) -> None:
    """The title, or what is said instead of it; below it period and as-of in one line."""
    words = viewer.words
    st.title(said or words(f"{viewer.screen.key}.title"), anchor=False)
    as_of = words("moment.as_of", at=words.as_of(viewer.as_of))
    if chosen is None:
        st.caption(as_of)
        return
    period = chosen.period.label(viewer.language)
    still = " · " + words("filters.still_open") if chosen.period.is_open(viewer.as_of) else ""
    st.caption(f"{period}{still} · {as_of[:1].lower()}{as_of[1:]}")
