"""What a file holds and which source fits it, before anything is loaded.

Nothing is stored. Columns that look personal are counted and never quoted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Literal

from pipeline.canonical import COLUMNS, VOCABULARY, Kind
from pipeline.content import Content, DateFormat, Seen, content_of
from pipeline.errors import UnknownSource
from pipeline.guesses import Sight, are_totals, guessed, likely_kind, questions, verdicts
from pipeline.headers import HeaderMatch, headers_used, match_headers
from pipeline.knowledge import Knowledge
from pipeline.personal import without_numbers
from pipeline.readers import Skipped, Table, tables
from pipeline.recognise import Candidate, choose, recognise
from pipeline.sources import Source, sources
from pipeline.staging import known_headers
from pipeline.terms import value_of, vocabulary, words_in
from pipeline.text import fold

Role = Literal["column", "question", "surplus", "ignored", "personal", "unknown"]

READ_AT_MOST = 200_000  # rows looked at; enough to know a column, little enough for a screen
PERSONAL_COLUMNS = frozenset({"applicant_name", "applicant_phone", "comment"})  # never quoted


@dataclass(frozen=True)
class Word:
    """A distinct text of a column, its rows, and what the sources take it for, if they know it.

    is_open: the recognised source itself does not know it; an ingest would count it as unknown.
    """

    text: str
    row_n: int
    meaning: str | None
    is_open: bool = False


@dataclass(frozen=True)
class ColumnFound:
    """One column of a table.

    column: the canonical column that the recognised source feeds from it; guess: the one that all
    known sources together, or the header's wording, suggest. words: only of a vocabulary.
    """

    header: str
    role: Role
    content: Content
    filled_n: int
    column: str | None = None
    guess: str | None = None
    date_formats: tuple[DateFormat, ...] = ()
    is_month_first: bool = False
    words: tuple[Word, ...] = ()
    examples: tuple[str, ...] = ()


@dataclass(frozen=True)
class TableFound:
    """One table of a file. row_n counts what was looked at; is_whole says whether that was all.

    are_totals: it counts things instead of listing them, so that no source can be written for it.
    """

    file: str
    sheet: str | None
    encoding: str | None
    delimiter: str | None
    title: str | None
    header_line: int | None
    row_n: int
    is_whole: bool
    left_out: dict[str, int]
    kind: Kind
    source: str | None
    refusal: UnknownSource | None
    candidates: tuple[Candidate, ...]
    match: HeaderMatch | None
    columns: tuple[ColumnFound, ...]
    are_totals: bool = False


@dataclass(frozen=True)
class Inspection:
    """The tables of one file, in the order of the file; and the sheets and members not read."""

    path: Path
    tables: tuple[TableFound, ...] = ()
    skipped: tuple[Skipped, ...] = ()


def inspect(
    path: Path,
    known: Mapping[str, Source] | None = None,
    warehouse: Path | None = None,
    *,
    source: Source | None = None,
) -> Inspection:
    """Look into a file.

    known: the sources to recognise it with; without it the ready-made ones and the warehouse's.
    source: hold every table against this one instead of recognising it.
    Raises UnreadableFile for a file that no reader opens.
    """
    known = sources(warehouse) if known is None else known
    knowledge = Knowledge(known.values())
    headers = known_headers([*known.values(), *([source] if source else [])])
    skipped: list[Skipped] = []
    found = [
        look(table, known, source=source, knowledge=knowledge)
        for table in tables(
            path,
            known_headers=headers,
            sheet=source.sheet if source else "",
            skipped=skipped,
        )
    ]
    return Inspection(path, tuple(found), tuple(skipped))


def look(
    table: Table,
    known: Mapping[str, Source],
    *,
    source: Source | None = None,
    knowledge: Knowledge | None = None,
) -> TableFound:
    """Look into one table; as `inspect`, for a table a reader has opened."""
    knowledge = knowledge or Knowledge(known.values())
    seen = {header: Seen() for header in table.headers}
    rows = iter(table.rows())
    row_n = 0
    for row in islice(rows, READ_AT_MOST):
        row_n += 1
        for header, text in zip(table.headers, row, strict=False):
            seen[header].take(text)
    is_whole = next(rows, None) is None

    candidates = recognise(table.headers, known)
    refusal = None
    if source is None:
        try:
            source = choose(table.headers, known)
        except UnknownSource as problem:
            refusal = problem
    match = match_headers(source, table.headers) if source else None
    contents = {header: content_of(header, one) for header, one in seen.items()}
    sight = Sight(seen, contents, knowledge)
    kind = source.kind if source else likely_kind(sight, candidates, known)
    columns = _columns(sight, kind, match, source)
    return TableFound(
        file=str(table.file),
        sheet=table.sheet,
        encoding=table.encoding,
        delimiter=table.delimiter,
        title=table.title,
        header_line=table.header_line,
        row_n=row_n,
        is_whole=is_whole,
        left_out=dict(Counter(item.reason for item in table.left_out)),
        kind=kind,
        source=source.name if source else None,
        refusal=refusal,
        candidates=tuple(candidates),
        match=match,
        columns=tuple(columns),
        are_totals=source is None and are_totals(sight, kind),
    )


def _columns(
    sight: Sight, kind: Kind, match: HeaderMatch | None, source: Source | None
) -> list[ColumnFound]:
    fed = _fed(match)
    seen, contents, knowledge = sight.seen, sight.contents, sight.knowledge
    personal = {
        header
        for header in seen
        if knowledge.is_personal(header) or (match is not None and header in match.personal)
    }
    aside = {header for header in seen if knowledge.is_ignored(kind, header)}
    guesses = guessed(sight, kind, fed)
    if match is None:
        aside |= verdicts(sight, kind, guesses.values()) - guesses.keys()
    asked = questions(sight, kind, guesses) if match is None else []
    found = []
    for header, one in seen.items():
        content, formats, is_month_first = contents[header]
        column = fed.get(header) or guesses.get(header)
        is_vocabulary = column is not None and COLUMNS[kind][column] == "vocabulary"
        if is_vocabulary and content in ("text", "number") and not one.has_more:
            content = "vocabulary"
        is_quoted = header not in personal and column not in PERSONAL_COLUMNS
        words: tuple[Word, ...] = ()
        if is_quoted and content == "vocabulary":
            words = _words(one, column, knowledge, source if header in fed else None)
        found.append(
            ColumnFound(
                header=header,
                role="question"
                if header in asked
                else _role(header, match, header in personal, header in aside),
                content=content,
                filled_n=one.filled_n,
                column=fed.get(header),
                guess=guesses.get(header),
                date_formats=formats,
                is_month_first=is_month_first,
                words=words,
                examples=tuple(map(without_numbers, list(one.words)[:3])) if is_quoted else (),
            )
        )
    return found


def _words(
    seen: Seen, column: str | None, knowledge: Knowledge, source: Source | None
) -> tuple[Word, ...]:
    """The distinct words of a column, the most frequent first. source: what is to read them."""
    if column is None:
        return tuple(Word(without_numbers(text), n, None) for text, n in seen.words.most_common())
    counted: Counter[str] = Counter()
    for text, n in seen.words.items():
        whole = () if knowledge.meaning(column, text) is None else (fold(text),)
        counted.update(dict.fromkeys(words_in(column, text, whole), n))
    own = vocabulary(source, column) if source and column in VOCABULARY else None
    empty = source.empty_words if source else []
    return tuple(
        Word(
            text,
            n,
            (_meaning(own, column, text) if own else None) or knowledge.meaning(column, text),
            is_open=own is not None and text not in empty and _meaning(own, column, text) is None,
        )
        for text, n in counted.most_common()
        if without_numbers(text) == text
    )


def _meaning(words: Mapping[str, str], column: str, text: str) -> str | None:
    return value_of(words, column, text)[0]


def _fed(match: HeaderMatch | None) -> dict[str, str]:
    """Header -> canonical column, of the recognised source."""
    fed: dict[str, str] = {}
    if match is not None:
        for column, header in match.columns.items():
            for one in (header,) if isinstance(header, str) else header:
                fed.setdefault(one, column)
    return fed


def _role(header: str, match: HeaderMatch | None, is_personal: bool, is_ignored: bool) -> Role:
    if match is None:
        return "personal" if is_personal else "ignored" if is_ignored else "unknown"
    if header in match.questions.values():
        return "question"
    if header in headers_used(match):
        return "column"
    if header in match.surplus:
        return "surplus"
    if header in match.personal:
        return "personal"
    return "ignored" if header in match.ignored else "unknown"
