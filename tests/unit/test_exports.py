"""Files hold exactly what a table shows, and no cell of them is ever run."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime
from typing import Any

import pyarrow as pa
import pytest
from python_calamine import CalamineWorkbook

from pipeline import exports
from pipeline.errors import Refused
from pipeline.exports import csv_bytes, neutral, xlsx_bytes


def lines(content: bytes) -> list[str]:
    return content.decode("utf-8-sig").splitlines()


def sheet(content: bytes, number: int = 0) -> list[list[Any]]:
    return (
        CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(number).to_python()
    )


@pytest.mark.parametrize("text", ["=1+1", "+84912", "-cmd", "@SUM(A1)", "\t=1", "\r=1", "\n=1"])
def test_text_that_a_spreadsheet_would_run_is_written_as_text(text: str) -> None:
    assert neutral(text) == "'" + text


def test_ordinary_text_is_left_alone() -> None:
    assert neutral("Nguyễn Văn An = An") == "Nguyễn Văn An = An"


def test_a_negative_number_stays_a_number() -> None:
    table = pa.table({"days": [-3, 4], "name": ["-3", "An"]})

    assert lines(csv_bytes(table, {"days": "Còn", "name": "Tên"})) == ["Còn,Tên", "-3,'-3", "4,An"]


def test_csv_begins_with_the_mark_that_tells_excel_it_is_utf_8() -> None:
    content = csv_bytes(pa.table({"a": ["Đất đai"]}), {"a": "Lĩnh vực"})

    assert content.startswith(b"\xef\xbb\xbf")
    assert lines(content) == ["Lĩnh vực", "Đất đai"]


def test_a_file_holds_the_columns_of_the_table_in_their_order_and_no_other() -> None:
    table = pa.table({"secret": ["x"], "b": ["2"], "a": ["1"]})

    assert lines(csv_bytes(table, {"a": "A", "b": "B"})) == ["A,B", "1,2"]


def test_a_heading_cannot_be_a_formula_either() -> None:
    assert lines(csv_bytes(pa.table({"a": [1]}), {"a": "=A"})) == ["'=A", "1"]


def test_empty_cells_stay_empty() -> None:
    table = pa.table({"a": pa.array([None, 0], pa.int64()), "b": pa.array(["", None])})

    assert lines(csv_bytes(table, {"a": "A", "b": "B"})) == ["A,B", ",", "0,"]
    assert sheet(xlsx_bytes(table, {"a": "A", "b": "B"}, sheet="s"))[1:] == [["", ""], [0.0, ""]]


def test_a_workbook_keeps_codes_as_text_and_numbers_and_dates_as_what_they_are() -> None:
    table = pa.table(
        {
            "code": ["1.001230"],
            "n": [1249],
            "at": [datetime(2023, 12, 31, 17, 0)],
            "day": [date(2023, 12, 31)],
            "rate": [0.6047],
        }
    )
    heads = {name: name for name in table.column_names}

    row = sheet(xlsx_bytes(table, heads, sheet="s", forms={"rate": "percent"}))[1]

    assert row == [
        "1.001230",
        1249.0,
        datetime(2023, 12, 31, 17, 0),
        date(2023, 12, 31),
        0.6047,
    ]


def test_a_workbook_has_no_formula_and_no_link() -> None:
    table = pa.table({"a": ["=1+1", "http://example.com", "@x"]})

    rows = sheet(xlsx_bytes(table, {"a": "A"}, sheet="s"))

    assert rows == [["A"], ["=1+1"], ["http://example.com"], ["@x"]]


def test_a_missing_share_is_an_empty_cell_and_not_an_error() -> None:
    table = pa.table({"rate": [float("nan"), 0.5]})

    assert sheet(xlsx_bytes(table, {"rate": "r"}, sheet="s"))[1:] == [[""], [0.5]]
    assert lines(csv_bytes(table, {"rate": "r"})) == ["r", '""', "0.5"]


def test_a_workbook_prints_on_a4_across_with_its_heading_on_every_page() -> None:
    table = pa.table({"a": ["x"]})
    content = xlsx_bytes(table, {"a": "A"}, sheet="s", printed=("Sở A & B", "Tính đến hôm nay"))

    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        page = parts.read("xl/worksheets/sheet1.xml").decode()
        book = parts.read("xl/workbook.xml").decode()
    assert 'paperSize="9"' in page
    assert 'orientation="landscape"' in page
    assert 'fitToHeight="0"' in page
    assert "&amp;LSở A &amp;&amp; B&amp;RTính đến hôm nay" in page
    assert "_xlnm.Print_Titles" in book
    assert "$1:$1" in book


def test_a_long_text_goes_on_below_in_a_row_as_high_as_it_needs() -> None:
    words = "Đăng ký biến động quyền sử dụng đất"
    content = xlsx_bytes(pa.table({"a": [words, "x"]}), {"a": "A"}, sheet="s")

    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        page = parts.read("xl/worksheets/sheet1.xml").decode()
    assert '<row r="2" spans="1:1" ht="30"' in page
    assert '<row r="3" spans="1:1">' in page
    assert sheet(content)[1:] == [[words], ["x"]]


def test_the_second_sheet_says_what_the_table_speaks_of() -> None:
    content = xlsx_bytes(
        pa.table({"a": [1]}), {"a": "A"}, sheet="s", facts=[("Tính đến", "=x")], facts_sheet="Về"
    )

    assert sheet(content, 1) == [["Tính đến", "=x"]]


def test_a_name_that_excel_forbids_for_a_sheet_is_mended() -> None:
    content = xlsx_bytes(
        pa.table({"a": [1]}), {"a": "A"}, sheet="Lĩnh vực: đất/nhà [tất cả] và nhiều nữa"
    )

    assert CalamineWorkbook.from_filelike(io.BytesIO(content)).sheet_names == [
        "Lĩnh vực  đất nhà  tất cả  và n"
    ]


def test_more_rows_than_a_worksheet_holds_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exports, "XLSX_ROWS", 3)

    with pytest.raises(Refused, match="3 rows and a worksheet holds 2"):
        xlsx_bytes(pa.table({"a": [1, 2, 3]}), {"a": "A"}, sheet="s")
