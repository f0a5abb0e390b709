"""Hand-worked calendars, in tables that a person can check without reading code.

tests/unit/clock/limits.csv      when a limit ends, counted from receipt
tests/unit/clock/two_clocks.csv  what both clocks show of one dossier

Every row says in its last column how it was worked out; the code is tested against the rows.
"""

from __future__ import annotations

import csv
from datetime import datetime
from pathlib import Path
from typing import cast

import pytest

from pipeline.calendar import office_calendar
from pipeline.clock.facts import Case, Ending, Limit, LimitUnit, Promise, Wait
from pipeline.clock.lines import explain
from pipeline.clock.office import Office, is_end_of_day
from pipeline.clock.rules import Waiting, clock_rules
from pipeline.terms import time_limit

Row = dict[str, str]
TABLES = Path(__file__).parent / "clock"


def rows(name: str) -> list[Row]:
    with (TABLES / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


LIMITS, PAIRS = rows("limits.csv"), rows("two_clocks.csv")
OFFICE = Office(office_calendar(), clock_rules())


def moment(text: str) -> datetime:
    return datetime.strptime(text, "%d/%m/%Y %H:%M")


def limit(text: str) -> Limit:
    read = time_limit(text)
    assert read is not None, text
    return Limit(read[0], cast(LimitUnit, read[1]))


def written(due_at: datetime | None, row: Row) -> str:
    """A due moment as the tables write it: the day, with the hour before it where one counts."""
    if due_at is None:
        return ""
    # An appointment is made for an hour; only a limit in hours is kept by the hour.
    is_of_the_day = is_end_of_day(due_at) or ("promised" in row and "giờ" not in row["limit"])
    return f"{due_at:%d/%m/%Y}" if is_of_the_day else f"{due_at:%H:%M %d/%m/%Y}"


def case_of(row: Row) -> Case:
    waits = [
        wait(row, "supplement", "asked", "completed"),
        wait(row, "supplement", "asked_again", "completed_again"),
        wait(row, "payment", "payment_asked", "payment_done"),
    ]
    ending, _, ended_at = row["ended"].partition(" ")
    promised = moment(row["promised"]) if row["promised"] else None
    return Case(
        received_at=moment(row["received"]),
        limit=limit(row["limit"]) if row["limit"] else None,
        due_at=promised,
        ended_at=moment(ended_at) if ended_at else None,
        ending=cast(Ending, ending) if ending else None,
        waits=tuple(one for one in waits if one is not None),
        promises=(Promise(promised),) if promised else (),
    )


def wait(row: Row, waits_for: Waiting, asked: str, answered: str) -> Wait | None:
    if not row[asked]:
        return None
    until = moment(row[answered]) if row[answered] else None
    if until is not None and row["as_of"] and until > moment(row["as_of"]):
        until = None  # as `waits_of` leaves out what came later
    return Wait(waits_for, moment(row[asked]), until, is_open=until is None)


@pytest.mark.parametrize("row", LIMITS, ids=[row["case"] for row in LIMITS])
def test_a_limit_ends_where_a_person_counts_to(row: Row) -> None:
    due_at = OFFICE.end_of(moment(row["received"]), limit(row["limit"]))

    assert written(due_at, row) == row["due"], row["explanation"]


@pytest.mark.parametrize("row", PAIRS, ids=[row["case"] for row in PAIRS])
def test_both_clocks_show_what_a_person_works_out(row: Row) -> None:
    as_of = moment(row["as_of"]) if row["as_of"] else datetime(2030, 1, 1)
    told = explain(case_of(row), OFFICE, clock_rules(), as_of)

    law = (written(told.law.due_at, row), f"{told.law.used:g}", told.law.verdict)
    index = (written(told.index.due_at, row), f"{told.index.used:g}", told.index.verdict)
    assert law == (row["law_due"], row["law_used"], row["law_verdict"]), row["explanation"]
    assert index == (row["index_due"], row["index_used"], row["index_verdict"]), row["explanation"]


def test_every_row_says_how_it_was_worked_out_and_none_stands_twice() -> None:
    for table in (LIMITS, PAIRS):
        names = [row["case"] for row in table]
        assert len(set(names)) == len(names)
        assert [row["case"] for row in table if len(row["explanation"]) < 25] == []
    assert len(LIMITS) + len(PAIRS) > 80
