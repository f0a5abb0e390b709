"""When a screen is ready in a warm browser, beside a bare page that holds the very same elements.

The bare page (bare_page.py) sends what the screen sent, without asking or building anything: what
is left is Streamlit and the browser. Both are opened in turns, because machines have moods. Then a
filter is changed: the time runs from the click until the new figures stand still.
"""

from __future__ import annotations

import os
import statistics
import tempfile
from datetime import datetime
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from pipeline.warehouse import Snapshot
from tests.benchmarks.places import another, places
from tests.conftest import chromium
from tests.live.board import live_board
from tests.live.visit import Place, visiting

TURNS = 3
LEAST = 5  # elements of a screen that is there at all; the run's state says when it is complete
PATIENCE_MS = 60_000
SETTLED_MS = 500
FILTER_BUDGET_MS = 500
# Drawn: the run is over, nothing is grey, each chart has its picture and each table its canvas.
DRAWN = """
elements => {
    const app = document.querySelector('[data-testid=stApp]');
    if (app?.dataset.testScriptState !== 'notRunning') return false;
    if (document.querySelector('[data-stale=true], [data-testid=stSkeleton]')) return false;
    const all = kind => [...document.querySelectorAll(`[data-testid=${kind}]`)];
    if (all('stElementContainer').length < elements) return false;
    if (all('stPlotlyChart').some(one => !one.querySelector('.main-svg'))) return false;
    if (all('stDataFrame').some(one => !one.querySelector('canvas'))) return false;
    return performance.now();
}
"""
# Another unit by the address, as a click on a filter asks for it: no page is loaded again. The
# clock runs until the run that follows is over and its last change was drawn.
GO = """
([address, drawn, patience]) => new Promise(done => {
    const isDrawn = eval(drawn), began = performance.now();
    const app = document.querySelector('[data-testid=stApp]');
    let ran = false;
    const seen = new MutationObserver(() => { ran = true; });
    seen.observe(app, { attributes: true, attributeFilter: ['data-test-script-state'] });
    const look = () => {
        const took = performance.now() - began;
        if ((ran && isDrawn(5)) || took > patience) {
            seen.disconnect();
            done(took > patience ? null : took);
        } else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
    history.pushState({}, '', address);
    dispatchEvent(new PopStateEvent('popstate'));
})
"""


def measure(board: str, snapshot: Snapshot, now: datetime) -> int:
    """Print, by screen, both times and their ratio, and a filter's; returns what failed."""
    if chromium() is None:
        print("\nNo browser measurement: there is no Chromium (apt-get install chromium).")
        return 0
    where = places(snapshot, now)
    with tempfile.TemporaryDirectory() as folder:
        for n, place in enumerate(where):
            _keep(board, place, Path(folder) / str(n))
        bare = live_board(
            Path(os.devnull), script="tests/benchmarks/bare_page.py", BARE_PAGES=folder
        )
        with bare as other, sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=chromium(), args=["--no-sandbox", "--disable-gpu"]
            )
            page = browser.new_page(viewport={"width": 1400, "height": 900})
            print("\nReady in a warm browser, in ms, beside a bare page with the same elements")
            print(f"{'':<24}{'ours':>8}{'bare':>8}{'ratio':>8}{'filter (budget: 500)':>22}")
            failed = 0
            for n, place in enumerate(where):
                failed += _measure(
                    page,
                    place.url(board),
                    f"{other.url}/?page={n}",
                    another(place, snapshot, now)[0].url(board),
                    place,
                )
            browser.close()
    return failed


def _keep(board: str, place: Place, path: Path) -> None:
    """Keep what a screen sends for the bare page."""
    with visiting(board) as visit:
        answer = visit.ask(place)
    path.mkdir()
    for n, message in enumerate(answer.sent):
        (path / f"{n:05}").write_bytes(message)


def _measure(page: Page, ours: str, bare: str, filtered: str, place: Place) -> int:
    times: dict[str, list[float]] = {ours: [], bare: []}
    for turn in range(TURNS + 1):
        for url in times:
            page.goto(url)
            ready = page.wait_for_function(DRAWN, arg=LEAST, timeout=PATIENCE_MS).json_value()
            if turn:  # the first turn warms the browser's cache
                times[url].append(float(ready))
    a, b = (statistics.median(times[url]) for url in (ours, bare))
    page.goto(ours)
    page.wait_for_function(DRAWN, arg=LEAST, timeout=PATIENCE_MS)
    page.wait_for_timeout(SETTLED_MS)  # nobody clicks in the very moment a screen is there
    waited = page.evaluate(GO, [filtered, DRAWN, PATIENCE_MS])
    wrong = page.get_by_test_id("stException").count() or waited is None
    told = "".join(f" {k}={v}" for k, v in place.choices.items() if k in ("bucket", "period"))
    print(
        f"{place.screen + told:<24}{a:8.0f}{b:8.0f}{a / b:8.2f}{waited or 0:22.0f}"
        + ("  over budget" if (waited or 0) > FILTER_BUDGET_MS else "")
        + ("  FAILED: an exception, or no answer to the filter" if wrong else ""),
        flush=True,
    )
    return bool(wrong)
