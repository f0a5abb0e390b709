"""Workbooks (.xlsx, .xls, .xlsb, .ods) through python-calamine; cells become text."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

from pipeline.errors import UnreadableFile
from pipeline.readers.base import Cells, Row, Table
from pipeline.readers.layout import LOOKED_AT
from pipeline.readers.sheet import table_of


def tables(
    path: Path, name: str, known: frozenset[str], workspace: Path, sheet: str = ""
) -> Iterator[Table]:
    """Every sheet of a workbook that holds a table; empty sheets and covers are passed over."""
    try:
        book = CalamineWorkbook.from_path(str(path))
        names = book.sheet_names
    except CalamineError as problem:
        raise UnreadableFile(
            f"{name}: the workbook cannot be read ({problem}); open it in Excel and save it again."
        ) from problem
    if sheet and sheet not in names:
        raise UnreadableFile(f"{name}: there is no sheet {sheet!r}; it has {', '.join(names)}.")
    for one in [sheet] if sheet else names:
        rows = [tuple(as_text(cell) for cell in row) for row in _cells(book, one)]
        numbered = [(n, trimmed(cells)) for n, cells in enumerate(rows, start=1)]
        while numbered and not any(numbered[-1][1]):
            numbered.pop()
        if not any(sum(map(bool, cells)) >= 2 for _, cells in numbered):
            continue
        table = table_of(
            name, one, numbered[: LOOKED_AT + 20], lambda rows=numbered: iter(rows), known
        )
        if table is not None and _has_rows(table):
            yield table


def _cells(book: CalamineWorkbook, sheet: str) -> list[list[Any]]:
    return book.get_sheet_by_name(sheet).to_python(skip_empty_area=False)


def _has_rows(table: Table) -> bool:
    return next(table.rows(), None) is not None


def trimmed(cells: Cells) -> Cells:
    """Cells without the empty ones at the end of a used range that is too wide."""
    end = len(cells)
    while end and not cells[end - 1]:
        end -= 1
    return cells[:end]


def as_text(cell: Any) -> str | None:
    """A cell as text: ISO dates, whole numbers without '.0', nothing rounded."""
    match cell:
        case None | "":
            return None
        case bool():
            return "true" if cell else "false"
        case str():
            return cell
        case float():
            return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
        case datetime():
            midnight = cell.time() == time()
            return cell.date().isoformat() if midnight else cell.isoformat()
        case date() | time():
            return cell.isoformat()
        case timedelta():
            return str(cell)
        case _:
            return str(cell)


__all__ = ["Row", "as_text", "tables", "trimmed"]
