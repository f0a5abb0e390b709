"""Control slips: one line per hand-over between the desks that a dossier passes."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import numpy as np
import pandas as pd

from pipeline.demo import files
from pipeline.demo.course import NAT
from pipeline.demo.exports import cells
from pipeline.demo.province import DEPARTMENTS_MERGED
from pipeline.demo.world import World

FOLDER = "phieu-kiem-soat"
_SHARE = 0.15
_OFFICER, _LEADER, _TAX = "officer", "leader", "tax office"
_TAX_OFFICE, _TAX_OFFICE_BEFORE = "Thuế tỉnh Hòa Giang", "Cục Thuế tỉnh Hòa Giang"
# Step, who does it, and the part of the whole way after which it is handed on.
_WAY = (
    ("Tiếp nhận hồ sơ", _OFFICER, 0.06),
    ("Phân công xử lý", _LEADER, 0.14),
    ("Thẩm định hồ sơ", _OFFICER, 0.68),
    ("Phê duyệt kết quả", _LEADER, 0.93),
    ("Phát hành kết quả", _OFFICER, 1.0),
)
_WAY_OF_LAND = (
    ("Tiếp nhận hồ sơ", _OFFICER, 0.04),
    ("Thẩm định, trích đo địa chính", _OFFICER, 0.38),
    ("Xác định nghĩa vụ tài chính", _TAX, 0.76),
    ("Phê duyệt kết quả", _LEADER, 0.94),
    ("Phát hành kết quả", _OFFICER, 1.0),
)
_HEADERS = [
    "Mã hồ sơ",
    "Thứ tự",
    "Tên bước",
    "Đơn vị thực hiện",
    "Người nhận",
    "Thời gian nhận",
    "Hạn xử lý",
    "Thời gian hoàn thành",
    "Ghi chú",
]


def write(world: World, folder: Path, moment: datetime) -> dict[str, int]:
    """Write phieu-kiem-soat.csv; returns counts of slips, lines and gaps."""
    folder.mkdir(parents=True)
    rng = world.generator("control slips")
    seen = world.seen(moment)
    limited = seen["due_at"].notna() & (seen["quirk"] == "") & (seen["status"] != "not_accepted")
    sample = seen[(limited & (rng.random(len(seen)) < _SHARE)).to_numpy()]
    as_of = np.datetime64(moment, "s")
    start = sample["received_at"].to_numpy()
    finished = sample["finished_at"].to_numpy()
    ended = sample["ended_at"].to_numpy()
    # An open dossier is somewhere on a way that would take until its promise.
    until_promise = np.where(np.isnat(ended), sample["due_at"].to_numpy(), ended)
    end = np.where(np.isnat(finished), until_promise, finished)
    end = np.maximum(end, start + np.timedelta64(600, "s"))
    span = (end - start).astype(np.int64)
    promise = np.maximum((sample["due_at"].to_numpy() - start).astype(np.int64), 600)
    land = sample["is_land"].to_numpy()
    late = ~np.isnat(finished) & (finished > sample["due_at"].to_numpy())
    tall = len(sample)
    lines: list[tuple[int, int, list[str]]] = []
    gaps = 0
    before = np.zeros(tall)
    earlier_done = np.full(tall, True)
    codes, officers = list(sample["code"]), list(sample["officer"])
    leaders = [world.province.officers[unit][-1] for unit in sample["unit"]]
    units = [world.province.units[unit].name for unit in sample["unit"]]
    merged = (sample["received_at"] >= pd.Timestamp(DEPARTMENTS_MERGED)).to_numpy()
    tax_offices = np.where(merged, _TAX_OFFICE, _TAX_OFFICE_BEFORE)
    for step in range(len(_WAY)):
        until = np.where(land, _WAY_OF_LAND[step][2], _WAY[step][2])
        if 0 < step < len(_WAY) - 1:
            until = until + rng.uniform(-0.05, 0.05, tall)
        begun = start + (span * before).astype("timedelta64[s]")
        done = start + (span * until).astype("timedelta64[s]")
        due = start + (promise * until).astype("timedelta64[s]")
        there = earlier_done & (begun <= as_of)
        finished_step = there & (done <= as_of)
        forgot_end = finished_step & (rng.random(tall) < 0.05)
        forgot_line = there & (rng.random(tall) < 0.03) & (step > 0)
        texts = [
            cells.moments(np.where(there, begun, NAT), cells.Spelling()),
            cells.moments(due, cells.Spelling()),
            cells.moments(np.where(finished_step & ~forgot_end, done, NAT), cells.Spelling()),
        ]
        for row in np.flatnonzero(there & ~forgot_line):
            name, doer, _ = (_WAY_OF_LAND if land[row] else _WAY)[step]
            officer = {_OFFICER: officers[row], _LEADER: leaders[row], _TAX: ""}[doer]
            unit = tax_offices[row] if doer == _TAX else units[row]
            note = "Chờ thông báo thuế" if late[row] and doer == _TAX else ""
            moments = [str(text[row]) for text in texts]
            line = [codes[row], str(step + 1), name, unit, officer, *moments, note]
            lines.append((int(row), step, line))
        gaps += int(forgot_end.sum() + forgot_line.sum())
        before, earlier_done = until, finished_step
    lines.sort(key=lambda line: line[:2])
    text = files.csv_text(_HEADERS, [line for _, _, line in lines], ";")
    files.write_text(folder / "phieu-kiem-soat.csv", text, lambda t: t.encode("utf-8-sig"))
    return {"control_slips": tall, "control_slip_lines": len(lines), "control_slip_gaps": gaps}
