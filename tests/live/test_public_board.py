"""The public board as a stranger meets it: what reaches his browser, and what it looks like."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from playwright.sync_api import Page, WebSocket, expect
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from pages.ui.screens import screens
from pipeline import publish
from pipeline.wording import wording
from tests.browser.watched import SCREEN_MS, WatchedPage
from tests.live.board import LiveBoard, copied_with_public_board, live_board

pytestmark = pytest.mark.needs_browser

PANELS = ("Chỉ số · Index", "Đơn vị · Units", "Thư xin lỗi · Apologies", "Hài lòng · Satisfaction")
# Within a page; it is Streamlit's own, for who cannot use a mouse.
WAYS = "a:not([data-testid=stSkipToContent])"
SMALLEST = 27  # pixels on 1920 x 1080: read from four metres on a screen of 55 inches
SIZES = """() => [...document.querySelectorAll('.wall *')]
    .filter(one => [...one.childNodes].some(n => n.nodeType === 3 && n.textContent.trim()))
    .map(one => parseFloat(getComputedStyle(one).fontSize))"""
# Letters reach some pixels beyond their line; a line that is cut off is higher than that.
CUT_OFF = """() => [...document.querySelectorAll('.wall, .wall main, .wall table, .wall-tile')]
    .filter(one => one.scrollHeight > one.clientHeight + 6 || one.scrollWidth > one.clientWidth + 6)
    .map(one => one.className || one.tagName)"""


@pytest.fixture(scope="module")
def board(tmp_path_factory: pytest.TempPathFactory, demo_warehouse: Path) -> Iterator[LiveBoard]:
    """The board of an office that has switched its public board on."""
    root = copied_with_public_board(tmp_path_factory.mktemp("office") / "board")
    with live_board(demo_warehouse, root=root) as running:
        yield running


class Listener:
    """Everything that the server sends to a tab."""

    def __init__(self, page: Page) -> None:
        self.sent: list[bytes] = []
        page.on("websocket", self._listen)

    def _listen(self, socket: WebSocket) -> None:
        socket.on("framereceived", lambda frame: self._keep(frame))

    def _keep(self, frame: str | bytes) -> None:
        self.sent.append(frame.encode() if isinstance(frame, str) else frame)

    @property
    def everything(self) -> str:
        return b"\n".join(self.sent).decode("utf-8", errors="replace")

    def addresses(self) -> set[str]:
        """Every screen's address that the browser was told of."""
        told = set()
        for frame in self.sent:
            message = ForwardMsg()
            message.ParseFromString(frame)
            told |= {page.url_pathname for page in message.navigation.app_pages}
        return told


@pytest.fixture(scope="module")
def secrets(demo_warehouse: Path) -> set[str]:
    """Names of applicants and officers, telephone numbers, and what people wrote."""
    current = publish.current(demo_warehouse)
    assert current is not None
    with duckdb.connect(str(publish.path_of(demo_warehouse, current)), read_only=True) as found:
        texts = found.sql("""
            select distinct unnest([applicant_name, applicant_phone, officer_name]) from dossier
            union select comment from survey_answer
            union select reason from apology
        """).fetchall()
    known = {text for (text,) in texts if text}
    assert len(known) > 1_000
    return known


def told(secrets: set[str], listener: Listener) -> list[str]:
    everything = listener.everything
    return sorted(secret for secret in secrets if secret in everything)


def opened(page: Page, board: LiveBoard, name: str, path: str) -> tuple[WatchedPage, Listener]:
    listener = Listener(page)
    tab = WatchedPage(page, board.url, name)
    tab.open(path)
    return tab, listener


@pytest.mark.parametrize("query", ["", "?role=operator&as=H99&unit=H99&lang=en&as_of=2026-09-01"])
def test_nothing_that_names_a_person_is_sent(
    page: Page, board: LiveBoard, secrets: set[str], query: str, request: pytest.FixtureRequest
) -> None:
    tab, listener = opened(page, board, request.node.name, f"public{query}")
    for panel in PANELS:
        page.get_by_role("radio", name=panel).click()
        expect(page.get_by_role("radio", name=panel)).to_be_checked(timeout=SCREEN_MS)
        tab.settle()

    tab.check()
    assert "H99." in listener.everything  # the codes of letters did come
    assert told(secrets, listener) == []
    assert listener.addresses() == {"", "public"}
    assert page.locator(WAYS).count() == 0
    assert page.get_by_test_id("stSidebar").count() == 0


def test_to_the_public_every_other_address_is_one_of_no_screen(
    page: Page, board: LiveBoard, secrets: set[str], request: pytest.FixtureRequest
) -> None:
    listener = Listener(page)
    tab = WatchedPage(page, board.url, request.node.name)
    others = [key for key, screen in screens().items() if not screen.is_public]
    assert len(others) > 10
    for key in others:
        tab.open(key, role="public")
        expect(page.get_by_text(wording("vi")("states.no_such_screen"))).to_be_visible()
        assert page.locator(f"{WAYS}, [data-testid=stMetric], .wall").count() == 0

    assert told(secrets, listener) == []
    assert listener.addresses() <= {"", "public", *others}  # what he asked for himself


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_in_the_hall_nothing_is_small_cut_off_or_to_be_scrolled(
    page: Page, board: LiveBoard, scheme: str, request: pytest.FixtureRequest
) -> None:
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.set_viewport_size({"width": 1920, "height": 1080})
    tab, _ = opened(page, board, request.node.name, "public")
    for at, panel in enumerate(PANELS):
        page.get_by_role("radio", name=panel).click()
        expect(page.get_by_role("radio", name=panel)).to_be_checked(timeout=SCREEN_MS)
        tab.settle()
        tab.shot(f"hall-{scheme}-{at}")
        assert min(page.evaluate(SIZES)) >= SMALLEST
        assert page.evaluate(CUT_OFF) == []
        main = page.get_by_test_id("stMain")
        assert main.evaluate("one => one.scrollHeight - one.clientHeight") <= 0
    tab.check()


def test_on_a_telephone_it_is_read_from_top_to_bottom(
    page: Page, board: LiveBoard, request: pytest.FixtureRequest
) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    tab, _ = opened(page, board, request.node.name, "public")
    for at, panel in enumerate(PANELS):
        page.get_by_role("radio", name=panel).click()
        expect(page.get_by_role("radio", name=panel)).to_be_checked(timeout=SCREEN_MS)
        tab.settle()
        tab.shot(f"telephone-{at}")
        assert page.evaluate(CUT_OFF) == []
        too_wide = page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth - 390")
        assert too_wide <= 0
    tab.check()
