"""Figures are compared over time only where their units are the same ones."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from pipeline.access import scope_from_text
from tests.snapshots import Board, Row, build, day, dossier, unit

YEAR = {"first": datetime(2025, 1, 1), "upper": datetime(2026, 1, 1)}
JULY = date(2025, 7, 1)


def board(tmp_path: Path, units: list[Row], successors: list[Row] | None = None, **given: Any):
    return Board(
        build(tmp_path, [dossier()], units=units, unit_successor=successors or []),
        day(800),
        **given,
    )


def became(old: str, new: str) -> Row:
    return {"old_unit_id": old, "new_unit_id": new, "from_date": JULY, "relation": "merged"}


def test_a_unit_that_took_over_another_is_another_one(tmp_path: Path) -> None:
    ask = board(tmp_path, [unit("U1"), unit("U2"), unit("U3")], [became("U2", "U1")])

    assert ask.one("reorganised", unit="U1", **YEAR) == {"day": JULY, "is_known": True}
    assert ask.one("reorganised", unit="U2", **YEAR)["day"] == JULY
    assert ask.one("reorganised", unit="U3", **YEAR)["day"] is None


def test_what_merges_inside_a_department_leaves_its_sum_alone(tmp_path: Path) -> None:
    units = [unit("U1"), unit("U1a", parent_id="U1"), unit("U1b", parent_id="U1")]
    ask = board(tmp_path, units, [became("U1a", "U1b")])

    assert ask.one("reorganised", unit="U1", **YEAR)["day"] is None
    assert ask.one("reorganised", unit="U1b", **YEAR)["day"] == JULY


def test_the_whole_province_stays_comparable(tmp_path: Path) -> None:
    units = [unit("U1"), unit("U2"), unit("U4", valid_from=JULY)]
    ask = board(tmp_path, units, [became("U2", "U1")])

    assert ask.one("reorganised", **YEAR) == {"day": None, "is_known": True}


def test_a_unit_that_only_begins_is_not_compared_with_nothing(tmp_path: Path) -> None:
    ask = board(tmp_path, [unit("U1"), unit("U4", valid_from=JULY)])

    assert ask.one("reorganised", unit="U4", **YEAR)["day"] == JULY
    assert ask.one("reorganised", unit="U1", **YEAR)["day"] is None


@pytest.mark.parametrize(
    ("first", "upper"),
    [
        (datetime(2025, 7, 1), datetime(2026, 1, 1)),  # both sides lie after the day
        (datetime(2024, 1, 1), datetime(2025, 7, 1)),  # both sides lie before it
    ],
)
def test_a_day_outside_the_two_periods_changes_nothing(
    tmp_path: Path, first: datetime, upper: datetime
) -> None:
    ask = board(tmp_path, [unit("U1"), unit("U2")], [became("U2", "U1")])

    assert ask.one("reorganised", unit="U1", first=first, upper=upper)["day"] is None


def test_a_list_without_dates_knows_of_no_reorganisation(tmp_path: Path) -> None:
    assert not board(tmp_path, [unit("U1")]).one("reorganised", unit="U1", **YEAR)["is_known"]


def test_the_viewer_of_one_unit_is_told_of_its_own(tmp_path: Path) -> None:
    ask = board(
        tmp_path,
        [unit("U1"), unit("U2"), unit("U3")],
        [became("U2", "U1")],
        scope=scope_from_text("unit_leader:U1"),
    )

    assert ask.one("reorganised", **YEAR)["day"] == JULY
