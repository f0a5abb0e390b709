"""Identities that must hold before a snapshot is published; the screens show them with their
differences.
"""

from __future__ import annotations

import duckdb

from pipeline import statements
from pipeline.errors import QualityStop


def failed(con: duckdb.DuckDBPyConnection) -> list[QualityStop]:
    """One refusal for each identity of the attached snapshot wh that does not hold."""
    rows = statements.run(con, "core/identities").fetchall()
    return [
        QualityStop(
            "error.ingest.identity",
            identity=name,
            left=left,
            right=right,
            difference=left - right,
        )
        for name, left, right in rows
        if left != right
    ]
