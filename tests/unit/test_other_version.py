"""A snapshot that other statements made: refused in one sentence, and mended by `rebuild`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import duckdb
import pytest
from click.testing import CliRunner

from pipeline import publish, quality, statements
from pipeline.cli import main
from pipeline.ingest import ingest, rebuild
from tests.unit.ingested import asked, dossier, export, rows

SAID = "was made by another version of the board; build it anew with `python -m pipeline rebuild`."


def aged(warehouse: Path, *statements: str) -> None:
    """Make the current snapshot one that an earlier version left behind."""
    current = publish.current(warehouse)
    assert current is not None
    with duckdb.connect(str(publish.path_of(warehouse, current))) as con:
        con.execute("update meta set value = 'earlier' where key = 'build_version'")
        for statement in statements:
            con.execute(statement)


@pytest.fixture
def warehouse(tmp_path: Path) -> Path:
    ingest([export(tmp_path / "a.csv", dossier())], tmp_path / "w", source="igate")
    return tmp_path / "w"


@pytest.fixture
def other_rules(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[[str, str], None]]:
    """Change a line of rules.toml, as an office or a new version does."""
    mine = tmp_path / "rules.toml"

    def change(old: str, new: str) -> None:
        text = statements.RULES.read_text(encoding="utf-8")
        assert text.count(old) == 1
        mine.write_text(text.replace(old, new), encoding="utf-8")
        monkeypatch.setattr(statements, "RULES", mine)
        monkeypatch.setattr(quality, "rules", lambda: read(mine))
        statements.build_version.cache_clear()

    read = quality.rules
    yield change
    monkeypatch.undo()
    statements.build_version.cache_clear()


def test_a_changed_rule_is_applied_to_what_was_loaded_before_it(
    tmp_path: Path, other_rules: Callable[[str, str], None]
) -> None:
    warehouse = tmp_path / "w"
    lines = [dossier("A-1"), dossier("A-2", due="01/02/2024 17:00:00")]
    done = ingest([export(tmp_path / "a.csv", *lines)], warehouse)
    assert (done.accepted, done.flags) == (2, {"due_before_received": 1})
    assert rebuild(warehouse) == done.snapshot  # nothing changed: nothing to do

    other_rules(
        '[due_before_received]\naction = "flag"', '[due_before_received]\naction = "reject"'
    )

    assert rebuild(warehouse) != done.snapshot
    assert rows(warehouse, "select dossier_code from dossier") == [("A-1",)]
    assert rows(warehouse, "select rule, line from reject") == [("due_before_received", 3)]
    assert rows(warehouse, "select read_n, accepted_n, rejected_n from batch") == [(2, 1, 1)]
    assert rows(warehouse, "select * from flag") == []


@pytest.mark.parametrize(
    "change",
    [
        "alter table dossier drop column step_name",  # a view of every query needs it
        "alter table procedure drop column agency_level",  # one query needs it
        "drop table open_dossier",
    ],
)
@pytest.mark.parametrize(
    "command",
    [
        ["query", "online-offered", "--format", "json"],
        ["check"],
        ["report", "ii06a", "--out", "OUT"],
    ],
)
def test_every_command_refuses_tables_of_another_version_until_they_are_built_anew(
    warehouse: Path, change: str, command: list[str]
) -> None:
    aged(warehouse, change)
    out = warehouse.parent / "report.xlsx"
    typed = [str(out) if word == "OUT" else word for word in command]
    where = ["--warehouse", str(warehouse)]
    done = CliRunner().invoke(main, [*typed, *where])
    if "agency_level" not in change or command[0] == "query":
        assert (done.exit_code, done.stdout) == (1, "")
        assert done.stderr.rstrip("\n").endswith(SAID)
        assert done.stderr.count("\n") == 1
        assert not out.exists()
    rebuilt = CliRunner().invoke(main, ["rebuild", *where])
    assert rebuilt.exit_code == 0, rebuilt.stderr
    again = CliRunner().invoke(main, [*typed, *where])
    assert (again.exit_code, again.stderr) == (0, "")


def test_tables_of_another_version_that_still_fit_are_shown(warehouse: Path) -> None:
    aged(warehouse)
    (found,) = asked(warehouse, "summary", as_of=datetime(2024, 3, 31))
    assert found["received"] == 1


def test_an_ingest_on_a_damaged_snapshot_builds_it_anew(warehouse: Path) -> None:
    current = publish.current(warehouse)
    assert current is not None
    publish.path_of(warehouse, current).write_bytes(b"torn")
    refused = CliRunner().invoke(main, ["check", "--warehouse", str(warehouse)])
    assert (refused.exit_code, refused.stdout) == (1, "")
    assert "cannot be opened" in refused.stderr
    ingest([export(warehouse.parent / "b.csv", dossier("B-2"))], warehouse, source="igate")
    found = rows(warehouse, "select dossier_code from dossier order by dossier_code")
    assert found == [("A-1",), ("B-2",)]


def test_a_missing_snapshot_file_does_not_stop_the_next_ingest(warehouse: Path) -> None:
    current = publish.current(warehouse)
    assert current is not None
    publish.path_of(warehouse, current).unlink()
    ingest([warehouse.parent / "a.csv"], warehouse, source="igate")
    assert rows(warehouse, "select dossier_code from dossier") == [("A-1",)]
