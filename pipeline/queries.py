"""Every figure and list of the board by name: one SQL file each, run for one viewer.

A query's parameters are the ones its file names as $name; all of them are bound. `unit` is given as
an id, a code or a name and reaches the file as $units, the unit with its children.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from difflib import get_close_matches
from functools import cache
from typing import Any

import duckdb
import pyarrow as pa

from pipeline import statements
from pipeline.access import BEGINNING, may_ask, role, set_findings, set_period
from pipeline.clock import table as clock_table
from pipeline.errors import OutOfScope, Refused
from pipeline.periods import parse_as_of
from pipeline.promises import PASSED, REASONS, STAGES, UNSAID
from pipeline.scope import Scope
from pipeline.settings import settings
from pipeline.signals import SIGNALS, signals
from pipeline.steps import STEP_FINDINGS
from pipeline.warehouse import Snapshot

# Macros over the tables that a cursor keeps for one period (access.set_period).
FLOWS = re.compile(r"\b(counted|chosen_cell|chosen_month|chosen_soon|lateness|online_counted)\(")
# Macros that a cursor gets only where a query asks for them (access.set_findings).
FINDINGS = re.compile(
    r"\b(finding_\w+|apology_course|late_reason|signal_state|signalled|step_span|step_phrase"
    r"|turning_step)\b"
)
MOMENT = timedelta(microseconds=1)
OLD_DAYS = (
    90  # calendar days; the add-on tools of one-stop offices look for the same ("tồn > 90 ngày")
)

# Queries whose rows are facts that Python turns into the answer, where the answer is law, not SQL.
EXPLAINED: Mapping[str, Callable[[pa.Table, datetime], pa.Table]] = {
    "dossier_clock": clock_table.explained,
}

# What a parameter may be. A date stands for its midnight.
TYPES: Mapping[str, type] = {
    "as_of": datetime,
    "first": datetime,
    "upper": datetime,
    "unit": str,
    "field": str,
    "procedure": str,
    "channel": str,
    "system": str,
    "officer": str,
    "dossier": str,
    "measure": str,
    "bucket": str,
    "group_by": str,
    "rule": str,
    "search": str,
    "sort": str,
    "batch": int,
    "horizon": int,
    "limit": int,
    "offset": int,
    "at_unit": str,
    "lacks": list,
    "answered": str,
    "survey_channel": str,
    "scale": str,
    "question": str,
    "source": str,
    "over_from": int,
    "over_to": int,
    "left_from": int,
    "left_to": int,
    "older_than": int,
    "finding": str,
    "moves": int,
    "step": str,
    "desk": str,
    "at_desk": str,
    "at_officer": str,
    "from_desk": str,
    "steps_first": datetime,
    "steps_upper": datetime,
    "burst_n": int,
    "burst_minutes": int,
    "busy_days_n": int,
    "bands": list,
    "small_sample_n": int,
    "older_than_days": int,
    "fresh_within_days": int,
}
_OFFERED = {"units": "unit", "desks": "desk"}  # what reaches a file as a unit with its children
CHANNELS = ("online_full", "online_partial", "online", "any_online", "counter", "post", "unknown")
LACKS = ("unit", "field", "procedure", "officer", "letter")  # what a dossier may not have
# Orders of a list of dossiers; without one the query's own holds.
SORTS = ("due", "received", "procedure", "unit", "officer", "step")
_LETTERS = ("promise_broken", "late_now", "late_with_letter", "late_at_first")
# Named sets of dossiers that `dossiers` lists, by the file of access/findings/key that finds them.
FINDERS: Mapping[str, tuple[str, ...]] = {
    "letters": (*_LETTERS, *STAGES, "moved_without_letter", *PASSED),
    "moves": ("moved_after_due",),
    "reasons": tuple(f"reason_{code}" for code in (*REASONS, *UNSAID)),
    "steps": STEP_FINDINGS,
    "turning": ("turned_late", "late_with_slip"),
    "clicks": ("signed_and_clicked",),
    "signals": (*SIGNALS, *(f"looked_at_{name}" for name in SIGNALS)),
    "none": (),
}
FOUND = tuple(name for names in FINDERS.values() for name in names)
GROUPS = ("none", "unit", "field", "survey_channel", "month", "scale")
# Counts of `summary` whose dossiers `dossiers` lists, and the numerators and denominators of rates.
MEASURES = (
    "received",
    "received_in_period",
    "carried_over",
    "not_accepted",
    "status_unknown",
    "online",
    "online_full",
    "online_partial",
    "online_level_unknown",
    "counter",
    "post",
    "channel_unknown",
    "online_in_period",
    "offline_in_period",
    "resolved",
    "early",
    "on_time",
    "late",
    "resolved_no_due",
    "resolved_with_due",
    "resolved_in_time",
    "open",
    "open_in_time",
    "open_overdue",
    "open_no_due",
    "open_waiting",
    "due_soon",
    "ended_otherwise",
    "refused",
    "withdrawn",
    "stopped",
    "late_against_first_promise",
    "promise_moved",
    "late_or_overdue",
    "not_late",
    "in_time",
)
# Counts of `satisfaction` whose answers `satisfaction_answers` lists, and what else it lists.
ANSWERED = (
    "n",
    "any_satisfied",
    "very_satisfied",
    "satisfied",
    "neutral",
    "any_dissatisfied",
    "dissatisfied",
    "very_dissatisfied",
    "dont_know",
    "level_unknown",
    "written",
    "responses",
)
CHOICES: Mapping[str, tuple[str, ...]] = {
    "channel": CHANNELS,
    "measure": MEASURES,
    "group_by": GROUPS,
    "lacks": LACKS,
    "sort": SORTS,
    "finding": FOUND,
    "answered": ANSWERED,
}


@dataclass(frozen=True)
class Query:
    """One file of pipeline/sql/queries. parameters: as `run` takes them, without as_of."""

    name: str
    about: str  # first sentence of the file: its grain
    parameters: tuple[str, ...]


@cache
def catalogue() -> Mapping[str, Query]:
    """Every query by name, in alphabetical order."""
    return {query.name: query for query in map(_read, statements.names("queries"))}


def run(snapshot: Snapshot, scope: Scope, name: str, *, as_of: datetime, **given: Any) -> pa.Table:
    """The rows of a query, as one viewer sees them at `as_of` (naive local time).

    name: with '-' or '_'. given: the query's parameters; None means not given. Without `first` a
    period begins with time itself, and `upper` (exclusive) never lies after `as_of`.
    Raises Refused for an unknown query, parameter or value, OutOfScope for what
    the viewer may not see.
    """
    query = named(name)
    if not may_ask(scope, query.name):
        raise OutOfScope("error.query.not_for_role", name=query.name, role=scope.role)
    text, wanted = statements.statement(f"queries/{query.name}")
    values = _typed(query, {key: value for key, value in given.items() if value is not None})
    values |= _moments(_as_type("as_of", as_of), values)
    with snapshot.cursor(scope) as cursor:
        if "units" in wanted:
            values["units"] = _chosen_units(cursor, values.get("unit"))
        if FLOWS.search(text):
            set_period(cursor, values["first"], values["upper"])
        bound = {key: values.get(key, _default(key)) for key in wanted}
        try:
            if FINDINGS.search(text) or values.get("finding"):
                set_findings(cursor)
            if "finding" in wanted:
                _find(cursor, values)
            answer = cursor.sql(text, params=bound).to_arrow_table()
        except duckdb.ProgrammingError as error:
            if any(f"name {table} " in str(error) for table in role(scope.role).hidden_tables):
                raise OutOfScope(
                    "error.query.not_for_role", name=query.name, role=scope.role
                ) from error
            snapshot.refuse_other_version()
            raise
    explain = EXPLAINED.get(query.name)
    return explain(answer, values["as_of"]) if explain else answer


def _find(cursor: duckdb.DuckDBPyConnection, values: Mapping[str, Any]) -> None:
    """Keep the dossiers of the finding that is asked for on the cursor, or none."""
    finding = values.get("finding")
    finder = next((one for one, names in FINDERS.items() if finding in names), "none")
    known = {**values, "desks": _chosen_units(cursor, values.get("desk"))}
    names = statements.statement(f"access/findings/key/{finder}")[1]
    filled = {key: known.get(key, _default(key)) for key in names}
    statements.run(cursor, f"access/findings/key/{finder}", **filled)


def named(name: str) -> Query:
    """A query by its name. Raises Refused, naming the nearest or all known ones."""
    known = catalogue()
    key = name.strip().replace("-", "_")
    if key not in known:
        near = get_close_matches(key, known, n=3)
        if near:
            raise Refused("error.query.did_you_mean", name=name, near=near)
        raise Refused("error.query.none_such", name=name, known=list(known))
    return known[key]


def from_text(name: str, text: str) -> Any:
    """A parameter's value as a person types it: whole numbers, moments, lists with commas.

    Raises Refused for what cannot be one; a name that nobody knows keeps its text, for `run` to
    refuse.
    """
    wanted = TYPES.get(name, str)
    if wanted is datetime:
        return parse_as_of(text)
    if wanted is int:
        return _whole(name, text)
    if wanted is list:
        parts = [part.strip() for part in text.split(",") if part.strip()]
        return [_whole(name, part) for part in parts] if name == "bands" else parts
    return text


def _whole(name: str, text: str) -> int:
    if not text.isdecimal() or len(text) > 9:
        raise Refused("error.query.no_whole_number", name=name, text=text)
    return int(text)


def _read(path: str) -> Query:
    text, wanted = statements.statement(path)
    lines = []
    for line in text.splitlines():
        if not line.startswith("--"):
            break
        lines.append(line.removeprefix("--").strip())
    about = " ".join(lines).partition(". ")[0].rstrip(".") + "."
    if "finding" in wanted:
        for finder in statements.names("access/findings/key"):
            wanted = wanted | statements.statement(finder)[1]
    offered = {_OFFERED.get(name, name) for name in wanted} - {"as_of"}
    if FLOWS.search(text):
        offered |= {"first", "upper"}  # they reach it through the cursor's period
    return Query(path.rpartition("/")[2], about, tuple(sorted(offered)))


def _typed(query: Query, given: Mapping[str, Any]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for name, value in given.items():
        if name not in query.parameters:
            raise Refused(
                "error.query.no_parameter", query=query.name, name=name, known=query.parameters
            )
        values[name] = _as_type(name, value)
        for choice in values[name] if isinstance(values[name], list) else [value]:
            if name in CHOICES and choice not in CHOICES[name]:
                raise Refused("error.query.no_choice", value=value, name=name, known=CHOICES[name])
    return values


def _as_type(name: str, value: Any) -> Any:
    wanted = TYPES[name]
    if wanted is datetime and isinstance(value, date) and not isinstance(value, datetime):
        return datetime.combine(value, time())
    if wanted is list and isinstance(value, tuple):
        return list(value)
    if not isinstance(value, wanted) or isinstance(value, bool):
        raise Refused(
            "error.query.wrong_type", name=name, wanted=wanted.__name__, value=repr(value)
        )
    if isinstance(value, datetime) and value.tzinfo is not None:
        raise Refused("error.query.local_time", name=name)
    if isinstance(value, int) and value < 0:
        raise Refused("error.query.negative", name=name)
    return value


def _moments(as_of: datetime, values: Mapping[str, Any]) -> dict[str, datetime]:
    first = values.get("first", BEGINNING)
    upper = min(values.get("upper", as_of + MOMENT), as_of + MOMENT)
    if first >= upper:
        raise Refused("error.query.empty_period", first=first.date(), as_of=as_of.date())
    return {"as_of": as_of, "first": first, "upper": upper}


def _chosen_units(cursor: duckdb.DuckDBPyConnection, unit: str | None) -> list[str] | None:
    if unit is None:
        return None
    rows = statements.run(cursor, "access/chosen_units", unit=unit).fetchall()
    if not rows:
        raise OutOfScope("error.access.no_unit", unit=unit)
    if rows[0][1] > 1:
        raise Refused("error.access.several_units", n=rows[0][1], unit=unit)
    return [unit_id for unit_id, _ in rows]


def _default(name: str) -> Any:
    """What an office has decided, where nobody said otherwise; else null: no filter."""
    return {
        "horizon": settings().due_soon_horizon_days,
        "bands": list(settings().age_bands_days),
        "small_sample_n": settings().small_sample_n,
        "older_than_days": OLD_DAYS,
        "fresh_within_days": settings().fresh_within_days,
        "burst_n": signals().thresholds.burst_n,
        "burst_minutes": signals().thresholds.burst_minutes,
        "busy_days_n": signals().thresholds.busy_days_n,
        "group_by": "none",
        "lacks": [],
        "measure": "received",
        "answered": "n",
        "offset": 0,
    }.get(name)
