"""CSV and its relatives: any delimiter, any of the encodings, titles above the header."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path

from pipeline.readers.encodings import BadBytes, detect_file, text_chunks
from pipeline.readers.grid import Grid, header_of, table_of
from pipeline.readers.records_of_text import QUOTE, records
from pipeline.readers.table import Delimited, Row, Table

DELIMITERS = (",", ";", "\t", "|")
LINES_LOOKED_AT = 100
_NAMED = re.compile(r"sep=(.)", re.IGNORECASE)  # Excel's own first line
_LINE_END = re.compile(r"\r\n|\n|\r")


def tables(
    path: Path, name: str, known: frozenset[str], sheet: str = "", held: object = None
) -> Iterator[Table]:
    """The one table of a delimited file; none where it holds nothing but spaces."""
    encoding = detect_file(path)
    sample = list(islice(lines_of(path, encoding, BadBytes()), LINES_LOOKED_AT))
    delimiter = delimiter_of(sample)
    width = usual_width(sample, delimiter)
    reading = _Reading(path, encoding)
    grid = Grid(
        file=name,
        rows=lambda: reading.rows(delimiter, width),
        encoding=encoding,
        delimiter=delimiter,
        bad_bytes=lambda: reading.bad,
        held=held,
    )
    head = [
        (line, ()) if line == 1 and sample and _NAMED.fullmatch(sample[0]) else (line, cells)
        for line, cells in grid.head()
    ]
    header = header_of(grid, head, known)
    if header is None:
        return
    above = head[: header.last + 1]
    own = max(at for _, cells in above[header.first :] for at, cell in enumerate(cells, 1) if cell)
    # One row with too many cells makes no column.
    header = replace(header, names=header.names[: max(own, width)])
    one_line_each = all(line == n for n, (line, _) in enumerate(above, start=1))
    is_sure = one_line_each and not any("\n" in cell for cell in above[-1][1] if cell)

    def plain(header_line: int) -> Delimited:
        return Delimited(path, encoding, delimiter, header_line if is_sure else None)

    yield table_of(grid, head, header, delimited=plain)


class _Reading:
    """A file's records, read anew each time; knows the bad bytes of the last reading."""

    def __init__(self, path: Path, encoding: str) -> None:
        self._path = path
        self._encoding = encoding
        self.bad = BadBytes()

    def rows(self, delimiter: str, width: int) -> Iterator[Row]:
        self.bad = BadBytes()
        return records(lines_of(self._path, self._encoding, self.bad), delimiter, width)


def lines_of(path: Path, encoding: str, bad: BadBytes) -> Iterator[str]:
    """Physical lines without their ends: \\n, \\r\\n, or \\r."""
    rest = ""
    for chunk in text_chunks(path, encoding, bad):
        text = rest + chunk
        if "\r" in text:
            held = "\r" if text.endswith("\r") else ""  # its \n may come with the next chunk
            lines = _LINE_END.split(text.removesuffix(held) if held else text)
            rest = lines.pop() + held
        else:
            lines = text.split("\n")
            rest = lines.pop()
        yield from lines
    if rest:
        yield rest.removesuffix("\r")


def delimiter_of(lines: list[str]) -> str:
    """The delimiter that cuts most lines into one same number of cells, more than one."""
    if lines and (named := _NAMED.fullmatch(lines[0].strip(QUOTE))):
        return named.group(1)
    best, best_score = DELIMITERS[0], (0.0, 0)
    for delimiter in DELIMITERS:
        widths = [len(cells) for _, cells in records(lines, delimiter) if cells]
        if not widths:
            continue
        width, n = max(Counter(w for w in widths if w > 1).items(), default=(1, 0), key=_by_count)
        score = (round(n / len(widths), 1), width)
        if n and score > best_score:
            best, best_score = delimiter, score
    return best


def usual_width(lines: list[str], delimiter: str) -> int:
    """How many cells most records have."""
    widths = Counter(len(cells) for _, cells in records(lines, delimiter) if cells)
    return max(widths.items(), default=(1, 0), key=_by_count)[0]


def _by_count(item: tuple[int, int]) -> tuple[int, int]:
    width, n = item
    return n, width
