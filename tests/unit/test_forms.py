"""Biểu II.06: its columns, its checks, where the form has no column, and how it prints."""

from __future__ import annotations

import io
import json
import re
import zipfile
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from pipeline import queries
from pipeline.access import default_scope, scope_from_text
from pipeline.errors import BadConfiguration
from pipeline.periods import Period, parse_period
from pipeline.reports import write_report
from pipeline.reports.forms import Forms, Place, form, forms
from pipeline.reports.ii06 import Ask, Filled, columns_of, fill
from pipeline.reports.ii06_sheet import named, notes, verdict
from pipeline.scope import Scope
from pipeline.settings import CONFIG, read_configuration
from pipeline.warehouse import Snapshot, open_snapshot
from pipeline.wording import wording
from tests.snapshots import build, day, dossier, finished, unit

NOW = datetime(2024, 2, 5, 12)
JANUARY = parse_period("2024-01")
WORDS = wording("vi")


def opened(folder: Path, *rows: dict[str, Any], **more: Any) -> Snapshot:
    snapshot = open_snapshot(build(folder, rows, **more))
    assert snapshot is not None
    return snapshot


def asking(snapshot: Snapshot, scope: Scope | None = None, as_of: datetime = NOW) -> Ask:
    return partial(queries.run, snapshot, scope or default_scope(), as_of=as_of)


def filled(snapshot: Snapshot, name: str = "ii06a", period: Period = JANUARY, **how: Any) -> Filled:
    return fill(asking(snapshot), name, period, NOW, **how)


def one_of_each() -> list[dict[str, Any]]:
    """Carried over in time; online and overdue; early; on time; late."""
    return [
        dossier(received_at=day(-20), due_at=day(60)),
        dossier(received_at=day(1), due_at=day(3), channel="online_full"),
        finished(day(2), received_at=day(1), due_at=day(3)),
        finished(day(3), received_at=day(1), due_at=day(3)),
        finished(day(4), received_at=day(1), due_at=day(3)),
    ]


def outsiders() -> list[dict[str, Any]]:
    """One of each kind that the form has no column for."""
    return [
        dossier(status="awaiting_supplement"),
        dossier(due_at=None),
        dossier(status="refused", ended_at=day(3)),
        dossier(status="withdrawn", ended_at=day(3)),
        dossier(status="stopped", ended_at=day(3)),
        dossier(status="unknown"),
        finished(day(2), due_at=None),
    ]


def test_the_columns_count_as_the_form_defines_them(tmp_path: Path) -> None:
    total = filled(opened(tmp_path, *one_of_each())).total

    assert list(total.columns.values()) == [5, 1, 3, 1, 3, 1, 1, 1, 2, 1, 1]
    assert not any(total.outside.values())


def test_every_check_holds_without_outsiders(tmp_path: Path) -> None:
    checks = filled(opened(tmp_path, *one_of_each())).checks

    assert [check.equation for check in checks] == [
        "3 = 4 + 5 + 6",
        "7 = 8 + 9 + 10",
        "11 = 12 + 13",
        "3 = 7 + 11",
        "6′ = 11",
    ]
    assert {check.difference for check in checks} == {0}
    assert {verdict(check, WORDS) for check in checks} == {"Khớp"}


def test_what_the_form_has_no_column_for_is_named_beside_it(tmp_path: Path) -> None:
    form = filled(opened(tmp_path, *outsiders()))

    assert set(form.total.outside.values()) == {1}
    said = {check.equation: verdict(check, WORDS) for check in form.checks}
    assert said["7 = 8 + 9 + 10"] == ("Chênh lệch có lý do: hồ sơ đã giải quyết, không có hạn: 1")
    assert "hồ sơ bị từ chối: 1" in said["3 = 7 + 11"]
    assert not any("KHÔNG KHỚP" in text for text in said.values())
    assert "Ngoài biểu: 1 hồ sơ công dân rút." in notes(form, WORDS)


def test_an_office_may_put_them_into_column_9_and_the_form_says_so(tmp_path: Path) -> None:
    placement: dict[str, Place] = {
        **forms().placement,
        "refused": 9,
        "withdrawn": 9,
        "open_waiting": 12,
    }
    form = filled(opened(tmp_path, *outsiders()), placement=placement)

    assert form.total.columns[9] == 2
    assert form.total.columns[7] == 3
    assert form.total.columns[12] == 1
    assert "refused" not in form.total.outside
    assert "Cột 9 gồm cả hồ sơ bị từ chối." in notes(form, WORDS)
    assert all(check.holds for check in form.checks)


