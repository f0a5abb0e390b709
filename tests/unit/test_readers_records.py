"""Formats that name their columns, archives, folders, and how a kind is told."""

from __future__ import annotations

import gzip
import json
import zipfile
from datetime import datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipeline.errors import UnreadableFile
from pipeline.readers import Skipped, Table, archive, kind_of, tables, walk

CSV = b"Ma,Ten,Phong\n1,a,b\n"


def only(path: Path, **about: object) -> Table:
    (table,) = tables(path, **about)  # type: ignore[arg-type]
    return table


def written(path: Path, content: str | bytes) -> Path:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


RECORDS = '[{"MaHoSo": "A-1", "So": 12345678901234567890, "Ma": 2.000810}, {"MaHoSo": null}]'


@pytest.mark.parametrize(
    "text",
    [RECORDS, f'{{"content": {RECORDS}, "page": {{"n": 1}}}}', f'{{"total": 2, "rows": {RECORDS}}}',
     '{"MaHoSo": "A-1", "So": 12345678901234567890, "Ma": 2.000810}\n\n{"MaHoSo": null}\n'],
)  # fmt: skip
def test_json_in_all_its_shapes_keeps_every_digit(tmp_path: Path, text: str) -> None:
    table = only(written(tmp_path / "a.json", text))
    assert table.headers == ("MaHoSo", "So", "Ma")
    assert list(table.rows()) == [
        ("A-1", "12345678901234567890", "2.000810"),
        (None, None, None),
    ]


def test_nested_json_is_flattened_with_dots_and_lists_are_joined(tmp_path: Path) -> None:
    record = {"a": {"b": {"c": True}}, "l": ["x", 1, None], "o": [{"k": 1}], "e": {}}
    table = only(written(tmp_path / "a.json", json.dumps([record])))
    assert dict(zip(table.headers, next(table.rows()), strict=True)) == {
        "a.b.c": "true",
        "l": "x; 1",
        "o": '{"k": "1"}',
    }


def test_json_lines_keep_their_lines(tmp_path: Path) -> None:
    table = only(written(tmp_path / "a.jsonl", '{"a": 1}\n\n{"a": 2, "b": 3}\n'))
    assert list(table.numbered()) == [(1, ("1", None)), (3, ("2", "3"))]


@pytest.mark.parametrize(
    ("text", "told"),
    [('{"a": 1}\n{"a": \n', "line 2"), ('[{"a": 1}', "line 1"), ("[[1, 2]]", "list of objects"),
     ('{"x": [{"a": 1}], "y": [{"b": 1}]}', "x, y")],
)  # fmt: skip
def test_json_that_is_no_list_of_records_is_refused(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(UnreadableFile, match=told):
        list(tables(written(tmp_path / "a.json", text)))


def test_parquet_cells_become_text(tmp_path: Path) -> None:
    table = pa.table(
        {
            "n": pa.array([1, None], pa.int64()),
            "at": pa.array([datetime(2024, 3, 1, 8, 30), datetime(2024, 3, 1)]),
            "f": pa.array([912345678.0, 1.5]),
            "s": pa.array([{"x": "a"}, {"x": None}]),
            "l": pa.array([["a", "b"], []]),
        }
    )
    pq.write_table(table, tmp_path / "a.parquet")
    found = only(tmp_path / "a.parquet")
    assert found.headers == ("n", "at", "f", "s.x", "l")
    assert list(found.rows()) == [
        ("1", "2024-03-01T08:30:00", "912345678", "a", "a; b"),
        (None, "2024-03-01", "1.5", None, None),
    ]


LOG = """<?xml version="1.0"?>{doctype}<log xmlns="http://www.xes-standard.org/">
<global scope="event"><string key="concept:name" value="UNKNOWN"/></global>
<trace><string key="concept:name" value="A-1"/><date key="deadline" value="2024-03-01T00:00:00Z"/>
<event><string key="concept:name" value="Nhận"/><string key="org:group" value="{value}"/></event>
<event><string key="concept:name" value="Trả"/></event></trace>
<trace><string key="concept:name" value="A-2"/></trace></log>"""


def test_an_event_log_gives_a_row_per_event_and_one_for_a_trace_without(tmp_path: Path) -> None:
    table = only(written(tmp_path / "a.xes", LOG.format(doctype="", value="Một cửa")))
    assert table.headers == ("case:concept:name", "case:deadline", "concept:name", "org:group")
    assert list(table.numbered()) == [
        (4, ("A-1", "2024-03-01T00:00:00Z", "Nhận", "Một cửa")),
        (5, ("A-1", "2024-03-01T00:00:00Z", "Trả", None)),
        (6, ("A-2", None, None, None)),
    ]


@pytest.mark.parametrize(
    "doctype",
    ['<!DOCTYPE log [<!ENTITY e SYSTEM "file:///etc/passwd">]>',
     '<!DOCTYPE log [<!ENTITY a "xx"><!ENTITY e "&a;&a;&a;">]>'],
)  # fmt: skip
def test_an_event_log_with_entities_is_refused_and_nothing_is_expanded(
    tmp_path: Path, doctype: str
) -> None:
    with pytest.raises(UnreadableFile, match="DTD"):
        list(tables(written(tmp_path / "a.xes", LOG.format(doctype=doctype, value="&e;"))))


def test_an_event_log_that_breaks_off_is_refused(tmp_path: Path) -> None:
    text = LOG.format(doctype="", value="x")
    with pytest.raises(UnreadableFile, match="breaks off"):
        list(tables(written(tmp_path / "a.xes", text[:-30])))


def test_gzip_is_read_through_and_the_folder_it_used_goes_with_the_table(tmp_path: Path) -> None:
    table = only(written(tmp_path / "a.csv.gz", gzip.compress(CSV)))
    assert table.file == "a.csv"
    assert list(table.rows()) == [("1", "a", "b")]
    assert table.delimited is not None
    unpacked = table.delimited.path
    assert unpacked.exists()
    del table
    assert not unpacked.exists()


def test_members_of_a_zip_are_tables_named_after_both(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "x.zip", "w") as pack:
        pack.writestr("thang12/a.csv", CSV)
        pack.writestr("b.csv.gz", gzip.compress(CSV))
        pack.writestr("__MACOSX/._a.csv", CSV)
        pack.writestr("ghi chú.pdf", b"%PDF-1.4")
        pack.writestr("trống.csv", b"")
    skipped: list[Skipped] = []
    found = [table.file for table in tables(tmp_path / "x.zip", skipped=skipped)]
    assert found == ["x.zip/thang12/a.csv", "x.zip/b.csv"]
    assert [(one.name, one.reason) for one in skipped] == [
        ("x.zip/__MACOSX/._a.csv", "hidden"),
        ("x.zip/ghi chú.pdf", "unknown_kind"),
        ("x.zip/trống.csv", "unknown_kind"),
    ]


def test_all_tables_of_a_zip_can_be_read_after_the_walk(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "x.zip", "w") as pack:
        pack.writestr("a.csv", CSV)
        pack.writestr("b.csv", CSV)
    assert [len(list(table.rows())) for table in list(tables(tmp_path / "x.zip"))] == [1, 1]


@pytest.mark.parametrize("inner", ["../ra-ngoai.csv", "/etc/x.csv", "C:\\x.csv", "a/../../x.csv"])
def test_a_member_that_points_outside_is_skipped_and_nothing_is_written_there(
    tmp_path: Path, inner: str
) -> None:
    home = tmp_path / "a" / "b"
    home.mkdir(parents=True)
    with zipfile.ZipFile(home / "x.zip", "w") as pack:
        pack.writestr(zipfile.ZipInfo(inner), CSV)
    skipped: list[Skipped] = []
    assert list(tables(home / "x.zip", skipped=skipped)) == []
    assert [one.reason for one in skipped] == ["unsafe_path"]
    assert not list(tmp_path.rglob("*.csv"))


def test_a_decompression_bomb_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "FREE_BYTES", 1024 * 1024)
    bomb = written(tmp_path / "bom.csv.gz", gzip.compress(b"a" * 20_000_000))
    with pytest.raises(UnreadableFile, match="unpacks to more"):
        list(tables(bomb))


