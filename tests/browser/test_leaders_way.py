"""A leader's way through the board: language, filter, number, dossiers, one dossier, files."""

from __future__ import annotations

import csv
import io
import re
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, expect
from python_calamine import CalamineWorkbook

from pipeline import queries
from pipeline.access import scope_of
from pipeline.audit import Asked, search
from pipeline.metrics import metric
from pipeline.moment import end_of_day
from pipeline.periods import LOCAL_ZONE, parse_period
from pipeline.settings import settings
from pipeline.warehouse import Snapshot, open_snapshot
from pipeline.wording import wording
from tests.browser.watched import SCREEN_MS, WatchedPage
from tests.conftest import DEMO_AS_OF

VI, EN = wording("vi"), wording("en")
AS_OF = end_of_day(datetime.combine(DEMO_AS_OF, datetime.min.time()))
MONTH = "2026-09"
YEAR = parse_period("2026")


@pytest.fixture
def snapshot(demo_warehouse: Path) -> Snapshot:
    """The demo's snapshot, to be asked the same as the screens."""
    opened = open_snapshot(demo_warehouse)
    assert opened is not None
    return opened


def asked(snapshot: Snapshot, query: str, **params: Any) -> list[dict[str, Any]]:
    leader = scope_of("province_leader", ())
    rows: list[dict[str, Any]] = queries.run(
        snapshot, leader, query, as_of=AS_OF, **params
    ).to_pylist()
    return rows


def summary(snapshot: Snapshot, unit: str | None = None) -> dict[str, Any]:
    """The figures of 2026 as the provincial leader sees them."""
    return asked(snapshot, "summary", first=YEAR.lower, upper=AS_OF, unit=unit)[0]


def busiest_unit(snapshot: Snapshot) -> dict[str, Any]:
    return max(by_unit(snapshot), key=lambda unit: unit["received"])


def overdue_unit(snapshot: Snapshot) -> dict[str, Any]:
    """The unit with most overdue dossiers that one screen can still show."""
    return max(by_unit(snapshot), key=lambda unit: unit["open_overdue"])


def by_unit(snapshot: Snapshot) -> list[dict[str, Any]]:
    return asked(snapshot, "by_unit", first=YEAR.lower, upper=AS_OF)


def number_in(link: Locator) -> int:
    """The count that a link begins with: '1.249 quá hạn' -> 1249."""
    written = re.match(r"[\d.]+", link.inner_text())
    assert written is not None
    return int(written.group().replace(".", ""))


def test_switching_the_language_keeps_screen_and_filters(
    tab: WatchedPage, snapshot: Snapshot
) -> None:
    unit = busiest_unit(snapshot)
    tab.open("hotspots", period="2026", unit=unit["unit_id"])
    assert tab.heading(VI("hotspots.title")).is_visible()

    tab.press(VI("shell.language"), "EN")

    expect(tab.heading(EN("hotspots.title"))).to_be_visible(timeout=SCREEN_MS)
    tab.settle()
    expect(tab.chosen(EN("filters.which"))).to_have_value(YEAR.label("en"))
    expect(tab.chosen(EN("term.unit"))).to_have_value(unit["unit_name"])
    assert tab.address() == {"period": "2026", "unit": unit["unit_id"], "lang": "en"}
    assert tab.heading(VI("hotspots.title")).count() == 0

    tab.press(EN("shell.language"), "VI")

    expect(tab.heading(VI("hotspots.title"))).to_be_visible(timeout=SCREEN_MS)
    assert tab.address() == {"period": "2026", "unit": unit["unit_id"]}


def test_a_filter_moves_the_figures_and_a_colleague_sees_them_by_the_address(
    tab: WatchedPage, snapshot: Snapshot
) -> None:
    unit = busiest_unit(snapshot)
    all_of_it, part = summary(snapshot), summary(snapshot, unit=unit["unit_id"])
    label = VI("overview.received.label")
    tab.open(period="2026")
    expect(tab.figure(label)).to_have_text(VI.number(all_of_it["received_in_period"]))
    assert part["received_in_period"] < all_of_it["received_in_period"]

    tab.choose(VI("term.unit"), unit["unit_name"])

    expect(tab.figure(label)).to_have_text(VI.number(part["received_in_period"]), timeout=SCREEN_MS)
    tab.settle()
    link = tab.page.url
    tab.page.goto("about:blank")
    tab.page.goto(link)
    expect(tab.figure(label)).to_have_text(VI.number(part["received_in_period"]), timeout=SCREEN_MS)
    expect(tab.chosen(VI("term.unit"))).to_have_value(unit["unit_name"])


