"""Landing: text into Parquet, exactly, atomically, once per content."""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from pathlib import Path

import duckdb
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline import landing, landing_text
from pipeline.errors import Refused, UnreadableFile
from pipeline.landing import Landed, land, landed_batches, read_manifest
from pipeline.text import fold

HEADER = "Số hồ sơ,Chủ hồ sơ,Số CCCD,Ngày"
ROWS = "A-1,An,001,01/03/2024\nA-2,Bình,002,02/03/2024\n"


@pytest.fixture(autouse=True)
def _every_file_is_large(monkeypatch: pytest.MonkeyPatch) -> None:
    """The quick way is taken for small files too, so that tiny ones test it."""
    monkeypatch.setattr(landing_text, "SMALL", 0)


def csv_file(folder: Path, text: str | bytes, name: str = "a.csv") -> Path:
    file = folder / name
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    return file


def landed(folder: Path, *files: Path, personal: Sequence[str] = (), source: str = "s") -> Landed:
    with duckdb.connect() as con:
        hidden = {fold(header) for header in personal}
        return land(
            con, files, source, folder / "wh", not_kept=lambda header: fold(header) in hidden
        )


def rows(folder: Path, batch: Landed, table: int = 0) -> list[dict[str, object]]:
    """The data rows as staging sees them: without those left out, each with its line."""
    one = batch.tables[table]
    read = pq.read_table(folder / "wh" / "landing" / batch.batch_id / one.parquet).to_pylist()
    out = {left.row for left in one.left_out if left.row is not None}
    return [
        {"_line": row.pop("_line") if one.has_line else one.first_line + place, **row}
        for place, row in enumerate(read)
        if place not in out
    ]


def texts(folder: Path, batch: Landed, column: str) -> list[object]:
    return [row[column] for row in rows(folder, batch)]


def test_rows_land_as_text_under_their_headers_and_lines(tmp_path: Path) -> None:
    batch = landed(tmp_path, csv_file(tmp_path, f"{HEADER}\n{ROWS}"))
    assert rows(tmp_path, batch) == [
        {"_line": 2, "Số hồ sơ": "A-1", "Chủ hồ sơ": "An", "Số CCCD": "001", "Ngày": "01/03/2024",
         "_extra": None},
        {"_line": 3, "Số hồ sơ": "A-2", "Chủ hồ sơ": "Bình", "Số CCCD": "002",
         "Ngày": "02/03/2024", "_extra": None},
    ]  # fmt: skip
    assert batch.tables[0].headers == tuple(HEADER.split(","))
    assert not batch.tables[0].has_line


@pytest.mark.parametrize(
    ("name", "body", "lines"),
    [
        ("a quoted line break", 'A-1,"An\nx",1,2\nA-2,B,1,2\n', [2, 4]),
        ("a quote never closed", 'A-1,"An,1,2\nA-2,B,1,2\n', [2, 3]),
        ("a stray quote", 'A-1,"An" x,1,2\nA-2,B,1,2\n', [2, 3]),
        ("an empty line", "A-1,An,1,2\n\nA-2,B,1,2\n", [2, 4]),
        ("empty lines at the end", "A-1,An,1,2\nA-2,B,1,2\n\n\n", [2, 3]),
        ("no line end at the end", "A-1,An,1,2\nA-2,B,1,2", [2, 3]),
        ("windows line ends", "A-1,An,1,2\r\nA-2,B,1,2\r\n", [2, 3]),
        ("mixed line ends", "A-1,An,1,2\r\nA-2,B,1,2\n", [2, 3]),
        ("a bare carriage return", "A-1,An,1,2\rA-2,B,1,2\n", [2, 3]),
        ("too few cells", "A-1,An\nA-2,B,1,2\n", [2, 3]),
        ("too many cells", "A-1,An,1,2,3,4\nA-2,B,1,2\n", [2, 3]),
        ("a NUL", "A-1,A\0n,1,2\nA-2,B,1,2\n", [2, 3]),
    ],
)
def test_no_fault_of_a_csv_costs_a_row_or_a_line(
    tmp_path: Path, name: str, body: str, lines: list[int]
) -> None:
    batch = landed(tmp_path, csv_file(tmp_path, f"{HEADER}\n{body}"))
    found = rows(tmp_path, batch)
    assert [row["_line"] for row in found] == lines, name
    assert [row["Số hồ sơ"] for row in found] == ["A-1", "A-2"], name


