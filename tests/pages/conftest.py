"""Screens run without a browser, from the entry file, on a warehouse built by hand."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from pages.ui.screens import screens
from pipeline.settings import ROOT, WAREHOUSE_VARIABLE

OpenPage = Callable[..., AppTest]


@pytest.fixture
def warehouse(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The folder that the board reads in this test; empty until the test builds something."""
    folder = tmp_path / "warehouse"
    monkeypatch.setenv(WAREHOUSE_VARIABLE, str(folder))
    st.cache_data.clear()
    st.cache_resource.clear()
    yield folder
    st.cache_resource.clear()


@pytest.fixture
def open_page(warehouse: Path) -> OpenPage:
    """Open a screen by its key, with entries of the address: open_page("overview", lang="en")."""

    def open_at(key: str, **address: str) -> AppTest:
        app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
        app.query_params.update(address)
        app.run()
        if key != next(iter(screens())):
            app.switch_page(screens()[key].file).run()
        assert not app.exception, [element.message for element in app.exception]
        return app

    return open_at


def texts(app: AppTest) -> str:
    """Everything the screen says, one element a line."""
    elements = [
        *app.title,
        *app.subheader,
        *app.markdown,
        *app.caption,
        *app.info,
        *app.warning,
        *app.error,
    ]
    return "\n".join(str(element.value) for element in elements)


def figures(app: AppTest) -> dict[str, str]:
    """Label -> value of every figure on the screen."""
    return {figure.label: figure.value for figure in app.metric}
