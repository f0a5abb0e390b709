"""The demo holds what a clock explains, as often as the marker says, and the clock tells it."""

from __future__ import annotations

from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pytest

from pipeline import queries
from pipeline.access import default_scope
from pipeline.calendar import working_days
from pipeline.demo import marker
from pipeline.demo.province import read_procedures
from pipeline.warehouse import Snapshot, open_snapshot
from tests.conftest import DEMO_AS_OF
from tests.unit.test_demo_planted import Row, all_rows, days, moment, named, table

AS_OF = datetime.combine(DEMO_AS_OF, time.max)
TETS = (  # first and last day on which nobody works, weekends included
    (date(2024, 2, 8), date(2024, 2, 14)),
    (date(2025, 1, 25), date(2025, 2, 2)),
    (date(2026, 2, 14), date(2026, 2, 22)),
    (date(2027, 2, 4), date(2027, 2, 10)),  # the library's assumption until it is announced
)


@pytest.fixture(scope="module")
def exports(demo_exports: Path) -> list[Path]:
    """The folders of the demo, the oldest first."""
    return [demo_exports / name for name in marker.read(demo_exports)["exports"]]


@pytest.fixture(scope="module")
def planted(demo_exports: Path) -> dict[str, int]:
    counts: dict[str, int] = marker.read(demo_exports)["planted"]
    return counts


@pytest.fixture(scope="module")
def rows(exports: list[Path]) -> list[Row]:
    return [row for of_system in all_rows(exports[-1]).values() for row in of_system]


@pytest.fixture(scope="module")
def snapshot(demo_warehouse: Path) -> Snapshot:
    opened = open_snapshot(demo_warehouse)
    assert opened is not None
    return opened


def listed(export: Path, system: str) -> list[Row]:
    paths = [path for path in (export / system).iterdir() if path.name != marker.NAME]
    return [named(row) for path in sorted(paths) for row in table(path)]


def twice_asked(exports: list[Path], rows: list[Row]) -> list[str]:
    """Codes whose request in the last list is another one than in the newest export."""
    now = {row["code"]: moment(row.get("asked", "")) for row in rows}
    before = listed(exports[-2], "mot-cua-cap-xa")
    pairs = {row["code"]: moment(row["asked"]) for row in before if row["asked"]}
    return [code for code, asked in pairs.items() if now[code] and now[code] != asked]


def paying(exports: list[Path]) -> set[str]:
    """Codes that an earlier list of iGate shows waiting for a payment."""
    return {
        row["code"]
        for export in exports[:-1]
        for row in listed(export, "igate")
        if row["status"] == "Yêu cầu thực hiện nghĩa vụ tài chính"
    }


def elsewhere(rows: list[Row]) -> list[str]:
    return [row["code"] for row in rows if row.get("taken_in_by", row["unit"]) != row["unit"]]


def lines(snapshot: Snapshot, code: str) -> list[dict[str, Any]]:
    told = queries.run(snapshot, default_scope(), "dossier_clock", as_of=AS_OF, dossier=code)
    found: list[dict[str, Any]] = told.to_pylist()
    return found


def verdicts(told: list[dict[str, Any]]) -> dict[str, str]:
    return {row["kind"]: row["verdict"] for row in told if row["part"] == "result"}


def test_each_case_stands_in_the_files_as_often_as_the_marker_says(
    planted: dict[str, int], exports: list[Path], rows: list[Row]
) -> None:
    hours = {one.code for one in read_procedures() if one.limit_unit == "hour"}
    found = {
        "clock_supplement": sum(bool(row.get("asked")) for row in rows),
        "clock_two_supplements": len(twice_asked(exports, rows)),
        "clock_payment": len(paying(exports)),
        "clock_received_elsewhere": len(elsewhere(rows)),
        "clock_in_hours": len(
            {row["code"] or row["received"] for row in rows if row.get("procedure") in hours}
        ),
        "clock_over_tet": len({row["code"] for row in rows if row["code"] and is_over_tet(row)}),
    }
    assert found == {name: n for name, n in planted.items() if name.startswith("clock_")}
    assert min(found.values()) >= 1


def is_over_tet(row: Row) -> bool:
    received, due = days(row, "received"), days(row, "due")
    if received is None or due is None or (row.get("finished") and not moment(row["finished"])):
        return False
    return any(received < first and due > last for first, last in TETS)


def test_the_days_of_tet_are_those_of_the_calendar() -> None:
    for first, last in TETS:
        assert not any(day.is_working for day in working_days(first, last))


def test_a_second_supplement_counts_as_late_by_766_and_restarts_the_law(
    exports: list[Path], rows: list[Row], snapshot: Snapshot
) -> None:
    for code in twice_asked(exports, rows):
        told = lines(snapshot, code)
        kinds = [row["kind"] for row in told]
        assert kinds.count("supplement_asked") == 2
        assert "asked_again" in kinds
        assert "promise_moved" not in kinds  # set anew after a supplement: no extension
        assert verdicts(told)["index_766"] in ("late", "overdue")
        assert verdicts(told)["law"] not in ("late", "overdue")


def test_a_payment_that_only_lists_show_is_dated_by_the_lists(
    exports: list[Path], snapshot: Snapshot
) -> None:
    for code in sorted(paying(exports)):
        told = {row["kind"]: row for row in lines(snapshot, code)}
        assert told["payment_asked"]["known"] == told["payment_answered"]["known"] == "list"
        assert (told["payment_asked"]["law_does"], told["payment_asked"]["index_does"]) == (
            "stops",
            "runs",
        )
        assert told["payment_answered"]["at"] > told["payment_asked"]["at"]


def test_a_dossier_of_another_counter_starts_at_its_agency(
    rows: list[Row], snapshot: Snapshot
) -> None:
    for code in elsewhere(rows):
        told = {row["kind"]: row for row in lines(snapshot, code)}
        assert told["received_elsewhere"]["law_does"] is None
        assert told["received_elsewhere"]["index_does"] == "starts"
        assert told["received_by_competent"]["at"] > told["received_elsewhere"]["at"]


def test_the_promises_of_the_demo_agree_with_the_limits(
    rows: list[Row], snapshot: Snapshot
) -> None:
    agreements = {}
    for row in rows[:: len(rows) // 60]:
        for line in lines(snapshot, row["code"]) if row["code"] else []:
            if line["part"] == "check":
                agreements[row["code"]] = line["kind"]
    assert len(agreements) > 40
    fitting = [
        code for code, kind in agreements.items() if kind in ("law", "no_promise", "no_limit")
    ]
    assert len(fitting) > 0.8 * len(agreements)


def test_nothing_after_as_of_is_told(rows: list[Row], snapshot: Snapshot) -> None:
    for row in rows[:: len(rows) // 40]:
        for line in lines(snapshot, row["code"]) if row["code"] else []:
            assert line["at"] is None or line["at"] <= AS_OF
