"""Landing row by row in Python: exact for every format, with the true line of each row."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.manifest import LeftOutRow
from pipeline.readers import Row, Table
from pipeline.readers.table import EXTRA, LINE
from pipeline.text import fold

ROWS_AT_ONCE = 20_000


@dataclass(frozen=True)
class Written:
    """What lies in a table's Parquet file."""

    headers: tuple[str, ...]
    row_n: int
    has_line: bool
    left_out: tuple[LeftOutRow, ...]
    warnings: tuple[str, ...]


def written_exactly(table: Table, target: Path, hidden: frozenset[str]) -> Written:
    """Write the data rows, each with its line; rows that are no data are only in `left_out`.

    hidden: folded headers whose cells are not kept, in rows and in what was left out. Cells beyond
    the last header are in the column _extra, a header of the table where a row has some.
    """
    headers = table.headers
    schema = pa.schema([(name, pa.string()) for name in (*headers, EXTRA)] + [(LINE, pa.int64())])
    is_hidden = [fold(header) in hidden for header in headers]
    places = [at for at, one in enumerate(is_hidden) if one]
    row_n = 0
    has_extra = False
    with pq.ParquetWriter(target, schema, compression="snappy") as writer:
        for rows in _batches(table.numbered()):
            columns = _columns(rows, is_hidden)
            has_extra = has_extra or columns[len(headers)].null_count < len(rows)
            writer.write_batch(pa.record_batch(columns, schema=schema))
            row_n += len(rows)
    return Written(
        headers=(*headers, EXTRA) if has_extra else headers,
        row_n=row_n,
        has_line=True,
        left_out=tuple(LeftOutRow.of(one, hidden=places) for one in table.left_out),
        warnings=table.warnings,
    )


def _batches(rows: Iterator[Row]) -> Iterator[list[Row]]:
    while batch := list(islice(rows, ROWS_AT_ONCE)):
        yield batch


def _columns(rows: list[Row], is_hidden: list[bool]) -> list[pa.Array]:
    width = len(is_hidden)
    columns = [
        pa.nulls(len(rows), pa.string())
        if is_hidden[at]
        else pa.array([_sound(cells[at]) for _, cells in rows], pa.string())
        for at in range(width)
    ]
    extra = [_sound(cells[width]) if len(cells) > width else None for _, cells in rows]
    lines = pa.array([line for line, _ in rows], pa.int64())
    return [*columns, pa.array(extra, pa.string()), lines]


def _sound(text: str | None) -> str | None:
    """Half a surrogate pair (JSON, UTF-16) cannot be written as UTF-8."""
    if text is None or text.isascii():
        return text
    return text.encode("utf-8", errors="replace").decode("utf-8")
