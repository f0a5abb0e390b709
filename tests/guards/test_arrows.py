"""Arrows run one way: app.py -> pages/<role> -> pages/ui -> pipeline -> pipeline/sql."""

from __future__ import annotations

import ast

from tests.guards.project import (
    at,
    called,
    imported,
    listed,
    python_files,
    relative,
    sql_files,
    tree,
)

SCREENS = ("pages/leaders/", "pages/staff/", "pages/steward/", "pages/public/")


def begins(name: str, *modules: str) -> bool:
    return any(name == module or name.startswith(f"{module}.") for module in modules)


def complaints(beginnings: tuple[str, ...], *forbidden: str) -> list[str]:
    return [
        f"{relative(path)} imports {name}"
        for path in python_files(*beginnings)
        for name in sorted(imported(path))
        if begins(name, *forbidden)
    ]


def test_the_pipeline_knows_no_browser() -> None:
    assert complaints(("pipeline/",), "streamlit", "plotly", "pages", "app") == []


def test_what_screens_are_built_of_knows_no_screen() -> None:
    forbidden = ("app", "pages.leaders", "pages.staff", "pages.steward", "pages.public", "duckdb")
    assert complaints(("pages/ui/",), *forbidden) == []


def test_screens_know_neither_database_nor_chart_library() -> None:
    forbidden = ("app", "duckdb", "plotly", "pipeline.statements", "pipeline.warehouse")
    assert complaints(SCREENS, *forbidden) == []


def test_a_screen_borrows_nothing_from_another_role() -> None:
    for folder in SCREENS:
        own = folder.rstrip("/").replace("/", ".")
        others = [f.rstrip("/").replace("/", ".") for f in SCREENS if f != folder]
        assert complaints((folder,), *others) == [], own


def test_the_entry_has_no_query_and_no_chart() -> None:
    asking = ("pipeline.queries", "pipeline.statements", "pipeline.warehouse", "pipeline.ingest")
    forbidden = ("duckdb", "plotly", "pandas", "pyarrow", *asking)
    assert complaints(("app.py",), *forbidden) == []


def test_the_product_does_not_lean_on_its_tests() -> None:
    assert complaints((), "tests", "pytest", "scripts") == []


def test_screens_name_no_statement_file() -> None:
    named = {path.stem for path in sql_files() if "/queries/" not in relative(path)}
    texts = [
        f'{at(path, node)} names "{node.value}"'
        for path in python_files(*SCREENS)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and "/" in node.value
        and node.value.rpartition("/")[2] in named
    ]
    assert not texts, listed(texts)


def test_screens_ask_by_name_and_never_connect() -> None:
    doors = ("execute", "executemany", "sql", "cursor", "connect")
    found = [
        f"{at(path, node)} calls {called(node)}"
        for path in python_files("pages/", "app.py")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and called(node).rpartition(".")[2] in doors
    ]
    assert not found, listed(found)
