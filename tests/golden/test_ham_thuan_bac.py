"""A district's published figure: 165 late dossiers, 165 letters of apology."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from pipeline.ingest import ingest
from pipeline.wording import wording
from tests.golden.conftest import OpenBoard, counted
from tests.pages.conftest import texts
from tests.unit.ingested import asked, dossier, export

AS_OF = datetime(2024, 3, 31)
LETTERS = "Mã hồ sơ;Số văn bản;Ngày xin lỗi;Lý do;Ngày hẹn trả mới"


@pytest.fixture(scope="module")
def ham_thuan_bac(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Warehouse of the quarter: 165 late dossiers of 200, and a letter for each of the 165."""
    folder = tmp_path_factory.mktemp("ham-thuan-bac")
    warehouse = folder / "warehouse"
    late = [dossier(f"L-{n}", finished="07/03/2024 08:00:00") for n in range(165)]
    in_time = [dossier(f"T-{n}") for n in range(35)]
    letters = [f"L-{n};{n}/TXL;04/03/2024;Chờ xác minh;08/03/2024" for n in range(165)]
    ingest([export(folder / "list.csv", *late, *in_time)], warehouse, source="igate")
    told = export(folder / "letters.csv", *letters, headers=LETTERS)
    ingest([told], warehouse, source="apology_letters")
    return warehouse


def test_every_late_dossier_has_its_letter(ham_thuan_bac: Path) -> None:
    (found,) = asked(ham_thuan_bac, "apology_funnel", AS_OF)
    assert found["unit_name"] == "Tư pháp"
    assert (found["late_now"], found["late_now_with_letter"]) == (165, 165)
    assert (found["late_now_in_time"], found["said_once"]) == (165, 165)


def test_the_overview_says_that_no_late_dossier_went_without_a_letter(
    ham_thuan_bac: Path, open_board: OpenBoard
) -> None:
    app = open_board(ham_thuan_bac, "overview", period="2024-Q1", as_of="2024-03-31")
    assert counted(app)["late"] == {165}
    assert wording("vi")("insight.all_apologised", n=165) in texts(app)
    assert "chưa có thư xin lỗi" not in texts(app)


def test_the_letters_are_there_and_their_quality_stands_beside(tmp_path: Path) -> None:
    """The report counts 165 of 165 letters and calls them insufficient: both can be true."""
    warehouse = tmp_path / "warehouse"
    late = [dossier(f"L-{n}", finished="07/03/2024 08:00:00") for n in range(165)]
    letters = [
        f"L-{n};{n}/TXL;04/03/2024;{'' if n < 40 else 'Chờ xác minh'};"
        f"{'' if 40 <= n < 70 else '08/03/2024'}"
        for n in range(165)
    ]
    ingest([export(tmp_path / "list.csv", *late)], warehouse, source="igate")
    told = export(tmp_path / "letters.csv", *letters, headers=LETTERS)
    ingest([told], warehouse, source="apology_letters")

    (found,) = asked(warehouse, "apology_funnel", AS_OF)

    assert (found["apology_rate_numerator"], found["apology_rate_denominator"]) == (165, 165)
    assert (found["with_letter"], found["with_reason"], found["with_new_due"]) == (165, 125, 95)
    assert (found["in_time"], found["kept"], found["said_once"]) == (95, 95, 95)
