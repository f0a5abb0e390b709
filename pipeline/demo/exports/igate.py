"""Lists of dossiers as VNPT iGate exports them: departments and the land registration office."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pandas as pd

from pipeline.demo import files
from pipeline.demo.exports import cells
from pipeline.demo.exports.cells import Spelling
from pipeline.demo.files import Sheet
from pipeline.demo.legacy import to_tcvn3, to_windows_1258
from pipeline.demo.world import World

FOLDER = "igate"
SYSTEM = "igate"
_COLUMNS = {
    "Số hồ sơ": "dossier_code",
    "Mã TTHC": "procedure_code",
    "Tên thủ tục hành chính": "procedure_name",
    "Tên lĩnh vực": "procedure_field",
    "Phòng ban": "unit",
    "Hình thức nộp": "channel",
    "Chủ hồ sơ": "applicant_name",
    "Số điện thoại": "applicant_phone",
    "Ngày nộp": "submitted_at",
    "Ngày tiếp nhận": "received_at",
    "Ngày hẹn trả": "due_at",
    "Ngày kết thúc xử lý": "closed_at",
    "Ngày trả kết quả": "handed_over_at",
    "Ngày ký kết quả": "result_signed_at",
    "Cán bộ xử lý hiện tại": "officer",
    "Bước xử lý hiện tại": "step_now",
    "Trạng thái hồ sơ": "status",
}
_VARIANT = {"Ngày hẹn trả": "Hạn xử lý", "Trạng thái hồ sơ": "Trạng thái"}
_OFFICES = {  # file -> units
    "DS_HoSo_So_Nganh_1": ("H99.02", "H99.04", "H99.51", "H99.55"),
    "DS_HoSo_So_Nganh_2": ("H99.07", "H99.52", "H99.12"),
    "DS_HoSo_SoNNMT": ("H99.06", "H99.53"),
    "DS_HoSo_BQLKCN": ("H99.15",),
    "HOSO_NNPTNT_CU": ("H99.54",),
    "DS_HoSo_SoTuPhap": ("H99.03",),
}


def write(world: World, folder: Path, moment: datetime) -> None:
    """Write the export of one day: at as_of every dossier, before it the work under way then."""
    folder.mkdir(parents=True)
    seen = world.seen(moment)
    seen = seen[(seen["system"] == SYSTEM).to_numpy()]
    if moment != world.province.as_of:
        _workbook(world, folder / "DS_HoSo_DangXuLy.xlsx", cells.lately_open(seen, moment), moment)
        return

    def office(name: str) -> pd.DataFrame:
        return cells.select(seen, world.province, _OFFICES[name])

    land = [u.code for u in world.province.units if u.level == "branch"]
    _workbook(world, folder / "DS_HoSo_So_Nganh_1.xlsx", office("DS_HoSo_So_Nganh_1"), moment)
    _odd_workbook(world, folder / "DS_HoSo_So_Nganh_2.xlsx", office("DS_HoSo_So_Nganh_2"), moment)
    _land_workbook(
        world, folder / "DS_HoSo_VPDKDD.xlsx", cells.select(seen, world.province, land), moment
    )
    utf8 = _encoder("utf-8-sig")
    _text(world, folder / "DS_HoSo_SoNNMT.csv", office("DS_HoSo_SoNNMT"), Spelling(), ";", utf8)
    _text(
        world,
        folder / "DS_HoSo_BQLKCN.csv",
        office("DS_HoSo_BQLKCN"),
        Spelling(day=cells.DASHED),
        ";",
        to_windows_1258,
    )
    _text(
        world,
        folder / "HOSO_NNPTNT_CU.csv",
        office("HOSO_NNPTNT_CU"),
        Spelling(day=cells.DOTTED, clock="{:02d}:{:02d}"),
        ",",
        to_tcvn3,
    )
    _text(
        world,
        folder / "DS_HoSo_SoTuPhap.csv",
        office("DS_HoSo_SoTuPhap"),
        Spelling(day=cells.ISO_DAY),
        "\t",
        _utf16,
    )


def _workbook(world: World, path: Path, seen: pd.DataFrame, moment: datetime) -> None:
    """Text dates under title rows, a row of column numbers, a total and a signature block."""
    columns = cells.spell(world.province, seen, Spelling())
    rows = cells.rows_of(columns, list(_COLUMNS.values()))
    sheet = Sheet(
        headers=list(_COLUMNS),
        rows=rows,
        title=_title("DANH SÁCH HỒ SƠ", world, moment),
        numbered=True,
        total=("Tổng cộng", len(rows)),
        signed=_signature(moment),
        name="Danh sách hồ sơ",
    )
    files.write_xlsx(path, [sheet], moment)


def _odd_workbook(world: World, path: Path, seen: pd.DataFrame, moment: datetime) -> None:
    """Other headings, decomposed letters, odd spaces, telephone numbers without their zero."""
    columns = cells.spell(world.province, seen, Spelling(unit_name=cells.newer_tones))
    columns["applicant_phone"] = cells.without_zero(columns["applicant_phone"])
    columns["unit"] = [cells.odd_spaces(cells.decomposed(str(u))) for u in columns["unit"]]
    columns["procedure_name"] = [cells.decomposed(str(p)) for p in columns["procedure_name"]]
    headers = [_VARIANT.get(header, header) for header in _COLUMNS]
    sheet = Sheet(
        headers=[cells.odd_spaces(cells.decomposed(header)) for header in headers],
        rows=cells.rows_of(columns, list(_COLUMNS.values())),
        title=_title("DANH SÁCH HỒ SƠ TIẾP NHẬN", world, moment),
        name="Sheet1",
    )
    notes = Sheet(headers=["Ghi chú"], rows=[("Số liệu trích xuất từ hệ thống",)], name="Ghi chú")
    files.write_xlsx(path, [sheet, notes], moment)


def _land_workbook(world: World, path: Path, seen: pd.DataFrame, moment: datetime) -> None:
    """Real date cells, grouped by branch under Roman numerals, the first promise kept."""
    spelling = replace(Spelling(), as_cells=True)
    seen = seen.sort_values("unit", kind="stable")
    columns = cells.spell(world.province, seen, spelling)
    headers = dict(_COLUMNS) | {"Ngày hẹn trả lần đầu": "first_due_at"}
    rows = cells.rows_of(columns, list(headers.values()))
    groups: dict[int, str] = {}
    units = columns["unit_code"]
    names = {unit.code: unit.name for unit in world.province.units}
    met: set[str] = set()
    for number, code in enumerate(units):
        if str(code) and str(code) not in met:
            met.add(str(code))
            groups[number] = f"{_roman(len(met))}. {names[str(code)]}"
    sheet = Sheet(
        headers=list(headers),
        rows=rows,
        title=_title("SỔ THEO DÕI HỒ SƠ ĐẤT ĐAI", world, moment),
        numbered=True,
        groups=groups,
        total=("Cộng", len(rows)),
        signed=_signature(moment),
        name="VPĐKĐĐ",
    )
    files.write_xlsx(path, [sheet], moment)


def _text(
    world: World,
    path: Path,
    seen: pd.DataFrame,
    spelling: Spelling,
    delimiter: str,
    encode: Callable[[str], bytes],
) -> None:
    columns = cells.spell(world.province, seen, spelling)
    rows: Sequence[Sequence[str]] = [
        [str(cell) for cell in row] for row in cells.rows_of(columns, list(_COLUMNS.values()))
    ]
    files.write_text(path, files.csv_text(list(_COLUMNS), rows, delimiter), encode)


def _encoder(name: str) -> Callable[[str], bytes]:
    return lambda text: text.encode(name)


def _utf16(text: str) -> bytes:
    return b"\xff\xfe" + text.encode("utf-16-le")


def _title(heading: str, world: World, moment: datetime) -> list[str]:
    first = world.province.first_day
    return [
        "ỦY BAN NHÂN DÂN TỈNH HÒA GIANG",
        "TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG TỈNH",
        heading,
        f"Từ ngày {first:%d/%m/%Y} đến ngày {moment:%d/%m/%Y}",
        "",
    ]


def _signature(moment: datetime) -> list[str]:
    return [
        f"Hòa Giang, ngày {moment.day} tháng {moment.month} năm {moment.year}",
        "NGƯỜI LẬP BIỂU",
        "(Ký, ghi rõ họ tên)",
    ]


def _roman(number: int) -> str:
    text = ""
    for value, letters in ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")):
        while number >= value:
            text, number = text + letters, number - value
    return text
