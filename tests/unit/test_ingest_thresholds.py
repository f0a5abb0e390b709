"""A batch too bad to believe is loaded and not shown, until a person decides."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from pipeline import publish
from pipeline.batch_folder import held
from pipeline.cli import main
from pipeline.errors import QualityStop
from pipeline.ingest import ingest
from tests.unit.ingested import dossier, export, rows


def bad(path: Path) -> Path:
    """60 rows of which most have no day of receipt."""
    return export(path, *(dossier(f"B-{n}", received="") for n in range(60)), dossier("B-60"))


def test_a_crossed_threshold_leaves_the_board_as_it_is(tmp_path: Path) -> None:
    warehouse = tmp_path / "warehouse"
    first = ingest([export(tmp_path / "a.csv", dossier())], warehouse, source="igate")
    with pytest.raises(QualityStop, match="rule no_received found 60 of 61 rows, more than 30%"):
        ingest([bad(tmp_path / "b.csv")], warehouse, source="igate")
    assert publish.current(warehouse) == first.snapshot
    assert rows(warehouse, "select dossier_code from dossier") == [("A-1",)]
    assert [one["source"] for one in held(warehouse)] == ["igate"]


def test_the_same_bad_file_is_refused_again_with_the_same_words(tmp_path: Path) -> None:
    warehouse = tmp_path / "warehouse"
    file = bad(tmp_path / "b.csv")
    for _ in range(2):
        with pytest.raises(QualityStop, match="rule no_received found 60 of 61 rows"):
            ingest([file], warehouse, source="igate")
    assert publish.current(warehouse) is None
    assert publish.snapshots(warehouse) == []


def test_the_command_line_says_one_sentence_and_publishes_when_told(tmp_path: Path) -> None:
    file = str(bad(tmp_path / "b.csv"))
    command = ["ingest", file, "--source", "igate", "--warehouse", str(tmp_path / "warehouse")]
    refused = CliRunner().invoke(main, command)
    assert refused.exit_code == 1
    assert len(refused.stderr.strip().splitlines()[-1:]) == 1
    assert "--publish-anyway" in refused.stderr.strip().splitlines()[-1]
    assert "Traceback" not in refused.stderr

    anyway = CliRunner().invoke(main, [*command, "--publish-anyway"])
    assert anyway.exit_code == 0
    assert rows(tmp_path / "warehouse", "select dossier_code from dossier") == [("B-60",)]
    assert held(tmp_path / "warehouse") == []


def test_a_small_file_is_not_stopped(tmp_path: Path) -> None:
    few = export(tmp_path / "a.csv", *(dossier(f"B-{n}", received="") for n in range(3)))
    done = ingest([few], tmp_path / "warehouse", source="igate")
    assert (done.read, done.rejected) == (3, 3)
    assert held(tmp_path / "warehouse") == []


def two_days(folder: Path) -> Path:
    """A folder of a bad day of one unit and a good day of another: two batches of one ingest."""
    lines = [dossier(f"B-{n}", unit="Đất đai", received="") for n in range(60)]
    export(folder / "2024-03-01" / "bad.csv", *lines)
    export(folder / "2024-03-02" / "good.csv", dossier("A-1"))
    return folder


def test_a_bad_day_is_held_back_and_the_good_day_beside_it_is_shown(tmp_path: Path) -> None:
    warehouse = tmp_path / "warehouse"
    with pytest.raises(QualityStop, match="not published, while what came with it was: rule"):
        ingest([two_days(tmp_path / "inbox")], warehouse, source="igate")
    assert rows(warehouse, "select dossier_code from dossier") == [("A-1",)]
    assert rows(warehouse, "select batch_no, read_n from batch") == [(2, 1)]
    # nothing of the day held back is on the board, its unit neither
    assert rows(warehouse, "select unit_id from unit") == [("tu-phap",)]
    assert rows(warehouse, "select * from reject") == []
    assert [one["batch_no"] for one in held(warehouse)] == [1]


def test_a_bad_day_goes_in_with_the_good_one_when_a_person_says_so(tmp_path: Path) -> None:
    warehouse = tmp_path / "warehouse"
    inbox = two_days(tmp_path / "inbox")
    done = ingest([inbox], warehouse, source="igate", publish_anyway=True)
    assert (done.read, done.accepted, done.rejected) == (61, 1, 60)
    assert done.rejects_by_rule == {"no_received": 60}
    assert held(warehouse) == []
    # the decision stays with the batch: a snapshot built anew takes it in as well
    again = ingest([inbox], warehouse, source="igate")
    assert (again.news, again.snapshot) == (False, done.snapshot)
    assert rows(warehouse, "select batch_no, rejected_n from batch order by 1") == [(1, 60), (2, 0)]


def test_a_good_file_goes_in_while_a_bad_one_waits(tmp_path: Path) -> None:
    warehouse = tmp_path / "warehouse"
    with pytest.raises(QualityStop):
        ingest([bad(tmp_path / "b.csv")], warehouse, source="igate")
    ingest([export(tmp_path / "a.csv", dossier())], warehouse, source="igate")
    assert rows(warehouse, "select dossier_code from dossier") == [("A-1",)]
    assert len(held(warehouse)) == 1