def test_cells_beyond_the_last_header_are_kept_under_a_header_of_ours(tmp_path: Path) -> None:
    batch = landed(tmp_path, csv_file(tmp_path, f"{HEADER}\nA-1,An,1,2,thừa,nữa\n{ROWS}"))
    assert batch.tables[0].headers[-1] == "_extra"
    assert texts(tmp_path, batch, "_extra") == ["thừa,nữa", None, None]
    assert batch.tables[0].warnings == ("extra_cells 1",)


def test_a_bad_byte_far_down_costs_nothing_and_is_told(tmp_path: Path) -> None:
    body = "".join(f"A-{n},Đất,1,2\n" for n in range(50))
    content = f"{HEADER}\n{body}".encode() + b"A-50,caf\xe9,1,2\n"
    batch = landed(tmp_path, csv_file(tmp_path, content))
    assert texts(tmp_path, batch, "Chủ hồ sơ")[-1] == "café"
    assert batch.tables[0].row_n == 51
    assert batch.tables[0].warnings == ("bad_bytes 1 from line 52",)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le"])
def test_other_encodings_land_as_the_same_text(tmp_path: Path, encoding: str) -> None:
    batch = landed(tmp_path, csv_file(tmp_path, f"{HEADER}\n{ROWS}".encode(encoding)))
    assert texts(tmp_path, batch, "Chủ hồ sơ") == ["An", "Bình"]


def test_what_stands_above_the_header_is_kept_with_its_line_and_counted(tmp_path: Path) -> None:
    text = f"UBND tỉnh X,,,\nTháng 3/2024,,,\n{HEADER}\n{ROWS}Tổng cộng,,2,\n"
    batch = landed(tmp_path, csv_file(tmp_path, text))
    manifest = read_manifest(tmp_path / "wh" / "landing" / batch.batch_id)
    (table,) = manifest.tables
    kept = [(one.line, one.reason, one.text) for one in table.left_out]
    assert kept == [
        (1, "title", "UBND tỉnh X"),
        (2, "title", "Tháng 3/2024"),
        (6, "total", "Tổng cộng | 2"),
    ]
    assert (table.title, table.header_line) == ("UBND tỉnh X · Tháng 3/2024", 3)
    assert texts(tmp_path, batch, "Số hồ sơ") == ["A-1", "A-2"]  # and none of them is data


def test_both_ways_leave_out_the_same_rows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = (
        "DANH SÁCH HỒ SƠ,,,,\nSTT,Số hồ sơ,Thủ tục,Phòng,Ngày\n(1),(2),(3),(4),(5)\n"
        "I,Sở ban ngành,,,\n1,A-1,Khai sinh,Tư pháp,01/03/2024\n,,,,\n2,A-2,,,\n3,,Khai tử,,\n"
        "Tổng cộng,,2,,\n,,,Ngày 31 tháng 12 năm 2023,\n,NGƯỜI LẬP BIỂU,,,\n,Trần Thị Bình,,,\n"
    )
    quick = landed(tmp_path, csv_file(tmp_path, text))
    monkeypatch.setattr(landing_text, "SMALL", 10**9)
    exact = landed(tmp_path, csv_file(tmp_path, text), source="other")
    assert (quick.tables[0].has_line, exact.tables[0].has_line) == (False, True)
    assert rows(tmp_path, quick) == rows(tmp_path, exact)
    reasons = [
        [(one.line, one.reason) for one in batch.tables[0].left_out] for batch in (quick, exact)
    ]
    assert reasons[0] == reasons[1]
    assert [reason for _, reason in reasons[0]] == [
        "title", "column_numbers", "group", "blank", "total", "signature", "signature", "signature",
    ]  # fmt: skip
    assert [row["_line"] for row in rows(tmp_path, quick)] == [5, 7, 8]


