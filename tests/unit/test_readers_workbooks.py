"""Workbooks and what passes for one: .xlsx, HTML saved as .xls, Excel's XML of 2003."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, time, timedelta
from pathlib import Path

import pytest
import xlsxwriter

from pipeline.errors import UnreadableFile
from pipeline.readers import Skipped, Table, tables
from pipeline.readers.grid import LONGEST_GAP
from pipeline.text import fold

HEADERS = ["Số hồ sơ", "Tên thủ tục", "Ngày tiếp nhận"]


def workbook(path: Path, fill: Callable[[xlsxwriter.Workbook], object]) -> Path:
    book = xlsxwriter.Workbook(str(path))
    fill(book)
    book.close()
    return path


def sheet(book: xlsxwriter.Workbook, name: str, *rows: Sequence[object]) -> None:
    page = book.add_worksheet(name)
    for n, row in enumerate(rows):
        page.write_row(n, 0, row)


def only(path: Path, **about: object) -> Table:
    (table,) = tables(path, **about)  # type: ignore[arg-type]
    return table


def test_moments_are_iso_and_never_shifted(tmp_path: Path) -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        page = book.add_worksheet()
        page.write_row(0, 0, ["Mã", "Lúc"])
        moment = book.add_format({"num_format": "dd/mm/yyyy hh:mm:ss"})
        clock = book.add_format({"num_format": "hh:mm"})
        hours = book.add_format({"num_format": "[h]:mm"})
        page.write(1, 0, "a")
        page.write_datetime(1, 1, datetime(2024, 3, 1, 8, 30), moment)
        page.write(2, 0, "b")
        page.write_datetime(2, 1, datetime(2024, 3, 1), moment)
        page.write(3, 0, "c")
        page.write_datetime(3, 1, datetime(2023, 12, 31, 23, 59, 59), moment)
        page.write(4, 0, "d")
        page.write_datetime(4, 1, time(8, 30), clock)
        page.write(5, 0, "e")
        page.write_datetime(5, 1, timedelta(hours=26, minutes=30), hours)

    table = only(workbook(tmp_path / "a.xlsx", fill))
    assert [cells[1] for cells in table.rows()] == [
        "2024-03-01T08:30:00",
        "2024-03-01",
        "2023-12-31T23:59:59",
        "08:30:00",
        "26:30:00",
    ]


def test_numbers_errors_and_booleans_are_what_the_cell_shows(tmp_path: Path) -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        page = book.add_worksheet()
        page.write_row(0, 0, ["Mã", "Giá trị"])
        for n, value in enumerate([912345678.0, 1.5, True, "1.001230", " x "], start=1):
            page.write_row(n, 0, ["m", value])
        page.write(6, 0, "m")
        page.write_formula(6, 1, "=1/0", None, "#DIV/0!")

    table = only(workbook(tmp_path / "a.xlsx", fill))
    assert [cells[1] for cells in table.rows()] == [
        "912345678",
        "1.5",
        "true",
        "1.001230",
        " x ",
        "#DIV/0!",
    ]


def test_empty_sheets_and_covers_are_skipped_and_named(tmp_path: Path) -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        sheet(book, "Trống")
        sheet(book, "Bìa", ["BÁO CÁO"], ["Tháng 12/2023"])
        sheet(book, "Hồ sơ", HEADERS, ["A-1", "Khai sinh", "01/03/2024"])

    skipped: list[Skipped] = []
    table = only(workbook(tmp_path / "a.xlsx", fill), skipped=skipped)
    assert table.sheet == "Hồ sơ"
    assert [(one.name, one.reason) for one in skipped] == [
        ("a.xlsx [Trống]", "empty_sheet"),
        ("a.xlsx [Bìa]", "other_table"),
    ]


def test_one_unit_per_sheet_gives_a_table_per_sheet(tmp_path: Path) -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        sheet(book, "Xã A", HEADERS, ["A-1", "Khai sinh", "01/03/2024"])
        sheet(book, "Xã B", HEADERS, ["B-1", "Khai tử", "01/03/2024"], ["B-2", "x", "02/03/2024"])
        sheet(book, "Danh mục", ["Loại", "Mã", "Tên", "Ghi chú"], ["1", "2", "3", "4"])

    path = workbook(tmp_path / "a.xlsx", fill)
    found = {table.sheet: len(list(table.rows())) for table in tables(path, known_headers=known())}
    assert found == {"Xã A": 1, "Xã B": 2}


def known() -> frozenset[str]:
    return frozenset(fold(header) for header in HEADERS)


def test_a_sheet_can_be_named_and_a_wrong_name_lists_the_right_ones(tmp_path: Path) -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        sheet(book, "Một", HEADERS, ["A-1", "x", "y"])
        sheet(book, "Hai", ["Mã", "Tên"], ["1", "2"])

    path = workbook(tmp_path / "a.xlsx", fill)
    assert only(path, sheet="Hai").headers == ("Mã", "Tên")
    with pytest.raises(UnreadableFile, match="Một, Hai"):
        list(tables(path, sheet="Ba"))


def test_a_hidden_sheet_is_skipped_and_named(tmp_path: Path) -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        sheet(book, "Hồ sơ", HEADERS, ["A-1", "x", "y"])
        sheet(book, "Ẩn", HEADERS, ["B-1", "x", "y"])
        book.get_worksheet_by_name("Ẩn").hide()

    skipped: list[Skipped] = []
    assert only(workbook(tmp_path / "a.xlsx", fill), skipped=skipped).sheet == "Hồ sơ"
    assert [one.reason for one in skipped] == ["hidden_sheet"]


def test_merged_headers_of_a_real_workbook_are_joined(tmp_path: Path) -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        page = book.add_worksheet()
        page.merge_range(0, 0, 0, 4, "BÁO CÁO TÌNH HÌNH")
        page.merge_range(2, 0, 3, 0, "STT")
        page.merge_range(2, 1, 3, 1, "Lĩnh vực")
        page.merge_range(2, 2, 2, 4, "Số hồ sơ tiếp nhận")
        page.write_row(3, 2, ["Tổng số", "Trong kỳ", "Kỳ trước"])
        page.write_row(4, 0, ["(1)", "(2)", "(3)", "(4)", "(5)"])
        page.write_row(5, 0, [1, "Đất đai", 10, 8, 2])

    table = only(workbook(tmp_path / "a.xlsx", fill))
    assert table.headers[2] == "Số hồ sơ tiếp nhận – Tổng số"
    assert (table.title, table.header_line) == ("BÁO CÁO TÌNH HÌNH", 4)
    assert list(table.numbered()) == [(6, ("1", "Đất đai", "10", "8", "2"))]


def test_an_xlsx_named_xls_is_read(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", lambda b: sheet(b, "S", HEADERS, ["A-1", "x", "y"]))
    assert len(list(only(path.rename(tmp_path / "a.xls")).rows())) == 1


def test_a_damaged_workbook_is_refused_by_name(tmp_path: Path) -> None:
    path = workbook(tmp_path / "hong.xlsx", lambda b: sheet(b, "S", HEADERS))
    path.write_bytes(path.read_bytes()[:2000])
    with pytest.raises(UnreadableFile, match=r"hong\.xlsx"):
        list(tables(path))


PAGE = """<html><head><meta charset="windows-1252"></head><body>
<table><tr><td colspan="4">&nbsp;</td></tr>
<tr><th>STT</th><th>Mã hồ sơ</th><th>Tên&nbsp;TTHC</th><th>Trạng thái</th></tr>
<tr><td>1</td><td>A-1</td><td>Khai sinh<br>quá hạn</td></tr>
<tr><td>2</td><td>A-2</td><td>Khai tử</td><td>Đang xử lý</td></tr></table></body></html>"""


def page(folder: Path, html: str, encoding: str = "utf-8") -> Path:
    file = folder / "ds.xls"
    file.write_bytes(html.encode(encoding))
    return file


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_an_html_table_named_xls_is_read_whatever_its_meta_says(
    tmp_path: Path, encoding: str
) -> None:
    table = only(page(tmp_path, PAGE, encoding))
    assert table.headers == ("STT", "Mã hồ sơ", "Tên TTHC", "Trạng thái")
    assert table.header_line == 2
    assert list(table.numbered()) == [
        (3, ("1", "A-1", "Khai sinh\nquá hạn", None)),
        (4, ("2", "A-2", "Khai tử", "Đang xử lý")),
    ]


def test_rows_with_fewer_cells_than_headers_are_kept_and_counted(tmp_path: Path) -> None:
    table = only(page(tmp_path, PAGE))
    assert len(list(table.rows())) == 2
    assert table.warnings == ("short_rows 1",)


def test_cells_that_span_rows_and_columns_keep_the_others_in_place(tmp_path: Path) -> None:
    table = only(
        page(
            tmp_path,
            "<table><tr><th rowspan=2>STT</th><th colspan=2>Tiếp nhận</th></tr>"
            "<tr><th>Tổng số</th><th>Trong kỳ</th></tr>"
            "<tr><td>1</td><td>10</td><td>8</td></tr></table>",
        )
    )
    assert table.headers == ("STT", "Tiếp nhận – Tổng số", "Tiếp nhận – Trong kỳ")
    assert list(table.rows()) == [("1", "10", "8")]


def test_a_table_inside_a_layout_table_is_found(tmp_path: Path) -> None:
    inner = PAGE[PAGE.index("<table>") : PAGE.index("</body>")]
    title = "<table><tr><td>UBND TỈNH</td></tr></table>"
    html = f"<html><table><tr><td>{title}{inner}</td></tr></table></html>"
    found = list(tables(page(tmp_path, html)))
    assert [len(list(table.rows())) for table in found] == [2]


def test_a_page_without_a_table_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="no table"):
        list(tables(page(tmp_path, "<html><body>Phiên làm việc đã hết hạn</body></html>")))


def test_a_claimed_span_of_a_billion_columns_is_not_believed(tmp_path: Path) -> None:
    html = PAGE.replace('colspan="4"', 'colspan="999999999"')
    assert only(page(tmp_path, html)).headers[0] == "STT"


def test_excels_xml_of_2003_is_read(tmp_path: Path) -> None:
    space = "urn:schemas-microsoft-com:office:spreadsheet"
    file = tmp_path / "a.xls"
    file.write_text(
        f'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>'
        f'<Workbook xmlns="{space}" xmlns:ss="{space}"><Worksheet ss:Name="S"><Table>'
        '<Row><Cell><Data ss:Type="String">Mã</Data></Cell>'
        '<Cell><Data ss:Type="String">Tên</Data></Cell>'
        '<Cell><Data ss:Type="String">Ngày</Data></Cell></Row>'
        '<Row ss:Index="3"><Cell><Data ss:Type="String">A-1</Data></Cell><Cell ss:Index="3">'
        '<Data ss:Type="DateTime">2024-03-01T08:30:00.000</Data></Cell></Row>'
        "</Table></Worksheet></Workbook>",
        encoding="utf-8",
    )
    table = only(file)
    assert table.sheet == "S"
    assert list(table.numbered()) == [(3, ("A-1", None, "2024-03-01T08:30:00"))]


def test_a_cell_left_far_below_costs_no_rows_and_no_memory(tmp_path: Path) -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        sheet(book, "A", HEADERS, ["A-1", "x", "y"])
        book.get_worksheet_by_name("A").write(60_000, 0, "B-2")

    table = only(workbook(tmp_path / "a.xlsx", fill))
    assert [line for line, _ in table.numbered()] == [2, 60_001]
    assert 0 < len(table.left_out) <= LONGEST_GAP


def test_a_sheet_that_reaches_over_everything_is_refused_before_it_is_opened(
    tmp_path: Path,
) -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        sheet(book, "A", HEADERS, ["A-1", "x", "y"])
        book.get_worksheet_by_name("A").write(1_048_575, 16_383, "x")

    with pytest.raises(UnreadableFile, match=r"a\.xlsx \[A\].*1,048,576 rows and 16,384 columns"):
        list(tables(workbook(tmp_path / "a.xlsx", fill)))


def test_a_workbook_that_unpacks_to_more_than_one_can_hold_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        sheet(book, "A", HEADERS, ["A-1", "x" * 30_000, "y"])

    path = workbook(tmp_path / "a.xlsx", fill)
    assert len(list(only(path).rows())) == 1
    monkeypatch.setattr("pipeline.readers.archive.FREE_BYTES", 1_000)
    monkeypatch.setattr("pipeline.readers.archive.MOST_RATIO", 2)
    with pytest.raises(UnreadableFile, match="unpacks to more"):
        list(tables(path))
