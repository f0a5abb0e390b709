"""What the command line takes out, takes in and refuses stands in the access log."""

from __future__ import annotations

import getpass
import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from pipeline import audit, publish
from pipeline.audit import Asked, Entry
from pipeline.cli import main
from pipeline.cli_logged import PERSON, ROLE
from tests.unit.ingested import dossier, export


def told(warehouse: Path, *arguments: object) -> Result:
    given = [str(one) for one in arguments]
    return CliRunner().invoke(main, [*given, "--warehouse", str(warehouse)])


def logs(warehouse: Path, event: audit.Event | None = None) -> list[Entry]:
    return list(audit.search(warehouse, Asked(event=event)))


@pytest.fixture(scope="module")
def taken_in(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an export and the warehouse that took it in; not to be changed."""
    folder = tmp_path_factory.mktemp("taken_in")
    file = export(folder / "a.csv", dossier("A-1"), dossier("A-2"))
    assert told(folder / "warehouse", "ingest", file, "--source", "igate").exit_code == 0
    return folder


@pytest.fixture
def warehouse(taken_in: Path, tmp_path: Path) -> Path:
    shutil.copytree(taken_in, tmp_path, dirs_exist_ok=True)
    return tmp_path / "warehouse"


def test_an_ingest_says_what_came_in_and_what_is_shown_since(warehouse: Path) -> None:
    published, ingested = logs(warehouse)
    assert (ingested.event, ingested.rows, ingested.detail["accepted"]) == ("ingested", 2, "2")
    assert (published.event, published.what) == ("published", publish.current(warehouse))
    assert ingested.who == ingested.detail["account"] == getpass.getuser()


def test_the_same_files_again_are_no_entry(warehouse: Path, tmp_path: Path) -> None:
    before = logs(warehouse)
    assert told(warehouse, "ingest", tmp_path / "a.csv", "--source", "igate").exit_code == 0
    assert logs(warehouse) == before


def test_a_screen_names_the_person_for_whom_it_starts_a_command(
    warehouse: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(PERSON, "an@tinh.vn")
    monkeypatch.setenv(ROLE, "steward")
    file = export(tmp_path / "b.csv", dossier("A-3"))
    told(warehouse, "ingest", file, "--source", "igate")
    entry = logs(warehouse, "ingested")[0]
    assert (entry.who, entry.role) == ("an@tinh.vn", "steward")
    assert entry.detail["account"] == getpass.getuser()


def test_rows_as_csv_or_json_are_an_export_and_a_table_to_look_at_is_none(
    warehouse: Path,
) -> None:
    assert told(warehouse, "query", "dossiers").exit_code == 0
    assert not logs(warehouse, "exported")
    assert "A-1" in told(warehouse, "query", "dossiers", "--format", "csv").stdout
    assert told(warehouse, "query", "dossiers", "--format", "json").exit_code == 0
    found = [(one.what, one.rows, one.detail["form"]) for one in logs(warehouse, "exported")]
    assert found == [("dossiers", 2, "json"), ("dossiers", 2, "csv")]


def test_what_cannot_be_logged_is_not_printed(warehouse: Path) -> None:
    for file in (warehouse / "audit").iterdir():
        file.unlink()
    (warehouse / "audit").rmdir()
    (warehouse / "audit").write_text("in the way")
    done = told(warehouse, "query", "dossiers", "--format", "csv")
    assert done.exit_code == 1
    assert "A-1" not in done.output
    assert "cannot be written" in done.stderr


def test_a_report_and_the_public_list_are_exports(warehouse: Path, tmp_path: Path) -> None:
    out = tmp_path / "form.xlsx"
    assert told(warehouse, "report", "ii06a", "--period", "2024", "--out", out).exit_code == 0
    assert told(warehouse, "apologies", "--out", tmp_path / "public").exit_code == 0
    assert [one.what for one in logs(warehouse, "exported")] == ["apology_list", "ii06a"]


def test_a_question_out_of_scope_is_logged(warehouse: Path) -> None:
    done = told(warehouse, "query", "summary", "--scope", "unit_leader:nowhere")
    assert done.exit_code == 1
    (entry,) = logs(warehouse, "refused")
    assert (entry.what, entry.detail["scope"]) == ("summary", "unit_leader:nowhere")


def test_going_back_is_logged_and_only_where_there_is_something_to_go_back_to(
    warehouse: Path, tmp_path: Path
) -> None:
    first = publish.current(warehouse)
    told(warehouse, "ingest", export(tmp_path / "b.csv", dossier("A-3")), "--source", "igate")
    assert told(warehouse, "snapshots", "--rollback", "20200101T000000-001").exit_code == 1
    assert not logs(warehouse, "rolled_back")
    assert told(warehouse, "snapshots", "--rollback", first).exit_code == 0
    (entry,) = logs(warehouse, "rolled_back")
    assert entry.what == first


def test_corrections_that_come_into_force_are_logged_once(warehouse: Path) -> None:
    (warehouse / "corrections.toml").write_text(
        '[[correction]]\nsource = "igate"\ndossier_code = "A-1"\ncolumn = "due_at"\n'
        'expected = "05/03/2024 17:00:00"\nvalue = "06/03/2024 17:00:00"\n'
        'reason = "slip"\nreported_by = "office"\nreported_on = 2024-03-06\n',
        encoding="utf-8",
    )
    assert told(warehouse, "rebuild").exit_code == 0
    assert told(warehouse, "rebuild").exit_code == 0
    (entry,) = logs(warehouse, "corrected")
    assert (entry.what, entry.rows) == ("corrections.toml", 1)
    assert json.loads(told(warehouse, "check", "--json").stdout)["audit"]["broken"] is None
