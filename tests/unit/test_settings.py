"""board.toml: typed on load, refused by file and key."""

from datetime import date
from pathlib import Path

import pytest

from pipeline.errors import BadConfiguration
from pipeline.settings import ROOT, read_settings, settings, warehouse_folder

BOARD = (ROOT / "data" / "config" / "board.toml").read_text(encoding="utf-8")


def board(tmp_path: Path, before: str = "", after: str = "") -> Path:
    """The office's file with one passage replaced."""
    assert before in BOARD
    path = tmp_path / "board.toml"
    path.write_text(BOARD.replace(before, after) if before else after + BOARD, encoding="utf-8")
    return path


def test_the_file_in_the_project_loads():
    assert settings().satisfaction_target == 0.87
    assert settings().due_soon_horizon_days == 3
    assert settings().age_bands_days == (7, 30, 90, 365)
    assert settings().reorganisations == (date(2025, 7, 1),)
    assert [b.on for b in settings().online_series_breaks] == [date(2022, 6, 24), date(2026, 7, 1)]


def test_office_and_breaks_speak_the_language_asked_for():
    assert settings().office.name("en") != settings().office.name("vi")
    first = settings().online_series_breaks[0]
    assert first.label("vi") == first.label_vi
    assert first.label("en") == first.label_en


def test_an_unknown_key_is_refused_by_name(tmp_path):
    with pytest.raises(
        BadConfiguration, match=r'board\.toml: key "satisfaction_goal" is not known'
    ):
        read_settings(board(tmp_path, "satisfaction_target", "satisfaction_goal"))


def test_an_unknown_key_inside_a_table_is_refused_with_its_path(tmp_path):
    with pytest.raises(BadConfiguration, match=r'key "office\.motto" is not known'):
        read_settings(board(tmp_path, "[office]", '[office]\nmotto = "x"'))


def test_a_missing_key_is_named(tmp_path):
    with pytest.raises(BadConfiguration, match='key "small_sample_n" is missing'):
        read_settings(board(tmp_path, "small_sample_n = 30", ""))


@pytest.mark.parametrize(
    ("before", "after", "key"),
    [
        ("satisfaction_target = 0.87", "satisfaction_target = 87", "satisfaction_target"),
        ("small_sample_n = 30", 'small_sample_n = "30"', "small_sample_n"),
        ("suppress_below_n = 5", "suppress_below_n = 0", "suppress_below_n"),
        ("[7, 30, 90, 365]", "[30, 7]", "age_bands_days"),
        ('default_language = "vi"', 'default_language = "fr"', "office.default_language"),
    ],
)
def test_a_value_outside_its_type_is_refused_by_key(tmp_path, before, after, key):
    with pytest.raises(BadConfiguration, match=f'key "{key}.*" is wrong'):
        read_settings(board(tmp_path, before, after))


def test_a_missing_file_is_said_to_be_missing(tmp_path):
    with pytest.raises(BadConfiguration, match=r"board\.toml is missing"):
        read_settings(tmp_path / "board.toml")


def test_a_file_that_is_not_toml_is_refused(tmp_path):
    with pytest.raises(BadConfiguration, match="not valid TOML"):
        read_settings(board(tmp_path, "", "satisfaction_target =\n"))


def test_the_warehouse_does_not_depend_on_where_the_process_started(tmp_path, monkeypatch):
    monkeypatch.delenv("DUNGHEN_WAREHOUSE", raising=False)
    monkeypatch.chdir(tmp_path)
    assert warehouse_folder() == ROOT / "data" / "warehouse"


def test_the_environment_moves_the_warehouse(tmp_path, monkeypatch):
    monkeypatch.setenv("DUNGHEN_WAREHOUSE", str(tmp_path))
    assert warehouse_folder() == tmp_path


def test_a_relative_warehouse_starts_at_the_project(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DUNGHEN_WAREHOUSE", "elsewhere/warehouse")
    assert warehouse_folder() == ROOT / "elsewhere" / "warehouse"


def test_an_empty_variable_is_no_choice(monkeypatch):
    monkeypatch.setenv("DUNGHEN_WAREHOUSE", "")
    assert warehouse_folder() == ROOT / "data" / "warehouse"
