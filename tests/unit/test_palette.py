"""Colours mean the same in the theme and in the charts."""

from __future__ import annotations

import tomllib

import pytest

from pages.ui.palette import DARK, LIGHT, Palette, contrast, mixed, readable_on
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


def test_contrast_is_that_of_wcag() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("colours", [LIGHT, DARK])
def test_numbers_can_be_read_on_every_shade_of_lateness(colours: Palette) -> None:
    for step in range(11):
        ground = mixed(colours.lateness, step / 10)
        assert contrast(ground, readable_on(colours, step / 10)) >= 3.9


def test_a_mixture_begins_and_ends_with_its_two_colours() -> None:
    assert [mixed(("#000000", "#FF8000"), share) for share in (0, 0.5, 1)] == [
        "#000000",
        "#804000",
        "#FF8000",
    ]
