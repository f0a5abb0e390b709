"""What the marker says was planted stands in the files, row by row, and nothing else does."""

from __future__ import annotations

import csv
import gzip
import io
import json
import re
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from lxml import html
from python_calamine import CalamineWorkbook

from pipeline import demo
from pipeline.calendar import is_working_day
from pipeline.readers.vietnamese_bytes import TCVN3
from pipeline.text import fold

Row = dict[str, str]
N = 3_000
NAMES = {  # header without accents and spaces -> one name for all systems
    "sohoso": "code", "mahoso": "code",
    "ngaytiepnhan": "received", "ngaynhan": "received",
    "ngayhentra": "due", "hanxuly": "due",
    "ngayketthucxuly": "finished", "ngayketthuc": "finished",
    "ngaytraketqua": "handed", "ngaytra": "handed",
    "ngaykyketqua": "signed", "ngayky": "signed",
    "trangthaihoso": "status", "trangthai": "status",
    "phongban": "unit", "donvixuly": "unit", "donvi": "unit", "donvitiepnhan": "taken_in_by",
    "ngayyeucaubosung": "asked", "ngaybosung": "completed",
    "matthc": "procedure", "mathutuc": "procedure",
    "hinhthucnop": "channel", "kenhthuchien": "channel",
    "chuhoso": "applicant", "canboxulyhientai": "officer", "canbo": "officer",
}  # fmt: skip


@pytest.fixture(scope="module")
def summary(tmp_path_factory: pytest.TempPathFactory) -> demo.DemoSummary:
    return demo.write(tmp_path_factory.mktemp("demo"), dossiers=N, seed=7)


@pytest.fixture(scope="module")
def systems(summary: demo.DemoSummary) -> dict[str, list[Row]]:
    return all_rows(summary.exports[-1])


@pytest.fixture(scope="module")
def rows(systems: dict[str, list[Row]]) -> list[Row]:
    return [row for rows_of_one in systems.values() for row in rows_of_one]


def all_rows(export: Path) -> dict[str, list[Row]]:
    """Rows of dossiers by system, read without the project's own readers."""
    found: dict[str, list[Row]] = {}
    for system in ("igate", "mot-cua-tinh", "dong-bo-quoc-gia", "mot-cua-cap-xa"):
        paths = sorted(p for p in (export / system).iterdir() if p.name != demo.MARKER)
        found[system] = [named(row) for path in paths for row in table(path)]
    return found


def named(row: Row) -> Row:
    short = {fold(header).replace(" ", ""): cell for header, cell in row.items()}
    found = {NAMES[header]: cell for header, cell in short.items() if header in NAMES}
    return {"unit": found.get("taken_in_by", "")} | found


def table(path: Path) -> Iterator[Row]:
    if path.suffix == ".xlsx":
        grid = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()
        yield from below_header([[str(cell) for cell in line] for line in grid])
    elif path.suffix == ".xls":
        lines = html.fromstring(path.read_bytes()).xpath("//tr")
        yield from below_header([[c.text_content() for c in line.xpath("th|td")] for line in lines])
    elif path.suffix == ".gz":
        yield from below_header(
            list(csv.reader(io.StringIO(gzip.decompress(path.read_bytes()).decode())))
        )
    elif path.suffix == ".zip":
        with zipfile.ZipFile(path) as archive:
            for name in archive.namelist():
                yield from below_header(list(csv.reader(io.StringIO(archive.read(name).decode()))))
    elif path.suffix == ".parquet":
        for row in pq.read_table(path).to_pylist():
            yield {header: cell or "" for header, cell in row.items()}
    elif path.suffix == ".jsonl":
        yield from (flat(json.loads(line)) for line in path.read_text("utf-8").splitlines())
    elif path.suffix == ".json":
        yield from (flat(one) for one in json.loads(path.read_text("utf-8"))["content"])
    else:
        text, delimiter = decoded(path)
        yield from below_header(list(csv.reader(io.StringIO(text), delimiter=delimiter)))


def decoded(path: Path) -> tuple[str, str]:
    content = path.read_bytes()
    if path.name == "HOSO_NNPTNT_CU.csv":
        return "".join(TCVN3.get(byte, chr(byte)) for byte in content), ","
    if path.name == "DS_HoSo_SoTuPhap.csv":
        return content.decode("utf-16"), "\t"
    return content.decode("cp1258" if "BQLKCN" in path.name else "utf-8-sig"), ";"


