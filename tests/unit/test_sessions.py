"""A sign-in that was ended stays ended, whoever shows it again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from pipeline import sessions

NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)


def test_what_was_ended_is_ended_and_nothing_else(tmp_path: Path) -> None:
    sessions.end(tmp_path, "a1", NOW)

    assert sessions.is_ended(tmp_path, "a1")
    assert not sessions.is_ended(tmp_path, "a2")
    assert not sessions.is_ended(tmp_path, "a")


def test_only_the_board_s_own_user_reads_the_list(tmp_path: Path) -> None:
    sessions.end(tmp_path, "a1", NOW)

    assert (tmp_path / sessions.NAME).stat().st_mode & 0o077 == 0


def test_a_list_that_cannot_be_read_ends_every_sign_in(tmp_path: Path) -> None:
    (tmp_path / sessions.NAME).mkdir()

    assert sessions.is_ended(tmp_path, "a1")


def test_what_has_run_out_by_itself_is_forgotten_and_the_rest_is_not(tmp_path: Path) -> None:
    sessions.end(tmp_path, "old", NOW - timedelta(hours=13))
    sessions.end(tmp_path, "new", NOW - timedelta(hours=11))

    sessions.forget(tmp_path, 12, NOW)

    assert not sessions.is_ended(tmp_path, "old")
    assert sessions.is_ended(tmp_path, "new")
    assert (tmp_path / sessions.NAME).stat().st_mode & 0o077 == 0
