"""Rows of text cells become a Table: header found, rows padded, what is no data put aside."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from pipeline.readers.encodings import BadBytes
from pipeline.readers.layout import LOOKED_AT, Header, above_header, find_header, unique
from pipeline.readers.not_data import SAMPLE, Sorter
from pipeline.readers.table import Cells, Delimited, Findings, LeftOut, Merged, Row, Table

HEAD = LOOKED_AT + SAMPLE
LONGEST_GAP = 1_000  # blank rows in a row that are counted


@dataclass(frozen=True)
class Grid:
    """A sheet as it lies in the file. rows reads it anew at every call, with true lines.

    merged: merged areas, rows and columns from 0. bad_bytes is filled while reading.
    """

    file: str
    rows: Callable[[], Iterator[Row]]
    sheet: str | None = None
    encoding: str | None = None
    delimiter: str | None = None
    merged: tuple[Merged, ...] = ()
    bad_bytes: Callable[[], BadBytes] = BadBytes
    notes: tuple[str, ...] = ()
    held: object = None

    def head(self) -> list[Row]:
        """The first rows."""
        return list(islice(self.rows(), HEAD))


def header_of(grid: Grid, head: Sequence[Row], known: frozenset[str]) -> Header | None:
    """The header of a sheet; merged areas, which count lines, are moved to places among `head`."""
    first_line = head[0][0] if head else 1
    moved = [(a - first_line + 1, b - first_line + 1, c, d) for a, b, c, d in grid.merged]
    return find_header(head[:LOOKED_AT], known, [m for m in moved if m[1] >= 0])


def table_of(
    grid: Grid,
    head: Sequence[Row],
    header: Header,
    *,
    delimited: Callable[[int], Delimited | None] = lambda line: None,
) -> Table:
    """The table under a header. head: as `grid.head()` gave it."""
    header_line = head[header.last][0]
    body = head[header.last + 1 :]
    width = max([len(header.names), *(_filled_width(cells) for _, cells in body)])
    if grid.delimiter is not None:  # a row of text with too many cells is a fault, not a column
        width = len(header.names)
    names = header.names
    if width > len(names):
        names = unique([*names, *[None] * (width - len(names))])
    findings = Findings()
    above = above_header(head, header)

    def numbered() -> Iterator[Row]:
        findings.clear()
        findings.left_out.extend(above)
        sorter = Sorter(names, body)
        # Blank rows count between others, not at the end of a used range, nor in the gap above a
        # cell that somebody left far below.
        blank: list[LeftOut] = []
        rows = ((line, cells) for line, cells in grid.rows() if line > header_line)
        for line, given in _merged_down(rows, grid.merged):
            cells = _fitted(given, width, grid.delimiter, findings)
            out = sorter.judge(line, cells[:width])
            if out is None or out.reason != "blank":
                findings.left_out.extend(blank)
                blank.clear()
            if out is None:
                yield line, cells
            elif out.reason != "blank":
                findings.left_out.append(out)
            elif len(blank) < LONGEST_GAP:
                blank.append(out)
        findings.bad_bytes = grid.bad_bytes()

    return Table(
        file=grid.file,
        sheet=grid.sheet,
        encoding=grid.encoding,
        delimiter=grid.delimiter,
        title=header.title,
        header_line=header_line,
        headers=names,
        numbered=numbered,
        findings=findings,
        notes=grid.notes,
        delimited=delimited(header_line),
        sample=tuple(body[:SAMPLE]),
        above=tuple(above),
        held=grid.held,
    )


def _filled_width(cells: Cells) -> int:
    return max((at for at, cell in enumerate(cells, start=1) if cell), default=0)


def _fitted(cells: Cells, width: int, delimiter: str | None, findings: Findings) -> Cells:
    """Cells brought to the table's width; what is beyond it is joined into one cell more."""
    if len(cells) == width:
        return cells
    if len(cells) < width:
        if any(cells):
            findings.short_rows += 1
        return cells + (None,) * (width - len(cells))
    extra = cells[width:]
    if not any(extra):
        return cells[:width]
    findings.extra_cells += 1
    return (*cells[:width], (delimiter or "; ").join(cell or "" for cell in extra))


def _merged_down(rows: Iterator[Row], merged: Sequence[Merged]) -> Iterator[Row]:
    """A cell merged over several rows speaks for all of them."""
    tall = {(first, left): last for first, last, left, _ in merged if last > first}
    if not tall:
        yield from rows
        return
    lasting: dict[int, tuple[int, str | None]] = {}  # column -> last row (from 0), text
    for line, cells in rows:
        row = line - 1
        filled = list(cells)
        for column, (last, text) in list(lasting.items()):
            if row > last:
                del lasting[column]
            elif column < len(filled) and filled[column] is None and any(cells):
                filled[column] = text
        for column, cell in enumerate(cells):
            if cell is not None and (last_row := tall.get((row, column))):
                lasting[column] = (last_row, cell)
        yield line, tuple(filled)
