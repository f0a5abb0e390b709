"""From the queue to a dossier and back, and the list as a file, as a person does it."""

from __future__ import annotations

import io
from typing import Any
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import expect
from python_calamine import CalamineWorkbook

from tests.browser.watched import SCREEN_MS, WatchedPage

ROW = 35  # height of a row of a table, in pixels


def asked(tab: WatchedPage) -> dict[str, str]:
    """The address as it stands in the browser."""
    return {key: value for key, (value,) in parse_qs(urlsplit(tab.page.url).query).items()}


def test_a_code_opens_its_dossier_and_back_restores_the_list(tab: WatchedPage) -> None:
    tab.open()
    tab.open("queue", role="coordinator", bucket="overdue", sort="due")
    table = tab.page.get_by_test_id("stDataFrame")
    expect(table).to_be_visible(timeout=SCREEN_MS)

    table.click(position={"x": 110, "y": ROW + ROW / 2})
    tab.page.wait_for_url("**/dossier?**", timeout=SCREEN_MS)
    tab.settle()

    code = asked(tab)["dossier"]
    expect(tab.page.get_by_text(code).first).to_be_visible(timeout=SCREEN_MS)
    tab.page.go_back()
    tab.page.wait_for_url("**/queue?**", timeout=SCREEN_MS)
    tab.settle()
    assert asked(tab) == {"role": "coordinator", "bucket": "overdue", "sort": "due"}
    expect(tab.page.get_by_test_id("stDataFrame")).to_be_visible(timeout=SCREEN_MS)
    assert "/dossier" not in tab.page.url


def test_the_file_of_the_list_holds_the_dossiers_it_counts(tab: WatchedPage) -> None:
    tab.open()
    tab.open("queue", role="coordinator", bucket="overdue")
    said = tab.page.get_by_role("radio", name="Quá hạn").inner_text()
    n = int("".join(filter(str.isdigit, said)))

    with tab.page.expect_download(timeout=SCREEN_MS) as download:
        tab.page.get_by_role("button", name="Tải Excel").click()
    content = io.BytesIO(download.value.path().read_bytes())
    sheet: Any = CalamineWorkbook.from_filelike(content).get_sheet_by_index(0)
    rows = sheet.to_python()

    assert rows[0][:3] == ["Mã hồ sơ", "Quá", "Hẹn trả"]
    assert len(rows) - 1 == n > 0
    assert all(row[1] >= 0 for row in rows[1:])
    assert "Chủ hồ sơ" not in rows[0]
