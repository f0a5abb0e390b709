"""The public list of apologies: what it says, whom it names, and that no change goes unseen."""

from __future__ import annotations

import subprocess
import sys
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from pipeline import queries
from pipeline.access import default_scope
from pipeline.errors import Refused
from pipeline.public_list import publish
from pipeline.warehouse import open_snapshot
from tests.snapshots import build, day, finished

AS_OF = datetime(2024, 2, 5, 12)


def row(code: str = "H01-1", **given: Any) -> dict[str, Any]:
    facts: dict[str, Any] = {
        "dossier_code": code,
        "ordinal": 1,
        "promised_day": date(2024, 1, 11),
        "letter_day": date(2024, 1, 9),
        "new_day": None,
        "reason_code": "complex",
    }
    return facts | given


def entries(path: Path) -> list[str]:
    text = path.read_text(encoding="utf-8")
    return text.partition("---\n")[2].splitlines()


def verified(folder: Path, *code: str) -> subprocess.CompletedProcess[str]:
    """The verifier as a citizen runs it: with nothing of the board on its path."""
    return subprocess.run(
        [sys.executable, "-I", str(folder / "verify_apologies.py"), *code],
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_first_list_adds_every_letter(tmp_path: Path) -> None:
    done = publish([row("H01-2"), row("H01-1")], tmp_path, "Một cửa", AS_OF)

    assert (done.number, done.added) == (1, 2)
    assert entries(tmp_path / "0001.txt") == [
        "add\tH01-1\t1\t2024-01-11\t2024-01-09\t-\tcomplex",
        "add\tH01-2\t1\t2024-01-11\t2024-01-09\t-\tcomplex",
    ]
    assert verified(tmp_path).returncode == 0


def test_nothing_new_makes_no_list(tmp_path: Path) -> None:
    publish([row()], tmp_path, "Một cửa", AS_OF)
    assert publish([row()], tmp_path, "Một cửa", AS_OF).number == 0
    assert not (tmp_path / "0002.txt").exists()


def test_a_correction_is_a_new_entry_and_the_old_list_stays(tmp_path: Path) -> None:
    publish([row("A"), row("B")], tmp_path, "Một cửa", AS_OF)
    before = (tmp_path / "0001.txt").read_bytes()

    done = publish([row("A", reason_code="system"), row("C")], tmp_path, "Một cửa", AS_OF)

    assert (done.added, done.changed, done.withdrawn) == (1, 1, 1)
    assert [entry.split("\t")[:2] for entry in entries(tmp_path / "0002.txt")] == [
        ["change", "A"],
        ["withdraw", "B"],
        ["add", "C"],
    ]
    assert (tmp_path / "0001.txt").read_bytes() == before
    assert verified(tmp_path).returncode == 0


def test_the_same_letters_give_the_same_bytes(tmp_path: Path) -> None:
    rows = [row("A"), row("B"), row("C")]
    one = publish(rows, tmp_path / "1", "Một cửa", AS_OF)
    other = publish(reversed(rows), tmp_path / "2", "Một cửa", AS_OF)
    assert one.sha256 == other.sha256


@pytest.mark.parametrize(
    "harm",
    [
        lambda folder: (folder / "0001.txt").write_text(
            (folder / "0001.txt").read_text().replace("complex", "system")
        ),
        lambda folder: (folder / "0001.txt").unlink(),
        lambda folder: (folder / "0002.txt").rename(folder / "0004.txt"),
        lambda folder: (folder / "0002.sha256").write_text("0" * 64),
    ],
    ids=["changed", "taken out", "renamed", "another hash"],
)
def test_whatever_is_done_to_a_list_shows(tmp_path: Path, harm: Any) -> None:
    for n in range(1, 4):
        publish([row(f"H01-{i}") for i in range(n)], tmp_path, "Một cửa", AS_OF)
    assert verified(tmp_path).returncode == 0

    harm(tmp_path)

    said = verified(tmp_path)
    assert said.returncode == 1
    assert "WRONG" in said.stdout
    with pytest.raises(Refused, match="restore"):
        publish([row("NEW")], tmp_path, "Một cửa", AS_OF)


def test_a_citizen_finds_his_dossier(tmp_path: Path) -> None:
    publish([row("H01-7")], tmp_path, "Một cửa", AS_OF)
    assert "0001: add H01-7" in verified(tmp_path, "H01-7").stdout
    assert "no list speaks of H01-8" in verified(tmp_path, "H01-8").stdout


def test_the_list_names_no_person_and_carries_no_text(tmp_path: Path) -> None:
    letter = {
        "system": "S",
        "dossier_code": "L",
        "batch_no": 1,
        "ordinal": 1,
        "issued_at": day(8),
        "reason": "Ông Nguyễn Văn An chưa nộp thuế\tx",
    }
    late = finished(day(15), dossier_code="L", due_at=day(10))
    snapshot = open_snapshot(build(tmp_path / "w", [late], apology=[letter]))
    assert snapshot is not None
    rows = queries.run(snapshot, default_scope(), "apology_list", as_of=AS_OF).to_pylist()

    publish(rows, tmp_path / "lists", "Một cửa", AS_OF)

    text = (tmp_path / "lists" / "0001.txt").read_text(encoding="utf-8")
    assert entries(tmp_path / "lists" / "0001.txt") == [
        "add\tL\t1\t2024-01-11\t2024-01-09\t-\tfinancial"
    ]
    assert not any(word in text for word in ("Nguyễn", "0912345678", "Trần"))


def test_a_letter_of_tomorrow_is_not_on_todays_list(tmp_path: Path) -> None:
    letter = {"system": "S", "dossier_code": "L", "batch_no": 1, "ordinal": 1}
    late = finished(day(15), dossier_code="L", due_at=day(10))
    snapshot = open_snapshot(build(tmp_path, [late], apology=[letter | {"issued_at": day(60)}]))
    assert snapshot is not None
    assert not queries.run(snapshot, default_scope(), "apology_list", as_of=AS_OF).num_rows
