"""Every built-in date format reads what it writes, and none reads what it should not."""

from __future__ import annotations

from datetime import datetime

import duckdb
import pytest

from pipeline.formats import (
    day_first,
    formats_for,
    formats_on_request,
    formats_read,
    month_first,
)
from pipeline.sources import ready_made


def moment(text: str, formats: list[str]) -> datetime | None:
    with duckdb.connect() as con:
        row = con.execute(
            "select try_strptime($text, $formats)", {"text": text, "formats": formats}
        )
        (read,) = row.fetchall()[0]
    assert read is None or isinstance(read, datetime)
    return read


@pytest.mark.parametrize("formats", [day_first(), month_first()], ids=["day first", "month first"])
@pytest.mark.parametrize("written", ["2024-02-13 20:30:00", "2024-11-09 08:05:00"])
def test_every_format_reads_back_what_it_writes(formats: list[str], written: str) -> None:
    expected = datetime.fromisoformat(written)
    wrong = {}
    with duckdb.connect() as con:
        for one in formats:
            row = con.execute("select strftime($m::timestamp, $f)", {"m": expected, "f": one})
            text = row.fetchall()[0][0]
            row = con.execute("select try_strptime($t, $l)", {"t": text, "l": formats})
            read = row.fetchall()[0][0]
            with_hours = "%H" in one or "%I" in one
            if read != (expected if with_hours else expected.replace(hour=0, minute=0)):
                wrong[one] = (text, read)
    assert wrong == {}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("03/04/2025", "2025-04-03"),
        ("3/4/2025", "2025-04-03"),
        ("03-04-2025", "2025-04-03"),
        ("03.04.2025", "2025-04-03"),
        ("03_04_2025", "2025-04-03"),
        ("03/04/2025 17:05:09", "2025-04-03 17:05:09"),
        ("03/04/2025 17:05", "2025-04-03 17:05"),
        ("03/04/2025 05:05:09 PM", "2025-04-03 17:05:09"),
        ("03/04/2025 12:05 AM", "2025-04-03 00:05"),
        ("08:30 01/03/2024", "2024-03-01 08:30"),
        ("08:30:00 01/03/2024", "2024-03-01 08:30"),
        ("8h30 ngày 01/03/2024", "2024-03-01 08:30"),
        ("01/03/2024 8h30", "2024-03-01 08:30"),
        ("2024-03-01", "2024-03-01"),
        ("2024-03-01T08:30:00", "2024-03-01 08:30"),
        ("2024-03-01T08:30:00.250", "2024-03-01 08:30:00.250"),
        ("2024-03-01 08:30:00.25", "2024-03-01 08:30:00.250"),
        ("ngày 01 tháng 3 năm 2024", "2024-03-01"),
        ("Ngày 1 tháng 3 năm 2024", "2024-03-01"),
        ("8 giờ 30 phút, ngày 01 tháng 3 năm 2024", "2024-03-01 08:30"),
        ("03-Apr-2025", "2025-04-03"),
    ],
)
def test_day_first_dates(text: str, expected: str) -> None:
    assert moment(text, day_first()) == datetime.fromisoformat(expected)


def test_month_first_dates() -> None:
    assert moment("03/04/2025", month_first()) == datetime(2025, 3, 4)
    assert moment("01/05/2015 12:40:41 PM", month_first()) == datetime(2015, 1, 5, 12, 40, 41)


def test_a_day_that_no_month_has_is_not_read_the_other_way_round() -> None:
    assert moment("31/12/2023", month_first()) is None
    assert moment("12/31/2023", day_first()) is None
    assert moment("29/02/2023", day_first()) is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "45292",
        "45292.35",
        "1704067200000",
        "20240301",
        "1.249",
        "60,47",
        "2.000815",
        "000.00.14.H56-200203-0118",
        "2024",
        "03/2024",
        "10:30",
        "2024-01-01T00:00:00Z",
        "2024-01-01T00:00:00+02:00",
        "03/04/2025 24:10",
        "03/04/2025x",
        "Tổng cộng",
    ],
)
def test_what_is_no_date_or_is_read_elsewhere_is_left_alone(text: str) -> None:
    assert moment(text, day_first()) is None
    assert moment(text, month_first()) is None


@pytest.mark.parametrize("text", ["03/04/25", "23-12-31", "03/04/225"])
def test_a_short_year_never_counts_as_a_year_of_ours(text: str) -> None:
    assert formats_read([text], day_first()) == {}


def test_a_short_year_is_offered_when_a_file_is_inspected() -> None:
    assert formats_read(["03/04/25"], formats_on_request()) == {"%d/%m/%y": ["03/04/25"]}


def test_the_source_s_own_formats_come_first() -> None:
    assert formats_for(ready_made()["national_sync"])[:2] == ["%Y%m%d%H%M%S", "%Y%m%d"]


def test_a_sample_moves_the_formats_in_use_to_the_front_and_loses_none() -> None:
    source = ready_made()["igate"]
    formats = formats_for(source, sample=["01.03.2024 08:30", "không rõ"])
    assert formats[0] == "%d.%m.%Y %H:%M"
    assert sorted(formats) == sorted(formats_for(source))


def test_each_text_counts_for_the_first_format_that_reads_it() -> None:
    texts = ["01/03/2024", "2024-03-01", "x"]
    assert formats_read(texts, day_first()) == {
        "%d/%m/%Y": ["01/03/2024"],
        "%Y-%m-%d": ["2024-03-01"],
    }


def test_no_text_is_read_differently_by_two_built_in_formats() -> None:
    texts = ["03/04/2025", "03-04-2025 08:30", "2024-03-05", "08:30 05/03/2024", "5_3_2024"]
    with duckdb.connect() as con:
        for text in texts:
            moments = {
                con.execute("select try_strptime($t, $f)", {"t": text, "f": one}).fetchall()[0][0]
                for one in day_first()
            }
            assert len(moments - {None}) == 1
