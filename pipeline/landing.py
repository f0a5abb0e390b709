"""Landing: any export as rows of text in Parquet, with batch, file, sheet and line. Nothing is interpreted.

<warehouse>/landing/<batch_id>/ holds manifest.json and one Parquet file per table. A batch is known by its
content, so the same files twice are no news. The folder is written under another name and renamed: a
crash leaves no half batch.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
from pydantic import BaseModel, ConfigDict

from pipeline.errors import Refused, UnreadableFile
from pipeline.progress import Progress
from pipeline.readers import Table, kind_of, tables
from pipeline.readers.layout import left_out as no_data
from pipeline.readers.layout import reason_left_out
from pipeline.text import fold

ROWS_AT_ONCE = 20_000
LOCAL = ZoneInfo("Asia/Ho_Chi_Minh")


class _Kept(BaseModel):
    model_config = ConfigDict(extra="forbid")


class LeftOutRow(_Kept):
    """A row that is no data; row is its place in the Parquet file, None above the header."""

    row: int | None
    line: int
    reason: str
    text: str


class LandedFile(_Kept):
    """One file that was named."""

    name: str
    sha256: str
    bytes: int


class LandedTable(_Kept):
    """One table of the batch, as it lies in its Parquet file."""

    file: str
    sheet: str | None
    sha256: str
    encoding: str | None
    delimiter: str | None
    title: list[str]
    header_line: int
    first_line: int  # line of the first row where lines follow each other; else the column _line tells
    headers: list[str]
    parquet: str
    row_n: int
    left_out: list[LeftOutRow]
    warnings: list[str]


class Landed(_Kept):
    """A landed batch: its manifest."""

    batch_id: str
    batch_no: int
    source: str
    landed_at: datetime
    files: list[LandedFile]
    tables: list[LandedTable]
    skipped: list[str]
    news: bool = True


def files_in(paths: Iterable[Path]) -> tuple[list[Path], list[str]]:
    """Files that a reader knows, folders walked in order of names; and what was passed over, with why.

    A file named outright that no reader knows is UnreadableFile; inside a folder it is passed over.
    """
    files: list[Path] = []
    skipped: list[str] = []
    for path in paths:
        if path.is_dir():
            for inner in sorted(p for p in path.rglob("*") if p.is_file()):
                relative = inner.relative_to(path)
                if any(part.startswith((".", "~$")) for part in relative.parts):
                    continue
                if kind_of(inner) is None or inner.suffix.lower() in (".md", ".pdf", ".docx", ".toml"):
                    skipped.append(f"{relative}: no export")
                else:
                    files.append(inner)
        elif path.is_file():
            if kind_of(path) is None:
                raise UnreadableFile(
                    f"{path.name}: this is empty or no export that can be read; give CSV, Excel, HTML,"
                    " JSON, Parquet or XES, plain or in .gz or .zip."
                )
            files.append(path)
        else:
            raise UnreadableFile(f"{path}: there is no such file or folder.")
    return list(dict.fromkeys(files)), skipped


def land(
    con: duckdb.DuckDBPyConnection,
    files: Sequence[Path],
    source_name: str,
    warehouse: Path,
    *,
    known_headers: frozenset[str],
    sheet: str,
    personal: Sequence[str],
    progress: Progress,
) -> Landed:
    """Land the files as one batch of a source; files already landed for it are left aside.

    personal: headers whose cells are not kept. Returns the batch, news=False where it lay there already.
    """
    folder = warehouse / "landing"
    folder.mkdir(parents=True, exist_ok=True)
    for leftover in folder.glob(".landing-*"):
        shutil.rmtree(leftover, ignore_errors=True)
    digests = {path: _sha256(path) for path in files}
    earlier = landed_batches(warehouse)
    same = [batch for batch in earlier if batch.source == source_name]
    known = {file.sha256: batch for batch in same for file in batch.files}
    fresh = [path for path in files if digests[path] not in known]
    skipped = [f"{path.name}: already taken in" for path in files if digests[path] in known]
    if not fresh:
        batch = known[digests[files[-1]]]
        return batch.model_copy(update={"news": False, "skipped": skipped})
    batch_id = _batch_id(source_name, [digests[path] for path in fresh])
    working = folder / f".landing-{os.getpid()}"
    working.mkdir()
    landed: list[LandedTable] = []
    hidden = {fold(header) for header in personal}
    for n, path in enumerate(fresh, start=1):
        progress.step(path.name)
        progress.advance(n - 1, len(fresh))
        for table in tables(path, known_headers=known_headers, sheet=sheet):
            target = working / f"t{len(landed) + 1:04d}.parquet"
            landed.append(_write(con, table, target, digests[path], hidden))
    if not landed:
        shutil.rmtree(working)
        names = ", ".join(path.name for path in fresh)
        raise UnreadableFile(f"{names}: no table was found; inspect the file to see what it holds.")
    batch = Landed(
        batch_id=batch_id,
        batch_no=max((one.batch_no for one in earlier), default=0) + 1,
        source=source_name,
        landed_at=datetime.now(LOCAL).replace(tzinfo=None),
        files=[
            LandedFile(name=path.name, sha256=digests[path], bytes=path.stat().st_size)
            for path in fresh
        ],
        tables=landed,
        skipped=skipped,
    )
    (working / "manifest.json").write_text(batch.model_dump_json(indent=1), encoding="utf-8")
    target_folder = folder / batch_id
    if target_folder.exists():  # without a manifest: not a batch
        shutil.rmtree(target_folder)
    working.rename(target_folder)
    return batch


def landed_batches(warehouse: Path) -> list[Landed]:
    """Every landed batch, in the order of landing."""
    found = [
        read_manifest(path) for path in sorted((warehouse / "landing").glob("*/manifest.json"))
    ]
    return sorted(found, key=lambda batch: batch.batch_no)


def read_manifest(path: Path) -> Landed:
    """The manifest of a landed batch; Refused where it is damaged."""
    try:
        return Landed.model_validate_json(path.read_text(encoding="utf-8"))
    except ValueError as problem:
        raise Refused(f"{path}: the manifest of this batch is damaged; ingest its files again.") from problem


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _batch_id(source_name: str, digests: list[str]) -> str:
    whole = "\n".join([source_name, *sorted(digests)])
    return hashlib.sha256(whole.encode()).hexdigest()[:16]


def _write(
    con: duckdb.DuckDBPyConnection, table: Table, target: Path, sha256: str, hidden: set[str]
) -> LandedTable:
    quick = _write_quickly(con, table, target, hidden) if table.plain_csv else None
    row_n, rows_left_out = quick or _write_exactly(table, target, hidden)
    return LandedTable(
        file=table.file,
        sheet=table.sheet,
        sha256=sha256,
        encoding=table.encoding,
        delimiter=table.delimiter,
        title=list(table.title),
        header_line=table.header_line,
        first_line=table.first_line,
        headers=list(table.headers),
        parquet=target.name,
        row_n=row_n,
        left_out=[
            *(LeftOutRow(row=None, line=a.line, reason=a.reason, text=a.text) for a in table.above),
            *rows_left_out,
        ],
        warnings=list(table.warnings),
    )


def _write_quickly(
    con: duckdb.DuckDBPyConnection, table: Table, target: Path, hidden: set[str]
) -> tuple[int, list[LeftOutRow]] | None:
    """Let DuckDB read a UTF-8 file; None where it cannot be shown that every row came out whole.

    The proof is a count: as many rows as lines below the header, none empty, none with a line inside.
    """
    path = table.plain_csv
    assert path is not None
    lines, odd = _line_count(path)
    if odd:
        return None
    names = {f"c{n}": "VARCHAR" for n in range(len(table.headers))}
    relation = None
    try:
        relation = con.read_csv(
            str(path),
            header=False,
            columns=names,
            delimiter=table.delimiter,
            quotechar='"',
            escapechar='"',
            skiprows=table.header_line,
            null_padding=False,
            strict_mode=True,
            parallel=True,
            auto_detect=False,
        )
        chosen = [
            _hidden_or(duckdb.ColumnExpression(name), header, hidden).alias(header)
            for name, header in zip(names, table.headers, strict=True)
        ]
        relation.select(*chosen).write_parquet(str(target), compression="snappy")
    except duckdb.Error:
        target.unlink(missing_ok=True)
        return None
    row_n = pq.read_metadata(target).num_rows
    if row_n != lines - table.header_line:
        target.unlink()
        return None
    return row_n, _candidates(con, table, target)


def _hidden_or(cell: duckdb.Expression, header: str, hidden: set[str]) -> duckdb.Expression:
    return duckdb.ConstantExpression(None).cast("varchar") if fold(header) in hidden else cell


def _line_count(path: Path) -> tuple[int, bool]:
    """Lines of a file; and whether it holds what makes lines and rows differ (quotes with newlines are
    found by the count, bare carriage returns, NUL and empty lines here)."""
    lines, last = 0, b"\n"
    before = b""
    with path.open("rb") as file:
        while block := file.read(1 << 22):
            joined = before[-3:] + block
            if b"\0" in block or b"\n\n" in joined or b"\n\r\n" in joined:
                return 0, True
            if b"\r" in block and block.count(b"\r") != joined.count(b"\r\n") - before[-3:].count(b"\r\n"):
                return 0, True
            lines += block.count(b"\n")
            last = block[-1:]
            before = block
    return lines + (last != b"\n"), False


def _candidates(con: duckdb.DuckDBPyConnection, table: Table, target: Path) -> list[LeftOutRow]:
    """Rows that may be no data, few and cheap to find: nearly empty ones, and totals; then looked at."""
    width = len(table.headers)
    relation = con.read_parquet(str(target), file_row_number=True)
    cells = [duckdb.ColumnExpression(header) for header in table.headers]
    filled = duckdb.FunctionExpression("concat_ws", duckdb.ConstantExpression(""), *cells)
    worded = duckdb.FunctionExpression(
        "regexp_matches",
        duckdb.FunctionExpression("concat_ws", duckdb.ConstantExpression(" "), *cells[:3]),
        duckdb.ConstantExpression("(?i)(tổng|cộng|total|^\\(?1\\)? )"),
    )
    short = duckdb.FunctionExpression("length", filled) < duckdb.ConstantExpression(8 * width // 3)
    empty_first = cells[0].isnull()
    rows = relation.filter(worded | short | empty_first).select(
        duckdb.ColumnExpression("file_row_number"), *cells
    )
    found = []
    for batch in rows.to_arrow_reader(ROWS_AT_ONCE):
        for row, *values in zip(*(column.to_pylist() for column in batch.columns), strict=True):
            reason = reason_left_out(tuple(values), row, width)
            if reason:
                text = " | ".join(value for value in values if value)[:500]
                line = table.first_line + row
                found.append(LeftOutRow(row=row, line=line, reason=reason, text=text))
    return sorted(found, key=lambda item: item.row or 0)


def _write_exactly(
    table: Table, target: Path, hidden: set[str]
) -> tuple[int, list[LeftOutRow]]:
    """Row by row in Python, with the true line of each."""
    width = len(table.headers)
    schema = pa.schema([*((header, pa.string()) for header in table.headers), ("_line", pa.int64())])
    blind = [fold(header) in hidden for header in table.headers]
    found: list[LeftOutRow] = []
    row_n = 0
    with pq.ParquetWriter(target, schema, compression="snappy") as writer:
        held: list[list[str | None]] = [[] for _ in range(width)]
        lines: list[int] = []

        def flush() -> None:
            if lines:
                columns = [pa.array(cells, pa.string()) for cells in held]
                writer.write_table(pa.Table.from_arrays([*columns, pa.array(lines, pa.int64())], schema=schema))
                for cells in held:
                    cells.clear()
                lines.clear()

        for line, cells in table.rows():
            out = no_data(line, row_n, cells, row_n, width) if table.header_line else None
            if out is not None:
                found.append(LeftOutRow(row=row_n, line=out.line, reason=out.reason, text=out.text))
            for n, cell in enumerate(cells):
                held[n].append(None if blind[n] else cell)
            lines.append(line)
            row_n += 1
            if len(lines) >= ROWS_AT_ONCE:
                flush()
        flush()
    return row_n, found
