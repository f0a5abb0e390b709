"""What no screen needs of a person is not kept: not in landing, not in a reject, not in a look."""

from __future__ import annotations

import json
from pathlib import Path

import duckdb
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from pipeline import landing_text, publish, statements
from pipeline.cli import main
from pipeline.errors import BadConfiguration
from pipeline.ingest import Result, ingest
from pipeline.inspection import inspect
from pipeline.inspection_text import render
from pipeline.landing import landed_batches
from pipeline.personal import kind_of, without_numbers
from pipeline.sources import load_source, ready_made, source_toml
from tests.unit.ingested import HEADERS, dossier, export, rows

CARD = "038091012345"
WIDE = f"{HEADERS};Số CCCD người nộp;Nơi cư trú;Thư điện tử;Năm sinh;Chủ hồ sơ"
PERSON = f"{CARD};Thôn Đông;an.nguyen@x.vn;1991;Nguyễn Văn An"
SECRETS = (CARD, "Thôn Đông", "an.nguyen@x.vn", "1991")


def taken_in(tmp_path: Path, *lines: str, source: str = "igate") -> tuple[Path, Result]:
    warehouse = tmp_path / "warehouse"
    return warehouse, ingest(
        [export(tmp_path / "a.csv", *lines, headers=WIDE)], warehouse, source=source
    )


def everything_kept(warehouse: Path) -> bytes:
    """Every byte of landing, its Parquet unpacked, and the text of every table of the snapshot."""
    kept = b""
    for path in sorted((warehouse / "landing").rglob("*")):
        if path.suffix == ".parquet":
            with duckdb.connect() as con:
                kept += str(con.read_parquet(str(path)).fetchall()).encode()
        elif path.is_file():
            kept += path.read_bytes()
    current = publish.current(warehouse)
    assert current is not None
    with duckdb.connect(str(publish.path_of(warehouse, current)), read_only=True) as con:
        for (table,) in con.execute("select table_name from duckdb_tables()").fetchall():
            kept += str(con.table(table).fetchall()).encode()
    return kept


@pytest.mark.parametrize(
    ("header", "kind"),
    [
        ("SỐ CMND/CCCD (*)", "identity_number"),
        ("so cccd nguoi nop", "identity_number"),
        ("chuHoSo.soDinhDanh", "identity_number"),
        ("Hộ chiếu số", "identity_number"),
        ("Mã số thuế cá nhân", "identity_number"),
        ("Số căn cước (2)", "identity_number"),
        ("ĐỊA CHỈ THƯỜNG TRÚ", "address"),
        ("Nơi ở hiện nay", "address"),
        ("DiaChiChuHoSo", "address"),
        ("E-mail người nộp", "email"),
        ("Ngày sinh", "birth_date"),
        ("Date of birth", "birth_date"),
        ("Mã định danh hồ sơ", None),
        ("Mã định danh đơn vị", None),
        ("Ngày phát sinh", None),
        ("Địa chỉ tiếp nhận", None),
        ("Ngày đăng ký khai sinh", None),
        ("Số hồ sơ", None),
        ("Chủ hồ sơ", None),
    ],
)
def test_a_header_is_known_however_it_is_typed(header: str, kind: str | None) -> None:
    assert kind_of(header) == kind


def test_no_column_that_a_ready_made_source_reads_is_taken_for_personal() -> None:
    for source in ready_made().values():
        assert load_source(Path("data/config/sources", f"{source.name}.toml")) == source


@pytest.mark.parametrize("is_quick", [True, False])
def test_nothing_of_it_is_kept_in_landing_or_in_the_snapshot(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_quick: bool
) -> None:
    monkeypatch.setattr(landing_text, "SMALL", 0 if is_quick else 10**9)
    rejected = dossier("A-2", received="31/02/2024")
    warehouse, done = taken_in(tmp_path, f"{dossier('A-1')};{PERSON}", f"{rejected};{PERSON}")
    assert (done.read, done.rejected) == (2, 1)
    assert done.not_kept == ["Năm sinh", "Nơi cư trú", "Số CCCD người nộp", "Thư điện tử"]
    kept = everything_kept(warehouse)
    assert not [secret for secret in SECRETS if secret.encode() in kept]
    assert rows(warehouse, "select applicant_name from dossier") == [("Nguyễn Văn An",)]


def test_a_row_that_slipped_by_a_column_shows_no_identity_number_where_it_is_rejected(
    tmp_path: Path,
) -> None:
    slipped = dossier("A-2", received="31/02/2024", officer=CARD)
    warehouse, _ = taken_in(tmp_path, f"{dossier('A-1')};{PERSON}", f"{slipped};;;;;")
    ((text,),) = rows(warehouse, "select row_text from reject")
    assert CARD not in text
    assert json.loads(text)["Cán bộ xử lý"] == "***"
    assert json.loads(text)["Số hồ sơ"] == "A-2"


