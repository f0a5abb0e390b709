"""A real receipt desk from two formats: one answer."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from pipeline import queries
from pipeline.access import default_scope
from pipeline.ingest import ingest
from pipeline.warehouse import Snapshot, open_snapshot
from tests.conftest import REAL

SOURCE = str(Path(__file__).parent / "sources" / "coselog.toml")
END = datetime(2013, 1, 1)
CASE_COLUMNS = (
    "select dossier_code, unit_id, officer_name, channel, received_at, due_at, finished_at, timing"
    " from dossier order by dossier_code"
)
STEP_COLUMNS = (
    "select dossier_code, step_name, officer_name, finished_at from dossier_step"
    " order by dossier_code, finished_at, step_name, officer_name"
)


@pytest.fixture(scope="module")
def desks(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Snapshot]:
    """Format -> the desk's snapshot."""
    opened = {}
    for form, name in (("csv", "receipt.csv"), ("xes", "08_receipt.xes.gz")):
        warehouse = tmp_path_factory.mktemp(form)
        done = ingest([REAL / name], warehouse, source=SOURCE)
        assert (done.read, done.rejected, done.duplicate) == (8_577, 0, 0)
        snapshot = open_snapshot(warehouse)
        assert isinstance(snapshot, Snapshot)
        opened[form] = snapshot
    return opened


def rows(snapshot: Snapshot, select: str) -> list[tuple[Any, ...]]:
    with snapshot.cursor(default_scope()) as con:
        return con.execute(select).fetchall()


@pytest.mark.parametrize("form", ["csv", "xes"])
def test_events_fold_into_dossiers_judged_by_the_local_day(
    desks: dict[str, Snapshot], form: str
) -> None:
    found = queries.run(desks[form], default_scope(), "summary", as_of=END).to_pylist()[0]
    assert found["received"] == 1_434
    assert found["open"] == 105
    assert found["late"] == 309  # to the second 377, by the day in UTC 358


@pytest.mark.parametrize("form", ["csv", "xes"])
def test_every_event_is_a_step(desks: dict[str, Snapshot], form: str) -> None:
    assert rows(desks[form], "select count(*) from dossier_step") == [(8_577,)]


def test_both_formats_tell_the_same_of_every_dossier(desks: dict[str, Snapshot]) -> None:
    from_csv, from_xes = (rows(desks[form], CASE_COLUMNS) for form in ("csv", "xes"))
    assert len(from_csv) == 1_434
    assert from_csv == from_xes


def test_both_formats_tell_the_same_of_every_step(desks: dict[str, Snapshot]) -> None:
    from_csv, from_xes = (rows(desks[form], STEP_COLUMNS) for form in ("csv", "xes"))
    assert len(from_csv) == 8_577
    assert from_csv == from_xes


@pytest.mark.parametrize("form", ["csv", "xes"])
def test_dossiers_with_events_after_their_end_are_named(
    desks: dict[str, Snapshot], form: str
) -> None:
    found = queries.run(
        desks[form], default_scope(), "dossiers", as_of=END, finding="closed_before_done"
    ).to_pylist()
    with_later_day = rows(
        desks[form],
        "select count(*) from (select dossier.dossier_code from dossier join dossier_step as step"
        " on step.dossier_code = dossier.dossier_code where dossier.closed_at is not null"
        " group by all having max(step.finished_at)::date > any_value(dossier.closed_at)::date)",
    )
    assert len(found) == with_later_day[0][0]
    assert 0 < len(found) <= 145  # 145 cases have events after their end, some on the same day


@pytest.mark.parametrize("form", ["csv", "xes"])
def test_every_event_is_timed_and_both_formats_take_as_long(
    desks: dict[str, Snapshot], form: str
) -> None:
    timed = queries.run(desks[form], default_scope(), "step_times", as_of=END).to_pylist()
    assert sum(row["step_n"] for row in timed) == 8_577
    other = queries.run(desks["csv"], default_scope(), "step_times", as_of=END).to_pylist()
    days = {row["step_name"]: (row["step_n"], row["spent_days_sum"]) for row in timed}
    assert {row["step_name"]: row["step_n"] for row in other} == {
        name: n for name, (n, _) in days.items()
    }


def test_late_dossiers_turn_late_at_a_step_of_theirs(desks: dict[str, Snapshot]) -> None:
    turned = queries.run(desks["csv"], default_scope(), "step_turning", as_of=END).to_pylist()
    assert sum(row["late_n"] for row in turned) == turned[0]["with_slip_n"]
    assert turned[0]["with_slip_n"] <= turned[0]["all_late_n"]
