"""SQL stands in files, one statement each, reads like prose and is never put together from text."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from tests.guards.project import ROOT, at, called, listed, python_files, relative, sql_files, tree

RUNNERS = ("execute", "executemany", "sql", "query", "from_query")
KEYWORDS = re.compile(
    r"\b(SELECT|FROM|WHERE|GROUP|ORDER|HAVING|UNION|JOIN|LEFT|INNER|FULL|CROSS|WITH|AS|CREATE|TABLE"
    r"|VIEW|MACRO|INSERT|UPDATE|DELETE|MERGE|USING|WHEN|MATCHED|THEN|CASE|ELSE|END|AND|OR|NOT|NULL"
    r"|IS|IN|EXISTS|BETWEEN|LIKE|DISTINCT|ON|BY|LIMIT|OFFSET|OVER|PARTITION|FILTER|RETURNING)\b"
)
# A moment comes in as a parameter, so that every figure speaks of the same one.
CLOCKS = re.compile(
    r"\b(now|today|get_current_\w+)\s*\("
    r"|\b(current_date|current_timestamp|current_time|localtimestamp)\b"
)
# What a connection is told about itself is no question about dossiers.
SESSION = re.compile(
    r"^(set|reset|attach|detach|use|begin|commit|rollback|checkpoint|pragma|load)\b"
    r"|^create( or replace)? temp (table|view) \w+ (as from \w+(\.\w+)?|\([\w ,]+\))$"
    r"|^(from \w+(\.\w+)?|drop (table|view)( if exists)? \w+(\.\w+)?)$"
)
STATEMENT = re.compile(
    r"^\s*(select\s.+\sfrom\s|with\s+\w+\s+as\s*\(|insert\s+into\s|update\s+\w+\s+set\s"
    r"|delete\s+from\s|merge\s+into\s|create\s+(or\s+replace\s+)?(temp\s+)?(table|view|macro)\s"
    r"|copy\s+\S+\s+(to|from)\s|alter\s+table\s|drop\s+(table|view)\s)",
    re.IGNORECASE | re.DOTALL,
)


def without_comments_and_texts(sql: str) -> str:
    return re.sub(r"--[^\n]*|'(?:[^']|'')*'|\"[^\"]*\"", " ", sql)


@pytest.mark.parametrize("path", sql_files(), ids=relative)
def test_a_statement_begins_with_its_grain_and_why(path: Path) -> None:
    assert path.read_text(encoding="utf-8").startswith("-- ")


@pytest.mark.parametrize("path", sql_files(), ids=relative)
def test_keywords_are_lower_case(path: Path) -> None:
    sql = without_comments_and_texts(path.read_text(encoding="utf-8"))
    assert KEYWORDS.findall(sql) == []


@pytest.mark.parametrize("path", sql_files(), ids=relative)
def test_sql_does_not_ask_the_clock(path: Path) -> None:
    sql = without_comments_and_texts(path.read_text(encoding="utf-8")).lower()
    assert [found.group() for found in CLOCKS.finditer(sql)] == []


@pytest.mark.parametrize(
    "path", [path for path in sql_files() if "/sql/queries/" in str(path)], ids=relative
)
def test_a_query_is_one_statement_and_names_no_table_of_the_warehouse(path: Path) -> None:
    sql = without_comments_and_texts(path.read_text(encoding="utf-8"))
    assert sql.rstrip().rstrip(";").count(";") == 0
    # wh. is the snapshot itself: a query sees only the views made for its viewer.
    assert not re.search(r"\bwh\.", sql)


def test_no_statement_is_put_together_from_text() -> None:
    built = [
        f"{at(path, node)}: {ast.unparse(node.args[0])[:60]}"
        for path in python_files()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call)
        and called(node).rpartition(".")[2] in RUNNERS
        and node.args
        and (
            isinstance(node.args[0], ast.JoinedStr | ast.BinOp)
            or (
                isinstance(node.args[0], ast.Call)
                and called(node.args[0]).rpartition(".")[2] in ("format", "join", "replace")
            )
        )
    ]
    assert not built, listed(built)


def test_questions_to_tables_stand_in_files() -> None:
    inline = [
        f"{at(path, node)}: {' '.join(node.value.split())[:70]}"
        for path in python_files()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and STATEMENT.match(node.value)
        and not SESSION.match(" ".join(node.value.lower().split()))
    ]
    assert not inline, listed(inline)


def test_every_statement_is_used() -> None:
    nodes = [node for path in python_files() for node in ast.walk(tree(path))]
    # Run by name ('core/merged', 'merged'), with its whole folder ('rules/'), or by a name with
    # a changing part (f'access/set_{right}').
    named = {node.value for node in nodes if isinstance(node, ast.Constant)}
    changing = [pattern(node) for node in nodes if isinstance(node, ast.JoinedStr)]
    unused = []
    for path in sql_files():
        name = path.relative_to(ROOT / "pipeline" / "sql").with_suffix("").as_posix()
        folder, _, stem = name.rpartition("/")
        whole_folders = {folder, f"{folder}/", f"{folder.partition('/')[0]}/"}
        if {name, stem, *whole_folders} & named:
            continue
        if not any(re.fullmatch(one, name) for one in changing):
            unused.append(name)
    assert not unused, listed(unused)


def pattern(text: ast.JoinedStr) -> str:
    """An f-string that names a statement as a regular expression; one that matches nothing else."""
    parts = [
        re.escape(str(part.value)) if isinstance(part, ast.Constant) else r"\w+"
        for part in text.values
    ]
    return "".join(parts) if "/" in ast.unparse(text) else "(?!)"