def test_the_same_file_is_no_news_whatever_was_dropped_of_it(tmp_path: Path) -> None:
    warehouse, first = taken_in(tmp_path, f"{dossier('A-1')};{PERSON}")
    again = ingest([tmp_path / "a.csv"], warehouse, source="igate")
    assert (again.news, again.snapshot) == (False, first.snapshot)
    other = export(tmp_path / "b.csv", f"{dossier('A-1')};{PERSON}x", headers=WIDE)
    assert ingest([other], warehouse, source="igate").news


def test_what_a_source_keeps_stays_in_landing_and_goes_no_further(tmp_path: Path) -> None:
    own = ready_made()["igate"].model_copy(
        update={"name": "own", "personal": [], "keep_personal": ["identity_number"]}
    )
    file = tmp_path / "own.toml"
    file.write_text(source_toml(own), encoding="utf-8")
    rejected = dossier("A-2", received="31/02/2024")
    warehouse, done = taken_in(
        tmp_path, f"{dossier('A-1')};{PERSON}", f"{rejected};{PERSON}", source=str(file)
    )
    assert "Số CCCD người nộp" not in done.not_kept
    (batch,) = landed_batches(warehouse)
    with duckdb.connect() as con:
        landed = con.read_parquet(
            str(warehouse / "landing" / batch.batch_id / batch.tables[0].parquet)
        )
        assert landed.select('"Số CCCD người nộp"').fetchall() == [(CARD,), (CARD,)]
    ((text,),) = rows(warehouse, "select row_text from reject")
    assert "Số CCCD người nộp" not in json.loads(text)
    assert CARD not in text


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('dossier_code = ["Số CCCD"]', "columns.dossier_code"),
        ('dossier_code = ["Mã"]\nchannel = ["Email"]', "columns.channel"),
    ],
)
def test_no_column_may_be_fed_by_what_is_personal(tmp_path: Path, line: str, said: str) -> None:
    file = tmp_path / "s.toml"
    file.write_text(
        'name = "s"\ntitle_vi = "s"\ntitle_en = "s"\nkind = "dossier"\n'
        f'[columns]\n{line}\nreceived_at = ["Nhận"]\nstatus = ["TT"]\n',
        encoding="utf-8",
    )
    with pytest.raises(BadConfiguration, match=said):
        load_source(file)


def test_a_kind_cannot_be_kept_and_dropped_by_name_as_well(tmp_path: Path) -> None:
    own = ready_made()["igate"].model_copy(update={"keep_personal": ["identity_number"]})
    file = tmp_path / "igate.toml"
    file.write_text(source_toml(own), encoding="utf-8")
    with pytest.raises(BadConfiguration, match="keep_personal keeps identity_number"):
        load_source(file)


def test_an_inspection_prints_no_identity_number_under_any_header(tmp_path: Path) -> None:
    file = export(
        tmp_path / "a.csv",
        *(f"{dossier(f'A-{n}')};{CARD[:-1]}{n};x;{CARD[:-1]}{n};" for n in range(5)),
        headers=f"{HEADERS};CCCD;Địa chỉ;Giấy tờ kèm;Ghi",
    )
    assert CARD[:-1] not in render(inspect(file))


def test_the_command_line_says_which_columns_were_not_kept(tmp_path: Path) -> None:
    file = export(tmp_path / "a.csv", f"{dossier('A-1')};{PERSON}", headers=WIDE)
    place = ("--source", "igate", "--warehouse", str(tmp_path / "warehouse"))
    done = CliRunner().invoke(main, ["ingest", str(file), *place])
    assert (
        "nothing was kept: 4 (Năm sinh, Nơi cư trú, Số CCCD người nộp, Thư điện tử)" in done.stdout
    )


@given(
    st.lists(
        st.one_of(
            st.from_regex(r"0[0-9]{11}", fullmatch=True),
            st.from_regex(r"[0-9]{1,14}", fullmatch=True),
            st.sampled_from(["H37.14-231207-0003", "0912345678", "x", "."]),
        ),
        min_size=1,
        max_size=4,
    ),
    st.sampled_from([" ", "; ", ",", '","', "-"]),
)
def test_a_text_loses_identity_numbers_in_sql_as_it_does_in_python(
    parts: list[str], between: str
) -> None:
    text = between.join(parts)
    with duckdb.connect() as con:
        statements.run(con, "core/without_identity_numbers")
        ((found,),) = con.execute(
            "select without_identity_numbers($text)", {"text": text}
        ).fetchall()
    assert found == without_numbers(text)
    assert not [one for one in parts if len(one) == 12 and one.startswith("0") and one in found]
