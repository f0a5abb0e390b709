"""Where the header stands in a sheet: people put titles above it and merge it over several rows.

Every row among the first ones, alone or with the one or two below it, is a candidate and scored:
many distinct short texts over columns that hold something else. Rows below are judged in
pipeline/readers/not_data.py.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from pipeline.readers.not_data import is_column_numbers
from pipeline.readers.table import EXTRA, LINE, Cells, LeftOut, Merged, Row, joined_text
from pipeline.text import fold, squeeze

LOOKED_AT = 60  # rows among which the header is searched
BELOW = 20  # rows under a candidate that show what its columns hold
TALLEST = 3  # rows a header may be merged over
JOINED = " – "

Looks = Literal["text", "long", "code", "date", "number"]
_NUMBER = re.compile(r"[-+(]?[\d\s.,]*\d[\d\s.,]*\)?\s*%?")
_DATE = re.compile(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}([ T].*)?")
_WEIGHT: dict[Looks, float] = {
    "text": 1.0,
    "long": -0.5,
    "code": -0.5,
    "date": -0.5,
    "number": -1.5,
}
_KNOWN = 4.0  # a header that some source knows
_DIFFERS = 0.5  # a cell that looks otherwise than the column below it
_UNNAMED = -0.5  # a column with values and no name
_WIDE_ABOVE = -2.0  # a row above that is as wide as the header: it would be lost as a title
_EACH_ROW_MORE = -0.1
_NOTHING_BELOW = -2.0  # with rows above: the last row of a table, not its header


@dataclass(frozen=True)
class Header:
    """Where the header stands among the rows looked at (first and last, from 0), and its names."""

    first: int
    last: int
    names: tuple[str, ...]
    title: str | None
    known_n: int  # names that some source knows


@lru_cache(maxsize=65_536)
def looks(text: str) -> Looks:
    """What a cell looks like, without understanding it."""
    text = text.strip()
    if _NUMBER.fullmatch(text):
        return "number"
    if _DATE.fullmatch(text):
        return "date"
    if len(text) > 100:
        return "long"
    digits = sum(c.isdigit() for c in text)
    if digits >= 0.4 * len(text) and " " not in text and len(text) >= 5:
        return "code"
    return "text"


def find_header(
    rows: Sequence[Row], known: Collection[str] = (), merged: Sequence[Merged] = ()
) -> Header | None:
    """The header among the first rows of a sheet; None where no row holds two names.

    known: folded headers that some source knows. merged: merged areas, rows counted as the place
    in `rows`. A single column is a table only where nothing is wider.
    """
    cells = [_texts(row) for _, row in rows]
    width = max((_last(row) for row in cells), default=0)
    if not width:
        return None
    grid = [row[:width] + [None] * (width - len(row)) for row in cells]
    chosen = _first_row_is_it(grid, width, known)
    first, last = chosen or _best(grid, known, merged)
    if first < 0:
        return None
    labels = _labels(grid[first : last + 1], _within(merged, first, last))
    names = unique(labels)
    title = " · ".join(
        " ".join(dict.fromkeys(t for t in row if t)) for row in grid[:first] if any(row)
    )
    known_n = sum(fold(label) in known for label in labels if label)
    return Header(first, last, names, title or None, known_n)


def above_header(rows: Sequence[Row], header: Header) -> list[LeftOut]:
    """The rows above the header, as rows left out; blank ones are nothing."""
    found = []
    for line, row in rows[: header.first]:
        if text := joined_text(row):
            found.append(LeftOut(line, "title", text))
    return found


def unique(labels: Sequence[str | None]) -> tuple[str, ...]:
    """Names for columns, different from each other even where case is ignored.

    An empty one becomes 'cột N', a repeated one 'Ngày (2)'.
    """
    taken = {EXTRA, LINE}
    wanted = Counter(label.casefold() for label in labels if label)
    names = []
    for place, label in enumerate(labels, start=1):
        base = label or f"cột {place}"
        name, n = base, 1
        # A later header written as 'Ngày (2)' keeps its name; a repeated 'Ngày' gives way to it.
        while name.casefold() in taken or (n > 1 and name.casefold() in wanted):
            n += 1
            name = f"{base} ({n})"
        taken.add(name.casefold())
        names.append(name)
    return tuple(names)


def _texts(row: Cells) -> list[str | None]:
    return [squeeze(cell) for cell in row]


def _last(row: Sequence[str | None]) -> int:
    return max((at for at, text in enumerate(row, start=1) if text), default=0)


def _first_row_is_it(
    grid: Sequence[Sequence[str | None]], width: int, known: Collection[str]
) -> tuple[int, int] | None:
    """A first row that names every column is the header, whatever the rows below look like."""
    if width < 3 and len(grid) > 1 and not all(len([t for t in r if t]) == width for r in grid[:2]):
        return None
    top = grid[0]
    filled = [text for text in top if text]
    if len(filled) < max(2, 0.9 * width) or any(looks(t) in ("number", "date") for t in filled):
        return None
    if known and not any(fold(t) in known for t in filled):
        for row in grid[1:LOOKED_AT]:
            if sum(fold(t) in known for t in row if t) >= 3:
                return None
    return 0, 0


def _best(
    grid: Sequence[Sequence[str | None]], known: Collection[str], merged: Sequence[Merged]
) -> tuple[int, int]:
    best, best_score = (-1, -1), float("-inf")
    for first in range(min(len(grid), LOOKED_AT)):
        for last in range(first, min(first + TALLEST, len(grid))):
            if last > first and not _continues(grid, first, last, merged):
                break
            score = _score(grid, first, last, known, _within(merged, first, last))
            if score > best_score:
                best, best_score = (first, last), score
    return best


def _score(
    grid: Sequence[Sequence[str | None]],
    first: int,
    last: int,
    known: Collection[str],
    merged: Sequence[Merged],
) -> float:
    labels = _labels(grid[first : last + 1], merged)
    filled = sum(1 for label in labels if label)
    if not filled or (filled < 2 and _widest(grid) > 1):
        return float("-inf")
    below = [row for row in grid[last + 1 : last + 1 + BELOW] if any(row)]
    if below and is_column_numbers(below[0]):
        below = below[1:]
    score = (last - first) * _EACH_ROW_MORE - 0.02 * first
    if not below and any(any(row) for row in grid[:first]):
        score += _NOTHING_BELOW
    seen: set[str] = set()
    for column, label in enumerate(labels):
        held = Counter(looks(text) for row in below if (text := row[column]))
        usual = held.most_common(1)[0][0] if held else None
        if label is None:
            score += _UNNAMED if usual else 0.0
            continue
        look = looks(label)
        weight = _WEIGHT[look]
        if label.casefold() in seen and weight > 0:
            weight = 0.3
        seen.add(label.casefold())
        score += weight
        if usual and usual != look:
            score += _DIFFERS
        if known and fold(label) in known:
            score += _KNOWN
    wide = [row for row in grid[:first] if sum(1 for t in row if t) >= max(2, 0.75 * filled)]
    return score + min(len(wide), 10) * _WIDE_ABOVE


def _widest(grid: Sequence[Sequence[str | None]]) -> int:
    return max(sum(1 for text in row if text) for row in grid)


def _continues(
    grid: Sequence[Sequence[str | None]], first: int, last: int, merged: Sequence[Merged]
) -> bool:
    """Whether row `last` is still part of a header that begins in row `first`.

    With merged areas known: one of them spans columns in the row above and row `last` names what is
    under it, or one of them spans both rows. Without: the row above has gaps that row `last` fills
    under a name to their left, another name has nothing under it, and the values further down look
    otherwise.
    """
    upper, lower = grid[last - 1], grid[last]
    if not any(lower) or any(looks(text) in ("number", "date") for text in lower if text):
        return False
    if merged:
        spans = [m for m in merged if m[0] <= last - 1 <= m[1] and m[3] > m[2]]
        whole = len(upper) - 1
        named = any(
            sum(1 for text in lower[m[2] : m[3] + 1] if text) >= 2
            for m in spans
            if m[1] == last - 1 and m[3] - m[2] < whole
        )
        tall = any(m[0] <= last - 1 and m[1] >= last and m[0] >= first for m in merged)
        return named or (tall and last > first + 1)
    if last > first + 1:
        return False
    return _fills_gaps(upper, lower, grid[last + 1 : last + 1 + BELOW])


def _fills_gaps(
    upper: Sequence[str | None],
    lower: Sequence[str | None],
    below: Sequence[Sequence[str | None]],
) -> bool:
    below = [row for row in below if any(row) and not is_column_numbers(row)]
    spanning = [
        c
        for c in range(len(upper) - 1)
        if upper[c] and not upper[c + 1] and lower[c] and lower[c + 1]
    ]
    alone = [c for c, text in enumerate(upper) if text and not lower[c]]
    if not spanning or not alone or not below:
        return False
    group = ""
    for c, (over, under) in enumerate(zip(upper, lower, strict=True)):
        group = over or group
        if under and (not group or (over and c not in spanning)):
            return False
    named = [c for c, text in enumerate(lower) if text]
    filled = [row for row in below if any(row[c] for c in alone)]
    values = [looks(text) for row in filled for c in named if (text := row[c])]
    return bool(values) and sum(look in ("number", "date") for look in values) >= 0.5 * len(values)


def _within(merged: Sequence[Merged], first: int, last: int) -> list[Merged]:
    return [m for m in merged if m[0] <= last and m[1] >= first]


def _labels(rows: Sequence[Sequence[str | None]], merged: Sequence[Merged]) -> list[str | None]:
    """One name per column: the names above each other, joined; a spanning name counts for all."""
    spread: list[list[str | None]] = []
    for n, row in enumerate(rows):
        cells = list(row)
        if n < len(rows) - 1:
            over: str | None = None
            for c, text in enumerate(cells):
                if text:
                    over = text
                elif over and any(below[c] for below in rows[n + 1 :]):
                    cells[c] = over
                else:
                    over = None
        spread.append(cells)
    labels: list[str | None] = []
    for c in range(len(rows[0])):
        parts = dict.fromkeys(text for cells in spread if (text := cells[c]))
        labels.append(JOINED.join(parts) or None)
    return labels
