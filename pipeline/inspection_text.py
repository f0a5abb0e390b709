"""An inspection as plain text for the terminal."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.inspection import ColumnFound, Inspection, TableFound
from pipeline.proposal import propose

WORDS_SHOWN = 12


def render(inspection: Inspection, *, with_draft: bool = True) -> str:
    """The whole inspection in English; a draft of a source where none fits a table."""
    if not inspection.tables:
        return f"{inspection.path}: no table found.\n"
    parts = []
    for table in inspection.tables:
        parts += list(_about(table))
        parts += [line for column in table.columns for line in _column(column)]
        if table.source is None and with_draft:
            parts += ["", "draft of a source file:", "", propose(table).toml]
        parts.append("")
    return "\n".join(parts)


def _about(table: TableFound) -> Iterator[str]:
    sheet = f", sheet {table.sheet}" if table.sheet else ""
    yield f"{table.file}{sheet}"
    if table.title:
        yield f"  title        {table.title}"
    if table.encoding:
        yield f"  encoding     {table.encoding}"
    if table.delimiter:
        yield f"  delimiter    {table.delimiter!r}"
    if table.header_line is not None:
        yield f"  header line  {table.header_line}"
    yield f"  rows         {table.row_n:,}{'' if table.is_whole else ' and more'}"
    for reason, n in sorted(table.left_out.items()):
        yield f"  left out     {n:,} ({reason})"
    if table.source is not None:
        yield f"  source       {table.source}"
    else:
        yield f"  source       none: {table.refusal}"
        for candidate in [one for one in table.candidates if one.score > 0][:3]:
            lacking = f", misses {', '.join(candidate.missing)}" if candidate.missing else ""
            yield f"               {candidate.source}: {candidate.score:.0%} known{lacking}"
    if table.match and table.match.missing_required:
        yield f"  missing      {', '.join(table.match.missing_required)}"
    yield ""


def _column(column: ColumnFound) -> Iterator[str]:
    target = column.column or (f"{column.guess}?" if column.guess else f"({column.role})")
    yield f"  {column.header}  ->  {target}  [{column.content}, {column.filled_n:,} filled]"
    for one in column.date_formats:
        yield f"      {one.format}  e.g. {one.example}"
    for word in column.words[:WORDS_SHOWN]:
        yield f"      {word.row_n:>8,}  {word.text}{f'  = {word.meaning}' if word.meaning else ''}"
    if len(column.words) > WORDS_SHOWN:
        yield f"      and {len(column.words) - WORDS_SHOWN} more words"
    if column.content in ("text", "number") and column.examples:
        yield f"      e.g. {' | '.join(text[:40] for text in column.examples)}"
