"""The query `dossier_clock`: rows of facts in, rows of lines out, the results at the end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import groupby
from typing import Any

import pyarrow as pa

from pipeline.calendar import WorkCalendar, office_calendar
from pipeline.clock.compare import Checked, Found
from pipeline.clock.dossier import Row, case_of, record_of
from pipeline.clock.facts import Case, Record
from pipeline.clock.lines import explain
from pipeline.clock.office import Office
from pipeline.clock.reading import Reading
from pipeline.clock.rules import Rule, Rules, clock_rules
from pipeline.clock.story import Line
from pipeline.promises import Rule as PromiseRule
from pipeline.wording import LANGUAGES

_SKIPPED = pa.struct(
    [
        ("first", pa.date32()),
        ("last", pa.date32()),
        ("days", pa.int32()),
        ("reason", pa.string()),
        ("name_vi", pa.string()),
        ("name_en", pa.string()),
    ]
)
_MOMENT, _TEXT, _NUMBER = pa.timestamp("us"), pa.string(), pa.float64()
# part: line | result | check | difference. kind: of a line its sentence, of a result its clock
# (promise | law | index_766), of the rest the reason. Numbers of a clock are in limit_unit, months
# in days; amount is in amount_unit.
SCHEMA = pa.schema(
    [
        ("system", _TEXT),
        ("dossier_code", _TEXT),
        ("line_no", pa.int32()),
        ("part", _TEXT),
        ("kind", _TEXT),
        ("at", _MOMENT),
        ("known", _TEXT),
        ("law_does", _TEXT),
        ("law_used", _NUMBER),
        ("law_left", _NUMBER),
        ("index_does", _TEXT),
        ("index_used", _NUMBER),
        ("index_left", _NUMBER),
        ("limit_value", _NUMBER),
        ("limit_unit", _TEXT),
        ("was_due_at", _MOMENT),
        ("due_at", _MOMENT),
        ("verdict", _TEXT),
        ("promise_differs", _NUMBER),
        ("amount", _NUMBER),
        ("amount_unit", _TEXT),
        ("skipped", pa.list_(_SKIPPED)),
        ("detail", _TEXT),
        ("legal_basis", _TEXT),
        ("confidence", _TEXT),
        ("note_vi", _TEXT),
        ("note_en", _TEXT),
        ("index_basis", _TEXT),
        ("index_confidence", _TEXT),
        ("index_note_vi", _TEXT),
        ("index_note_en", _TEXT),
    ]
)


def explained(facts: pa.Table, as_of: datetime) -> pa.Table:
    """Lines and results of every dossier in the facts, in the shape of SCHEMA."""
    rules = clock_rules()
    office = Office(office_calendar(), rules)
    rows: list[dict[str, Any]] = []
    for _, group in groupby(facts.to_pylist(), key=lambda row: row["system"]):
        of_it = list(group)
        if of_it[0]["phase"] == "not_accepted":
            told = [{"part": "line", "kind": "not_accepted", "at": of_it[0]["received_at"]}]
        else:
            told = list(_told(of_it, office, rules, as_of))
        for number, row in enumerate(told, start=1):
            row |= {"system": of_it[0]["system"], "dossier_code": of_it[0]["dossier_code"]}
            rows.append(row | {"line_no": number})
    return pa.Table.from_pylist(rows, schema=SCHEMA)


def _told(
    facts: Sequence[Row], office: Office, rules: Rules, as_of: datetime
) -> Iterator[dict[str, Any]]:
    record = record_of(facts)
    case = case_of(facts, record, office, rules, as_of)
    told = explain(case, office, rules, as_of)
    limit = {}
    if case.limit is not None:
        limit = {"limit_value": case.limit.value, "limit_unit": case.limit.unit}
    yield from (_line(line) | limit for line in told.lines)
    if _contradicts(record, case, as_of):
        yield {"part": "line", "kind": "status_contradicts", "detail": record.status}
    yield _promise(facts[0], case, office_calendar(), as_of)
    yield _result("law", told.law, told.law_rule) | limit
    yield _result("index_766", told.index, told.index_rule) | limit
    yield _check(told.check) | limit | {"at": told.law.since}
    yield from (_difference(found) for found in told.differences)


def _contradicts(record: Record, case: Case, as_of: datetime) -> bool:
    """The status says that it waits, and every request that is known has been answered."""
    wanted = {"awaiting_supplement": "supplement", "awaiting_payment": "payment"}.get(record.status)
    is_known = all(listing.at <= as_of for listing in record.lists)
    waits = [wait for wait in case.waits if wait.waits_for == wanted]
    return bool(wanted and record.is_open and is_known and not any(w.is_open for w in waits))


# Values to rows


def _line(line: Line) -> dict[str, Any]:
    told = {
        "part": "line",
        "kind": line.kind,
        "at": line.at,
        "known": line.known,
        "law_does": line.law,
        "index_does": line.index,
        **_shown("law", line.law_reading),
        **_shown("index", line.index_reading),
        "was_due_at": line.was_due_at,
        "due_at": line.due_at,
        "amount": line.amount,
        "skipped": [vars(one) for one in line.skipped],
        "detail": line.detail,
        **_basis(line.rule),
        **_basis(line.index_rule, "index_basis", "index_"),
    }
    # The note of the start rule is about dossiers handed in elsewhere.
    return told | {"note_vi": None, "note_en": None} if line.kind == "received" else told


def _shown(clock: str, reading: Reading | None) -> dict[str, Any]:
    if reading is None:
        return {}
    return {f"{clock}_used": reading.used, f"{clock}_left": reading.left}


def _basis(
    rule: Rule | PromiseRule | None, basis: str = "legal_basis", of: str = ""
) -> dict[str, Any]:
    if rule is None:
        return {}
    told: dict[str, Any] = {basis: rule.legal_basis, f"{of}confidence": rule.confidence}
    if isinstance(rule, Rule):
        told |= {f"{of}note_{language}": rule.note(language) or None for language in LANGUAGES}
    return told


def _promise(first: Row, case: Case, calendar: WorkCalendar, as_of: datetime) -> dict[str, Any]:
    """The appointment itself, judged as everywhere on the board; amount: working days left."""
    state = first["end_state"] or first["open_state"] or "unknown"
    amount = None
    if case.due_at is not None and state == "in_time":
        amount = calendar.between(as_of.date(), calendar.on_or_after(case.due_at.date()))
    if case.due_at is not None and state == "overdue":
        amount = -calendar.between(case.due_at.date(), as_of.date())
    return {
        "part": "result",
        "kind": "promise",
        "at": case.received_at,
        "due_at": case.due_at,
        "verdict": "ended" if case.ending in ("refused", "withdrawn", "stopped") else state,
        "amount": amount,
        "amount_unit": "working_day",
    }


def _result(kind: str, reading: Reading, rule: Rule | None) -> dict[str, Any]:
    return {
        "part": "result",
        "kind": kind,
        "at": reading.since,
        "due_at": reading.due_at,
        "verdict": reading.verdict,
        **_shown("law" if kind == "law" else "index", reading),
        **_basis(rule),
        **({"note_vi": None, "note_en": None} if kind == "law" else {}),
    }


def _check(checked: Checked) -> dict[str, Any]:
    return {
        "part": "check",
        "kind": checked.agreement,
        "was_due_at": checked.expected_at,
        "due_at": checked.promised_at,
        "promise_differs": checked.amount if checked.expected_at else None,
        "amount_unit": checked.unit,
    }


def _difference(found: Found) -> dict[str, Any]:
    return {
        "part": "difference",
        "kind": found.reason,
        "amount": found.amount,
        "amount_unit": found.unit,
        "law_does": found.law,
        "index_does": found.index,
    }
