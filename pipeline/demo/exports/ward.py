"""What the software of four communes' centres answers over its interface: JSON."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import numpy as np
import pandas as pd

from pipeline.demo import files
from pipeline.demo.exports import cells
from pipeline.demo.exports.cells import Spelling
from pipeline.demo.files import Cell
from pipeline.demo.world import World

FOLDER = "mot-cua-cap-xa"
SYSTEM = "ward_json"
_HANOI_AHEAD = 7 * 3600  # seconds; the interface counts milliseconds since 1970 in UTC
_COLUMNS = {
    "maHoSo": "dossier_code",
    "maThuTuc": "procedure_code",
    "tenThuTuc": "procedure_name",
    "linhVuc": "procedure_field",
    "maDonVi": "unit_code",
    "donVi": "unit",
    "donViTiepNhan": "receiving_unit",
    "canBo": "officer",
    "buocHienTai": "step_now",
    "hinhThucNop": "channel",
    "chuHoSo": "applicant_name",
    "soDienThoai": "applicant_phone",
    "ngayNop": "submitted_at",
    "ngayTiepNhan": "received_at",
    "ngayHenTra": "due_at",
    "ngayHenTraGoc": "first_due_at",
    "ngayYeuCauBoSung": "supplement_requested_at",
    "ngayBoSung": "supplement_completed_at",
    "ngayKetThuc": "finished_at",
    "ngayKy": "result_signed_at",
    "soKetQua": "result_no",
    "ngayTra": "handed_over_at",
    "ngayTuChoi": "ended_at",
    "trangThai": "status",
}
_MOMENTS = tuple(name for name in _COLUMNS.values() if name.endswith("_at"))


def write(world: World, folder: Path, moment: datetime) -> None:
    """Write the answers of one day, one file per commune and each in its own style."""
    folder.mkdir(parents=True)
    seen = world.seen(moment)
    seen = seen[(seen["system"] == SYSTEM).to_numpy()]
    is_latest = moment == world.province.as_of
    if not is_latest:
        seen = cells.lately_open(seen, moment)
    units = [unit for unit in world.province.units if unit.system == SYSTEM]
    for number, unit in enumerate(units):
        name = f"{unit.code.replace('.', '_').lower()}_hoso"
        own = cells.select(seen, world.province, [unit.code])
        records = _records(world, own, in_milliseconds=number == 1, nested=number == 2)
        if number == 3:
            lines = b"".join(files.json_bytes(record) + b"\n" for record in records)
            (folder / f"{name}.jsonl").write_bytes(lines)
        else:
            answer = {"content": records, "totalElements": len(records), "last": True}
            (folder / f"{name}.json").write_bytes(files.json_bytes(answer, indent=1))


def _records(
    world: World, seen: pd.DataFrame, *, in_milliseconds: bool, nested: bool
) -> list[dict[str, object]]:
    spelling = Spelling(day=cells.ISO_DAY, between="T")
    columns = cells.spell(world.province, seen, spelling)
    rows = cells.with_earlier_copies(seen)
    columns["result_no"] = _result_numbers(rows)
    columns["receiving_unit"] = [
        world.province.units[other].name if other >= 0 else own
        for other, own in zip(rows["elsewhere"], columns["unit"], strict=True)
    ]
    if in_milliseconds:
        for name in _MOMENTS:
            numbers = _milliseconds(rows[name].to_numpy(), columns[name])
            columns[name] = numbers
    records: list[dict[str, object]] = []
    for row in cells.rows_of(columns, list(_COLUMNS.values())):
        record: dict[str, object] = {
            key: cell if cell != "" else None for key, cell in zip(_COLUMNS, row, strict=True)
        }
        if nested:
            record["donVi"] = {"ma": record.pop("maDonVi"), "ten": record["donVi"]}
            record["thuTuc"] = {"ma": record.pop("maThuTuc"), "ten": record.pop("tenThuTuc")}
        records.append(record)
    return records


def _result_numbers(rows: pd.DataFrame) -> list[Cell]:
    """The number of each result that there is; some were closed without one."""
    numbered = rows["finished_at"].notna() & ~rows["lacks_number"]
    return [
        f"{code.rpartition('-')[2].lstrip('0')}/QĐ-UBND" if has else ""
        for code, has in zip(rows["code"], numbered, strict=True)
    ]


def _milliseconds(values: np.ndarray, written: list[Cell]) -> list[Cell]:
    """Milliseconds since 1970; what was written as an impossible date stays as it is."""
    seconds = np.where(np.isnat(values), np.datetime64(0, "s"), values).astype(np.int64)
    expected = cells.moments(values, Spelling(day=cells.ISO_DAY, between="T"))
    return [
        text if text != usual or text == "" else int((second - _HANOI_AHEAD) * 1000)
        for second, text, usual in zip(seconds.tolist(), written, expected, strict=True)
    ]