def test_a_count_moved_into_a_column_never_changes_the_total_received() -> None:
    row = dict.fromkeys(
        (
            *("received", "received_in_period", "online_in_period", "carried_over", "resolved"),
            *("early", "on_time", "late", "resolved_no_due", "open", "open_in_time"),
            *("open_overdue", "open_no_due", "open_waiting", "refused", "withdrawn", "stopped"),
            "status_unknown",
        ),
        1,
    )
    columns, outside = columns_of(row, {**forms().placement, "stopped": 10})
    assert columns[3] == 1
    assert columns[10] == 2
    assert "stopped" not in outside


def test_the_next_periods_column_6_is_this_ones_column_11(tmp_path: Path) -> None:
    snapshot = opened(tmp_path, *one_of_each(), dossier(received_at=day(20), due_at=day(90)))

    january = filled(snapshot)
    february = filled(snapshot, period=parse_period("2024-02"))

    assert february.total.columns[6] == january.total.columns[11] == 3


def test_the_reporting_month_ends_on_the_14th(tmp_path: Path) -> None:
    rows = [dossier(received_at=day(n)) for n in (12, 13, 14)]  # 13, 14, 15 January
    form = filled(opened(tmp_path, *rows), period=parse_period("report:2024-01"))

    assert form.total.columns[3] == 2


def test_units_stand_in_their_levels_and_land_offices_before_them(tmp_path: Path) -> None:
    land = "Chi nhánh Văn phòng Đăng ký đất đai khu vực I"
    snapshot = opened(
        tmp_path,
        dossier(unit_id="S"),
        dossier(unit_id="X"),
        dossier(unit_id="L"),
        units=[
            unit("S", unit_name="Sở Y tế", unit_level="department"),
            unit("X"),
            unit("L", unit_name=land, unit_level="branch"),
        ],
    )
    lines = filled(snapshot).lines

    assert [named(line, WORDS) for line in lines] == [
        *("Văn phòng Đăng ký đất đai", land),
        *("Sở, ban, ngành", "Sở Y tế"),
        *("Cấp xã", "Xã X"),
    ]
    assert [line.is_section for line in lines] == [True, False] * 3


def test_a_variant_by_level_leaves_the_others_out(tmp_path: Path) -> None:
    snapshot = opened(
        tmp_path,
        dossier(unit_id="S"),
        dossier(unit_id="X"),
        units=[unit("S", unit_name="Sở Y tế", unit_level="department"), unit("X")],
    )
    form = filled(snapshot, "ii06c")

    assert [line.name for line in form.lines] == [None, "Xã X"]
    assert form.total.columns[3] == 1
    assert "6′ = 11" not in [check.equation for check in form.checks]


def test_a_variant_by_field_has_a_line_per_field_of_a_level(tmp_path: Path) -> None:
    rows = [dossier(field_name=name) for name in ("Đất đai", "Hộ tịch", "Hộ tịch", None)]
    lines = filled(opened(tmp_path, *rows), "ii06b").lines

    assert [(named(line, WORDS), line.columns[3]) for line in lines] == [
        ("Cấp xã", 4),
        ("Đất đai", 1),
        ("Hộ tịch", 2),
        ("Chưa rõ lĩnh vực", 1),
    ]


def merged(folder: Path) -> Snapshot:
    """U1 became U3, U3 became U4; U2 was split between U3 and U4."""
    units = [unit("U1"), unit("U2"), unit("U3"), unit("U4")]
    successors = [
        {"old_unit_id": old, "new_unit_id": new, "from_date": date(2024, 1, 20), "share": 1.0}
        | {"relation": relation}
        for old, new, relation in (
            ("U1", "U3", "merged"),
            ("U3", "U4", "renamed"),
            ("U2", "U3", "split"),
            ("U2", "U4", "split"),
        )
    ]
    rows = [dossier(unit_id=name) for name in ("U1", "U2", "U3", "U4")]
    return opened(folder, *rows, units=units, unit_successor=successors)


def test_dossiers_of_a_merged_unit_stand_under_its_last_heir(tmp_path: Path) -> None:
    form = filled(merged(tmp_path), units="successor")

    counts = {line.unit_id: line.columns[3] for line in form.lines if line.unit_id}
    assert counts == {"U4": 3, "U2": 1}  # a split unit has no single heir
    assert any("kế thừa" in note for note in notes(form, WORDS))


