"""Two viewers of two units at one server, in every order: no byte of the one reaches the other."""

from __future__ import annotations

import re
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack
from itertools import permutations
from pathlib import Path

import pytest

from pages.ui.screens import screens, screens_of
from pipeline.wording import wording
from tests.live.board import LiveBoard, live_board
from tests.live.listed import HEADER, KEY, MARKS, list_people, province
from tests.live.visit import Place, Visit, visiting

ONE, OTHER = "one@x.vn", "other@x.vn"
OF = {ONE: "U1", OTHER: "U2"}
EVERYTHING = {"period": "all", "as_of": "2024-02-05"}


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return province(tmp_path_factory.mktemp("two-units"))


@pytest.fixture(scope="module")
def board(warehouse: Path) -> Iterator[LiveBoard]:
    list_people(warehouse, "proxy", [(ONE, "unit_leader", "U1"), (OTHER, "unit_leader", "U2")])
    with live_board(warehouse) as running:
        yield running


def entering(board: LiveBoard, person: str) -> dict[str, str]:
    """The headers with which the office's proxy lets somebody in."""
    return {HEADER: person, "X-Board-Key": KEY} if person else {"X-Board-Key": KEY}


def places(unit: str, role: str) -> list[Place]:
    """Every screen that the role opens, with one of the unit's own dossiers where it needs one."""
    code = {"dossier": f"{MARKS[unit]}-001", "system": "S"}
    return [
        Place(screen.key, EVERYTHING | (code if screen.key == "dossier" else {}))
        for screen in screens_of(role)
        if not screen.is_public
    ]


def expect_own_only(visit: Visit, unit: str) -> None:
    """The unit's mark was sent, and no other's."""
    sent = b"".join(visit.heard)
    other = next(mark for of, mark in MARKS.items() if of != unit)
    assert MARKS[unit].encode() in sent
    at = sent.find(other.encode())
    assert at < 0, sent[max(at - 200, 0) : at + 100]


def list_for(warehouse: Path, role: str) -> None:
    list_people(warehouse, "proxy", [(ONE, role, "U1"), (OTHER, role, "U2")])


@pytest.mark.parametrize("role", ["unit_leader", "staff", "coordinator"])
def test_two_viewers_who_take_turns_get_their_own_unit_on_every_screen(
    board: LiveBoard, warehouse: Path, role: str
) -> None:
    list_for(warehouse, role)
    with (
        visiting(board.url, entering(board, ONE)) as first,
        visiting(board.url, entering(board, OTHER)) as second,
    ):
        for mine, other in zip(places("U1", role), places("U2", role), strict=True):
            for visit, place in ((first, mine), (second, other), (first, mine)):
                assert visit.ask(place).complaints == [], place

    expect_own_only(first, "U1")
    expect_own_only(second, "U2")


@pytest.mark.parametrize("order", [*permutations([ONE, OTHER, f"{ONE} again"])])
def test_whoever_comes_first_fills_no_cache_for_the_other(
    board: LiveBoard, warehouse: Path, order: tuple[str, ...]
) -> None:
    list_for(warehouse, "unit_leader")
    fresh = {"as_of": f"2024-02-{6 + len(order[0]) + len(order[1]) % 5:02}", "period": "all"}
    with ExitStack() as stack:
        visits = {
            name: stack.enter_context(visiting(board.url, entering(board, name.split()[0])))
            for name in order
        }
        for screen in ("overview", "queue", "dossiers", "satisfaction", "signals"):
            for name in order:
                assert visits[name].ask(Place(screen, fresh)).complaints == []
        for name, visit in visits.items():
            expect_own_only(visit, OF[name.split()[0]])


@pytest.mark.parametrize(
    ("screen", "asked"),
    [
        ("dossiers", {"unit": "U2"}),
        ("dossiers", {"search": "ZEPHYR-001"}),
        ("dossiers", {"officer": "Officer ZEPHYR"}),
        ("dossiers", {"field": "Field ZEPHYR"}),
        ("dossier", {"dossier": "ZEPHYR-001", "system": "S"}),
        ("overview", {"unit": "U2"}),
        ("overview", {"role": "operator", "as": "U2"}),
        ("queue", {"role": "operator", "as": "U2", "search": "ZEPHYR"}),
        ("answers", {"unit": "U2", "level": "satisfied"}),
        ("access_log", {}),
        ("intake", {"role": "steward"}),
    ],
)
def test_an_address_that_names_the_other_unit_is_answered_without_a_word_of_it(
    board: LiveBoard, warehouse: Path, screen: str, asked: dict[str, str]
) -> None:
    list_for(warehouse, "unit_leader")
    with visiting(board.url, entering(board, ONE)) as visit:
        visit.ask(Place(screen, EVERYTHING | asked))

    sent = b"".join(visit.heard)
    for word in asked.values():  # what he typed himself may come back to him
        sent = sent.replace(word.encode(), b"")
    assert re.findall(rb"ZEPHYR[^\x00-\x1f]{0,40}", sent) == []


