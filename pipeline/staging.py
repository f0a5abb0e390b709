"""From landed Parquet to the temp tables landed, answer, term, unit_term and staged of one batch.

Columns are named through DuckDB's relation API, so that no statement is assembled from headers.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from functools import reduce
from pathlib import Path

import duckdb
import pyarrow as pa
from duckdb import CoalesceOperator, ColumnExpression, ConstantExpression, FunctionExpression

from pipeline import statements, terms, units
from pipeline.canonical import COLUMNS
from pipeline.formats import formats_for, formats_read
from pipeline.headers import Header, HeaderMatch, match_headers
from pipeline.landing import Landed, LandedTable
from pipeline.personal import without_numbers
from pipeline.sources import Source
from pipeline.text import fold

MACROS = ("staging/macros", "core/judged", "core/may_mean_one", "core/without_identity_numbers")


@dataclass
class Staged:
    """What staging learned of a batch.

    mapped: canonical columns that some table of the batch has, defaults included.
    warnings: rows of mapping_warning without the batch: (warning, column, value, rows).
    """

    source: Source
    mapped: list[str]
    warnings: list[tuple[str, str | None, str | None, int | None]] = field(default_factory=list)


def stage(
    con: duckdb.DuckDBPyConnection,
    landed: Landed,
    source: Source,
    folder: Path,
    corrections: list[dict[str, str | None]],
) -> Staged:
    """Fill staged for the batch in `folder`; wh must be attached. Raises nothing for bad rows."""
    for name in MACROS:
        statements.run(con, name)
    matches = [match_headers(source, table.headers) for table in landed.tables]
    mapped = sorted(
        {column for match in matches for column in match.columns} | set(source.defaults)
    )
    staged = Staged(source, mapped, _header_warnings(matches))

    _leave_out(con, landed)
    parts = [
        _named(con, folder, n, table, source, match.columns)
        for n, (table, match) in enumerate(zip(landed.tables, matches, strict=True), start=1)
    ]
    _union(con, parts, source).create_view("named", replace=True)
    con.execute("create or replace temp view landed as from named")
    if source.kind == "survey":
        _answers(con, folder, landed, source, matches)
    if corrections:
        staged.warnings += _correct(con, corrections)
    fields = [row[0] for row in statements.run(con, "staging/known_fields").fetchall()]
    staged.warnings += [
        ("unknown_value", column, without_numbers(value), n)
        for column, value, n in terms.fill_terms(con, source, mapped, fields)
    ]
    if source.kind in units.REFERRING:
        raws = [
            row[0]
            for row in statements.run(
                con, f"staging/unit_spellings_{_unit_shape(source)}"
            ).fetchall()
        ]
        units.fill_unit_terms(con, raws)
    sample = _sample(con, source, mapped)
    every = formats_for(source, sample)
    # A hundred formats cost seconds to try; the few that the sample uses nearly always read all.
    ways = (
        ("staging/moment_quickly", list(formats_read(sample, every)) or every[:1]),
        ("staging/moment_in_any_way", every),
    )
    for moment, formats in ways:
        statements.run(con, moment)
        statements.run(
            con,
            f"staging/{source.kind}",
            formats=formats,
            zone=source.time_zone,
            written_zone=source.written_zone or source.time_zone,
            on_time_rule=source.on_time_rule,
            batch_id=landed.batch_id,
        )
        if not statements.run(con, _unreadable(source)).fetchall():
            break
    if source.kind == "procedure":
        terms.fill_limits(con)
    return staged


def _unreadable(source: Source) -> str:
    return f"staging/unreadable_{'dossier' if source.kind == 'dossier' else 'plain'}"


def _unit_shape(source: Source) -> str:
    return source.kind if source.kind in ("dossier", "survey", "step") else "plain"


def _named(
    con: duckdb.DuckDBPyConnection,
    folder: Path,
    sheet_no: int,
    table: LandedTable,
    source: Source,
    columns: dict[str, Header],
) -> duckdb.DuckDBPyRelation:
    """One landed table by canonical names: sheet_no, row_no, line, and a raw_ for every column."""
    relation = con.read_parquet(str(folder / table.parquet), file_row_number=True)
    present = set(relation.columns)
    row = ColumnExpression("file_row_number")
    line = (
        ColumnExpression("_line")
        if "_line" in present
        else row + ConstantExpression(table.first_line)
    )
    chosen = [
        ConstantExpression(sheet_no).cast("integer").alias("sheet_no"),
        row.alias("row_no"),
        line.cast("bigint").alias("line"),
    ]
    for column in COLUMNS[source.kind]:
        chosen.append(_cell(columns.get(column), source, column).alias(f"raw_{column}"))
    return relation.select(*chosen)


def _cell(header: Header | None, source: Source, column: str) -> duckdb.Expression:
    empty = ConstantExpression(None).cast("varchar")
    default = source.defaults.get(column)
    if header is None:
        return ConstantExpression(default).cast("varchar") if default is not None else empty
    if isinstance(header, tuple):
        date, time = (ColumnExpression(part) for part in header)
        cell: duckdb.Expression = FunctionExpression(
            "concat_ws", ConstantExpression(" "), date, time
        )
        cell = FunctionExpression("nullif", cell, ConstantExpression(""))
    else:
        cell = ColumnExpression(header)
    for word in source.empty_words:
        cell = FunctionExpression("nullif", cell, ConstantExpression(word))
    if default is not None:
        cell = CoalesceOperator(
            FunctionExpression("nullif", cell, ConstantExpression("")), ConstantExpression(default)
        )
    return cell


def _union(
    con: duckdb.DuckDBPyConnection, parts: list[duckdb.DuckDBPyRelation], source: Source
) -> duckdb.DuckDBPyRelation:
    """All tables of the batch below each other, without the rows that are no data."""
    whole = reduce(lambda above, below: above.union(below), parts).set_alias("whole")
    if not con.table("left_out").limit(1).fetchall():
        return whole
    left_out = con.table("left_out").set_alias("left_out")
    return whole.join(
        left_out,
        "whole.sheet_no = left_out.sheet_no and whole.row_no = left_out.row_no",
        how="anti",
    )


def _leave_out(con: duckdb.DuckDBPyConnection, landed: Landed) -> None:
    rows = [
        {"sheet_no": n, "row_no": item.row}
        for n, table in enumerate(landed.tables, start=1)
        for item in table.left_out
        if item.row is not None
    ]
    schema = pa.schema([("sheet_no", pa.int32()), ("row_no", pa.int64())])
    con.register("left_out_rows", pa.Table.from_pylist(rows, schema=schema))
    con.execute("create or replace temp table left_out as from left_out_rows")
    con.unregister("left_out_rows")


def _answers(
    con: duckdb.DuckDBPyConnection,
    folder: Path,
    landed: Landed,
    source: Source,
    matches: list[HeaderMatch],
) -> None:
    """Make answer, a row per response and question, and question, which says the overall one."""
    asked: list[duckdb.DuckDBPyRelation] = []
    for n, (table, match) in enumerate(zip(landed.tables, matches, strict=True), start=1):
        headers = dict(match.questions)
        rating = match.columns.get("rating")
        if isinstance(rating, str):
            headers.setdefault("rating", rating)
        for question_id, header in headers.items():
            named = _named(con, folder, n, table, source, {"rating": header})
            asked.append(
                named.select(
                    ColumnExpression("sheet_no"),
                    ColumnExpression("row_no"),
                    ColumnExpression("line"),
                    ConstantExpression(question_id).alias("question_id"),
                    ColumnExpression("raw_rating"),
                )
            )
    if asked:
        _union(con, asked, source).create_view("asked", replace=True)
        con.execute("create or replace temp view answer as from asked")
    else:
        statements.run(con, "staging/no_answer")
    named_overall = any(question.overall for question in source.questions)
    questions = [
        {"question_id": q.id, "question_text": q.text, "is_overall": q.overall}
        for q in source.questions
    ]
    if "rating" in source.columns:
        questions.append(
            {"question_id": "rating", "question_text": "", "is_overall": not named_overall}
        )
    con.register("question_rows", pa.Table.from_pylist(questions))
    con.execute("create or replace temp table question as from question_rows")
    scores = [{"level": level, "score": float(s)} for level, s in source.scale.scores.items()]
    con.register("score_rows", pa.Table.from_pylist(scores))
    con.execute("create or replace temp table scale_score as from score_rows")
    con.unregister("question_rows")
    con.unregister("score_rows")


def _sample(con: duckdb.DuckDBPyConnection, source: Source, mapped: list[str]) -> list[str]:
    """Some texts of the source's moments, so that the formats they use are tried first."""
    seen: list[str] = []
    for column in [c for c in mapped if COLUMNS[source.kind].get(c) == "time"]:
        raw = ColumnExpression(f"raw_{column}")
        rows = con.table("landed").filter(raw.isnotnull()).select(raw).limit(20).fetchall()
        seen += [row[0] for row in rows]
    return seen


