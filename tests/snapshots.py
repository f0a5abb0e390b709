"""Snapshots built by hand: a test states the rows that matter, the builder adds what they need.

    folder = build(tmp_path, dossiers=[dossier(received_at=day(1), status="finished", ...)])
    snapshot = open_snapshot(folder)

The derived columns (outcome, closed_at, timing, is_waiting) are computed here in plain Python from
the definitions in docs/, so that a test of a query does not lean on the SQL that ingest uses.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from pipeline import marts, publish, queries, statements
from pipeline.access import default_scope
from pipeline.scope import Scope
from pipeline.warehouse import open_snapshot

Row = dict[str, Any]
MONDAY = datetime(2024, 1, 1)  # day(0): a Monday
FIRST_DAY, LAST_DAY = date(2023, 1, 1), date(2025, 12, 31)
_OUTCOMES = {
    "submitted": "not_accepted",
    "not_accepted": "not_accepted",
    "finished": "resolved",
    "handed_over": "resolved",
    "refused": "refused",
    "withdrawn": "withdrawn",
    "stopped": "stopped",
    "unknown": "unknown",
}
_numbers = count(1)


def day(n: float, hour: float = 9) -> datetime:
    """`hour` o'clock, n days after Monday 1/1/2024."""
    return MONDAY + timedelta(days=n, hours=hour)


def dossier(**given: Any) -> Row:
    """One dossier: open, at the counter of U1, received on day 0, due on day 10, unless given."""
    row: Row = {
        "system": "S",
        "dossier_code": f"H01-{next(_numbers):06d}",
        "source": "igate",
        "batch_no": 1,
        "listed_on": None,
        "seen": [{"batch_no": 1, "sheet_no": 1, "line": 2}],
        "procedure_code": "1.000001",
        "procedure_name": "Đăng ký khai sinh",
        "field_name": "Hộ tịch",
        "unit_id": "U1",
        "receiving_unit_id": given.get("unit_id", "U1"),
        "officer_name": "Trần Thị Bình",
        "step_name": None,
        "channel": "counter",
        "applicant_name": "Nguyễn Văn An",
        "applicant_phone": "0912345678",
        "submitted_at": None,
        "received_at": day(0),
        "due_at": day(10),
        "first_due_at": given.get("due_at", day(10)),
        "due_moves": 0,
        "finished_at": None,
        "handed_over_at": None,
        "result_signed_at": None,
        "result_no": None,
        "tells_result_no": False,
        "ended_at": None,
        "supplement_requested_at": None,
        "supplement_completed_at": None,
        "late_flag": None,
        "status": "in_progress",
        "status_text": None,
        "on_time_rule": "day",
    }
    _refuse_unknown(given, {*row, "outcome", "closed_at", "timing", "is_waiting"})
    return derived({**row, **given}) | given


def derived(row: Row) -> Row:
    """The row with outcome, closed_at, timing and is_waiting as design and contract define them."""
    outcome = _OUTCOMES.get(row["status"], "open")
    agency_end = row["finished_at"] or row["handed_over_at"]
    closed_at = None
    if outcome == "resolved":
        closed_at = agency_end or row["ended_at"] or row["received_at"]
    elif outcome in ("refused", "withdrawn", "stopped"):
        closed_at = row["ended_at"] or agency_end or row["received_at"]
    return row | {
        "outcome": outcome,
        "closed_at": closed_at and max(closed_at, row["received_at"]),
        "timing": timing(row["due_at"], agency_end, row["on_time_rule"])
        if outcome == "resolved"
        else None,
        "is_waiting": row["status"] in ("awaiting_supplement", "awaiting_payment"),
    }


def timing(due_at: datetime | None, end_at: datetime | None, rule: str) -> str:
    """early, on_time or late, by local day or by the instant; no_due where there is no promise."""
    if due_at is None or end_at is None:
        return "no_due"
    due, end = (due_at, end_at) if rule == "instant" else (due_at.date(), end_at.date())
    return "early" if end < due else "on_time" if end == due else "late"


def finished(at: datetime, **given: Any) -> Row:
    """A dossier finished at a moment."""
    return dossier(**{"status": "finished", "finished_at": at} | given)


def unit(unit_id: str, **given: Any) -> Row:
    """One commune in force, without a parent unless said otherwise."""
    row: Row = {
        "unit_id": unit_id,
        "unit_code": unit_id,
        "unit_name": f"Xã {unit_id}",
        "unit_level": "commune",
        "parent_id": None,
        "valid_from": None,
        "valid_to": None,
        "is_registered": True,
    }
    _refuse_unknown(given, row)
    return row | given


def answer(level: str = "satisfied", **given: Any) -> Row:
    """One answer to a survey's overall question, about U1 on day 5."""
    scores = {
        "very_satisfied": 5.0,
        "satisfied": 4.0,
        "neutral": 3.0,
        "dissatisfied": 2.0,
        "very_dissatisfied": 1.0,
    }
    row: Row = {
        "source": "survey",
        "response_id": f"R{next(_numbers)}",
        "batch_no": 1,
        "question_id": "overall",
        "question_text": None,
        "is_overall": True,
        "scale_id": "five_level",
        "level": level,
        "score": scores.get(level),
        "system": None,
        "dossier_code": None,
        "unit_id": "U1",
        "field_name": "Hộ tịch",
        "survey_channel": "paper",
        "device": None,
        "answered_at": day(5),
        "comment": None,
    }
    _refuse_unknown(given, row)
    return row | given


