"""Parquet files, read in batches; typed cells become text."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.errors import UnreadableFile
from pipeline.readers.cells import cell_text
from pipeline.readers.damage import refused
from pipeline.readers.json_records import flat
from pipeline.readers.keyed import keyed_table
from pipeline.readers.table import Table

ROWS_AT_ONCE = 10_000


def tables(path: Path, name: str, held: object = None) -> Iterator[Table]:
    """The columns of a Parquet file; structs are flattened with dots, lists joined with '; '."""
    damaged = UnreadableFile("error.file.parquet_damaged", file=name)
    with refused(damaged):
        keys = _keys(pq.read_schema(path))

    def records() -> Iterator[tuple[int, dict[str, str | None]]]:
        line = 0
        with refused(damaged), pq.ParquetFile(path) as file:
            for batch in file.iter_batches(batch_size=ROWS_AT_ONCE):
                for record in batch.to_pylist():
                    line += 1
                    yield line, flat(_texts(record))

    yield keyed_table(name, keys, records, held=held)


def _keys(schema: pa.Schema) -> list[str]:
    keys: list[str] = []

    def note(field: pa.Field, above: str) -> None:
        if pa.types.is_struct(field.type):
            for inner in field.type:
                note(inner, f"{above}{field.name}.")
        else:
            keys.append(above + field.name)

    for field in schema:
        note(field, "")
    return keys


def _texts(record: dict[str, object]) -> dict[str, object]:
    return {key: _plain(value) for key, value in record.items()}


def _plain(value: object) -> object:
    if isinstance(value, dict):
        return _texts(value)
    if isinstance(value, list):
        return [_plain(one) for one in value]
    return cell_text(value)
