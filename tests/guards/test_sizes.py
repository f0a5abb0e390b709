"""A file is about one thing: what grows beyond these sizes is about several."""

from __future__ import annotations

from pathlib import Path

import pytest

from pages.ui.screens import screens
from tests.guards.project import ROOT, python_files, relative, sql_files

LONGEST_FILE = 400
LONGEST_SCREEN = 150
LONGEST_README = 150


def lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


@pytest.mark.parametrize(
    "path", [*python_files(), *python_files("tests/"), *sql_files()], ids=relative
)
def test_a_file_stays_readable(path: Path) -> None:
    assert lines(path) <= LONGEST_FILE


@pytest.mark.parametrize("key", screens())
def test_a_screen_stays_readable(key: str) -> None:
    assert lines(ROOT / screens()[key].file) <= LONGEST_SCREEN


@pytest.mark.parametrize("name", ["README.md", "README.vi.md"])
def test_a_newcomer_can_read_the_front_page(name: str) -> None:
    assert lines(ROOT / name) <= LONGEST_README
