"""Files that lie in every inbox and are no plain export: told in one sentence, nothing lost."""

from __future__ import annotations

import gzip
import json
import struct
import zipfile
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from click.testing import CliRunner, Result

from pipeline import publish
from pipeline.cli import main
from tests.unit.ingested import HEADERS, dossier, export, rows

LIST = f"{HEADERS}\n{dossier()}\n"
NOTE = (
    "HƯỚNG DẪN\n\nCác tệp này xuất mỗi ngày một lần, vào lúc 17 giờ, từ phần mềm.\n"
    "Xin gọi số 123 nếu cần.\nKhông sửa, xóa, đổi tên tệp, kể cả tệp cũ.\nTrân trọng,\nPhòng CNTT\n"
)


def taken(path: Path, warehouse: Path, *more: str) -> Result:
    return CliRunner().invoke(main, ["ingest", str(path), "--warehouse", str(warehouse), *more])


def last_line(done: Result) -> str:
    return done.stderr.splitlines()[-1]


def packed(path: Path, members: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def locked(path: Path, content: bytes) -> Path:
    """A .zip whose one member says that it wants a password."""
    raw = bytearray(packed(path, {"a.csv": content}).read_bytes())
    raw[raw.index(b"PK\x03\x04") + 6] |= 1
    raw[raw.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(bytes(raw))
    return path


def compound(path: Path, *streams: str) -> Path:
    """The head of a compound file: its header, and the names of its streams one sector further."""
    head = bytearray(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(512, b"\0"))
    struct.pack_into("<H", head, 30, 9)
    struct.pack_into("<I", head, 48, 1)
    directory = b""
    for name in ("Root Entry", *streams):
        written = name.encode("utf-16-le")
        entry = bytearray(written.ljust(128, b"\0"))
        struct.pack_into("<H", entry, 64, len(written) + 2)
        directory += bytes(entry)
    path.write_bytes(bytes(head) + bytes(512) + directory.ljust(512, b"\0"))
    return path


def book(path: Path, *sheets: tuple[str, list[str], bool]) -> Path:
    """Sheets as (name, lines, is_hidden)."""
    with xlsxwriter.Workbook(str(path)) as made:
        for name, lines, is_hidden in sheets:
            sheet = made.add_worksheet(name)
            for at, line in enumerate(lines):
                sheet.write_row(at, 0, line.split(";"))
            if is_hidden:
                sheet.hide()
    return path


def html(text: str) -> str:
    lines = ("".join(f"<td>{cell}</td>" for cell in line.split(";")) for line in text.splitlines())
    return f"<html><table>{''.join(f'<tr>{line}</tr>' for line in lines)}</table></html>"


def test_a_list_that_nobody_knows_is_refused_alone_and_the_others_are_shown(tmp_path: Path) -> None:
    inbox = tmp_path / "in"
    export(inbox / "a.csv", dossier("A-1"))
    export(inbox / "b.csv", dossier("A-2"))
    export(inbox / "strange.csv", "1;2", headers="Màu;Mùi")
    done = taken(inbox, tmp_path / "w")
    assert done.exit_code == 1
    assert last_line(done).startswith(
        "Everything was taken in except strange.csv. strange.csv: no "
    )
    assert "not taken in: strange.csv: no source knows" in done.stdout
    assert rows(tmp_path / "w", "select dossier_code from dossier order by 1") == [
        ("A-1",),
        ("A-2",),
    ]
    assert taken(inbox, tmp_path / "w").exit_code == 1  # until somebody describes or removes it
    (inbox / "strange.csv").unlink()
    assert taken(inbox, tmp_path / "w").exit_code == 0


def test_a_program_gets_what_was_taken_in_and_what_was_not(tmp_path: Path) -> None:
    export(tmp_path / "in" / "a.csv", dossier())
    (tmp_path / "in" / "cut.csv.gz").write_bytes(gzip.compress(LIST.encode() * 99)[:90])
    done = taken(tmp_path / "in", tmp_path / "w", "--json")
    assert done.exit_code == 1
    document: dict[str, Any] = json.loads(done.stdout)
    assert (document["read"], document["accepted"]) == (1, 1)
    assert document["snapshot"] == publish.current(tmp_path / "w")
    assert [one["file"] for one in document["not_taken"]] == ["cut.csv.gz"]
    assert document["refused"] == "error.ingest.not_all"
    assert document["values"]["why"]["refused"] == "error.file.archive_damaged"


def test_what_is_no_export_is_passed_over_and_named(tmp_path: Path) -> None:
    inbox = tmp_path / "in"
    export(inbox / "a.csv", dossier())
    compound(inbox / "Thumbs.db", "256_1")
    compound(inbox / "thu.doc", "WordDocument", "1Table")
    (inbox / "README.txt").write_text(NOTE, encoding="utf-8")
    for name in ("desktop.ini", "~$a.xlsx", ".DS_Store", "anh.pdf"):
        (inbox / name).write_bytes(b"%PDF-1.7\n")
    done = taken(inbox, tmp_path / "w", "--json")
    assert done.exit_code == 0
    document = json.loads(done.stdout)
    assert set(document["skipped"]) == {
        "Thumbs.db: system",
        "desktop.ini: system",
        "thu.doc: unknown_kind",
        "README.txt: no_table",
        "~$a.xlsx: lock_file",
        ".DS_Store: hidden",
        "anh.pdf: unknown_kind",
    }
    assert document["not_taken"] == []


def test_a_file_of_the_system_in_an_archive_costs_no_export(tmp_path: Path) -> None:
    thumbs = compound(tmp_path / "Thumbs.db", "256_1").read_bytes()
    day = packed(tmp_path / "day.zip", {"Thumbs.db": thumbs, "a.csv": LIST.encode()})
    done = taken(day, tmp_path / "w", "--json")
    assert done.exit_code == 0
    assert json.loads(done.stdout)["skipped"] == ["day.zip/Thumbs.db: system"]


def test_a_list_with_a_header_somebody_knows_is_no_note(tmp_path: Path) -> None:
    inbox = tmp_path / "in"
    export(inbox / "a.csv", dossier())
    (inbox / "b.txt").write_text("Mã hồ sơ\nA-7\nA-8\n", encoding="utf-8")
    done = taken(inbox, tmp_path / "w")
    assert done.exit_code == 1
    assert "Everything was taken in except b.txt" in last_line(done)


def test_a_file_that_may_not_be_read_keeps_no_other_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    export(tmp_path / "in" / "a.csv", dossier())
    shut = export(tmp_path / "in" / "shut.csv", dossier("A-2"))
    opened = Path.open

    def refuse(path: Path, *more: Any, **named: Any) -> Any:
        if path == shut:
            raise PermissionError(13, "Permission denied", str(path))
        return opened(path, *more, **named)

    monkeypatch.setattr(Path, "open", refuse)
    done = taken(tmp_path / "in", tmp_path / "w")
    assert done.exit_code == 1
    assert "shut.csv: the file cannot be opened" in last_line(done)
    assert rows(tmp_path / "w", "select dossier_code from dossier") == [("A-1",)]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        (
            "locked.xlsx",
            "locked.xlsx: the workbook is protected by a password; save it without one.",
        ),
        ("locked.zip", "locked.zip: the archive is protected by a password; unpack it and name"),
        ("blank.xlsx", "blank.xlsx [Trang] (an empty sheet); look at what the file holds."),
        ("hidden.xlsx", "hidden.xlsx [Dữ liệu]; unhide the one that holds the list."),
        ("cut.csv.gz", "cut.csv.gz: the archive is damaged; copy it again."),
        ("cut.xlsx", "cut.xlsx: the archive is damaged; copy it again."),
        ("thu.doc", "thu.doc: this is no kind of file that can be read"),
        ("loop.csv", "loop.csv: this link leads to no file; name the file itself."),
    ],
)
def test_a_file_that_cannot_be_read_says_why_and_what_to_do(
    tmp_path: Path, name: str, said: str
) -> None:
    compound(tmp_path / "locked.xlsx", "EncryptionInfo", "EncryptedPackage")
    locked(tmp_path / "locked.zip", LIST.encode())
    whole = book(tmp_path / "blank.xlsx", ("Trang", [], False)).read_bytes()
    book(
        tmp_path / "hidden.xlsx",
        ("Bìa", ["BÁO CÁO"], False),
        ("Dữ liệu", LIST.splitlines(), True),
    )
    (tmp_path / "cut.csv.gz").write_bytes(gzip.compress(LIST.encode() * 99)[:90])
    (tmp_path / "cut.xlsx").write_bytes(whole[: len(whole) // 2])
    compound(tmp_path / "thu.doc", "WordDocument")
    (tmp_path / "loop.csv").symlink_to(tmp_path / "loop.csv")
    done = taken(tmp_path / name, tmp_path / "w")
    assert done.exit_code == 1
    assert done.stderr.count("\n") == 1
    assert said in done.stderr
    assert not list((tmp_path / "w" / "landing").glob("*"))


@pytest.mark.parametrize(
    "name", ["a.xls", "a.xlsx", "html.xls", "book.xls", "in.zip", "folder.csv"]
)
def test_a_list_under_a_name_that_is_not_its_own_is_read(tmp_path: Path, name: str) -> None:
    if name.startswith("a."):
        (tmp_path / name).write_text(LIST, encoding="utf-8")
    elif name == "html.xls":
        (tmp_path / name).write_text(html(LIST), encoding="utf-8")
    elif name == "book.xls":
        book(tmp_path / "book.xlsx", ("Trang", LIST.splitlines(), False)).rename(tmp_path / name)
    elif name == "in.zip":
        inner = packed(tmp_path / "inner.zip", {"a.csv": LIST.encode()}).read_bytes()
        packed(tmp_path / name, {"inner.zip": inner})
    else:
        export(tmp_path / name / "a.csv", dossier())
    done = taken(tmp_path / name, tmp_path / "w", "--json")
    assert done.exit_code == 0
    assert json.loads(done.stdout)["accepted"] == 1


def test_files_of_one_name_in_two_folders_are_both_read_and_told_apart(tmp_path: Path) -> None:
    export(tmp_path / "in" / "phuong-1" / "a.csv", dossier("A-1"))
    export(tmp_path / "in" / "phuong-2" / "a.csv", dossier("A-2"))
    assert taken(tmp_path / "in", tmp_path / "w").exit_code == 0
    found = rows(tmp_path / "w", "select file_name, read_n from batch_sheet order by 1")
    assert found == [("phuong-1/a.csv", 1), ("phuong-2/a.csv", 1)]
