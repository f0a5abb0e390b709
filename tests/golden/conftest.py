"""Published figures are read back from the screens as well as from the queries."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, cast

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from pipeline.settings import WAREHOUSE_VARIABLE
from tests.pages.conftest import links, opened

OpenBoard = Callable[..., AppTest]


@pytest.fixture
def open_board(monkeypatch: pytest.MonkeyPatch) -> Iterator[OpenBoard]:
    """Open a screen of a warehouse: open_board(folder, "overview", period="2024")."""

    def open_at(warehouse: Path, key: str, **address: str) -> AppTest:
        monkeypatch.setenv(WAREHOUSE_VARIABLE, str(warehouse))
        return opened(key, **address)

    yield open_at
    st.cache_data.clear()
    st.cache_resource.clear()


def counted(app: AppTest) -> dict[str, set[int]]:
    """Figure -> the numbers that the links to its dossiers say; one each, where they agree."""
    said: dict[str, set[int]] = {}
    for link, (_, way) in zip(app.page_link, links(app), strict=True):
        number = re.match(r"[:\w\[*]*?\b([\d.]+)(?![\d%])", str(cast(Any, link).label))
        if number and "measure" in way:
            said.setdefault(way["measure"], set()).add(int(number[1].replace(".", "")))
    return said


def in_red(app: AppTest) -> list[str]:
    """What the links of a screen say in red."""
    labels = [str(cast(Any, link).label) for link in app.page_link]
    return [label for label in labels if ":red[" in label]
