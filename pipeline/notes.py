"""Notes that a leader puts beside a figure: append-only lines next to the snapshots.

A note explains a figure (leave, a new officer, a move of the office) and changes none. It outlives
the snapshot it was written on and is never edited: a later note stands before it.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from pipeline.errors import Refused

NAME = "notes.jsonl"
LONGEST = 500  # characters of one note


@dataclass(frozen=True)
class Note:
    """One note. about: the figure, by key and value, such as {"officer": ..., "unit": ...}."""

    at: str  # local moment, ISO
    by: str  # role, and unit where one is named
    period: str  # key of the period
    about: dict[str, str]
    text: str


def add(warehouse: Path, note: Note) -> None:
    """Write a note; one line is written in one go, so that two writers never mix.

    Raises Refused for a note that is empty or too long, or a folder that may only be read.
    """
    text = " ".join(note.text.split())
    if not text:
        raise Refused("error.note.empty")
    if len(text) > LONGEST:
        raise Refused("error.note.too_long", n=len(text), most=LONGEST)
    line = json.dumps(asdict(note) | {"text": text}, ensure_ascii=False) + "\n"
    try:
        handle = os.open(warehouse / NAME, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o640)
    except OSError as error:
        raise Refused("error.note.not_written", folder=warehouse) from error
    try:
        os.write(handle, line.encode())
    finally:
        os.close(handle)


def notes(warehouse: Path, **about: str) -> list[Note]:
    """Notes on a figure, the newest first; those on every figure where none is named."""
    found = [
        note
        for note in _read(warehouse / NAME)
        if all(note.about.get(key) == value for key, value in about.items())
    ]
    return found[::-1]


def _read(path: Path) -> Iterator[Note]:
    if not path.is_file():
        return
    for line in path.read_text(encoding="utf-8").splitlines():
        try:
            yield Note(**json.loads(line))
        except (ValueError, TypeError):
            continue  # a line cut off by a full disk is no note; the others are


def new(role: str, unit: str | None, period: str, about: dict[str, str], text: str) -> Note:
    """A note of now."""
    moment = datetime.now().replace(microsecond=0).isoformat()
    return Note(moment, f"{role}:{unit}" if unit else role, period, about, text)
