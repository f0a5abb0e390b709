"""Satisfaction on three channels: paper slips, devices at the counter, the form online."""

from __future__ import annotations

import csv
from datetime import datetime
from pathlib import Path

import numpy as np
import pandas as pd

from pipeline.demo import files
from pipeline.demo.exports import cells
from pipeline.demo.files import Cell, Sheet
from pipeline.demo.province import CODE
from pipeline.demo.province import FOLDER as CONFIG
from pipeline.demo.world import World

FOLDER = "khao-sat"
_BURST = 12
WITHOUT_SURVEY = "H99.112"  # a unit that never asked anybody
_LEVELS = ("very_dissatisfied", "dissatisfied", "neutral", "satisfied", "very_satisfied")
_WORDS = {
    "very_satisfied": "Rất hài lòng",
    "satisfied": "Hài lòng",
    "neutral": "Bình thường",
    "dissatisfied": "Không hài lòng",
    "very_dissatisfied": "Rất không hài lòng",
    "dont_know": "Không có ý kiến",
}
_NUMBERS = {level: str(number) for number, level in enumerate(_LEVELS, 1)} | {"dont_know": "9"}
_FACES = {
    "very_satisfied": "Hài lòng",
    "satisfied": "Hài lòng",
    "neutral": "Bình thường",
    "dissatisfied": "Không hài lòng",
    "very_dissatisfied": "Không hài lòng",
}
_QUESTIONS = (
    "Tiếp cận dịch vụ",
    "Thủ tục hành chính",
    "Thái độ phục vụ",
    "Kết quả dịch vụ",
    "Giải quyết góp ý, phản ánh, kiến nghị",
)
_FORM = [
    "Mã phiếu",
    "Mã hồ sơ",
    "Đơn vị",
    "Lĩnh vực",
    "Hình thức khảo sát",
    "Ngày khảo sát",
    *_QUESTIONS,
    "Mức độ hài lòng",
    "Ý kiến góp ý",
]
_DEVICE = ["Mã lượt", "Mã thiết bị", "Đơn vị", "Ngày", "Giờ", "Đánh giá", "Lý do"]


def write(world: World, folder: Path, moment: datetime) -> dict[str, int]:
    """Write phieu-giay.xlsx, thiet-bi-tai-quay.csv (three faces) and truc-tuyen.csv."""
    folder.mkdir(parents=True)
    rng = world.generator("surveys")
    asked = _answers(world, world.seen(moment), moment, rng)
    paper, device, online = (asked[asked["channel_asked"] == kind] for kind in range(3))
    device = _with_burst(device)
    sheet = Sheet(
        headers=_FORM,
        rows=_form_rows(paper, "PG", "Phiếu giấy", _WORDS),
        title=["TỔNG HỢP PHIẾU KHẢO SÁT SỰ HÀI LÒNG CỦA NGƯỜI DÂN, TỔ CHỨC", ""],
        numbered=True,
        name="Phiếu khảo sát",
    )
    files.write_xlsx(folder / "phieu-giay.xlsx", [sheet], moment)
    text = files.csv_text(_DEVICE, _device_rows(device), ";")
    files.write_text(folder / "thiet-bi-tai-quay.csv", text, lambda t: t.encode("utf-8-sig"))
    rows = [[str(cell) for cell in row] for row in _form_rows(online, "TT", "Mã QR", _NUMBERS)]
    text = files.csv_text(_FORM, rows)
    files.write_text(folder / "truc-tuyen.csv", text, lambda t: t.encode("utf-8"))
    return {
        "survey_paper": len(paper),
        "survey_kiosk": len(device),
        "survey_bursts": 1,
        "survey_online": len(online),
        "survey_dont_know": int((asked["level"] == "dont_know")[asked["channel_asked"] != 1].sum()),
        "survey_comments": int((asked["comment"] != "").sum()),
    }


