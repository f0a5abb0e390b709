"""docs/sources.md tells a stranger everything a source file may say, and its examples load."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from pipeline.canonical import COLUMNS, REQUIRED, VOCABULARY
from pipeline.headers import match_headers
from pipeline.sources import Fold, Question, Scale, Source

PAGE = (Path(__file__).parents[2] / "docs" / "sources.md").read_text(encoding="utf-8")
BLOCKS = [
    tomllib.loads(re.sub(r"^ {3}", "", block, flags=re.MULTILINE))
    for block in re.findall(r"```toml\n(.*?)```", PAGE, flags=re.DOTALL)
]


@pytest.mark.parametrize("key", Source.model_fields)
def test_every_key_is_in_the_table_of_keys(key: str) -> None:
    keys = PAGE.partition("## Keys")[2].partition("## Columns")[0]
    assert re.search(rf"^\|.*`{key}`.*\|$", keys, flags=re.MULTILINE)


@pytest.mark.parametrize("model", [Question, Scale, Fold])
def test_every_key_of_an_inner_table_is_named(model: type) -> None:
    for key in model.model_fields:  # type: ignore[attr-defined]
        assert re.search(rf"[`.]{key}\b", PAGE), key


@pytest.mark.parametrize("kind", COLUMNS)
def test_every_column_is_described_under_its_kind(kind: str) -> None:
    section = PAGE.partition(f'### kind = "{kind}"')[2].partition("\n### kind")[0]
    section = section.partition("\n## ")[0]
    if kind == "step":
        section += PAGE.partition("With `[fold]`")[2].partition("\n### kind")[0]
    for column in COLUMNS[kind]:
        assert f"`{column}`" in section, column
        assert (f"**`{column}`**" in section) == (column in REQUIRED[kind]), column


@pytest.mark.parametrize("column", VOCABULARY)
def test_every_canonical_value_is_listed(column: str) -> None:
    rows = PAGE.partition("## Vocabularies")[2].partition("## Dates")[0]
    row = next(line for line in rows.splitlines() if line.startswith(f"| `{column}`"))
    for value in VOCABULARY[column]:
        assert f"`{value}`" in row


@pytest.mark.parametrize("block", [b for b in BLOCKS if "columns" in b])
def test_every_example_with_columns_loads(block: dict[str, object]) -> None:
    heading = {"name": "x", "title_vi": "x", "title_en": "x", "kind": "dossier"}
    assert Source(**(heading | block)).columns  # type: ignore[arg-type]


def test_the_worked_example_knows_every_header_of_its_file() -> None:
    headers = re.search(r"^So phieu;.*$", PAGE, flags=re.MULTILINE)
    assert headers is not None
    source = Source(**max((b for b in BLOCKS if b.get("name") == "phuong_x"), key=len))
    match = match_headers(source, headers[0].split(";"))
    assert match.unknown_headers == []
    assert match.columns["finished_at"] == ("Xong luc", "Gio xong")
    assert match.personal == ["So CCCD"]