def fetched(board: LiveBoard, path: str, person: str) -> tuple[int, bytes]:
    request = urllib.request.Request(f"{board.url}{path}", headers=entering(board, person))
    try:
        with urllib.request.urlopen(request, timeout=20) as answer:
            return answer.status, answer.read()
    except urllib.error.HTTPError as refused:
        return refused.code, refused.read()


def test_the_link_of_a_file_serves_nobody_but_whom_it_was_made_for(
    board: LiveBoard, warehouse: Path
) -> None:
    list_for(warehouse, "unit_leader")
    with (
        visiting(board.url, entering(board, ONE)) as visit,
        visiting(board.url, entering(board, OTHER)) as other,
    ):
        assert visit.ask(Place("dossiers", EVERYTHING)).complaints == []
        other.ask(Place("dossiers", EVERYTHING))
        link = visit.press(visit.files["CSV"])
        pressed_by_the_other = other.press(visit.files["CSV"])

        assert link.startswith("/media/")
        status, content = fetched(board, link, ONE)
        assert status == 200
        assert b"QUARTZ-001" in content
        assert b"ZEPHYR" not in content
        for person in (OTHER, "", "nobody@x.vn"):
            for path in (link, pressed_by_the_other):
                status, content = fetched(board, path, person)
                assert (status, b"QUARTZ" in content) == (404, False), person


def test_a_file_is_not_made_once_the_role_is_taken_away(board: LiveBoard, warehouse: Path) -> None:
    list_for(warehouse, "unit_leader")
    with visiting(board.url, entering(board, ONE)) as visit:
        visit.ask(Place("dossiers", EVERYTHING))
        link = visit.press(visit.files["CSV"])
        list_people(warehouse, "proxy", [(OTHER, "unit_leader", "U2")])

        assert not visit.press(visit.files["CSV"]).startswith("/media/")
        assert fetched(board, link, ONE)[0] == 404
        del visit.heard[:]
        visit.ask(Place("dossiers", EVERYTHING))
        assert b"QUARTZ" not in b"".join(visit.heard)


def test_a_part_that_runs_by_itself_shows_nothing_once_the_role_is_taken_away(
    board: LiveBoard, warehouse: Path
) -> None:
    list_for(warehouse, "unit_leader")
    with visiting(board.url, entering(board, ONE)) as visit:
        visit.ask(Place("definitions", EVERYTHING))
        (part,) = visit.fragments
        label = wording("vi")("shell.section.leaders").encode()
        assert label in b"".join(visit.heard)
        del visit.heard[:]
        assert visit.run_part(part).complaints == []
        drawn = b"".join(visit.heard)
        list_people(warehouse, "proxy", [(OTHER, "unit_leader", "U2")])
        del visit.heard[:]

        visit.run_part(part)

        shown_out = b"".join(visit.heard)
        assert "chưa được cấp quyền".encode() in shown_out
        assert len(shown_out) < len(drawn)
        assert label not in shown_out


def test_a_unit_that_is_merged_is_gone_at_the_next_interaction(tmp_path: Path) -> None:
    warehouse = province(tmp_path / "w")
    list_for(warehouse, "unit_leader")
    with live_board(warehouse) as board, visiting(board.url, entering(board, ONE)) as visit:
        assert visit.ask(Place("overview", EVERYTHING)).complaints == []

        province(warehouse, snapshot_id="test-002", merged=True)
        del visit.heard[:]
        complaints = visit.ask(Place("overview", EVERYTHING)).complaints

        assert len(complaints) == 1
        assert "Không tìm thấy đơn vị" in complaints[0]
        assert b"QUARTZ" not in b"".join(visit.heard)


def test_the_log_of_the_server_names_no_dossier_and_no_person_of_either(
    board: LiveBoard, warehouse: Path
) -> None:
    list_for(warehouse, "unit_leader")
    with visiting(board.url, entering(board, ONE)) as visit:
        for screen in screens():
            visit.ask(Place(screen, EVERYTHING | {"unit": "U2", "search": "ZEPHYR"}))

    said = board.said()
    for mark in MARKS.values():
        for secret in (f"{mark}-0", f"{mark} Applicant", f"Officer {mark}", f"Said {mark}"):
            assert secret not in said
