"""Reports hold the figures of the screens, and a chat message holds no person."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from pipeline import queries
from pipeline.access import default_scope, scope_from_text
from pipeline.errors import Refused
from pipeline.messages import MOST_LINES, queue_text
from pipeline.periods import ALL, parse_period
from pipeline.reports import write_report
from pipeline.reports.workbook import LONGEST_NAME, new_book
from pipeline.scope import Scope
from pipeline.warehouse import Snapshot, open_snapshot
from pipeline.wording import wording
from tests.snapshots import build, day, dossier, unit

NOW = day(10, 12)  # Thursday 11/1/2024; day(11) is the Friday, day(14) the Monday
WORDS = wording("vi")


def opened(folder: Path, *rows: dict[str, Any], **more: Any) -> Snapshot:
    snapshot = open_snapshot(build(folder, rows, **more))
    assert snapshot is not None
    return snapshot


def report(
    snapshot: Snapshot, form: str, scope: Scope | None = None, period: str = "all"
) -> CalamineWorkbook:
    document = write_report(
        form, snapshot, scope or default_scope(), parse_period(period), NOW, "vi"
    )
    return CalamineWorkbook.from_filelike(io.BytesIO(document))


def cells(book: CalamineWorkbook, sheet: str) -> list[list[Any]]:
    return book.get_sheet_by_name(sheet).to_python()


def found(rows: list[list[Any]], text: str, column: int = 1) -> list[Any]:
    return next(row for row in rows if row[column] == text)


def test_due_soon_has_a_sheet_per_unit_and_no_overdue_dossier(tmp_path: Path) -> None:
    snapshot = opened(
        tmp_path,
        dossier(dossier_code="TODAY", unit_id="U1", due_at=day(10, 17)),
        dossier(dossier_code="MONDAY", unit_id="U2", due_at=day(14)),
        dossier(dossier_code="LATE", unit_id="U2", due_at=day(8)),
        dossier(dossier_code="FAR", unit_id="U2", due_at=day(30)),
    )
    book = report(snapshot, "due-soon")

    assert book.sheet_names == ["Tổng hợp", "Xã U1", "Xã U2"]
    codes = [row[0] for row in cells(book, "Xã U2")]
    assert "MONDAY" in codes
    assert "LATE" not in codes
    assert "FAR" not in codes
    assert found(cells(book, "Xã U2"), "MONDAY", 0)[1] == 2.0


def test_the_first_promise_shows_only_where_it_was_moved(tmp_path: Path) -> None:
    snapshot = opened(
        tmp_path,
        dossier(dossier_code="KEPT", due_at=day(11)),
        dossier(dossier_code="MOVED", due_at=day(11), first_due_at=day(4), due_moves=1),
    )
    rows = cells(report(snapshot, "due_soon"), "Xã U1")

    assert found(rows, "KEPT", 0)[3] == ""
    assert found(rows, "MOVED", 0)[3] == day(4).date()


def test_due_soon_heads_each_day_left_with_its_date_and_a_unit_leads_to_its_sheet(
    tmp_path: Path,
) -> None:
    name = "Ủy ban nhân dân phường Nguyễn Thị Minh Khai"
    snapshot = opened(tmp_path, dossier(due_at=day(11)), units=[unit("U1", unit_name=name)])
    document = write_report("due-soon", snapshot, default_scope(), ALL, NOW, "vi")
    book = CalamineWorkbook.from_filelike(io.BytesIO(document))
    summary = cells(book, "Tổng hợp")

    heads = [
        "Đơn vị",
        "Tổng số",
        "Hôm nay",
        "1 ngày\nT6 12/01",
        "2 ngày\nT2 15/01",
        "3 ngày\nT3 16/01",
    ]
    assert heads in summary
    assert found(summary, name, 0) == [name, 1.0, 0.0, 1.0, 0.0, 0.0]
    assert book.sheet_names[1] == "UBND phường Nguyễn Thị Minh Kha"
    with zipfile.ZipFile(io.BytesIO(document)) as parts:
        links = parts.read("xl/worksheets/sheet1.xml").decode()
    assert "'UBND phường Nguyễn Thị Minh Kha'!A1" in links


def test_every_sheet_of_due_soon_prints_on_a4_across(tmp_path: Path) -> None:
    snapshot = opened(tmp_path, dossier(due_at=day(11)))
    document = write_report("due-soon", snapshot, default_scope(), ALL, NOW, "vi")

    with zipfile.ZipFile(io.BytesIO(document)) as parts:
        sheets = [parts.read(name).decode() for name in parts.namelist() if "/sheet" in name]
    assert len(sheets) == 2
    for sheet in sheets:
        assert 'orientation="landscape"' in sheet
        assert 'paperSize="9"' in sheet
        assert 'fitToHeight="0"' in sheet


def test_a_scope_without_the_right_gets_masked_persons_and_no_other_unit(tmp_path: Path) -> None:
    snapshot = opened(
        tmp_path,
        dossier(unit_id="U1", due_at=day(11)),
        dossier(unit_id="U2", due_at=day(11)),
    )
    book = report(snapshot, "due-soon", scope_from_text("unit_leader:U1"))

    assert book.sheet_names == ["Tổng hợp", "Xã U1"]
    said = str(cells(book, "Xã U1"))
    assert "Nguyễn V. A***" in said
    assert "Nguyễn Văn An" not in said
    assert "0912345678" not in said


def test_no_dossier_due_soon_is_said(tmp_path: Path) -> None:
    book = report(opened(tmp_path, dossier(due_at=day(40))), "due-soon")

    assert book.sheet_names == ["Tổng hợp"]
    assert ["Không có hồ sơ nào sắp đến hạn."] in [row[:1] for row in cells(book, "Tổng hợp")]


def test_units_of_one_name_get_sheets_of_their_own(tmp_path: Path) -> None:
    units = [unit("U1", unit_name="Phường 1/Quận 3"), unit("U2", unit_name="phường 1 quận 3")]
    snapshot = opened(
        tmp_path,
        dossier(unit_id="U1", due_at=day(11)),
        dossier(unit_id="U2", due_at=day(11)),
        units=units,
    )

    assert len(set(map(str.casefold, report(snapshot, "due-soon").sheet_names))) == 3


def test_a_sheet_name_is_never_longer_than_excel_allows() -> None:
    with new_book() as (book, _):
        names = [book.sheet("Ủy ban nhân dân phường Nguyễn Thị Minh Khai").name for _ in range(3)]

    assert len(set(names)) == 3
    assert max(map(len, names)) <= LONGEST_NAME


def test_a_formula_in_a_name_stays_text(tmp_path: Path) -> None:
    snapshot = opened(tmp_path, dossier(due_at=day(11), procedure_name="=1+1"))

    assert found(cells(report(snapshot, "due-soon"), "Xã U1"), "=1+1", 4)[1] == 1.0


def test_an_unknown_form_is_refused_naming_the_known_ones(tmp_path: Path) -> None:
    with pytest.raises(Refused, match=r'"ii99".*due-soon, ii06a, ii06b, ii06c, ii07, ii07g'):
        write_report("ii99", opened(tmp_path), default_scope(), ALL, NOW, "vi")


def queue(snapshot: Snapshot) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = queries.run(
        snapshot, default_scope(), "queue", as_of=NOW
    ).to_pylist()
    return rows


def test_a_message_names_dossiers_and_no_person(tmp_path: Path) -> None:
    snapshot = opened(
        tmp_path,
        dossier(dossier_code="H1", due_at=day(8)),
        dossier(dossier_code="H2", due_at=day(10, 17)),
        dossier(dossier_code="H3", due_at=day(14)),
    )
    text = queue_text(WORDS, queue(snapshot), title="Tất cả", unit="Xã U1", as_of=NOW, total=3)

    assert text.splitlines() == [
        "Hồ sơ cần xử lý – Xã U1",
        "Tất cả · Tính đến 12:00 11/01/2024",
        "",
        "1. H1 · Đăng ký khai sinh · hẹn trả 09/01/2024, quá 2 ngày làm việc",
        "2. H2 · Đăng ký khai sinh · hẹn trả 11/01/2024, hạn cuối hôm nay",
        "3. H3 · Đăng ký khai sinh · hẹn trả 15/01/2024, còn 2 ngày làm việc",
    ]
    assert not any(secret in text for secret in ("Nguyễn", "Trần", "0912"))


def test_a_message_about_several_units_names_the_unit_of_each(tmp_path: Path) -> None:
    units = [unit("U1", unit_name="Ủy ban nhân dân xã Một"), unit("U2")]
    snapshot = opened(
        tmp_path, dossier(dossier_code="H1"), dossier(dossier_code="H2", unit_id="U2"), units=units
    )
    text = queue_text(WORDS, queue(snapshot), title="Tất cả", unit="x", as_of=NOW, total=2)

    assert "1. H1 · UBND xã Một · Đăng ký khai sinh" in text
    assert "2. H2 · Xã U2 · Đăng ký khai sinh" in text


def test_a_long_message_says_how_many_it_leaves_out(tmp_path: Path) -> None:
    snapshot = opened(tmp_path, *(dossier(due_at=day(11)) for _ in range(MOST_LINES + 2)))
    text = queue_text(
        WORDS, queue(snapshot), title="Tất cả", unit="Xã U1", as_of=NOW, total=MOST_LINES + 2
    )

    assert text.endswith("… và 2 hồ sơ nữa.\n")
    assert f"{MOST_LINES + 1}. " not in text
