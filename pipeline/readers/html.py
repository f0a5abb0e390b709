"""HTML tables, which many systems save under the name .xls."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from lxml import etree
from lxml import html as lxml_html

from pipeline.errors import UnreadableFile
from pipeline.readers.damage import refused
from pipeline.readers.encodings import SAMPLE_BYTES, BadBytes, decode, detect
from pipeline.readers.grid import Grid
from pipeline.readers.sheets import best_first
from pipeline.readers.table import Merged, Row, Skipped, Table
from pipeline.text import squeeze

WIDEST = 1_000  # columns a cell may span; pages written by hand claim more
_LINE_BREAKS = ("br", "p", "div", "li")


def tables(
    path: Path,
    name: str,
    known: frozenset[str],
    sheet: str = "",
    held: object = None,
    skipped: list[Skipped] | None = None,
) -> Iterator[Table]:
    """The tables of a page, the best first. Lines are the rows as Excel would number them.

    Raises UnreadableFile for a page without a table.
    """
    raw = path.read_bytes()
    encoding = detect(raw[:SAMPLE_BYTES])
    bad = BadBytes()
    text = decode(raw.removeprefix(b"\xef\xbb\xbf"), encoding, bad).lstrip("\ufeff")
    parser = lxml_html.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=True
    )
    with refused(UnreadableFile("error.file.page_unreadable", file=name)):
        page = lxml_html.document_fromstring(text.encode(errors="replace"), parser=parser)
    leaves = [table for table in page.iter("table") if table.find(".//table") is None]
    if not leaves:
        raise UnreadableFile("error.file.page_no_table", file=name)
    grids = []
    line = 1
    for n, element in enumerate(leaves, start=1):
        rows, merged = _cells(element, line)
        line += len(rows)
        grids.append(
            Grid(
                file=name,
                sheet=f"bảng {n}" if len(leaves) > 1 else None,
                rows=lambda rows=rows: iter(rows),  # type: ignore[misc]
                encoding=encoding,
                merged=merged,
                bad_bytes=lambda: bad,
                held=held,
            )
        )
    yield from best_first(grids, known, skipped if skipped is not None else [])


def _cells(table: etree._Element, first_line: int) -> tuple[list[Row], tuple[Merged, ...]]:
    """Rows of a table; a spanning cell stands in its first place, the others are empty."""
    rows: list[Row] = []
    merged: list[Merged] = []
    taken: dict[int, int] = {}  # column -> rows below that a cell still spans
    elements = list(table.iter("tr"))
    for n, row in enumerate(elements):
        cells: list[str | None] = []
        reaching = {column: left - 1 for column, left in taken.items() if left > 1}
        for cell in row.iterchildren("td", "th"):
            while len(cells) in taken:
                cells.append(None)
            across = _span(cell.get("colspan"), WIDEST)
            down = _span(cell.get("rowspan"), len(elements) - n)
            at, top = len(cells), first_line - 1 + n
            if across > 1 or down > 1:
                merged.append((top, top + down - 1, at, at + across - 1))
            if down > 1:
                reaching.update(dict.fromkeys(range(at, at + across), down - 1))
            cells += [_text(cell), *[None] * (across - 1)]
        rows.append((first_line + n, tuple(cells)))
        taken = reaching
    return rows, tuple(merged)


def _span(text: str | None, most: int) -> int:
    text = (text or "").strip()
    return max(1, min(int(text), most)) if text.isdecimal() and len(text) < 7 else 1


def _text(cell: etree._Element) -> str | None:
    """The cell's text with its own line breaks; other white space means nothing in HTML."""
    parts: list[str] = []
    for element in cell.iter():
        if not isinstance(element.tag, str):
            continue
        if element.tag in _LINE_BREAKS and parts:
            parts.append("\n")
        if element.tag not in ("script", "style") and element.text:
            parts.append(_spaces(element.text))
        if element is not cell and element.tail:
            parts.append(_spaces(element.tail))
    lines = [squeeze(line) for line in "".join(parts).split("\n")]
    return "\n".join(line for line in lines if line) or None


def _spaces(text: str) -> str:
    return text.replace("\n", " ").replace("\r", " ")
