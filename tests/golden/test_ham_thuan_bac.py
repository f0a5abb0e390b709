"""A district's published figure: 165 late dossiers, 165 letters of apology."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from pipeline.ingest import ingest
from tests.unit.ingested import asked, dossier, export

AS_OF = datetime(2024, 3, 31)
LETTERS = "Mã hồ sơ;Số văn bản;Ngày xin lỗi;Lý do;Ngày hẹn trả mới"


def test_every_late_dossier_has_its_letter(tmp_path: Path) -> None:
    warehouse = tmp_path / "warehouse"
    late = [dossier(f"L-{n}", finished="07/03/2024 08:00:00") for n in range(165)]
    in_time = [dossier(f"T-{n}") for n in range(35)]
    letters = [f"L-{n};{n}/TXL;04/03/2024;Chờ xác minh;08/03/2024" for n in range(165)]
    ingest([export(tmp_path / "list.csv", *late, *in_time)], warehouse, source="igate")
    told = export(tmp_path / "letters.csv", *letters, headers=LETTERS)
    ingest([told], warehouse, source="apology_letters")
    (found,) = asked(warehouse, "apology_coverage", AS_OF)
    assert found["unit_name"] == "Tư pháp"
    assert (found["late_or_overdue"], found["apologised"]) == (165, 165)
    assert found["apologised_before_due"] == 165
    assert found["apologised_twice"] == 0
