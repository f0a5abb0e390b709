"""The query `dossier_clock`: rows of facts in, rows of lines out, the results at the end."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from itertools import groupby
from typing import Any, cast

import pyarrow as pa

from pipeline.calendar import office_calendar
from pipeline.clock.compare import Checked, Found
from pipeline.clock.facts import (
    Case,
    Change,
    Ending,
    Letter,
    Limit,
    LimitUnit,
    Listing,
    Record,
    Step,
)
from pipeline.clock.lines import explain
from pipeline.clock.office import Office
from pipeline.clock.promises import promises_of
from pipeline.clock.reading import Reading
from pipeline.clock.rules import Rule, Rules, clock_rules, in_force
from pipeline.clock.story import Line
from pipeline.clock.waits import waits_of
from pipeline.promises import Rule as PromiseRule
from pipeline.wording import LANGUAGES

Row = Mapping[str, Any]
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
_ENDED = ("resolved", "refused", "withdrawn", "stopped")
_FACTS = ("listed", "changed", "step", "letter")


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
    first, record = facts[0], record_of(facts)
    case = case_of(facts, record, office, rules, as_of)
    told = explain(case, office, rules, as_of)
    limit = {"limit_value": first["limit_value"], "limit_unit": first["limit_unit"]}
    yield from (_line(line) | limit for line in told.lines)
    if _contradicts(record, case, as_of):
        yield {"part": "line", "kind": "status_contradicts", "detail": record.status}
    yield _promise(first, case)
    yield _result("law", told.law, told.law_rule) | limit
    yield _result("index_766", told.index, told.index_rule) | limit
    yield _check(told.check) | limit | {"at": told.law.since}
    yield from (_difference(found) for found in told.differences)


# Facts to values


def record_of(facts: Sequence[Row]) -> Record:
    """What the rows of one dossier tell about its waits and promises."""
    first = facts[0]
    by_fact = {name: [row for row in facts if row["fact"] == name] for name in _FACTS}
    return Record(
        status=first["status"],
        is_open=first["phase"] in ("open", "status_unknown"),
        ending=_ending(first),
        ended_at=first["closed_at"] if _ending(first) else None,
        supplement_requested_at=first["supplement_requested_at"],
        supplement_completed_at=first["supplement_completed_at"],
        first_due_at=first["first_due_at"],
        due_at=first["due_at"],
        lists=tuple(Listing(row["batch_no"], row["at"]) for row in by_fact["listed"]),
        changes=tuple(
            Change(row["batch_no"], row["at"], row["name"], row["old_value"], row["new_value"])
            for row in by_fact["changed"]
        ),
        steps=tuple(
            Step(row["name"], row["at"], row["until"], bool(row["is_other_agency"]))
            for row in by_fact["step"]
        ),
        letters=tuple(Letter(row["at"], row["until"]) for row in by_fact["letter"]),
    )


def case_of(
    facts: Sequence[Row], record: Record, office: Office, rules: Rules, as_of: datetime
) -> Case:
    """One dossier as the clocks need it, from its facts."""
    first = facts[0]
    received: datetime = first["received_at"]
    limit = None
    if first["limit_value"] is not None and first["limit_unit"] is not None:
        limit = Limit(first["limit_value"], cast(LimitUnit, first["limit_unit"]))
    waits = waits_of(record, as_of, rules.step_words)
    own = [row["at"] for row in facts if row["fact"] == "step" and row["is_own_unit"]]
    start = in_force(rules.start, received.date())
    levels = start.elsewhere_levels if start else ()
    return Case(
        received_at=received,
        limit=limit,
        field_name=first["field_name"],
        due_at=first["due_at"],
        ended_at=record.ended_at,
        ending=record.ending,
        is_elsewhere=bool(first["is_received_elsewhere"]) and first["receiving_level"] in levels,
        competent_at=min((at for at in own if at is not None), default=None),
        waits=waits,
        tells_supplements=bool(first["tells_supplements"]),
        promises=promises_of(
            record,
            waits,
            {
                office.end_of(wait.answered_at, limit).date(): wait.answered_at
                for wait in waits
                if limit and wait.waits_for == "supplement" and wait.answered_at
            },
        ),
    )


def _ending(row: Row) -> Ending | None:
    return cast(Ending, row["phase"]) if row["phase"] in _ENDED else None


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


def _promise(first: Row, case: Case) -> dict[str, Any]:
    """The appointment itself, judged as everywhere on the board; left: working days."""
    state = first["end_state"] or first["open_state"] or "unknown"
    left = first["days_left"] if first["days_left"] is not None else first["days_over"]
    is_over = first["days_over"] is not None
    return {
        "part": "result",
        "kind": "promise",
        "at": case.received_at,
        "due_at": case.due_at,
        "verdict": "ended" if first["phase"] in ("refused", "withdrawn", "stopped") else state,
        "amount": -left if is_over else left,
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
