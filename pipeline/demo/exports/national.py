"""Synchronisation with the national portal: districts, communes, sector agencies, in codes."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import numpy as np
import pandas as pd

from pipeline.demo import files
from pipeline.demo.exports import cells
from pipeline.demo.exports.cells import Spelling
from pipeline.demo.files import Cell
from pipeline.demo.world import World

FOLDER = "dong-bo-quoc-gia"
SYSTEM = "national_sync"
SECTOR = ("H99.16", "H99.17", "H99.18", "H99.58")
_STATUS = {
    "submitted": "1",
    "in_progress": "4",
    "not_accepted": "3",
    "awaiting_supplement": "5",
    "awaiting_payment": "6",
    "awaiting_tax": "4",
    "withdrawn": "7",
    "stopped": "8",
    "refused": "8",  # the national codes have none for a refusal during the work
    "finished": "9",
    "handed_over": "10",
}
_CHANNEL = {"counter": "1", "online_full": "2", "online_partial": "2", "post": "3"}
_CODES = Spelling(
    statuses=_STATUS,
    channels=_CHANNEL,
    strange_status=("11", "99"),
    strange_channel=("4",),
    unit_name=cells.short_office,
)
_COLUMNS = {
    "MaHoSo": "dossier_code",
    "MaTTHC": "procedure_code",
    "TenTTHC": "procedure_name",
    "MaLinhVuc": "field_code",
    "TenLinhVuc": "procedure_field",
    "KenhThucHien": "channel",
    "ChuHoSo": "applicant_name",
    "LoaiDoiTuong": "applicant_kind",
    "SoDinhDanh": "identity",
    "SoDienThoai": "applicant_phone",
    "NgayNopHoSo": "submitted_at",
    "NgayTiepNhan": "received_at",
    "NgayHenTra": "due_at",
    "NgayYeuCauBoSung": "supplement_requested_at",
    "NgayTuChoi": "refused_at",
    "NgayKetThucXuLy": "closed_at",
    "NgayTra": "handed_over_at",
    "TrangThaiHoSo": "status",
    "DonViXuLy": "unit",
    "HinhThucTra": "return_kind",
    "DuocThanhToanTrucTuyen": "paid_online",
}


def write(world: World, folder: Path, moment: datetime) -> None:
    """Write the export of one day: communes packed, districts in an archive, sectors as Parquet."""
    folder.mkdir(parents=True)
    seen = world.seen(moment)
    seen = seen[(seen["system"] == SYSTEM).to_numpy()]
    if moment != world.province.as_of:
        under_way = cells.lately_open(seen, moment)
        _packed(world, folder / f"dongbo_{moment:%Y%m%d}.csv.gz", under_way)
        return
    units = world.province.units
    districts = [unit for unit in units if unit.level == "district"]
    sector = cells.select(seen, world.province, SECTOR)
    district = cells.select(seen, world.province, [unit.code for unit in districts])
    communes = seen.drop(index=sector.index.union(district.index))
    _packed(world, folder / f"dongbo_capxa_{moment:%Y%m%d}.csv.gz", communes)
    iso = replace(_CODES, day=cells.ISO_DAY, between="T")
    columns = _columns(world, sector, iso)
    files.write_parquet(
        folder / "dongbo_nganhdoc.parquet",
        {header: [str(cell) for cell in columns[name]] for header, name in _COLUMNS.items()},
    )
    members = {}
    for unit in districts:
        one = _columns(world, cells.select(seen, world.province, [unit.code]), _CODES)
        members[f"huyen_{unit.code.replace('.', '_')}.csv"] = _csv(one)
    files.write_zip(folder / "dongbo_caphuyen.zip", members)


def _packed(world: World, path: Path, seen: pd.DataFrame) -> None:
    packed = replace(_CODES, day=cells.PACKED_DAY, between="", clock="{:02d}{:02d}{:02d}")
    files.write_gz(path, _csv(_columns(world, seen, packed)))


def _csv(columns: dict[str, list[Cell]]) -> bytes:
    rows = [[str(cell) for cell in row] for row in cells.rows_of(columns, list(_COLUMNS.values()))]
    return files.csv_text(list(_COLUMNS), rows).encode("utf-8")


def _columns(world: World, seen: pd.DataFrame, spelling: Spelling) -> dict[str, list[Cell]]:
    columns = cells.spell(world.province, seen, spelling)
    rows = cells.with_earlier_copies(seen)
    status = rows["status"].to_numpy()
    refused = np.isin(status, ("refused", "not_accepted"))
    columns["refused_at"] = [
        end if is_refused else ""
        for end, is_refused in zip(columns["ended_at"], refused, strict=True)
    ]
    fields = sorted({procedure.field for procedure in world.province.procedures})
    numbers = {field: f"G{number + 1:03d}" for number, field in enumerate(fields)}
    columns["field_code"] = [numbers[str(field)] for field in columns["procedure_field"]]
    firm = rows["applicant_name"].str.startswith(("Công ty", "Doanh nghiệp")).to_numpy()
    columns["applicant_kind"] = list(np.where(firm, "1", "0"))
    # No province has the number 099: nobody bears such an identity number.
    digits = zip(columns["applicant_phone"], rows.index, strict=True)
    columns["identity"] = [f"099{str(phone)[-7:]}{number % 100:02d}" for phone, number in digits]
    online = rows["channel"].str.startswith("online").to_numpy()
    columns["return_kind"] = list(np.where(online, "2", "1"))
    columns["paid_online"] = list(np.where(online & (rows.index.to_numpy() % 3 > 0), "1", "0"))
    return columns
