"""With a sign-in, the first thing a fresh server is asked for is a screen, by nobody it knows."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from pages.ui.screens import screens
from pipeline.access import roles
from pipeline.wording import LANGUAGES, wording
from tests.live.board import LiveBoard, copied_with_public_board, fetch
from tests.live.listed import MARKS, list_people, province
from tests.live.provider import asking_board
from tests.live.visit import Place, visiting

ELSEWHERE = "http://localhost:1/.well-known/openid-configuration"  # asked only by who signs in
CLOSED = [screen.key for screen in screens().values() if not screen.is_public]
ASKED = {"role": "operator", "as": "U1", "unit": "U1", "search": "001", "lang": "en"}


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = province(tmp_path_factory.mktemp("anonymous"))
    list_people(folder, "oidc", [("one@x.vn", "operator", "")])
    return folder


@pytest.fixture(scope="module")
def visited(warehouse: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveBoard]:
    """One server for what is asked after its first request."""
    with asking_board(warehouse, tmp_path_factory.mktemp("secrets"), ELSEWHERE) as running:
        yield running


def expect_nothing_but_the_way_in(board: LiveBoard, place: Place) -> None:
    """The page of signing in was sent: no figure, no menu, no unit, no moment of loading."""
    with visiting(board.url) as visit:
        answer = visit.ask(place)
    sent = b"".join(visit.heard)
    words = wording(place.choices.get("lang", "vi"))

    assert answer.complaints == []
    assert words("error.entry.sign_in").encode() in sent
    for mark in MARKS.values():
        assert mark.encode() not in sent
    for language in LANGUAGES:
        told = wording(language)
        for screen in screens():
            assert told(f"{screen}.about").encode() not in sent, screen
        for section in ("leaders", "staff", "steward"):
            assert told(f"shell.section.{section}").encode() not in sent
        for role in roles().roles.values():
            assert role.label(language).encode() not in sent
    assert b"test-001" not in sent  # the snapshot


@pytest.mark.parametrize(
    ("key", "asked"),
    [*((key, {}) for key in CLOSED), *((key, ASKED) for key in ("overview", "dossiers", "intake"))],
)
def test_the_first_request_of_a_server_is_shown_the_way_in_and_nothing_else(
    warehouse: Path, tmp_path: Path, key: str, asked: dict[str, str]
) -> None:
    with asking_board(warehouse, tmp_path, ELSEWHERE) as board:
        expect_nothing_but_the_way_in(board, Place(key, asked))


@pytest.mark.parametrize("key", ["", "nowhere", *CLOSED])
def test_who_does_not_sign_in_sees_nothing_at_any_address(visited: LiveBoard, key: str) -> None:
    expect_nothing_but_the_way_in(visited, Place(key, ASKED))


def test_the_public_board_needs_no_sign_in_and_opens_nothing_else(
    warehouse: Path, tmp_path: Path
) -> None:
    root = copied_with_public_board(tmp_path / "board")
    way_in = wording("vi")("error.entry.sign_in").encode()
    with (
        asking_board(warehouse, tmp_path, ELSEWHERE, root) as board,
        visiting(board.url) as visit,
    ):
        assert visit.ask(Place("public", {"role": "operator"})).complaints == []
        shown = b"".join(visit.heard)
        del visit.heard[:]
        visit.ask(Place("dossiers", {"period": "all"}))

    assert b'class="wall"' in shown
    assert way_in not in shown
    assert b"QUARTZ-0" not in shown  # a dossier's code
    gone_on = b"".join(visit.heard)
    assert way_in in gone_on
    assert not any(mark.encode() in gone_on for mark in MARKS.values())


def test_nobody_uploads_who_has_not_signed_in(visited: LiveBoard) -> None:
    assert fetch(f"{visited.url}/_stcore/upload_file/session/file")[0] == 404
    assert fetch(f"{visited.url}/_stcore/metrics")[0] == 404
