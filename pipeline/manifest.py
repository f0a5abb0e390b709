"""What is written down about a landed batch: manifest.json beside its Parquet files."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from pipeline.errors import Refused
from pipeline.readers import LeftOut
from pipeline.readers.table import joined_text

NAME = "manifest.json"


class _Kept(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class LeftOutRow(_Kept):
    """A row of a file that is no data. row: its place in the Parquet file where it is there too."""

    row: int | None
    line: int
    reason: str  # title | header | column_numbers | group | total | signature | blank
    text: str

    @classmethod
    def of(cls, one: LeftOut, row: int | None = None, hidden: Collection[int] = ()) -> LeftOutRow:
        """As a reader left it out, without the cells of the columns in `hidden`."""
        kept = (cell for at, cell in enumerate(one.cells) if at not in hidden)
        text = joined_text(kept) if hidden and one.cells else one.text
        return cls(row=row, line=one.line, reason=one.reason, text=text)


class LandedFile(_Kept):
    """One file of a batch."""

    name: str
    sha256: str
    bytes: int


class LandedTable(_Kept):
    """One table of a batch: one Parquet file, every column text, named by `headers`.

    first_line: line of the Parquet file's row 0; the others follow it, unless has_line says that
    the column _line tells. row_n counts the Parquet file's rows, left-out ones among them included.
    not_kept: headers under which no cell was kept, because no screen needs what stands there.
    """

    file: str
    sheet: str | None
    sha256: str
    encoding: str | None
    delimiter: str | None
    title: str | None
    header_line: int
    first_line: int
    has_line: bool
    headers: tuple[str, ...]
    parquet: str
    row_n: int
    left_out: tuple[LeftOutRow, ...]
    warnings: tuple[str, ...]
    not_kept: tuple[str, ...] = ()


class Landed(_Kept):
    """A landed batch. batch_no counts landings; news: False where it had been landed before.

    listed_on: the day that its folder is named for.
    """

    batch_id: str
    batch_no: int
    source: str
    landed_at: datetime
    files: tuple[LandedFile, ...]
    tables: tuple[LandedTable, ...]
    skipped: tuple[str, ...]
    listed_on: date | None = None
    news: bool = True


def write_manifest(batch: Landed, folder: Path) -> None:
    """Write the manifest into a batch's folder."""
    text = batch.model_dump_json(indent=1, exclude={"news"})
    (folder / NAME).write_text(text, encoding="utf-8")


def read_manifest(path: Path) -> Landed:
    """The manifest of a landed batch, by its path or its folder; Refused where it is damaged."""
    path = path / NAME if path.is_dir() else path
    try:
        return Landed.model_validate_json(path.read_bytes())
    except (OSError, ValueError) as problem:
        raise Refused("error.ingest.damaged_batch", path=path) from problem
