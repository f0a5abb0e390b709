"""Delimited text: any delimiter, encoding and quoting; no row and no cell is ever lost."""

from __future__ import annotations

import csv
import io
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import UnreadableFile
from pipeline.readers import Table, tables
from pipeline.readers.delimited import delimiter_of
from pipeline.readers.records_of_text import records

HEADER = "Số hồ sơ,Tên thủ tục,Ngày tiếp nhận"


def read(folder: Path, content: bytes | str, name: str = "a.csv") -> Table:
    file = folder / name
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    (table,) = tables(file)
    return table


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found(tmp_path: Path, delimiter: str) -> None:
    table = read(tmp_path, HEADER.replace(",", delimiter) + f"\n1{delimiter}a{delimiter}b\n")
    assert table.delimiter == delimiter
    assert list(table.rows()) == [("1", "a", "b")]


def test_commas_inside_cells_do_not_hide_a_semicolon() -> None:
    lines = ["Mã;Tên;Số", "1;Sao y, chứng thực;1,5", "2;Khai sinh, khai tử;2,5"]
    assert delimiter_of(lines) == ";"


def test_a_line_that_names_the_delimiter_is_obeyed_and_is_no_header(tmp_path: Path) -> None:
    table = read(tmp_path, "sep=;\nMã;Tên\n1;a\n")
    assert table.delimiter == ";"
    assert table.headers == ("Mã", "Tên")
    assert list(table.numbered()) == [(3, ("1", "a"))]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_kind_of_line_end(tmp_path: Path, end: str) -> None:
    table = read(tmp_path, f"Mã,Tên,Phòng{end}1,a,b{end}2,c,d{end}")
    assert list(table.numbered()) == [(2, ("1", "a", "b")), (3, ("2", "c", "d"))]


def test_a_quoted_line_break_stays_in_its_cell_and_lines_are_true(tmp_path: Path) -> None:
    table = read(tmp_path, 'Mã,Tên,Phòng\n1,"a\nb",c\n2,d,e\n')
    assert list(table.numbered()) == [(2, ("1", "a\nb", "c")), (4, ("2", "d", "e"))]


def test_a_quote_never_closed_does_not_swallow_the_rows_below(tmp_path: Path) -> None:
    table = read(tmp_path, 'Mã,Tên,Phòng\n1,"a,b\n2,c,d\n3,e,f\n')
    assert list(table.numbered()) == [
        (2, ("1", '"a', "b")),
        (3, ("2", "c", "d")),
        (4, ("3", "e", "f")),
    ]


def test_an_open_quote_is_not_closed_by_another_rows_quote(tmp_path: Path) -> None:
    table = read(tmp_path, 'Mã,Tên,Phòng\n1,"a,b\n2,c,d\n3,"e",f\n')
    assert [line for line, _ in table.numbered()] == [2, 3, 4]
    assert list(table.rows())[2] == ("3", "e", "f")


def test_a_quote_inside_a_cell_is_text(tmp_path: Path) -> None:
    table = read(tmp_path, 'Mã,Tên,Phòng\n1,ống 5" dài,b\n2,"x" y,"a ""b"" c"\n')
    assert list(table.rows()) == [("1", 'ống 5" dài', "b"), ("2", '"x" y', 'a "b" c')]


def test_cells_beyond_the_header_are_kept_and_counted(tmp_path: Path) -> None:
    table = read(tmp_path, "Mã,Tên,Phòng\n1,a,b,c,d\n2,e,f\n")
    assert list(table.rows()) == [("1", "a", "b", "c,d"), ("2", "e", "f")]
    assert table.headers == ("Mã", "Tên", "Phòng")
    assert table.warnings == ("extra_cells 1",)


def test_missing_cells_are_empty_and_counted(tmp_path: Path) -> None:
    table = read(tmp_path, "Mã,Tên,Phòng,Ngày\n1,a\n2,b,c,d\n")
    assert list(table.rows()) == [("1", "a", None, None), ("2", "b", "c", "d")]
    assert table.warnings == ("short_rows 1",)


def test_a_delimiter_at_the_end_of_every_line_makes_no_column(tmp_path: Path) -> None:
    table = read(tmp_path, "Mã;Tên;Phòng;\n1;a;b;\n2;c;d;\n")
    assert table.headers == ("Mã", "Tên", "Phòng")
    assert table.warnings == ()


def test_an_empty_header_over_a_filled_column_is_numbered(tmp_path: Path) -> None:
    table = read(tmp_path, ",Mã,Tên\n0,A-1,x\n1,A-2,y\n")
    assert table.headers == ("cột 1", "Mã", "Tên")
    assert len(list(table.rows())) == 2


