"""Working days, worked out by hand from the published holiday notices."""

from datetime import date, timedelta

import pytest

from pipeline.calendar import (
    OVERRIDES,
    Override,
    WorkCalendar,
    add_working_days,
    calendar_version,
    is_working_day,
    read_overrides,
    working_day_on_or_after,
    working_days,
    working_days_between,
)
from pipeline.errors import BadConfiguration

HEADER = "day,kind,note_vi,note_en,source\n"


def days_off(first: date, last: date) -> list[date]:
    """Weekdays between two days on which nobody works."""
    return [d.day for d in working_days(first, last) if d.day.weekday() < 5 and not d.is_working]


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (date(2024, 2, 8), date(2024, 2, 14)),  # Thursday to Wednesday
        (date(2025, 1, 27), date(2025, 1, 31)),  # Monday to Friday
        (date(2026, 2, 16), date(2026, 2, 20)),  # Monday to Friday
    ],
)
def test_tet_lasts_from_to(first, last):
    week = timedelta(days=7)
    expected = [
        first + timedelta(days=n)
        for n in range((last - first).days + 1)
        if (first + timedelta(days=n)).weekday() < 5
    ]
    assert days_off(first - week, last + week) == expected


@pytest.mark.parametrize(
    ("off", "worked"),
    [
        (date(2024, 4, 29), date(2024, 5, 4)),
        (date(2025, 5, 2), date(2025, 4, 26)),
        (date(2026, 1, 2), date(2026, 1, 10)),  # the library misses this one
        (date(2026, 8, 31), date(2026, 8, 22)),
        (date(2015, 1, 2), date(2014, 12, 27)),  # across New Year
    ],
)
def test_a_swapped_day_is_off_and_its_saturday_worked(off, worked):
    assert off.weekday() < 5
    assert not is_working_day(off)
    assert worked.weekday() == 5
    assert is_working_day(worked)


def test_a_saturday_beside_a_worked_one_stays_off():
    assert not is_working_day(date(2026, 1, 3))
    assert not is_working_day(date(2026, 1, 17))


def test_the_culture_day_is_off_from_2026_and_not_before():
    assert not is_working_day(date(2026, 11, 24))
    assert is_working_day(date(2025, 11, 24))


def test_a_holiday_on_a_sunday_is_made_up_on_monday():
    monday = working_days(date(2026, 4, 27), date(2026, 4, 27))[0]
    assert not monday.is_working
    assert monday.note == "Ngày Giỗ Tổ Hùng Vương (nghỉ bù)"
    assert is_working_day(date(2026, 4, 28))


def test_notes_say_why_in_both_languages_and_only_where_there_is_a_reason():
    ordinary, holiday = working_days(date(2025, 9, 1), date(2025, 9, 3))[1:][::-1]
    assert (holiday.note, holiday.note_en) == ("Quốc khánh", "National Day")
    assert (ordinary.note, ordinary.note_en) == (None, None)


def test_a_note_of_the_override_table_wins():
    day = working_days(date(2026, 1, 2), date(2026, 1, 2))[0]
    assert day.note == "Nghỉ hoán đổi (làm bù ngày 10/01/2026)"


def test_both_ends_of_a_range_belong_to_it():
    days = [d.day for d in working_days(date(2025, 3, 3), date(2025, 3, 5))]
    assert days == [date(2025, 3, 3), date(2025, 3, 4), date(2025, 3, 5)]


def test_a_range_that_ends_before_it_begins_has_no_days():
    assert working_days(date(2025, 3, 5), date(2025, 3, 4)) == []


@pytest.mark.parametrize(
    ("received", "limit", "due"),
    [
        (date(2025, 3, 3), 5, date(2025, 3, 10)),  # Monday + 5 = next Monday, not Friday
        (date(2025, 1, 24), 3, date(2025, 2, 5)),  # Friday before Tết: 3, 4, 5 February
        (date(2025, 4, 25), 3, date(2025, 4, 29)),  # Saturday 26 worked, then 28 and 29
        (date(2025, 4, 29), 1, date(2025, 5, 5)),  # 30/4, 1/5, 2/5 and the weekend are off
        (date(2026, 1, 9), 1, date(2026, 1, 10)),  # the swapped Saturday counts
        (date(2025, 3, 8), 1, date(2025, 3, 10)),  # received on a Saturday
    ],
)
def test_a_due_day_is_the_nth_working_day_after_receipt(received, limit, due):
    assert add_working_days(received, limit) == due
    assert working_days_between(received, due) == limit


@pytest.mark.parametrize(
    ("due", "ends"),
    [
        (date(2025, 3, 8), date(2025, 3, 10)),  # Saturday -> Monday
        (date(2026, 2, 16), date(2026, 2, 23)),  # inside Tết -> Monday after it
        (date(2026, 1, 2), date(2026, 1, 5)),  # swapped day off
        (date(2026, 1, 10), date(2026, 1, 10)),  # worked Saturday stays
        (date(2025, 3, 7), date(2025, 3, 7)),
    ],
)
def test_a_limit_that_runs_out_on_a_day_off_ends_on_the_next_working_day(due, ends):
    assert working_day_on_or_after(due) == ends
    assert add_working_days(due, 0) == ends


def test_counting_backwards_skips_days_off():
    assert add_working_days(date(2025, 3, 10), -1) == date(2025, 3, 7)


def test_days_between_are_signed_and_do_not_count_the_day_of_the_event():
    friday, monday = date(2025, 3, 7), date(2025, 3, 10)
    assert working_days_between(friday, monday) == 1
    assert working_days_between(monday, friday) == -1
    assert working_days_between(friday, friday) == 0
    assert working_days_between(friday, date(2025, 3, 9)) == 0


def test_far_years_have_weekends_only():
    assert is_working_day(date(2205, 1, 1)) is (date(2205, 1, 1).weekday() < 5)
    assert working_days(date(9999, 12, 31), date(9999, 12, 31))[0].is_working


def test_the_version_changes_with_a_day_and_not_with_a_note():
    day = date(2027, 2, 11)
    off = WorkCalendar({day: Override(day, "off", "a", "a", "s")})
    renamed = WorkCalendar({day: Override(day, "off", "b", "b", "s")})
    worked = WorkCalendar({day: Override(day, "worked", "a", "a", "s")})
    assert off.version() == renamed.version()
    assert off.version() != worked.version()
    assert calendar_version().startswith("holidays ")


def test_every_override_of_the_project_names_its_source():
    overrides = read_overrides(OVERRIDES).values()
    assert overrides
    assert all(o.source and o.note_vi and o.note_en for o in overrides)


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        ("day,kind,note_vi,note_en,source,colour\n", 'column "colour" is not known'),
        ("day,kind,note_vi,note_en\n", 'column "source" must occur exactly once'),
        (HEADER + "2026-01-02,holiday,,,\n", 'line 2: kind "holiday" is not known'),
        (HEADER + "02/01/2026,off,,,\n", 'line 2: day "02/01/2026" is not a date'),
        (
            HEADER + "2026-01-02,off,,,\n2026-01-02,worked,,,\n",
            "line 3: day 2026-01-02 occurs twice",
        ),
        (HEADER + "2026-01-02,off,a,b,12729/VPCP, 25/12\n", "line 2: 6 values under 5 columns"),
        ("", 'column "day" must occur exactly once'),
    ],
)
def test_a_wrong_override_is_refused_by_name(tmp_path, content, complaint):
    path = tmp_path / "holidays.csv"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(BadConfiguration, match=complaint):
        read_overrides(path)
