"""An inspection as plain text for the terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from pipeline.canonical import VOCABULARY
from pipeline.inspection import ColumnFound, Inspection, TableFound
from pipeline.proposal import propose
from pipeline.wording import wording

WORDS_SHOWN = 12
WORTH_NAMING = 0.1  # share of known headers below which a source is no candidate
WIDE = 96  # signs of a line; short words stand on one
NOTE = "  note         "
TOTALS = (
    "this looks like a table of totals: its rows count things, and the board reads lists, in which "
    "a row is one dossier, one step, one answer or one unit. Export the list behind it."
)


def render(inspection: Inspection, *, with_draft: bool = True) -> str:
    """The whole inspection in English; a draft of a source where none fits a table."""
    parts = [f"{inspection.path}: no table found."] if not inspection.tables else []
    for table in inspection.tables:
        parts += list(_about(table))
        parts += [line for column in table.columns for line in _column(column)]
        if table.source is None and with_draft:
            parts += ["", "draft of a source file:", "", propose(table).toml]
        parts.append("")
    words = wording("en")
    parts += [f"not read: {one.told().said(words)}" for one in inspection.skipped]
    return "\n".join(parts).rstrip() + "\n"


def _about(table: TableFound) -> Iterator[str]:
    sheet = f", sheet {table.sheet}" if table.sheet else ""
    yield f"{table.file}{sheet}"
    if table.title:
        yield f"  title        {table.title}"
    if table.encoding:
        yield f"  encoding     {table.encoding}"
    if table.delimiter:
        yield f"  delimiter    {table.delimiter!r}"
    if table.header_line:  # formats that name their columns have no such line
        yield f"  header line  {table.header_line}"
    yield f"  rows         {table.row_n:,}{'' if table.is_whole else ' and more'}"
    for reason, n in sorted(table.left_out.items()):
        yield f"  left out     {n:,} ({reason})"
    if table.source is not None:
        yield f"  source       {table.source}"
    else:
        yield f"  source       none: {table.refusal}"
        for candidate in [one for one in table.candidates if one.score >= WORTH_NAMING][:3]:
            lacking = f", misses {', '.join(candidate.missing)}" if candidate.missing else ""
            yield f"               {candidate.source}: {candidate.score:.0%} known{lacking}"
        yield f"  kind         {table.kind}, probably"
    if table.match and table.match.missing_required:
        yield f"  missing      {', '.join(table.match.missing_required)}"
    if table.are_totals:
        yield from textwrap.wrap(TOTALS, WIDE, initial_indent=NOTE, subsequent_indent=" " * 15)
    yield ""


def _column(column: ColumnFound) -> Iterator[str]:
    target = column.column or (f"{column.guess}?" if column.guess else f"({column.role})")
    yield f"  {column.header}  ->  {target}  [{column.content}, {column.filled_n:,} filled]"
    for one in column.date_formats:
        yield f"      {one.format}  e.g. {one.example}"
    yield from _words(column)
    if column.content in ("text", "number") and column.examples:
        yield f"      e.g. {' | '.join(text[:40] for text in column.examples)}"


def _words(column: ColumnFound) -> Iterator[str]:
    """The words of a column with their rows; what has no meaning in a vocabulary is marked."""
    is_vocabulary = (column.column or column.guess) in VOCABULARY
    shown = column.words[:WORDS_SHOWN]
    line = " · ".join(f"{word.text} ({word.row_n:,})" for word in shown)
    if not is_vocabulary and len(line) <= WIDE:
        if line:
            yield f"      {line}"
    else:
        for word in shown:
            means = f"  = {word.meaning or ''}{'?' if word.is_open or not word.meaning else ''}"
            yield f"      {word.row_n:>8,}  {word.text}{means if is_vocabulary else ''}"
    if len(column.words) > WORDS_SHOWN:
        yield f"      and {len(column.words) - WORDS_SHOWN} more words"
