"""New figures come to a board that people have open: dropped in, published beside, or cut off."""

from __future__ import annotations

import signal
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from pipeline import publish
from pipeline.wording import wording
from tests.browser.watched import SCREEN_MS, WatchedPage
from tests.conftest import pipeline
from tests.live.board import LiveBoard, live_board
from tests.unit.ingested import HEADERS, dossier, export
from tests.unit.killed import STAGES, killed_at

WORDS = {language: wording(language) for language in ("vi", "en")}
VI = WORDS["vi"]


@pytest.fixture
def warehouse(tmp_path: Path) -> Path:
    """A warehouse of the test's own, with two dossiers in it."""
    folder = tmp_path / "warehouse"
    ingest(export(tmp_path / "first.csv", dossier("A-1"), dossier("A-2")), folder)
    return folder


@pytest.fixture
def board(warehouse: Path) -> Iterator[LiveBoard]:
    with live_board(warehouse) as running:
        yield running


@pytest.fixture
def tab(page: Page, board: LiveBoard, request: pytest.FixtureRequest) -> Iterator[WatchedPage]:
    watched = WatchedPage(page, board.url, request.node.name)
    yield watched
    watched.check()


def ingest(file: Path, warehouse: Path) -> None:
    """Take a file in as a scheduler does: in a process of its own."""
    pipeline("ingest", file, "--source", "igate", "--warehouse", warehouse)


def expect_received(tab: WatchedPage, n: int, language: str = "vi") -> None:
    label = WORDS[language]("overview.received.label")
    expect(tab.figure(label)).to_have_text(WORDS[language].number(n), timeout=SCREEN_MS)
    tab.settle()
    tab.check()


def switch(tab: WatchedPage, language: str) -> None:
    """An interaction that any viewer has at hand: the other language."""
    group = tab.page.get_by_role("radio", name=language.upper(), exact=True)
    group.click()
    expect(tab.heading(WORDS[language]("overview.title"))).to_be_visible(timeout=SCREEN_MS)


def drop(tab: WatchedPage, name: str, *rows: str) -> None:
    """Let go of a file over the board, as the mouse does."""
    text = "\n".join([HEADERS, *rows]) + "\n"
    carried = tab.page.evaluate_handle(
        """([name, text]) => {
            const carried = new DataTransfer();
            carried.items.add(new File([text], name, {type: "text/csv"}));
            return carried;
        }""",
        [name, text],
    )
    zone = tab.page.get_by_test_id("stFileUploaderDropzone")
    zone.dispatch_event("drop", {"dataTransfer": carried})


def test_a_file_dropped_in_moves_the_figures_by_exactly_its_new_rows(
    tab: WatchedPage, warehouse: Path
) -> None:
    before = publish.current(warehouse)
    tab.open(role="steward", period="all")
    expect_received(tab, 2)
    tab.go_to(VI("shell.section.steward"), VI("intake.title"))

    drop(tab, "moi.csv", dossier("A-2"), dossier("B-1"), dossier("B-2"), dossier("B-3"))
    go = tab.page.get_by_role("button", name=VI("intake.go", n=1), exact=True)
    expect(go).to_be_enabled(timeout=SCREEN_MS)
    tab.settle()
    assert publish.current(warehouse) == before, "looking at a file publishes nothing"
    go.click()

    said = VI("intake.equation", read=4, accepted=4, rejected=0, duplicate=0)
    expect(tab.page.get_by_text(said.split("**")[1])).to_be_visible(timeout=SCREEN_MS)
    tab.settle()
    tab.go_to(VI("shell.section.leaders"), VI("overview.title"))
    expect_received(tab, 5)
    assert tab.address() == {"role": "steward", "period": "all"}
    assert [*(warehouse / "inbox").iterdir()] == [], "a dropped file stayed on the server"