def flat(record: dict[str, object]) -> Row:
    return {
        key: str(value["ten"]) if isinstance(value, dict) else "" if value is None else str(value)
        for key, value in record.items()
    }


def below_header(grid: list[list[str]]) -> Iterator[Row]:
    keys = [[fold(cell).replace(" ", "") for cell in line] for line in grid]
    start = next(n for n, line in enumerate(keys) if {"sohoso", "mahoso"} & set(line))
    header = grid[start]
    first = 1 if fold(header[0]) == "stt" else 0
    for line in grid[start + 1 :]:
        # Column numbers, group headings, totals and signatures have no procedure.
        is_dossier = len(line) == len(header) and line[first + 2] and line[first + 2][0] != "("
        if is_dossier and not line[0].startswith(("Tổng", "Cộng")):
            yield dict(zip(header, line, strict=True))


def moment(text: str) -> datetime | None:
    if re.fullmatch(r"\d{13}", text):
        return datetime.fromtimestamp(int(text) / 1000 + 7 * 3600, tz=None).replace(tzinfo=None)
    for written in (
        "%d/%m/%Y %H:%M:%S", "%d/%m/%Y %H:%M", "%d-%m-%Y %H:%M:%S", "%d.%m.%Y %H:%M",
        "%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S", "%Y%m%d%H%M%S",
    ):  # fmt: skip
        try:
            return datetime.strptime(text, written)
        except ValueError:
            continue
    return None


def days(row: Row, name: str) -> date | None:
    found = moment(row.get(name, ""))
    return found.date() if found else None


def before(row: Row, name: str, other: str) -> bool:
    one, two = days(row, name), days(row, other)
    return one is not None and two is not None and one < two


