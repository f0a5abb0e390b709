"""As of when the board speaks while nobody names a moment."""

from __future__ import annotations

from datetime import datetime

import pytest

from pipeline.errors import Refused
from pipeline.moment import Moment, end_of_day, floored, working_days_since
from pipeline.moment import default_as_of as decided

FRIDAY = datetime(2025, 3, 7, 16, 30)
MONDAY = datetime(2025, 3, 10, 9, 7, 30)


def default_as_of(facts: dict[str, str], now: datetime) -> Moment:
    return decided(facts, now, fresh_within_days=3)


def meta(data_at: datetime | None, built_at: datetime = FRIDAY) -> dict[str, str]:
    return {"built_at": built_at.isoformat()} | (
        {"data_at": data_at.isoformat()} if data_at else {}
    )


def test_fresh_data_are_spoken_of_as_of_now_in_steps_of_ten_minutes() -> None:
    assert default_as_of(meta(FRIDAY), MONDAY) == Moment(datetime(2025, 3, 10, 9, 0), is_live=True)


def test_now_is_never_before_the_snapshot_was_built() -> None:
    built_at = datetime(2025, 3, 10, 9, 4)
    assert default_as_of(meta(FRIDAY, built_at), MONDAY).as_of == built_at


def test_a_weekend_does_not_make_data_old() -> None:
    wednesday = datetime(2025, 3, 12, 8, 0)  # three working days after Friday
    assert default_as_of(meta(FRIDAY), wednesday).is_live


def test_old_data_are_spoken_of_as_of_the_end_of_their_last_day() -> None:
    thursday = datetime(2025, 3, 13, 8, 0)  # the fourth working day
    moment = default_as_of(meta(FRIDAY), thursday)
    assert moment == Moment(datetime(2025, 3, 7, 23, 59, 59, 999999), is_live=False)


def test_the_office_decides_how_long_data_speak_of_today() -> None:
    wednesday = datetime(2025, 3, 12, 8, 0)
    assert not decided(meta(FRIDAY), wednesday, fresh_within_days=2).is_live


def test_a_snapshot_without_dated_rows_is_as_old_as_its_making() -> None:
    assert default_as_of(meta(None), MONDAY).is_live
    assert not default_as_of(meta(None), datetime(2025, 6, 1)).is_live


def test_a_snapshot_that_does_not_say_when_it_was_built_is_refused() -> None:
    with pytest.raises(Refused, match="built_at"):
        default_as_of({}, MONDAY)


def test_working_days_since_counts_today_and_never_less_than_nothing() -> None:
    assert working_days_since(FRIDAY, FRIDAY) == 0
    assert working_days_since(FRIDAY, MONDAY) == 1
    assert working_days_since(MONDAY, FRIDAY) == 0


def test_holidays_are_not_working_days() -> None:
    # 30/4 and 1/5/2025 are holidays, 2/5 was swapped for Saturday 26/4.
    assert working_days_since(datetime(2025, 4, 29), datetime(2025, 5, 4)) == 0


def test_a_whole_step_stays_where_it_is() -> None:
    assert floored(datetime(2025, 3, 10, 9, 10)) == datetime(2025, 3, 10, 9, 10)
    assert floored(datetime(2025, 3, 10, 9, 9, 59)) == datetime(2025, 3, 10, 9, 0)


def test_the_end_of_a_day_is_still_that_day() -> None:
    assert end_of_day(FRIDAY).date() == FRIDAY.date()
