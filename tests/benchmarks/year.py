"""A province's year as one CSV export, for measuring: invented, the same every time."""

from __future__ import annotations

from pathlib import Path

import duckdb

DOSSIERS = 521_756
LEVELS = "Rất hài lòng|Hài lòng|Hài lòng|Bình thường|Không hài lòng"


def write(path: Path, dossiers: int = DOSSIERS) -> None:
    """Write an iGate list of `dossiers` rows, spread over a year, 60 units and 200 procedures."""
    with duckdb.connect() as con:
        con.execute(
            "create temp table told as select n, false as is_again from range($n) as rows(n)",
            {"n": dossiers},
        )
        _write(con, path, dossiers)


def write_day(path: Path, dossiers: int = DOSSIERS, rows: int = 5_000) -> None:
    """Write the day after that year: half of the rows new, half tell old dossiers otherwise."""
    with duckdb.connect() as con:
        con.execute(
            """
            create temp table told as
            select $n + n as n, false as is_again from range($half) as rows(n)
            union all
            select n * ($n // $half), true from range($half) as rows(n)
            """,
            {"n": dossiers, "half": rows // 2},
        )
        _write(con, path, dossiers)


def _write(con: duckdb.DuckDBPyConnection, path: Path, dossiers: int) -> None:
    """The rows of the table told; one told again has a later promise and an end."""
    con.sql(
        """
        with received as (
            select n, is_again, hash(n) as h,
                timestamp '2024-01-02 07:30:00' + to_minutes(n * 525600 // $dossiers) as moment
            from told
        )
        select
            'H37.' || h % 60 || '-' || strftime(moment, '%y%m%d')
                || '-' || lpad(n::text, greatest(6, length(n::text))::int, '0') as "Số hồ sơ",
            'Thủ tục số ' || h % 200 as "Tên thủ tục hành chính",
            'Lĩnh vực ' || h % 20 as "Lĩnh vực",
            'Phòng số ' || h % 60 as "Phòng ban",
            'Cán bộ ' || h % 900 as "Cán bộ xử lý",
            'Nguyễn Văn ' || n as "Chủ hồ sơ",
            if(h % 10 < 6, 'Trực tuyến', 'Trực tiếp') as "Hình thức nộp",
            strftime(moment, '%d/%m/%Y %H:%M:%S') as "Ngày tiếp nhận",
            strftime(moment + to_days(if(is_again, 9, 5)), '%d/%m/%Y %H:%M:%S') as "Ngày hẹn trả",
            case when is_again or h % 40 <> 0
                then strftime(moment + to_hours((h % 130)::int), '%d/%m/%Y %H:%M:%S') end
                as "Ngày kết thúc xử lý",
            if(h % 40 = 0 and not is_again, 'Đang xử lý', 'Đã xử lý xong') as "Trạng thái hồ sơ"
        from received
        """,
        params={"dossiers": dossiers},
    ).write_csv(str(path), header=True)


def write_answers(path: Path, dossiers: int = DOSSIERS) -> None:
    """Write a survey about every eighth of those dossiers: five questions and the overall one."""
    with duckdb.connect() as con:
        con.sql(
            """
            with asked as (
                select n, hash(n) as h,
                    timestamp '2024-01-04 09:00:00' + to_minutes(n * 525600 // $dossiers) as moment
                from range(0, $dossiers, 8) as rows(n)
            ),
            answered as (
                select
                    *,
                    list_transform(
                        range(6),
                        lambda q: string_split($levels, '|')[1 + (hash(n * 6 + q) % 5)::int]
                    ) as level
                from asked
            )
            select
                'P' || n as "Mã phiếu",
                'Phòng số ' || h % 60 as "Đơn vị",
                'Lĩnh vực ' || h % 20 as "Lĩnh vực",
                if(h % 3 = 0, 'Mã QR', 'Phiếu giấy') as "Hình thức khảo sát",
                strftime(moment, '%d/%m/%Y') as "Ngày khảo sát",
                level[1] as "Mức độ hài lòng",
                level[2] as "Tiếp cận dịch vụ",
                level[3] as "Thủ tục hành chính",
                level[4] as "Thái độ phục vụ",
                level[5] as "Kết quả dịch vụ",
                level[6] as "Giải quyết góp ý, phản ánh, kiến nghị",
                if(h % 7 = 0, 'Cán bộ hướng dẫn dễ hiểu, lần thứ ' || n, '') as "Ý kiến góp ý"
            from answered
            """,
            params={"dossiers": dossiers, "levels": LEVELS},
        ).write_csv(str(path), header=True)


def write_procedures(path: Path) -> None:
    """Write the list of the 200 procedures that those dossiers name, two in three online."""
    with duckdb.connect() as con:
        con.sql(
            """
            select
                '1.' || lpad(n::text, 6, '0') as "Mã TTHC",
                'Thủ tục số ' || n as "Tên thủ tục hành chính",
                'Lĩnh vực ' || n % 20 as "Lĩnh vực",
                ['Toàn trình', 'Một phần', 'Không'][1 + (n % 3)::int] as "Mức độ DVC"
            from range(200) as rows(n)
            """
        ).write_csv(str(path), header=True)
