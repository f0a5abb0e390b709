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
from tests.pages.conftest import opened

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


def lines(app: AppTest) -> list[str]:
    """What the links of a screen say, without their colour."""
    return [
        re.sub(r"^:primary\[(.*)\]$", r"\1", str(cast(Any, link).label)) for link in app.page_link
    ]
