"""A cached function serves every viewer: what decides its answer must be among its arguments."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.guards.project import at, called, listed, python_files, tree

STREAMLIT = ("cache_data", "cache_resource")
PYTHON = ("cache", "lru_cache")
ONE_VIEWERS = {
    "session_state",
    "user",
    "query_params",
    "context",
}
FRAMES = ("DataFrame", "Series", "Table")

Function = ast.FunctionDef | ast.AsyncFunctionDef


def decorated(path: Path, names: tuple[str, ...]) -> Iterator[Function]:
    for node in ast.walk(tree(path)):
        if not isinstance(node, Function):
            continue
        for decorator in node.decorator_list:
            call = decorator if isinstance(decorator, ast.Call) else ast.Call(decorator, [], [])
            if called(call).rpartition(".")[2] in names:
                yield node


def test_a_cached_function_reads_nothing_that_belongs_to_one_viewer() -> None:
    read = [
        f"{at(path, node)}: {function.name} reads st.{node.attr}"
        for path in python_files()
        for function in decorated(path, STREAMLIT + PYTHON)
        for node in ast.walk(function)
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.value.id in ("st", "streamlit")
        and node.attr in ONE_VIEWERS
    ]
    assert not read, listed(read)


def test_a_cached_function_asks_nobody_who_is_looking() -> None:
    asked = [
        f"{at(path, node)}: {function.name} calls {called(node)}"
        for path in python_files()
        for function in decorated(path, STREAMLIT + PYTHON)
        for node in ast.walk(function)
        if isinstance(node, ast.Call)
        and called(node).rpartition(".")[2] in ("identity", "address.read", "enter")
    ]
    assert not asked, listed(asked)


def test_no_table_is_an_argument_of_a_cached_function() -> None:
    # Large tables are compared by a sample of their rows.
    taken = [
        f"{at(path, argument)}: {function.name}({argument.arg})"
        for path in python_files()
        for function in decorated(path, STREAMLIT)
        for argument in [*function.args.args, *function.args.kwonlyargs]
        if argument.annotation is not None
        and any(frame in ast.unparse(argument.annotation) for frame in FRAMES)
    ]
    assert not taken, listed(taken)


def test_a_cache_of_answers_has_a_bound() -> None:
    unbounded = [
        f"{at(path, function)}: {function.name}"
        for path in python_files("pages/", "app.py")
        for function in decorated(path, STREAMLIT)
        for decorator in function.decorator_list
        if not (
            isinstance(decorator, ast.Call)
            and {"max_entries", "ttl"} & {keyword.arg for keyword in decorator.keywords}
        )
        and "cache" in ast.unparse(decorator)
    ]
    assert not unbounded, listed(unbounded)
