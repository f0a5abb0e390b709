"""Adding an entry to the access log: whole and on the disk, or refused."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from pipeline.audit.entry import EVENTS, NOTHING_BEFORE, Entry, Event, shortened
from pipeline.audit.files import Head, alone, folder_of, months, note_head, noted_head
from pipeline.errors import Refused
from pipeline.periods import LOCAL_ZONE

_BLOCK = 64 * 1024


@dataclass(frozen=True)
class End:
    """Where the log ends. path: its last file, None before the first entry.

    last: the last whole entry. torn: what stands after it, left by a crash in mid-line.
    is_closed: the last file ends with the end of a line.
    """

    path: Path | None
    last: Entry | None
    torn: bytes
    is_closed: bool


def record(
    warehouse: Path,
    event: Event,
    *,
    who: str,
    role: str,
    what: str,
    rows: int | None = None,
    **detail: str,
) -> Entry:
    """Add an entry and return it once it is on the disk.

    who: the person, as the sign-in names him. what: screen, query, file or code of a dossier; no
    name, telephone or other personal data of an applicant, in `detail` neither. rows: how many.
    Safe with several threads and processes at once. Raises Refused (Busy among it) where the entry
    cannot be kept: then what was to be logged must not happen.
    """
    if event not in EVENTS:
        raise Refused("error.audit.no_event", event=event, known=list(EVENTS))
    folder = folder_of(warehouse)
    said = {key: shortened(str(value)) for key, value in detail.items()}
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with alone(folder):
            return append(folder, event, shortened(who), shortened(role), what, rows, said)
    except OSError as problem:
        raise unwritable(folder, problem) from problem


def unwritable(folder: Path, problem: OSError) -> Refused:
    """What is said where the log cannot be written."""
    return Refused("error.audit.unwritable", folder=folder, reason=problem.strerror or str(problem))


def append(
    folder: Path,
    event: Event,
    who: str,
    role: str,
    what: str,
    rows: int | None,
    detail: Mapping[str, str],
) -> Entry:
    """Add an entry while the log is held; one before it where a crash left half a line."""
    end = end_of(folder)
    noted = noted_head(folder)
    now = datetime.now(LOCAL_ZONE)
    # Never an earlier month than the last entry's, though the clock was put back.
    name = max(f"{now:%Y-%m}.jsonl", end.path.name if end.path else "")
    moment = now.isoformat(timespec="milliseconds")
    # Where the end was cut off, its numbers are not given out again: the gap stays to be seen.
    n = max(end.last.n if end.last else 0, noted.n if noted else 0)
    before = end.last.sha256 if end.last else NOTHING_BEFORE
    written = b""
    if end.torn:
        rest = {"sha256": torn_sha256(end.torn), "bytes": str(len(end.torn))}
        note = Entry(n + 1, moment, "interrupted", "log", "", "", None, rest, before)
        n, before, written = note.n, note.sha256, note.line()
        if not end.is_closed and end.path is not None and end.path.name == name:
            written = b"\n" + written
    entry = Entry(n + 1, moment, event, who, role, shortened(what), rows, detail, before)
    _add(folder / name, written + entry.line())
    note_head(folder, Head(entry.n, entry.sha256))
    return entry


def torn_sha256(torn: bytes) -> str:
    """The hash by which an entry "interrupted" holds on to what it found."""
    return hashlib.sha256(torn.removesuffix(b"\n")).hexdigest()


def end_of(folder: Path) -> End:
    """The end of the log, read backwards as far as needed."""
    paths = months(folder)
    torn = b""
    is_closed = True
    for path in reversed(paths):
        lines, after = _last_lines(path)
        if path == paths[-1]:
            is_closed = not after
        for at in range(len(lines) - 1, -1, -1):
            entry = Entry.read(lines[at])
            if entry is not None and entry.is_exactly(lines[at]):
                rest = b"".join(line + b"\n" for line in lines[at + 1 :]) + after
                return End(paths[-1], entry, _joined(rest, torn), is_closed)
        torn = _joined(b"".join(line + b"\n" for line in lines) + after, torn)
    return End(paths[-1] if paths else None, None, torn, is_closed)


def _joined(earlier: bytes, later: bytes) -> bytes:
    """What a crash left in one file, then in the next, as lines one after the other."""
    if not later or not earlier:
        return earlier or later
    return earlier.removesuffix(b"\n") + b"\n" + later


def _last_lines(path: Path) -> tuple[list[bytes], bytes]:
    """The last lines of a file, an entry among them if there is one, and what follows the last."""
    with path.open("rb") as file:
        begin = size = file.seek(0, os.SEEK_END)
        text = b""
        while True:
            step = min(begin, _BLOCK)
            begin -= step
            file.seek(begin)
            text = file.read(step) + text
            *lines, after = text.split(b"\n")
            whole = lines if begin == 0 else lines[1:]
            if begin == 0 or any(Entry.read(line) for line in whole):
                return whole, after if size else b""


def _add(path: Path, text: bytes) -> None:
    is_new = not path.exists()
    handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        while text:
            text = text[os.write(handle, text) :]
        os.fsync(handle)
    finally:
        os.close(handle)
    if is_new:
        above = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(above)
        finally:
            os.close(above)
