"""Rows of text become a Table: the header found, the rows above it kept as what was left out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from pipeline.readers.base import Cells, LeftOut, Row, Table
from pipeline.readers.layout import LOOKED_AT, find_header, unique


def table_of(
    file: str,
    sheet: str | None,
    head: Sequence[Row],
    rows: Callable[[], Iterator[Row]],
    known: frozenset[str],
    *,
    encoding: str | None = None,
    delimiter: str | None = None,
    plain_csv: Path | None = None,
    warnings: tuple[str, ...] = (),
) -> Table | None:
    """The table whose header stands in `head` (first rows), or None for a sheet without one.

    rows gives every row of the sheet with its line; the table's own rows begin after the header.
    """
    header = find_header([cells for _, cells in head[:LOOKED_AT]], known)
    if header is None:
        return None
    width = max([len(header.names), *(len(cells) for _, cells in head[header.last + 1 :])])
    names = unique([*header.names, *[""] * (width - len(header.names))])
    last_line = head[header.last][0]
    above = tuple(
        LeftOut(line, "title" if n < header.first else "header", _shown(cells))
        for n, (line, cells) in enumerate(head[: header.last + 1])
        if any(cells)
    )

    def below() -> Iterator[Row]:
        for line, cells in rows():
            if line > last_line:
                yield line, fitted(cells, len(names))

    return Table(
        file=file,
        sheet=sheet,
        encoding=encoding,
        delimiter=delimiter,
        title=header.title,
        header_line=last_line,
        headers=names,
        rows=below,
        warnings=warnings,
        plain_csv=plain_csv,
        first_line=last_line + 1,
        above=above,
    )


def fitted(cells: Cells, width: int) -> Cells:
    """Cells brought to the table's width; what is too much is joined into the last one, not lost."""
    if len(cells) == width:
        return cells
    if len(cells) < width:
        return cells + (None,) * (width - len(cells))
    spare = [cell for cell in cells[width - 1 :] if cell]
    return (*cells[: width - 1], " | ".join(spare) or None)


def record_table(
    file: str,
    headers: Sequence[str],
    rows: Callable[[], Iterator[Row]],
    encoding: str | None = None,
) -> Table:
    """The table of a format that names its columns itself (JSON, Parquet, XES)."""
    return Table(file, None, encoding, None, (), 0, unique(headers), rows, first_line=1)


def _shown(cells: Cells) -> str:
    return " | ".join(cell for cell in cells if cell)[:500]
