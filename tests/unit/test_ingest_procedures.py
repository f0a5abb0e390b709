"""The list of procedures: levels, online levels and limits in the board's own words."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.ingest import ingest
from pipeline.inspection import inspect
from pipeline.preview import preview
from pipeline.proposal import propose
from pipeline.readers import tables
from pipeline.sources import ready_made
from pipeline.terms import time_limit
from tests.unit.ingested import asked, export, rows

HEADERS = "Mã số;Tên;Lĩnh vực;Cấp thực hiện;Mức độ DVC;Thời hạn giải quyết"


def listed(path: Path, *levels: str) -> Path:
    """A list with one procedure per level: 1.000001, 1.000002..."""
    told = [f"1.{n:06d};Thủ tục {n};Hộ tịch;{one};Một phần;" for n, one in enumerate(levels, 1)]
    return export(path, *told, headers=HEADERS)


def test_a_procedure_of_several_levels_keeps_them_all(tmp_path: Path) -> None:
    book = listed(tmp_path / "a.csv", "Cấp xã, Cấp tỉnh", "CAP BO", "Sở, ban, ngành", "")
    ingest([book], tmp_path / "w", source="procedure_list")
    found = rows(tmp_path / "w", "select agency_level from procedure order by procedure_code")
    assert [level for (level,) in found] == ["province, commune", "ministry", "province", None]


def test_a_level_nobody_knows_is_counted_and_named_and_the_others_are_kept(tmp_path: Path) -> None:
    book = listed(tmp_path / "a.csv", "Cấp xã, Cấp làng", "Cấp làng", "Cấp xã")
    ingest([book], tmp_path / "w", source="procedure_list")
    found = rows(tmp_path / "w", "select agency_level from procedure order by procedure_code")
    assert [level for (level,) in found] == ["commune", None, "commune"]
    warnings = rows(
        tmp_path / "w",
        "select column_name, value, row_n from mapping_warning where warning = 'unknown_value'",
    )
    assert warnings == [("agency_level", "Cấp làng", 2)]


def test_procedures_offered_online_say_who_handles_them(tmp_path: Path) -> None:
    book = listed(tmp_path / "a.csv", "Cấp tỉnh, Cấp xã")
    ingest([book], tmp_path / "w", source="procedure_list")
    (offered,) = asked(tmp_path / "w", "online_offered")
    assert offered["agency_level"] == "province, commune"


def test_looking_at_a_list_takes_its_levels_one_by_one(tmp_path: Path) -> None:
    book = listed(tmp_path / "a.csv", "Cấp xã, Cấp tỉnh", "Cấp tỉnh", "Cấp tỉnh, Cấp làng")
    (table,) = inspect(book, ready_made()).tables
    (levels,) = [found for found in table.columns if found.column == "agency_level"]
    assert [(word.text, word.row_n, word.meaning) for word in levels.words] == [
        ("Cấp tỉnh", 3, "province"),
        ("Cấp xã", 1, "commune"),
        ("Cấp làng", 1, None),
    ]
    draft = propose(table)
    assert draft.unknown_words["agency_level"] == (("Cấp làng", 1),)


def test_a_preview_shows_what_a_list_s_levels_are_taken_for(tmp_path: Path) -> None:
    book = listed(tmp_path / "a.csv", "Cấp xã, Cấp tỉnh", "Cấp làng")
    shown = preview(next(iter(tables(book))), ready_made()["procedure_list"])
    at = shown.columns.index("agency_level")
    assert [(row[at].value, row[at].is_understood) for row in shown.rows] == [
        ("province, commune", True),
        (None, False),
    ]


@pytest.mark.parametrize(
    ("text", "limit"),
    [
        ("05 Ngày làm việc; 10 Ngày", (5, "working_day")),
        ("24 Giờ", (24, "hour")),
        ("0,5 ngày làm việc", (0.5, "working_day")),
        ("1/2 ngày", (0.5, "working_day")),
        ("½ ngày làm việc", (0.5, "working_day")),
        ("Nửa ngày", (0.5, "working_day")),
        ("1/2 tháng", (0.5, "month")),
        ("Trong ngày", (0, "working_day")),
        ("Ngay trong ngày làm việc", (0, "working_day")),
        # The hour of a rule is no limit of fifteen hours.
        (
            "Trong ngày làm việc; nhận sau 15 giờ thì trả ngày làm việc tiếp theo",
            (0, "working_day"),
        ),
        ("Trong ngày làm việc tiếp theo", (1, "working_day")),
        ("Không quá 03 ngày làm việc, trả trong ngày có kết quả", (3, "working_day")),
        ("Không quy định", None),
        ("", None),
    ],
)
def test_a_limit_is_read_as_people_write_it(text: str, limit: tuple[float, str] | None) -> None:
    assert time_limit(text) == limit


def test_a_limit_of_the_same_day_is_kept_as_zero_and_not_lost(tmp_path: Path) -> None:
    told = ["1.000001;Chứng thực;Hộ tịch;Cấp xã;Một phần;Trong ngày"]
    ingest(
        [export(tmp_path / "a.csv", *told, headers=HEADERS)],
        tmp_path / "w",
        source="procedure_list",
    )
    assert rows(tmp_path / "w", "select limit_value, limit_unit from procedure") == [
        (0.0, "working_day")
    ]