def _answers(
    world: World, seen: pd.DataFrame, moment: datetime, rng: np.random.Generator
) -> pd.DataFrame:
    """One row per response: who was asked when, the overall level, five answers, a comment."""
    handed = seen[((seen["status"] == "handed_over") & (seen["quirk"] == "")).to_numpy()]
    units = world.province.units
    # How keen a unit is on asking differs tenfold; people on the spot are asked less.
    keen = np.clip(rng.lognormal(-2.1, 0.6, len(units)), 0.025, 0.4)
    keen = np.where([unit.code == WITHOUT_SURVEY for unit in units], 0.0, keen)
    chance = keen[handed["unit"].to_numpy()] * np.where(handed["due_at"].isna(), 0.4, 1.0)
    chosen = rng.random(len(handed)) < chance
    silent = np.array([unit.code == WITHOUT_SURVEY for unit in units])[handed["unit"].to_numpy()]
    if chosen.sum() < 30:
        chosen = ~silent & (rng.random(len(handed)) < 0.2)
    asked = handed[chosen].reset_index(drop=True)
    n = len(asked)
    day = asked["handed_over_at"].to_numpy().astype("datetime64[D]")
    late = day > asked["due_at"].to_numpy().astype("datetime64[D]")
    early = day < asked["due_at"].to_numpy().astype("datetime64[D]")
    mood = np.array([1.0 - 0.3 * (unit.lateness - 1) for unit in units])[asked["unit"].to_numpy()]
    score = 4.35 + 0.25 * mood + 0.25 * early - 1.6 * late + rng.normal(0, 0.62, n)
    asked["level"] = _level(score)
    for number in range(len(_QUESTIONS)):
        answer = _level(score + rng.normal(-0.1 * (number == 1), 0.45, n))
        unsure = rng.random(n) < (0.22 if number == 4 else 0.02)
        asked[f"q{number}"] = np.where(unsure, "dont_know", answer)
    # Three times in a hundred somebody has no opinion at all.
    unsure = rng.random(n) < 0.03
    unsure[: 1 + n // 100] = True
    online = asked["channel"].str.startswith("online").to_numpy()
    luck = rng.random(n)
    asked["channel_asked"] = np.select(
        [luck < np.where(online, 0.25, 0.62), luck < np.where(online, 0.4, 0.93)], [0, 1], 2
    )
    asked["channel_asked"] = np.where(np.arange(n) < 3, np.arange(n), asked["channel_asked"])
    unsure &= (asked["channel_asked"] != 1).to_numpy()
    asked["level"] = np.where(unsure, "dont_know", asked["level"].to_numpy())
    asked["comment"] = _comments(asked["level"].to_numpy(), rng)
    later = np.where(
        asked["channel_asked"] == 2, rng.integers(60, 5 * 86_400, n), rng.integers(60, 900, n)
    )
    answered = asked["handed_over_at"].to_numpy() + later.astype("timedelta64[s]")
    asked["answered_at"] = np.minimum(answered, np.datetime64(moment, "s"))
    asked["names_dossier"] = (asked["channel_asked"] == 2) | (rng.random(n) < 0.6)
    asked["unit_name"] = [cells.short_office(units[u].name) for u in asked["unit"]]
    fields = [procedure.field for procedure in world.province.procedures]
    asked["field"] = [fields[p] for p in asked["procedure"]]
    ordered: pd.DataFrame = asked.sort_values(
        ["answered_at", "code"], kind="stable", ignore_index=True
    )
    return ordered


def _with_burst(device: pd.DataFrame) -> pd.DataFrame:
    """Somebody pressed one device again and again on an afternoon: a dozen faces in six minutes."""
    pressed = pd.concat([device.iloc[[len(device) // 2]]] * _BURST, ignore_index=True)
    day = pressed["answered_at"].to_numpy().astype("datetime64[D]").astype("datetime64[s]")
    seconds = 16 * 3600 + 30 * np.arange(_BURST)
    pressed["answered_at"] = day + seconds.astype("timedelta64[s]")
    pressed["level"], pressed["comment"] = "very_satisfied", ""
    both = pd.concat([device, pressed], ignore_index=True)
    ordered: pd.DataFrame = both.sort_values("answered_at", kind="stable", ignore_index=True)
    return ordered


def _level(score: np.ndarray) -> np.ndarray:
    place = np.searchsorted([1.75, 2.6, 3.35, 4.4], score)
    return np.asarray(np.array(_LEVELS, dtype=object)[place])


def _comments(levels: np.ndarray, rng: np.random.Generator) -> list[str]:
    """A comment for every sixth answer, oftener where somebody is not satisfied."""
    with (CONFIG / "comments.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    known = {level: [r["comment"] for r in rows if r["level"] == level] for level in _LEVELS}
    speaks = rng.random(len(levels))
    pick = rng.random(len(levels))
    comments = []
    for level, luck, place in zip(levels, speaks, pick, strict=True):
        choice = known.get(level, [])
        talkative = 0.55 if "dissatisfied" in level else 0.14
        comments.append(choice[int(place * len(choice))] if choice and luck < talkative else "")
    return comments


def _form_rows(
    asked: pd.DataFrame, prefix: str, channel: str, words: dict[str, str]
) -> list[list[Cell]]:
    codes = np.where(asked["names_dossier"].to_numpy(), asked["code"].to_numpy(), "")
    answers: list[list[Cell]] = [
        [words[level] for level in asked[f"q{number}"]] for number in range(len(_QUESTIONS))
    ]
    columns: list[list[Cell]] = [
        [f"{prefix}{number:06d}" for number in range(1, len(asked) + 1)],
        list(codes),
        list(asked["unit_name"]),
        list(asked["field"]),
        [channel] * len(asked),
        list(cells.day_texts(asked["answered_at"].to_numpy())),
        *answers,
        [words[level] for level in asked["level"]],
        list(asked["comment"]),
    ]
    return [list(row) for row in zip(*columns, strict=True)]


def _device_rows(asked: pd.DataFrame) -> list[list[str]]:
    answered = asked["answered_at"].to_numpy()
    clock = cells.Spelling(day="", between="")
    unhappy = asked["level"].isin(["dissatisfied", "very_dissatisfied"]).to_numpy()
    columns: list[list[str]] = [
        [f"L{number:07d}" for number in range(1, len(asked) + 1)],
        [f"{CODE}-TB-{unit:03d}" for unit in asked["unit"]],
        list(asked["unit_name"]),
        cells.day_texts(answered),
        [str(cell) for cell in cells.moments(answered, clock)],
        [_FACES[level] for level in asked["level"]],
        list(np.where(unhappy, asked["comment"].to_numpy(), "")),
    ]
    return [list(row) for row in zip(*columns, strict=True)]
