"""A clone of the project without any figures, for what a newcomer does with one."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """A copy of the project without any figures, in a folder whose name needs care."""
    folder = tmp_path / "bảng một cửa"
    for part in ("pipeline", "pages", "scripts", "data/config", "data/locale", ".streamlit"):
        shutil.copytree(ROOT / part, folder / part, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "app.py", folder)
    (folder / ".venv").symlink_to(sys.prefix)
    return folder
