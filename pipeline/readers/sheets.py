"""Which sheets of a workbook, or tables of a page, hold the rows.

A workbook may have one unit per sheet, covers and notes beside them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.readers.grid import Grid, header_of, table_of
from pipeline.readers.layout import Header
from pipeline.readers.table import Row, Skipped, Table
from pipeline.text import fold

ALIKE = 0.6  # share of common headers above which two sheets hold the same kind of rows


@dataclass(frozen=True)
class _Candidate:
    grid: Grid
    head: list[Row]
    header: Header

    @property
    def rank(self) -> tuple[int, int, int]:
        below = sum(1 for _, cells in self.head[self.header.last + 1 :] if any(cells))
        return self.header.known_n, min(below, 1) * len(self.header.names), below

    def is_like(self, other: _Candidate) -> bool:
        mine = {fold(name) for name in self.header.names}
        theirs = {fold(name) for name in other.header.names}
        return len(mine & theirs) >= ALIKE * len(mine | theirs)


def best_first(
    grids: Sequence[Grid], known: frozenset[str], skipped: list[Skipped]
) -> Iterator[Table]:
    """The best table, then those with the same headers in their order; others go to `skipped`.

    Best is which knows most headers, then which is widest (with rows), then which has more rows.
    """
    candidates = []
    for grid in grids:
        head = grid.head()
        header = header_of(grid, head, known)
        if header is None:
            empty = not any(any(cells) for _, cells in head)
            skipped.append(Skipped(_name(grid), "empty_sheet" if empty else "no_header"))
        else:
            candidates.append(_Candidate(grid, head, header))
    if not candidates:
        return
    best = max(candidates, key=lambda c: c.rank)
    yield table_of(best.grid, best.head, best.header)
    for other in candidates:
        if other is best:
            continue
        if other.is_like(best):
            yield table_of(other.grid, other.head, other.header)
        else:
            skipped.append(Skipped(_name(other.grid), "other_table"))


def _name(grid: Grid) -> str:
    return f"{grid.file} [{grid.sheet}]" if grid.sheet else grid.file
