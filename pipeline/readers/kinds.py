"""What kind of file it is: by its content, and by its name only where content does not say."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from typing import Literal

from pipeline.readers import compound
from pipeline.readers.damage import TRIPPED
from pipeline.readers.encodings import decode, detect

Kind = Literal["csv", "excel", "html", "json", "parquet", "xes", "gzip", "zip", "spreadsheet_xml"]

HEAD_BYTES = 16 * 1024
STRAY = 4  # control characters that people paste into text
_TEXT_NAMES = frozenset(
    {".xls", ".xlsx", ".csv", ".tsv", ".txt", ".tab", ".dat", ".psv", ".asc", ""}
)
_JSON_NAMES = frozenset({".json", ".jsonl", ".ndjson"})
_HTML = re.compile(r"<(html|table|body|head|meta|style|div|tr|!doctype\s+html)\b", re.IGNORECASE)
_JSON = re.compile(r'(\{\s*("|\})|\[\s*(\{|\]))')
# Documents, archives, pictures and programs that somebody gave the name of an export.
_OTHERS = (
    *(b"%PDF", b"{\\rtf", b"Rar!", b"7z\xbc\xaf", b"\x89PNG", b"GIF8", b"\xff\xd8\xff", b"MZ\x90"),
    *(b"\x7fELF", b"SQLite format 3"),
)
_BINARY = re.compile("[\x01-\x08\x0e-\x1a\x1c-\x1f]")


def kind_of(path: Path) -> Kind | None:
    """The kind of a file; None for an empty one and for what no reader knows."""
    with path.open("rb") as file:
        head = file.read(HEAD_BYTES)
    if head.startswith(b"\x1f\x8b"):
        return "gzip"
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _kind_of_zip(path)
    if head.startswith(compound.SIGNATURE):
        return "excel" if compound.is_workbook(compound.stream_names(path)) else None
    if head.startswith(b"PAR1"):
        return "parquet"
    text = decode(head, detect(head)).lstrip("\ufeff \t\r\n")
    if not text or head.startswith(_OTHERS):
        return None
    return _kind_of_text(text, path.suffix.lower())


def _kind_of_text(text: str, ending: str) -> Kind | None:
    if text.startswith("<"):
        start = text[:4096]
        if "urn:schemas-microsoft-com:office:spreadsheet" in start and "<html" not in start.lower():
            return "spreadsheet_xml"
        if re.search(r"<([\w-]+:)?log\b", start) or ending == ".xes":
            return "xes"
        if _HTML.search(start):
            return "html"
        return None
    if ending in _JSON_NAMES or (_JSON.match(text) and ending not in (".csv", ".tsv")):
        return "json"
    if len(_BINARY.findall(text)) > max(STRAY, 0.001 * len(text)):
        return None
    return "csv" if ending in _TEXT_NAMES else None


def _kind_of_zip(path: Path) -> Kind | None:
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
            if any(name.startswith("xl/") for name in names):
                return "excel"
            if "mimetype" in names and archive.getinfo("mimetype").file_size < 200:
                is_sheet = b"opendocument.spreadsheet" in archive.read("mimetype")
                return "excel" if is_sheet else None
            if any(name.startswith(("word/", "ppt/")) for name in names):
                return None
    except TRIPPED:
        pass  # the archive reader says what is wrong with it
    return "zip"
