"""A batch too bad to believe is loaded and not shown, until a person decides."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from pipeline import publish
from pipeline.cli import main
from pipeline.errors import QualityStop
from pipeline.ingest import held, ingest
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


def test_a_good_file_goes_in_while_a_bad_one_waits(tmp_path: Path) -> None:
    warehouse = tmp_path / "warehouse"
    with pytest.raises(QualityStop):
        ingest([bad(tmp_path / "b.csv")], warehouse, source="igate")
    ingest([export(tmp_path / "a.csv", dossier())], warehouse, source="igate")
    assert rows(warehouse, "select dossier_code from dossier") == [("A-1",)]
    assert len(held(warehouse)) == 1
