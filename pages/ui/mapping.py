"""What a steward decided about headers and words, put into the description of a source.

No screen in here: decisions in, a source out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from pydantic import ValidationError

from pipeline.canonical import COLUMNS, REQUIRED, VOCABULARY, Kind
from pipeline.faults import first_fault
from pipeline.inspection import ColumnFound, Role, TableFound
from pipeline.proposal import propose
from pipeline.sources import DateAndTime, Source
from pipeline.text import fold

OPEN, IGNORED, PERSONAL = "", "ignored", "personal"  # what a header can be besides a column
ASIDE = (IGNORED, PERSONAL)


@dataclass(frozen=True)
class OpenWord:
    """A word of a vocabulary that the source does not know; suggestion: what other sources say."""

    column: str
    text: str
    row_n: int
    suggestion: str | None


def targets(kind: Kind) -> list[str]:
    """What a header may become, the required columns first."""
    required = REQUIRED[kind]
    rest = [column for column in COLUMNS[kind] if column not in required]
    return [OPEN, *required, *rest, *ASIDE]


def first_choice(found: ColumnFound) -> str:
    """What a header is taken for before anybody decided."""
    if found.column or found.guess:
        return str(found.column or found.guess)
    return found.role if found.role in ASIDE else OPEN


def of_kind(table: TableFound, kind: Kind) -> TableFound:
    """The table taken for another kind; guesses that this kind has no column for are dropped."""
    if kind == table.kind:
        return table
    columns = tuple(
        found
        if (found.column or found.guess) in COLUMNS[kind]
        else replace(found, column=None, guess=None)
        for found in table.columns
    )
    return replace(table, kind=kind, columns=columns, match=None)


def unknown_words(table: TableFound, source: Source) -> list[OpenWord]:
    """Words that the source has no meaning for, in columns it feeds; those of most rows first."""
    open_words = []
    for found in table.columns:
        if found.column is None or found.column not in VOCABULARY:
            continue
        values = source.values.get(found.column, {})
        known = {fold(word) for words in values.values() for word in words}
        known |= {fold(word) for word in source.empty_words}
        open_words += [
            OpenWord(found.column, word.text, word.row_n, word.meaning)
            for word in found.words
            if fold(word.text) not in known
        ]
    return sorted(open_words, key=lambda one: (-one.row_n, one.column, one.text))


def extended(
    source: Source, headers: Mapping[str, str], meanings: Mapping[tuple[str, str], str]
) -> Source:
    """A source that also knows these headers and words; the same one where nothing was decided.

    headers: header -> column, IGNORED, PERSONAL or OPEN. meanings: (column, word) -> value.
    Raises Refused where the result contradicts itself, such as one header for two columns.
    """
    written = source.model_dump()
    for header, target in headers.items():
        if target in ASIDE:
            written[target] = _with(written[target], header)
        elif target != OPEN:
            known = source.columns.get(target, [])
            if isinstance(known, DateAndTime):
                written["columns"][target]["date"] = _with(known.date, header)
            else:
                written["columns"][target] = _with(written["columns"].get(target, []), header)
    for (column, word), meaning in meanings.items():
        values = written["values"].setdefault(column, {})
        values[meaning] = _with(values.get(meaning, []), word)
    return _checked(written)


def drafted(table: TableFound, headers: Mapping[str, str], title: str) -> Source:
    """A new source for a table that none describes; headers as in `extended`.

    Raises Refused, saying what is still missing, while it cannot do without it.
    """
    decided = replace(
        table, source=None, columns=tuple(_decided(found, headers) for found in table.columns)
    )
    source = propose(decided, name=name_of(title), title=title).complete()
    # Known by what only this office's file has, it goes before the lists that take any file.
    required = REQUIRED[table.kind]
    opened = {found.header for found in table.columns if first_choice(found) == OPEN}
    known_by = [
        header
        for header, target in headers.items()
        if target in required or (header in opened and target in COLUMNS[table.kind])
    ]
    return source.model_copy(update={"recognised_by": known_by})


def name_of(title: str) -> str:
    """The name a source is kept under: its title in plain letters."""
    return re.sub(r"[^a-z0-9]+", "_", fold(title)).strip("_")[:60] or "new_source"


def _decided(found: ColumnFound, headers: Mapping[str, str]) -> ColumnFound:
    target = headers.get(found.header, first_choice(found))
    if target in ASIDE:
        role: Role = "ignored" if target == IGNORED else "personal"
        return replace(found, column=None, guess=None, role=role)
    return replace(found, column=None, guess=target or None, role="unknown")


def _with(known: Iterable[str], word: str) -> list[str]:
    return list(dict.fromkeys([*known, word]))


def _checked(written: Mapping[str, object]) -> Source:
    try:
        return Source.model_validate(written)
    except ValidationError as problem:
        raise first_fault(problem) from None
