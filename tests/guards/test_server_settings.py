"""What the server must never do, whatever else is set."""

from __future__ import annotations

import tomllib
from typing import Any

from tests.guards.project import ROOT, files, relative

SETTINGS: dict[str, Any] = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text("utf-8"))


def test_only_the_machine_itself_is_listened_to() -> None:
    assert SETTINGS["server"]["address"] == "127.0.0.1"


def test_no_folder_is_served_without_a_screen() -> None:
    assert not SETTINGS["server"].get("enableStaticServing", False)
    assert [path for path in files() if relative(path).startswith("static/")] == []


def test_the_board_cannot_be_driven_by_programs() -> None:
    assert not SETTINGS["server"].get("enableAgentApi", False)


def test_an_error_shows_no_value_of_a_row() -> None:
    assert SETTINGS["client"]["showErrorDetails"] == "none"


def test_nobody_outside_hears_of_visitors() -> None:
    assert SETTINGS["browser"]["gatherUsageStats"] is False


def test_no_secret_is_under_version_control() -> None:
    secret = [path for path in files() if path.name in ("secrets.toml", "access.toml")]
    assert [one for one in map(relative, secret) if not one.startswith("data/locale/")] == []
    assert "/.streamlit/secrets.toml" in (ROOT / ".gitignore").read_text("utf-8").splitlines()
    assert "cookieSecret" not in SETTINGS["server"]


def test_no_table_gives_its_rows_away_past_the_access_log() -> None:
    assert SETTINGS["client"]["disableDataExport"] is True