CELL = st.sampled_from(
    ["", "x", "Đất đai", "A-1", "1", "(2)", "I", "Tổng cộng", "Web Total", "Web", "2024", "a b",
     "Người lập biểu", 'có "nháy"', "dấu, phẩy", "hai\ndòng", " ", "\u00a0", " Cộng"]
)  # fmt: skip


@given(body=st.lists(st.lists(CELL, min_size=4, max_size=4), max_size=10))
@settings(max_examples=150, deadline=None)
def test_both_ways_give_the_same_rows_for_any_table(
    tmp_path_factory: pytest.TempPathFactory, body: list[list[str]]
) -> None:
    folder = tmp_path_factory.mktemp("both")
    quoted = [
        ",".join(
            '"' + cell.replace('"', '""') + '"' if set(cell) & set(',"\n') else cell for cell in row
        )
        for row in body
    ]
    file = csv_file(folder, "\n".join(["Mã,Tên,Phòng,Ngày", *quoted]) + "\n")
    with pytest.MonkeyPatch.context() as patch:
        quick = landed(folder, file)
        patch.setattr(landing_text, "SMALL", 10**9)
        exact = landed(folder, file, source="other")
    assert rows(folder, quick) == rows(folder, exact)
    assert quick.tables[0].headers == exact.tables[0].headers


@pytest.mark.parametrize("is_quick", [True, False])
def test_of_personal_columns_nothing_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_quick: bool
) -> None:
    monkeypatch.setattr(landing_text, "SMALL", 0 if is_quick else 10**9)
    text = f"{HEADER}\n{ROWS}Tổng cộng,2,0909111222,\n"
    batch = landed(tmp_path, csv_file(tmp_path, text), personal=["SỐ CCCD"])
    assert texts(tmp_path, batch, "Số CCCD") == [None, None]
    assert batch.tables[0].not_kept == ("Số CCCD",)
    folder = tmp_path / "wh" / "landing" / batch.batch_id
    for file in folder.iterdir():
        assert b"0909111222" not in file.read_bytes()
    assert texts(tmp_path, batch, "Chủ hồ sơ") == ["An", "Bình"]
    assert [one.reason for one in batch.tables[0].left_out] == ["total"]


def test_a_row_filled_only_in_personal_columns_is_not_taken_for_blank(tmp_path: Path) -> None:
    text = f"{HEADER}\n{ROWS},,003,\n"
    batch = landed(tmp_path, csv_file(tmp_path, text), personal=["Số CCCD"])
    assert len(rows(tmp_path, batch)) == 3
    assert batch.tables[0].left_out == ()


def test_the_same_files_twice_are_no_news_in_any_order(tmp_path: Path) -> None:
    one, two = (
        csv_file(tmp_path, f"{HEADER}\n{ROWS}"),
        csv_file(tmp_path, HEADER + "\nB,1,2,3\n", "b.csv"),
    )
    first = landed(tmp_path, one, two)
    again = landed(tmp_path, two, one)
    assert (first.news, again.news) == (True, False)
    assert again.batch_id == first.batch_id
    assert [batch.batch_id for batch in landed_batches(tmp_path / "wh")] == [first.batch_id]


def test_a_file_landed_before_is_left_aside_and_named(tmp_path: Path) -> None:
    one = csv_file(tmp_path, f"{HEADER}\n{ROWS}")
    landed(tmp_path, one)
    two = csv_file(tmp_path, HEADER + "\nB-1,x,1,2\n", "b.csv")
    batch = landed(tmp_path, one, two)
    assert batch.news
    assert [file.name for file in batch.files] == ["b.csv"]
    assert batch.skipped == ("a.csv: landed_before",)
    assert batch.batch_no == 2


def test_the_same_content_under_two_names_is_landed_once(tmp_path: Path) -> None:
    one = csv_file(tmp_path, f"{HEADER}\n{ROWS}")
    two = csv_file(tmp_path, f"{HEADER}\n{ROWS}", "b.csv")
    batch = landed(tmp_path, one, two)
    assert len(batch.tables) == 1
    assert batch.skipped == ("b.csv: same_content",)


