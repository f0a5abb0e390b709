"""The list of another provincial system: an HTML table under the extension .xls.

Its "Ngày kết thúc xử lý" holds the day of handing over, as the real one's does. The real one also
writes nine cells under twelve headings; nobody could read that, so these rows are whole.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pandas as pd

from pipeline.demo import files
from pipeline.demo.exports import cells
from pipeline.demo.exports.cells import Spelling
from pipeline.demo.world import World

FOLDER = "mot-cua-tinh"
SYSTEM = "provincial_list"
WITHOUT_CHANNEL = "H99.14"  # an office whose version of the list does not know the column
_COLUMNS = {
    "STT": "number",
    "Đơn vị tiếp nhận": "unit",
    "Lĩnh vực": "procedure_field",
    "Tên TTHC": "procedure_name",
    "Mã hồ sơ": "dossier_code",
    "Trạng thái": "status",
    "Địa chỉ": "",
    "Chủ hồ sơ": "applicant_name",
    "Ngày nhận": "received_at",
    "Ngày hẹn trả": "due_at",
    "Ngày kết thúc xử lý": "handed_over_at",
    "Đơn vị/cá nhân giải quyết": "officer",
}


def write(world: World, folder: Path, moment: datetime) -> None:
    """Write the export of one day, the office without channels in a file of its own."""
    folder.mkdir(parents=True)
    seen = world.seen(moment)
    seen = seen[(seen["system"] == SYSTEM).to_numpy()]
    if moment != world.province.as_of:
        _table(
            world, folder / "danh_sach_ho_so_dang_xu_ly.xls", cells.lately_open(seen, moment), True
        )
        return
    apart = cells.select(seen, world.province, [WITHOUT_CHANNEL])
    rest = seen.drop(index=apart.index)
    _table(world, folder / "danh_sach_ho_so.xls", rest, True)
    _table(world, folder / "danh_sach_ho_so_ngoai_vu.xls", apart, False)


def _table(world: World, path: Path, seen: pd.DataFrame, has_channel: bool) -> None:
    spelling = Spelling(clock="{:02d}:{:02d}", unit_name=cells.newer_tones)
    columns = cells.spell(world.province, seen, spelling)
    columns["number"] = [str(n + 1) for n in range(len(columns["unit"]))]
    headers = dict(_COLUMNS)
    if has_channel:
        headers["Hình thức nộp"] = "channel"
    rows = [[str(cell) for cell in row] for row in cells.rows_of(columns, list(headers.values()))]
    files.write_html_table(path, list(headers), rows, ["DANH SÁCH HỒ SƠ"])
