"""A ward's published month: the totals it printed come out again, and its lost dossier is found.

Tây Mỗ received 5,957 dossiers: 4,947 early, 990 on time, 6 late, 13 in progress. Those add up to
5,956; the one that fits nowhere has a status that no vocabulary knows.
"""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import pytest

from pipeline.ingest import ingest
from pipeline.signals import rate_without
from tests.conftest import pipeline
from tests.golden.conftest import OpenBoard, counted, in_red
from tests.pages.conftest import figures, links, texts
from tests.unit.ingested import HEADERS, asked, dossier, export

AS_OF = datetime(2024, 3, 31)
DUE = "20/03/2024 17:00:00"


@pytest.fixture(scope="module")
def tay_mo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Warehouse of the ward's dossiers, taken in as one CSV export."""
    folder = tmp_path_factory.mktemp("tay-mo")
    kinds = [
        (4_947, {"due": DUE, "finished": "19/03/2024 16:00:00"}),
        (990, {"due": DUE, "finished": "20/03/2024 18:30:00"}),  # the day, not the minute
        (6, {"due": DUE, "finished": "21/03/2024 08:00:00"}),
        (13, {"due": "30/04/2024", "finished": "", "status": "Đang xử lý"}),
        (1, {"due": DUE, "finished": "", "status": "Trả lại"}),
    ]
    written = [
        dossier(f"TM-{kind}-{n}", **cells)
        for kind, (count, cells) in enumerate(kinds)
        for n in range(count)
    ]
    done = ingest([export(folder / "thang3.csv", *written)], folder / "warehouse", source="igate")
    assert (done.read, done.accepted) == (5_957, 5_957)
    return folder / "warehouse"


def test_the_published_totals_come_out(tay_mo: Path) -> None:
    (found,) = asked(tay_mo, "summary", AS_OF)
    assert found["received"] == 5_957
    assert (found["early"], found["on_time"], found["late"]) == (4_947, 990, 6)
    assert found["open"] == 13


def test_the_lost_dossier_is_counted_and_named_and_not_guessed(tay_mo: Path) -> None:
    (found,) = asked(tay_mo, "summary", AS_OF)
    assert found["status_unknown"] == 1
    assert found["received"] == found["resolved"] + found["open"] + found["status_unknown"]
    (named,) = asked(tay_mo, "status_unknown", AS_OF)
    assert (named["status_text"], named["dossier_n"]) == ("Trả lại", 1)


def test_the_overview_prints_the_totals_and_the_lost_dossier_in_red(
    tay_mo: Path, open_board: OpenBoard
) -> None:
    app = open_board(tay_mo, "overview", period="2024-03", as_of="2024-03-31")
    behind = counted(app)
    assert figures(app)["Tiếp nhận trong kỳ"] == "5.957"
    assert (behind["early"], behind["on_time"], behind["late"]) == ({4_947}, {990}, {6})
    assert (behind["resolved"], behind["open"]) == ({5_943}, {13})
    assert behind["status_unknown"] == {1}
    (lost,) = in_red(app)
    assert "1 hồ sơ chưa rõ trạng thái" in lost
    assert "Mọi hồ sơ đều rõ trạng thái" not in texts(app)


def test_the_number_of_lost_dossiers_leads_to_the_one_by_its_code(
    tay_mo: Path, open_board: OpenBoard
) -> None:
    app = open_board(tay_mo, "overview", period="2024-03", as_of="2024-03-31")
    (way,) = [way for _, way in links(app) if way.get("measure") == "status_unknown"]
    listed = open_board(tay_mo, "dossiers", **way).dataframe[0].value
    assert list(listed["dossier_code"]) == ["TM-4-0"]


def test_the_word_that_nobody_knows_is_shown_to_the_steward(
    tay_mo: Path, open_board: OpenBoard
) -> None:
    app = open_board(tay_mo, "quality", role="steward", part="unknown", as_of="2024-03-31")
    (words,) = [
        table.value
        for table in app.dataframe
        if "status_text" in table.value and "dossier_n" in table.value
    ]
    assert list(words["status_text"]) == ["Trả lại"]


def test_the_command_line_prints_the_same_totals(tay_mo: Path) -> None:
    asked_for = ("query", "summary", "--as-of", "2024-03-31", "--format", "json")
    said = json.loads(pipeline(*asked_for, "--warehouse", tay_mo).stdout)
    assert [said[key] for key in ("received", "resolved", "open", "status_unknown")] == [
        *(5_957, 5_943, 13, 1)
    ]


def test_the_six_late_ones_were_late_by_the_click_alone(tmp_path: Path) -> None:
    """The report says so of its six late dossiers: the results were given in time."""
    headers = HEADERS + ";Ngày ký kết quả"
    written = [
        *(dossier(f"L-{n}", due=DUE, finished="21/03/2024 08:00:00") for n in range(6)),
        *(dossier(f"T-{n}", due=DUE, finished="19/03/2024 08:00:00") for n in range(94)),
    ]
    signed = [f"{row};20/03/2024" if row[0] == "L" else f"{row};19/03/2024" for row in written]
    listed = export(tmp_path / "list.csv", *signed, headers=headers)
    ingest([listed], tmp_path / "w", source="igate")

    named = asked(tmp_path / "w", "dossiers", AS_OF, finding="late_by_click")
    (found,) = [
        r for r in asked(tmp_path / "w", "signals", AS_OF) if r["signal"] == "late_by_click"
    ]

    assert {row["dossier_code"] for row in named} == {f"L-{n}" for n in range(6)}
    assert (found["signal_n"], found["looked_at_n"]) == (6, 6)
    assert rate_without(found, "late_to_in_time") == (100, 100)
