"""The queries against plain Python on random histories: equal to the unit."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline import queries
from pipeline.access import default_scope
from pipeline.warehouse import Snapshot, open_snapshot
from tests.oracle import histories, plain
from tests.snapshots import build, day

BEGINNING = datetime(1, 1, 1)
DAYS_OFF = (day(7).date(), day(32).date())
COUNTS = (
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
    "resolved",
    "early",
    "on_time",
    "late",
    "resolved_no_due",
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
)
TREND = (
    "received",
    "received_in_period",
    "carried_over",
    "early",
    "on_time",
    "late",
    "resolved_no_due",
    "resolved",
    "ended_otherwise",
    "open",
    "open_in_time",
    "open_overdue",
    "open_no_due",
    "open_waiting",
)
# From time itself; a calendar month; a reporting month (15th to 14th); inside a month; two months.
PERIODS = (
    (BEGINNING, day(64)),
    (day(0, 0), day(31, 0)),
    (day(14, 0), day(45, 0)),
    (day(4, 0), day(7, 0)),
    (day(31, 0), day(60, 9)),
    (day(5, 9), day(5, 9) + plain.MICROSECOND),
)
periods = st.sampled_from(PERIODS)
quick = settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


class Board:
    """A snapshot of random rows, asked about one period."""

    def __init__(self, folder: str, rows: Any, period: Any, answers: Any = ()) -> None:
        self.period = plain.Period(period[0], period[1], DAYS_OFF)
        built = build(Path(folder), rows, answers=answers, days_off=DAYS_OFF)
        opened = open_snapshot(built)
        assert isinstance(opened, Snapshot)
        self.snapshot = opened

    def ask(self, name: str, **given: Any) -> list[dict[str, Any]]:
        table = queries.run(
            self.snapshot,
            default_scope(),
            name,
            as_of=self.period.judged_at,
            first=self.period.first,
            upper=self.period.upper,
            **given,
        )
        rows: list[dict[str, Any]] = table.to_pylist()
        return rows

    def ask_now(self, name: str, **given: Any) -> list[dict[str, Any]]:
        """As `ask`, of a query that looks at a moment and not at a period."""
        wanted = queries.named(name).parameters
        upper = {"upper": self.period.upper} if "upper" in wanted else {}
        table = queries.run(
            self.snapshot, default_scope(), name, as_of=self.period.judged_at, **upper, **given
        )
        rows: list[dict[str, Any]] = table.to_pylist()
        return rows


def only_counts(row: dict[str, Any]) -> dict[str, int]:
    return {name: row[name] for name in COUNTS}


def expected(rows: Any, period: plain.Period) -> dict[str, int]:
    found = plain.counts(rows, period)
    return {name: found[name] for name in COUNTS}


@given(rows=histories.histories, period=periods)
@quick
def test_summary_counts_what_plain_python_counts(rows: Any, period: Any) -> None:
    with TemporaryDirectory() as folder:
        board = Board(folder, rows, period)
        (summary,) = board.ask("summary")
    assert only_counts(summary) == expected(rows, board.period)
    for name, rate in plain.rates(plain.counts(rows, board.period)).items():
        assert summary[name] == pytest.approx(rate), name


@given(rows=histories.histories, period=periods)
@quick
def test_every_breakdown_counts_what_plain_python_counts(rows: Any, period: Any) -> None:
    keys = {
        "by_unit": (("unit_id",), lambda row: (row["unit_id"],)),
        "by_field": (("field_name",), lambda row: (row["field_name"],)),
        "by_channel": (("channel",), lambda row: (row["channel"],)),
        "by_procedure": (
            ("procedure_key",),
            lambda row: (row["procedure_code"] or row["procedure_name"],),
        ),
        "by_officer": (
            ("officer_name", "unit_id"),
            lambda row: (row["officer_name"], row["unit_id"] if row["officer_name"] else None),
        ),
    }
    with TemporaryDirectory() as folder:
        board = Board(folder, rows, period)
        for query, (columns, key) in keys.items():
            wanted = {
                group: counts
                for group, members in plain.grouped(rows, key).items()
                if any((counts := expected(members, board.period)).values())
            }
            found = {
                tuple(row[column] for column in columns): only_counts(row)
                for row in board.ask(query)
            }
            assert found == wanted, query


@given(rows=histories.histories, period=periods)
@quick
def test_filters_leave_what_plain_python_leaves(rows: Any, period: Any) -> None:
    with TemporaryDirectory() as folder:
        board = Board(folder, rows, period)
        for given_filter, keep in (
            ({"field": "Đất đai"}, lambda row: row["field_name"] == "Đất đai"),
            ({"procedure": "2.000815"}, lambda row: row["procedure_code"] == "2.000815"),
            ({"channel": "any_online"}, lambda row: row["channel"] in plain.ONLINE),
            ({"system": "S"}, lambda row: True),
        ):
            (summary,) = board.ask("summary", **given_filter)
            kept = [row for row in rows if keep(row)]
            assert only_counts(summary) == expected(kept, board.period), given_filter


@given(rows=histories.histories, period=periods)
@quick
def test_queues_hold_what_plain_python_puts_there(rows: Any, period: Any) -> None:
    with TemporaryDirectory() as folder:
        board = Board(folder, rows, period)
        buckets = {row["bucket"]: row["n"] for row in board.ask_now("queue_counts")}
        soon = {row["dossier_code"]: row["days_left"] for row in board.ask_now("due_soon")}
        over = {row["dossier_code"]: row["days_over"] for row in board.ask_now("overdue")}
        queue = board.ask_now("queue")
    now = plain.Period(BEGINNING, board.period.upper, DAYS_OFF)
    wanted = plain.queue_counts(rows, now)
    assert buckets == {name: wanted[name] for name in buckets}
    assert sum(buckets.values()) == sum(wanted.values()) == len(queue)
    in_time = [row for row in rows if plain.open_state(row, now) == "in_time"]
    assert soon == {
        row["dossier_code"]: left for row in in_time if (left := plain.days_left(row, now)) <= 3
    }
    assert over == {
        row["dossier_code"]: plain.days_over(row, now)
        for row in rows
        if plain.open_state(row, now) == "overdue"
    }


@given(rows=histories.histories, period=periods)
@quick
def test_every_count_of_the_summary_lists_as_many_dossiers(rows: Any, period: Any) -> None:
    with TemporaryDirectory() as folder:
        board = Board(folder, rows, period)
        (summary,) = board.ask("summary")
        for measure in COUNTS:
            assert len(board.ask("dossiers", measure=measure)) == summary[measure], measure


@given(rows=histories.histories, period=st.sampled_from(PERIODS[1:]))
@quick
def test_each_month_of_the_trend_is_that_months_summary(rows: Any, period: Any) -> None:
    with TemporaryDirectory() as folder:
        board = Board(folder, rows, period)
        trend = {row["month"]: row for row in board.ask("trend")}
    for month in plain.months(board.period):
        key = month.first.date().replace(day=1)
        if key not in trend:  # before the first month of which there is anything
            assert not any(plain.counts(rows, month).values())
            continue
        wanted = plain.counts(rows, month)
        for name in TREND:
            assert trend[key][name] == wanted[name], (key, name)
        for name, rate in plain.rates(wanted).items():
            assert trend[key][name] == pytest.approx(rate), (key, name)


@given(rows=histories.histories, period=st.sampled_from(PERIODS[1:]))
@quick
def test_online_counts_what_was_received_in_each_month(rows: Any, period: Any) -> None:
    with TemporaryDirectory() as folder:
        board = Board(folder, rows, period)
        found = {row["month"]: row for row in board.ask("online")}
    for month in plain.months(board.period):
        wanted = plain.counts(rows, month)
        row = found.pop(month.first.date().replace(day=1), None)
        assert (row["received_in_period"] if row else 0) == wanted["received_in_period"]
        assert (row["online_in_period"] if row else 0) == wanted["online_in_period"]
    assert not found


@given(answers=st.lists(histories.answers(), max_size=12), period=periods)
@quick
def test_satisfaction_counts_what_plain_python_counts(answers: Any, period: Any) -> None:
    with TemporaryDirectory() as folder:
        board = Board(folder, [], period, answers)
        by_unit = {row["group_key"]: row for row in board.ask("satisfaction", group_by="unit")}
        (summary,) = board.ask("summary")
    everyone = plain.satisfaction(answers, board.period)
    assert summary["satisfied_rate_denominator"] == everyone["n"]
    assert summary["satisfied_rate"] == pytest.approx(everyone["satisfied_rate"])
    for unit_id, members in plain.grouped(answers, lambda row: row["unit_id"]).items():
        wanted = plain.satisfaction(members, board.period)
        row = by_unit.get(unit_id)
        if row is None:
            assert wanted["n"] == wanted["dont_know"] == 0
            continue
        for name, value in wanted.items():
            assert row[name] == pytest.approx(value), name


@given(rows=histories.histories, period=periods)
@quick
def test_every_identity_holds(rows: Any, period: Any) -> None:
    with TemporaryDirectory() as folder:
        identities = Board(folder, rows, period).ask("identities")
    assert len(identities) == 15
    assert [row["identity"] for row in identities if row["difference"]] == []
