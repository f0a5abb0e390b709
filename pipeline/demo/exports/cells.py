"""Rows of dossiers as text cells: dates, words and unit names in a system's own spelling."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache

import numpy as np
import pandas as pd

from pipeline.demo import office_clock as oc
from pipeline.demo.arrivals import Province
from pipeline.demo.files import Cell

STATUS_WORDS = {
    "submitted": "Mới đăng ký",
    "not_accepted": "Không được tiếp nhận",
    "in_progress": "Đang xử lý",
    "awaiting_supplement": "Yêu cầu bổ sung giấy tờ",
    "awaiting_payment": "Yêu cầu thực hiện nghĩa vụ tài chính",
    "awaiting_tax": "Chờ thuế",
    "finished": "Đã xử lý xong",
    "handed_over": "Đã trả kết quả",
    "refused": "Từ chối giải quyết",
    "withdrawn": "Công dân yêu cầu rút hồ sơ",
    "stopped": "Dừng xử lý",
}
CHANNEL_WORDS = {
    "online_full": "Trực tuyến toàn trình",
    "online_partial": "Trực tuyến một phần",
    "counter": "Trực tiếp",
    "post": "Bưu chính công ích",
}
STRANGE_STATUS = ("Tạm dừng", "Trả lại", "Chuyển bước lỗi")
STRANGE_CHANNEL = ("Zalo OA", "Lưu động")
STRANGE_UNIT = "Tổ công tác lưu động số 2"
# (day, month, year, time): the forms in which exports write a moment.
DAY_FIRST = "{2:02d}/{1:02d}/{0:04d}"
DASHED = "{2:02d}-{1:02d}-{0:04d}"
DOTTED = "{2:02d}.{1:02d}.{0:04d}"
ISO_DAY = "{0:04d}-{1:02d}-{2:02d}"
PACKED_DAY = "{0:04d}{1:02d}{2:02d}"
_NEWER_TONES = (
    ("Hòa", "Hoà"),
    ("hòa", "hoà"),
    ("Hóa", "Hoá"),
    ("hóa", "hoá"),
    ("Thủy", "Thuỷ"),
)
IMPOSSIBLE = ("31/02/2026", "00/00/0000", "32/13/2025", "chưa rõ ngày")


@dataclass(frozen=True)
class Spelling:
    """How one system writes what all systems know.

    day: pattern of a date; between: what stands before the time; has_seconds; strange_status and
    strange_channel: words that no vocabulary knows, for the rows planted with them.
    """

    day: str = DAY_FIRST
    between: str = " "
    clock: str = "{:02d}:{:02d}:{:02d}"
    as_cells: bool = False  # moments as real date cells instead of text
    statuses: Mapping[str, str] = field(default_factory=lambda: STATUS_WORDS)
    channels: Mapping[str, str] = field(default_factory=lambda: CHANNEL_WORDS)
    strange_status: Sequence[str] = STRANGE_STATUS
    strange_channel: Sequence[str] = STRANGE_CHANNEL
    unit_name: Callable[[str], str] = str


def moments(values: np.ndarray, spelling: Spelling) -> list[Cell]:
    """datetime64[s] as the system writes it; NaT is empty."""
    missing = np.isnat(values)
    if spelling.as_cells:
        return [None if gone else one for gone, one in zip(missing, values.tolist(), strict=True)]
    days, seconds = oc.split(np.where(missing, np.datetime64(0, "s"), values))
    day_text = {day: _day_text(int(day), spelling.day) for day in np.unique(days)}
    clock, between = spelling.clock, spelling.between
    return [
        "" if gone else f"{day_text[day]}{between}{clock.format(s // 3600, s // 60 % 60, s % 60)}"
        for gone, day, s in zip(missing, days, seconds.tolist(), strict=True)
    ]


def day_texts(values: np.ndarray, pattern: str = DAY_FIRST) -> list[str]:
    """datetime64[s] as a date alone; NaT is empty."""
    spelling = Spelling(day=pattern, between="", clock="")
    return [str(cell) for cell in moments(values, spelling)]


def _day_text(day: int, pattern: str) -> str:
    date = oc.to_date(day)
    return pattern.format(date.year, date.month, date.day)


def with_earlier_copies(seen: pd.DataFrame) -> pd.DataFrame:
    """The rows, those planted as duplicates preceded by their state at receipt."""
    twice = (seen["quirk"] == "duplicate_code").to_numpy()
    order = np.repeat(np.arange(len(seen)), np.where(twice, 2, 1))
    rows = seen.iloc[order].copy()
    first = np.zeros(len(rows), dtype=bool)
    first[:-1] = order[1:] == order[:-1]
    for column in ("finished_at", "handed_over_at", "result_signed_at", "ended_at"):
        rows[column] = np.where(first, oc.NAT, rows[column].to_numpy())
    rows["status"] = np.where(first, "in_progress", rows["status"].to_numpy())
    return rows


def spell(province: Province, seen: pd.DataFrame, spelling: Spelling) -> dict[str, list[Cell]]:
    """Columns by canonical name, the planted faults of text in place.

    Shape: every list as long as `with_earlier_copies(seen)`. Ends other than a result stand in
    both ended_at and, for systems with one column for every end, in closed_at.
    """
    rows = with_earlier_copies(seen)
    quirk = rows["quirk"].to_numpy()
    units, procedures = province.units, province.procedures
    unit = rows["unit"].to_numpy()
    columns: dict[str, list[Cell]] = {"dossier_code": list(rows["code"])}
    for name in ("code", "name", "field"):
        texts = [getattr(procedure, name) for procedure in procedures]
        columns[f"procedure_{name}"] = [texts[p] for p in rows["procedure"]]
    unit_names = [spelling.unit_name(one.name) for one in units]
    columns["unit"] = [unit_names[u] for u in unit]
    columns["unit_code"] = [units[u].code for u in unit]
    columns["officer"] = list(rows["officer"])
    columns["applicant_name"] = list(rows["applicant_name"])
    columns["applicant_phone"] = list(rows["applicant_phone"])
    columns["status"] = [spelling.statuses[status] for status in rows["status"]]
    columns["channel"] = [spelling.channels[channel] for channel in rows["channel"]]
    columns["step_now"] = _steps_now(rows)
    for name in (
        "submitted_at",
        "received_at",
        "due_at",
        "first_due_at",
        "finished_at",
        "handed_over_at",
        "result_signed_at",
        "ended_at",
        "supplement_requested_at",
        "supplement_completed_at",
    ):
        columns[name] = moments(rows[name].to_numpy(), spelling)
    pairs = zip(columns["finished_at"], columns["ended_at"], strict=True)
    columns["closed_at"] = [finished or ended for finished, ended in pairs]
    _plant_text(columns, quirk, spelling)
    return columns


def _plant_text(columns: dict[str, list[Cell]], quirk: np.ndarray, spelling: Spelling) -> None:
    for turn, row in enumerate(np.flatnonzero(quirk != "")):
        match quirk[row]:
            case "no_code":
                columns["dossier_code"][row] = ""
            case "no_received":
                columns["received_at"][row] = None if spelling.as_cells else ""
            case "impossible_received":
                columns["received_at"][row] = IMPOSSIBLE[turn % len(IMPOSSIBLE)]
            case "impossible_date":
                wrong = ("finished_at", "closed_at") if turn % 2 else ("due_at",)
                for column in wrong:
                    columns[column][row] = IMPOSSIBLE[turn % len(IMPOSSIBLE)]
            case "status_unknown":
                columns["status"][row] = spelling.strange_status[
                    turn % len(spelling.strange_status)
                ]
            case "channel_unknown":
                words = spelling.strange_channel
                columns["channel"][row] = words[turn % len(words)]
            case "unit_unknown":
                columns["unit"][row] = STRANGE_UNIT
                columns["unit_code"][row] = ""


def _steps_now(rows: pd.DataFrame) -> list[Cell]:
    words = {
        "in_progress": "Thẩm định hồ sơ",
        "awaiting_tax": "Xác định nghĩa vụ tài chính",
        "awaiting_payment": "Chờ công dân nộp nghĩa vụ tài chính",
        "awaiting_supplement": "Chờ công dân bổ sung",
        "submitted": "Kiểm tra hồ sơ trực tuyến",
        "finished": "Trả kết quả",
    }
    return [words.get(status, "") for status in rows["status"]]


@lru_cache(maxsize=4096)
def newer_tones(name: str) -> str:
    """Tones where the newer spelling puts them: Hoà, Hoá, Thuỷ."""
    for old, new in _NEWER_TONES:
        name = name.replace(old, new)
    return name


@lru_cache(maxsize=4096)
def decomposed(name: str) -> str:
    """NFD, as macOS writes it."""
    return unicodedata.normalize("NFD", name)


@lru_cache(maxsize=4096)
def short_office(name: str) -> str:
    """UBND instead of Ủy ban nhân dân."""
    return name.replace("Ủy ban nhân dân", "UBND")


@lru_cache(maxsize=4096)
def odd_spaces(name: str) -> str:
    """Non-breaking and double spaces, as copying from a web page leaves them."""
    words = name.split(" ")
    return "\u00a0".join(words[:2]) + "  " * (len(words) > 2) + " ".join(words[2:])


def without_zero(phones: list[Cell]) -> list[Cell]:
    """What a spreadsheet makes of telephone numbers: 912345678.0"""
    return [f"{int(str(phone))}.0" if str(phone).isdigit() else phone for phone in phones]


def rows_of(columns: dict[str, list[Cell]], names: Sequence[str]) -> list[tuple[Cell, ...]]:
    """Rows with the columns named, "" for one that is always empty."""
    height = len(next(iter(columns.values())))
    empty: list[Cell] = [""] * height
    return list(zip(*(columns[name] if name else empty for name in names), strict=True))


def select(seen: pd.DataFrame, province: Province, codes: Sequence[str]) -> pd.DataFrame:
    """The rows of units by code."""
    wanted = np.array([unit.code in codes for unit in province.units])
    chosen: pd.DataFrame = seen[wanted[seen["unit"].to_numpy()]]
    return chosen


def lately_open(seen: pd.DataFrame, moment: datetime) -> pd.DataFrame:
    """What a list of work under way holds: not closed, or received in the last thirty days."""
    fresh = seen["received_at"] > pd.Timestamp(moment) - pd.Timedelta(days=30)
    unfinished = seen["finished_at"].isna() & seen["ended_at"].isna()
    chosen: pd.DataFrame = seen[(fresh | unfinished).to_numpy()]
    return chosen
