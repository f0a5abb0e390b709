"""Looking into a file: what its columns hold, which source fits, and a draft where none does."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, cast

import pytest

from pipeline.content import EXCEL, WITH_OFFSET, Seen, content_of
from pipeline.inspection import ColumnFound, Inspection, TableFound, look
from pipeline.inspection_text import render
from pipeline.preview import preview
from pipeline.proposal import propose
from pipeline.readers import Table
from pipeline.sources import Source, load_source, ready_made


@dataclass
class LeftOut:
    reason: str


@dataclass
class Sheet:
    """A table as a reader hands it over."""

    headers: list[str]
    cells: list[list[str | None]]
    file: str = "x.csv"
    sheet: str | None = None
    encoding: str | None = "utf-8"
    delimiter: str | None = ";"
    title: str | None = None
    header_line: int | None = 1
    left_out: list[LeftOut] = field(default_factory=list)

    def rows(self) -> Iterator[list[str | None]]:
        return iter(self.cells)


def sheet(text: str, **about: Any) -> Table:
    """A table written as lines with ';' between the cells; an empty cell is None."""
    first, *rest = (line.strip().split(";") for line in text.strip().splitlines())
    cells = [[cell or None for cell in row] for row in rest]
    return cast(Table, Sheet(headers=first, cells=cells, **about))


def found(table: Table, known: dict[str, Source] | None = None) -> dict[str, ColumnFound]:
    return {column.header: column for column in looked(table, known).columns}


def looked(table: Table, known: dict[str, Source] | None = None) -> TableFound:
    return look(table, ready_made() if known is None else known)


def content(header: str, *texts: str) -> tuple[str, list[str]]:
    seen = Seen()
    for text in texts:
        seen.take(text)
    kind, formats, _ = content_of(header, seen)
    return kind, [one.format for one in formats]


WARD = sheet("""
So phieu;Loai viec;Phong;Nguoi dan;So CCCD;Nhan luc;Phai xong;Xong luc;Tinh hinh;Qua
A-1;Khai sinh;Tư pháp;Trần Thị B;0310;01.03.2024 08:30;05.03.2024;04.03.2024;Đã trả kết quả;web
A-2;Đất đai;Địa chính;Lê Văn C;0311;02.03.2024 09:00;20.03.2024;;dang lam;Trực tiếp
A-3;Đất đai;Địa chính;Hồ Thị D;0312;02.03.2024 10:15;20.03.2024;;dang lam;Trực tiếp
""")
IGATE = sheet("""
Số hồ sơ;Tên thủ tục hành chính;Ngày tiếp nhận;Hạn xử lý;SĐT;Chủ hồ sơ;Địa chỉ;Trạng thái;Cột lạ
H1;Khai sinh;01/03/2024 08:00:00;05/03/2024;912345678.0;Trần Thị B;12 Lê Lợi;Đang xử lý;7
H2;Khai sinh;02/03/2024 08:00:00;06/03/2024;912345679.0;Lê Văn C;14 Lê Lợi;Ngủ đông;7
""")


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (("01/03/2024", "31/12/2023"), ("time", ["%d/%m/%Y"])),
        (("2024-03-01T08:00:00+07:00",), ("time", [WITH_OFFSET])),
        (("01/03/24", "31/12/23"), ("time", ["%d/%m/%y"])),
        (("20240301083000",), ("time", ["%Y%m%d%H%M%S"])),
        (("45292", "45293.5"), ("time", [EXCEL])),
        (("1.249", "60,47", "12"), ("number", [])),
        (("A", "B", "A"), ("vocabulary", [])),
        (("một", "hai", "ba"), ("text", [])),
        ((), ("empty", [])),
    ],
)
def test_what_a_column_holds(texts: tuple[str, ...], expected: tuple[str, list[str]]) -> None:
    assert content("Ngày", *texts) == expected


def test_five_digits_are_no_days_where_the_header_speaks_of_none() -> None:
    assert content("Lệ phí", "45292", "45293") == ("number", [])


def test_months_come_first_only_where_a_day_proves_it() -> None:
    seen = Seen()
    for text in ("01/05/2015", "01/31/2015"):
        seen.take(text)
    assert content_of("x", seen)[2] is True
    doubtful = Seen()
    doubtful.take("01/05/2015")
    assert content_of("x", doubtful)[2] is False


def test_a_known_export_is_recognised_with_its_columns() -> None:
    table = looked(IGATE)
    assert table.source == "igate"
    assert table.refusal is None
    columns = {column.header: column for column in table.columns}
    assert columns["Hạn xử lý"].column == "due_at"
    assert columns["Hạn xử lý"].date_formats[0].example == "05/03/2024"
    assert columns["Cột lạ"].role == "unknown"


def test_words_show_what_they_mean_and_the_unknown_ones_that_they_mean_nothing() -> None:
    words = {word.text: (word.row_n, word.meaning) for word in found(IGATE)["Trạng thái"].words}
    assert words == {"Đang xử lý": (1, "in_progress"), "Ngủ đông": (1, None)}


def test_personal_columns_are_counted_and_never_quoted() -> None:
    columns = found(IGATE)
    for header in ("Địa chỉ", "Chủ hồ sơ", "SĐT"):
        assert columns[header].filled_n == 2
        assert columns[header].examples == ()
        assert columns[header].words == ()
    printed = render(Inspection(Path("x.csv"), (looked(IGATE),)))
    assert "Lê Lợi" not in printed
    assert "Trần" not in printed
    assert "912345" not in printed


def test_an_unknown_file_gets_guesses_each_column_once() -> None:
    table = looked(WARD)
    assert table.source is None
    assert table.refusal is not None
    guesses = {column.header: column.guess for column in table.columns if column.guess}
    assert guesses == {
        "So phieu": "dossier_code",
        "Loai viec": "procedure",
        "Phong": "unit",
        "Nguoi dan": "applicant_name",
        "Nhan luc": "received_at",
        "Phai xong": "due_at",
        "Xong luc": "finished_at",
        "Tinh hinh": "status",
        "Qua": "channel",
    }


def test_codes_alone_suggest_no_vocabulary() -> None:
    assert found(sheet("Cột\n4\n4\n5"))["Cột"].guess is None
    assert found(sheet("Cột\nTrực tiếp\nTrực tiếp\nBCCI"))["Cột"].guess == "channel"


def test_a_verdict_beside_its_dates_is_not_proposed() -> None:
    with_dates = "Mã hồ sơ;Mở;Hạn xong;Xong;Quá hạn?\nA;01/03/2024;02/03/2024;03/03/2024;có"
    assert found(sheet(with_dates), {})["Quá hạn?"].guess is None
    assert found(sheet("Mã hồ sơ;Quá hạn?\nA;có\nB;có"), {})["Quá hạn?"].guess == "late_flag"


def test_a_draft_can_be_loaded_and_leaves_unknown_words_open() -> None:
    draft = propose(looked(WARD), "phuong_x", "Phường X")
    assert draft.missing == ()
    assert draft.source is not None
    assert draft.source.name == "phuong_x"
    assert draft.source.personal == ["So CCCD"]
    assert draft.source.values["status"] == {"handed_over": ["Đã trả kết quả"]}
    assert draft.unknown_words["status"] == (("dang lam", 2),)
    assert "#   'dang lam' (2 rows)" in draft.toml


def test_a_draft_is_toml_that_says_the_same_as_its_source(tmp_path: Path) -> None:
    draft = propose(looked(WARD), "phuong_x")
    path = tmp_path / "phuong_x.toml"
    path.write_text(draft.toml, encoding="utf-8")
    assert load_source(path) == draft.source


def test_a_draft_without_a_code_says_what_is_missing() -> None:
    draft = propose(looked(sheet("Ngày nhận;Màu\n01/03/2024;đỏ\n02/03/2024;đỏ"), {}))
    assert draft.source is None
    assert draft.missing == ("dossier_code",)
    assert draft.unknown_headers == ("Màu",)
    assert "columns.dossier_code is missing" in draft.toml


def test_a_draft_names_formats_the_board_would_not_try_by_itself() -> None:
    text = "Mã hồ sơ;Ngày nhận;Phòng ban\nA;01/03/24;X\nB;31/03/24;X"
    draft = propose(looked(sheet(text), {}))
    assert draft.source is not None
    assert draft.source.date_formats == ["%d/%m/%y"]


def test_rows_left_out_are_counted_by_reason() -> None:
    table = sheet("a;b\n1;2", left_out=[LeftOut("total"), LeftOut("total"), LeftOut("signature")])
    assert looked(table).left_out == {"total": 2, "signature": 1}
    assert "left out     2 (total)" in render(Inspection(Path("x.csv"), (looked(table),)))


def test_a_file_without_tables_says_so() -> None:
    assert render(Inspection(Path("empty.xlsx"))) == "empty.xlsx: no table found.\n"


def test_a_preview_reads_the_rows_as_the_board_will() -> None:
    shown = preview(IGATE, ready_made()["igate"], n=1)
    assert len(shown.rows) == 1
    row = dict(zip(shown.columns, shown.rows[0], strict=True))
    assert row["received_at"].value == datetime(2024, 3, 1, 8)
    assert row["status"].value == "in_progress"
    assert row["dossier_code"].value == "H1"


def test_a_preview_marks_what_it_does_not_understand_and_masks_names() -> None:
    shown = preview(IGATE, ready_made()["igate"])
    row = dict(zip(shown.columns, shown.rows[1], strict=True))
    assert row["status"].text == "Ngủ đông"
    assert row["status"].value is None
    assert not row["status"].is_understood
    assert row["applicant_name"].text == "Lê V. C***"
    assert "Lê Lợi" not in str(shown.rows)
    assert "Văn" not in str(shown.rows)


def test_a_preview_joins_a_date_with_its_time() -> None:
    source = Source.model_validate(
        {
            "name": "two",
            "title_vi": "x",
            "title_en": "x",
            "kind": "dossier",
            "empty_words": ["NA"],
            "columns": {
                "dossier_code": ["Mã"],
                "received_at": {"date": ["Ngày"], "time": ["Giờ"]},
                "officer": ["Ai"],
            },
        }
    )
    shown = preview(sheet("Mã;Ngày;Giờ;Ai\nA;01/03/2024;08:30;NA"), source)
    assert [cell.value for cell in shown.rows[0]] == ["A", datetime(2024, 3, 1, 8, 30), None]
