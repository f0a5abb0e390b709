"""Whether the access log is as it was written: nothing changed, removed, inserted or cut off.

Whoever may write the files may also write a new chain with a new end that fits. That shows only
against a head that was kept elsewhere: give it as `expected`.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.audit.entry import NOTHING_BEFORE, Entry
from pipeline.audit.files import Head, alone, folder_of, head_of, months, noted_head
from pipeline.audit.log import torn_sha256
from pipeline.errors import Refused

THROUGH, THROUGH_SHA256 = "log_through", "log_sha256"  # what a retention says it removed


@dataclass(frozen=True)
class Verified:
    """entries: how many there are. head: the end, to be kept elsewhere; None for an empty log.

    interrupted: lines that a crash left half written. broken: the first thing that is wrong.
    """

    entries: int
    head: str | None
    interrupted: int
    broken: Refused | None


@dataclass
class _Walk:
    """How far the chain has been followed."""

    last: Head | None = None
    begins_after: Head | None = None  # the entry before the first one there is
    entries: int = 0
    torn: list[bytes] = field(default_factory=list)
    torn_at: tuple[str, int] = ("", 0)
    interrupted: int = 0
    removed: set[Head] = field(default_factory=set)
    is_expected_seen: bool = False


def verify(warehouse: Path, expected: str | None = None) -> Verified:
    """Follow the chain from its first entry to its last.

    expected: a head kept elsewhere, "41:9f2c...", which must be one of the entries.
    Raises Refused where `expected` is no head.
    """
    kept = head_of(expected) if expected is not None else None
    if expected is not None and kept is None:
        raise Refused("error.audit.no_head", text=expected)
    folder = folder_of(warehouse)
    if not folder.is_dir():
        broken = _missing(kept, 0) if kept else None
        return Verified(0, None, 0, broken)
    # What is added from now on is not looked at. Nobody adds to a copy that may only be read.
    with alone(folder) if os.access(folder, os.W_OK) else nullcontext():
        noted = noted_head(folder)
        sizes = [(path, path.stat().st_size) for path in months(folder)]
    walk = _Walk()
    broken = _walked(walk, sizes, kept) or _ended(walk, noted, kept)
    head = str(walk.last) if walk.last else None
    return Verified(walk.entries, head, walk.interrupted, broken)


def _walked(walk: _Walk, sizes: list[tuple[Path, int]], kept: Head | None) -> Refused | None:
    for path, size in sizes:
        for at, (line, is_whole) in enumerate(_lines(path, size), start=1):
            entry = Entry.read(line) if is_whole else None
            if entry is None or not entry.is_exactly(line):
                walk.torn.append(line)
                walk.torn_at = walk.torn_at if len(walk.torn) > 1 else (path.name, at)
                continue
            wrong = _step(walk, entry, path.name, at)
            if wrong:
                return wrong
            if kept and kept.n == entry.n:
                walk.is_expected_seen = kept.sha256 == entry.sha256
                if not walk.is_expected_seen:
                    return Refused("error.audit.other_head", n=kept.n)
    return None


def _step(walk: _Walk, entry: Entry, file: str, line: int) -> Refused | None:
    """One entry on; what is wrong with it."""
    if walk.torn:
        held = entry.detail.get("sha256") if entry.event == "interrupted" else None
        if held != torn_sha256(b"\n".join(walk.torn)):
            return Refused("error.audit.changed", file=walk.torn_at[0], line=walk.torn_at[1])
        walk.interrupted += 1
        walk.torn.clear()
    if walk.last is None:
        walk.begins_after = Head(entry.n - 1, entry.before)
    elif entry.n != walk.last.n + 1:
        return Refused(
            "error.audit.order", file=file, line=line, n=entry.n, expected=walk.last.n + 1
        )
    elif entry.before != walk.last.sha256:
        return Refused("error.audit.exchanged", file=file, line=line, n=entry.n - 1)
    walk.last = Head(entry.n, entry.sha256)
    walk.entries += 1
    if entry.event == "retention" and entry.detail.get(THROUGH, "").isdecimal():
        walk.removed.add(Head(int(entry.detail[THROUGH]), entry.detail.get(THROUGH_SHA256, "")))
    return None


def _ended(walk: _Walk, noted: Head | None, kept: Head | None) -> Refused | None:
    """What is wrong with where the chain begins and ends."""
    begins = walk.begins_after
    if begins and begins != Head(0, NOTHING_BEFORE) and begins not in walk.removed:
        return Refused("error.audit.begins", n=begins.n + 1)
    last_n = walk.last.n if walk.last else 0
    if noted is None and last_n > 1:  # one entry may be there, and the crash that came after it
        return Refused("error.audit.no_note")
    if noted and (last_n < noted.n or (last_n == noted.n and noted != walk.last)):
        return Refused("error.audit.cut_off", n=last_n, noted=noted.n)
    if walk.torn:
        walk.interrupted += 1  # not yet held by an entry: the next one will
    if kept and not walk.is_expected_seen:
        return _missing(kept, last_n)
    return None


def _missing(kept: Head, n: int) -> Refused:
    return Refused("error.audit.head_missing", n=kept.n, last=n)


def _lines(path: Path, size: int) -> Iterator[tuple[bytes, bool]]:
    """Every line without its end, and whether it has one; no further than `size` bytes."""
    with path.open("rb") as file:
        while size > 0 and (line := file.readline(size)):
            size -= len(line)
            yield line.removesuffix(b"\n"), line.endswith(b"\n")
