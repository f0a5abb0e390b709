"""Officers on screen: no rate of few, an interval for the others, and nothing for peers."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from pipeline import queries
from pipeline.access import scope_from_text
from pipeline.warehouse import open_snapshot
from tests.pages.conftest import OpenPage, texts
from tests.snapshots import build, day, finished

AS_OF = "2024-02-05"
NOW = datetime(2024, 2, 5, 12)


def january(warehouse: Path) -> None:
    """Bình: 36 of 40 in time. Cường: three dossiers, all late."""
    binh = [finished(day(5), due_at=day(10)) for _ in range(36)]
    binh += [finished(day(15), due_at=day(10)) for _ in range(4)]
    cuong = [
        finished(day(15), due_at=day(10), officer_name="Lê Văn Cường", unit_id="U2")
        for _ in range(3)
    ]
    build(warehouse, [*binh, *cuong])


def test_a_rate_comes_with_both_numbers_and_its_interval(
    warehouse: Path, open_page: OpenPage
) -> None:
    january(warehouse)

    table = open_page("officers", as_of=AS_OF, period="2024-01").dataframe[0].value

    row = table[table["officer_name"] == "Trần Thị Bình"].iloc[0]
    assert row["on_time_rate_a"] == 0.9
    assert (row["of"], row["interval"]) == ("36/40", "77% – 96%")


def test_few_dossiers_make_no_rate_of_a_person(warehouse: Path, open_page: OpenPage) -> None:
    january(warehouse)

    app = open_page("officers", as_of=AS_OF, period="2024-01")

    table = app.dataframe[0].value
    row = table[table["officer_name"] == "Lê Văn Cường"].iloc[0]
    assert row["on_time_rate_a"] != row["on_time_rate_a"]  # nothing, not 0 %
    assert (row["of"], row["remark"]) == ("0/3", "Ít hồ sơ")
    assert "**1 trong 2 cán bộ có đủ hồ sơ" in texts(app)


def test_a_head_of_unit_sees_his_own_officers(warehouse: Path, open_page: OpenPage) -> None:
    january(warehouse)

    app = open_page(
        "officers", **{"as_of": AS_OF, "period": "2024-01", "role": "unit_leader", "as": "U2"}
    )

    assert list(app.dataframe[0].value["officer_name"]) == ["Lê Văn Cường"]


@pytest.mark.parametrize("role", ["staff", "coordinator", "steward"])
def test_nobody_else_opens_the_screen(warehouse: Path, open_page: OpenPage, role: str) -> None:
    january(warehouse)

    app = open_page("officers", **{"as_of": AS_OF, "role": role, "as": "U1"})

    assert not app.dataframe
    assert "Trần Thị Bình" not in texts(app)


@pytest.mark.parametrize("scope", ["staff:U1", "coordinator", "steward"])
def test_no_query_tells_peers_what_an_officer_achieves(warehouse: Path, scope: str) -> None:
    january(warehouse)
    snapshot = open_snapshot(warehouse)
    assert snapshot is not None

    rows = queries.run(snapshot, scope_from_text(scope), "by_officer", as_of=NOW).to_pylist()

    assert [row["officer_name"] for row in rows] == [None]
