"""Exports in the folders where they are dropped: once landed and old enough, they go."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from pipeline import landing
from pipeline.periods import LOCAL_ZONE

UPLOAD_AGE = timedelta(days=1)  # of a folder that nobody reads any more


@dataclass(frozen=True)
class RawFile:
    """A file to go. batch: the landed batch that holds its rows."""

    path: str
    sha256: str
    batch: str
    written_at: datetime


def expired(
    warehouse: Path, folders: Sequence[str], now: datetime, days: int
) -> tuple[list[RawFile], list[str]]:
    """Files last written more than `days` ago: those landed, and those that never were.

    A file that was never taken in stays: nothing else holds its rows. Relative folders stand in the
    warehouse. A folder that is not there holds nothing.
    """
    batches = {
        file.sha256: batch.batch_id
        for batch in landing.landed_batches(warehouse)
        for file in batch.files
    }
    gone, left = [], []
    for folder in folders:
        for path in sorted((warehouse / folder).rglob("*")):
            if path.is_symlink() or not path.is_file():
                continue
            written_at = datetime.fromtimestamp(path.stat().st_mtime, LOCAL_ZONE).replace(
                tzinfo=None
            )
            if written_at >= now - timedelta(days=days):
                continue
            digest = _sha256(path)
            if digest in batches:
                gone.append(RawFile(str(path), digest, batches[digest], written_at))
            else:
                left.append(str(path))
    return gone, left


def remove(files: Sequence[RawFile], note: Callable[[str, int, dict[str, str]], None]) -> None:
    """Remove files, each noted before it goes: by its hash, because a name may name a person."""
    for one in files:
        note("raw_file", 1, {"sha256": one.sha256, "batch": one.batch})
        Path(one.path).unlink(missing_ok=True)


def forgotten_uploads(warehouse: Path, now: datetime) -> list[Path]:
    """Folders of files dropped in the browser that a killed process left behind; none is in use."""
    inbox = warehouse / "inbox"
    before = now - UPLOAD_AGE
    folders = [path for path in inbox.iterdir() if path.is_dir()] if inbox.is_dir() else []
    return sorted(path for path in folders if _written_at(path) < before)


def remove_uploads(
    folders: Sequence[Path], note: Callable[[str, int, dict[str, str]], None]
) -> None:
    """Remove them, each noted before it goes."""
    for folder in folders:
        note("forgotten_upload", sum(path.is_file() for path in folder.rglob("*")), {})
        shutil.rmtree(folder)


def _written_at(path: Path) -> datetime:
    return datetime.fromtimestamp(path.stat().st_mtime, LOCAL_ZONE).replace(tzinfo=None)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
