"""What is derived once a snapshot's core is complete: calendar, marts, facts about the snapshot.

A mart of dossiers is carried over from the snapshot before: what the ingest took away (gone) is
subtracted, what it brought (fresh) is added, so that a day's export costs what it changes. A
snapshot built anew begins with empty marts, and everything is fresh: there is one way to make a
mart, and a test holds the two against each other.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

import duckdb
import pyarrow as pa

from pipeline import statements
from pipeline.calendar import calendar_version, working_days

YEARS_AHEAD = 3  # promises reach into the future
EARLIEST_YEAR, LATEST_YEAR = 1990, 2100  # a mistyped year must not make a calendar of centuries
LOCAL = ZoneInfo("Asia/Ho_Chi_Minh")


def begin(con: duckdb.DuckDBPyConnection, batch_nos: Sequence[int], *, is_anew: bool) -> None:
    """Say which batches this ingest takes in, before the first one changes the snapshot wh.

    is_anew: they are all there are.
    """
    con.register("fresh_batch_rows", pa.table({"batch_no": pa.array(batch_nos, pa.int32())}))
    con.execute("create or replace temp table fresh_batch as from fresh_batch_rows")
    con.unregister("fresh_batch_rows")
    for name in ("fresh_all" if is_anew else "fresh", "gone", "changed"):
        statements.run(con, f"core/{name}")


def build(con: duckdb.DuckDBPyConnection, snapshot_id: str) -> None:
    """Bring calendar_day, the marts and meta of the attached snapshot wh up to date."""
    con.execute("use wh")
    statements.run(con, "core/derived_out")
    _calendar(con)
    fill(con)
    _facts(con, snapshot_id)
    con.execute("use memory")


def fill(con: duckdb.DuckDBPyConnection) -> None:
    """Make every mart of the snapshot in use, by name: one may read those before it."""
    for name in statements.names("marts"):
        statements.run(con, name)


def _calendar(con: duckdb.DuckDBPyConnection) -> None:
    ((first, last),) = statements.run(con, "core/span").fetchall()
    this_year = datetime.now(LOCAL).year
    years = [moment.year for moment in (first, last) if moment is not None] or [this_year]
    start = max(min(years) - 1, EARLIEST_YEAR)
    end = min(max(*years, this_year) + YEARS_AHEAD, LATEST_YEAR)
    worked = 0
    rows = []
    for one in working_days(date(start, 1, 1), date(end, 12, 31)):
        worked += one.is_working
        rows.append(
            {
                "day": one.day,
                "is_working": one.is_working,
                "working_no": worked,
                "note": one.note or None,
            }
        )
    schema = pa.schema(
        [
            ("day", pa.date32()),
            ("is_working", pa.bool_()),
            ("working_no", pa.int32()),
            ("note", pa.string()),
        ]
    )
    con.register("calendar_rows", pa.Table.from_pylist(rows, schema=schema))
    statements.run(con, "core/calendar_in")
    con.unregister("calendar_rows")


def _facts(con: duckdb.DuckDBPyConnection, snapshot_id: str) -> None:
    ((data_at, invented),) = statements.run(con, "core/batch_facts").fetchall()
    facts = {
        "snapshot_id": snapshot_id,
        "built_at": datetime.now(LOCAL).replace(tzinfo=None, microsecond=0).isoformat(),
        "calendar_version": calendar_version(),
        "build_version": statements.build_version(),
        "data_at": data_at.isoformat() if data_at else "",
        "is_invented": "true" if invented else "false",
    }
    for fact in facts.items():
        statements.insert(con, "core/meta_in", fact)
