"""Known errors of a source are mended by entries, and an entry nothing needs is told."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from pipeline.corrections import corrections_for
from pipeline.errors import BadConfiguration
from pipeline.ingest import ingest
from tests.unit.ingested import dossier, export, rows

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
    warned = rows(
        warehouse,
        "select column_name, value from mapping_warning where warning = 'unneeded_correction'"
        " order by value",
    )
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


def test_entries_of_another_source_are_left_aside(tmp_path: Path) -> None:
    (tmp_path / "corrections.toml").write_text(entry("A-1", "due_at", "x", "y"), encoding="utf-8")
    assert len(corrections_for("igate", tmp_path)) == 1
    assert corrections_for("ward_json", tmp_path) == []


def test_a_column_that_is_none_is_refused_by_name(tmp_path: Path) -> None:
    (tmp_path / "corrections.toml").write_text(entry("A-1", "hạn", "x", "y"), encoding="utf-8")
    with pytest.raises(BadConfiguration, match="there is no column hạn"):
        corrections_for("igate", tmp_path)


def test_an_unknown_key_is_refused_by_name(tmp_path: Path) -> None:
    (tmp_path / "corrections.toml").write_text("[[mended]]\n", encoding="utf-8")
    with pytest.raises(BadConfiguration, match="mended"):
        corrections_for("igate", tmp_path)
