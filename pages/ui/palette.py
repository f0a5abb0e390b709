"""Colours by meaning, for light and dark. A colour is never the only bearer of its meaning."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st


@dataclass(frozen=True)
class Palette:
    """Colours of one theme. `lateness` runs from hardly to very late."""

    early: str
    on_time: str
    late: str
    worst: str  # beyond late, where there are two degrees of bad
    due_soon: str
    waiting: str
    untold: str  # a part whose exact kind the source does not tell
    accent: str  # lines and bars that say neither good nor bad
    band: str  # uncertainty around a line
    text: str
    muted: str
    line: str
    background: str
    surface: str
    lateness: tuple[str, str]
    lateness_text: tuple[str, str]  # text on the two ends of `lateness`


LIGHT = Palette(
    early="#0B5C8A",
    on_time="#6BB1D6",
    late="#C8541B",
    worst="#8A2F07",
    due_soon="#E3A008",
    waiting="#8A95A3",
    untold="#BCD6E6",
    accent="#0B5C8A",
    band="rgba(11, 92, 138, 0.14)",
    text="#17212B",
    muted="#5B6673",
    line="#DCE2E9",
    background="#FFFFFF",
    surface="#F4F6F9",
    lateness=("#FBEDE5", "#A63D0C"),
    lateness_text=("#17212B", "#FFFFFF"),
)
DARK = Palette(
    early="#2F86B8",
    on_time="#A5D3EC",
    late="#E8814D",
    worst="#B3481A",
    due_soon="#F0B93A",
    waiting="#7C8998",
    untold="#4B7690",
    accent="#4FA3D1",
    band="rgba(79, 163, 209, 0.20)",
    text="#E6ECF2",
    muted="#93A0AE",
    line="#2C3844",
    background="#10171F",
    surface="#1A232D",
    lateness=("#2A211D", "#F0905F"),
    lateness_text=("#E6ECF2", "#10171F"),
)


def palette() -> Palette:
    """Colours of the theme that the viewer's browser shows."""
    return DARK if st.context.theme.type == "dark" else LIGHT
