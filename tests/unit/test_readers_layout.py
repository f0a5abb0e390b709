"""Where the header stands, and which rows under it are no data."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from pipeline.readers.grid import Grid, header_of, table_of
from pipeline.readers.layout import unique
from pipeline.readers.not_data import is_column_numbers
from pipeline.readers.table import Merged, Row, Table
from pipeline.text import fold

LIST = "STT|Số hồ sơ|Tên thủ tục|Phòng ban|Ngày tiếp nhận"
FIRST = "1|H37.14-231207-0003|Khai sinh|Tư pháp|07/12/2023"
SECOND = "2|H37.14-231207-0004|Khai tử|Tư pháp|08/12/2023"
THIRD = "3|H37.14-231208-0001|Kết hôn|Tư pháp|08/12/2023"


def rows(*lines: str) -> list[Row]:
    """Lines with | between the cells."""
    cells = [tuple(cell or None for cell in line.split("|")) for line in lines]
    width = max(len(row) for row in cells)
    return [(n, row + (None,) * (width - len(row))) for n, row in enumerate(cells, start=1)]


def read(*lines: str, merged: Sequence[Merged] = (), known: Sequence[str] = ()) -> Table:
    given = rows(*lines)
    grid = Grid(file="a.xlsx", rows=lambda: iter(given), merged=tuple(merged))
    header = header_of(grid, grid.head(), frozenset(map(fold, known)))
    assert header is not None
    return table_of(grid, grid.head(), header)


def left_out(table: Table) -> list[tuple[int, str]]:
    list(table.rows())
    return [(one.line, one.reason) for one in table.left_out]


def test_titles_above_the_header_are_kept_as_title_and_left_out() -> None:
    table = read(
        "UBND TỈNH LẠNG SƠN|||CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM|",
        "|DANH SÁCH HỒ SƠ|||",
        "|Từ ngày 01/12/2023 đến ngày 31/12/2023|||",
        "",
        LIST,
        FIRST,
    )
    assert table.header_line == 5
    assert table.headers == tuple(LIST.split("|"))
    assert [line for line, _ in table.numbered()] == [6]
    assert left_out(table) == [(1, "title"), (2, "title"), (3, "title")]
    assert table.title is not None
    assert "Từ ngày 01/12/2023 đến ngày 31/12/2023" in table.title


def test_a_blank_merged_row_above_the_header_is_no_header() -> None:
    table = read("||||", LIST, FIRST, merged=[(0, 0, 0, 4)])
    assert table.header_line == 2
    assert len(list(table.rows())) == 1


def test_a_header_over_two_merged_rows_is_joined() -> None:
    table = read(
        "STT|Lĩnh vực|Số hồ sơ tiếp nhận||Số hồ sơ giải quyết||",
        "||Tổng số|Trong kỳ|Trước hạn|Đúng hạn|Quá hạn",
        "(1)|(2)|(3)|(4)|(5)|(6)|(7)",
        "1|Đất đai|10|8|3|4|0",
        "2|Hộ tịch|12|9|5|4|1",
        merged=[(0, 1, 0, 0), (0, 1, 1, 1), (0, 0, 2, 3), (0, 0, 4, 6)],
    )
    assert table.headers == (
        "STT",
        "Lĩnh vực",
        "Số hồ sơ tiếp nhận – Tổng số",
        "Số hồ sơ tiếp nhận – Trong kỳ",
        "Số hồ sơ giải quyết – Trước hạn",
        "Số hồ sơ giải quyết – Đúng hạn",
        "Số hồ sơ giải quyết – Quá hạn",
    )
    assert [line for line, _ in table.numbered()] == [4, 5]
    assert left_out(table) == [(3, "column_numbers")]


def test_a_header_over_three_merged_rows_is_joined() -> None:
    table = read(
        "STT|Lĩnh vực|Số hồ sơ tiếp nhận|||Quá hạn",
        "||Tổng số|Trong đó||",
        "|||Trong kỳ|Kỳ trước|",
        "1|Đất đai|10|8|2|0",
        "2|Hộ tịch|12|9|3|1",
        merged=[(0, 2, 0, 0), (0, 2, 1, 1), (0, 0, 2, 4), (1, 2, 2, 2), (1, 1, 3, 4), (0, 2, 5, 5)],
    )
    assert table.headers[2:] == (
        "Số hồ sơ tiếp nhận – Tổng số",
        "Số hồ sơ tiếp nhận – Trong đó – Trong kỳ",
        "Số hồ sơ tiếp nhận – Trong đó – Kỳ trước",
        "Quá hạn",
    )
    assert len(list(table.rows())) == 2


def test_without_known_merges_two_header_rows_are_told_by_the_figures_below() -> None:
    table = read("STT|Lĩnh vực|Tiếp nhận||Quá hạn", "||Tổng số|Trong kỳ|", "1|Đất đai|10|8|0")
    assert table.headers[2:4] == ("Tiếp nhận – Tổng số", "Tiếp nhận – Trong kỳ")


def test_a_first_row_of_data_that_is_all_text_does_not_become_part_of_the_header() -> None:
    table = read("Mã||Tên|Phòng", "x|y|z|t", "u|v|w|p")
    assert table.header_line == 1
    assert len(list(table.rows())) == 2


def test_duplicate_headers_and_those_that_differ_in_case_are_told_apart() -> None:
    assert unique(["Ngày", "Ngày", "ngày", "Ngày (2)", None]) == (
        "Ngày",
        "Ngày (3)",
        "ngày (4)",
        "Ngày (2)",
        "cột 5",
    )


def test_odd_spaces_and_line_breaks_in_headers_are_squeezed() -> None:
    table = read("Số\u00a0 hồ\nsơ|Tên  thủ tục|Ngày", FIRST[2:])
    assert table.headers[:2] == ("Số hồ sơ", "Tên thủ tục")


def test_a_known_header_row_wins_over_a_wider_row_of_text() -> None:
    table = read(
        "Đơn vị|Người lập|Điện thoại|Thư điện tử|Ghi chú|Phòng",
        "Số hồ sơ|Ngày tiếp nhận|Ngày hẹn trả|Trạng thái||",
        "A-1|01/03/2024|05/03/2024|Đang xử lý||",
        known=["Số hồ sơ", "Ngày tiếp nhận", "Ngày hẹn trả", "Trạng thái"],
    )
    assert table.header_line == 2


@pytest.mark.parametrize(
    "label",
    ["Tổng cộng", "TỔNG CỘNG:", "Cộng", "Tổng số", "Tong cong", "Grand Total", "Total", "Tổng"],
)
def test_a_total_row_is_left_out(label: str) -> None:
    table = read(LIST, FIRST, SECOND, f"{label}||2||")
    assert left_out(table) == [(4, "total")]
    assert len(list(table.rows())) == 2


def test_a_company_whose_name_begins_like_a_total_is_data() -> None:
    table = read("Đơn vị|Số lượng|Trễ|Ghi chú", "Tổng công ty Điện lực|3|0|", "Tổng cục Thuế|4|1|")
    assert left_out(table) == []


def test_a_total_word_beside_words_and_dates_is_data() -> None:
    table = read(LIST, FIRST, "Cộng|H37-1|Khai sinh|Tư pháp|07/12/2023")
    assert left_out(table) == []


def test_a_pivot_tables_subtotal_is_left_out_under_its_own_group_only() -> None:
    table = read("Kênh|Loại|Tháng 1|Tháng 2", "Web|A|1|2", "Web Total||1|2", "Fax Total||1|2")
    assert left_out(table) == [(3, "total")]


@pytest.mark.parametrize(
    "row",
    ["I|Sở, ban, ngành|||", "II|UBND cấp huyện|||", "A|Cấp tỉnh|||", "Sở, ban, ngành||||",
     "I. SỞ, BAN, NGÀNH||||", "Phòng Tư pháp huyện||||"],
)  # fmt: skip
def test_a_group_row_is_left_out(row: str) -> None:
    table = read(LIST, row, FIRST, SECOND, THIRD)
    assert left_out(table) == [(2, "group")]


def test_a_group_row_with_its_own_figures_is_left_out_where_rows_are_numbered() -> None:
    table = read("STT|Đơn vị|Tiếp nhận|Quá hạn", "I|Sở, ban, ngành|30|1", "1|Sở Tư pháp|30|1")
    assert left_out(table) == [(2, "group")]


@pytest.mark.parametrize(
    "row",
    ["4||Khai sinh|Tư pháp|09/12/2023", "4|H37.14-231209-0001|||", "|H37.14-231209-0001|||",
     "4||||", "||Khai sinh||09/12/2023", "||Khai sinh||"],
)  # fmt: skip
def test_a_row_that_merely_lacks_cells_is_data(row: str) -> None:
    table = read(LIST, FIRST, SECOND, THIRD, row)
    assert left_out(table) == []
    assert len(list(table.rows())) == 4


def test_a_unit_alone_in_a_column_of_words_is_data() -> None:
    table = read("Đơn vị|Tiếp nhận|Trễ|Ghi chú", "Sở Tư pháp|3|0|", "Sở Nội vụ|1|0|", "Sở Y tế|||")
    assert left_out(table) == []


def test_the_signature_block_ends_the_table() -> None:
    table = read(
        LIST,
        FIRST,
        "|||Lạng Sơn, ngày 31 tháng 12 năm 2023|",
        "|NGƯỜI LẬP BIỂU||THỦ TRƯỞNG ĐƠN VỊ|",
        "|(Ký, ghi rõ họ tên)||(Ký, đóng dấu)|",
        "",
        "|Nguyễn Thị Bình||Trần Văn An|",
    )
    assert left_out(table) == [
        (3, "signature"),
        (4, "signature"),
        (5, "signature"),
        (6, "blank"),
        (7, "signature"),
    ]
    assert len(list(table.rows())) == 1


def test_a_data_row_after_a_signature_is_data_again() -> None:
    table = read(LIST, FIRST, "|||Ngày ... tháng ... năm ...|", SECOND)
    assert left_out(table) == [(3, "signature")]
    assert [line for line, _ in table.numbered()] == [2, 4]


def test_blank_rows_between_count_and_those_at_the_end_of_a_used_range_do_not() -> None:
    table = read(LIST, FIRST, "", SECOND, *[""] * 30)
    assert left_out(table) == [(3, "blank")]


def test_a_header_repeated_on_every_page_is_left_out() -> None:
    table = read(LIST, FIRST, LIST, SECOND)
    assert left_out(table) == [(3, "header")]


@pytest.mark.parametrize(
    "row", ["(1)|(2)|(3)", "1|2|3|4", "A|B|1|2|3", "(1)|(2)|(3)=(4)+(5)|(4)|(5)", "[1]|[2]|[3]"]
)
def test_a_row_of_column_numbers(row: str) -> None:
    assert is_column_numbers(row.split("|"))


@pytest.mark.parametrize("row", ["1|2|3", "1|3|4|5", "7|8|9|10", "1|2||4", "1|2|x|4", "1"])
def test_a_row_of_figures_is_no_row_of_column_numbers(row: str) -> None:
    assert not is_column_numbers(row.split("|"))


def test_figures_that_look_like_column_numbers_further_down_are_data() -> None:
    table = read("A1|B1|C1|D1", "9|8|7|6", "1|2|3|4")
    assert left_out(table) == []


def test_a_cell_merged_over_several_rows_speaks_for_all_of_them() -> None:
    table = read(
        "Đơn vị|Số hồ sơ|Ngày", "Sở Y tế|A-1|01/03/2024", "|A-2|02/03/2024", "|A-3|03/03/2024",
        merged=[(1, 2, 0, 0)],
    )  # fmt: skip
    assert [cells[0] for cells in table.rows()] == ["Sở Y tế", "Sở Y tế", None]


def test_left_out_rows_keep_line_and_text() -> None:
    table = read(LIST, FIRST, SECOND, "Tổng cộng||2||")
    list(table.rows())
    assert (table.left_out[0].line, table.left_out[0].text) == (4, "Tổng cộng | 2")


def test_reading_twice_gives_the_same_and_counts_once() -> None:
    table = read(LIST, FIRST, "Tổng cộng||1||")
    assert list(table.numbered()) == list(table.numbered())
    assert len(table.left_out) == 1
