"""A test that cannot fail says nothing: every one asserts, and no assertion is always true."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.guards.project import at, called, listed, python_files, relative, tree

# Calls that fail by themselves when what they state is not so.
STATING = ("raises", "warns", "fail", "check", "expect", "assert_", "given")
Function = ast.FunctionDef | ast.AsyncFunctionDef


def files_of_tests() -> list[Path]:
    return [path for path in python_files("tests/") if path.name.startswith("test_")]


def always_true(condition: ast.expr) -> bool:
    """Whether an assertion of this can never fail."""
    if isinstance(condition, ast.Constant):
        return bool(condition.value)
    if isinstance(condition, ast.Tuple | ast.List | ast.Set):
        return bool(condition.elts)
    if isinstance(condition, ast.JoinedStr | ast.Lambda | ast.GeneratorExp):
        return True
    if isinstance(condition, ast.BoolOp):
        judge = any if isinstance(condition.op, ast.Or) else all
        return judge(always_true(value) for value in condition.values)
    if isinstance(condition, ast.UnaryOp) and isinstance(condition.op, ast.Not):
        return isinstance(condition.operand, ast.Constant) and not condition.operand.value
    if isinstance(condition, ast.Compare) and len(condition.ops) == 1:
        return compares_with_itself(condition) or length_is_not_negative(condition)
    return False


def compares_with_itself(condition: ast.Compare) -> bool:
    same = ast.dump(condition.left) == ast.dump(condition.comparators[0])
    pure = not any(isinstance(node, ast.Call) for node in ast.walk(condition.left))
    return same and pure and isinstance(condition.ops[0], ast.Eq | ast.Is | ast.GtE | ast.LtE)


def length_is_not_negative(condition: ast.Compare) -> bool:
    left, bound = condition.left, condition.comparators[0]
    return (
        isinstance(left, ast.Call)
        and called(left) == "len"
        and isinstance(condition.ops[0], ast.GtE)
        and isinstance(bound, ast.Constant)
        and bound.value == 0
    )


def functions_of_tests(path: Path) -> Iterator[Function]:
    for node in ast.walk(tree(path)):
        if isinstance(node, Function) and node.name.startswith("test_"):
            yield node


@pytest.mark.parametrize(
    "source",
    [
        "True",
        "'text'",
        "(x == 1, 'message')",
        "x == x",
        "len(x) >= 0",
        "x or True",
        "not None",
        "(y for y in x)",
    ],
)
def test_an_assertion_that_cannot_fail_is_recognised(source: str) -> None:
    assert always_true(ast.parse(source, mode="eval").body)


@pytest.mark.parametrize(
    "source", ["x", "x == y", "len(x) > 0", "x and True", "not x", "f() == f()", "()"]
)
def test_an_assertion_that_can_fail_is_left_alone(source: str) -> None:
    assert not always_true(ast.parse(source, mode="eval").body)


def test_no_assertion_is_always_true() -> None:
    found = [
        f"{at(path, node)}: assert {ast.unparse(node.test)}"
        for path in python_files("tests/")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Assert) and always_true(node.test)
    ]
    assert not found, listed(found)


def test_every_test_states_something() -> None:
    silent = [
        f"{at(path, function)}: {function.name}"
        for path in files_of_tests()
        for function in functions_of_tests(path)
        if not any(states_something(node) for node in ast.walk(function))
    ]
    assert not silent, listed(silent)


def states_something(node: ast.AST) -> bool:
    if isinstance(node, ast.Assert):
        return True
    if not isinstance(node, ast.Call):
        return False
    name = called(node).rpartition(".")[2] or called(node)
    return name.startswith(STATING)


def test_nothing_is_skipped_or_expected_to_fail_in_silence() -> None:
    # What a machine lacks is dealt with in tests/conftest.py, aloud, and fails where CI is set.
    skips = ("pytest.skip", "pytest.importorskip", "pytest.mark.skip", "pytest.mark.skipif")
    silent = [
        f"{at(path, node)}: {ast.unparse(node)[:60]}"
        for path in python_files("tests/")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call)
        and called(node) in skips
        and not any(
            node in ast.walk(function) and fails_where_ci_is_set(function)
            for function in ast.walk(tree(path))
            if isinstance(function, Function)
        )
    ]
    assert not silent, listed(silent)


def fails_where_ci_is_set(function: Function) -> bool:
    nodes = list(ast.walk(function))
    asks = any(isinstance(node, ast.Constant) and node.value == "CI" for node in nodes)
    return asks and any(isinstance(n, ast.Call) and called(n) == "pytest.fail" for n in nodes)


def test_no_test_measures_time() -> None:
    clocks = ("perf_counter", "process_time", "monotonic_ns", "time_ns")
    measured = [
        f"{at(path, node)}: {called(node)}"
        for path in files_of_tests()
        if not relative(path).startswith("tests/benchmarks/")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and called(node).rpartition(".")[2] in clocks
    ]
    assert not measured, listed(measured)
