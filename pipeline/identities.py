"""Identities that must hold before a snapshot is published; screens show them with differences."""

from __future__ import annotations

import duckdb

from pipeline import statements
from pipeline.errors import QualityStop


def failed(con: duckdb.DuckDBPyConnection, *, is_anew: bool) -> list[QualityStop]:
    """One refusal for each identity of the attached snapshot wh that does not hold.

    is_anew: the snapshot was not made from another one.
    """
    rows = statements.run(con, "core/identities").fetchall()
    if not is_anew:
        rows += statements.run(con, "core/identity_of_older").fetchall()
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
