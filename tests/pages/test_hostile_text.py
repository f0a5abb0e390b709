"""A text from a file stands on every screen as the text it is, never as markup."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from pages.ui.screens import screens
from pages.ui.text import escaped
from pipeline.settings import WAREHOUSE_VARIABLE
from pipeline.text import squeeze
from tests import hostile
from tests.pages.conftest import opened

TEXTS = tuple(squeeze(text) or "" for text in hostile.TEXTS)
# What means something to Markdown wherever it stands, and what does so at the beginning of a line.
ANYWHERE = tuple(text for text in TEXTS if escaped(f"x {text}") != f"x {text}")
BEGINNINGS = tuple(text for text in TEXTS if escaped(text) != text and text not in ANYWHERE)
MARKUP = tuple(text for text in TEXTS if "<" in text or "&" in text)
# Fields that the browser shows as they are, or does not show.
PLAIN = (
    *("options", "raw_value", "value", "default", "placeholder", "code_text", "alt", "id"),
    *("query_string", "form_id"),
)
UNIT, FIELD, TYPED = "zqm-http-192-0-2-9-zqm-png", TEXTS[4], TEXTS[5]
ROLES = ("operator", "province_leader")
VISITS = [
    *((key, {}) for key, screen in screens().items() if not screen.is_public),
    ("overview", {"unit": UNIT}),
    ("hotspots", {"by": "procedure"}),
    ("hotspots", {"by": "officer", "field": FIELD}),
    ("satisfaction", {"by": "field", "unit": UNIT}),
    ("satisfaction", {"said": TYPED}),
    ("answers", {"scale": "five_level", "at_unit": UNIT, "at_field": FIELD}),
    ("answers", {"scale": TYPED, "survey_channel": TYPED}),
    ("online", {"by": "procedure"}),
    ("dossiers", {"search": TYPED}),
    ("dossiers", {"at_unit": UNIT, "at_field": FIELD, "procedure": TYPED, "officer": TYPED}),
    ("queue", {"officer": TYPED, "field": FIELD}),
    ("dossier", {"dossier": TYPED}),
    ("quality", {"part": "rejects", "find": TYPED}),
    ("quality", {"part": "unknown"}),
    *(("dossier", {"dossier": hostile.code(at, 3)}) for at in range(2, len(TEXTS), 5)),
]


@pytest.fixture(autouse=True)
def board(hostile_warehouse: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(WAREHOUSE_VARIABLE, str(hostile_warehouse))


def visit(key: str, **address: str) -> AppTest:
    role = next(role for role in ROLES if role in screens()[key].roles)
    return opened(key, role=role, as_of=hostile.AS_OF, period="2026-Q3", **address)


def markdown(app: AppTest) -> Iterator[str]:
    """Every text on the screen that the browser reads as Markdown."""
    for node in _nodes(app._tree):
        proto = getattr(node, "proto", None)
        if type(node).__name__ == "Table":
            frame = node.value
            yield from map(str, [*frame.columns, *frame.to_numpy().ravel()])
        elif proto is not None and type(proto).__name__ != "PlotlyChart":
            yield from _strings(proto)


def drawn(app: AppTest) -> Iterator[str]:
    """Every text of every chart: Plotly reads a part of HTML in them."""
    for chart in app.get("plotly_chart"):
        yield from _leaves(json.loads(chart.proto.spec))


def _nodes(block: Any) -> Iterator[Any]:
    for child in block.children.values():
        yield child
        if hasattr(child, "children"):
            yield from _nodes(child)


def _strings(message: Any) -> Iterator[str]:
    for field, value in message.ListFields():
        if field.name in PLAIN:
            continue
        for one in value if isinstance(value, list) or hasattr(value, "append") else [value]:
            if isinstance(one, str):
                yield one
            elif hasattr(one, "ListFields"):
                yield from _strings(one)


def _leaves(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for one in value.values() if isinstance(value, dict) else value:
            yield from _leaves(one)


def read_as_markup(text: str) -> bool:
    """Whether a hostile text stands in this Markdown without its backslashes."""
    return any(one in text.replace(escaped(one), "") for one in ANYWHERE) or any(
        line.startswith(BEGINNINGS) for line in text.splitlines()
    )


@pytest.mark.parametrize(
    ("key", "address"), VISITS, ids=[f"{at}-{key}" for at, (key, _) in enumerate(VISITS)]
)
def test_no_text_from_a_file_or_an_address_is_read_as_markup(
    key: str, address: dict[str, str]
) -> None:
    app = visit(key, **address)

    assert [text for text in markdown(app) if read_as_markup(text)] == []
    assert [text for text in drawn(app) if any(one in text for one in MARKUP)] == []


def test_a_file_that_nobody_knows_is_described_without_reading_its_texts_as_markup() -> None:
    """Its name, its headings and its words: all of them are asked about on the screen."""
    app = visit("intake")
    content = io.StringIO()
    heads = [f"{text} {at}" for at, text in enumerate(TEXTS)]
    csv.writer(content).writerows([["Mã hồ sơ", *heads], *([f"A{n}", *TEXTS] for n in range(9))])

    app.file_uploader[0].upload(f"{TEXTS[6]}.csv", content.getvalue().encode(), "text/csv").run()

    assert not app.exception
    said = list(markdown(app))
    assert hostile.MARK in "".join(said)
    assert [text for text in said if read_as_markup(text)] == []


def test_a_rejected_row_shows_the_signs_that_turn_its_text() -> None:
    (found,) = [
        table.value
        for table in visit("quality", part="rejects").dataframe
        if "row_text" in table.value.columns
    ]
    shown = "".join(found["row_text"])

    assert "\\u202e" in shown
    assert "\u202e" not in shown


def test_what_is_looked_for_would_be_found() -> None:
    assert len(ANYWHERE) > 15
    assert (f"- {hostile.MARK}", f"1. {hostile.MARK}") == BEGINNINGS
    assert read_as_markup(f"Trễ nhất: **{TEXTS[0]}**")
    assert read_as_markup(f"{TEXTS[17]} là tên")
    assert not read_as_markup(f"Trễ nhất: **{escaped(TEXTS[0])}**")


def test_the_screens_of_a_dossier_show_the_texts_themselves() -> None:
    shown = "\n".join(markdown(visit("dossier", dossier=hostile.code(3, 3))))

    assert escaped(TEXTS[3]) in shown


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Nguyễn Văn An, 12", "Nguyễn Văn An, 12"),
        ("33,3% của 12.5", "33,3% của 12.5"),
        ("1. An", "1\\. An"),
        ("- An", "\\- An"),
        ("---", "\\-\u2060--"),
        ("An - Bình", "An - Bình"),
        ("10:30", "10\\:30"),
        (":material/home:", "\\:\u2060material/home\\:"),
        ("www.a.vn", "www\u2060.a.vn"),
        ("a@b.vn", "a\u2060@b.vn"),
        ("a -> b", "a -\u2060\\> b"),
        ("&lt;", "\\&lt;"),
        ("a\tb\nc\u202ed", "a b cd"),
    ],
)
def test_a_name_is_written_so_that_markdown_shows_it(name: str, shown: str) -> None:
    assert escaped(name) == shown
