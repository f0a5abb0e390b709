"""Known errors of a source are mended by entries, and an entry nothing needs is told."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path

import pytest

from pipeline import publish
from pipeline.corrections import CORRECTABLE, corrections_for
from pipeline.errors import BadConfiguration
from pipeline.ingest import ingest, rebuild
from pipeline.sources import ready_made
from pipeline.statements import SQL
from tests.unit.ingested import dossier, export, rows

NEEDLESS = "select column_name, value from mapping_warning where warning = 'unneeded_correction'"
REST = 'reason = "phiếu giấy"\nreported_by = "Một cửa"\nreported_on = 2024-03-15\n'


def entry(code: str, column: str, expected: str, value: str) -> str:
    return (
        f'[[correction]]\nsource = "igate"\ndossier_code = "{code}"\ncolumn = "{column}"\n'
        f'expected = "{expected}"\nvalue = "{value}"\n{REST}'
    )


def test_an_entry_applies_where_it_fits_and_warns_where_it_does_not(tmp_path: Path) -> None:
    warehouse = tmp_path / "warehouse"
    warehouse.mkdir()
    (warehouse / "corrections.toml").write_text(
        entry("A-1", "due_at", "01/01/1900", "12/03/2024")
        + entry("A-1", "status", "Đang xử lý", "Đã xử lý xong")  # the source has mended it
        + entry("A-2", "due_at", "01/01/1900", "12/03/2024")
        + entry("A-9", "due_at", "01/01/1900", "12/03/2024"),  # not in this file
        encoding="utf-8",
    )
    listed = export(tmp_path / "a.csv", dossier("A-1", due="01/01/1900"), dossier("A-2"))
    ingest([listed], warehouse, source="igate")
    assert rows(warehouse, "select dossier_code, due_at from dossier order by 1") == [
        ("A-1", datetime(2024, 3, 12)),
        ("A-2", datetime(2024, 3, 5, 17)),
    ]
    warned = rows(warehouse, f"{NEEDLESS} order by value")
    assert warned == [("status", "A-1"), ("due_at", "A-2")]


def test_an_entry_for_one_day_leaves_the_rows_of_another_day_alone(tmp_path: Path) -> None:
    warehouse = tmp_path / "warehouse"
    warehouse.mkdir()
    (warehouse / "corrections.toml").write_text(
        entry("A-1", "due_at", "01/01/1900", "12/03/2024"), encoding="utf-8"
    )
    export(tmp_path / "inbox" / "2024-03-01" / "a.csv", dossier("A-1", due="01/01/1900"))
    export(tmp_path / "inbox" / "2024-03-02" / "a.csv", dossier("A-2"))
    ingest([tmp_path / "inbox"], warehouse, source="igate")
    assert rows(warehouse, "select dossier_code, batch_no, due_at from dossier order by 1") == [
        ("A-1", 1, datetime(2024, 3, 12)),
        ("A-2", 2, datetime(2024, 3, 5, 17)),
    ]


def test_an_entry_written_after_the_ingest_is_applied_by_the_next_build(tmp_path: Path) -> None:
    warehouse = tmp_path / "warehouse"
    listed = export(tmp_path / "a.csv", dossier("A-1", due="01/01/1900"), dossier("A-2"))
    ingest([listed], warehouse, source="igate")
    (warehouse / "corrections.toml").write_text(
        entry("A-1", "due_at", "01/01/1900", "12/03/2024"), encoding="utf-8"
    )
    before = rebuild(warehouse)
    due = "select due_at from dossier where dossier_code = 'A-1'"
    assert rows(warehouse, due) == [(datetime(2024, 3, 12),)]
    assert rebuild(warehouse) == before  # nothing has changed since
    (warehouse / "corrections.toml").unlink()
    rebuild(warehouse)
    assert rows(warehouse, due) == [(datetime(1900, 1, 1),)]


def test_an_empty_cell_is_filled_and_a_wrong_one_emptied(tmp_path: Path) -> None:
    warehouse = tmp_path / "warehouse"
    warehouse.mkdir()
    (warehouse / "corrections.toml").write_text(
        f'[[correction]]\nsource = "igate"\ndossier_code = "A-1"\ncolumn = "first_due_at"\n'
        f'value = "08/03/2024"\n{REST}'
        f'[[correction]]\nsource = "igate"\ndossier_code = "A-1"\ncolumn = "finished_at"\n'
        f'expected = "04/03/2024 16:10:00"\n{REST}',
        encoding="utf-8",
    )
    row = dossier("A-1", finished=" 04/03/2024  16:10:00", status="Đang xử lý")
    ingest([export(tmp_path / "a.csv", row)], warehouse, source="igate")
    found = rows(warehouse, "select first_due_at, finished_at, outcome from dossier")
    assert found == [(datetime(2024, 3, 8), None, "open")]
    assert rows(warehouse, NEEDLESS) == []


@pytest.mark.parametrize("column", CORRECTABLE)
def test_every_column_that_may_be_mended_is(column: str) -> None:
    text = (SQL / "staging" / "corrected.sql").read_text(encoding="utf-8")
    assert f"amended(told, '{column}', landed.raw_{column}) as raw_{column}" in text


def test_entries_of_another_source_are_left_aside(tmp_path: Path) -> None:
    (tmp_path / "corrections.toml").write_text(entry("A-1", "due_at", "x", "y"), encoding="utf-8")
    assert len(corrections_for(ready_made()["igate"], tmp_path)) == 1
    assert corrections_for(ready_made()["ward_json"], tmp_path) == []


@pytest.mark.parametrize(
    ("written", "said"),
    [
        (entry("A-1", "hạn", "x", "y"), "correction of A-1: there is no column hạn to mend"),
        (entry("A-1", "step_name", "x", "y"), "there is no column step_name to mend"),
        ("[[mended]]\n", "mended"),
        ("correction = 5\n", "correction"),
        ("[[correction]]\n", "source"),
        (entry("A-1", "due_at", "x", "y").replace('"igate"', '"igte"'), 'no source "igte"; known'),
        (
            entry("A-1", "due_at", "x", "y").replace('"igate"', '"survey_form"'),
            'the source "survey_form" tells no dossiers',
        ),
    ],
)
def test_an_entry_that_cannot_be_meant_is_refused_by_name_and_nothing_is_published(
    tmp_path: Path, written: str, said: str
) -> None:
    warehouse = tmp_path / "warehouse"
    warehouse.mkdir()
    (warehouse / "corrections.toml").write_text(written, encoding="utf-8")
    answers = export(
        tmp_path / "b.csv",
        "P-1;A-1;05/03/2024;Hài lòng",
        headers="Mã phiếu;Mã hồ sơ;Ngày khảo sát;Mức độ hài lòng",
    )
    with pytest.raises(BadConfiguration, match=re.escape(said)) as refused:
        ingest([export(tmp_path / "a.csv", dossier()), answers], warehouse)
    assert "corrections.toml" in str(refused.value)
    assert publish.current(warehouse) is None
