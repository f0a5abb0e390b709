"""What the XML of an .xlsx sheet tells and python-calamine does not: error cells, its reach."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path, PurePosixPath

from lxml import etree

_MARK = re.compile(rb'\bt="e"')
_CELL = re.compile(
    rb'<(?:\w+:)?c [^<>]*?\br="([A-Z]{1,3})(\d+)"[^<>]*?>(?:(?!</(?:\w+:)?c>).){0,20000}?'
    rb"<(?:\w+:)?v>([^<]{1,40})</(?:\w+:)?v>",
    re.DOTALL,
)
_DIMENSION = re.compile(rb'<(?:\w+:)?dimension [^>]*ref="[A-Z]+\d+:([A-Z]{1,3})(\d{1,7})"')
_BLOCK = 1 << 22
_OVERLAP = 1 << 15
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def reach(path: Path, sheet: str) -> tuple[int, int]:
    """Rows and columns that a sheet says it uses; (0, 0) where it does not say.

    python-calamine takes memory for every cell of that rectangle, filled or not.
    """
    if not zipfile.is_zipfile(path):
        return 0, 0
    with zipfile.ZipFile(path) as book:
        part = _part_of(book, sheet)
        if part is None:
            return 0, 0
        with book.open(part) as xml:
            found = _DIMENSION.search(xml.read(_OVERLAP))
    return (int(found[2]), _column(found[1]) + 1) if found else (0, 0)


def error_cells(path: Path, sheet: str) -> dict[tuple[int, int], str]:
    """(row, column) from 0 -> error text of a sheet; empty for workbooks other than .xlsx."""
    if not zipfile.is_zipfile(path):
        return {}
    with zipfile.ZipFile(path) as book:
        part = _part_of(book, sheet)
        if part is None:
            return {}
        found: dict[tuple[int, int], str] = {}
        rest = b""
        with book.open(part) as xml:
            while block := xml.read(_BLOCK):
                text = rest + block
                if _MARK.search(text):
                    found |= _errors(text)
                rest = text[-_OVERLAP:]
        return found


def _errors(xml: bytes) -> dict[tuple[int, int], str]:
    found = {}
    for cell in _CELL.finditer(xml):
        opening = cell.group().split(b">", 1)[0]
        if _MARK.search(opening):
            letters, row, text = cell.groups()
            found[int(row) - 1, _column(letters)] = text.decode("utf-8", errors="replace")
    return found


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number - 1


def _part_of(book: zipfile.ZipFile, sheet: str) -> str | None:
    names = set(book.namelist())
    if not {"xl/workbook.xml", "xl/_rels/workbook.xml.rels"} <= names:
        return None
    targets = {
        relation.get("Id"): relation.get("Target", "")
        for relation in _xml(book, "xl/_rels/workbook.xml.rels")
    }
    for element in _xml(book, "xl/workbook.xml").iter("{*}sheet"):
        if element.get("name") == sheet:
            target = targets.get(element.get(_RELATION), "")
            part = (
                target.lstrip("/") if target.startswith("/") else str(PurePosixPath("xl", target))
            )
            return part if part in names else None
    return None


def _xml(book: zipfile.ZipFile, part: str) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, load_dtd=False, no_network=True)
    return etree.fromstring(book.read(part), parser)
