"""The first rows of a table as a source reads them, for the mapping screen; nothing is stored."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

import duckdb

from pipeline import statements
from pipeline.canonical import COLUMNS
from pipeline.formats import formats_for
from pipeline.headers import HeaderMatch, match_headers
from pipeline.personal import without_numbers
from pipeline.readers import Table
from pipeline.sources import Source
from pipeline.terms import value_of, vocabulary
from pipeline.text import mask_name, mask_phone, number, squeeze


@dataclass(frozen=True)
class Cell:
    """text: as the file has it (masked where personal); value: as the board reads it, None for
    nothing; is_understood: False where there is text and the board makes nothing of it."""

    text: str | None
    value: str | float | datetime | None
    is_understood: bool = True


@dataclass(frozen=True)
class Preview:
    """columns: canonical columns and ids of questions, in the order of the source."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    match: HeaderMatch


def preview(table: Table, source: Source, n: int = 20) -> Preview:
    """The first `n` rows, mapped. Names and telephone numbers are masked, whoever looks."""
    match = match_headers(source, table.headers)
    place = {header: at for at, header in enumerate(table.headers)}
    columns = (*match.columns, *match.questions)
    texts = [
        [_text(row, match, column, place, source) for column in columns]
        for row in islice(iter(table.rows()), n)
    ]
    moments = _moments(texts, columns, source)
    rows = tuple(
        tuple(
            _cell(text, column, source, moments) for text, column in zip(row, columns, strict=True)
        )
        for row in texts
    )
    return Preview(columns, rows, match)


def _text(
    row: Sequence[str | None],
    match: HeaderMatch,
    column: str,
    place: dict[str, int],
    source: Source,
) -> str | None:
    header = match.columns.get(column) or match.questions[column]
    at = [place[one] for one in ((header,) if isinstance(header, str) else header)]
    text = squeeze(" ".join(row[i] or "" for i in at if i < len(row)))  # rows may be short
    return None if text is None or text in source.empty_words else without_numbers(text)


def _type(column: str, source: Source) -> str:
    return COLUMNS[source.kind].get(column, "vocabulary")  # a question's answers are ratings


def _moments(
    texts: list[list[str | None]], columns: Sequence[str], source: Source
) -> dict[str, datetime | None]:
    written = {
        text
        for row in texts
        for text, column in zip(row, columns, strict=True)
        if text is not None and _type(column, source) == "time"
    }
    if not written:
        return {}
    with duckdb.connect() as con:
        for name in ("staging/macros", "staging/moment_in_any_way"):
            statements.run(con, name)
        return dict(
            statements.run(
                con,
                "inspection/moments",
                texts=sorted(written),
                formats=formats_for(source, sorted(written)),
                zone=source.time_zone,
                written_zone=source.written_zone or source.time_zone,
            ).fetchall()
        )


def _cell(
    text: str | None, column: str, source: Source, moments: dict[str, datetime | None]
) -> Cell:
    if text is None:
        return Cell(None, source.defaults.get(column))
    if column == "applicant_name":
        return Cell(mask_name(text), mask_name(text))
    if column == "applicant_phone":
        return Cell(mask_phone(text), mask_phone(text))
    value: str | float | datetime | None = text
    match _type(column, source):
        case "time":
            value = moments[text]
        case "number":
            value = number(text)
        case "vocabulary":
            asked = column if column in COLUMNS[source.kind] else "rating"
            value, unknown = value_of(vocabulary(source, asked), asked, text)
            return Cell(text, value, is_understood=not unknown)
    return Cell(text, value, is_understood=value is not None)
