"""Where the access log lies, the lock that its writers hold, and the note of its end."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import Busy

_MONTH = re.compile(r"[0-9]{4}-[0-9]{2}\.jsonl")
_HEAD = re.compile(r"([0-9]{1,18}):([0-9a-f]{64})")
PATIENCE = 10.0  # seconds that a writer waits for the others
_BETWEEN = 0.005


@dataclass(frozen=True)
class Head:
    """The end of the log as somebody noted it: number and hash of an entry."""

    n: int
    sha256: str

    def __str__(self) -> str:
        return f"{self.n}:{self.sha256}"


def head_of(text: str) -> Head | None:
    """'41:9f2c...' as a head; None for what is none."""
    found = _HEAD.fullmatch(text.strip())
    return Head(int(found[1]), found[2]) if found else None


def folder_of(warehouse: Path) -> Path:
    """The folder of the log."""
    return warehouse / "audit"


def months(folder: Path) -> list[Path]:
    """The files of the log, oldest first."""
    if not folder.is_dir():
        return []
    return sorted(path for path in folder.iterdir() if _MONTH.fullmatch(path.name))


def noted_head(folder: Path) -> Head | None:
    """The end of the log as its last writer noted it; None where no such note can be read."""
    try:
        return head_of((folder / "head").read_text(encoding="ascii"))
    except (OSError, UnicodeDecodeError):
        return None


def note_head(folder: Path, head: Head) -> None:
    """Note the end of the log in one step."""
    fresh = folder / ".head"
    with fresh.open("w", encoding="ascii") as file:
        file.write(f"{head}\n")
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(folder / "head")


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Hold the log for one writer, of all threads and processes; a crash frees it.

    Raises Busy where the others do not come to an end.
    """
    import fcntl

    with (folder / ".lock").open("a") as lock:
        until = time.monotonic() + PATIENCE
        while True:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError as error:
                if time.monotonic() > until:
                    raise Busy("error.audit.busy", folder=folder) from error
                time.sleep(_BETWEEN)
        yield
