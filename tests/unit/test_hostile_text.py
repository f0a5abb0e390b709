"""A text from a file stays a text in every file that is taken away and in every message."""

from __future__ import annotations

import csv
import io
import json
import unicodedata
import zipfile
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from pipeline import publish, queries, reports, statements
from pipeline.access import default_scope
from pipeline.cli import main
from pipeline.errors import Refused
from pipeline.exports import csv_bytes, neutral, xlsx_bytes
from pipeline.messages import queue_text
from pipeline.periods import parse_period
from pipeline.text import json_text, squeeze, visible
from pipeline.warehouse import Snapshot, open_snapshot
from pipeline.wording import wording
from tests import hostile

AS_OF = datetime(2026, 9, 30, 23, 59)
GIVEN = {"dossier": hostile.code(0, 3), "scale": "five_level"}
RUN = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=60) | st.sampled_from(
    hostile.TEXTS
)


@pytest.fixture(scope="module")
def snapshot(hostile_warehouse: Path) -> Snapshot:
    opened = open_snapshot(hostile_warehouse)
    assert opened is not None
    return opened


def asked(snapshot: Snapshot, query: str) -> pa.Table:
    known = queries.named(query).parameters
    values = {key: value for key, value in GIVEN.items() if key in known}
    return queries.run(snapshot, default_scope(), query, as_of=AS_OF, **values)


def texts_of(table: pa.Table) -> pa.Table:
    """The columns of text."""
    return table.select([field.name for field in table.schema if pa.types.is_string(field.type)])


