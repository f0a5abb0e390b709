"""The register of apology letters, with the gaps that registers have."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import numpy as np
import pandas as pd

from pipeline.demo import files
from pipeline.demo import office_clock as oc
from pipeline.demo.exports import cells
from pipeline.demo.files import Sheet
from pipeline.demo.world import World

FOLDER = "thu-xin-loi"
_REASONS = (
    "Chờ cơ quan thuế xác định nghĩa vụ tài chính",
    "Chờ ý kiến của cơ quan phối hợp",
    "Hồ sơ phức tạp, phải xác minh nguồn gốc đất",
    "Số lượng hồ sơ tăng cao, cán bộ quá tải",
    "Lỗi đồng bộ phần mềm với Cổng Dịch vụ công quốc gia",
    "Cán bộ chậm thao tác trên phần mềm",
    "Người nộp bổ sung hồ sơ chậm",
    "Mới sắp xếp đơn vị hành chính, đang bàn giao hồ sơ",
)
_HEADERS = [
    "Mã hồ sơ",
    "Chủ hồ sơ",
    "Đơn vị",
    "Ngày hẹn trả",
    "Lần xin lỗi",
    "Số văn bản",
    "Ngày ban hành",
    "Lý do quá hạn",
    "Ngày hẹn trả mới",
]


def write(world: World, folder: Path, moment: datetime) -> dict[str, int]:
    """Write so-thu-xin-loi.xlsx; returns counts of letters and of the faults among them."""
    folder.mkdir(parents=True)
    rng = world.generator("apologies")
    broken = _broken(world.seen(moment), moment)
    letters = _letters(world, broken, moment, rng)
    cells_of = letters.assign(
        name=letters["applicant_name"],
        due=cells.day_texts(letters["first_due_at"].to_numpy()),
        issued=cells.day_texts(letters["issued_at"].to_numpy()),
        new_due=cells.day_texts(letters["new_due_at"].to_numpy()),
    )
    order = ["code", "name", "unit_name", "due", "ordinal", "number", "issued", "reason", "new_due"]
    rows = [list(row) for row in cells_of[order].itertuples(index=False, name=None)]
    sheet = Sheet(
        headers=_HEADERS,
        rows=rows,
        title=[
            "ỦY BAN NHÂN DÂN TỈNH HÒA GIANG",
            "SỔ THEO DÕI THƯ XIN LỖI VÀ HẸN LẠI NGÀY TRẢ KẾT QUẢ",
            "",
        ],
        numbered=True,
        name="Thư xin lỗi",
    )
    files.write_xlsx(folder / "so-thu-xin-loi.xlsx", [sheet], moment)
    late = letters["issued_at"].dt.normalize() >= letters["first_due_at"].dt.normalize()
    first = letters["ordinal"] == 1
    return {
        "apologies": len(letters),
        "apologies_missing": int((~broken["code"].isin(letters["code"])).sum()),
        "apologies_late": int((late & first).sum()),
        "apologies_without_reason": int((letters["reason"] == "").sum()),
        "apologies_without_new_due": int(letters["new_due_at"].isna().sum()),
        "apologies_second": int((~first).sum()),
    }


def _broken(seen: pd.DataFrame, moment: datetime) -> pd.DataFrame:
    """Finished after the first promise, or open beyond it; forgotten dossiers are nobody's."""
    end = seen["finished_at"].fillna(pd.Timestamp(moment))
    past = end.dt.normalize() > seen["first_due_at"].dt.normalize()
    counted = (seen["ending"].isin(["resolved", "open"])) & (seen["quirk"] == "")
    waiting = seen["status"].isin(["awaiting_supplement", "awaiting_payment"])
    # Set anew after a second supplement: by law a new limit, and nothing to apologise for.
    waiting |= seen["reset_at"].notna()
    kept: pd.DataFrame = seen[(past & counted & ~seen["is_forgotten"] & ~waiting).to_numpy()]
    return kept


def _letters(
    world: World, broken: pd.DataFrame, moment: datetime, rng: np.random.Generator
) -> pd.DataFrame:
    n = len(broken)
    # Offices with many late dossiers are the ones that apologise least.
    lateness = np.array([u.lateness for u in world.province.units])[broken["unit"].to_numpy()]
    written = rng.random(n) < np.clip(0.95 - 0.22 * lateness, 0.35, 0.95)
    moved = broken["moved_at"].notna().to_numpy()
    written = np.where(moved, rng.random(n) < 0.93, written)
    first = broken[written].copy()
    n = len(first)
    clock = world.province.clock
    due_day, _ = oc.split(first["first_due_at"].to_numpy())
    back = rng.choice([3, 2, 1, 0, -1, -3], n, p=[0.1, 0.3, 0.42, 0.08, 0.06, 0.04])
    usual = oc.join(clock.day_of(clock.number(due_day) - back), np.full(n, 9 * 3600))
    moved_at = first["moved_at"].to_numpy()
    issued = np.where(np.isnat(moved_at), usual, moved_at)
    issued = np.maximum(issued, first["received_at"].to_numpy())
    new_day = clock.day_of(clock.number(due_day) + rng.choice([3, 5, 7, 10, 15], n))
    promised = oc.join(new_day, np.full(n, oc.EVENING))
    new_due = np.where(np.isnat(moved_at), promised, first["due_at"].to_numpy())
    first["issued_at"] = issued
    first["ordinal"] = 1
    reasons = np.array(_REASONS, dtype=object)[rng.integers(0, len(_REASONS), n)]
    first["reason"] = np.where(_some(rng, n, 0.09), "", reasons)
    first["new_due_at"] = np.where(_some(rng, n, 0.07), np.datetime64("NaT", "s"), new_due)
    again = first[_some(rng, n, 0.035)].copy()
    again["ordinal"] = 2
    again["issued_at"] = again["issued_at"] + pd.Timedelta(days=7)
    again["new_due_at"] = again["new_due_at"] + pd.Timedelta(days=14)
    both = pd.concat([first, again])
    both = both[(both["issued_at"] <= pd.Timestamp(moment)).to_numpy()]
    both = both.sort_values(["issued_at", "code", "ordinal"], kind="stable", ignore_index=True)
    both["number"] = [f"{n + 1}/TXL" for n in range(len(both))]
    names = [unit.name for unit in world.province.units]
    both["unit_name"] = [cells.short_office(names[u]) for u in both["unit"]]
    return both


def _some(rng: np.random.Generator, n: int, share: float) -> np.ndarray:
    """A share of n rows, at least one where there are any."""
    chosen = rng.random(n) < share
    if n and not chosen.any():
        chosen[int(rng.integers(0, n))] = True
    return np.asarray(chosen)
