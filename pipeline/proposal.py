"""A first draft of a source for a file that none describes; a person reads and mends it."""

from __future__ import annotations

import re
import textwrap
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from pipeline.canonical import COLUMNS, REQUIRED, STEP_COLUMNS, VOCABULARY
from pipeline.errors import Refused
from pipeline.faults import first_fault
from pipeline.formats import formats_on_request
from pipeline.guesses import NOTHING
from pipeline.inspection import ColumnFound, Inspection, TableFound
from pipeline.sources import LINE, NAME, Source, as_toml
from pipeline.text import fold

# Headers that only number the rows.
LONGEST_TITLE = 80
_ORDERING = ("step_finished_at", "step_started_at", "step_no")  # what orders a dossier's events
_NUMBERING = frozenset({"stt", "tt", "no"})


@dataclass(frozen=True)
class Proposal:
    """A draft.

    toml: the text to save and edit, with what is open as comments. drawn: the draft as a source, or
    what is missing or wrong while it is none. missing: the required columns without a header.
    unknown_headers: neither mapped nor set aside. unknown_words: column -> (word, rows).
    """

    toml: str
    drawn: Source | Refused
    missing: tuple[str, ...]
    unknown_headers: tuple[str, ...]
    unknown_words: dict[str, tuple[tuple[str, int], ...]]

    @property
    def source(self) -> Source | None:
        """The draft as a source; None while something it cannot do without is missing."""
        return self.drawn if isinstance(self.drawn, Source) else None

    def complete(self) -> Source:
        """The draft as a source. Raises Refused, saying what is missing, while it is none."""
        if isinstance(self.drawn, Refused):
            raise self.drawn
        return self.drawn


def propose(table: TableFound, name: str = "", title: str = "") -> Proposal:
    """Draft a source for an inspected table from everything the known sources teach.

    Words and headers nobody knows are left open as comments: the board never guesses a status.
    """
    mapped = {found.column or found.guess: found for found in reversed(table.columns)}
    mapped.pop(None, None)
    order_by = next((column for column in _ORDERING if column in mapped), None)
    if order_by is None:  # events that nothing orders are no events
        mapped = {column: found for column, found in mapped.items() if column not in STEP_COLUMNS}
    in_order = [column for column in COLUMNS[table.kind] if column in mapped]
    values, unknown_words = _vocabularies(mapped, in_order, table.kind)
    asked = [found for found in table.columns if found.role == "question" and not found.column]
    if asked:
        unknown_words["rating"] = _answers(asked)
    empty_words = sorted({w.text for found in table.columns for w in found.words} & NOTHING)
    shown = title or _title(table)
    written: dict[str, Any] = {
        "name": name or _name(table),
        "title_vi": shown,
        "title_en": shown,
        "kind": table.kind,
    }
    if any(found.is_month_first for found in mapped.values()):
        written["date_order"] = "month_first"
    if formats := _formats(mapped.values()):
        written["date_formats"] = formats
    free = [
        found
        for found in table.columns
        if (found.column or found.guess) not in mapped and found.role != "question"
    ]
    personal = [found.header for found in free if found.role == "personal"]
    ignored = [
        found.header
        for found in free
        if found.role in ("ignored", "surplus") or fold(found.header) in _NUMBERING
    ]
    unknown = [found.header for found in free if found.header not in (*personal, *ignored)]
    for key, listed in (("ignored", ignored), ("personal", personal), ("empty_words", empty_words)):
        if listed:
            written[key] = listed
    written["columns"] = _headers(table, in_order)
    if asked:
        written["questions"] = [{"id": found.header, "columns": [found.header]} for found in asked]
    if values:
        written["values"] = values
    if table.kind == "dossier" and order_by in mapped:
        written["fold"] = {"order_by": order_by}
    missing = [column for column in REQUIRED[table.kind] if column not in mapped]
    drawn: Source | Refused
    try:
        drawn = Source(**written)
    except ValidationError as problem:
        drawn = first_fault(problem)
    return Proposal(
        toml=_comments(drawn, unknown, unknown_words) + as_toml(written),
        drawn=drawn,
        missing=tuple(missing),
        unknown_headers=tuple(unknown),
        unknown_words=unknown_words,
    )