def test_another_source_lands_the_same_file_as_its_own_batch(tmp_path: Path) -> None:
    file = csv_file(tmp_path, f"{HEADER}\n{ROWS}")
    first, second = landed(tmp_path, file), landed(tmp_path, file, source="other")
    assert second.news
    assert first.batch_id != second.batch_id


def test_the_manifest_reads_back_as_it_was(tmp_path: Path) -> None:
    batch = landed(tmp_path, csv_file(tmp_path, f"Báo cáo,,,\n{HEADER}\n{ROWS}Tổng cộng,2,,\n"))
    folder = tmp_path / "wh" / "landing" / batch.batch_id
    assert read_manifest(folder) == batch
    assert read_manifest(folder / "manifest.json") == batch


def test_a_damaged_manifest_is_refused_by_its_path(tmp_path: Path) -> None:
    batch = landed(tmp_path, csv_file(tmp_path, f"{HEADER}\n{ROWS}"))
    file = tmp_path / "wh" / "landing" / batch.batch_id / "manifest.json"
    file.write_text(json.dumps({"batch_id": "x"}))
    with pytest.raises(Refused, match=r"manifest\.json"):
        landed_batches(tmp_path / "wh")


class KilledHere(BaseException):
    """Stands for a process that ends without a word."""


@pytest.mark.parametrize("step", ["written_quickly", "write_manifest", "_publish"])
def test_a_kill_at_any_step_leaves_no_batch_and_the_next_run_cleans_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    file = csv_file(tmp_path, f"{HEADER}\n{ROWS}")
    home = tmp_path / "wh" / "landing"

    def killed(*_: object) -> None:
        raise KilledHere

    with monkeypatch.context() as patch:
        patch.setattr(landing, step, killed)
        patch.setattr(shutil, "rmtree", lambda *_, **__: None)
        with pytest.raises(KilledHere):
            landed(tmp_path, file)
    assert list(home.iterdir()) != []
    assert landed_batches(tmp_path / "wh") == []
    batch = landed(tmp_path, file)
    assert batch.news
    assert [folder.name for folder in home.iterdir()] == [batch.batch_id]


def test_a_finished_folder_that_was_not_renamed_is_no_batch(tmp_path: Path) -> None:
    batch = landed(tmp_path, csv_file(tmp_path, f"{HEADER}\n{ROWS}"))
    home = tmp_path / "wh" / "landing"
    (home / batch.batch_id).rename(home / f".working-{batch.batch_id}-1")
    assert landed_batches(tmp_path / "wh") == []


def test_a_damaged_file_lands_nothing_of_the_batch(tmp_path: Path) -> None:
    good = csv_file(tmp_path, f"{HEADER}\n{ROWS}")
    bad = csv_file(tmp_path, b"PK\x03\x04 broken", "hong.zip")
    with pytest.raises(UnreadableFile, match=r"hong\.zip"):
        landed(tmp_path, good, bad)
    assert list((tmp_path / "wh" / "landing").iterdir()) == []


def test_files_without_a_table_are_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match=r"a\.json: no table"):
        landed(tmp_path, csv_file(tmp_path, "[]", "a.json"))


def test_files_of_one_name_in_two_folders_are_told_apart(tmp_path: Path) -> None:
    files = []
    for folder, code in (("thang1", "A"), ("thang2", "B")):
        (tmp_path / folder).mkdir()
        files.append(csv_file(tmp_path / folder, f"{HEADER}\n{code},x,1,2\n"))
    batch = landed(tmp_path, *files)
    assert [file.name for file in batch.files] == ["thang1/a.csv", "thang2/a.csv"]
    assert [table.file for table in batch.tables] == ["thang1/a.csv", "thang2/a.csv"]


def test_order_of_rows_is_the_files_order(tmp_path: Path) -> None:
    body = "".join(f"A-{n},An,1,2\n" for n in range(20_000))
    batch = landed(tmp_path, csv_file(tmp_path, f"{HEADER}\n{body}"))
    assert texts(tmp_path, batch, "Số hồ sơ") == [f"A-{n}" for n in range(20_000)]
