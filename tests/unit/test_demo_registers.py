"""The demo's surveys, apologies, control slips and lists fit the dossiers that they speak of."""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from datetime import datetime
from pathlib import Path

import numpy as np
import pytest
from python_calamine import CalamineWorkbook

from pipeline import demo
from pipeline.demo import world
from pipeline.demo.province import read_procedures, read_units

AS_OF = demo.DEFAULT_AS_OF


@pytest.fixture(scope="module")
def summary(tmp_path_factory: pytest.TempPathFactory) -> demo.DemoSummary:
    return demo.write(tmp_path_factory.mktemp("demo"), dossiers=3_000, seed=7)


@pytest.fixture(scope="module")
def history() -> world.World:
    return world.make(3_000, 7, AS_OF)


def workbook(path: Path, header: str) -> list[dict[str, str]]:
    grid = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()
    start = next(n for n, line in enumerate(grid) if header in line)
    lines = [[str(cell) for cell in line] for line in grid[start + 1 :]]
    # A row of column numbers may follow the header.
    lines = [line for line in lines if not line[0].startswith("(")]
    return [dict(zip(map(str, grid[start]), line, strict=True)) for line in lines]


def csv_rows(path: Path, delimiter: str) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, delimiter=delimiter))


def test_letters_have_the_gaps_that_the_marker_counts(summary: demo.DemoSummary) -> None:
    letters = workbook(summary.exports[-1] / "thu-xin-loi" / "so-thu-xin-loi.xlsx", "Số văn bản")
    planted = summary.planted
    assert len(letters) == planted["apologies"]
    assert sum(not row["Lý do quá hạn"] for row in letters) == planted["apologies_without_reason"]
    assert (
        sum(not row["Ngày hẹn trả mới"] for row in letters) == planted["apologies_without_new_due"]
    )
    assert sum(row["Lần xin lỗi"] == "2.0" for row in letters) == planted["apologies_second"] >= 1
    assert planted["apologies_missing"] >= 1


def test_no_letter_is_issued_after_as_of(summary: demo.DemoSummary) -> None:
    letters = workbook(summary.exports[-1] / "thu-xin-loi" / "so-thu-xin-loi.xlsx", "Số văn bản")
    issued = [datetime.strptime(row["Ngày ban hành"], "%d/%m/%Y") for row in letters]
    assert max(issued) <= AS_OF


def test_letters_speak_of_dossiers_that_broke_their_first_promise(
    summary: demo.DemoSummary, history: world.World
) -> None:
    letters = workbook(summary.exports[-1] / "thu-xin-loi" / "so-thu-xin-loi.xlsx", "Số văn bản")
    dossiers = history.seen(AS_OF).set_index("code")
    spoken_of = dossiers.loc[sorted({row["Mã hồ sơ"] for row in letters})]
    end = spoken_of["finished_at"].fillna(AS_OF).dt.normalize()
    assert (end > spoken_of["first_due_at"].dt.normalize()).all()


def test_steps_follow_each_other_and_an_open_dossier_has_not_been_issued(
    summary: demo.DemoSummary, history: world.World
) -> None:
    lines = csv_rows(summary.exports[-1] / "phieu-kiem-soat" / "phieu-kiem-soat.csv", ";")
    assert len(lines) == summary.planted["control_slip_lines"]
    dossiers = history.seen(AS_OF).set_index("code")
    slips: dict[str, list[dict[str, str]]] = defaultdict(list)
    for line in lines:
        slips[line["Mã hồ sơ"]].append(line)
    for code, slip in slips.items():
        starts = [datetime.strptime(line["Thời gian nhận"], "%d/%m/%Y %H:%M:%S") for line in slip]
        assert starts == sorted(starts)
        closed = dossiers.at[code, "status"] in ("finished", "handed_over", "refused")
        issued = [x for x in slip if x["Tên bước"] == "Phát hành kết quả"]
        if not closed and dossiers.at[code, "status"] not in ("withdrawn", "stopped"):
            assert not any(line["Thời gian hoàn thành"] for line in issued)


