"""Where a dossier counts: edges of a period, the moment of judgement, the order of states."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from tests.snapshots import Board, Row, build, day, dossier, finished

MONTH = {"first": day(0, 0), "upper": day(31, 0)}
BEFORE_MIDNIGHT = day(31, 0) - timedelta(microseconds=1)
AS_OF = day(40)


def board(tmp_path: Path, *rows: Row) -> Board:
    return Board(build(tmp_path, rows), AS_OF)


def test_a_period_begins_at_midnight_and_ends_before_the_next(tmp_path: Path) -> None:
    ask = board(
        tmp_path,
        dossier(received_at=day(0, 0)),
        dossier(received_at=BEFORE_MIDNIGHT),
        dossier(received_at=day(31, 0)),
    )
    assert ask.one("summary", **MONTH)["received_in_period"] == 2


def test_closed_at_the_first_moment_of_a_period_is_carried_over_and_resolved_in_it(
    tmp_path: Path,
) -> None:
    ask = board(tmp_path, finished(day(31, 0), received_at=day(1)))
    before = ask.one("summary", **MONTH)
    after = ask.one("summary", first=day(31, 0), upper=day(40))
    assert (before["open"], before["resolved"]) == (1, 0)
    assert (after["carried_over"], after["resolved"]) == (1, 1)


def test_closed_in_the_last_moment_of_a_period_is_not_carried_over(tmp_path: Path) -> None:
    ask = board(tmp_path, finished(BEFORE_MIDNIGHT, received_at=day(1)))
    assert ask.one("summary", **MONTH)["resolved"] == 1
    assert ask.one("summary", first=day(31, 0))["received"] == 0


@pytest.mark.parametrize(
    ("end", "state"),
    [
        (day(9, 23), "early"),
        (day(10, 0), "on_time"),
        (day(10, 23.9), "on_time"),
        (day(11, 0), "late"),
    ],
)
def test_days_decide_and_not_hours(tmp_path: Path, end, state: str) -> None:
    summary = board(tmp_path, finished(end, due_at=day(10, 9))).one("summary")
    assert {name: summary[name] for name in ("early", "on_time", "late")} == {
        "early": 0,
        "on_time": 0,
        "late": 0,
    } | {state: 1}


@pytest.mark.parametrize(
    ("end", "state"), [(day(10, 8), "early"), (day(10, 9), "on_time"), (day(10, 9.5), "late")]
)
def test_a_source_may_let_the_instant_decide(tmp_path: Path, end, state: str) -> None:
    ask = board(tmp_path, finished(end, due_at=day(10, 9), on_time_rule="instant"))
    assert ask.one("summary")[state] == 1


def test_a_promise_is_overdue_when_its_day_is_over_and_not_before(tmp_path: Path) -> None:
    ask = board(tmp_path, dossier(due_at=day(10, 9)))
    assert ask.one("summary", as_of=day(10, 23.99))["open_overdue"] == 0
    assert ask.one("summary", as_of=day(11, 0))["open_overdue"] == 1


def test_by_the_instant_a_promise_is_overdue_the_moment_after(tmp_path: Path) -> None:
    ask = board(tmp_path, dossier(due_at=day(10, 9), on_time_rule="instant"))
    assert ask.one("summary", as_of=day(10, 9))["open_overdue"] == 0
    after = day(10, 9) + timedelta(microseconds=1)
    assert ask.one("summary", as_of=after)["open_overdue"] == 1


def test_a_past_period_is_judged_at_its_end(tmp_path: Path) -> None:
    ask = board(tmp_path, dossier(due_at=day(33)))
    assert ask.one("summary", **MONTH)["open_in_time"] == 1
    assert ask.one("summary")["open_overdue"] == 1


def test_what_ends_after_as_of_is_open_and_what_comes_after_is_not_there(tmp_path: Path) -> None:
    ask = board(tmp_path, finished(day(8)), dossier(received_at=day(6)))
    summary = ask.one("summary", as_of=day(5))
    assert (summary["received"], summary["open"], summary["resolved"]) == (1, 1, 0)


def test_a_stopped_clock_cannot_run_out(tmp_path: Path) -> None:
    ask = board(
        tmp_path,
        dossier(status="awaiting_supplement", due_at=day(1)),
        dossier(status="awaiting_payment", due_at=None),
    )
    summary = ask.one("summary")
    assert (summary["open_waiting"], summary["open_overdue"], summary["open_no_due"]) == (2, 0, 0)


def test_no_promise_is_neither_kept_nor_broken(tmp_path: Path) -> None:
    ask = board(tmp_path, dossier(due_at=None), finished(day(3), due_at=None))
    summary = ask.one("summary")
    assert (summary["open_no_due"], summary["resolved_no_due"]) == (1, 1)
    assert summary["on_time_rate_a_denominator"] == 0
    assert summary["on_time_rate_a"] is None


def test_an_unknown_status_counts_where_it_was_received_and_is_never_carried(
    tmp_path: Path,
) -> None:
    ask = board(tmp_path, dossier(status="unknown", status_text="Chờ thuế"))
    assert ask.one("summary", **MONTH)["status_unknown"] == 1
    assert ask.one("summary", first=day(31, 0))["received"] == 0
    assert ask.one("status_unknown")["status_text"] == "Chờ thuế"


def test_not_accepted_stands_apart(tmp_path: Path) -> None:
    summary = board(tmp_path, dossier(status="submitted")).one("summary")
    assert (summary["not_accepted"], summary["received"], summary["open"]) == (1, 0, 0)


def test_late_pick_up_is_not_a_late_dossier(tmp_path: Path) -> None:
    late_pick_up = finished(day(9), status="handed_over", handed_over_at=day(30))
    assert board(tmp_path, late_pick_up).one("summary")["early"] == 1


def test_a_kept_second_promise_is_late_against_the_first(tmp_path: Path) -> None:
    ask = board(tmp_path, finished(day(14), due_at=day(15), first_due_at=day(10), due_moves=1))
    summary = ask.one("summary")
    assert (summary["early"], summary["late"]) == (1, 0)
    assert (summary["late_against_first_promise"], summary["promise_moved"]) == (1, 1)


def test_nothing_at_all_is_zeros_and_rates_without_a_value(tmp_path: Path) -> None:
    summary = board(tmp_path).one("summary")
    assert summary["received"] == summary["open"] == 0
    assert summary["on_time_rate_b"] is None
    assert board(tmp_path / "again")("by_unit") == []


def test_a_worked_example_of_the_four_rates(tmp_path: Path) -> None:
    built = build(
        tmp_path,
        copies=[
            (finished(day(3)), 780),
            (finished(day(12)), 20),
            (dossier(due_at=day(50)), 150),
            (dossier(due_at=day(20)), 50),
        ],
    )
    summary = Board(built, AS_OF).one("summary")
    assert summary["on_time_rate_a"] == 780 / 800
    assert summary["on_time_rate_b"] == 930 / 1000
    assert summary["on_time_rate_c"] == 930 / 1000
    assert summary["on_time_rate_d"] == 780 / 1000
