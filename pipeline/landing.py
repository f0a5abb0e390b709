"""Landing: any export as rows of text in Parquet. Nothing is interpreted, nothing is lost but what
is not to be had of persons (pipeline/personal.py).

<warehouse>/landing/<batch_id>/ holds manifest.json and one Parquet file per table. A batch is known
by its content, so the same files twice are no news. It is written under another name and renamed:
a crash leaves no half batch, and what it leaves is swept up by the next landing.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import duckdb

from pipeline.errors import UnreadableFile
from pipeline.landing_rows import Written, written_exactly
from pipeline.landing_text import written_quickly
from pipeline.manifest import (
    NAME,
    Landed,
    LandedFile,
    LandedTable,
    read_manifest,
    write_manifest,
)
from pipeline.progress import Progress, SilentProgress
from pipeline.readers import Skipped, Table, tables, walk
from pipeline.text import fold

__all__ = ["Landed", "LandedTable", "land", "landed_batches", "read_manifest"]

WORKING = ".working-"  # a folder being written; a batch's name never begins with a dot
LOCAL = ZoneInfo("Asia/Ho_Chi_Minh")


def land(
    con: duckdb.DuckDBPyConnection,
    files: Sequence[Path],
    source_name: str,
    warehouse: Path,
    *,
    known_headers: frozenset[str] = frozenset(),
    sheet: str = "",
    members: Mapping[Path, frozenset[str]] | None = None,
    not_kept: Callable[[str], bool] | None = None,
    listed_on: date | None = None,
    progress: Progress | None = None,
) -> Landed:
    """Land files (or folders) as one batch of a source; those landed for it before are left aside.

    con: reads delimited text; it must keep the order of rows (its default). members: archive ->
    what is to be read of it, where that is not all. not_kept: whether no cell under a header is
    kept; the manifest names those headers. A batch is known by all bytes of its files all the same.
    listed_on: the day that the files were exported, where it is known.
    Returns the batch; the earlier one, news=False, where no file is new.
    Raises UnreadableFile where a file is damaged or none holds a table; nothing is landed then.
    The caller keeps a second landing out.
    """
    progress = progress or SilentProgress()
    landing = warehouse / "landing"
    landing.mkdir(parents=True, exist_ok=True)
    _sweep(landing)
    named, passed_over = walk(files)
    names = _distinct(named)
    earlier = landed_batches(warehouse)
    known = {
        file.sha256: batch
        for batch in earlier
        if batch.source == source_name
        for file in batch.files
    }
    hashing = ThreadPoolExecutor(1)
    digests = {path: hashing.submit(_sha256, path) for path in names}
    alone = _of_a_length_of_their_own(names, earlier)
    unknown = [path for path in names if path in alone or digests[path].result() not in known]
    new = _without_repeats(unknown, alone, digests)
    skipped = [
        *passed_over,
        *(Skipped(names[path], "landed_before") for path in names if path not in unknown),
        *(Skipped(names[path], "same_content") for path in unknown if path not in new),
    ]
    if not names:
        raise UnreadableFile("error.file.none_named")
    if not new:
        batch = max((known[one.result()] for one in digests.values()), key=lambda b: b.batch_no)
        return batch.model_copy(update={"news": False, "skipped": tuple(map(str, skipped))})

    working = landing / f"{WORKING}{os.getpid()}"
    working.mkdir()
    try:
        landed: list[LandedTable] = []
        for n, path in enumerate(new):
            progress.step("progress.file", file=names[path], n=n + 1, total=len(new))
            progress.advance(n, len(new))
            found = tables(
                path,
                known_headers=known_headers,
                sheet=sheet,
                members=(members or {}).get(path),
                skipped=skipped,
                name=names[path],
            )
            for table in found:
                target = working / f"t{len(landed) + 1:04d}.parquet"
                landed.append(_land_table(con, table, target, digests[path], not_kept))
            progress.advance(n + 1, len(new))
        if not landed:
            raise UnreadableFile("error.file.no_table", files=[names[path] for path in new])
        batch = Landed(
            batch_id=_batch_id(source_name, [digests[path].result() for path in new]),
            batch_no=max((one.batch_no for one in earlier), default=0) + 1,
            source=source_name,
            landed_at=datetime.now(LOCAL).replace(tzinfo=None),
            files=tuple(
                LandedFile(
                    name=names[path], sha256=digests[path].result(), bytes=path.stat().st_size
                )
                for path in new
            ),
            tables=tuple(landed),
            skipped=tuple(map(str, skipped)),
            listed_on=listed_on,
        )
        write_manifest(batch, working)
        _publish(working, landing / batch.batch_id)
    finally:
        shutil.rmtree(working, ignore_errors=True)
    return batch


def landed_batches(warehouse: Path) -> list[Landed]:
    """Every landed batch, in the order of landing. A folder being written is none."""
    manifests = (warehouse / "landing").glob(f"[!.]*/{NAME}")
    return sorted((read_manifest(path) for path in manifests), key=lambda batch: batch.batch_no)


def _land_table(
    con: duckdb.DuckDBPyConnection,
    table: Table,
    target: Path,
    sha256: Future[str],
    not_kept: Callable[[str], bool] | None,
) -> LandedTable:
    dropped = tuple(header for header in table.headers if not_kept and not_kept(header))
    hidden = frozenset(map(fold, dropped))
    with tempfile.TemporaryDirectory(dir=target.parent, prefix="text-") as folder:
        written: Written = written_quickly(con, table, target, hidden, Path(folder)) or (
            written_exactly(table, target, hidden)
        )
    return LandedTable(
        file=table.file,
        sheet=table.sheet,
        sha256=sha256.result(),
        encoding=table.encoding,
        delimiter=table.delimiter,
        title=table.title,
        header_line=table.header_line,
        first_line=table.header_line + 1,
        has_line=written.has_line,
        headers=written.headers,
        parquet=target.name,
        row_n=written.row_n,
        left_out=written.left_out,
        warnings=written.warnings,
        not_kept=dropped,
    )


def _publish(working: Path, target: Path) -> None:
    """Rename the finished folder; on the disk before its name is."""
    for path in [*working.iterdir(), working]:
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
    if target.exists():  # without a manifest it is no batch: with one, its files were known
        shutil.rmtree(target)
    working.rename(target)


def _sweep(landing: Path) -> None:
    """Remove what a killed landing left."""
    for leftover in landing.glob(f"{WORKING}*"):
        shutil.rmtree(leftover, ignore_errors=True)


def _distinct(named: Sequence[tuple[Path, str]]) -> dict[Path, str]:
    """Path -> name to show; files of one name in different folders show the folder too."""
    often = Counter(name for _, name in named)
    return {
        path: name if often[name] == 1 else f"{path.parent.name}/{name}" for path, name in named
    }


def _of_a_length_of_their_own(paths: Iterable[Path], batches: Iterable[Landed]) -> set[Path]:
    """Files as long as no other one: new without a look at their hash, which is made meanwhile."""
    lengths = {path: path.stat().st_size for path in paths}
    often = Counter([*lengths.values(), *(file.bytes for b in batches for file in b.files)])
    return {path for path, length in lengths.items() if often[length] == 1}


def _without_repeats(
    paths: Sequence[Path], alone: set[Path], digests: Mapping[Path, Future[str]]
) -> list[Path]:
    """The first file of each content."""
    contents = {path if path in alone else digests[path].result(): path for path in reversed(paths)}
    return list(contents.values())[::-1]


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _batch_id(source_name: str, digests: Sequence[str]) -> str:
    return hashlib.sha256("\n".join([source_name, *sorted(digests)]).encode()).hexdigest()[:16]
