"""Snapshots: a pointer that names one of several files, moved and never edited."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from pipeline import publish
from pipeline.errors import Busy, Refused


def published(warehouse: Path, *ids: str) -> None:
    """Files of these names, the last one shown."""
    for one in ids:
        working = publish.begin(warehouse, None)
        working.write_bytes(one.encode())
        publish.commit(warehouse, working, one)


def test_nothing_is_shown_before_the_first_commit(tmp_path: Path) -> None:
    working = publish.begin(tmp_path, None)
    working.write_bytes(b"half")
    assert publish.current(tmp_path) is None
    assert publish.snapshots(tmp_path) == []


def test_rolling_back_moves_the_pointer_and_removes_nothing(tmp_path: Path) -> None:
    published(tmp_path, "20260101T000000-001", "20260102T000000-001")
    publish.point_to(tmp_path, "20260101T000000-001")
    assert publish.current(tmp_path) == "20260101T000000-001"
    assert [one.is_current for one in publish.snapshots(tmp_path)] == [False, True]


@pytest.mark.parametrize("name", ["20990101T000000-001", "../current", "", ".lock"])
def test_a_name_that_is_no_snapshot_is_refused_and_the_pointer_stays(
    tmp_path: Path, name: str
) -> None:
    published(tmp_path, "20260101T000000-001")
    with pytest.raises(Refused):
        publish.point_to(tmp_path, name)
    assert publish.current(tmp_path) == "20260101T000000-001"


def test_only_the_newest_are_kept_and_never_the_shown_one_lost(tmp_path: Path) -> None:
    ids = [f"2026010{n}T000000-001" for n in range(1, 8)]
    published(tmp_path, *ids)
    assert [one.id for one in publish.snapshots(tmp_path)] == ids[::-1][: publish.KEPT]
    assert publish.path_of(tmp_path, ids[-1]).read_bytes() == ids[-1].encode()


def test_a_working_copy_leaves_its_base_untouched(tmp_path: Path) -> None:
    published(tmp_path, "20260101T000000-001")
    working = publish.begin(tmp_path, "20260101T000000-001")
    working.write_bytes(b"other")
    base = publish.path_of(tmp_path, "20260101T000000-001")
    assert base.read_bytes() == b"20260101T000000-001"


def test_a_leftover_of_a_killed_ingest_is_swept_up(tmp_path: Path) -> None:
    leftover = tmp_path / "snapshots" / ".building-1.duckdb"
    leftover.parent.mkdir(parents=True)
    leftover.write_bytes(b"half")
    publish.begin(tmp_path, None)
    assert not leftover.exists()


def test_two_snapshots_of_one_second_have_two_names(tmp_path: Path) -> None:
    moment = datetime(2026, 1, 1)
    first = publish.new_id(moment, tmp_path)
    published(tmp_path, first)
    assert publish.new_id(moment, tmp_path) == "20260101T000000-002"


def test_a_second_writer_is_refused_while_the_first_writes(tmp_path: Path) -> None:
    with (
        publish.writing(tmp_path),
        pytest.raises(Busy, match="Another ingest"),
        publish.writing(tmp_path),
    ):
        pass
    with publish.writing(tmp_path):
        assert (tmp_path / ".lock").exists()


@pytest.mark.parametrize(
    ("newest", "wanted"),
    [
        ("20260105T120000-001", "20260105T120000-002"),
        ("20260105T235959-999", "20260106T000000-001"),
        ("20251231T235959-001", "20260101T000000-001"),
        ("by-hand", "20260101T000000-001"),
    ],
)
def test_a_clock_that_was_put_back_does_not_file_the_newest_among_the_old(
    tmp_path: Path, newest: str, wanted: str
) -> None:
    published(tmp_path, newest)
    assert publish.new_id(datetime(2026, 1, 1), tmp_path) == wanted