def _correct(
    con: duckdb.DuckDBPyConnection, corrections: list[dict[str, str | None]]
) -> list[tuple[str, str | None, str | None, int | None]]:
    """Let landed be the corrected rows; a correction whose expected text is gone is a warning."""
    schema = pa.schema(
        [(name, pa.string()) for name in ("dossier_code", "column_name", "expected", "value")]
    )
    con.register("correction_rows", pa.Table.from_pylist(corrections, schema=schema))
    con.execute("create or replace temp table correction as from correction_rows")
    con.unregister("correction_rows")
    statements.run(con, "staging/corrected")
    unneeded = statements.run(con, "staging/unneeded_correction").fetchall()
    statements.run(con, "staging/corrected_view")
    return [("unneeded_correction", column, code, None) for code, column in unneeded]


def _header_warnings(
    matches: list[HeaderMatch],
) -> list[tuple[str, str | None, str | None, int | None]]:
    """Headers no alias knows, and columns whose aliases no table of the batch uses; once each."""
    unknown = Counter(header for match in matches for header in match.unknown_headers)
    found: list[tuple[str, str | None, str | None, int | None]] = [
        ("unknown_header", None, header, n) for header, n in sorted(unknown.items())
    ]
    unused = [set(match.unused_aliases) for match in matches]
    for column in sorted(set.intersection(*unused)) if unused else []:
        found.append(("unused_alias", column, None, None))
    return found


def known_headers(sources: list[Source]) -> frozenset[str]:
    """Every header that some source knows, folded: what the readers look for in a header row."""
    found: set[str] = set()
    for source in sources:
        for spoken in source.columns.values():
            names = spoken if isinstance(spoken, list) else [*spoken.date, *spoken.time]
            found |= {fold(name) for name in names}
        found |= {fold(name) for name in (*source.ignored, *source.personal)}
        for question in source.questions:
            found |= {fold(name) for name in question.columns}
    return frozenset(found)
