"""Whether exports were invented: the folder they lie in says so, or they do themselves.

The demo's province has a code that no province has. It stands in the codes of its dossiers, units
and devices, so that its files go on saying so when they are copied, packed or dropped in a browser.
"""

from __future__ import annotations

import re
from pathlib import Path

import duckdb

from pipeline import statements
from pipeline.manifest import Landed, LandedTable

MARKER = ".dunghen-demo.json"  # lies beside exports that the demo generator wrote
PROVINCE = "H99"  # real ones are H01 to H63
LOOKED_AT = 1_000  # rows of a table
LEAST = 0.25  # share of rows that bear the code; not every slip names its dossier
_WORD = rf"\b{PROVINCE}\b"


def has_marker_above(path: Path) -> bool:
    """Whether a file lies in a folder that the demo generator wrote."""
    return any((folder / MARKER).is_file() for folder in path.resolve().parents)


def says_so(con: duckdb.DuckDBPyConnection, batch: Landed, folder: Path) -> bool:
    """Whether every table of a landed batch speaks of the invented province."""
    filled = [table for table in batch.tables if table.row_n]
    return bool(filled) and all(_is_of_it(con, table, folder) for table in filled)


def _is_of_it(con: duckdb.DuckDBPyConnection, table: LandedTable, folder: Path) -> bool:
    if table.title and re.search(_WORD, table.title):
        return True
    path = str(folder / table.parquet)
    counted = statements.run(con, "inspection/invented", path=path, word=_WORD, most=LOOKED_AT)
    row_n, of_it_n = counted.fetchall()[0]
    return bool(of_it_n > LEAST * row_n)
