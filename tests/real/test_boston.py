"""A city's year of service cases, judged by us and, case by case, by the city itself."""

from __future__ import annotations

import csv
import gzip
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from pipeline import queries
from pipeline.access import default_scope
from pipeline.ingest import Result, ingest
from pipeline.warehouse import Snapshot, open_snapshot
from tests.conftest import REAL, once

FILE = "boston311_2015_slim.csv.gz"
SOURCE = str(Path(__file__).parent / "sources" / "boston.toml")
END = datetime(2017, 1, 1)


@pytest.fixture(scope="module")
def boston(shared_folder: Path) -> Snapshot:
    """The year, taken in once per run: read it, never write to it."""
    folder = shared_folder / "boston"
    with once(folder) as is_first:
        if is_first:
            done = ingest([REAL / FILE], folder / "warehouse", source=SOURCE)
            (folder / "done.json").write_text(done.as_json(), encoding="utf-8")
            assert_nothing_lost(done)
    snapshot = open_snapshot(folder / "warehouse")
    assert isinstance(snapshot, Snapshot)
    return snapshot


def assert_nothing_lost(done: Result) -> None:
    assert (done.read, done.accepted, done.rejected, done.duplicate) == (121_145, 121_145, 0, 0)


def summary(snapshot: Snapshot, as_of: datetime) -> dict[str, Any]:
    table = queries.run(snapshot, default_scope(), "summary", as_of=as_of)
    return dict(table.to_pylist()[0])


def verdicts(snapshot: Snapshot) -> dict[str, str]:
    """Dossier code -> our timing, of every closed case."""
    with snapshot.cursor(default_scope()) as con:
        rows = con.execute("select dossier_code, timing from dossier where outcome = 'resolved'")
        return dict(rows.fetchall())


def official() -> dict[str, str]:
    """Dossier code -> the city's flag, of closed cases with a target."""
    with gzip.open(REAL / FILE, "rt", encoding="utf-8", newline="") as file:
        return {
            row["CASE_ENQUIRY_ID"]: row["OnTime_Status"]
            for row in csv.DictReader(file)
            if row["CASE_STATUS"] == "Closed" and row["TARGET_DT"]
        }


def test_every_case_is_counted_once(boston: Snapshot) -> None:
    found = summary(boston, END)
    assert found["received"] == 121_145
    assert (found["resolved"], found["open"]) == (101_272, 19_873)
    assert found["status_unknown"] == 0


def test_closed_cases_with_a_target_are_late_to_the_second(boston: Snapshot) -> None:
    found = summary(boston, END)
    assert found["early"] + found["on_time"] + found["late"] == 79_208
    assert found["late"] == 19_154  # 17,252 would be the comparison of days


def test_cases_without_a_target_are_counted_apart(boston: Snapshot) -> None:
    found = summary(boston, END)
    assert found["resolved_no_due"] == 22_064
    assert found["resolved_no_due"] + found["open_no_due"] == 26_991


def test_our_verdict_is_the_city_s_in_every_case_it_judged(boston: Snapshot) -> None:
    ours = verdicts(boston)
    city = {code: flag for code, flag in official().items() if flag}
    disagreeing = {
        code: (flag, ours[code])
        for code, flag in city.items()
        if (ours[code] == "late") != (flag == "OVERDUE")
    }
    assert len(city) == 79_126
    assert set(city.values()) == {"ONTIME", "OVERDUE"}
    assert disagreeing == {}


def test_open_cases_are_overdue_from_the_moment_of_their_target(boston: Snapshot) -> None:
    found = summary(boston, datetime(2016, 1, 13))
    with_target = found["open_in_time"] + found["open_overdue"] + found["open_waiting"]
    assert with_target == 14_946
    assert found["open_overdue"] == 11_445