def test_a_batch_held_back_is_thrown_away_or_published_as_it_is(
    tab: WatchedPage, warehouse: Path
) -> None:
    without_a_day = [dossier(f"X-{n}", received="") for n in range(60)]
    tab.open("intake", role="steward", period="all")
    before = publish.current(warehouse)

    def hold(name: str, *rows: str) -> None:
        drop(tab, name, *rows, *without_a_day)
        tab.page.get_by_role("button", name=VI("intake.go", n=1), exact=True).click()
        expect(decision("publish")).to_be_visible(timeout=SCREEN_MS)
        tab.settle()

    def decision(what: str) -> Locator:
        return tab.page.get_by_role("button", name=VI(f"intake.held.{what}"), exact=True).first

    def decide(what: str) -> None:
        """Open the question and say yes to it."""
        decision(what).click()
        asked = tab.page.get_by_test_id("stPopoverBody")
        asked.get_by_role("button", name=VI(f"intake.held.{what}"), exact=True).click()
        expect(decision("publish")).to_have_count(0, timeout=SCREEN_MS)
        tab.settle()

    hold("mot.csv", dossier("B-1"))
    decide("discard")
    assert publish.current(warehouse) == before

    hold("hai.csv", dossier("C-1"), dossier("C-2"))
    assert publish.current(warehouse) == before
    decide("publish")
    said = VI("intake.equation", read=62, accepted=2, rejected=60, duplicate=0)
    expect(tab.page.get_by_text(said.split("**")[1])).to_be_visible(timeout=SCREEN_MS)
    tab.go_to(VI("shell.section.leaders"), VI("overview.title"))
    expect_received(tab, 4)


def test_an_archive_of_several_sources_is_dropped_and_taken_in_as_what_each_is(
    tab: WatchedPage, warehouse: Path, tmp_path: Path
) -> None:
    answers = "Mã phiếu;Mã hồ sơ;Ngày khảo sát;Mức độ hài lòng\nP-1;A-1;05/03/2024;Hài lòng\n"
    with zipfile.ZipFile(tmp_path / "day.zip", "w") as archive:
        archive.writestr("ho-so/a.csv", "\n".join([HEADERS, dossier("B-1"), dossier("B-2")]))
        archive.writestr("phieu.csv", answers)
        archive.writestr("Thumbs.db", "x")
    tab.open("intake", role="steward", period="all")

    tab.page.locator("input[type=file]").set_input_files(tmp_path / "day.zip")
    go = tab.page.get_by_role("button", name=VI("intake.go", n=1), exact=True)
    expect(go).to_be_enabled(timeout=SCREEN_MS)
    tab.settle()
    found = {row[VI("intake.column.file")] for row in tab.table(VI("intake.recognised_alt", n=2))}
    assert found == {"day.zip/ho-so/a.csv", "day.zip/phieu.csv"}
    go.click()

    said = VI("intake.equation", read=3, accepted=3, rejected=0, duplicate=0)
    expect(tab.page.get_by_text(said.split("**")[1])).to_be_visible(timeout=SCREEN_MS)
    passed_over = VI("skipped.system", name="day.zip/Thumbs.db")
    expect(tab.page.get_by_text(passed_over)).to_have_count(1)  # once, though read twice
    tab.settle()
    tab.go_to(VI("shell.section.leaders"), VI("overview.title"))
    expect_received(tab, 4)


def test_a_snapshot_published_beside_an_open_board_shows_at_the_next_interaction(
    tab: WatchedPage, warehouse: Path, tmp_path: Path
) -> None:
    tab.open(period="all")
    expect_received(tab, 2)

    ingest(export(tmp_path / "later.csv", dossier("A-3")), warehouse)

    expect_received(tab, 2)  # nobody touched the board: it stays as it was read
    switch(tab, "en")
    expect_received(tab, 3, "en")
    # The dossiers behind the number are the new snapshot's too.
    label = WORDS["en"]("tiles.open_dossiers")
    tab.page.get_by_role("link", name=label, exact=True).first.click()
    expect(tab.page.get_by_text("A-3", exact=True)).to_be_attached(timeout=SCREEN_MS)
    tab.settle()


def test_killed_ingests_leave_an_open_board_as_it_is_and_the_next_one_is_right(
    tab: WatchedPage, warehouse: Path, tmp_path: Path
) -> None:
    shown = publish.current(warehouse)
    later = export(tmp_path / "later.csv", dossier("A-2"), dossier("A-3"), dossier("A-4"))
    tab.open(period="all")
    expect_received(tab, 2)

    for stage, language in zip(STAGES, ("en", "vi") * len(STAGES), strict=False):
        assert killed_at(STAGES[stage], later, warehouse) == -signal.SIGKILL, stage
        assert publish.current(warehouse) == shown, stage
        switch(tab, language)
        expect_received(tab, 2, language)

    ingest(later, warehouse)

    tab.page.reload()
    expect_received(tab, 4, language)
    assert publish.current(warehouse) != shown
