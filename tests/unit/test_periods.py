"""Periods by the calendar and by the reporting calendar, and the moment figures speak of."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import Refused
from pipeline.periods import (
    as_far_into,
    containing,
    free_period,
    months_between,
    parse_as_of,
    parse_period,
)


@pytest.mark.parametrize(
    ("key", "first", "last"),
    [
        ("2023-12", date(2023, 12, 1), date(2023, 12, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2023-Q4", date(2023, 10, 1), date(2023, 12, 31)),
        ("2023-H2", date(2023, 7, 1), date(2023, 12, 31)),
        ("2023-9M", date(2023, 1, 1), date(2023, 9, 30)),
        ("2023", date(2023, 1, 1), date(2023, 12, 31)),
        ("report:2023-12", date(2023, 11, 15), date(2023, 12, 14)),
        ("report:2023-01", date(2022, 12, 15), date(2023, 1, 14)),
        ("report:2023-Q1", date(2022, 12, 15), date(2023, 3, 14)),
        ("report:2023-H1", date(2022, 12, 15), date(2023, 6, 14)),
        ("report:2023-H2", date(2023, 6, 15), date(2023, 12, 14)),
        ("report:2023-9M", date(2022, 12, 15), date(2023, 9, 14)),
        ("report:2023", date(2022, 12, 15), date(2023, 12, 14)),
        ("2023-01-05..2023-02-03", date(2023, 1, 5), date(2023, 2, 3)),
    ],
)
def test_a_key_names_its_days_and_comes_back(key, first, last):
    period = parse_period(key)
    assert (period.first, period.last) == (first, last)
    assert period.key == key


def test_keys_are_read_in_any_case():
    assert parse_period(" 2023-q4 ").key == "2023-Q4"
    assert parse_period("Report:2023-9m").key == "report:2023-9M"


@pytest.mark.parametrize(
    "text",
    ["2023-13", "2023-00", "2023-Q5", "2023-H3", "2023-6M", "23", "", "12/2023", "report:all"],
)
def test_what_is_no_period_is_refused_with_the_ways_to_write_one(text):
    with pytest.raises(Refused, match=r"is not understood; write 2023, 2023-Q4"):
        parse_period(text)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("2023-02-30..2023-03-01", '"2023-02-30" is not a day'),
        ("2023-03-01..2023-02-01", "ends .* before it begins"),
        ("0001", "outside 1900 to 2999"),
        ("9999-12-31..9999-12-31", "outside 1900 to 2999"),
    ],
)
def test_impossible_days_are_refused(text, complaint):
    with pytest.raises(Refused, match=complaint):
        parse_period(text)


def test_the_upper_edge_is_the_next_midnight():
    period = parse_period("2023-12")
    assert period.lower == datetime(2023, 12, 1)
    assert period.upper == datetime(2024, 1, 1)


def test_all_of_time_has_edges_and_no_neighbours():
    period = parse_period("all")
    assert period.key == "all"
    assert period.lower == datetime(1, 1, 1)
    assert period.upper > datetime(2999, 12, 31)
    assert period.previous() is None
    assert period.same_last_year() is None
    assert not period.is_open(datetime(2023, 1, 1))


@pytest.mark.parametrize(
    ("key", "previous"),
    [
        ("2023-01", "2022-12"),
        ("2023-Q1", "2022-Q4"),
        ("2023-H1", "2022-H2"),
        ("2023", "2022"),
        ("2023-9M", "2022-9M"),
        ("report:2023-01", "report:2022-12"),
        ("report:2023-Q2", "report:2023-Q1"),
        ("2023-01-01..2023-03-31", "2022-10-01..2022-12-31"),  # whole months: as many months
        ("2024-03-01..2024-03-31", "2024-02-01..2024-02-29"),
        ("2023-01-11..2023-01-20", "2023-01-01..2023-01-10"),  # otherwise as many days
    ],
)
def test_the_previous_period(key, previous):
    assert parse_period(key).previous() == parse_period(previous)


@pytest.mark.parametrize(
    ("key", "before"),
    [
        ("2023-12", "2022-12"),
        ("report:2023-Q1", "report:2022-Q1"),
        ("2024-02-29..2024-02-29", "2023-02-28..2023-02-28"),
        ("2025-02-01..2025-02-28", "2024-02-01..2024-02-29"),  # a whole month stays whole
        ("2025-02-10..2025-02-28", "2024-02-10..2024-02-28"),
    ],
)
def test_the_same_period_a_year_before(key, before):
    assert parse_period(key).same_last_year() == parse_period(before)


@given(
    st.dates(date(1990, 1, 1), date(2090, 12, 31)),
    st.sampled_from(["month", "quarter", "half", "year"]),
    st.sampled_from(["calendar", "report"]),
)
def test_periods_that_come_round_follow_each_other_without_gap_or_overlap(day, kind, calendar):
    period = containing(kind, calendar, day)
    assert period.first <= day <= period.last
    previous = period.previous()
    assert previous is not None
    assert previous.last + timedelta(days=1) == period.first
    assert parse_period(period.key) == period


@pytest.mark.parametrize(
    ("calendar", "day", "key"),
    [
        ("report", date(2023, 12, 14), "report:2023-12"),
        ("report", date(2023, 12, 15), "report:2024-01"),
        ("calendar", date(2023, 12, 15), "2023-12"),
    ],
)
def test_the_reporting_month_turns_on_the_15th(calendar, day, key):
    assert containing("month", calendar, day).key == key


def test_the_last_quarter_belongs_to_the_nine_months_just_ended():
    assert containing("nine_months", "calendar", date(2023, 11, 1)).key == "2023-9M"
    assert containing("nine_months", "report", date(2023, 12, 20)).key == "report:2024-9M"


def test_months_between_two_days():
    months = [m.key for m in months_between(date(2022, 12, 31), date(2023, 2, 1))]
    assert months == ["2022-12", "2023-01", "2023-02"]
    reporting = months_between(date(2022, 12, 31), date(2023, 1, 14), "report")
    assert [m.key for m in reporting] == ["report:2023-01"]
    assert months_between(date(2023, 2, 2), date(2023, 2, 1)) == []


def test_a_period_is_open_until_its_last_day_is_over():
    december = parse_period("2023-12")
    assert december.is_open(datetime(2023, 12, 31, 17))
    assert not december.is_open(parse_as_of("2023-12-31"))
    assert not december.is_open(datetime(2024, 1, 1))


@pytest.mark.parametrize(
    ("key", "vi", "en"),
    [
        ("2023-12", "Tháng 12/2023", "December 2023"),
        ("2023-Q4", "Quý IV/2023", "Q4 2023"),
        ("2023-H1", "6 tháng đầu năm 2023", "First half of 2023"),
        ("2023-9M", "9 tháng đầu năm 2023", "First nine months of 2023"),
        ("2023", "Năm 2023", "2023"),
        (
            "report:2023-12",
            "Kỳ báo cáo tháng 12/2023 (15/11–14/12/2023)",
            "Reporting month December 2023 (15 Nov–14 Dec 2023)",
        ),
        (
            "report:2023-Q1",
            "Kỳ báo cáo quý I/2023 (15/12/2022–14/03/2023)",
            "Reporting quarter Q1 2023 (15 Dec 2022–14 Mar 2023)",
        ),
        ("2023-01-01..2023-03-31", "Từ 01/01/2023 đến 31/03/2023", "1 Jan 2023 to 31 Mar 2023"),
        ("2023-01-05..2023-01-05", "Ngày 05/01/2023", "5 Jan 2023"),
        ("all", "Toàn bộ thời gian", "All time"),
    ],
)
def test_a_period_has_a_name_in_both_languages(key, vi, en):
    assert parse_period(key).label("vi") == vi
    assert parse_period(key).label("en") == en


def test_free_dates_in_the_wrong_order_are_refused():
    with pytest.raises(Refused, match="swap the two days"):
        free_period(date(2023, 2, 1), date(2023, 1, 1))


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2023-12-31", datetime(2023, 12, 31, 23, 59, 59, 999999)),
        ("31/12/2023", datetime(2023, 12, 31, 23, 59, 59, 999999)),
        ("03/04/2025", datetime(2025, 4, 3, 23, 59, 59, 999999)),  # day first, always
        ("2023-12-31T17:00", datetime(2023, 12, 31, 17)),
        ("2023-12-31 17:00:01.5", datetime(2023, 12, 31, 17, 0, 1, 500000)),
        ("17:00 31/12/2023", datetime(2023, 12, 31, 17)),
        ("31/12/2023 8:05", datetime(2023, 12, 31, 8, 5)),
        ("2023-12-31T17:00:00Z", datetime(2024, 1, 1)),
        ("2023-12-31T17:00+07:00", datetime(2023, 12, 31, 17)),
        ("2023-12-31T00:00", datetime(2023, 12, 31)),  # a midnight that is said is meant
    ],
)
def test_a_moment_is_read_as_local_time(text, moment):
    assert parse_as_of(text) == moment


@pytest.mark.parametrize(
    "text",
    [
        "",
        "now",
        "2023-12",
        "31-12-2023",
        "2023-02-30",
        "2023-12-31T24:00",
        "12/31/2023",
        "9999-12-31",
    ],
)
def test_what_is_no_moment_is_refused_and_quoted(text):
    with pytest.raises(Refused, match=f'^Moment "{text}" '):
        parse_as_of(text)


@pytest.mark.parametrize(
    ("earlier", "period", "reached", "until"),
    [
        ("2023-11", "2023-12", datetime(2023, 12, 25, 10), datetime(2023, 11, 25, 10)),
        ("2022-12", "2023-12", datetime(2023, 12, 25, 10), datetime(2022, 12, 25, 10)),
        ("2023-02", "2023-03", datetime(2023, 3, 30, 10), datetime(2023, 2, 28, 10)),
        ("2022", "2023", datetime(2023, 11, 25), datetime(2022, 11, 25)),
        ("2023-Q3", "2023-Q4", datetime(2023, 12, 25), datetime(2023, 9, 25)),
        ("report:2023-11", "report:2023-12", datetime(2023, 12, 2), datetime(2023, 11, 2)),
        (
            "2023-01-03..2023-01-12",
            "2023-02-01..2023-02-10",
            datetime(2023, 2, 4),
            datetime(2023, 1, 6),
        ),
    ],
)
def test_half_a_period_is_compared_with_half_of_another(
    earlier: str, period: str, reached: datetime, until: datetime
) -> None:
    assert as_far_into(parse_period(earlier), parse_period(period), reached) == until


def test_a_period_that_is_over_is_compared_with_the_whole_of_another() -> None:
    february, march = parse_period("2023-02"), parse_period("2023-03")

    assert as_far_into(february, march, march.upper) == february.upper