def batch(batch_no: int = 1, **given: Any) -> Row:
    """One landed batch of one accepted row."""
    row: Row = {
        "batch_no": batch_no,
        "batch_id": f"b{batch_no}",
        "source": "igate",
        "kind": "dossier",
        "system": "S",
        "landed_at": day(30),
        "data_at": day(29),
        "listed_on": None,
        "fresh_within_days": None,
        "is_invented": False,
        "read_n": 1,
        "accepted_n": 1,
        "rejected_n": 0,
        "duplicate_n": 0,
        "left_out_n": 0,
        "mapped_columns": [],
        "links_to": [],
    }
    _refuse_unknown(given, row)
    return row | given


def build(
    folder: Path,
    dossiers: Sequence[Row] = (),
    *,
    units: Sequence[Row] | None = None,
    answers: Sequence[Row] = (),
    days_off: Iterable[date] = (),
    copies: Sequence[tuple[Row, int]] = (),
    meta: Mapping[str, str] | None = None,
    snapshot_id: str = "test-001",
    **tables: Sequence[Row],
) -> Path:
    """A warehouse folder whose current snapshot holds these rows; returned for `open_snapshot`.

    copies: dossiers that stand for many alike, each with its number; codes are made unique.
    units: default one per unit id that the dossiers and answers name. tables: rows of any other
    table of the schema by its name; columns left out are null.
    """
    path = publish.path_of(folder, snapshot_id)
    path.parent.mkdir(parents=True, exist_ok=True)
    alike = [row for row, _ in copies]
    spoken = {row[key] for row in [*dossiers, *alike] for key in ("unit_id", "receiving_unit_id")}
    spoken |= {row["unit_id"] for row in answers}
    known = [unit(i) for i in sorted(spoken - {None})] if units is None else list(units)
    with duckdb.connect() as con:
        con.execute("attach $path as wh", {"path": str(path)})
        con.execute("use wh")
        for name in ("schema", "carried_over"):
            statements.run(con, f"core/{name}")
        insert(con, "dossier", dossiers)
        insert(con, "dossier", [row | {"dossier_code": f"{n}"} for n, row in enumerate(alike)])
        for n, (_, times) in enumerate(copies):
            con.execute(
                "insert into dossier"
                " select dossier.* replace (dossier_code || '-' || i as dossier_code)"
                " from dossier, range(1, $times) more(i) where dossier_code = $code",
                {"times": times, "code": f"{n}"},
            )
        insert(con, "survey_answer", answers)
        insert(con, "unit", known)
        insert(con, "unit_tree", list(tree(known)))
        insert(con, "calendar_day", list(calendar_days(days_off)))
        facts = {
            "snapshot_id": snapshot_id,
            "built_at": day(30).isoformat(),
            "build_version": statements.build_version(),
        } | dict(meta or {})
        insert(con, "meta", [{"key": key, "value": value} for key, value in facts.items()])
        for name, rows in tables.items():
            insert(con, name, rows)
        numbers = con.execute("select distinct batch_no from dossier").fetchall()
        marts.begin(con, [batch_no for (batch_no,) in numbers], is_anew=True)
        marts.fill(con)
    publish.point_to(folder, snapshot_id)
    return folder


def insert(con: duckdb.DuckDBPyConnection, table: str, rows: Sequence[Row]) -> None:
    """Insert rows by column name; a column that the rows do not name is null."""
    if not rows:
        return
    names = dict.fromkeys(name for row in rows for name in row)  # Arrow asks the first row only
    con.register("given", pa.Table.from_pylist([{n: row.get(n) for n in names} for row in rows]))
    con.execute(f"insert into {table} by name select * from given")
    con.unregister("given")


def tree(units: Sequence[Row]) -> Iterable[Row]:
    """Pairs (ancestor, unit), each unit its own ancestor."""
    parents = {row["unit_id"]: row["parent_id"] for row in units}
    for unit_id in parents:
        above: str | None = unit_id
        while above is not None:
            yield {"ancestor_id": above, "unit_id": unit_id}
            above = parents.get(above)


def calendar_days(days_off: Iterable[date] = ()) -> Iterable[Row]:
    """Days of 2023 to 2025: weekends are off, and the days given; no holidays unless given."""
    off = set(days_off)
    working_no = 0
    for n in range((LAST_DAY - FIRST_DAY).days + 1):
        today = FIRST_DAY + timedelta(days=n)
        is_working = today.weekday() < 5 and today not in off
        working_no += is_working
        yield {"day": today, "is_working": is_working, "working_no": working_no, "note": None}


def _refuse_unknown(given: Mapping[str, Any], known: Iterable[str]) -> None:
    unknown = set(given) - set(known)
    if unknown:
        raise TypeError(f"no such column: {', '.join(sorted(unknown))}")


class Board:
    """A snapshot with a viewer and a moment, to be asked: `board('summary', unit='U1')`."""

    def __init__(self, folder: Path, as_of: datetime, scope: Scope | None = None) -> None:
        opened = open_snapshot(folder)
        assert opened is not None
        self.snapshot = opened
        self.as_of = as_of
        self.scope = scope or default_scope()

    def __call__(self, query: str, **given: Any) -> list[Row]:
        as_of = given.pop("as_of", self.as_of)
        rows: list[Row] = queries.run(
            self.snapshot, self.scope, query, as_of=as_of, **given
        ).to_pylist()
        return rows

    def one(self, query: str, **given: Any) -> Row:
        (row,) = self(query, **given)
        return row
