"""Excel's XML of 2003, which report generators save under the name .xls."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from pipeline.errors import UnreadableFile
from pipeline.readers.damage import refused
from pipeline.readers.grid import Grid
from pipeline.readers.sheets import best_first
from pipeline.readers.table import Merged, Row, Skipped, Table

_SPACE = "{urn:schemas-microsoft-com:office:spreadsheet}"
_MIDNIGHT = "T00:00:00"
_FURTHEST = 1_048_576  # rows or columns a cell may claim


def tables(
    path: Path,
    name: str,
    known: frozenset[str],
    sheet: str = "",
    held: object = None,
    skipped: list[Skipped] | None = None,
) -> Iterator[Table]:
    """The tables of the workbook, the best first; or only that of the sheet named."""
    parser = etree.XMLParser(
        resolve_entities=False, load_dtd=False, no_network=True, remove_comments=True
    )
    with refused(UnreadableFile("error.file.workbook_no_xml", file=name)):
        book = etree.parse(str(path), parser)
    if book.docinfo.doctype:
        raise UnreadableFile("error.file.workbook_dtd", file=name)
    grids, titles = [], []
    for element in book.iter(f"{_SPACE}Worksheet"):
        title = element.get(f"{_SPACE}Name", "")
        titles.append(title)
        rows, merged = _cells(element)
        if not sheet or title == sheet:
            grids.append(
                Grid(
                    file=name,
                    sheet=title,
                    rows=lambda rows=rows: iter(rows),  # type: ignore[misc]
                    encoding="utf-8",
                    merged=merged,
                    held=held,
                )
            )
    if sheet and not grids:
        raise UnreadableFile("error.file.no_sheet", file=name, sheet=sheet, known=titles)
    yield from best_first(grids, known, skipped if skipped is not None else [])


def _cells(sheet: etree._Element) -> tuple[list[Row], tuple[Merged, ...]]:
    rows: list[Row] = []
    merged: list[Merged] = []
    line = 0
    for row in sheet.iter(f"{_SPACE}Row"):
        line = max(line + 1, _number(row, "Index"))
        cells: list[str | None] = []
        for cell in row.iterchildren(f"{_SPACE}Cell"):
            cells += [None] * (_number(cell, "Index") - 1 - len(cells))
            across, down = _number(cell, "MergeAcross"), _number(cell, "MergeDown")
            if across or down:
                merged.append((line - 1, line - 1 + down, len(cells), len(cells) + across))
            cells += [_text(cell), *[None] * across]
        rows.append((line, tuple(cells)))
    return rows, tuple(merged)


def _number(element: etree._Element, key: str) -> int:
    text = element.get(_SPACE + key, "")
    return min(int(text), _FURTHEST) if text.isdecimal() and len(text) < 8 else 0


def _text(cell: etree._Element) -> str | None:
    content = cell.find(f"{_SPACE}Data")
    if content is None:
        return None
    text = "".join(content.itertext())
    match content.get(f"{_SPACE}Type"):
        case "DateTime":
            return text.removesuffix(".000").removesuffix(_MIDNIGHT) or None
        case "Boolean":
            return "true" if text == "1" else "false"
    return text or None