def test_by_default_units_stand_as_they_were(tmp_path: Path) -> None:
    form = filled(merged(tmp_path))

    counts = {line.unit_id: line.columns[3] for line in form.lines if line.unit_id}
    assert counts == {"U1": 1, "U2": 1, "U3": 1, "U4": 1}


def test_a_scope_fills_the_form_with_its_own_unit_only(tmp_path: Path) -> None:
    snapshot = opened(tmp_path, dossier(unit_id="U1"), dossier(unit_id="U2"))

    form = fill(asking(snapshot, scope_from_text("unit_leader:U1")), "ii06a", JANUARY, NOW)

    assert form.total.columns[3] == 1
    assert "U2" not in str(form.lines)


def written(snapshot: Snapshot, *, as_json: bool = False, period: str = "2024-01") -> bytes:
    return write_report(
        "ii06a", snapshot, default_scope(), parse_period(period), NOW, "vi", as_json=as_json
    )


def test_the_sheet_prints_on_a4_landscape_with_its_headings_on_every_page(tmp_path: Path) -> None:
    archive = zipfile.ZipFile(io.BytesIO(written(opened(tmp_path, *one_of_each()))))
    sheet = archive.read("xl/worksheets/sheet1.xml").decode()
    book = archive.read("xl/workbook.xml").decode()

    setup = re.search(r"<pageSetup [^>]*>", sheet)
    assert setup
    assert 'paperSize="9"' in setup[0]
    assert 'orientation="landscape"' in setup[0]
    assert 'fitToHeight="0"' in setup[0]
    assert "Print_Titles" in book


def test_the_sheet_has_the_forms_thirteen_columns_and_prints_a_nought(tmp_path: Path) -> None:
    book = CalamineWorkbook.from_filelike(io.BytesIO(written(opened(tmp_path, *one_of_each()))))
    rows = book.get_sheet_by_index(0).to_python()

    numbers = next(row for row in rows if row[0] == "(1)")
    assert numbers[:4] == ["(1)", "(2)", "(3)=(4)+(5)+(6)", "(4)"]
    assert len(numbers) == 13
    total = next(row for row in rows if row[1] == "Tổng số")
    assert total[2:] == [5, 1, 3, 1, 3, 1, 1, 1, 2, 1, 1]
    head = "\n".join(str(row[0]) for row in rows[:3])
    assert "Biểu số II.06a/VPCP/KSTT" in head
    assert "Thông tư 01/2020/TT-VPCP" in head

    empty = CalamineWorkbook.from_filelike(
        io.BytesIO(written(opened(tmp_path / "empty", dossier(received_at=day(-400)))))
    )
    line = next(row for row in empty.get_sheet_by_index(0).to_python() if row[1] == "Tổng số")
    assert line[2:] == [1, 0, 0, 1, 0, 0, 0, 0, 1, 0, 1]


def test_json_holds_what_the_sheet_prints(tmp_path: Path) -> None:
    document = json.loads(written(opened(tmp_path, *one_of_each()), as_json=True))

    told = list(document["total"]["columns"].items())
    assert told == list(zip(map(str, range(3, 14)), [5, 1, 3, 1, 3, 1, 1, 1, 2, 1, 1], strict=True))
    assert all(check["holds"] for check in document["checks"])
    assert document["placement"]["refused"] == "outside"
    assert document["is_provisional"] is False


def test_a_period_still_open_is_provisional(tmp_path: Path) -> None:
    document = json.loads(written(opened(tmp_path, *one_of_each()), as_json=True, period="2024-02"))
    assert document["is_provisional"] is True


def test_a_form_is_called_as_on_the_last_day_of_its_period() -> None:
    described = form("ii06a")
    assert described.version(date(2019, 1, 1)).legal_basis == "Thông tư 02/2017/TT-VPCP"
    assert described.version(date(2024, 1, 1)).legal_basis == "Thông tư 01/2020/TT-VPCP"
    assert described.version(date(2001, 1, 1)).valid_from == date(2017, 12, 1)


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("refused = 12", 'placement.refused must be "outside" or one of 8, 9, 10'),
        ("refusals = 9", "placement.refusals is not known or missing"),
    ],
)
def test_a_place_that_cannot_be_is_refused_by_name(
    tmp_path: Path, line: str, complaint: str
) -> None:
    text = (CONFIG / "forms.toml").read_text(encoding="utf-8")
    wrong = tmp_path / "forms.toml"
    wrong.write_text(text.replace('refused = "outside"', line), encoding="utf-8")
    with pytest.raises(BadConfiguration, match=re.escape(complaint)):
        read_configuration(wrong, Forms)
