"""Formats that name their columns: JSON, JSON lines, Parquet."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from pipeline.errors import UnreadableFile
from pipeline.readers import encodings
from pipeline.readers.base import Row, Table
from pipeline.readers.excel import as_text
from pipeline.readers.sheet import record_table

HEADERS_LOOKED_AT = 5_000  # JSON rows whose keys make the header when the file is read line by line


def json_tables(
    path: Path, name: str, known: frozenset[str], workspace: Path, sheet: str = ""
) -> Iterator[Table]:
    """A bare list, {"content": [...]} or any one list of objects under a key, or JSON lines."""
    encoding = encodings.detect_file(path)
    text = "".join(encodings.text_chunks(path, encoding))
    records = _records(text, name)
    flat = [(line, _flat(record)) for line, record in records]
    headers = list(dict.fromkeys(key for _, record in flat for key in record))
    if not headers:
        return

    def rows() -> Iterator[Row]:
        for line, record in flat:
            yield line, tuple(record.get(header) for header in headers)

    yield record_table(name, headers, rows, encoding)


def _records(text: str, name: str) -> list[tuple[int, dict[str, Any]]]:
    stripped = text.lstrip()
    try:
        whole = json.loads(stripped, parse_int=str, parse_float=str)
    except json.JSONDecodeError as problem:
        return _by_line(text, name, problem)
    if isinstance(whole, dict):
        lists = [v for v in whole.values() if _is_records(v)]
        if isinstance(whole.get("content"), list):
            lists = [whole["content"]]
        whole = lists[0] if len(lists) == 1 else [whole]
    if not _is_records(whole):
        raise UnreadableFile(
            f"{name}: the JSON holds no list of objects; export the list of dossiers."
        )
    return list(enumerate(whole, start=1))


def _by_line(
    text: str, name: str, problem: json.JSONDecodeError
) -> list[tuple[int, dict[str, Any]]]:
    found = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        try:
            record = json.loads(line, parse_int=str, parse_float=str)
        except json.JSONDecodeError:
            raise UnreadableFile(
                f"{name}: line {number} is not valid JSON ({problem.msg}); export the file again."
            ) from None
        if not isinstance(record, dict):
            raise UnreadableFile(f"{name}: line {number} is no JSON object; export the file again.")
        found.append((number, record))
    return found


def _is_records(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(item, dict) for item in value)


def _flat(record: dict[str, Any], prefix: str = "") -> dict[str, str | None]:
    flat: dict[str, str | None] = {}
    for key, value in record.items():
        named = f"{prefix}{key}"
        if isinstance(value, dict):
            flat.update(_flat(value, f"{named}."))
        elif isinstance(value, list):
            flat[named] = _listed(value)
        else:
            flat[named] = as_text(value)
    return flat


def _listed(values: Iterable[Any]) -> str | None:
    parts = [
        json.dumps(v, ensure_ascii=False) if isinstance(v, dict | list) else as_text(v)
        for v in values
    ]
    return "; ".join(part for part in parts if part) or None


def parquet_tables(
    path: Path, name: str, known: frozenset[str], workspace: Path, sheet: str = ""
) -> Iterator[Table]:
    """The columns of a Parquet file, read in batches."""
    try:
        file = pq.ParquetFile(path)
    except Exception as problem:
        raise UnreadableFile(f"{name}: the Parquet file is damaged; export it again.") from problem

    def rows() -> Iterator[Row]:
        line = 0
        for batch in pq.ParquetFile(path).iter_batches(batch_size=20_000):
            for record in zip(*(column.to_pylist() for column in batch.columns), strict=True):
                line += 1
                yield line, tuple(as_text(cell) for cell in record)

    yield record_table(name, file.schema_arrow.names, rows)
