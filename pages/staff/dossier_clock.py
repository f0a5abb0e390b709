"""The clock of one dossier: three results side by side, why they differ, and the lines behind them.

Queries: dossier_clock.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from pages.staff import dossier_clock_text as text
from pages.ui.guard import Viewer

PARTS = ("result", "check", "difference", "line")
RESULTS = ("clock", "verdict", "due", "used", "left", "since")
LINES = ("at", "said", "law", "index")


def draw(viewer: Viewer, of_it: Mapping[str, Any]) -> None:
    """Results, the sentences that explain them, and the lines, in one part of the screen."""
    words = viewer.words
    told = viewer.ask("dossier_clock", **of_it).to_pylist()
    results, checks, differences, lines = (
        [row for row in told if row["part"] == part] for part in PARTS
    )
    bases = text.Bases()
    st.markdown(f"**{words('clock.title')}**")
    st.caption(words("clock.about"))
    if results:
        alt = words("clock.alt_results")
        _table(viewer, RESULTS, [text.result(words, row, bases) for row in results], alt)
        st.markdown(" ".join(text.sentences(words, checks, differences)))
    alt = words("clock.alt_lines", n=len(lines))
    _table(viewer, LINES, [text.line(words, row, bases) for row in lines], alt)
    st.caption("  \n".join(bases.listed(words)))


def _table(viewer: Viewer, columns: Sequence[str], rows: Sequence[text.Texts], alt: str) -> None:
    """A table that shows every sentence whole; a grid would cut it off."""
    headings = {name: viewer.words(f"clock.column.{name}") for name in columns}
    st.table(
        {heading: [row[name] for row in rows] for name, heading in headings.items()},
        border="horizontal",
        hide_index=True,
        alt=alt,
    )
