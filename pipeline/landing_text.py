"""Landing delimited text with DuckDB, where it can be shown that every row comes out whole.

The proof is a count: as many rows as lines below the header, so no quote joined two lines and no
line was dropped; no cell beyond the last header; and DuckDB's strict parser met nothing malformed.
Without that proof nothing is written, and landing goes row by row.
"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import reduce
from pathlib import Path

import duckdb
import pyarrow.parquet as pq
from duckdb import (
    CaseExpression,
    CoalesceOperator,
    ColumnExpression,
    ConstantExpression,
    FunctionExpression,
)

from pipeline.landing_rows import ROWS_AT_ONCE, Written
from pipeline.manifest import LeftOutRow
from pipeline.readers import Cells, Table
from pipeline.readers.encodings import UTF8, BadBytes, write_utf8
from pipeline.readers.not_data import BLANKS, SUSPECT, Sorter, may_be_subtotal
from pipeline.readers.table import EXTRA, Delimited
from pipeline.text import fold

SMALL = 1024 * 1024  # bytes up to which row by row is as fast
_BLOCK = 4 * 1024 * 1024
_FIRST_ROWS = 5  # always looked at: column numbers stand there


class NotProven(Exception):
    """The quick way cannot be shown to be exact for this file."""


def written_quickly(
    con: duckdb.DuckDBPyConnection,
    table: Table,
    target: Path,
    hidden: frozenset[str],
    folder: Path,
) -> Written | None:
    """Write every row under the header; None, and no file, where row by row is the way to go.

    Rows that are no data stay in the Parquet file and are named in `left_out` by their place.
    folder: for text in other encodings, written there as UTF-8 first.
    """
    text = table.delimited
    if text is None or text.skip_lines is None or text.path.stat().st_size <= SMALL:
        return None
    bad = BadBytes()
    try:
        if text.encoding == UTF8:
            try:
                row_n = _copied(con, table, text, text.path, target, hidden)
            except duckdb.Error as problem:
                if "unicode" not in str(problem).lower():
                    raise
                row_n = _recoded(con, table, text, target, hidden, folder, bad)
        else:
            row_n = _recoded(con, table, text, target, hidden, folder, bad)
        left_out = _left_out(con, table, target, hidden)
    except (NotProven, duckdb.Error):
        target.unlink(missing_ok=True)
        return None
    warnings = table.notes
    if bad.lines:
        warnings = (*warnings, f"bad_bytes {bad.lines} from line {bad.first_line}")
    return Written(table.headers, row_n, False, left_out, warnings)


def _recoded(
    con: duckdb.DuckDBPyConnection,
    table: Table,
    text: Delimited,
    target: Path,
    hidden: frozenset[str],
    folder: Path,
    bad: BadBytes,
) -> int:
    plain = folder / "plain.csv"
    write_utf8(text.path, text.encoding, plain, bad)
    return _copied(con, table, text, plain, target, hidden)


def _copied(
    con: duckdb.DuckDBPyConnection,
    table: Table,
    text: Delimited,
    path: Path,
    target: Path,
    hidden: frozenset[str],
) -> int:
    """Rows written, proven to be all."""
    places = [f"c{n}" for n in range(len(table.headers))]
    relation = con.read_csv(
        str(path),
        columns=dict.fromkeys([*places, EXTRA], "VARCHAR"),
        header=False,
        auto_detect=False,
        all_varchar=True,
        null_padding=True,
        delimiter=text.delimiter,
        quotechar='"',
        escapechar='"',
        skiprows=text.skip_lines,
        compression="none",
        strict_mode=True,
    )
    nothing = ConstantExpression(None).cast("varchar")
    cells = [
        (nothing if fold(header) in hidden else ColumnExpression(place)).alias(header)
        for place, header in zip(places, table.headers, strict=True)
    ]
    with ThreadPoolExecutor(1) as counting:
        lines = counting.submit(_lines, path)
        relation.select(*cells, ColumnExpression(EXTRA)).write_parquet(
            str(target), compression="snappy"
        )
    written = pq.ParquetFile(target)
    row_n: int = written.metadata.num_rows
    if row_n != lines.result() - (text.skip_lines or 0) or not _is_empty(written, EXTRA):
        raise NotProven
    return row_n


def _lines(path: Path) -> int:
    """Lines of a file, without empty ones at its end."""
    lines = 0
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            lines += block.count(b"\n")
        size = file.tell()
        at_end = 0
        while at_end < min(size, _BLOCK):
            file.seek(size - at_end - 1)
            if file.read(1) not in b"\r\n":
                break
            at_end += 1
        file.seek(size - at_end)
        ends = file.read().count(b"\n")
    return lines - ends + 1


def _is_empty(file: pq.ParquetFile, column: str) -> bool:
    at = file.schema_arrow.names.index(column)
    metadata = file.metadata
    groups = (metadata.row_group(n) for n in range(metadata.num_row_groups))
    return all(
        (statistics := group.column(at).statistics) is not None
        and statistics.null_count == group.num_rows
        for group in groups
    )


def _left_out(
    con: duckdb.DuckDBPyConnection, table: Table, target: Path, hidden: frozenset[str]
) -> tuple[LeftOutRow, ...]:
    """What is no data, found among the few rows that can be: nearly empty ones and suspects."""
    sorter = Sorter(table.headers, table.sample)
    has_hidden = any(fold(header) in hidden for header in table.headers)
    found = [LeftOutRow.of(one) for one in table.above]
    expected = 0
    for row, cells in _suspects(con, table, target, sorter.sparse):
        if row != expected:
            sorter.saw_data()
        expected = row + 1
        first = next((cell for cell in cells if cell and cell.strip(BLANKS)), None)
        if first is not None and may_be_subtotal(first):
            raise NotProven  # only the rows above can tell
        one = sorter.judge(table.header_line + 1 + row, cells)
        if one is not None:
            if has_hidden:
                raise NotProven  # the cells not kept might have told that it is data
            found.append(LeftOutRow.of(one, row))
    return tuple(found)


def _suspects(
    con: duckdb.DuckDBPyConnection, table: Table, target: Path, sparse: int
) -> Iterator[tuple[int, Cells]]:
    relation = con.read_parquet(str(target), file_row_number=True)
    row = ColumnExpression("file_row_number")
    cells = [ColumnExpression(header) for header in table.headers]
    one, none = ConstantExpression(1), ConstantExpression(0)
    filled = reduce(
        lambda above, below: above + below,
        (CaseExpression(_begins_with_text(cell), one).otherwise(none) for cell in cells),
    )
    first = CoalesceOperator(*cells) if len(cells) > 1 else cells[0]
    looks_so = FunctionExpression(
        "regexp_matches", first, ConstantExpression(SUSPECT), ConstantExpression("i")
    )
    is_header = first == ConstantExpression(table.headers[0])
    suspects = relation.filter(
        (filled <= ConstantExpression(sparse))
        | ~_begins_with_text(first)
        | looks_so
        | is_header
        | (row < ConstantExpression(_FIRST_ROWS))
    ).select(row, *cells)
    # Sorted, because judging follows the order of the file.
    for batch in suspects.order("file_row_number").to_arrow_reader(ROWS_AT_ONCE):
        columns = [column.to_pylist() for column in batch.columns]
        for place, *texts in zip(*columns, strict=True):
            yield place, tuple(texts)


def _begins_with_text(cell: duckdb.Expression) -> duckdb.Expression:
    """False for a cell that begins with a space and may hold nothing else; cheaper than a trim."""
    after_spaces = cell >= ConstantExpression("!")
    return after_spaces & (
        (cell < ConstantExpression("\u00a0")) | (cell >= ConstantExpression("\u00a1"))
    )
