"""Reflections and petitions of citizens, with the agencies' answers."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import numpy as np

from pipeline.demo import files
from pipeline.demo import office_clock as oc
from pipeline.demo.exports import cells
from pipeline.demo.files import Sheet
from pipeline.demo.world import World

FOLDER = "phan-anh-kien-nghi"
_TOPICS = (
    "Chậm trả kết quả",
    "Thái độ phục vụ",
    "Yêu cầu thêm giấy tờ",
    "Lỗi nộp hồ sơ trực tuyến",
    "Phí, lệ phí",
    "Hướng dẫn chưa rõ",
    "Cơ sở vật chất nơi tiếp nhận",
)
_HEADERS = [
    "Mã PAKN",
    "Mã hồ sơ",
    "Đơn vị xử lý",
    "Ngày tiếp nhận",
    "Hạn xử lý",
    "Ngày trả lời",
    "Chủ đề",
    "Mức độ hài lòng",
]
_WORKING_DAYS = 15


def write(world: World, folder: Path, moment: datetime) -> dict[str, int]:
    """Write pakn.xlsx; returns counts of petitions, of late and of dissatisfied ones."""
    folder.mkdir(parents=True)
    rng = world.generator("feedback")
    seen = world.seen(moment)
    sound = seen[((seen["quirk"] == "") & seen["due_at"].notna()).to_numpy()]
    end = sound["finished_at"].fillna(np.datetime64(moment, "s")).to_numpy()
    late = end.astype("datetime64[D]") > sound["due_at"].to_numpy().astype("datetime64[D]")
    chance = np.where(late, 0.05, 0.0035)
    chosen = rng.random(len(sound)) < chance
    if chosen.sum() < 4:  # a small province still has a few
        chosen[:4] = True
    rows, was_late = sound[chosen], late[chosen]
    n = len(rows)
    clock = world.province.clock
    day, _ = oc.split(rows["received_at"].to_numpy())
    asked_day = clock.after(day, rng.integers(1, 25, n))
    asked = oc.join(asked_day, rng.integers(oc.MORNING, oc.EVENING, n))
    asked = np.minimum(asked, np.datetime64(moment, "s"))
    asked_day, _ = oc.split(asked)
    due = oc.join(clock.after(asked_day, _WORKING_DAYS), np.full(n, oc.EVENING))
    took = np.where(rng.random(n) < 0.07, rng.integers(16, 30, n), rng.integers(1, 15, n))
    took[np.argmin(asked)] = _WORKING_DAYS + 5
    answered = oc.join(clock.after(asked_day, took), np.full(n, 10 * 3600))
    is_answered = answered <= np.datetime64(moment, "s")
    answered = np.where(is_answered, answered, np.datetime64("NaT", "s"))
    topic = np.where(was_late & (rng.random(n) < 0.7), 0, rng.integers(0, len(_TOPICS), n))
    content = rng.random(n) < np.where(was_late, 0.6, 0.86)
    verdict = np.where(content, "Hài lòng", "Không hài lòng")
    verdict = np.where(is_answered & (rng.random(n) < 0.7), verdict, "")
    verdict[np.argmin(asked)] = "Không hài lòng"  # the oldest, answered late
    names = [unit.name for unit in world.province.units]
    known_dossier = rng.random(n) < 0.6
    lines = sorted(
        zip(
            asked,
            [c if k else "" for c, k in zip(rows["code"], known_dossier, strict=True)],
            [cells.short_office(names[u]) for u in rows["unit"]],
            cells.moments(asked, cells.Spelling()),
            cells.day_texts(due),
            cells.moments(answered, cells.Spelling()),
            [_TOPICS[t] for t in topic],
            verdict,
            strict=True,
        ),
        key=lambda line: (line[0], line[2], line[1]),
    )
    table = [
        [f"PAKN-{1_000 + i}", *(str(cell) for cell in line[1:])] for i, line in enumerate(lines)
    ]
    sheet = Sheet(headers=_HEADERS, rows=table, title=["PHẢN ÁNH, KIẾN NGHỊ"], numbered=True)
    files.write_xlsx(folder / "pakn.xlsx", [sheet], moment)
    on_time = answered.astype("datetime64[D]") <= due.astype("datetime64[D]")
    return {
        "feedback": n,
        "feedback_answered_late": int((is_answered & ~on_time).sum()),
        "feedback_dissatisfied": int((verdict == "Không hài lòng").sum()),
    }
