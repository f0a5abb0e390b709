"""Colours by meaning, for light and dark. A colour is never the only bearer of its meaning."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

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
    late_pale: str  # late, and not what the eye should go to first
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
    late_pale="#E8AB8C",
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
    late_pale="#83472B",
    lateness=("#2A211D", "#F0905F"),
    lateness_text=("#E6ECF2", "#10171F"),
)


def palette() -> Palette:
    """Colours of the theme that the viewer's browser shows."""
    return DARK if st.context.theme.type == "dark" else LIGHT


def mixed(ends: tuple[str, str], share: float) -> str:
    """The colour so far on the way from one end (0) to the other (1)."""
    low, high = (_parts(end) for end in ends)
    steps = (round(a + (b - a) * share) for a, b in zip(low, high, strict=True))
    return "#" + "".join(f"{step:02X}" for step in steps)


def readable_on(colours: Palette, share: float) -> str:
    """The one of the two colours of text that is better readable on a shade of lateness."""
    ground = mixed(colours.lateness, share)
    return max(colours.lateness_text, key=lambda text: contrast(text, ground))


def contrast(one: str, other: str) -> float:
    """How well two colours are told apart, 1 to 21, as WCAG 2 defines it."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@lru_cache(maxsize=1_024)
def _luminance(colour: str) -> float:
    shares = (part / 255 for part in _parts(colour))
    red, green, blue = (p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _parts(colour: str) -> list[int]:
    """Red, green and blue of '#RRGGBB', each 0 to 255."""
    return [int(colour[at : at + 2], 16) for at in (1, 3, 5)]
