"""Words of a source brought to the board's words, once per distinct spelling.

An export repeats a few hundred spellings over a million rows; repairing each spelling once in
Python and joining keeps the SQL plain and the ingest quick.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterable, Mapping

import duckdb
import pyarrow as pa

from pipeline import statements
from pipeline.canonical import COLUMNS, SEVERAL, STEP_COLUMNS, VOCABULARY
from pipeline.sources import Source
from pipeline.text import fold, name_key, number, squeeze

# Text columns with few spellings; the rest is repaired row by row in SQL.
REPEATED = ("procedure_code", "procedure", "field", "officer", "step_now")
TERM = pa.schema([("column_name", pa.string()), ("raw", pa.string()), ("value", pa.string())])
_BETWEEN = re.compile(r"[,;\n]")
_LIMIT = re.compile(
    r"(1/2|½|nửa|\d[\d.,]*)\s*(?:\(.*?\)\s*)?(ngày làm việc|ngày|giờ|tháng)", re.IGNORECASE
)
_HALF = ("1/2", "½", "nửa")
# Limits without a number, before any other: "Trong ngày làm việc; nhận sau 15 giờ thì ..."
_SAME_DAY = re.compile(
    r"\btrong (?:cùng )?ngày(?: làm việc)?(?P<next> (?:tiếp theo|kế tiếp))?", re.IGNORECASE
)
_LIMIT_UNITS = {"ngày làm việc": "working_day", "ngày": "day", "giờ": "hour", "tháng": "month"}


def fill_terms(
    con: duckdb.DuckDBPyConnection,
    source: Source,
    mapped: Iterable[str],
    known_fields: Iterable[str],
) -> list[tuple[str, str, int]]:
    """Fill the temp table term(column_name, raw, value, text) for the view landed.

    mapped: canonical columns that the batch has. known_fields: names of fields already in the
    warehouse; another spelling of one takes its name.
    Returns the values of vocabulary columns that no word of the source knows: (column, value,
    rows).
    """
    kinds = COLUMNS[source.kind]
    rows: list[tuple[str, str, str | None]] = []
    unknown: list[tuple[str, str, int]] = []
    spelled = {name_key(name): name for name in known_fields}
    for column in [c for c in REPEATED if c in mapped]:
        for raw, _ in _distinct(con, column):
            value = squeeze(raw)
            if value is None:
                continue
            if column in ("field", "officer", "procedure", "step_now"):
                value = spelled.setdefault(f"{column} {name_key(value)}", value)
                if column == "field":
                    value = spelled.setdefault(name_key(value), value)
            rows.append((column, raw, value))
    for column in [c for c in mapped if kinds.get(c) == "vocabulary" and c != "rating"]:
        placed, strange = _placed(source, column, _distinct(con, column))
        rows += placed
        unknown += strange
    if source.kind == "survey":
        placed, strange = _placed(source, "rating", _answers(con))
        rows += placed
        unknown += strange
    con.register("term_rows", pa.Table.from_pylist([_row(*row) for row in rows], schema=TERM))
    statements.run(con, "staging/term")
    con.unregister("term_rows")
    return unknown


def fill_limits(con: duckdb.DuckDBPyConnection) -> None:
    """Fill limit_term(raw, limit_value, limit_unit) from the texts of a staged procedure list."""
    texts = statements.run(con, "core/limit_texts")
    found = []
    for (text,) in texts.fetchall():
        limit = time_limit(text)
        if limit is not None:
            found.append({"raw": text, "limit_value": limit[0], "limit_unit": limit[1]})
    schema = pa.schema(
        [("raw", pa.string()), ("limit_value", pa.float64()), ("limit_unit", pa.string())]
    )
    con.register("limit_rows", pa.Table.from_pylist(found, schema=schema))
    con.execute("create or replace temp table limit_term as from limit_rows")
    con.unregister("limit_rows")


def time_limit(text: str) -> tuple[float, str] | None:
    """The first time limit of a text as number and unit; None where it names none.

    "05 Ngày làm việc; 10 Ngày" is 5 working_day, "1/2 ngày làm việc" 0.5, "Trong ngày" 0
    working_day. Half a day is half a working day: nobody works half a night.
    """
    said = squeeze(text) or ""
    match, same_day = _LIMIT.search(said), _SAME_DAY.search(said)
    if same_day and (match is None or same_day.start() < match.start()):
        return (1.0 if same_day["next"] else 0.0), "working_day"
    if match is None:
        return None
    is_half = match[1].lower() in _HALF
    value = 0.5 if is_half else number(match[1])
    unit = _LIMIT_UNITS[match[2].lower()]
    if value is None:
        return None
    return value, "working_day" if is_half and unit == "day" else unit


def vocabulary(source: Source, column: str) -> dict[str, str]:
    """Every key of a word of `column` -> canonical: the exact name first, then without accents.

    A canonical value means itself.
    """
    own = {*source.values.get(column, {}), source.defaults.get(column, "")} - {""}
    exact: dict[str, str] = {}
    loose: dict[str, str] = {}
    for canonical, words in source.values.get(column, {}).items():
        for word in words:
            exact.setdefault(name_key(word), canonical)
            loose.setdefault(fold(word), canonical)
    return {**{value: value for value in own}, **loose, **exact}


def _placed(
    source: Source, column: str, values: list[tuple[str, int]]
) -> tuple[list[tuple[str, str, str | None]], list[tuple[str, str, int]]]:
    """Every spelling with its word or None, and the values that no word fits, with their rows."""
    words = vocabulary(source, column)
    placed: list[tuple[str, str, str | None]] = []
    strange: Counter[str] = Counter()
    for raw, n in values:
        value, unknown = value_of(words, column, raw)
        strange.update(dict.fromkeys(unknown, n))
        placed.append((column, raw, value))
    return placed, [(column, word, n) for word, n in strange.items()]


def value_of(words: Mapping[str, str], column: str, raw: str) -> tuple[str | None, tuple[str, ...]]:
    """What a cell of a vocabulary column means, and those of its words that mean nothing known.

    words: as `vocabulary` gives them. Several values are joined by ', ' in the vocabulary's order.
    """
    meanings = {word: _meaning(words, word) for word in words_in(column, raw, words)}
    found = {meaning for meaning in meanings.values() if meaning is not None}
    unknown = tuple(word for word, meaning in meanings.items() if meaning is None)
    return ", ".join(sorted(found, key=VOCABULARY[column].index)) or None, unknown


def words_in(column: str, raw: str, known: Container[str] = ()) -> list[str]:
    """The words of one cell: one, or several of a column that may hold several ("Cấp bộ, Cấp xã").

    known: keys of `vocabulary`; a text that is one of them whole is never cut.
    """
    text = squeeze(raw)
    if text is None:
        return []
    if column not in SEVERAL or name_key(text) in known or fold(text) in known:
        return [text]
    return list(dict.fromkeys(word for part in _BETWEEN.split(raw) if (word := squeeze(part))))


def _meaning(words: Mapping[str, str], word: str) -> str | None:
    found = words.get(name_key(word)) or words.get(fold(word)) or words.get(word)
    if found is None and re.fullmatch(r"\d+\.0+", word):
        found = words.get(word.split(".")[0])
    return found


# The canonical columns whose spellings are looked at one by one, each with a statement of its own
# would be eight files alike; the relation API names the column without assembling SQL.
def _distinct(con: duckdb.DuckDBPyConnection, column: str) -> list[tuple[str, int]]:
    raw = duckdb.ColumnExpression(f"raw_{column}")
    relation = con.table("landed").filter(raw.isnotnull())
    counted = relation.aggregate([raw, duckdb.FunctionExpression("count_star").alias("n")])
    return sorted(counted.fetchall())


def _answers(con: duckdb.DuckDBPyConnection) -> list[tuple[str, int]]:
    raw = duckdb.ColumnExpression("raw_rating")
    relation = con.table("answer").filter(raw.isnotnull())
    counted = relation.aggregate([raw, duckdb.FunctionExpression("count_star").alias("n")])
    return sorted(counted.fetchall())


def _row(column: str, raw: str, value: str | None) -> dict[str, str | None]:
    return {"column_name": column, "raw": raw, "value": value}


__all__ = [
    "REPEATED",
    "STEP_COLUMNS",
    "fill_limits",
    "fill_terms",
    "time_limit",
    "value_of",
    "vocabulary",
    "words_in",
]
