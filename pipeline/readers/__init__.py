"""Any export as tables of text. The kind of a file is decided by its content, then by its name."""

from __future__ import annotations

import tempfile
import weakref
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

from pipeline.errors import UnreadableFile
from pipeline.readers import archive, delimited, excel, html, records, xes
from pipeline.readers.base import Cells, LeftOut, Row, Table

__all__ = ["Cells", "LeftOut", "Row", "Table", "kind_of", "tables"]

Reader = Callable[[Path, str, frozenset[str], Path, str], Iterator[Table]]
READERS: dict[str, Reader] = {
    "csv": delimited.tables,
    "excel": excel.tables,
    "html": html.tables,
    "json": records.json_tables,
    "parquet": records.parquet_tables,
    "xes": xes.tables,
}
_TEXT_ENDINGS = {".csv", ".tsv", ".txt", ".tab", ".dat", ".psv"}


def kind_of(path: Path) -> str | None:
    """csv, excel, html, json, parquet, xes, archive; None for what no reader knows."""
    with path.open("rb") as file:
        head = file.read(4096)
    if not head:
        return None
    if head[:2] == b"\x1f\x8b":
        return "archive"
    if head[:4] == b"PK\x03\x04":
        return "excel" if _is_workbook(path) else "archive"
    if head[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        return "excel"
    if head[:4] == b"PAR1":
        return "parquet"
    start = head.lstrip(b"\xef\xbb\xbf").replace(b"\0", b"").lstrip()
    lowered = start[:2048].lower()
    if lowered.startswith((b"<?xml", b"<log")) and b"<log" in lowered + start.lower():
        return "xes"
    if lowered.startswith(b"<") and (
        b"<html" in lowered or b"<table" in lowered or b"<meta" in lowered
    ):
        return "html"
    if start[:1] in (b"{", b"[") and path.suffix.lower() not in _TEXT_ENDINGS - {".txt"}:
        return "json"
    if path.suffix.lower() in (".xes", ".xml"):
        return "xes"
    binary = sum(byte < 9 for byte in head) - head.count(0)
    if binary > 0 or (
        head.count(0) and head[:2] not in (b"\xff\xfe", b"\xfe\xff") and not _pairs(head)
    ):
        return None
    return "csv"


def tables(
    path: Path, *, known_headers: frozenset[str] = frozenset(), sheet: str = "", name: str = ""
) -> Iterator[Table]:
    """Tables of a file or of an archive's members.

    known_headers: folded headers that some source knows (a strong hint for the header row).
    Raises UnreadableFile, naming the file, for what no reader can make sense of.
    """
    shown = name or path.name
    if not path.is_file():
        raise UnreadableFile(f"{path}: there is no such file.")
    kind = kind_of(path)
    if kind is None:
        raise UnreadableFile(
            f"{shown}: this is empty or no export that can be read; give CSV, Excel, HTML, JSON,"
            " Parquet or XES, plain or in .gz or .zip."
        )
    holder = tempfile.TemporaryDirectory(prefix="dunghen-")
    workspace = Path(holder.name)
    if kind == "archive":
        for member, inner in archive.unpacked(path, shown, workspace):
            if kind_of(member) is not None:
                yield from _held(
                    tables(member, known_headers=known_headers, sheet=sheet, name=inner), holder
                )
        return
    yield from _held(READERS[kind](path, shown, known_headers, workspace, sheet), holder)


def _held(found: Iterator[Table], holder: tempfile.TemporaryDirectory[str]) -> Iterator[Table]:
    """Tables that keep the temporary folder alive as long as they live."""
    for table in found:
        weakref.finalize(table, _nothing, holder)
        yield table


def _nothing(holder: tempfile.TemporaryDirectory[str]) -> None:
    """Holding the argument is the purpose."""


def _is_workbook(path: Path) -> bool:
    try:
        with zipfile.ZipFile(path) as archive_file:
            names = set(archive_file.namelist())
    except zipfile.BadZipFile:
        return False
    return bool(names & {"xl/workbook.xml", "xl/workbook.bin", "content.xml"})


def _pairs(head: bytes) -> bool:
    """UTF-16 without a mark: zero bytes all on one side of the pairs."""
    even, odd = head[0::2].count(0), head[1::2].count(0)
    return min(even, odd) * 20 < max(even, odd)
