"""Who sees a unit, and why somebody sees what he sees, on the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from pipeline.cli import main
from tests.snapshots import build, dossier, unit

LISTED = """
mode = "oidc"
[[person]]
id = "huyen@x.vn"
name = "Huyện"
role = "unit_leader"
units = ["D1"]
[[person]]
id = "xa@x.vn"
name = "Xã"
role = "staff"
units = ["U2"]
"""


@pytest.fixture
def warehouse(tmp_path: Path) -> Path:
    units = [unit("D1"), unit("U1", parent_id="D1"), unit("U2", parent_id="D1")]
    build(tmp_path, [dossier()], units=units)
    (tmp_path / "access.toml").write_text(LISTED, encoding="utf-8")
    return tmp_path


def access(warehouse: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["access", *arguments, "--warehouse", str(warehouse)])


def test_a_person_is_explained_in_sentences(warehouse: Path) -> None:
    done = access(warehouse, "explain", "HUYEN@x.vn")

    assert done.exit_code == 0
    assert "With the units below: Xã U1, Xã U2." in done.output
    assert "Sees rejected rows" not in done.output


def test_a_unit_is_answered_with_everybody_who_sees_it_and_nobody_else(warehouse: Path) -> None:
    told = json.loads(access(warehouse, "explain", "--unit", "Xã U1", "--json").stdout)

    assert told["unit"] == "U1"
    assert [one["person"] for one in told["people"]] == ["huyen@x.vn"]


def test_whether_one_person_sees_one_unit(warehouse: Path) -> None:
    told = json.loads(access(warehouse, "explain", "xa@x.vn", "--unit", "U1", "--json").stdout)

    assert [(one["person"], one["sees_unit"]) for one in told["people"]] == [("xa@x.vn", False)]


def test_the_whole_list_is_told_without_a_question(warehouse: Path) -> None:
    lines = access(warehouse, "explain").output.splitlines()

    assert [line.split()[0] for line in lines] == ["huyen@x.vn", "xa@x.vn"]


@pytest.mark.parametrize("asked", [["nobody@x.vn"], ["--unit", "U9"]])
def test_who_or_what_is_not_there_is_refused(warehouse: Path, asked: list[str]) -> None:
    done = access(warehouse, "explain", *asked)

    assert done.exit_code == 1
    assert asked[-1] in done.output


def test_a_board_without_sign_in_is_said_to_be_one(tmp_path: Path) -> None:
    build(tmp_path, [dossier()])

    assert "whoever sits at this machine chooses his role" in access(tmp_path, "explain").output


def test_a_list_is_checked_before_the_board_is_started(warehouse: Path, tmp_path: Path) -> None:
    assert access(warehouse, "check", "--address", "10.0.0.5").exit_code == 0
    refused = access(tmp_path / "none", "check", "--address", "10.0.0.5")
    assert refused.exit_code == 1
    assert "does not listen on 10.0.0.5" in refused.output


def test_a_list_with_a_mistake_is_refused_in_one_line(warehouse: Path) -> None:
    (warehouse / "access.toml").write_text('mode = "oidc"\nusers = 1\n', encoding="utf-8")

    done = access(warehouse, "check")

    assert done.exit_code == 1
    assert (
        done.output == 'access.toml: key "users" is not known; correct its spelling or remove it.\n'
    )