def test_a_first_line_that_is_the_header_loses_no_row_however_wordy_the_rows(
    tmp_path: Path,
) -> None:
    table = read(tmp_path, "a,a,a\nNguyễn Văn An,Phòng Tư pháp,Đã trả kết quả\nx,y,z\n")
    assert table.header_line == 1
    assert len(list(table.rows())) == 2


def test_a_bad_byte_costs_no_row_and_is_counted(tmp_path: Path) -> None:
    content = "Số hồ sơ,Tên,Phòng\n1,Đất đai,b\n".encode() + b"2,caf\xe9,d\n3,e,f\n"
    table = read(tmp_path, content)
    assert [cells[1] for cells in table.rows()] == ["Đất đai", "café", "e"]
    assert table.warnings == ("bad_bytes 1 from line 3",)


def test_a_nul_byte_costs_no_row(tmp_path: Path) -> None:
    table = read(tmp_path, b"Ma,Ten,Phong\n1,a\x00b,c\n2,d,e\n")
    assert len(list(table.rows())) == 2


def test_titles_above_the_header_of_a_csv_saved_from_a_sheet(tmp_path: Path) -> None:
    table = read(tmp_path, "DANH SÁCH HỒ SƠ,,\nTừ ngày 1/12/2023,,\n,,\n" + HEADER + "\n1,a,b\n")
    assert table.header_line == 4
    assert list(table.numbered()) == [(5, ("1", "a", "b"))]


def test_a_csv_named_txt_or_xls_is_read_as_what_it_is(tmp_path: Path) -> None:
    for name in ("a.txt", "a.xls", "a"):
        assert len(list(read(tmp_path, HEADER + "\n1,a,b\n", name).rows())) == 1


def test_windows_1258_comes_out_composed(tmp_path: Path) -> None:
    table = read(
        tmp_path,
        "Số hồ sơ;Ngày".replace("ố", "ô\u0301").replace("ồ", "ô\u0300").encode("cp1258")
        + b"\n1;2\n",
    )
    assert table.headers == ("Số hồ sơ", "Ngày")


def test_an_empty_file_is_refused_by_name(tmp_path: Path) -> None:
    file = tmp_path / "trong.csv"
    file.touch()
    with pytest.raises(UnreadableFile, match=r"trong\.csv"):
        list(tables(file))


TEXT = st.text(
    st.sampled_from('abcxyzđĐơưêâộẩỡữ 019-/.,;|\t"\n'), max_size=12
)  # what exports hold, delimiters, quotes and line breaks among it


@given(
    body=st.lists(st.lists(TEXT, min_size=3, max_size=3), max_size=12),
    delimiter=st.sampled_from([",", ";", "\t", "|"]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"]),
    quoting=st.sampled_from([csv.QUOTE_ALL, csv.QUOTE_MINIMAL]),
    end=st.sampled_from(["\n", "\r\n"]),
)
def test_any_table_written_as_csv_reads_back_the_same(
    body: list[list[str]], delimiter: str, encoding: str, quoting: int, end: str
) -> None:
    written = io.StringIO()
    writer = csv.writer(written, delimiter=delimiter, quoting=quoting, lineterminator=end)  # type: ignore[arg-type]
    writer.writerows([["Số hồ sơ", "Ngày nhận", "Đơn vị"], *body])
    with tempfile.TemporaryDirectory() as folder:
        table = read(Path(folder), written.getvalue().encode(encoding))
        assert table.headers == ("Số hồ sơ", "Ngày nhận", "Đơn vị")
        found = list(table.rows())
    expected = [tuple(cell or None for cell in row) for row in body]
    blank = [row for row in expected if not any((c or "").strip() for c in row)]
    kept = [row for row in expected if row not in blank]
    other = [one for one in table.left_out if one.reason != "blank"]
    assert [row for row in kept if row in found] == found
    assert len(found) + len(other) == len(kept)
    assert table.warnings == ()


@given(st.lists(st.text(st.sampled_from('a,"\n x'), max_size=10), max_size=8))
def test_no_character_of_any_lines_is_lost(lines: list[str]) -> None:
    physical = "\n".join(lines).split("\n")
    cells = [cell or "" for _, row in records(iter(physical), ",") for cell in row]
    assert "".join(cells).count("a") == "".join(physical).count("a")
    assert "".join(cells).count("x") == "".join(physical).count("x")
