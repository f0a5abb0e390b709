"""A province's published year at full size: 521,756 dossiers, 315,494 of them handed in online.

The province printed 60,46%, which is the share cut off; rounded it is 60,47%. 306 of 509,560
resolved dossiers were late.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import duckdb
import pytest

from pipeline.ingest import ingest
from pipeline.wording import wording
from tests.conftest import once
from tests.golden.conftest import OpenBoard, counted
from tests.pages.conftest import figures, texts
from tests.unit.ingested import asked

RECEIVED, ONLINE, RESOLVED, LATE = 521_756, 315_494, 509_560, 306
AS_OF = datetime(2024, 12, 31)


def write(path: Path) -> None:
    """The year's dossiers as one CSV export."""
    with duckdb.connect() as con:
        con.execute("create macro wholly(n) as (n * 7919) % 521756")  # spreads, and misses none
        written = con.sql(
            """
            select
                'LS-' || n as "Số hồ sơ",
                'Khai sinh' as "Tên thủ tục hành chính",
                'Tư pháp' as "Phòng ban",
                if(wholly(n) < $online, 'Trực tuyến', 'Trực tiếp') as "Hình thức nộp",
                '01/03/2024 08:30:00' as "Ngày tiếp nhận",
                if(n < $resolved, '05/03/2024 17:00:00', '31/01/2025 17:00:00') as "Ngày hẹn trả",
                case when n < $late then '06/03/2024 08:00:00'
                    when n < $resolved then '04/03/2024 16:00:00' end as "Ngày kết thúc xử lý",
                if(n < $resolved, 'Đã xử lý xong', 'Đang xử lý') as "Trạng thái hồ sơ"
            from range($received) as rows(n)
            """,
            params={"online": ONLINE, "resolved": RESOLVED, "late": LATE, "received": RECEIVED},
        )
        written.write_csv(str(path), header=True)


@pytest.fixture(scope="module")
def lang_son(shared_folder: Path) -> Path:
    """The warehouse of the year, made once per run."""
    folder = shared_folder / "lang-son"
    with once(folder) as is_first:
        if is_first:
            write(folder / "year.csv")
            done = ingest([folder / "year.csv"], folder / "warehouse", source="igate")
            assert (done.read, done.accepted) == (RECEIVED, RECEIVED)
    return folder / "warehouse"


def test_the_share_handed_in_online_is_rounded_and_not_cut_off(lang_son: Path) -> None:
    (found,) = asked(lang_son, "summary", AS_OF)
    assert (found["received"], found["online"]) == (RECEIVED, ONLINE)
    assert wording("vi").percent(found["online"], found["received"]) == "60,47%"
    assert found["online"] * 10_000 // found["received"] == 6_046  # what was printed


def test_a_few_late_ones_among_many_are_neither_lost_nor_rounded_away(lang_son: Path) -> None:
    (found,) = asked(lang_son, "summary", AS_OF)
    assert (found["late"], found["resolved"]) == (LATE, RESOLVED)
    assert found["open"] == RECEIVED - RESOLVED
    assert wording("vi").percent(found["resolved"] - found["late"], found["resolved"]) == "99,94%"


def test_the_overview_prints_the_year_with_its_numerators_and_denominators(
    lang_son: Path, open_board: OpenBoard
) -> None:
    app = open_board(lang_son, "overview", period="2024", as_of="2024-12-31")
    shown, behind = figures(app), counted(app)
    assert shown["Tiếp nhận trong kỳ"] == "521.756"
    assert shown["Nộp trực tuyến"] == "60,47%"
    assert behind["online_in_period"] == {315_494}
    assert behind["received_in_period"] == {521_756}
    assert shown["Giải quyết đúng và trước hạn"] == "99,94%"
    assert behind["resolved_in_time"] == {509_254}
    assert behind["resolved_with_due"] == {509_560}
    # 306 late dossiers must not round to a clean slate, nor the share be cut off as it was.
    assert behind["late"] == {306}
    assert {"100%", "60,46%"} & set(shown.values()) == set()


def test_the_definition_says_why_the_report_printed_another_share(
    lang_son: Path, open_board: OpenBoard
) -> None:
    app = open_board(lang_son, "definitions", find="Tỷ lệ trực tuyến")
    assert "60,46%" not in texts(app)
    app.session_state["definitions.online_rate"] = True
    said = texts(app.run())
    assert "315.494/521.756" in said
    assert "60,46%" in said
