"""Snapshots: a new file for every load, then a small pointer moved.

Readers and writers never share a file. A reader holds a lock on the file it opened (DuckDB locks
whole files), so a snapshot is never written again once its name is published. A crash at any byte
leaves the pointer, and yesterday's board, as it was.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import duckdb

from pipeline import statements
from pipeline.errors import Busy, Refused
from pipeline.trouble import told_in_one_sentence

_STEM = "%Y%m%dT%H%M%S"
_ID = re.compile(r"[0-9]{8}T[0-9]{6}-[0-9]{3}")
_NEVER = set("/\\\ufffd")  # in a name: it would lead elsewhere, or was no text
KEPT = 5  # snapshots kept for rollback, the current one among them


@dataclass(frozen=True)
class SnapshotFile:
    """One published snapshot on disk."""

    id: str
    path: Path
    bytes: int
    is_current: bool


def pointer(warehouse: Path) -> Path:
    """The file that names the current snapshot."""
    return warehouse / "current"


def current(warehouse: Path) -> str | None:
    """Id of the snapshot the board shows, or None where nothing has been published.

    Raises Refused where the pointer holds what is no name of a snapshot.
    """
    try:
        name = pointer(warehouse).read_bytes().decode("utf-8", errors="replace").strip()
    except FileNotFoundError:
        return None
    if name and not _is_name(name):
        raise Refused("error.snapshot.pointer", path=pointer(warehouse))
    return name or None


def path_of(warehouse: Path, snapshot_id: str) -> Path:
    """Where a snapshot lies; ids are file names and nothing else."""
    if not _is_name(snapshot_id):
        raise Refused("error.snapshot.no_id", id=snapshot_id)
    return warehouse / "snapshots" / f"{snapshot_id}.duckdb"


def _is_name(text: str) -> bool:
    return bool(text) and text.isprintable() and not text.startswith(".") and not set(text) & _NEVER


def snapshots(warehouse: Path) -> list[SnapshotFile]:
    """Published snapshots, newest first; none is current where the pointer is damaged."""
    try:
        now = current(warehouse)
    except Refused:
        now = None
    files = sorted((warehouse / "snapshots").glob("[!.]*.duckdb"), reverse=True)
    return [SnapshotFile(f.stem, f, f.stat().st_size, f.stem == now) for f in files]


def require(warehouse: Path, snapshot_id: str) -> None:
    """Refused unless there is a snapshot of that id."""
    if not path_of(warehouse, snapshot_id).is_file():
        raise Refused("error.snapshot.none_such", id=snapshot_id, folder=warehouse)


def point_to(warehouse: Path, snapshot_id: str) -> None:
    """Make `snapshot_id` the one that readers open next; refused where no such file is."""
    require(warehouse, snapshot_id)
    fresh = warehouse / f".current-{os.getpid()}"
    with fresh.open("w", encoding="utf-8") as file:
        file.write(snapshot_id + "\n")
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(pointer(warehouse))


def new_id(moment: datetime, warehouse: Path) -> str:
    """Id of the moment, 20260131T170502-001, that sorts after every other one.

    A clock that was put back must not file the newest snapshot among the old ones: they are
    listed, kept and dropped in the order of their ids.
    """
    newest = max((one.id for one in snapshots(warehouse) if _ID.fullmatch(one.id)), default="")
    stem = moment.strftime(_STEM)
    if newest[:-4] < stem:
        return f"{stem}-001"
    last, n = newest.split("-")
    if int(n) < 999:
        return f"{last}-{int(n) + 1:03d}"
    return f"{datetime.strptime(last, _STEM) + timedelta(seconds=1):{_STEM}}-001"


@contextmanager
def writing(warehouse: Path) -> Iterator[None]:
    """Hold the warehouse for one writer; a second one is refused at once, a crash frees it.

    What the system refuses meanwhile (a full disk) is Refused, and an unfinished file is removed:
    it may be what filled the disk.
    """
    import fcntl

    with told_in_one_sentence():
        warehouse.mkdir(parents=True, exist_ok=True)
        with (warehouse / ".lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise Busy("error.ingest.busy", folder=warehouse) from error
            try:
                yield
            finally:
                _sweep(warehouse)


def begin(warehouse: Path, base: str | None) -> Path:
    """A working file for the next snapshot, a copy of `base` or nothing yet; leftovers go."""
    folder = warehouse / "snapshots"
    folder.mkdir(parents=True, exist_ok=True)
    _sweep(warehouse)
    working = folder / f".building-{os.getpid()}.duckdb"
    if base is not None:
        shutil.copyfile(path_of(warehouse, base), working)
    return working


def _sweep(warehouse: Path) -> None:
    """Remove what an ingest left unfinished."""
    unfinished = (warehouse / "snapshots").glob(".building-*")
    for leftover in [*unfinished, *warehouse.glob(".current-*")]:
        leftover.unlink(missing_ok=True)


def commit(warehouse: Path, working: Path, snapshot_id: str) -> None:
    """Name the finished working file, move the pointer, drop snapshots beyond the kept ones."""
    with working.open("rb") as file:
        os.fsync(file.fileno())
    working.replace(path_of(warehouse, snapshot_id))
    point_to(warehouse, snapshot_id)
    for old in snapshots(warehouse)[KEPT:]:
        if not old.is_current:
            old.path.unlink(missing_ok=True)


def remove_others(warehouse: Path, snapshot_id: str) -> list[str]:
    """Remove every snapshot but one, which must be the one shown; returns the ids of those gone."""
    others = [one for one in snapshots(warehouse) if one.id != snapshot_id and not one.is_current]
    for one in others:
        one.path.unlink(missing_ok=True)
    return [one.id for one in others]


def describe(path: Path) -> dict[str, str]:
    """The meta table of a snapshot file."""
    with duckdb.connect(str(path), read_only=True) as con:
        return dict(statements.run(con, "core/meta").fetchall())
