"""Every cell of a breakdown lists as many dossiers as it counts, on random histories."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import HealthCheck, given, settings

from tests.oracle import histories
from tests.snapshots import Board, build, day, dossier, unit
from tests.unit.test_oracle import periods

few = settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
LATE = {"measure": "late_or_overdue"}
# A unit below another: a link that takes the branches along counts too many.
UNITS = [unit("U1"), unit("U2", parent_id="U1"), unit("U3")]


class Asked:
    """A snapshot of random rows and one period of it."""

    def __init__(self, folder: str, rows: Any, period: Any) -> None:
        self.board = Board(build(Path(folder), rows, units=UNITS), as_of=period[1])
        self.period = {"first": period[0], "upper": period[1]}

    def rows(self, query: str) -> list[dict[str, Any]]:
        return self.board(query, **self.period)

    def listed(self, **narrowed: Any) -> int:
        return len(self.board("dossiers", **self.period, **narrowed))


def narrowed(**named: str | None) -> dict[str, Any]:
    """What leads to the dossiers of these values, None for those without one."""
    lacks = [name for name, value in named.items() if value is None]
    there = {("at_unit" if k == "unit" else k): v for k, v in named.items() if v is not None}
    return {**there, **({"lacks": lacks} if lacks else {})}


@given(rows=histories.histories, period=periods)
@few
def test_a_cell_of_the_heat_map(rows: Any, period: Any) -> None:
    with TemporaryDirectory() as folder:
        asked = Asked(folder, rows, period)
        for cell in asked.rows("heatmap"):
            where = narrowed(unit=cell["unit_id"], field=cell["field_name"])
            assert asked.listed(**LATE, **where) == cell["late_or_overdue"]
            assert asked.listed(measure="received", **where) == cell["received"]


@given(rows=histories.histories, period=periods)
@few
def test_a_place_and_an_officer(rows: Any, period: Any) -> None:
    with TemporaryDirectory() as folder:
        asked = Asked(folder, rows, period)
        for place in asked.rows("hotspots"):
            where = narrowed(
                unit=place["unit_id"],
                field=place["field_name"],
                procedure=place["procedure_key"],
            )
            assert asked.listed(**LATE, **where) == place["late_or_overdue"]
        for officer in asked.rows("by_officer"):
            name = officer["officer_name"]
            at = {"unit": officer["unit_id"]} if name else {}
            where = narrowed(officer=name, **at)
            assert asked.listed(measure="received", **where) == officer["received"]


@given(rows=histories.histories, period=periods)
@few
def test_a_band_of_age_and_the_old_of_a_unit(rows: Any, period: Any) -> None:
    with TemporaryDirectory() as folder:
        asked = Asked(folder, rows, period)
        upper = {"upper": period[1]}
        for band in asked.board("overdue_age", bands=[1, 7, 30, 900], **upper):
            between = {"over_from": band["from_days"]}
            if band["to_days"] is not None:
                between["over_to"] = band["to_days"]
            assert asked.listed(measure="open_overdue", **between) == band["overdue_n"]
        for left in (0, 1, 2):
            rows_left = asked.board("due_soon", horizon=left, **upper)
            days_left = [row["days_left"] for row in rows_left]
            between = {"left_from": left, "left_to": left}
            listed = asked.listed(measure="open_in_time", **between)
            assert listed == days_left.count(left)
        for place in asked.board("old_open", older_than_days=20, **upper):
            where = narrowed(unit=place["unit_id"])
            assert asked.listed(measure="open", older_than=20, **where) == place["old_open"]


def test_dossiers_without_a_letter_are_those_that_no_letter_went_out_for(tmp_path: Path) -> None:
    silent, answered, later = (dossier(due_at=day(3)) for _ in range(3))
    letter = {"system": "S", "batch_no": 1, "ordinal": 1}
    ask = Board(
        build(
            tmp_path,
            [silent, answered, later],
            apology=[
                letter | {"dossier_code": answered["dossier_code"], "issued_at": day(2)},
                letter | {"dossier_code": later["dossier_code"], "issued_at": day(20)},
            ],
        ),
        day(10),
    )

    listed = {row["dossier_code"] for row in ask("dossiers", lacks=["letter"], **LATE)}

    assert listed == {silent["dossier_code"], later["dossier_code"]}


def test_two_officers_of_one_name_are_two(tmp_path: Path) -> None:
    ask = Board(build(tmp_path, [dossier(), dossier(unit_id="U2"), dossier(unit_id="U2")]), day(10))

    found = {(row["officer_name"], row["unit_id"]): row["received"] for row in ask("by_officer")}

    assert found == {("Trần Thị Bình", "U1"): 1, ("Trần Thị Bình", "U2"): 2}
