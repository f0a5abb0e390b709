"""Behind a rate: a sentence is checked, a signal opens its dossiers, a form is a workbook."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path

from playwright.sync_api import expect
from python_calamine import CalamineWorkbook

from pipeline import queries
from pipeline.access import scope_of
from pipeline.metrics import metric
from pipeline.moment import end_of_day
from pipeline.periods import parse_period
from pipeline.warehouse import open_snapshot
from pipeline.wording import wording
from tests.browser.watched import SCREEN_MS, WatchedPage
from tests.conftest import DEMO_AS_OF

VI = wording("vi")
MONTH = "2026-09"
REPORT = "Tiếp nhận 5.957 hồ sơ, đã giải quyết 5.943 hồ sơ, đang giải quyết 13 hồ sơ."


def test_a_sum_that_is_wrong_is_found_while_one_reads(tab: WatchedPage) -> None:
    tab.open("reconcile", period=MONTH)
    box = tab.page.get_by_role("textbox", name=VI("reconcile.box.label"))
    box.fill(REPORT)
    box.press("Control+Enter")

    wrong = tab.page.get_by_text("14", exact=False).filter(has_text="13")
    expect(wrong.first).to_be_visible(timeout=SCREEN_MS)
    tab.settle()
    assert REPORT not in tab.page.url  # what somebody pastes stays out of addresses and logs


def test_a_signal_opens_as_many_dossiers_as_it_counts(
    tab: WatchedPage, demo_warehouse: Path
) -> None:
    tab.open("signals", period="2026")
    began = VI("signals.table.alt", n=0).partition(":")[0].replace("0", r"\d+")
    grid = tab.page.get_by_role("region", name=re.compile(f"^{began}:"))
    seen = tab.table(grid.get_attribute("aria-label") or "")
    name, said = seen[0][VI("signals.column.signal")], seen[0][VI("signals.column.signal_n")]
    box = grid.bounding_box()
    assert box is not None

    grid.click(position={"x": box["width"] * 0.28, "y": 52})  # the count in the first row

    expect(tab.heading(metric("received").label("vi"))).to_be_visible(timeout=SCREEN_MS)
    tab.settle()
    finding = tab.address()["finding"]
    assert VI(f"signal.{finding}") == name
    assert counted(demo_warehouse, finding) == int(said.replace(".", "")) > 0
    expect(tab.page.get_by_text(f"{said} hồ sơ", exact=False).first).to_be_visible()


def counted(warehouse: Path, finding: str) -> int:
    """Dossiers with a pattern in 2026, as the provincial leader's query counts them."""
    snapshot, as_of = open_snapshot(warehouse), datetime.combine(DEMO_AS_OF, datetime.min.time())
    assert snapshot is not None
    rows = queries.run(
        snapshot,
        scope_of("province_leader"),
        "signals",
        as_of=end_of_day(as_of),
        first=parse_period("2026").lower,
    ).to_pylist()
    return sum(row["signal_n"] for row in rows if row["signal"] == finding)


def test_a_form_is_a_workbook_with_all_its_columns(tab: WatchedPage, tmp_path: Path) -> None:
    tab.open("forms", period=MONTH)
    with tab.page.expect_download() as waiting:
        tab.page.get_by_role("button", name=VI("downloads.xlsx")).first.click()
    waiting.value.save_as(tmp_path / "form.xlsx")
    sheet = CalamineWorkbook.from_path(str(tmp_path / "form.xlsx")).get_sheet_by_index(0)
    written = " ".join(str(cell) for row in sheet.to_python() for cell in row)
    assert "II.06a" in written
    assert all(f"({n})" in written for n in range(1, 14))
