"""Tables of formats that name their columns themselves (JSON, Parquet, XES): no layout to find."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from pipeline.readers.layout import unique
from pipeline.readers.table import Row, Table
from pipeline.text import squeeze


def keyed_table(
    file: str,
    keys: Sequence[str],
    records: Callable[[], Iterator[tuple[int, Mapping[str, str | None]]]],
    *,
    encoding: str | None = None,
    held: object = None,
) -> Table:
    """A table of records, each with its line (or place, from 1) in the file."""

    def numbered() -> Iterator[Row]:
        for line, record in records():
            yield line, tuple(record.get(key) or None for key in keys)

    return Table(
        file=file,
        sheet=None,
        encoding=encoding,
        delimiter=None,
        title=None,
        header_line=0,
        headers=unique([squeeze(key) for key in keys]),
        numbered=numbered,
        held=held,
    )
