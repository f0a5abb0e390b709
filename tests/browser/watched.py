"""A browser tab that remembers what went wrong in it, and knows when a screen is complete."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urlencode

from playwright.sync_api import ConsoleMessage, Page, expect

RESULTS = Path(__file__).resolve().parents[2] / "test-results"
SCREEN_MS = 30_000  # a screen on a slow machine; a wait, not a measurement
# On a deep link Streamlit looks for its server below the address first, then at the root.
LOOKING_FOR_THE_SERVER = re.compile(r"/\w+/_stcore/(health|host-config)$")


class WatchedPage:
    """`page` is Playwright's; `complaints` are the browser's errors and the board's exceptions."""

    def __init__(self, page: Page, board_url: str, name: str) -> None:
        self.page = page
        self.complaints: list[str] = []
        self._board_url = board_url
        self._shots = RESULTS / re.sub(r"[^\w.-]+", "-", name).strip("-")
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self.complaints.append(f"page error: {error}"))
        page.on("requestfailed", self._miss_request)

    def open(self, screen: str = "", **query: str) -> None:
        """Open a screen by its address and wait until it is drawn."""
        address = f"{self._board_url}/{screen}"
        self.page.goto(f"{address}?{urlencode(query)}" if query else address)
        self.settle()

    def settle(self) -> None:
        """Wait until the board has nothing more to say."""
        app = self.page.get_by_test_id("stApp")
        expect(app).to_have_attribute("data-test-connection-state", "CONNECTED", timeout=SCREEN_MS)
        expect(self.page.get_by_test_id("stMain")).to_be_visible(timeout=SCREEN_MS)
        expect(app).to_have_attribute("data-test-script-state", "notRunning", timeout=SCREEN_MS)
        expect(self.page.locator("[data-stale='true']")).to_have_count(0, timeout=SCREEN_MS)

    def complete(self) -> None:
        """Wait until what is drawn last is there too: charts come after their screen."""
        for chart in self.page.get_by_test_id("stPlotlyChart").all():
            expect(chart.locator(".main-svg").first).to_be_attached(timeout=SCREEN_MS)

    def shot(self, name: str) -> Path:
        """Save a picture of the whole screen under test-results/ and return its path."""
        self._shots.mkdir(parents=True, exist_ok=True)
        path = self._shots / f"{name}.png"
        self.page.screenshot(path=path, full_page=True)
        return path

    def check(self) -> None:
        """Fail with everything that went wrong so far."""
        for shown in self.page.get_by_test_id("stException").all_inner_texts():
            self.complaints.append(f"exception on screen: {shown}")
        assert not self.complaints, "\n".join(self.complaints)

    def _hear(self, message: ConsoleMessage) -> None:
        where = message.location.get("url", "")
        if message.type == "error" and not LOOKING_FOR_THE_SERVER.search(where):
            self.complaints.append(f"console: {message.text} ({where})")

    def _miss_request(self, request: object) -> None:
        url = str(getattr(request, "url", ""))
        if not url.startswith((self._board_url, "data:", "blob:")):
            self.complaints.append(f"a request left the office's network: {url}")
