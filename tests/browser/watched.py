"""A browser tab that remembers what went wrong in it, and knows when a screen is complete."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import parse_qs, urlencode, urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Locator, Page, expect

RESULTS = Path(__file__).resolve().parents[2] / "test-results"
SCREEN_MS = 30_000  # a screen on a slow machine; a wait, not a measurement
# On a deep link Streamlit looks for its server below the address first, then at the root.
LOOKING_FOR_THE_SERVER = re.compile(r"/\w+/_stcore/(health|host-config)$")
# Made by the page itself, of bytes that it already has.
WITHOUT_A_HOST = ("data:", "blob:", "about:")


class WatchedPage:
    """`page` is Playwright's; `complaints` are the browser's errors and the board's exceptions."""

    def __init__(self, page: Page, board_url: str, name: str) -> None:
        self.page = page
        self.complaints: list[str] = []
        self.requests = 0
        self._board_url = board_url
        self._host = urlsplit(board_url).netloc
        self._shots = RESULTS / re.sub(r"[^\w.-]+", "-", name).strip("-")
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self.complaints.append(f"page error: {error}"))
        page.on("websocket", lambda socket: self._leave(socket.url))
        context: BrowserContext = page.context  # whatever else the page opens asks from here too
        context.on("request", lambda request: self._leave(request.url))

    def open(self, screen: str = "", **query: str) -> None:
        """Open a screen by its address and wait until it is drawn."""
        address = f"{self._board_url}/{screen}"
        self.page.goto(f"{address}?{urlencode(query)}" if query else address)
        self.settle()

    def settle(self) -> None:
        """Wait until the board has nothing more to say.

        After a click, first wait for something that the click brings: the answer may not have
        begun yet.
        """
        app = self.page.get_by_test_id("stApp")
        expect(app).to_have_attribute("data-test-connection-state", "CONNECTED", timeout=SCREEN_MS)
        expect(self.page.get_by_test_id("stMain")).to_be_visible(timeout=SCREEN_MS)
        expect(app).to_have_attribute("data-test-script-state", "notRunning", timeout=SCREEN_MS)
        expect(self.page.locator("[data-stale='true']")).to_have_count(0, timeout=SCREEN_MS)

    def complete(self) -> None:
        """Wait until what is drawn last is there too: charts come after their screen."""
        for chart in self.page.get_by_test_id("stPlotlyChart").all():
            expect(chart.locator(".main-svg").first).to_be_attached(timeout=SCREEN_MS)

    def address(self) -> dict[str, str]:
        """The choices that stand in the address now."""
        return {name: values[0] for name, values in parse_qs(urlsplit(self.page.url).query).items()}

    def heading(self, text: str) -> Locator:
        """The title of a screen."""
        return self.page.get_by_role("heading", name=text, exact=True, level=1)

    def figure(self, label: str) -> Locator:
        """The value of the card with this label; the first one, where several are called so."""
        card = self.page.get_by_test_id("stMetric").filter(
            has=self.page.get_by_text(label, exact=True)
        )
        return card.first.get_by_test_id("stMetricValue")

    def chosen(self, label: str) -> Locator:
        """A list to choose from, by its label; its value is what is chosen."""
        return self.page.get_by_test_id("stMain").get_by_role("combobox", name=label, exact=True)

    def choose(self, label: str, option: str) -> None:
        """Choose from a list, as somebody does who types the beginning."""
        self.chosen(label).fill(option)
        self.page.get_by_role("option", name=option, exact=True).click()

    def press(self, group: str, option: str) -> None:
        """Choose one of the buttons that stand side by side."""
        self.page.get_by_role("radiogroup", name=group, exact=True).get_by_role(
            "radio", name=option, exact=True
        ).click()

    def go_to(self, section: str, screen: str) -> None:
        """Open a screen from the menu on top."""
        menu = self.page.get_by_role("navigation")
        menu.get_by_role("button", name=section, exact=True).click()
        self.page.get_by_role("menuitem", name=screen, exact=True).click()
        expect(self.heading(screen)).to_be_visible(timeout=SCREEN_MS)
        self.settle()

    def table(self, alt: str) -> list[dict[str, str]]:
        """The rows of a table that are in sight, heading -> text, as a screen reader hears them."""
        grid = self._grid(alt)
        expect(grid.locator("tbody tr").first).to_be_attached(timeout=SCREEN_MS)
        heads = grid.locator("thead th").all_inner_texts()
        lines = [row.locator("td") for row in grid.locator("tbody tr").all()]
        return [dict(zip(heads, line.all_inner_texts(), strict=True)) for line in lines]

    def rows_of(self, alt: str) -> int:
        """How many rows a table has, in sight or not."""
        total = self._grid(alt).get_attribute("aria-rowcount", timeout=SCREEN_MS)
        return int(total or 0) - 1  # the headings are a row of their own

    def click_first_code(self, alt: str) -> None:
        """Click the code in a table's first row."""
        self.page.get_by_role("region", name=alt, exact=True).click(position={"x": 110, "y": 50})

    def select_row(self, alt: str, number: int) -> None:
        """Select a row of a table, counted from 0, with nothing but the keyboard."""
        self._grid(alt).locator("tbody td").first.focus()
        for _ in range(number):
            self.page.keyboard.press("ArrowDown")
        self.page.keyboard.press("Shift+Space")

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
        assert self.requests > 0, "nothing was requested: the tab listened to nobody"

    def _grid(self, alt: str) -> Locator:
        return self.page.get_by_role("region", name=alt, exact=True).locator("table")

    def _hear(self, message: ConsoleMessage) -> None:
        where = message.location.get("url", "")
        if message.type == "error" and not LOOKING_FOR_THE_SERVER.search(where):
            self.complaints.append(f"console: {message.text} ({where})")

    def _leave(self, url: str) -> None:
        """Note a request, and complain about one that is not for the board."""
        self.requests += 1
        if not url.startswith(WITHOUT_A_HOST) and urlsplit(url).netloc != self._host:
            self.complaints.append(f"a request left the office's network: {url}")
