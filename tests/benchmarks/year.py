"""A province's year as one CSV export, for measuring: invented, the same every time."""

from __future__ import annotations

from pathlib import Path

import duckdb

DOSSIERS = 521_756


def write(path: Path, dossiers: int = DOSSIERS) -> None:
    """Write an iGate list of `dossiers` rows, spread over a year, 60 units and 200 procedures."""
    with duckdb.connect() as con:
        con.sql(
            """
            with received as (
                select n, hash(n) as h,
                    timestamp '2024-01-02 07:30:00' + to_minutes(n * 525600 // $dossiers) as moment
                from range($dossiers) as rows(n)
            )
            select
                'H37.' || h % 60 || '-' || strftime(moment, '%y%m%d')
                    || '-' || lpad(n::text, 6, '0') as "Số hồ sơ",
                'Thủ tục số ' || h % 200 as "Tên thủ tục hành chính",
                'Lĩnh vực ' || h % 20 as "Lĩnh vực",
                'Phòng số ' || h % 60 as "Phòng ban",
                'Cán bộ ' || h % 900 as "Cán bộ xử lý",
                'Nguyễn Văn ' || n as "Chủ hồ sơ",
                if(h % 10 < 6, 'Trực tuyến', 'Trực tiếp') as "Hình thức nộp",
                strftime(moment, '%d/%m/%Y %H:%M:%S') as "Ngày tiếp nhận",
                strftime(moment + to_days(5), '%d/%m/%Y %H:%M:%S') as "Ngày hẹn trả",
                case when h % 40 <> 0
                    then strftime(moment + to_hours((h % 130)::int), '%d/%m/%Y %H:%M:%S') end
                    as "Ngày kết thúc xử lý",
                if(h % 40 = 0, 'Đang xử lý', 'Đã xử lý xong') as "Trạng thái hồ sơ"
            from received
            """,
            params={"dossiers": dossiers},
        ).write_csv(str(path), header=True)
