"""What every reader yields: tables of text cells, with the line each row came from."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

Cells = tuple[str | None, ...]
Row = tuple[int, Cells]  # line in the file (1-based), cells


@dataclass(frozen=True)
class LeftOut:
    """A row that is no data: line, why (title, header, column_numbers, group, total, signature, blank).

    row: its place among the landed rows where it was landed, None where it stands above the header.
    """

    line: int
    reason: str
    text: str
    row: int | None = None


@dataclass(frozen=True)
class Table:
    """One table found in a file.

    file: name as the office knows it; 'x.zip/inner.csv' for a member. headers: unique, squeezed.
    rows: every row below the header, those that are no data included (landing tells them apart).
    plain_csv: a UTF-8 file whose rows DuckDB may read itself, with its delimiter.
    """

    file: str
    sheet: str | None
    encoding: str | None
    delimiter: str | None
    title: tuple[str, ...]
    header_line: int
    headers: tuple[str, ...]
    rows: Callable[[], Iterator[Row]]
    warnings: tuple[str, ...] = ()
    plain_csv: Path | None = None
    first_line: int = 0
    above: tuple[LeftOut, ...] = field(default=())
