"""Tiny exports written in a test's body, taken in, and asked about."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb

from pipeline import publish, queries
from pipeline.access import default_scope
from pipeline.warehouse import Snapshot, open_snapshot

LATER = datetime(2026, 6, 1)
HEADERS = (
    "Số hồ sơ;Tên thủ tục hành chính;Lĩnh vực;Phòng ban;Cán bộ xử lý;Hình thức nộp;"
    "Ngày tiếp nhận;Ngày hẹn trả;Ngày kết thúc xử lý;Ngày trả kết quả;Trạng thái hồ sơ"
)
GOOD = (
    "A-1;Khai sinh;Hộ tịch;Tư pháp;Trần Thị B;Trực tuyến;"
    "01/03/2024 08:30:00;05/03/2024 17:00:00;04/03/2024 16:10:00;;Đã xử lý xong"
)


def dossier(code: str = "A-1", **changed: str) -> str:
    """One clean row of an iGate list, with some cells written otherwise."""
    cells = dict(zip(HEADERS.split(";"), GOOD.split(";"), strict=True)) | {"Số hồ sơ": code}
    named = {
        "unit": "Phòng ban",
        "officer": "Cán bộ xử lý",
        "channel": "Hình thức nộp",
        "received": "Ngày tiếp nhận",
        "due": "Ngày hẹn trả",
        "finished": "Ngày kết thúc xử lý",
        "handed_over": "Ngày trả kết quả",
        "status": "Trạng thái hồ sơ",
    }
    cells |= {named[key]: text for key, text in changed.items()}
    return ";".join(cells.values())


def export(path: Path, *rows: str, headers: str = HEADERS) -> Path:
    """Write rows as a CSV file and return its path."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join([headers, *rows]) + "\n", encoding="utf-8")
    return path


def rows(warehouse: Path, select: str) -> list[tuple[Any, ...]]:
    """What a statement finds in the tables of the current snapshot's file."""
    current = publish.current(warehouse)
    assert current is not None
    with duckdb.connect(str(publish.path_of(warehouse, current)), read_only=True) as con:
        return con.execute(select).fetchall()


def asked(
    warehouse: Path, name: str, as_of: datetime = LATER, **given: Any
) -> list[dict[str, Any]]:
    """Rows of a query as the operator sees them."""
    snapshot = open_snapshot(warehouse)
    assert isinstance(snapshot, Snapshot)
    try:
        table = queries.run(snapshot, default_scope(), name, as_of=as_of, **given)
        return list(table.to_pylist())
    finally:
        snapshot.close()
