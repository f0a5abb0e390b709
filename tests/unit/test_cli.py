"""The command line: exit status, one sentence, JSON that scripts can rely on."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner, Result

from pipeline import publish
from pipeline.cli import main
from tests.unit.ingested import dossier, export, rows


def told(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(one) for one in arguments])


def test_ingest_check_and_rollback_as_a_scheduler_uses_them(tmp_path: Path) -> None:
    warehouse = tmp_path / "warehouse"
    first = told(
        *("ingest", export(tmp_path / "a.csv", dossier("A-1"))),
        *("--source", "igate", "--warehouse", warehouse, "--json"),
    )
    assert first.exit_code == 0
    document = json.loads(first.stdout)
    assert {"batch", "snapshot", "read", "accepted", "rejected", "duplicate"} <= set(document)
    assert {"rejects_by_rule", "flags", "seconds"} <= set(document)

    second = told(
        *("ingest", export(tmp_path / "b.csv", dossier("A-2"))),
        *("--source", "igate", "--warehouse", warehouse),
    )
    assert "read 1 = accepted 1 + rejected 0 + duplicate 0" in second.stdout
    assert told("check", "--warehouse", warehouse).exit_code == 0

    listed = told("snapshots", "--warehouse", warehouse, "--rollback", document["snapshot"])
    assert listed.exit_code == 0
    assert f"* {document['snapshot']}" in listed.stdout
    assert rows(warehouse, "select dossier_code from dossier") == [("A-1",)]

    summary = told("query", "summary", "--warehouse", warehouse, "--format", "json")
    assert json.loads(summary.stdout)["received"] == 1


def test_a_missing_file_is_one_sentence_and_no_snapshot(tmp_path: Path) -> None:
    warehouse = tmp_path / "warehouse"
    done = told("ingest", tmp_path / "none.csv", "--warehouse", warehouse)
    assert done.exit_code == 1
    assert "none.csv" in done.stderr
    assert "Traceback" not in done.output
    assert publish.current(warehouse) is None


def test_an_unknown_source_names_the_known_ones(tmp_path: Path) -> None:
    file = export(tmp_path / "a.csv", dossier())
    done = told("ingest", file, "--source", "nobody", "--warehouse", tmp_path / "warehouse")
    assert done.exit_code == 1
    assert '"nobody"' in done.stderr
    assert "igate" in done.stderr


def test_an_empty_warehouse_is_refused_and_wrong_usage_is_told_apart(tmp_path: Path) -> None:
    asked = told("query", "summary", "--warehouse", tmp_path)
    assert asked.exit_code == 1
    assert "ingest an export first" in asked.stderr
    assert told("query").exit_code == 2


def test_an_ingest_during_another_is_refused_in_one_sentence(tmp_path: Path) -> None:
    file = export(tmp_path / "a.csv", dossier())
    warehouse = tmp_path / "warehouse"
    with publish.writing(warehouse):
        done = told("ingest", file, "--source", "igate", "--warehouse", warehouse)
    assert done.exit_code == 1
    assert "Another ingest is writing" in done.stderr
    assert publish.current(warehouse) is None
