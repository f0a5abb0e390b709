"""The readers on files that nobody here wrote: every row accounted for, two formats one answer."""

from __future__ import annotations

import csv
import gzip
from collections import Counter
from datetime import datetime
from pathlib import Path

import duckdb
import pytest

from pipeline.errors import UnreadableFile
from pipeline.landing import land
from pipeline.readers import Skipped, Table, tables

REAL = Path(__file__).parents[3] / "shared" / "data" / "real"
GOVUK = REAL / "govuk"


def only(path: Path, skipped: list[Skipped] | None = None) -> Table:
    (table,) = tables(path, skipped=skipped)
    return table


def left_out(table: Table) -> list[tuple[int, str]]:
    list(table.rows())
    return [(one.line, one.reason) for one in table.left_out]


def test_the_portals_workbooks_give_the_codes_of_its_json() -> None:
    codes: Counter[str] = Counter()
    for path in sorted((REAL / "vn_procedures").glob("*.xlsx")):
        table = only(path)
        assert table.headers == (
            "Mã số",
            "Tên",
            "Cơ quan ban hành",
            "Cơ quan thực hiện",
            "Lĩnh vực",
        )
        assert table.header_line == 2
        assert left_out(table) == [(1, "title")], path.name
        assert table.title is not None
        assert table.title.startswith("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
        codes.update(cells[0] or "" for cells in table.rows())
    listed = only(REAL / "vn_procedures" / "vn_tthc_2642.jsonl.gz")
    at = listed.headers.index("ma_thu_tuc")
    assert len(codes) == codes.total() == 2_642
    assert set(codes) == {cells[at] for cells in listed.rows()}


def test_an_event_log_and_its_csv_agree_on_every_field() -> None:
    found = []
    for name in ("receipt.csv", "08_receipt.xes.gz"):
        table = only(REAL / name)
        rows = [
            {
                header: _moment(cell)
                for header, cell in zip(table.headers, cells, strict=True)
                if cell is not None
            }
            for cells in table.rows()
        ]
        found.append(rows)
    from_csv, from_log = found
    columns = set().union(*from_csv)
    assert len(from_csv) == len(from_log) == 8_577
    assert len({row["case:concept:name"] for row in from_log}) == 1_434
    key = ("case:concept:name", "concept:instance", "time:timestamp")
    ordered = [
        sorted(
            ({name: row[name] for name in row if name in columns} for row in rows),
            key=lambda row: tuple(str(row.get(name)) for name in key),
        )
        for rows in found
    ]
    assert ordered[0] == ordered[1]


def _moment(text: str) -> object:
    """A moment as an instant, because the two files write it differently; other text as it is."""
    try:
        return datetime.fromisoformat(text).timestamp() if "-" in text and ":" in text else text
    except ValueError:
        return text


def test_a_csv_inside_gzip_keeps_all_121_145_cases_in_order(tmp_path: Path) -> None:
    path = REAL / "boston311_2015_slim.csv.gz"
    with duckdb.connect() as con:
        batch = land(con, [path], "boston", tmp_path)
        (table,) = batch.tables
        parquet = tmp_path / "landing" / batch.batch_id / table.parquet
        landed = con.read_parquet(str(parquet)).select("CASE_ENQUIRY_ID").fetchall()
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        expected = [(row["CASE_ENQUIRY_ID"],) for row in csv.DictReader(file)]
    assert table.row_n == len(expected) == 121_145
    assert landed == expected
    assert table.left_out == ()
    assert not table.has_line


def test_a_survey_keeps_every_answer_and_its_na() -> None:
    table = only(REAL / "kcmo_survey_2021Q1.csv")
    with (REAL / "kcmo_survey_2021Q1.csv").open(encoding="utf-8", newline="") as file:
        expected = [tuple(cell or None for cell in row) for row in csv.reader(file)]
    assert table.headers == expected[0]
    assert list(table.rows()) == expected[1:]
    assert len(expected) == 1_034


def test_titles_and_the_grand_total_of_a_wide_used_range() -> None:
    table = only(GOVUK / "EVL Customer Satisfaction.xlsx")
    assert table.headers == ("Date of Liability", "Relicensing", "SORN")
    assert [line for line, _ in table.numbered()] == list(range(5, 118))
    assert left_out(table) == [(2, "title"), (3, "title"), (118, "total")]


def test_subtotals_and_the_grand_total_of_a_pivot_table_are_no_data() -> None:
    skipped: list[Skipped] = []
    table = only(GOVUK / "evl-volumetrics.xls", skipped)
    assert table.header_line == 4
    assert table.headers[3:5] == ("Apr 2012", "May 2012")
    assert [line for line, _ in left_out(table)] == [7, 9, 10, 15, 20, 21, 25, 33, 34, 35]
    assert {reason for _, reason in left_out(table)} == {"total"}
    assert len(list(table.rows())) == 21
    assert [one.reason for one in skipped] == ["empty_sheet", "empty_sheet"]


def test_a_header_below_a_form_of_titles() -> None:
    skipped: list[Skipped] = []
    table = only(GOVUK / "EVL Services Volumetrics Sample.xls", skipped)
    assert table.sheet == "Transaction Failures"
    assert table.header_line == 6
    assert table.headers[:3] == ("Description", "Reason for Failure", "Re-licence")
    assert left_out(table)[-1] == (75, "total")
    assert len(list(table.rows())) == 68
    assert [one.reason for one in skipped] == ["other_table"]


def test_dates_as_headers_under_a_merged_title() -> None:
    table = only(GOVUK / "EVL Channel Volumetrics Sample.xls")
    assert table.header_line == 2
    assert table.headers[:3] == ("Channel", "2013-07-29", "2013-07-30")
    assert next(table.rows())[:3] == ("Agent \nsuccessful", "100", "101")


def test_error_cells_and_moments_show_what_the_sheet_shows() -> None:
    assert list(only(GOVUK / "error.xlsx").rows()) == [
        ("2013-12-03T13:30:00", "test1", "12", "#VALUE!"),
        ("2013-12-04", "test2", "34", "#VALUE!"),
    ]
    assert list(only(GOVUK / "dates.xlsx").rows()) == [("2013-12-03T13:30:00",), ("2013-12-04",)]


def test_a_blank_row_between_is_counted_and_an_empty_header_numbered() -> None:
    table = only(GOVUK / "empty_cell_and_row.xlsx")
    assert table.headers == ("Next cell is none", "cột 2", "Previous cell is none")
    assert left_out(table) == [(2, "blank")]
    assert list(table.rows()) == [("The above row", "is full", "of nones")]


def test_an_old_xls_and_the_right_one_of_two_sheets() -> None:
    old = only(GOVUK / "xlsfile.xls")
    assert next(old.rows()) == ("2013-12-03T13:30:00", "test1", "12")
    second = only(GOVUK / "multiple_sheets.xlsx")
    assert (second.sheet, list(second.rows())) == ("Second", [("First", "0"), ("Second", "1")])


@pytest.mark.parametrize("name", ["xlsfile.xls", "evl-volumetrics.xls"])
def test_a_torn_workbook_of_old_is_refused_and_the_library_s_panic_is_not_heard(
    tmp_path: Path, name: str, capfd: pytest.CaptureFixture[str]
) -> None:
    whole = (GOVUK / name).read_bytes()
    refused = 0
    for kept in range(100, len(whole), len(whole) // 40):
        torn = tmp_path / "torn.xls"
        torn.write_bytes(whole[:kept])
        try:
            list(tables(torn))
        except UnreadableFile:
            refused += 1
    assert refused > 30
    assert capfd.readouterr().err == ""


@pytest.mark.parametrize(
    ("name", "rows"), [("vn_units_2026-07.json", 34), ("vn_units_mergers.json", 3_355)]
)
def test_lists_of_units_keep_every_record_and_codes_their_zeros(name: str, rows: int) -> None:
    table = only(REAL / name)
    found = list(table.rows())
    at = next(n for n, header in enumerate(table.headers) if header in ("Code", "ma"))
    assert len(found) == rows
    assert any((cells[at] or "").startswith("0") for cells in found)
