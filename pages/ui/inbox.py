"""Files dropped in the browser, on disk only while something reads them.

They hold personal data: nobody but the board's own user may open them, and nothing stays behind.
"""

from __future__ import annotations

import os
import re
import shutil
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

MOST_BYTES = 180  # of a file's name; file systems take 255
FORGOTTEN_SECONDS = 24 * 60 * 60  # a folder this old is what a killed process left behind


class Dropped(Protocol):
    """A file of the browser: Streamlit's UploadedFile, or anything like it."""

    @property
    def name(self) -> str: ...

    def getbuffer(self) -> memoryview: ...


@contextmanager
def on_disk(dropped: Sequence[Dropped], warehouse: Path) -> Iterator[list[Path]]:
    """Paths of the files, in their order, below <warehouse>/inbox; gone when the block is left."""
    inbox = warehouse / "inbox"
    inbox.mkdir(parents=True, exist_ok=True, mode=0o700)
    _sweep(inbox)
    folder = Path(tempfile.mkdtemp(dir=inbox))  # readable by its owner alone
    try:
        paths = []
        for n, file in enumerate(dropped):
            (folder / str(n)).mkdir(mode=0o700)  # two files may have the same name
            path = folder / str(n) / safe_name(file.name)
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "wb") as written:
                written.write(file.getbuffer())
            paths.append(path)
        yield paths
    finally:
        shutil.rmtree(folder)


def safe_name(name: str) -> str:
    """The file's own name without folders, signs a shell or a path could misread, or a leading dot.

    Vietnamese letters stay: the ledger names the file as the office knows it.
    """
    last = re.split(r"[/\\]", name)[-1]
    plain = re.sub(r"[^\w .()+-]", "_", last).strip(" .-")
    stem, dot, ending = plain.rpartition(".")
    stem, ending = (stem, dot + ending) if dot and len(ending) <= 8 else (plain, "")
    room = MOST_BYTES - len(ending.encode())
    return (stem.encode()[:room].decode(errors="ignore") or "file") + ending


def _sweep(inbox: Path) -> None:
    oldest = time.time() - FORGOTTEN_SECONDS
    for folder in inbox.iterdir():
        if folder.is_dir() and folder.stat().st_mtime < oldest:
            shutil.rmtree(folder, ignore_errors=True)  # another session may be sweeping as well