def written(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def sheet(content: bytes) -> list[list[Any]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    return book.get_sheet_by_index(0).to_python(skip_empty_area=False)


def parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def expect_no_formula(content: bytes) -> None:
    for name, part in parts(content).items():
        assert b"<f>" not in part, name
        assert b"<hyperlink" not in part, name
        assert b'TargetMode="External"' not in part, name


def test_every_answer_is_read_back_from_its_files_as_it_was(snapshot: Snapshot) -> None:
    answers = {query: texts_of(asked(snapshot, query)) for query in queries.catalogue()}
    hostile_ones = [one for one in answers.values() if hostile.MARK in str(one.to_pylist())]
    assert len(hostile_ones) > 30

    for table in hostile_ones:
        names = {name: name for name in table.column_names}
        cells = [[text or "" for text in row.values()] for row in table.to_pylist()]
        book = xlsx_bytes(table, names, sheet=f"={hostile.MARK}")

        assert [row[: len(names)] for row in sheet(book)[1:]] == cells
        expect_no_formula(book)
        listed = written(csv_bytes(table, names))[1:]
        assert listed == [[neutral(text) for text in row] for row in cells]


@given(TEXTS)
@settings(max_examples=200, deadline=None)
def test_no_cell_of_a_list_begins_what_a_spreadsheet_runs(text: str) -> None:
    content = csv_bytes(pa.table({"a": [text], "n": [-3]}), {"a": "A", "n": "N"})

    ((cell, number),) = written(content)[1:]
    assert (cell, number) == (neutral(text), "-3")
    for part in (cell, *cell.split(";")):
        assert not part.lstrip().startswith(RUN)
    assert cell.replace("'", "") == text.replace("'", "")  # nothing else was changed


@given(st.lists(TEXTS, min_size=1, max_size=8))
@settings(max_examples=60, deadline=None)
def test_a_workbook_holds_any_text_as_it_is_and_a_number_as_a_number(texts: list[str]) -> None:
    table = pa.table({"a": texts, "n": [-3] * len(texts)})

    content = xlsx_bytes(table, {"a": "A", "n": "N"}, sheet="s")

    expect_no_formula(content)
    rows = sheet(content)[1:]
    assert [row[1] for row in rows] == [-3.0] * len(texts)
    if all(text.isprintable() for text in texts):
        assert [row[0] for row in rows] == texts


def test_a_code_stays_text_and_a_cell_too_long_for_a_workbook_is_cut_and_not_emptied() -> None:
    table = pa.table({"code": ["0012"], "text": ["x" * 40_000]})

    ((code, text),) = sheet(xlsx_bytes(table, {"code": "c", "text": "t"}, sheet="s"))[1:]

    assert code == "0012"
    assert (len(text), text[-1]) == (32_767, "…")


@pytest.mark.parametrize("form", ["due-soon", "ii06a", "ii07g"])
def test_a_report_has_no_formula_and_no_way_out(snapshot: Snapshot, form: str) -> None:
    period = parse_period("2026-Q3")

    content = reports.write_report(form, snapshot, default_scope(), period, AS_OF, "vi")

    assert any(hostile.MARK.encode() in part for part in parts(content).values())
    for name, part in parts(content).items():  # ways to other sheets of the same book are fine
        assert b"<f>" not in part, name
        assert b'TargetMode="External"' not in part, name


def unseen(text: str) -> set[str]:
    """Signs of a text that give orders or are not seen, beside line breaks."""
    kinds = {"Cc", "Cf"}
    return {sign for sign in text if unicodedata.category(sign) in kinds and sign != "\n"}


@pytest.mark.parametrize("query", ["dossiers", "rejects", "mapping-warnings", "batch-sheets"])
@pytest.mark.parametrize("form", ["table", "json"])
def test_a_terminal_gets_no_orders_from_a_file(
    hostile_warehouse: Path, query: str, form: str
) -> None:
    said = CliRunner().invoke(
        main,
        ["query", query, "--warehouse", str(hostile_warehouse), "--format", form],
    )

    assert said.exit_code == 0, said.output
    assert hostile.MARK in said.output
    assert unseen(said.output) == set()


def test_markup_of_the_terminals_own_stays_as_it_was_written(hostile_warehouse: Path) -> None:
    said = CliRunner().invoke(main, ["query", "by-field", "--warehouse", str(hostile_warehouse)])

    assert f":red[{hostile.MARK}] :material/home:" in said.output


@given(TEXTS)
@settings(max_examples=200, deadline=None)
def test_an_error_is_one_line_that_is_seen_whole(text: str) -> None:
    error = Refused("error.query.none_such", name=text, known=[text])

    for said in (str(error), error.said(wording("vi"))):
        assert unseen(said) == set()
        assert len(said.splitlines()) == 1


@given(TEXTS)
@settings(max_examples=200, deadline=None)
def test_a_document_says_the_same_and_hides_nothing(text: str) -> None:
    said = json_text({"name": text})

    assert json.loads(said) == {"name": text}
    assert unseen(said) == set()


@given(TEXTS)
@settings(max_examples=200, deadline=None)
def test_what_was_taken_in_has_nothing_that_is_not_seen(text: str) -> None:
    assert unseen(squeeze(text) or "") == set()
    assert unseen(visible(text)) == set()


@pytest.fixture(scope="module")
def staging() -> duckdb.DuckDBPyConnection:
    """A connection with the repair of texts as an ingest has it."""
    connection = duckdb.connect()
    statements.run(connection, "staging/macros")
    return connection


def test_an_ingest_repairs_every_sign_as_the_rest_of_the_board_does(
    staging: duckdb.DuckDBPyConnection,
) -> None:
    odd = [
        f"a{sign}b"
        for sign in map(chr, (*range(0xD800), *range(0xE000, 0x110000)))
        if unicodedata.category(sign)[0] in "CZ" and unicodedata.category(sign) not in ("Cn", "Co")
    ]
    assert len(odd) > 200

    staging.register("odd", pa.table({"text": odd}))
    cleaned = staging.sql("select clean(text) from odd").fetchall()

    assert [text for (text,) in cleaned] == [squeeze(text) for text in odd]


@given(TEXTS)
@settings(max_examples=100, deadline=None)
def test_no_text_comes_through_an_ingest_with_signs_that_are_not_seen(
    staging: duckdb.DuckDBPyConnection, text: str
) -> None:
    ((cleaned, number),) = staging.execute(
        "select clean($text), phone($text)", {"text": text}
    ).fetchall()

    assert unseen(cleaned or "") == set()
    assert unseen(number or "") == set()
    assert "\n" not in (cleaned or "")


def test_no_column_of_text_holds_a_sign_that_is_not_seen(hostile_warehouse: Path) -> None:
    """Of what was taken in; a rejected row keeps its text as it was."""
    current = publish.current(hostile_warehouse)
    assert current is not None
    path = publish.path_of(hostile_warehouse, current)
    with duckdb.connect(str(path), read_only=True) as tables:
        named = tables.sql("""
            select table_name, column_name from duckdb_columns()
            where data_type = 'VARCHAR' and not internal and column_name <> 'row_text'
        """).fetchall()
        found = {
            (table, column)
            for table, column in named
            for (text,) in tables.sql(f'select distinct "{column}" from "{table}"').fetchall()
            if unseen(text or "")
        }
    assert len(named) > 50
    assert found == set()


def test_accents_and_ordinary_spaces_are_no_hidden_signs() -> None:
    assert visible(" Đỗ  Thị Ngân, 50% – “x” ") == " Đỗ  Thị Ngân, 50% – “x” "


def test_a_message_has_a_line_for_each_dossier_whatever_it_is_called(snapshot: Snapshot) -> None:
    rows = asked(snapshot, "queue").to_pylist()[:20]
    rows[0] |= {"procedure_name": "a\u202e\nb"}

    text = queue_text(
        wording("vi"), rows, title="t", unit="u\n\u202eu", as_of=AS_OF, total=len(rows)
    )

    assert unseen(text) == set()
    assert len([line for line in text.splitlines() if line[:1].isdecimal()]) == len(rows)
