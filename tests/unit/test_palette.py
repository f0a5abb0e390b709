"""Colours mean the same in the theme and in the charts."""

from __future__ import annotations

import tomllib

import pytest

from pages.ui.palette import DARK, LIGHT, Palette
from pipeline.settings import ROOT

THEME = tomllib.loads((ROOT / ".streamlit/config.toml").read_text(encoding="utf-8"))["theme"]


@pytest.mark.parametrize(("name", "colours"), [("light", LIGHT), ("dark", DARK)])
def test_charts_and_theme_agree(name: str, colours: Palette) -> None:
    theme = THEME[name]

    assert theme["textColor"] == colours.text
    assert theme["backgroundColor"] == colours.background
    assert theme["secondaryBackgroundColor"] == colours.surface
    assert theme["borderColor"] == colours.line
    assert theme["chartCategoricalColors"][:5] == [
        colours.early,
        colours.on_time,
        colours.late,
        colours.due_soon,
        colours.waiting,
    ]
    assert theme["chartSequentialColors"][0] == colours.lateness[0]
    assert theme["chartSequentialColors"][-1] == colours.lateness[1]


def luminance(colour: str) -> float:
    """Relative luminance 0-1 as WCAG 2 defines it."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("colours", [LIGHT, DARK])
def test_text_can_be_read_on_every_ground(colours: Palette) -> None:
    for ground in (colours.background, colours.surface):
        assert contrast(colours.text, ground) >= 7
        assert contrast(colours.muted, ground) >= 4.5
    for ground, text in zip(colours.lateness, colours.lateness_text, strict=True):
        assert contrast(ground, text) >= 4.5


@pytest.mark.parametrize("colours", [LIGHT, DARK])
def test_neighbours_in_a_stack_differ_in_grey_print(colours: Palette) -> None:
    assert contrast(colours.early, colours.on_time) >= 1.8
    assert contrast(colours.on_time, colours.late) >= 1.5
    assert contrast(colours.late, colours.worst) >= 1.8
