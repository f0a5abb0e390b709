"""The office's own lists: units over time and procedures."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

from pipeline.demo import files
from pipeline.demo.files import Cell, Sheet
from pipeline.demo.province import CODE, NAME, Procedure, Unit
from pipeline.demo.world import World

FOLDER = "danh-muc"
_LEVELS = {
    "province": "Tỉnh",
    "department": "Sở, ban, ngành",
    "district": "Huyện",
    "commune": "Xã/phường",
    "branch": "Chi nhánh",
}
_RELATIONS = {"merged": "Sáp nhập", "split": "Chia tách", "renamed": "Đổi tên"}
_ONLINE = {"online_full": "Toàn trình", "online_partial": "Một phần", "none": "Trực tiếp"}
_AGENCIES = {
    "land": "Văn phòng Đăng ký đất đai",
    "district": "Ủy ban nhân dân cấp xã",
    "commune": "Ủy ban nhân dân cấp xã",
}
_LIMITS = {"working_day": "Ngày làm việc", "day": "Ngày", "hour": "Giờ làm việc", "month": "Tháng"}


def write(world: World, folder: Path, moment: datetime) -> None:
    """Write danh-muc-don-vi.csv, one row per unit and successor, and danh-muc-thu-tuc.xlsx."""
    folder.mkdir(parents=True)
    headers = [
        "Mã đơn vị",
        "Tên đơn vị",
        "Cấp",
        "Mã đơn vị cấp trên",
        "Đơn vị cấp trên",
        "Hiệu lực từ",
        "Hiệu lực đến",
        "Mã đơn vị kế thừa",
        "Hình thức",
        "Tỷ lệ",
    ]
    names = {unit.code: unit.name for unit in world.province.units}
    rows = [row for unit in world.province.units for row in _unit_rows(unit, names)]
    text = files.csv_text(headers, rows)
    files.write_text(folder / "danh-muc-don-vi.csv", text, lambda t: t.encode("utf-8-sig"))
    procedures = Sheet(
        headers=[
            "STT",
            "Mã số",
            "Tên",
            "Lĩnh vực",
            "Cấp thực hiện",
            "Mức độ DVC",
            "Thời hạn giải quyết",
            "Cơ quan thực hiện",
            "4 tại chỗ",
        ],
        rows=[
            _procedure_row(number, procedure, names)
            for number, procedure in enumerate(world.province.procedures, 1)
        ],
        title=["DANH SÁCH THỦ TỤC HÀNH CHÍNH", f"{NAME} ({CODE})"],
        name="Danh sách TTHC",
    )
    files.write_xlsx(folder / "danh-muc-thu-tuc.xlsx", [procedures], moment)


def _unit_rows(unit: Unit, names: dict[str, str]) -> list[list[str]]:
    head = [
        unit.code,
        unit.name,
        _LEVELS[unit.level],
        unit.parent,
        names.get(unit.parent, ""),
        _written(unit.valid_from),
        _written(unit.valid_to),
    ]
    if not unit.successors:
        return [[*head, "", "", ""]]
    return [
        [*head, after.code, _RELATIONS[after.relation], f"{after.share:g}".replace(".", ",")]
        for after in unit.successors
    ]


def _procedure_row(number: int, procedure: Procedure, names: dict[str, str]) -> list[Cell]:
    by = procedure.handled_by
    level = "Cấp Tỉnh" if by.startswith(CODE) or by == "land" else "Cấp Xã"
    limit = "Trả kết quả ngay"
    if procedure.limit_unit:
        limit = f"{procedure.limit:02d} {_LIMITS[procedure.limit_unit]}"
    online = _ONLINE[procedure.online_level]
    return [
        number,
        procedure.code,
        procedure.name,
        procedure.field,
        level,
        online,
        limit,
        names.get(by) or _AGENCIES[by],
        # Within a day and without a fee: taken in, examined, approved and given back in one place.
        "Có" if procedure.limit <= 1 and not procedure.has_fee else "Không",
    ]


def _written(day: date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else ""
