"""Where a table begins in a sheet, and which of its rows are no data.

People's exports carry a title, an agency's name, "Từ ngày ... đến ngày ...", a header merged over
several rows, a row of column numbers, group rows, totals and a signature block (domain: file quirks).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.readers.base import Cells, LeftOut
from pipeline.text import fold, squeeze

LOOKED_AT = 60  # rows in which a header is searched
_TOTAL = re.compile(
    r"^(tong( cong| so| hop)?|cong( tong| don)?|tong so ho so|grand total|total|sum)( \w+)?$"
)
_SIGNATURE = re.compile(
    r"(nguoi lap( bieu| bang| phieu)?|thu truong( don vi)?|ky ten|ky va ghi ro ho ten|ky ghi ro ho ten"
    r"|giam doc|chu tich|ke toan truong|noi nhan|xac nhan cua)"
)
_SIGNED_ON = re.compile(r"ngay \d* ?thang \d* ?nam")
_ROMAN = re.compile(r"^[ivxlc]+$", re.IGNORECASE)
_NUMBER_CELL = re.compile(r"^\(?\d{1,3}\)?$|^\[?[a-z]\]?$|^\(?\d+\)?\s*=.*$", re.IGNORECASE)
_GROUPS = re.compile(r"^(so ban nganh|cap (tinh|huyen|xa)|khoi |nhom |huyen|xa phuong)")


@dataclass(frozen=True)
class Header:
    """Where the header stands: its first and last row (0-based), unique names, titles above it."""

    first: int
    last: int
    names: tuple[str, ...]
    title: tuple[str, ...]


def find_header(rows: Sequence[Cells], known: frozenset[str] = frozenset()) -> Header | None:
    """The header among the first rows of a sheet, or None where nothing looks like one.

    known: folded headers that some source knows; a row that holds several of them is preferred.
    """
    best, best_score = None, 0.0
    for i, row in enumerate(rows[:LOOKED_AT]):
        score = _score(rows, i, known)
        if score > best_score + 1e-9:
            best, best_score = i, score
    if best is None:
        return None
    first, last = _extent(rows, best, known)
    names = unique(_joined(rows[first : last + 1]))
    title = tuple(" ".join(dict.fromkeys(_texts(row))) for row in rows[:first] if _texts(row))
    return Header(first, last, names, title)


def _texts(row: Cells) -> list[str]:
    return [text for cell in row if (text := squeeze(cell))]


def _score(rows: Sequence[Cells], i: int, known: frozenset[str]) -> float:
    texts = _texts(rows[i])
    if not texts:
        return 0.0
    keys = [fold(text) for text in texts]
    hits = sum(key in known for key in keys if key)
    worded = sum(1 for text in texts if not _looks_like_value(text))
    distinct = len(set(keys)) / len(keys)
    below = [len(_texts(row)) for row in rows[i + 1 : i + 8]]
    width = max(below, default=0)
    if len(texts) == 1:
        # a single column is a table only when it stands at the top of a single-column file
        return 0.5 if width <= 1 and i == 0 else 0.0
    fit = min(len(texts), width) / max(len(texts), width, 1) if below else 0.8
    score = worded * distinct * fit * (worded / len(texts)) ** 2
    short = sum(len(text) <= 60 for text in texts) / len(texts)
    return score * short + 10.0 * hits - 0.01 * i


def _looks_like_value(text: str) -> bool:
    return bool(re.fullmatch(r"[\d\s.,:/%+()TZ-]+", text)) or bool(
        re.match(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}", text)
    )


def _extent(rows: Sequence[Cells], i: int, known: frozenset[str]) -> tuple[int, int]:
    """First and last row of a header merged over up to three rows around row i."""
    first = last = i
    width = max(len(row) for row in rows[max(0, i - 2) : i + 3])

    def gaps(row: Cells) -> set[int]:
        return {n for n in range(width) if n >= len(row) or not squeeze(row[n])}

    # a row above that spans columns: fewer cells, at least two, all words, each over a filled column
    for above in (i - 1, i - 2):
        if above < 0 or above != first - 1:
            break
        texts = _texts(rows[above])
        filled = set(range(width)) - gaps(rows[above])
        whole = len(texts) >= 2 and not any(_looks_like_value(t) for t in texts)
        fills = filled - set(range(width)) | (gaps(rows[first]) & filled)
        if whole and fills and len(set(texts)) == len(texts):
            first = above
        else:
            break
    # a row below that fills the gaps of a spanning header
    if last + 1 < len(rows) and last + 1 - first < 3:
        below = rows[last + 1]
        texts = _texts(below)
        filled = set(range(width)) - gaps(below)
        if (
            texts
            and filled
            and filled < set(range(width))
            and len(gaps(rows[last])) >= 1
            and gaps(rows[last]) & filled
            and not any(_looks_like_value(t) for t in texts)
            and len(texts) <= width - 1
            and last + 2 < len(rows)
            and len(_texts(rows[last + 2])) > len(texts)
        ):
            last += 1
    return first, last


def _joined(rows: Sequence[Cells]) -> list[str]:
    width = max(len(row) for row in rows)
    spread: list[list[str]] = []
    for n, row in enumerate(rows):
        cells = [squeeze(row[c]) if c < len(row) else None for c in range(width)]
        if n < len(rows) - 1:  # a spanning cell counts for the empty ones to its right
            carried: str | None = None
            below = rows[n + 1]
            for c in range(width):
                if cells[c]:
                    carried = cells[c]
                elif carried and c < len(below) and squeeze(below[c]):
                    cells[c] = carried
                else:
                    carried = None
        spread.append([cell or "" for cell in cells])
    names = []
    for c in range(width):
        parts = list(dict.fromkeys(row[c] for row in spread if row[c]))
        names.append(" – ".join(parts))
    return names


def unique(names: Sequence[str]) -> tuple[str, ...]:
    """Names as they are, empty ones numbered by column, repeated ones 'Ngày (2)'."""
    seen: dict[str, int] = {}
    result = []
    for n, name in enumerate(names, start=1):
        shown = squeeze(name) or f"cột {n}"
        key = shown.casefold()
        seen[key] = seen.get(key, 0) + 1
        candidate = shown if seen[key] == 1 else f"{shown} ({seen[key]})"
        while candidate.casefold() in seen and seen[key] > 1:
            seen[key] += 1
            candidate = f"{shown} ({seen[key]})"
        seen.setdefault(candidate.casefold(), 1)
        result.append(candidate)
    return tuple(result)


def reason_left_out(cells: Cells, position: int, width: int) -> str | None:
    """Why a row below the header is no data, or None.

    position: rows since the header (0 is the first). A row that merely lacks cells is data: only
    what clearly is a number row, a group, a total or a signature is left out.
    """
    filled = [(n, text) for n, cell in enumerate(cells) if (text := squeeze(cell))]
    if not filled:
        return "blank"
    texts = [text for _, text in filled]
    if position == 0 and len(filled) >= 3 and all(_NUMBER_CELL.match(text) for text in texts):
        numbers = [int(re.sub(r"\D", "", t.split("=")[0]) or -1) for t in texts]
        plain = [n for n in numbers if n >= 0]
        if len(plain) >= 2 and all(b - a == 1 for a, b in zip(plain, plain[1:], strict=False)):
            return "column_numbers"
    keys = [fold(text) for text in texts]
    first_words = keys[:2]
    if any(_TOTAL.match(key) for key in first_words) and (
        len(filled) < width or not any(c.isdigit() for c in texts[0])
    ):
        return "total"
    if len(filled) <= 3 and width > 3:
        if any(_SIGNATURE.search(key) or _SIGNED_ON.search(key) for key in keys):
            return "signature"
        if len(filled) == 1 and not any(c.isdigit() for c in texts[0]):
            return "group"
        if len(filled) == 2 and _ROMAN.match(texts[0]) and not any(c.isdigit() for c in texts[1]):
            return "group"
        if len(filled) <= 2 and _GROUPS.match(keys[-1]):
            return "group"
    return None


def left_out(line: int, row: int, cells: Cells, position: int, width: int) -> LeftOut | None:
    """The row as a LeftOut where it is no data."""
    reason = reason_left_out(cells, position, width)
    if reason is None:
        return None
    return LeftOut(line, reason, " | ".join(_texts(cells))[:500], row)
