"""The guide for users names screens, buttons and fields as they stand on the board."""

from __future__ import annotations

import re

import pytest

from pipeline.access import roles
from pipeline.settings import LOCALE
from pipeline.wording import read_catalogue
from tests.guards.project import ROOT

GUIDE = (ROOT / "docs" / "guide.vi.md").read_text(encoding="utf-8")
NAMED = sorted({" ".join(name.split()) for name in re.findall(r"\*\*([^*]+)\*\*", GUIDE)})
ABOUT_ITSELF = "đậm"


def on_the_board() -> set[str]:
    """Every text of the board as far as its first placeholder, and the names of roles."""
    texts = read_catalogue(LOCALE / "vi").values()
    known = {re.sub(r"\s*[({].*", "", text, flags=re.DOTALL).rstrip(" :") for text in texts}
    return known | set(texts) | {role.label_vi for role in roles().roles.values()}


@pytest.mark.parametrize("name", [name for name in NAMED if name != ABOUT_ITSELF])
def test_what_stands_in_bold_stands_on_the_board(name: str) -> None:
    assert name in on_the_board()


def test_a_name_that_is_not_on_the_board_would_be_found() -> None:
    assert "Nút không có" not in on_the_board()
    assert len(NAMED) > 50


@pytest.mark.parametrize("link", re.findall(r"\]\(#([^)]+)\)", GUIDE))
def test_every_way_inside_the_guide_leads_to_a_heading(link: str) -> None:
    headings = re.findall(r"^#+ (.+)$", GUIDE, re.MULTILINE)
    assert link in {heading.lower().replace(" ", "-") for heading in headings}
