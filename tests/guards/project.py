"""The project's own files, as the guards read them."""

from __future__ import annotations

import ast
import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CODE = ("app.py", "pages/", "pipeline/", "scripts/")


@cache
def files() -> tuple[Path, ...]:
    """Everything that is, or is about to be, under version control."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    ).stdout.decode()
    paths = [ROOT / name for name in sorted(set(listed.split("\0"))) if name]
    return tuple(path for path in paths if path.is_file())


def relative(path: Path) -> str:
    """A path as a person would write it: from the project's root, with slashes."""
    return path.relative_to(ROOT).as_posix()


def python_files(*beginnings: str) -> list[Path]:
    """Python files whose path begins with one of these; of the product's code without any."""
    return [
        path
        for path in files()
        if path.suffix == ".py" and relative(path).startswith(beginnings or CODE)
    ]


def sql_files() -> list[Path]:
    """Every statement of the project."""
    return [path for path in files() if path.suffix == ".sql"]


@cache
def tree(path: Path) -> ast.Module:
    """A Python file as a syntax tree."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=relative(path))


def imported(path: Path) -> set[str]:
    """Dotted names a file imports; `from a import b` counts as both a and a.b."""
    names: set[str] = set()
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        if isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
            names.update(f"{node.module}.{alias.name}" for alias in node.names)
    return names


def called(node: ast.Call) -> str:
    """The dotted name a call is written with, such as 'st.cache_data'; '' when it has none."""
    parts: list[str] = []
    target: ast.expr = node.func
    while isinstance(target, ast.Attribute):
        parts.append(target.attr)
        target = target.value
    if isinstance(target, ast.Name):
        parts.append(target.id)
    elif isinstance(target, ast.Call):
        parts.append(f"{called(target)}()")
    return ".".join(reversed(parts))


def at(path: Path, node: ast.AST) -> str:
    """'pages/staff/queue.py:12', for a complaint."""
    return f"{relative(path)}:{getattr(node, 'lineno', 0)}"


def listed(complaints: list[str]) -> str:
    """Complaints one a line, for the message of an assertion."""
    return "\n" + "\n".join(complaints)
