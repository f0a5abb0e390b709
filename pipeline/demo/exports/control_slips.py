"""Control slips: one line per hand-over between the desks that a dossier passes."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from pipeline.demo import files
from pipeline.demo import office_clock as oc
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
    ("Xác định nghĩa vụ tài chính", _TAX, 0.68),
    ("Nộp nghĩa vụ tài chính", _OFFICER, 0.82),
    ("Phê duyệt, phát hành kết quả", _LEADER, 1.0),
)
# What a step is really called where the dossier waits for somebody else in it.
_CONSULTS = ("Hoạt động xây dựng", "Môi trường")
_WAITING = {
    (1, "supplement"): "Chờ công dân bổ sung hồ sơ",
    (2, "consults"): "Lấy ý kiến cơ quan phối hợp",
}
_BY_POST = "Trả kết quả qua bưu chính"
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
    drawn = (rng.random(len(seen)) < _SHARE) | (seen["elsewhere"] >= 0).to_numpy()
    sample = seen[(limited & drawn).to_numpy()]
    begun, span = _way(world, sample, moment, rng)
    lines: list[tuple[int, int, list[str]]] = []
    gaps = 0
    before = np.zeros(len(sample))
    reached = np.full(len(sample), True)
    for step in range(len(_WAY)):
        until = np.where(sample["is_land"], _WAY_OF_LAND[step][2], _WAY[step][2])
        if 0 < step < len(_WAY) - 1:
            until = until + rng.uniform(-0.03, 0.03, len(sample))
        taken, given = (_point(world, begun, span * part) for part in (before, until))
        done = reached & (given <= np.datetime64(moment, "s"))
        end_missing = done & (rng.random(len(sample)) < 0.05)
        line_missing = reached & (rng.random(len(sample)) < 0.03) & (step > 0)
        given = np.where(done & ~end_missing, given, oc.NAT)
        texts = _texts(world, sample, step, taken, _promise(world, sample, until), given)
        lines += [(int(row), step, texts[row]) for row in np.flatnonzero(reached & ~line_missing)]
        gaps += int((end_missing | line_missing).sum())
        before, reached = until, done
    posted = _posted(world, sample)
    lines += posted
    lines.sort(key=lambda line: line[:2])
    text = files.csv_text(_HEADERS, [line for _, _, line in lines], ";")
    files.write_text(folder / "phieu-kiem-soat.csv", text, lambda t: t.encode("utf-8-sig"))
    return {
        "control_slips": len(sample),
        "control_slip_lines": len(lines),
        "control_slip_gaps": gaps,
        "control_slip_postal": len(posted),
    }


def _posted(world: World, sample: pd.DataFrame) -> list[tuple[int, int, list[str]]]:
    """Results that go home by post: handed to it at the end, under way until they are given."""
    lines = []
    spelling = cells.Spelling()
    sent = cells.moments(sample["finished_at"].to_numpy(), spelling)
    given = cells.moments(sample["handed_over_at"].to_numpy(), spelling)
    by_post = ((sample["channel"] == "post") & sample["finished_at"].notna()).to_numpy()
    rows = np.flatnonzero(by_post)
    under_way = set(rows[-max(1, len(rows) // 30) :].tolist())
    for row in rows:
        office = world.province.units[sample["unit"].iloc[row]].name
        arrived = "" if int(row) in under_way else str(given[row])
        code, number = sample["code"].iloc[row], str(len(_WAY) + 1)
        texts = [code, number, _BY_POST, office, "", str(sent[row]), "", arrived, ""]
        lines.append((int(row), len(_WAY), texts))
    return lines


def _way(
    world: World, sample: pd.DataFrame, moment: datetime, rng: np.random.Generator
) -> tuple[oc.Days, oc.Days]:
    """Office seconds at which each dossier sets out, and how many its whole way takes."""
    clock = world.province.clock
    begun = clock.worked(sample["competent_at"].fillna(sample["received_at"]).to_numpy())
    end = sample["finished_at"].fillna(sample["ended_at"]).to_numpy()
    is_open = np.isnat(end)
    as_of = np.datetime64(moment, "s")
    span = clock.worked(np.where(is_open, as_of, end)) - begun
    # An open dossier is somewhere on its way: what it took so far is a part of the whole.
    whole = np.where(is_open, span / rng.uniform(0.15, 0.9, len(sample)), span)
    return begun, np.maximum(whole.astype(np.int64), 300)


def _point(world: World, begun: oc.Days, passed: NDArray[np.float64]) -> oc.Moments:
    return world.province.clock.at(begun + passed.astype(np.int64))


def _promise(world: World, sample: pd.DataFrame, until: NDArray[np.float64]) -> oc.Moments:
    """By when the step should be done: its part of the time up to the dossier's promise."""
    clock = world.province.clock
    begun = clock.worked(sample["received_at"].to_numpy())
    promised = np.maximum(clock.worked(sample["due_at"].to_numpy()) - begun, 600)
    return _point(world, begun, promised * until)


def _texts(
    world: World,
    sample: pd.DataFrame,
    step: int,
    taken: oc.Moments,
    due: oc.Moments,
    given: oc.Moments,
) -> list[list[str]]:
    """The line of one step for every dossier."""
    units = world.province.units
    merged = (sample["received_at"] >= pd.Timestamp(DEPARTMENTS_MERGED)).to_numpy()
    late = (sample["finished_at"] > sample["due_at"]).to_numpy()
    moments = [cells.moments(column, cells.Spelling()) for column in (taken, due, given)]
    texts = []
    consults = np.array([p.field in _CONSULTS for p in world.province.procedures])
    waiting = np.select(
        [
            sample["supplement_requested_at"].notna().to_numpy(),
            consults[sample["procedure"].to_numpy()],
        ],
        ["supplement", "consults"],
        "",
    )
    for row, (code, unit, officer, land) in enumerate(
        zip(sample["code"], sample["unit"], sample["officer"], sample["is_land"], strict=True)
    ):
        name, doer, _ = (_WAY_OF_LAND if land else _WAY)[step]
        name = _WAITING.get((step, waiting[row]), name)
        office, note = units[unit].name, ""
        if doer == _LEADER:
            officer = world.province.officers[unit][-1]
        elif doer == _TAX:
            office, officer = (_TAX_OFFICE if merged[row] else _TAX_OFFICE_BEFORE), ""
            note = "Chờ thông báo thuế" if late[row] else ""
        when = [str(column[row]) for column in moments]
        texts.append([code, str(step + 1), name, office, officer, *when, note])
    return texts
