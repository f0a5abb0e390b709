"""A clone of the project without any figures, for what a newcomer does with one."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.live.board import copied


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """A copy of the project without any figures, in a folder whose name needs care."""
    return copied(tmp_path / "bảng một cửa")