def save_draft(inspection: Inspection, path: Path) -> None:
    """Write the draft for the file's first table that no source fits, as a new TOML file.

    Raises Refused where every table has a source, and where there is such a file already.
    """
    table = next((one for one in inspection.tables if one.source is None), None)
    if table is None:
        known = [one.source for one in inspection.tables]
        raise Refused("error.source.no_draft", file=inspection.path, known=known)
    name = path.stem if NAME.fullmatch(path.stem) else ""
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(propose(table, name).toml)
    except FileExistsError:
        raise Refused("error.source.draft_there", path=path) from None


def _headers(table: TableFound, in_order: list[str]) -> dict[str, Any]:
    """Column -> its headers; where the recognised source joins a date and a time, both."""
    headers: dict[str, Any] = {}
    for column in in_order:
        pair = table.match.columns.get(column) if table.match else None
        if isinstance(pair, tuple):
            headers[column] = {"date": [pair[0]], "time": [pair[1]]}
        else:
            headers[column] = [
                found.header for found in table.columns if column in (found.column, found.guess)
            ]
    return headers


def _vocabularies(
    mapped: dict[str | None, ColumnFound], in_order: list[str], kind: str
) -> tuple[dict[str, dict[str, list[str]]], dict[str, tuple[tuple[str, int], ...]]]:
    values: dict[str, dict[str, list[str]]] = {}
    unknown: dict[str, tuple[tuple[str, int], ...]] = {}
    for column in in_order:
        if COLUMNS[kind][column] != "vocabulary":
            continue
        words = mapped[column].words
        known: dict[str, list[str]] = {}
        for word in words:
            if word.meaning is not None:
                known.setdefault(word.meaning, []).append(word.text)
        if known:
            values[column] = known
        rest = tuple(
            (w.text, w.row_n) for w in words if w.meaning is None and w.text not in NOTHING
        )
        if rest:
            unknown[column] = rest
    return values, unknown


def _answers(asked: Iterable[ColumnFound]) -> tuple[tuple[str, int], ...]:
    """The words of all questions together, the most frequent first."""
    counted: Counter[str] = Counter()
    for found in asked:
        counted.update({word.text: word.row_n for word in found.words if word.text not in NOTHING})
    return tuple(counted.most_common())


def _formats(mapped: Iterable[ColumnFound]) -> list[str]:
    """Formats the board does not try by itself: years of two digits, packed digits."""
    offered = set(formats_on_request())
    used = [one.format for found in mapped for one in found.date_formats]
    return list(dict.fromkeys(one for one in used if one in offered))


def _title(table: TableFound) -> str:
    return (table.title or table.sheet or _name(table))[:LONGEST_TITLE].strip()


def _name(table: TableFound) -> str:
    stem = table.file.replace("\\", "/").rpartition("/")[2].partition(".")[0]
    return re.sub(r"[^a-z0-9]+", "_", fold(stem)).strip("_") or "new_source"


def _wrapped(text: str) -> list[str]:
    return textwrap.wrap(text, LINE, initial_indent="# ", subsequent_indent="# ")


def _comments(
    drawn: Source | Refused,
    unknown: list[str],
    words: dict[str, tuple[tuple[str, int], ...]],
) -> str:
    lines = [
        "# A draft made by looking at the file. Read every line; docs/sources.md explains them."
    ]
    if isinstance(drawn, Refused):
        lines.append(f"# Not complete yet: {drawn}")
    if unknown:
        lines.append("# Headers nobody knows yet; add each to a column, to ignored or to personal:")
        lines += [f"#   {header!r}" for header in unknown]
    for column, those in words.items():
        lines.append(f"# Words of {column} with no meaning yet; add each under [values.{column}]")
        lines += _wrapped(f"as one of {', '.join(VOCABULARY[column])}:")
        lines += [f"#   {word!r} ({n} rows)" for word, n in those]
    return "\n".join(lines) + "\n\n"
