"""Identities that must hold before a snapshot is published; the screens show them with their
differences.
"""

from __future__ import annotations

import duckdb

from pipeline import statements


def failed(con: duckdb.DuckDBPyConnection) -> list[str]:
    """One sentence for each identity of the attached snapshot wh that does not hold."""
    rows = statements.run(con, "core/identities").fetchall()
    return [
        f"Identity {name} does not hold: {left} against {right}, a difference of {left - right}."
        for name, left, right in rows
        if left != right
    ]
