"""Workbooks: .xlsx, .xls, .xlsb and .ods, whatever their name says."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from python_calamine import (
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from pipeline.errors import UnreadableFile
from pipeline.readers import compound
from pipeline.readers.archive import require_sane_size
from pipeline.readers.cells import cell_text
from pipeline.readers.damage import refused_panic
from pipeline.readers.grid import Grid
from pipeline.readers.sheet_xml import error_cells, reach
from pipeline.readers.sheets import best_first
from pipeline.readers.table import Row, Skipped, Table

MOST_CELLS = 100_000_000  # of one sheet, empty ones too: each takes memory


def tables(
    path: Path,
    name: str,
    known: frozenset[str],
    sheet: str = "",
    held: object = None,
    skipped: list[Skipped] | None = None,
) -> Iterator[Table]:
    """The tables of a workbook, the best first; or only that of the sheet named.

    Raises UnreadableFile for a damaged or protected workbook, or a sheet that is not there.
    """
    skipped = skipped if skipped is not None else []
    if compound.LOCKED in _streams(path):
        raise UnreadableFile("error.file.workbook_password", file=name)
    try:
        with refused_panic(UnreadableFile("error.file.workbook_unreadable", file=name)):
            require_sane_size(path, name)
            grids = _grids(path, name, sheet, held, skipped)
    except PasswordError:
        raise UnreadableFile("error.file.workbook_password", file=name) from None
    yield from best_first(grids, known, skipped)


def _streams(path: Path) -> set[str]:
    with path.open("rb") as file:
        is_compound = file.read(len(compound.SIGNATURE)) == compound.SIGNATURE
    return compound.stream_names(path) if is_compound else set()


def _grids(path: Path, name: str, sheet: str, held: object, skipped: list[Skipped]) -> list[Grid]:
    with path.open("rb") as file:  # by content: by path, the name's ending would decide
        book = CalamineWorkbook.from_filelike(file)
    sheets = list(book.sheets_metadata)
    wanted = _wanted([s.name for s in sheets], sheet, name)
    grids = []
    for one in sheets:
        if one.name not in wanted or one.typ != SheetTypeEnum.WorkSheet:
            continue
        if one.visible != SheetVisibleEnum.Visible and not sheet and len(sheets) > 1:
            skipped.append(Skipped(f"{name} [{one.name}]", "hidden_sheet"))
            continue
        rows, columns = reach(path, one.name)
        if rows * columns > MOST_CELLS:
            raise UnreadableFile(
                "error.file.sheet_too_wide",
                file=f"{name} [{one.name}]",
                rows=rows,
                columns=columns,
            )
        grids.append(_grid(book, path, name, one.name, held))
    return grids


def _wanted(names: list[str], sheet: str, file: str) -> list[str]:
    if not sheet:
        return names
    if sheet not in names:
        raise UnreadableFile("error.file.no_sheet", file=file, sheet=sheet, known=names)
    return [sheet]


def _grid(book: CalamineWorkbook, path: Path, file: str, sheet: str, held: object) -> Grid:
    opened = book.get_sheet_by_name(sheet)
    errors = error_cells(path, sheet)
    merged = tuple(
        (top, bottom, left, right)
        for (top, left), (bottom, right) in opened.merged_cell_ranges or []
    )

    def rows() -> Iterator[Row]:
        for place, row in enumerate(opened.iter_rows()):
            cells = [cell_text(cell) for cell in row]
            if errors:
                for column in range(len(cells)):
                    cells[column] = errors.get((place, column), cells[column])
            yield place + 1, tuple(cells)

    return Grid(file=file, sheet=sheet, rows=rows, merged=merged, held=held)
