"""What must not change when rows change in a way that does not matter, and what alone may."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline import queries
from pipeline.access import default_scope
from pipeline.warehouse import open_snapshot
from tests.oracle import histories
from tests.snapshots import Row, build, day, derived, finished, unit

FIRST, UPPER = day(5, 0), day(40, 0)
MOMENTS = (
    "received_at",
    "due_at",
    "first_due_at",
    "finished_at",
    "handed_over_at",
    "ended_at",
)
quick = settings(max_examples=12, deadline=None)


def summary(
    rows: Sequence[Row], first: datetime = FIRST, upper: datetime = UPPER, **given: Any
) -> dict[str, Any]:
    units = given.pop("units", None)
    with TemporaryDirectory() as folder:
        snapshot = open_snapshot(build(Path(folder), rows, units=units))
        assert snapshot is not None
        table = queries.run(
            snapshot,
            default_scope(),
            "summary",
            as_of=upper - timedelta(microseconds=1),
            first=first,
            upper=upper,
            **given,
        )
        snapshot.close()
    row: dict[str, Any] = table.to_pylist()[0]
    return row


@given(rows=histories.histories, order=st.randoms())
@quick
def test_the_order_of_rows_does_not_matter(rows: list[Row], order: Any) -> None:
    shuffled = list(rows)
    order.shuffle(shuffled)
    assert summary(shuffled) == summary(rows)


@given(rows=histories.histories)
@quick
def test_splitting_a_unit_in_two_leaves_its_parents_totals(rows: list[Row]) -> None:
    tree = [unit("P"), unit("U1", parent_id="P"), unit("U2", parent_id="P"), unit("U3")]
    halves = [
        row | {"unit_id": f"U1{'ab'[n % 2]}"} if row["unit_id"] == "U1" else row
        for n, row in enumerate(rows)
    ]
    split = [*tree, unit("U1a", parent_id="U1"), unit("U1b", parent_id="U1")]
    before = summary(rows, units=tree, unit="P")
    assert summary(halves, units=split, unit="P") == before
    assert summary(halves, units=split, unit="U1") == summary(rows, units=tree, unit="U1")


@given(rows=histories.histories, weeks=st.sampled_from((-20, 1, 9)))
@quick
def test_moving_every_date_by_whole_weeks_changes_nothing(rows: list[Row], weeks: int) -> None:
    shift = timedelta(weeks=weeks)
    moved = [
        derived(row | {name: row[name] and row[name] + shift for name in MOMENTS}) for row in rows
    ]
    assert summary(moved, FIRST + shift, UPPER + shift) == summary(rows)


@given(rows=histories.histories)
@quick
def test_one_more_dossier_in_time_moves_only_what_it_is_part_of(rows: list[Row]) -> None:
    one_more = finished(day(8), received_at=day(6), due_at=day(10), channel="counter")
    before, after = summary(rows), summary([*rows, one_more])
    counts = [name for name, value in after.items() if isinstance(value, int)]
    grown = {name for name in counts if after[name] != before[name]}
    assert all(after[name] == before[name] + 1 for name in grown)
    figures = {name for name in grown if not name.endswith(("_numerator", "_denominator"))}
    assert figures == {"received", "received_in_period", "counter", "resolved", "early"}


@given(rows=histories.histories)
@quick
def test_what_happens_after_the_moment_changes_nothing_before_it(rows: list[Row]) -> None:
    later = finished(UPPER + timedelta(days=1), received_at=UPPER, due_at=UPPER)
    assert summary([*rows, later]) == summary(rows)


@given(rows=histories.histories)
@quick
def test_the_next_periods_carried_over_is_this_periods_open(rows: list[Row]) -> None:
    this = summary(rows)
    following = summary(rows, UPPER, UPPER + timedelta(days=20))
    assert following["carried_over"] == this["open"]
