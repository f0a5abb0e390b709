"""A history by chance, the same at every run: dossiers in every state, with holes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any

from tests.snapshots import Row, build, day, dossier, finished, unit

AS_OF = day(59, hour=12)  # Thursday 29/2/2024
PERIOD = {"period": "2024-02"}


def a_history() -> list[Row]:
    """Some ninety dossiers of four months: every state, also without unit, field or officer."""
    chance = Random(766)
    rows = []
    for _ in range(90):
        received = chance.randrange(-60, 59)
        given: dict[str, Any] = {
            "received_at": day(received),
            "due_at": day(received + chance.randrange(1, 40)) if chance.random() < 0.9 else None,
            "unit_id": chance.choice(["U1", "U2", "U3", None]),
            "field_name": chance.choice(["Đất đai", "Hộ tịch", "Hộ tịch", None]),
            "procedure_code": chance.choice(["1.1", "1.2", None]),
            "procedure_name": chance.choice(["Biến động", None]),
            "officer_name": chance.choice(["Trần Thị Bình", "Lê Văn Cường", None]),
            "channel": chance.choice(["online_full", "counter", "post"]),
        }
        state = chance.random()
        if state < 0.5:
            rows.append(finished(day(received + chance.randrange(1, 50)), **given))
        elif state < 0.9:
            rows.append(dossier(**given))
        else:
            status = chance.choice(["awaiting_payment", "refused", "unknown", "submitted"])
            rows.append(dossier(status=status, ended_at=day(received + 3), **given))
    rows += [dossier(received_at=day(-150), due_at=day(-100 + n), unit_id="U2") for n in (0, 90)]
    return rows


def build_history(
    warehouse: Path,
    rows: Sequence[Row] | None = None,
    *,
    dossier_step: Sequence[Row] = (),
    apology: Sequence[Row] = (),
) -> None:
    """U2 stands below U1: a link that takes it along would list too many."""
    build(
        warehouse,
        rows or a_history(),
        units=[unit("U1"), unit("U2", parent_id="U1"), unit("U3")],
        meta={"data_at": AS_OF.isoformat()},
        dossier_step=dossier_step,
        apology=apology,
    )


def build_with_slips_and_letters(warehouse: Path) -> None:
    """The same dossiers with moved promises, signatures, letters and control slips."""
    chance = Random(1017)
    rows = [
        row
        | {
            "first_due_at": row["due_at"] and row["due_at"] - timedelta(days=chance.choice([0, 3])),
            "due_moves": chance.choice([0, 0, 1, 2, 4]),
            "tells_result_no": True,
            "result_signed_at": row["finished_at"] and row["finished_at"] - timedelta(days=1),
        }
        for row in a_history()
    ]
    slips = [line for row in rows for line in _slip(row, chance)]
    letters = [_letter(row, chance) for row in rows if row["due_at"] and chance.random() < 0.6]
    build_history(warehouse, rows, dossier_step=slips, apology=letters)


def _slip(row: Row, chance: Random) -> list[Row]:
    """Three steps one after the other, the last one with the post; some are not over."""
    at, end, lines = row["received_at"], row["closed_at"] or AS_OF, []
    for number, name in enumerate(["Tiếp nhận", "Thẩm định", "Chuyển phát bưu chính"], 1):
        begins, at = at, at + timedelta(days=chance.randrange(0, 9))
        is_over = at < end and chance.random() < 0.8
        lines.append(
            {
                "system": row["system"],
                "dossier_code": row["dossier_code"],
                "batch_no": 1,
                "step_no": number,
                "step_name": name,
                "unit_id": chance.choice(["U1", "U2", "U3"]),
                "officer_name": chance.choice(["Trần Thị Bình", "Lê Văn Cường"]),
                "started_at": begins,
                "due_at": begins + timedelta(days=4),
                "finished_at": at if is_over else None,
            }
        )
        if not is_over:
            break
    return lines


def _letter(row: Row, chance: Random) -> Row:
    return {
        "system": row["system"],
        "dossier_code": row["dossier_code"],
        "batch_no": 1,
        "ordinal": chance.choice([1, 1, 2]),
        "issued_at": row["due_at"] - timedelta(days=chance.choice([0, 1, 4])),
        "reason": chance.choice([None, "Do lỗi phần mềm", "Do quá tải", "Lý do khác hẳn"]),
        "new_due_at": chance.choice([None, row["due_at"] + timedelta(days=chance.choice([2, 40]))]),
    }