# What the overview calls a line of the period's dossiers, and the number that its link opens.
@pytest.mark.parametrize(
    ("line", "measure"),
    [
        ("timing.late", "late"),
        ("open_state.overdue", "open_overdue"),
    ],
)
def test_a_number_leads_to_as_many_dossiers(tab: WatchedPage, line: str, measure: str) -> None:
    tab.open(period=MONTH)

    counted = follow(tab, line)

    tab.settle()
    assert counted > 0, "a figure of 0 would prove nothing"
    assert tab.rows_of(list_of(measure, counted)) == counted
    assert tab.address() == {"period": MONTH, "measure": measure}


def test_a_dossier_of_the_list_opens_with_what_the_list_said_of_it(tab: WatchedPage) -> None:
    tab.open(period=MONTH)
    alt = list_of("late", follow(tab, "timing.late"))
    listed = tab.table(alt)[0]
    code, received = listed[VI("list.column.code")], listed[VI("term.received_at")]
    tab.settle()

    tab.click_first_code(alt)

    expect(tab.heading(VI("dossier.of", code=code))).to_be_visible(timeout=SCREEN_MS)
    tab.settle()
    assert tab.address()["dossier"] == code
    expect(tab.page.get_by_label(VI("dossier.search"), exact=True)).to_have_value(code)
    expect(tab.page.get_by_text(code, exact=False).first).to_be_visible()
    day = VI.date(datetime.fromisoformat(received).date())
    expect(tab.page.get_by_text(day, exact=True).first).to_be_visible()
    # A leader reads no telephone number, in the list or here.
    assert VI("list.column.phone") not in listed
    assert tab.page.get_by_text(re.compile(r"\b0\d{9}\b")).count() == 0


def test_the_files_of_a_list_hold_what_the_screen_shows(
    tab: WatchedPage, demo_warehouse: Path
) -> None:
    began = datetime.now(LOCAL_ZONE)
    tab.open(period=MONTH)
    counted = follow(tab, "open_state.overdue")
    alt = list_of("open_overdue", counted)
    shown = tab.table(alt)
    tab.settle()

    workbook = CalamineWorkbook.from_filelike(io.BytesIO(downloaded(tab, VI("downloads.xlsx"))))
    text = downloaded(tab, VI("downloads.csv")).decode("utf-8-sig")

    logged = search(demo_warehouse, Asked(event="exported", first=began.date()))
    new = [one for one in logged if one.moment >= began and one.rows == counted]
    assert {one.what.rpartition(".")[2] for one in new} == {"csv", "xlsx"}
    heads, *in_excel = workbook.get_sheet_by_index(0).to_python()
    in_csv = list(csv.DictReader(io.StringIO(text)))
    assert len(in_csv) == len(in_excel) == counted
    assert [str(head) for head in heads] == list(in_csv[0])
    code = VI("list.column.code")
    assert [row[heads.index(code)] for row in in_excel] == [row[code] for row in in_csv]
    for on_screen, in_file in zip(shown, in_csv, strict=False):
        # Days and units as the screen shows them: the file has the minute and the whole name.
        in_sight = {head: in_file[head] for head in on_screen}
        days = {head: text[:10] for head, text in in_sight.items() if re.match(r"\d{4}-", text)}
        unit = settings().shortened(in_file[VI("term.unit")])
        assert on_screen == in_sight | days | {VI("term.unit"): unit}
    for personal in (VI("term.applicant"), VI("list.column.phone")):
        assert personal not in heads
        assert personal not in in_csv[0]


def test_staff_open_a_dossier_of_their_queue_with_the_keyboard_alone(
    tab: WatchedPage, snapshot: Snapshot
) -> None:
    unit = overdue_unit(snapshot)
    tab.open(role="staff", **{"as": unit["unit_id"], "bucket": "overdue"})
    alt = VI("queue.table_alt", total=unit["open_overdue"], bucket=VI("queue.bucket.overdue"))
    listed = tab.table(alt)
    assert tab.rows_of(alt) == unit["open_overdue"]

    code = listed[-1][VI("list.column.code")]
    tab.select_row(alt, len(listed) - 1)

    expect(tab.heading(VI("dossier.of", code=code))).to_be_visible(timeout=SCREEN_MS)
    tab.settle()
    assert tab.address()["dossier"] == code
    assert tab.address()["as"] == unit["unit_id"]


def follow(tab: WatchedPage, line: str) -> int:
    """Click a line of the overview; returns the number that the line said."""
    said = re.compile(rf"^[\d.]+ {re.escape(VI(line).lower())}( |$)")  # and how it moved
    link = tab.page.get_by_role("link", name=said)
    counted = number_in(link)
    link.click()
    return counted


def list_of(measure: str, n: int) -> str:
    """What the table of a number's dossiers is called for who cannot see it."""
    return VI("dossiers.table_alt", name=metric(measure).label("vi"), total=n)


def downloaded(tab: WatchedPage, button: str) -> bytes:
    """Press a button and return the file it gives."""
    with tab.page.expect_download() as coming:
        tab.page.get_by_role("button", name=button, exact=True).click()
    return coming.value.path().read_bytes()
