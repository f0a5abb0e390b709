"""Screens run without a browser, from the entry file, on a warehouse built by hand."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from pages.ui.identity import FIRST_ROLE
from pages.ui.screens import screens, screens_of
from pipeline.settings import ROOT, WAREHOUSE_VARIABLE
from tests.pages.history import build_history

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
def history(warehouse: Path) -> None:
    """The warehouse holds some ninety dossiers of four months, in every state."""
    build_history(warehouse)


@pytest.fixture
def open_page(warehouse: Path) -> OpenPage:
    """Open a screen by its key, with entries of the address: open_page("overview", lang="en")."""
    return opened


def opened(key: str, **address: str) -> AppTest:
    """A screen of the warehouse that the environment names, entered by the entry file."""
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    app.query_params.update(address)
    app.run()
    if key not in first_screens(address.get("role")):
        app.switch_page(screens()[key].file).run()
    assert not app.exception, [element.message for element in app.exception]
    return app


def first_screens(role: str | None) -> list[str]:
    """The screen that the board's own address leads a role to, alone or none."""
    return [screen.key for screen in screens_of(role or FIRST_ROLE)[:1]]


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


def links(app: AppTest) -> list[tuple[str, dict[str, str]]]:
    """Screen and address of every link on the screen, in their order."""
    protos = [link.proto for link in app.page_link]
    return [(proto.page, dict(parse_qsl(proto.query_string))) for proto in protos]


def counted(app: AppTest) -> list[tuple[int, str, dict[str, str]]]:
    """Every number on the screen that is a link: the number, the screen and address behind it."""
    labels = [re.sub(r"^:primary\[(.*)\]$", r"\1", link.proto.label) for link in app.page_link]
    return [
        (int(label.replace(".", "")), *link)
        for label, link in zip(labels, links(app), strict=True)
        if re.fullmatch(r"[\d.]+", label)
    ]


def click_cell(app: AppTest, table: str, row: int, column: str) -> AppTest:
    """The screen after a click on one cell of the table with this key."""
    app.session_state[table] = {"selection": {"cells": [(row, column)]}}
    app.run()
    assert not app.exception, [element.message for element in app.exception]
    return app


def click_point(app: AppTest, chart: str, trace: int, point: int) -> AppTest:
    """The screen after a click on one point of the chart with this key."""
    clicked = {"curve_number": trace, "point_index": point}
    app.session_state[chart] = {"selection": {"points": [clicked]}}
    app.run()
    assert not app.exception, [element.message for element in app.exception]
    return app


def listed(app: AppTest) -> int:
    """How many rows the list on the screen says there are."""
    said = [element.value for element in app.markdown if "** – " in str(element.value)]
    return int(re.sub(r"\D", "", str(said[0]).split("**")[1])) if said else 0


def drawn(app: AppTest, key: str) -> dict[str, Any]:
    """What the chart with this key draws: its `data` and its `layout`."""
    (found,) = [one for one in app.get("plotly_chart") if one.proto.id.endswith(f"-{key}")]
    figure: dict[str, Any] = json.loads(found.proto.spec)
    return figure