def test_archives_in_archives_have_an_end(tmp_path: Path) -> None:
    content = CSV
    for _ in range(6):
        content = gzip.compress(content)
    with pytest.raises(UnreadableFile, match="too deeply"):
        list(tables(written(tmp_path / "a.gz", content)))


def test_a_damaged_archive_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match=r"hong\.csv\.gz"):
        list(tables(written(tmp_path / "hong.csv.gz", gzip.compress(CSV * 900)[:-20])))


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("a.xls", b"<html><table><tr><td>1", "html"),
        ("a.xls", b"Ma\tTen\n1\t2\n", "csv"),
        ("a.txt", b'{"a": 1}', "json"),
        ("a.csv", b'{"a": 1},x\n', "csv"),
        ("a.csv", b"PAR1", "parquet"),
        ("a.xml", b'<?xml version="1.0"?><log xes.version="1.0">', "xes"),
        ("a.csv", "Mã;Tên\n".encode("utf-16"), "csv"),
        ("a.csv", b"Ma;Ten\nA-1;co\x02quan\n", "csv"),
        ("a.csv", b"Ma;Ten\n\x01\x02\x03\x04\x05\n", None),
        ("a.csv", b"", None),
        ("a.csv", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", None),
        ("a.pdf", b"%PDF-1.7", None),
        ("a.md", b"# Ghi", None),
    ],
)
def test_the_kind_is_told_by_content_first(
    tmp_path: Path, name: str, content: bytes, kind: str | None
) -> None:
    assert kind_of(written(tmp_path / name, content)) == kind


def test_a_folder_is_walked_and_what_is_passed_over_is_named(tmp_path: Path) -> None:
    (tmp_path / "igate").mkdir()
    written(tmp_path / "igate" / "a.csv", CSV)
    written(tmp_path / ".an.csv", CSV)
    written(tmp_path / "~$a.xlsx", b"x")
    written(tmp_path / "doc.md", b"# x")
    written(tmp_path / "trong.csv", b"")
    files, skipped = walk([tmp_path])
    assert [name for _, name in files] == ["igate/a.csv"]
    assert {one.name: one.reason for one in skipped} == {
        ".an.csv": "hidden",
        "~$a.xlsx": "lock_file",
        "doc.md": "unknown_kind",
        "trong.csv": "empty",
    }


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7"])
def test_a_file_named_outright_that_cannot_be_read_is_refused(
    tmp_path: Path, content: bytes
) -> None:
    with pytest.raises(UnreadableFile, match=r"bao-cao\.pdf"):
        walk([written(tmp_path / "bao-cao.pdf", content)])


def test_a_file_that_is_not_there_is_refused_by_its_path(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match=r"khong-co\.csv"):
        walk([tmp_path / "khong-co.csv"])
