"""Delimited lines as records, exactly: quoted line breaks joined, stray quotes kept as text.

A quote that is opened and never closed must not swallow the rows below it, which is what a plain
CSV parser makes of one. A record is therefore joined over lines only where that gives a well-formed
record and the lines joined are not records of their own.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator

from pipeline.readers.table import Row

QUOTE = '"'
MOST_LINES = 100  # of one quoted cell
_OPEN = "unexpected end of data"
csv.field_size_limit(2**31 - 1)


def records(lines: Iterable[str], delimiter: str, width: int | None = None) -> Iterator[Row]:
    """Records with the line each begins on, from 1; cells without text are None.

    lines: without their line ends. width: cells of a usual record, as far as known.
    """
    numbered = enumerate(lines, start=1)
    pending: list[tuple[int, str]] = []
    while True:
        entry = pending.pop(0) if pending else next(numbered, None)
        if entry is None:
            return
        number, line = entry
        if QUOTE not in line:
            yield number, _cells(line.split(delimiter)) if line else ()
            continue
        cells, is_open = _parsed(line, delimiter)
        if is_open:
            cells, pending = _joined(line, delimiter, width, pending, numbered)
        yield number, _cells(cells if cells is not None else split_literally(line, delimiter))


def split_literally(line: str, delimiter: str) -> list[str]:
    """Cells of one line; a quote that does not enclose a whole cell is a character of it."""
    cells: list[str] = []
    at = 0
    while True:
        end = _end_of_quoted(line, at, delimiter) if line.startswith(QUOTE, at) else -1
        if end >= 0:
            cells.append(line[at + 1 : end].replace(QUOTE * 2, QUOTE))
            at = end + 1
        else:
            until = line.find(delimiter, at)
            until = len(line) if until < 0 else until
            cells.append(line[at:until])
            at = until
        if at >= len(line):
            return cells
        at += len(delimiter)


def _end_of_quoted(line: str, start: int, delimiter: str) -> int:
    """Place of the quote that closes the cell begun at `start`; -1 where none stands at its end."""
    at = start + 1
    while (at := line.find(QUOTE, at)) >= 0:
        if line.startswith(QUOTE, at + 1):
            at += 2
            continue
        return at if at + 1 == len(line) or line.startswith(delimiter, at + 1) else -1
    return -1


def _parsed(text: str, delimiter: str) -> tuple[list[str] | None, bool]:
    """Cells of a well-formed record, None for another; and whether a quote stays open."""
    try:
        rows = list(csv.reader([text], delimiter=delimiter, strict=True))
    except csv.Error as problem:
        return None, _OPEN in str(problem)
    return (rows[0] if len(rows) == 1 else None), False


def _joined(
    line: str,
    delimiter: str,
    width: int | None,
    pending: list[tuple[int, str]],
    numbered: Iterator[tuple[int, str]],
) -> tuple[list[str] | None, list[tuple[int, str]]]:
    """Cells of a record continued on the next lines, and the lines left over."""
    taken: list[tuple[int, str]] = []
    waiting = list(pending)
    text = line
    while len(taken) < MOST_LINES:
        entry = waiting.pop(0) if waiting else next(numbered, None)
        if entry is None:
            break
        taken.append(entry)
        text += "\n" + entry[1]
        if QUOTE not in entry[1]:
            continue
        cells, is_open = _parsed(text, delimiter)
        if is_open:
            continue
        if cells is not None and _is_one_record(cells, [t for _, t in taken], delimiter, width):
            return cells, waiting
        break
    return None, taken + waiting


def _is_one_record(
    cells: list[str], continued: list[str], delimiter: str, width: int | None
) -> bool:
    if width is None or len(cells) == width:
        return True
    return all(line.count(delimiter) < width - 1 for line in continued)


def _cells(texts: list[str]) -> tuple[str | None, ...]:
    return tuple(text or None for text in texts)