def test_some_slips_are_incomplete(summary: demo.DemoSummary) -> None:
    lines = csv_rows(summary.exports[-1] / "phieu-kiem-soat" / "phieu-kiem-soat.csv", ";")
    done_before = Counter(line["Mã hồ sơ"] for line in lines if not line["Thời gian hoàn thành"])
    assert max(done_before.values()) >= 1
    assert 0 < summary.planted["control_slip_gaps"] < len(lines) / 4


def test_one_unit_asks_nobody_and_the_devices_know_three_faces(summary: demo.DemoSummary) -> None:
    folder = summary.exports[-1] / "khao-sat"
    paper = workbook(folder / "phieu-giay.xlsx", "Mã phiếu")
    device = csv_rows(folder / "thiet-bi-tai-quay.csv", ";")
    online = csv_rows(folder / "truc-tuyen.csv", ",")
    silent = {row["Đơn vị"] for row in [*paper, *device, *online]}
    assert "UBND xã Khuổi Sao" not in silent
    assert {row["Đánh giá"] for row in device} == {"Hài lòng", "Bình thường", "Không hài lòng"}
    assert {row["Mức độ hài lòng"] for row in online} <= set("123459")
    assert len(paper) == summary.planted["survey_paper"]
    dont_know = sum(row["Mức độ hài lòng"] == "Không có ý kiến" for row in paper)
    dont_know += sum(row["Mức độ hài lòng"] == "9" for row in online)
    assert dont_know == summary.planted["survey_dont_know"] >= 1


def test_no_comment_names_a_person_of_the_demo(
    summary: demo.DemoSummary, history: world.World
) -> None:
    online = csv_rows(summary.exports[-1] / "khao-sat" / "truc-tuyen.csv", ",")
    comments = {row["Ý kiến góp ý"] for row in online if row["Ý kiến góp ý"]}
    assert comments
    people = {name for officers in history.province.officers for name in officers}
    assert not [one for one in comments if any(name in one for name in people)]


def test_every_unit_in_force_has_something_due_within_three_working_days(
    history: world.World,
) -> None:
    seen = history.seen(AS_OF)
    clock = history.province.clock
    last = clock.day_of(clock.number(np.array(AS_OF.toordinal() - 719_163)) + 3)
    still_open = seen["status"].isin(["in_progress", "awaiting_tax"])
    days = seen["due_at"].to_numpy().astype("datetime64[D]").astype(int)
    soon = seen[still_open & (days <= int(last)) & (days >= AS_OF.toordinal() - 719_163)]
    waiting = {history.province.units[number].name for number in soon["unit"]}
    in_force = {u.name for u in read_units() if u.weight and u.in_force(AS_OF.date())}
    assert in_force - waiting == set()


def test_every_unit_that_ended_has_successors_that_exist() -> None:
    units = read_units()
    codes = {unit.code for unit in units}
    assert len(codes) == len(units) > 100
    for unit in units:
        assert sum(after.share for after in unit.successors) in (0, pytest.approx(1))
        assert {after.code for after in unit.successors} <= codes
        assert bool(unit.successors) == (unit.valid_to is not None and unit.level != "district")


def test_procedure_codes_are_text_with_six_decimals_and_unique() -> None:
    codes = [procedure.code for procedure in read_procedures()]
    assert len(set(codes)) == len(codes) >= 120
    assert all(len(code) == 8 and code[1] == "." for code in codes)
    assert any(code.endswith("0") for code in codes)


@pytest.mark.parametrize(
    "as_of",
    [datetime(2026, 11, 22, 0, 0), datetime(2026, 11, 23, 6, 0), datetime(2025, 3, 1, 9, 30)],
)
def test_any_moment_can_be_the_end_of_the_history(as_of: datetime) -> None:
    history = world.make(500, 7, as_of)
    seen = history.seen(as_of)
    assert len(seen) == 500
    assert seen["received_at"].max() <= as_of
    units = [history.province.units[number] for number in seen["unit"]]
    received = [moment.date() for moment in seen["received_at"]]
    assert all(unit.in_force(day) for unit, day in zip(units, received, strict=True))
