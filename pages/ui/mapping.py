"""What a steward decided about headers and words, put into the description of a source.

No screen in here: decisions in, a source out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from pydantic import ValidationError

from pipeline.canonical import COLUMNS, REQUIRED, VOCABULARY
from pipeline.errors import Refused
from pipeline.inspection import ColumnFound, TableFound
from pipeline.proposal import propose
from pipeline.sources import DateAndTime, Source, first_fault
from pipeline.text import fold

OPEN, IGNORED, PERSONAL = "", "ignored", "personal"  # what a header can be besides a column
ASIDE = (IGNORED, PERSONAL)


@dataclass(frozen=True)
class Decisions:
    """headers: header -> column, IGNORED, PERSONAL or OPEN. words: (column, word) -> value."""

    headers: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[tuple[str, str], str] = field(default_factory=dict)


def targets(kind: str) -> list[str]:
    """What a header may become, the required columns first."""
    required = REQUIRED[kind]
    rest = [column for column in COLUMNS[kind] if column not in required]
    return [OPEN, *required, *rest, *ASIDE]


def first_choice(found: ColumnFound) -> str:
    """What a header is taken for before anybody decided."""
    if found.column or found.guess:
        return str(found.column or found.guess)
    return found.role if found.role in ASIDE else OPEN


def unknown_words(table: TableFound) -> list[tuple[str, str, int]]:
    """(column, word, rows) of every word of a vocabulary that no source knows, most rows first."""
    words = [
        (column, word.text, word.row_n)
        for found in table.columns
        if (column := found.column or found.guess) in VOCABULARY and column is not None
        for word in found.words
        if word.meaning is None
    ]
    return sorted(words, key=lambda word: (-word[2], word[:2]))


def extended(source: Source, decisions: Decisions) -> Source:
    """A known source that also knows these headers and words.

    Raises Refused where the result contradicts itself, such as one header for two columns.
    """
    written = source.model_dump()
    for header, target in decisions.headers.items():
        if target in ASIDE:
            written[target] = _with(written[target], header)
        elif target != OPEN:
            known = source.columns.get(target, [])
            if isinstance(known, DateAndTime):
                written["columns"][target]["date"] = _with(known.date, header)
            else:
                written["columns"][target] = _with(known, header)
    for (column, word), meaning in decisions.words.items():
        values = written["values"].setdefault(column, {})
        values[meaning] = _with(values.get(meaning, []), word)
    return _checked(written)


def drafted(table: TableFound, decisions: Decisions, title: str) -> Source:
    """A new source for a table that none describes.

    Raises Refused, saying what is still missing, while it cannot do without it.
    """
    decided = replace(
        table, source=None, columns=tuple(_decided(found, decisions) for found in table.columns)
    )
    chosen = propose(decided, name=name_of(title), title=title)
    if chosen.source is None:
        raise Refused(chosen.toml.partition("Not complete yet: ")[2].partition("\n")[0])
    known_by = [
        header
        for header, target in decisions.headers.items()
        if target in REQUIRED[table.kind]
        or (target in COLUMNS[table.kind] and _was_open(table, header))
    ]
    values = {**chosen.source.model_dump()["values"]}
    for (column, word), meaning in decisions.words.items():
        by_meaning = values.setdefault(column, {})
        by_meaning[meaning] = _with(by_meaning.get(meaning, []), word)
    # Signed with the headers only this office has, it goes before the lists that take any file.
    return _checked({**chosen.source.model_dump(), "values": values, "recognised_by": known_by})


def name_of(title: str) -> str:
    """The name a source is kept under: its title in plain letters."""
    return re.sub(r"[^a-z0-9]+", "_", fold(title)).strip("_")[:60] or "new_source"


def _decided(found: ColumnFound, decisions: Decisions) -> ColumnFound:
    target = decisions.headers.get(found.header, first_choice(found))
    if target in ASIDE:
        role = "ignored" if target == IGNORED else "personal"
        return replace(found, column=None, guess=None, role=role)
    return replace(found, column=None, guess=target or None, role="unknown")


def _was_open(table: TableFound, header: str) -> bool:
    return any(found.header == header and first_choice(found) == OPEN for found in table.columns)


def _with(known: Iterable[str], word: str) -> list[str]:
    return list(dict.fromkeys([*known, word]))


def _checked(written: Mapping[str, object]) -> Source:
    try:
        return Source.model_validate(written)
    except ValidationError as problem:
        raise Refused(first_fault(problem)) from None