FAULTS: dict[str, Callable[[Row], bool]] = {
    "no_code": lambda row: not row["code"],
    "no_received": lambda row: not row["received"],
    "impossible_received": lambda row: bool(row["received"]) and moment(row["received"]) is None,
    "finished_before_received": lambda row: before(row, "finished", "received"),
    "due_before_received": lambda row: before(row, "due", "received"),
    "finished_in_future": lambda row: (days(row, "finished") or date.min) > date(2026, 11, 20),
    "unit_unknown": lambda row: row["unit"] == "Tổ công tác lưu động số 2",
    "channel_unknown": lambda row: row.get("channel") in ("Zalo OA", "Lưu động", "4"),
    "status_unknown": lambda row: (
        row["status"] in ("Tạm dừng", "Trả lại", "Chuyển bước lỗi", "11", "99")
    ),
    "impossible_date": lambda row: any(
        row.get(name) and moment(row[name]) is None for name in ("due", "finished")
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_planted_fault_stands_in_as_many_rows_as_the_marker_says(
    summary: demo.DemoSummary, rows: list[Row], fault: str
) -> None:
    assert sum(map(FAULTS[fault], rows)) == summary.planted[fault] >= 1


def test_the_marker_counts_the_rows_of_every_system(
    summary: demo.DemoSummary, systems: dict[str, list[Row]]
) -> None:
    counted = {name: len(rows) for name, rows in systems.items()}
    assert counted == {
        "igate": summary.planted["rows_igate"],
        "mot-cua-tinh": summary.planted["rows_provincial_list"],
        "dong-bo-quoc-gia": summary.planted["rows_national_sync"],
        "mot-cua-cap-xa": summary.planted["rows_ward_json"],
    }
    assert sum(counted.values()) == N + summary.planted["duplicate_code"]


def test_only_the_planted_codes_stand_twice_and_in_one_system(
    summary: demo.DemoSummary, systems: dict[str, list[Row]]
) -> None:
    codes = {name: Counter(r["code"] for r in rows if r["code"]) for name, rows in systems.items()}
    twice = [code for counter in codes.values() for code, n in counter.items() if n > 1]
    assert len(twice) == summary.planted["duplicate_code"]
    everywhere = [code for counter in codes.values() for code in counter]
    assert len(everywhere) == len(set(everywhere))


def test_the_later_copy_of_a_duplicate_is_the_finished_one(rows: list[Row]) -> None:
    seen: dict[str, Row] = {}
    pairs = 0
    for row in rows:
        if row["code"] and row["code"] in seen:
            pairs += 1
            # The provincial list writes the hand-over under the heading of the end.
            column = "handed" if "handed" in row else "finished"
            assert row[column]
            assert not seen[row["code"]][column]
        seen[row["code"]] = row
    assert pairs >= 1


def test_the_date_in_a_code_is_the_day_of_receipt_but_for_the_planted(
    summary: demo.DemoSummary, rows: list[Row]
) -> None:
    differing = [
        row["code"]
        for row in rows
        if row["code"] and days(row, "received")
        if row["code"].split("-")[1] != f"{days(row, 'received'):%y%m%d}"
    ]
    assert len(differing) == summary.planted["code_date_differs"]


def test_codes_have_the_form_of_their_generation(rows: list[Row]) -> None:
    old, new = (
        re.compile(r"000\.\d\d\.\d\d\.H99-\d{6}-\d{4}"),
        re.compile(r"H99(\.\d{2,3}){1,2}-\d{6}-\d{4}"),
    )
    for row in rows:
        received = days(row, "received")
        if row["code"] and received:
            wanted = new if received >= date(2025, 7, 1) else old
            assert wanted.fullmatch(row["code"]), row


def test_nothing_is_received_after_as_of_or_on_a_sunday_or_holiday(rows: list[Row]) -> None:
    received = [m for row in rows if (m := moment(row["received"]))]
    assert len(received) > N - 10
    assert max(received) <= demo.DEFAULT_AS_OF
    off = [m for m in received if not is_working_day(m.date())]
    assert {m.weekday() for m in off} == {5}
    assert max(m.hour for m in off) < 12


def test_work_ends_on_working_days_unless_done_on_the_spot(
    summary: demo.DemoSummary, rows: list[Row]
) -> None:
    planted = ("finished_before_received", "finished_in_future")
    odd = [
        row
        for row in rows
        if (end := days(row, "finished")) and not is_working_day(end) and row["due"]
        if not any(FAULTS[name](row) for name in planted)
    ]
    assert odd == []


def test_hostile_names_arrive_as_they_are(rows: list[Row]) -> None:
    applicants = {row["applicant"] for row in rows}
    assert "<script>alert('hồ sơ')</script>" in applicants
    assert '=HYPERLINK("http://example.invalid","Bấm vào đây")' in applicants
    assert "-2+3+Trần Thị Trừ" in applicants
    assert any("\u202e" in name for name in applicants)
    assert "Phạm\tVăn\tTab" in applicants


def test_one_officer_closes_at_least_ten_dossiers_within_a_minute(
    summary: demo.DemoSummary, systems: dict[str, list[Row]]
) -> None:
    minutes = Counter(
        (row["officer"], end.replace(second=0))
        for row in systems["igate"]
        if (end := moment(row["finished"]))
    )
    crowded = [n for n in minutes.values() if n >= 10]
    assert crowded
    assert sum(crowded) == summary.planted["bulk_clicks"]


def test_a_result_is_clicked_before_it_is_signed_only_where_planted(
    summary: demo.DemoSummary, rows: list[Row]
) -> None:
    early = [row for row in rows if before(row, "finished", "signed")]
    assert len(early) == summary.planted["clicked_before_done"]


def test_a_late_click_has_a_signature_of_the_promised_day(
    summary: demo.DemoSummary, rows: list[Row]
) -> None:
    signed_in_time = [
        row
        for row in rows
        if before(row, "due", "finished") and days(row, "signed")
        if not before(row, "due", "signed") and days(row, "signed") == days(row, "due")
        if not FAULTS["finished_in_future"](row)
    ]
    assert len(signed_in_time) >= summary.planted["clicked_late"] >= 1


def test_moved_promises_are_seen_by_comparing_with_the_lists_before(
    summary: demo.DemoSummary, rows: list[Row]
) -> None:
    now = {row["code"]: moment(row["due"]) for row in rows if row["due"]}
    moved = set()
    for export in summary.exports[:-1]:
        for path in sorted(export.rglob("*")):
            if path.is_file() and path.name != demo.MARKER and "danh-muc" not in path.parts:
                for row in map(named, table(path)):
                    if row["due"] and moment(row["due"]) != now[row["code"]]:
                        moved.add(row["code"])
    assert len(moved) == summary.planted["moved_promises"] >= 1


def test_earlier_lists_hold_nothing_of_later_days(summary: demo.DemoSummary) -> None:
    for export in summary.exports[:-1]:
        day = date.fromisoformat(export.name)
        own = [named(row) for path in (export / "igate").glob("*.xlsx") for row in table(path)]
        assert own
        for row in own:
            for name in ("received", "finished", "handed", "signed"):
                assert (days(row, name) or day) <= day
