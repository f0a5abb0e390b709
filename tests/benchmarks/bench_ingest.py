"""How long an ingest takes beside the plainest SQL that does the same to the same file.

Both land 521,756 dossiers as Parquet, type them and keep one row per code; the ingest also checks,
judges, counts and publishes. They take turns, because machines have moods.

Run with `make bench`, or: python -m tests.benchmarks.bench_ingest
"""

from __future__ import annotations

import statistics
import tempfile
import time
from pathlib import Path

import duckdb

from pipeline.ingest import ingest
from tests.benchmarks.year import write

TURNS = 3
TYPED = """
create table dossier as
select
    "Số hồ sơ" as dossier_code,
    "Tên thủ tục hành chính" as procedure_name,
    "Lĩnh vực" as field_name,
    "Phòng ban" as unit_name,
    "Cán bộ xử lý" as officer_name,
    "Chủ hồ sơ" as applicant_name,
    "Hình thức nộp" as channel,
    try_strptime("Ngày tiếp nhận", '%d/%m/%Y %H:%M:%S') as received_at,
    try_strptime("Ngày hẹn trả", '%d/%m/%Y %H:%M:%S') as due_at,
    try_strptime("Ngày kết thúc xử lý", '%d/%m/%Y %H:%M:%S') as finished_at,
    "Trạng thái hồ sơ" as status
from read_parquet($landed)
qualify row_number() over (partition by dossier_code order by received_at desc) = 1
"""


def plain(csv: Path, folder: Path) -> float:
    """Seconds of the hand-written way."""
    landed = folder / "landed.parquet"
    began = time.perf_counter()
    with duckdb.connect(str(folder / "plain.duckdb")) as con:
        con.read_csv(str(csv), all_varchar=True).write_parquet(str(landed))
        con.execute(TYPED, {"landed": str(landed)})
    return time.perf_counter() - began


def ours(csv: Path, folder: Path) -> float:
    """Seconds from the CSV to the published snapshot."""
    began = time.perf_counter()
    ingest([csv], folder / "warehouse", source="igate")
    return time.perf_counter() - began


def main() -> None:
    """Measure in turns and print every time, the medians and their ratio."""
    times: dict[str, list[float]] = {"plain": [], "ingest": []}
    with tempfile.TemporaryDirectory() as folder:
        csv = Path(folder) / "year.csv"
        write(csv)
        for turn in range(TURNS):
            for name, way in (("plain", plain), ("ingest", ours)):
                own = Path(folder) / f"{name}-{turn}"
                own.mkdir()
                times[name].append(way(csv, own))
                print(f"{name:<8}{times[name][-1]:8.2f} s", flush=True)
    medians = {name: statistics.median(taken) for name, taken in times.items()}
    print(f"median  plain {medians['plain']:.2f} s, ingest {medians['ingest']:.2f} s")
    print(f"ratio   {medians['ingest'] / medians['plain']:.2f} (budget: 1.5)")


if __name__ == "__main__":
    main()
