"""The project's SQL: a statement per file under pipeline/sql, run with parameters bound by name."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import duckdb

SQL = Path(__file__).parent / "sql"
RULES = Path(__file__).parent.parent / "data" / "config" / "rules.toml"
_PARAMETER = re.compile(r"\$([a-z_]+)")
_COMMENT = re.compile(r"--[^\n]*")


@cache
def statement(name: str) -> tuple[str, frozenset[str]]:
    """Text of `name` ('core/merged') and the parameters it names."""
    text = (SQL / f"{name}.sql").read_text(encoding="utf-8")
    return text, frozenset(_PARAMETER.findall(_COMMENT.sub("", text)))


def run(con: duckdb.DuckDBPyConnection, name: str, **values: Any) -> duckdb.DuckDBPyConnection:
    """Execute the statement `name`; values it does not name are left aside, one it lacks fails."""
    text, parameters = statement(name)
    return con.execute(text, {key: values[key] for key in parameters})


def insert(con: duckdb.DuckDBPyConnection, name: str, row: Sequence[Any]) -> None:
    """Execute the statement `name` with one row of values in the order of its question marks."""
    con.execute(statement(name)[0], list(row))


def names(folder: str) -> list[str]:
    """Statements of a folder in the order of their file names, such as every rule."""
    return sorted(f"{folder}/{path.stem}" for path in (SQL / folder).glob("*.sql"))


@cache
def build_version() -> str:
    """Hash of the statements and rules that make a snapshot: one made by others is built anew."""
    whole = hashlib.sha256(RULES.read_bytes())
    for folder in ("staging", "rules", "core", "marts"):
        for path in sorted((SQL / folder).rglob("*.sql")):
            whole.update(path.read_bytes())
    return whole.hexdigest()[:16]
