"""What speaks of a dossier finds it, and reference lists that come later still count."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.errors import UnknownSource
from pipeline.ingest import ingest
from pipeline.invented import MARKER
from tests.unit.ingested import dossier, export, rows

SLIP = "Mã hồ sơ;Tên bước;Người nhận;Ngày nhận;Ngày hoàn thành"
LETTER = "Mã hồ sơ;Số văn bản;Ngày xin lỗi;Ngày hẹn trả mới"
ANSWER = "Mã phiếu;Mã hồ sơ;Ngày khảo sát;Mức độ hài lòng"
UNITS = "Mã đơn vị;Tên đơn vị;Cấp"


def test_steps_letters_and_answers_find_their_dossier_and_no_other(tmp_path: Path) -> None:
    warehouse = tmp_path / "warehouse"
    folder = tmp_path / "exports"
    export(folder / "list.csv", dossier("A-1"))
    export(
        folder / "slip.csv",
        "A-1;Thẩm định;Trần Thị B;01/03/2024;02/03/2024",
        "X-9;Thẩm định;Trần Thị B;01/03/2024;02/03/2024",
        headers=SLIP,
    )
    export(
        folder / "letters.csv",
        "A-1;1/TXL;04/03/2024;08/03/2024",
        "X-9;2/TXL;04/03/2024;08/03/2024",
        headers=LETTER,
    )
    export(
        folder / "answers.csv",
        "P-1;A-1;05/03/2024;Hài lòng",
        "P-2;X-9;05/03/2024;Hài lòng",
        headers=ANSWER,
    )
    for name in ("list", "slip", "letters", "answers"):
        source = {
            "list": "igate",
            "slip": "control_slip",
            "letters": "apology_letters",
            "answers": "survey_form",
        }[name]
        ingest([folder / f"{name}.csv"], warehouse, source=source)
    for linked in (
        "select dossier_code, system from dossier_step order by dossier_code",
        "select dossier_code, system from apology order by dossier_code",
        "select dossier_code, system from survey_answer order by dossier_code",
    ):
        assert rows(warehouse, linked) == [("A-1", "igate"), ("X-9", "")]
    assert rows(
        warehouse,
        "select unit_id, field_name from survey_answer where dossier_code = 'A-1'",
    ) == [("tu-phap", "Hộ tịch")]


def test_a_unit_list_taken_in_later_resolves_older_dossiers(tmp_path: Path) -> None:
    warehouse = tmp_path / "warehouse"
    ingest([export(tmp_path / "a.csv", dossier(unit="Tư pháp"))], warehouse, source="igate")
    assert rows(warehouse, "select unit_id from dossier") == [("tu-phap",)]
    units = export(tmp_path / "units.csv", "H37.14;Tư pháp;Phòng", headers=UNITS)
    ingest([units], warehouse, source="unit_list")
    assert rows(warehouse, "select unit_id from dossier") == [("H37.14",)]
    assert rows(warehouse, "select unit_id, is_registered from unit") == [("H37.14", True)]


def test_invented_exports_make_room_for_the_first_real_one(tmp_path: Path) -> None:
    warehouse = tmp_path / "warehouse"
    (tmp_path / "demo").mkdir()
    (tmp_path / "demo" / MARKER).write_text("{}", encoding="utf-8")
    invented = export(tmp_path / "demo" / "list.csv", dossier("DEMO-1"))
    ingest([invented], warehouse, source="igate")
    assert rows(warehouse, "select value from meta where key = 'is_invented'") == [("true",)]
    ingest([export(tmp_path / "real.csv", dossier("A-1"))], warehouse, source="igate")
    assert rows(warehouse, "select dossier_code from dossier") == [("A-1",)]
    assert rows(warehouse, "select value from meta where key = 'is_invented'") == [("false",)]


def test_an_export_of_the_invented_province_joins_the_demo_however_it_comes_in(
    tmp_path: Path,
) -> None:
    warehouse = tmp_path / "warehouse"
    (tmp_path / "demo").mkdir()
    (tmp_path / "demo" / MARKER).write_text("{}", encoding="utf-8")
    ingest([export(tmp_path / "demo" / "list.csv", dossier("H99.02-240301-0001"))], warehouse)
    dropped = export(tmp_path / "inbox" / "list.csv", dossier("000.00.02.H99-240301-0002"))
    ingest([dropped], warehouse)
    assert rows(warehouse, "select count(*) from dossier") == [(2,)]
    assert rows(warehouse, "select value from meta where key = 'is_invented'") == [("true",)]


def test_a_list_that_merely_mentions_the_invented_province_is_real(tmp_path: Path) -> None:
    lines = [dossier(f"A-{n}") for n in range(9)] + [dossier("H99.02-240301-0001")]
    ingest([export(tmp_path / "list.csv", *lines)], tmp_path / "w")
    assert rows(tmp_path / "w", "select value from meta where key = 'is_invented'") == [("false",)]


def test_headers_that_nobody_knows_are_refused_and_nothing_is_landed(tmp_path: Path) -> None:
    strange = export(tmp_path / "x.csv", "1;2;3", headers="Cột A;Cột B;Cột C")
    with pytest.raises(UnknownSource, match=r"x\.csv"):
        ingest([strange], tmp_path / "warehouse")
    assert not list((tmp_path / "warehouse").glob("landing/*"))


def test_a_source_that_gives_only_a_verdict_is_believed(tmp_path: Path) -> None:
    warehouse = tmp_path / "warehouse"
    toml = tmp_path / "verdicts.toml"
    toml.write_text(
        'name = "verdicts"\ntitle_vi = "Kết quả"\ntitle_en = "Verdicts"\nkind = "dossier"\n'
        '[columns]\ndossier_code = ["Ma"]\nreceived_at = ["Nhan"]\nlate_flag = ["Han"]\n'
        '[values.late_flag]\nlate = ["Quá hạn"]\nin_time = ["Đúng hạn"]\n',
        encoding="utf-8",
    )
    told = ("A-1;01/03/2024;Quá hạn", "A-2;01/03/2024;Đúng hạn", "A-3;01/03/2024;")
    ingest([export(tmp_path / "a.csv", *told, headers="Ma;Nhan;Han")], warehouse, source=str(toml))
    found = rows(warehouse, "select dossier_code, outcome, timing from dossier order by 1")
    assert found == [
        ("A-1", "resolved", "late"),
        ("A-2", "resolved", "on_time"),
        ("A-3", "open", None),
    ]


def test_a_promise_of_a_bare_day_is_kept_until_that_day_is_over(tmp_path: Path) -> None:
    warehouse = tmp_path / "warehouse"
    toml = tmp_path / "instant.toml"
    toml.write_text(
        'name = "instant"\ntitle_vi = "Từng phút"\ntitle_en = "By the minute"\nkind = "dossier"\n'
        'on_time_rule = "instant"\n[columns]\ndossier_code = ["Ma"]\nreceived_at = ["Nhan"]\n'
        'due_at = ["Hen"]\nfinished_at = ["Xong"]\n',
        encoding="utf-8",
    )
    told = (
        "DAY;01/03/2024;05/03/2024;05/03/2024 16:00",
        "MINUTE;01/03/2024;05/03/2024 15:59;05/03/2024 16:00",
    )
    listed = export(tmp_path / "a.csv", *told, headers="Ma;Nhan;Hen;Xong")
    ingest([listed], warehouse, source=str(toml))
    assert rows(warehouse, "select dossier_code, on_time_rule, timing from dossier order by 1") == [
        ("DAY", "day", "on_time"),
        ("MINUTE", "instant", "late"),
    ]


TWO_SYSTEMS = (
    'name = "{name}"\ntitle_vi = "{name}"\ntitle_en = "{name}"\nkind = "dossier"\n'
    '[columns]\ndossier_code = ["Ma"]\nreceived_at = ["Nhan"]\nunit = ["Phong"]\n'
)
LETTERS_OF = (
    'name = "letters_{system}"\ntitle_vi = "Thư"\ntitle_en = "Letters"\nkind = "apology"\n'
    'links_to = ["{system}"]\n[columns]\ndossier_code = ["Ma"]\nissued_at = ["Ngay"]\n'
)
STEPS_OF = (
    'name = "steps_{system}"\ntitle_vi = "Bước"\ntitle_en = "Steps"\nkind = "step"\n'
    'links_to = ["{system}"]\n[columns]\ndossier_code = ["Ma"]\nstep_name = ["Buoc"]\n'
)


def two_systems_of_one_code(folder: Path, warehouse: Path) -> None:
    """Two systems, land and ward, that both gave the code 001."""
    for name in ("land", "ward"):
        toml = folder / f"{name}.toml"
        toml.write_text(TWO_SYSTEMS.format(name=name), encoding="utf-8")
        listed = export(folder / f"{name}.csv", f"001;01/03/2024;{name}", headers="Ma;Nhan;Phong")
        ingest([listed], warehouse, source=str(toml))


def test_a_code_that_two_systems_gave_is_the_one_of_the_system_that_the_source_names(
    tmp_path: Path,
) -> None:
    warehouse = tmp_path / "warehouse"
    two_systems_of_one_code(tmp_path, warehouse)
    for system in ("land", "ward"):
        toml = tmp_path / f"letters_{system}.toml"
        toml.write_text(LETTERS_OF.format(system=system), encoding="utf-8")
        sent = export(tmp_path / f"of_{system}.csv", "001;05/03/2024", headers="Ma;Ngay")
        ingest([sent], warehouse, source=str(toml))
    # A letter of no named system may mean either, and is given to neither.
    unnamed = export(tmp_path / "any.csv", "001;1/TXL;06/03/2024;", headers=LETTER)
    ingest([unnamed], warehouse, source="apology_letters")
    found = rows(warehouse, "select system, unit_id, ordinal from apology order by system")
    assert found == [("", None, 3), ("land", "land", 1), ("ward", "ward", 1)]


def test_steps_told_of_one_system_do_not_replace_those_of_another(tmp_path: Path) -> None:
    warehouse = tmp_path / "warehouse"
    for system in ("land", "ward"):
        toml = tmp_path / f"steps_{system}.toml"
        toml.write_text(STEPS_OF.format(system=system), encoding="utf-8")
        told = export(tmp_path / f"of_{system}.csv", f"001;{system} 1", headers="Ma;Buoc")
        ingest([told], warehouse, source=str(toml))
    two_systems_of_one_code(tmp_path, warehouse)
    again = export(tmp_path / "again.csv", "001;land 2", headers="Ma;Buoc")
    ingest([again], warehouse, source=str(tmp_path / "steps_land.toml"))
    found = rows(warehouse, "select system, step_name from dossier_step order by system")
    assert found == [("land", "land 2"), ("ward", "ward 1")]
