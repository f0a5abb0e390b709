"""Marts carried over from snapshot to snapshot are those that a snapshot built anew would hold."""

from __future__ import annotations

import shutil
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.ingest import ingest, rebuild
from tests.unit.ingested import dossier, export, rows

# Numbers of cells are the snapshot's own; what they stand for is not.
CELL = "system, unit_id, receiving_unit_id, field_name, procedure_key, channel"
MARTS = {
    "cell": f"select {CELL}, dossier_n from cell",
    "lines": "select count(distinct line_id), count(distinct (system, unit_id, receiving_unit_id,"
    " field_name, channel)), count(distinct cell_id), count(*) from cell",
    "flow_month": f"select {CELL}, flow.* exclude (cell_id) from flow_month flow"
    " left join cell using (cell_id)",
    "flow_month_field": "from flow_month_field",
    "flow_year": f"select {CELL}, flow.* exclude (cell_id) from flow_year flow"
    " left join cell using (cell_id)",
    "officer_label": "from officer_label",
    "open_dossier": "from open_dossier",
    "procedure_as_written": "from procedure_as_written",
    "procedure_label": "from procedure_label",
    "horizon": "select open_from from horizon",
    "dossier": "from dossier",
    "unit": "from unit",
}
CORRECTION = """
[[correction]]
source = "igate"
dossier_code = "A-1"
column = "due_at"
expected = "08/03/2024 17:00:00"
value = "28/03/2024 17:00:00"
reason = "phiếu giấy"
reported_by = "Một cửa"
reported_on = 2024-03-15
"""

Export = list[str]


def marts(warehouse: Path) -> dict[str, list[str]]:
    """Every row of every mart, in an order that does not depend on how it was made."""
    return {name: sorted(map(repr, rows(warehouse, select))) for name, select in MARTS.items()}


def anew(warehouse: Path) -> dict[str, list[str]]:
    """The marts of a snapshot made from the same landed batches at once."""
    other = warehouse.with_name("anew")
    shutil.rmtree(other, ignore_errors=True)
    shutil.copytree(warehouse, other, ignore=shutil.ignore_patterns("snapshots", "current"))
    assert rebuild(other) is not None
    return marts(other)


def took_in(folder: Path, *exports: Export) -> Path:
    """A warehouse that took these exports in one after the other."""
    for n, lines in enumerate(exports):
        ingest([export(folder / f"{n}.csv", *lines)], folder / "warehouse", source="igate")
    return folder / "warehouse"


MOMENTS = st.sampled_from(
    ["01/03/2024 08:30:00", "29/03/2024 16:00:00", "15/04/2024 10:00:00", "02/01/2025 09:00:00"]
)
ROW = st.builds(
    dossier,
    st.sampled_from(["A-1", "A-2", "A-3", "A-4", "A-5"]),
    unit=st.sampled_from(["Tư pháp", "Đất đai", "Công an", ""]),
    officer=st.sampled_from(["Trần Thị B", "Lê Văn C", ""]),
    channel=st.sampled_from(["Trực tuyến", "Trực tiếp"]),
    # a day far ahead is after landing: a batch of such rows alone says nothing of the horizon
    received=MOMENTS | st.just("01/03/2098 08:30:00"),
    due=st.sampled_from(["08/03/2024 17:00:00", "30/04/2024 17:00:00", ""]),
    finished=MOMENTS | st.just(""),
    status=st.sampled_from(
        ["Đang xử lý", "Đã xử lý xong", "Yêu cầu bổ sung", "Chưa rõ", "Từ chối"]
    ),
)
DAYS = st.lists(st.lists(ROW, min_size=1, max_size=4), min_size=1, max_size=2)


@settings(max_examples=10, deadline=None)
@given(st.lists(DAYS, min_size=2, max_size=3), st.booleans())
def test_after_any_ingests_the_marts_are_those_of_a_snapshot_built_anew(
    ingests: list[list[Export]], newest_first: bool
) -> None:
    with TemporaryDirectory() as folder:
        warehouse = Path(folder) / "warehouse"
        warehouse.mkdir()
        (warehouse / "corrections.toml").write_text(CORRECTION, encoding="utf-8")
        for n, days in enumerate(ingests):
            inbox = Path(folder) / f"inbox-{n}"
            for day, lines in enumerate(days, start=1):  # a folder named for a day is a batch
                of_month = 30 - 10 * n - day if newest_first else 10 * n + day
                export(inbox / f"2024-06-{of_month:02d}" / "list.csv", *lines)
            ingest([inbox], warehouse, source="igate")
        assert marts(warehouse) == anew(warehouse)


def test_only_the_first_ingest_is_built_anew(tmp_path: Path) -> None:
    warehouse = took_in(tmp_path, [dossier("A-1")], [dossier("A-2", unit="Đất đai")])
    numbers = rows(warehouse, "select unit_id, cell_id from cell order by 1 desc")
    third = ingest([export(tmp_path / "c.csv", dossier("A-3", unit="Công an"))], warehouse)
    assert third.accepted == 1
    # "Công an" comes first in the alphabet; a snapshot built anew would number it first
    assert rows(warehouse, "select unit_id, cell_id from cell order by 1 desc") == [
        *numbers,
        ("cong-an", 3),
    ]


def test_a_cell_goes_with_its_last_dossier_and_leaves_no_flow(tmp_path: Path) -> None:
    warehouse = took_in(
        tmp_path, [dossier("A-1", unit="Tư pháp")], [dossier("A-1", unit="Đất đai")]
    )
    assert rows(warehouse, "select unit_id, dossier_n from cell") == [("dat-dai", 1)]
    assert rows(
        warehouse,
        "select unit_id, sum(received_n) from flow_month left join cell using (cell_id)"
        " group by unit_id",
    ) == [("dat-dai", 1)]
    assert marts(warehouse) == anew(warehouse)


def test_a_dossier_finished_by_a_later_batch_leaves_the_open_ones(tmp_path: Path) -> None:
    open_one = dossier("A-1", finished="", status="Đang xử lý")
    later = dossier("A-2", received="20/03/2024 08:00:00", due="", finished="", status="Đang xử lý")
    warehouse = took_in(tmp_path, [open_one], [dossier("A-1"), later])
    assert rows(warehouse, "select dossier_code from open_dossier") == [("A-2",)]
    assert rows(warehouse, "select sum(open_delta) from flow_month") == [(1,)]


def test_where_the_horizon_moves_back_what_was_closed_since_comes_in_again(tmp_path: Path) -> None:
    # Days to come say nothing of the horizon: without any other it is the last receipt.
    newest = dossier("A-1", received="01/03/2098 08:30:00", finished="", status="Đang xử lý")
    closed = dossier("A-2", received="05/01/2098 08:30:00", finished="10/01/2098 08:30:00")
    warehouse = took_in(tmp_path, [newest, closed])
    assert rows(warehouse, "select dossier_code from open_dossier") == [("A-1",)]

    past = dossier("A-3", finished="04/03/2024 16:10:00")
    ingest([export(tmp_path / "past.csv", past)], warehouse, source="igate")
    assert rows(warehouse, "select open_from from horizon") == [(datetime(2024, 3, 4),)]
    assert rows(warehouse, "select dossier_code from open_dossier order by 1") == [
        ("A-1",),
        ("A-2",),
        ("A-3",),
    ]
