"""What an office decides about its hours and Saturdays, and what is said to be skipped."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from pipeline.calendar import office_calendar
from pipeline.clock.facts import Limit, LimitUnit
from pipeline.clock.office import Office, Skipped, is_end_of_day
from pipeline.clock.rules import clock_rules

FRIDAY = datetime(2025, 8, 8, 16)


def office(table: str, **changed: Any) -> Office:
    """An office whose rules of one table say something else."""
    rules = clock_rules()
    entries = tuple(rule.model_copy(update=changed) for rule in getattr(rules, table))
    return Office(office_calendar(), rules.model_copy(update={table: entries}))


def usual() -> Office:
    return Office(office_calendar(), clock_rules())


@pytest.mark.parametrize(
    ("saturday", "in_hours", "in_days"),
    [
        ("off", datetime(2025, 8, 11, 10, 30), date(2025, 8, 12)),
        ("morning", datetime(2025, 8, 9, 10, 30), date(2025, 8, 12)),
        ("whole_day", datetime(2025, 8, 9, 10, 30), date(2025, 8, 11)),
    ],
)
def test_a_saturday_counts_as_the_office_says(
    saturday: str, in_hours: datetime, in_days: date
) -> None:
    # Friday 16:00 + 4 h: one hour on Friday; + 2 working days: Saturday counts only as a whole day.
    one = office("office_hours", saturday=saturday)
    assert one.end_of(FRIDAY, Limit(4, "hour")) == in_hours
    assert one.end_of(FRIDAY, Limit(2, "working_day")).date() == in_days


def test_a_saturday_that_is_a_holiday_is_off_for_every_office() -> None:
    tet = date(2024, 2, 10)
    assert not office("office_hours", saturday="whole_day").is_working(tet)
    assert office("office_hours", saturday="morning").sessions(tet) == []


def test_a_sunday_never_counts() -> None:
    assert not office("office_hours", saturday="whole_day").is_working(date(2025, 8, 10))


def test_half_a_day_may_last_the_whole_one() -> None:
    due_at = office("office_hours", half_day="end_of_day").end_of(FRIDAY, Limit(0.5, "working_day"))
    assert due_at.date() == date(2025, 8, 11)
    assert is_end_of_day(due_at)


@pytest.mark.parametrize(
    ("changed", "limit", "due"),
    [
        ({"day_of_event": "counted"}, Limit(5, "day"), date(2025, 8, 12)),
        ({"last_day_off": "stays"}, Limit(1, "day"), date(2025, 8, 9)),
        ({}, Limit(1, "day"), date(2025, 8, 11)),
    ],
)
def test_counting_follows_its_rule(changed: dict[str, str], limit: Limit, due: date) -> None:
    assert office("counting", **changed).end_of(FRIDAY, limit).date() == due


def test_a_month_without_the_day_ends_as_its_rule_says() -> None:
    limit = Limit(1, "month")
    received = datetime(2026, 3, 31, 9)
    assert usual().end_of(received, limit).date() == date(2026, 5, 4)  # 30/4, 1/5, weekend: off
    other = office("counting", missing_day="first_of_next", last_day_off="stays")
    assert other.end_of(received, limit).date() == date(2026, 5, 1)


def test_half_a_month_is_fifteen_days() -> None:
    due = usual().end_of(datetime(2026, 6, 1, 9), Limit(1.5, "month"))
    assert due.date() == date(2026, 7, 16)


def test_tet_is_one_holiday_with_one_name_and_weekends_stand_apart() -> None:
    skipped = usual().skipped(datetime(2026, 2, 13), datetime(2026, 2, 23))
    assert skipped == (
        Skipped(date(2026, 2, 14), date(2026, 2, 22), 4, "weekend"),
        Skipped(
            date(2026, 2, 16), date(2026, 2, 20), 5, "holiday", "Tết Nguyên Đán", "Lunar New Year"
        ),
    )


def test_part_of_tet_bears_the_name_of_the_whole() -> None:
    (holiday,) = usual().skipped(datetime(2026, 2, 18, 9), datetime(2026, 2, 20, 9))
    assert (holiday.first, holiday.days, holiday.name_vi) == (
        date(2026, 2, 19),
        2,
        "Tết Nguyên Đán",
    )


def test_a_swap_names_the_day_off_and_the_saturday_worked_for_it() -> None:
    skipped = usual().skipped(datetime(2025, 12, 31), datetime(2026, 1, 12))
    told = {(one.reason, one.first): one.name_vi for one in skipped}
    assert told[("holiday", date(2026, 1, 1))] == (
        "Tết Dương lịch, Nghỉ hoán đổi (làm bù ngày 10/01/2026)"
    )
    assert told[("worked", date(2026, 1, 10))] == "Làm bù cho ngày nghỉ 02/01/2026"


def test_the_day_of_the_event_is_never_skipped() -> None:
    assert usual().skipped(datetime(2026, 2, 16), datetime(2026, 2, 16, 17)) == ()


def test_english_names_write_days_before_months() -> None:
    (swap, _) = usual().skipped(datetime(2026, 8, 30), datetime(2026, 8, 31))[:1] * 2
    assert swap.name_en == "Day off in exchange for 22/08/2026, National Day"


@pytest.mark.parametrize(
    ("unit", "amount"), [("working_day", -2.0), ("day", -4.0), ("hour", -15.0)]
)
def test_time_runs_backwards_as_it_runs_forwards(unit: LimitUnit, amount: float) -> None:
    # Tuesday 12/8 16:00 back to Friday 8/8 16:00: 7.5 h a day on Monday and Tuesday.
    assert usual().passed(datetime(2025, 8, 12, 16), FRIDAY, unit) == amount
    assert usual().passed(FRIDAY, datetime(2025, 8, 12, 16), unit) == -amount


def test_an_appointment_on_a_day_off_is_put_off_from_the_next_working_day() -> None:
    saturday = datetime(2025, 8, 9, 17)
    assert usual().later(saturday, 1, "working_day") == datetime(2025, 8, 12, 17)
    assert usual().later(saturday, 0, "working_day") == saturday
