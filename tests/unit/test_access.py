"""A viewer sees the rows of his scope and no others, whatever he asks."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb
import pytest

from pipeline import queries, statements
from pipeline.access import Roles, default_scope, may, roles, scope_from_text, scope_of
from pipeline.errors import BadConfiguration, OutOfScope, Refused
from pipeline.scope import Scope
from pipeline.settings import read_configuration
from pipeline.text import mask_name, mask_phone
from pipeline.warehouse import Snapshot, open_snapshot
from tests.snapshots import answer, batch, build, day, dossier, unit

NOW = day(20)
UNITS = [
    unit("D1", unit_name="Huyện Một"),
    unit("U1", parent_id="D1", unit_name="Xã Một"),
    unit("U2", parent_id="D1", unit_name="Xã Hai"),
    unit("U3", unit_name="Xã Ba"),
    unit("U4", unit_name="Xã Ba"),
]


def code_row(code: str, **given: Any) -> dict[str, Any]:
    return {"system": "S", "dossier_code": code, "batch_no": 1} | given


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory) -> Snapshot:
    here = dossier(dossier_code="A", unit_id="U1", officer_name="Trần Thị Bình")
    taken_in = dossier(dossier_code="B", unit_id="U3", receiving_unit_id="U1")
    elsewhere = dossier(
        dossier_code="C", unit_id="U3", applicant_name="Lê Thị Kín", officer_name="Phạm Văn Xa"
    )
    nowhere = dossier(dossier_code="D", unit_id=None, receiving_unit_id=None)
    codes = ("A", "C")
    folder = build(
        tmp_path_factory.mktemp("w"),
        [here, taken_in, elsewhere, nowhere],
        units=UNITS,
        answers=[answer(unit_id="U1", comment="Nhanh"), answer(unit_id="U3", comment="Chậm")],
        batch=[batch()],
        dossier_step=[
            code_row(code, step_no=1, step_name="Thẩm định", officer_name="Trần Thị Bình")
            for code in codes
        ],
        dossier_change=[
            code_row(
                code, column_name="applicant_name", old_value="Lê Thị Kín", new_value="Lê Văn Kín"
            )
            for code in codes
        ],
        apology=[code_row(code, ordinal=1, issued_at=day(9)) for code in codes],
        flag=[
            code_row("A", unit_id="U1", rule="code_date_differs"),
            code_row("C", unit_id="U3", rule="code_date_differs"),
        ],
        reject=[
            {
                "batch_no": 1,
                "sheet_no": 1,
                "line": 7,
                "rule": "no_code",
                "row_text": '{"Chủ hồ sơ": "Lê Thị Kín"}',
            }
        ],
    )
    opened = open_snapshot(folder)
    assert opened is not None
    return opened


def codes(snapshot: Snapshot, scope: Scope, query: str = "dossiers", **given: Any) -> list[str]:
    table = queries.run(snapshot, scope, query, as_of=NOW, **given)
    return sorted(table["dossier_code"].to_pylist())


def test_a_unit_sees_what_it_resolves_or_takes_in_and_nothing_else(snapshot: Snapshot) -> None:
    assert codes(snapshot, scope_from_text("staff:U1")) == ["A", "B"]


def test_a_dossier_without_a_unit_is_seen_by_viewers_of_every_unit_only(snapshot: Snapshot) -> None:
    assert "D" in codes(snapshot, default_scope())
    assert "D" not in codes(snapshot, scope_from_text("staff:U1,U2,U3,D1"))


def test_a_parent_sees_its_children(snapshot: Snapshot) -> None:
    assert codes(snapshot, scope_from_text("unit_leader:D1")) == ["A", "B"]


def test_a_child_does_not_see_its_parents_other_children(snapshot: Snapshot) -> None:
    assert codes(snapshot, scope_from_text("unit_leader:U2")) == []


@pytest.mark.parametrize("query", ["dossiers", "queue", "due_soon", "overdue"])
def test_no_list_names_a_dossier_outside_the_scope(snapshot: Snapshot, query: str) -> None:
    assert "C" in codes(snapshot, default_scope(), "dossiers")
    assert "C" not in codes(snapshot, scope_from_text("staff:U1"), query)


@pytest.mark.parametrize("query", sorted(queries.catalogue()))
def test_no_query_shows_a_neighbours_people_or_words(snapshot: Snapshot, query: str) -> None:
    given = {"dossier": "C"} if "dossier" in queries.named(query).parameters else {}
    scope = replace(scope_from_text("staff:U1"), sees_personal=True)
    shown = str(queries.run(snapshot, scope, query, as_of=NOW, **given).to_pylist())
    for secret in ("Lê Thị Kín", "Lê Văn Kín", "Phạm Văn Xa", "Chậm"):
        assert secret not in shown


FOR_EVERYBODY = ("by_unit", "freshness", "public_letters", "satisfaction", "summary", "units")


@pytest.mark.parametrize("query", FOR_EVERYBODY)
def test_no_query_shows_the_public_a_person(snapshot: Snapshot, query: str) -> None:
    shown = str(queries.run(snapshot, scope_of("public"), query, as_of=day(40)).to_pylist())

    assert shown != "[]"
    for person in ("Nguyễn", "0912345678", "Lê Thị Kín", "Trần Thị Bình", "Nhanh"):
        assert person not in shown


@pytest.mark.parametrize("query", sorted({*queries.catalogue()} - {*FOR_EVERYBODY}))
def test_the_public_asks_nothing_else(snapshot: Snapshot, query: str) -> None:
    with pytest.raises(OutOfScope):
        queries.run(snapshot, scope_of("public"), query, as_of=NOW)


def test_what_a_role_may_ask_are_questions_that_exist() -> None:
    for role in roles().roles.values():
        assert {*(role.queries or ())} <= {*queries.catalogue()}
    assert {*(roles().roles["public"].queries or ())} == {*FOR_EVERYBODY}


def test_of_a_letter_the_public_sees_its_days_and_the_kind_of_its_reason_only(
    snapshot: Snapshot,
) -> None:
    with snapshot.cursor(scope_of("public")) as cursor:
        columns = [column[0] for column in cursor.sql("from public_letter").description]
        with pytest.raises(duckdb.CatalogException):
            cursor.sql("from apology")

    known = ["system", "dossier_code", "ordinal", "issued_at", "new_due_at", "reason_code"]
    assert columns == known


def test_names_are_masked_without_the_right(snapshot: Snapshot) -> None:
    (row,) = queries.run(
        snapshot, scope_of("coordinator"), "dossier", as_of=NOW, dossier="A"
    ).to_pylist()
    assert (row["applicant_name"], row["applicant_phone"]) == ("Nguyễn V. A***", "09xx xxx 678")


def test_names_are_clear_with_the_right(snapshot: Snapshot) -> None:
    (row,) = queries.run(
        snapshot, scope_from_text("staff:U1"), "dossier", as_of=NOW, dossier="A"
    ).to_pylist()
    assert (row["applicant_name"], row["applicant_phone"]) == ("Nguyễn Văn An", "0912345678")


def test_a_masked_name_cannot_be_found_by_searching_it(snapshot: Snapshot) -> None:
    assert codes(snapshot, default_scope(), search="le thi kin") == ["C"]
    assert codes(snapshot, scope_of("coordinator"), search="le thi kin") == []


def test_a_changed_name_is_masked_in_the_history_too(snapshot: Snapshot) -> None:
    (row,) = queries.run(
        snapshot, scope_of("coordinator"), "dossier_changes", as_of=NOW, dossier="C"
    ).to_pylist()
    assert (row["old_value"], row["new_value"]) == ("Lê T. K***", "Lê V. K***")


def test_claiming_a_right_that_the_role_lacks_shows_nothing_more(snapshot: Snapshot) -> None:
    claim = replace(scope_of("coordinator"), sees_personal=True, sees_rejects=True)
    (row,) = queries.run(snapshot, claim, "dossier", as_of=NOW, dossier="A").to_pylist()
    assert row["applicant_name"] == "Nguyễn V. A***"
    assert queries.run(snapshot, claim, "rejects", as_of=NOW).num_rows == 0


def test_rejected_rows_are_there_for_the_steward_only(snapshot: Snapshot) -> None:
    assert queries.run(snapshot, scope_of("steward"), "rejects", as_of=NOW).num_rows == 1
    assert queries.run(snapshot, scope_of("province_leader"), "rejects", as_of=NOW).num_rows == 0


def test_a_unit_outside_the_scope_is_not_found(snapshot: Snapshot) -> None:
    with pytest.raises(OutOfScope, match="not found"):
        queries.run(snapshot, scope_from_text("staff:U1"), "summary", as_of=NOW, unit="U3")


def test_a_unit_that_does_not_exist_is_answered_like_one_out_of_scope(snapshot: Snapshot) -> None:
    scope = scope_from_text("staff:U1")
    answers = set()
    for name in ("U3", "U9"):
        with pytest.raises(OutOfScope) as error:
            queries.run(snapshot, scope, "summary", as_of=NOW, unit=name)
        answers.add(str(error.value).replace(name, "?"))
    assert len(answers) == 1


def test_a_unit_can_be_named_without_accents_and_includes_its_children(snapshot: Snapshot) -> None:
    assert codes(snapshot, default_scope(), unit="huyen mot") == ["A"]


def test_a_name_that_two_units_bear_is_refused(snapshot: Snapshot) -> None:
    with pytest.raises(Refused, match="2 units"):
        queries.run(snapshot, default_scope(), "summary", as_of=NOW, unit="Xã Ba")
    with pytest.raises(Refused, match="2 units"):
        queries.run(snapshot, scope_from_text("staff:Xã Ba"), "summary", as_of=NOW)


def test_a_scope_of_an_unknown_unit_is_refused(snapshot: Snapshot) -> None:
    with pytest.raises(OutOfScope, match="U9"):
        queries.run(snapshot, scope_from_text("staff:U9"), "summary", as_of=NOW)


def test_text_of_a_viewer_never_becomes_sql(snapshot: Snapshot) -> None:
    attack = "U1') or true --"
    with pytest.raises(OutOfScope):
        queries.run(snapshot, scope_from_text(f"staff:{attack}"), "summary", as_of=NOW)
    assert codes(snapshot, scope_from_text("staff:U1"), search=attack) == []


def test_a_cursor_cannot_open_another_file(snapshot: Snapshot, tmp_path: Path) -> None:
    other = tmp_path / "other.csv"
    other.write_text("a\n1\n", encoding="utf-8")
    with snapshot.cursor(default_scope()) as cursor, pytest.raises(duckdb.PermissionException):
        cursor.execute("select * from read_csv($path)", {"path": str(other)})


def test_a_cursor_cannot_write(snapshot: Snapshot) -> None:
    with snapshot.cursor(default_scope()) as cursor, pytest.raises(duckdb.InvalidInputException):
        cursor.execute("delete from wh.dossier")


def test_a_cursor_cannot_unlock_the_doors(snapshot: Snapshot) -> None:
    with snapshot.cursor(default_scope()) as cursor, pytest.raises(duckdb.InvalidInputException):
        cursor.execute("set enable_external_access = true")


def test_viewers_asking_at_once_each_get_their_own(snapshot: Snapshot) -> None:
    scopes = [default_scope(), scope_from_text("staff:U1"), scope_from_text("staff:U3")] * 8
    with ThreadPoolExecutor(6) as pool:
        found = list(pool.map(lambda scope: codes(snapshot, scope), scopes))
    assert found == [["A", "B", "C", "D"], ["A", "B"], ["B", "C"]] * 8


def test_a_used_cursor_serves_the_next_viewer_of_the_same_scope_only(snapshot: Snapshot) -> None:
    with snapshot.cursor(scope_from_text("staff:U1")) as first:
        pass
    with snapshot.cursor(scope_from_text("staff:U3")) as other:
        assert other is not first
    with snapshot.cursor(scope_from_text("staff:U1")) as again:
        assert again is first


def test_nothing_published_is_no_snapshot(tmp_path: Path) -> None:
    assert open_snapshot(tmp_path) is None


def test_a_pointer_to_a_missing_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "current").write_text("gone\n", encoding="utf-8")
    with pytest.raises(Refused, match="gone is missing"):
        open_snapshot(tmp_path)


def test_a_damaged_snapshot_is_refused(tmp_path: Path) -> None:
    (tmp_path / "snapshots").mkdir()
    (tmp_path / "snapshots" / "bad.duckdb").write_bytes(b"not a database" * 1000)
    (tmp_path / "current").write_text("bad\n", encoding="utf-8")
    with pytest.raises(Refused, match="bad cannot be opened"):
        open_snapshot(tmp_path)


def test_an_unknown_role_is_refused_naming_the_known_ones() -> None:
    with pytest.raises(Refused, match="province_leader"):
        scope_from_text("king")


def test_a_role_of_its_own_unit_needs_one() -> None:
    with pytest.raises(Refused, match="staff:UNIT"):
        scope_from_text("staff")


def test_a_role_of_every_unit_is_narrowed_by_naming_some() -> None:
    assert scope_from_text("province_leader:U2, U1").unit_ids == ("U1", "U2")


def test_the_command_line_without_a_scope_sees_every_unit() -> None:
    assert default_scope() == Scope("operator", None, sees_personal=True, sees_rejects=True)


def test_rights_come_from_the_role() -> None:
    assert may(scope_of("steward"), "operate")
    assert not may(scope_of("public"), "export")


def test_an_unknown_right_is_refused_by_name(tmp_path: Path) -> None:
    path = tmp_path / "roles.toml"
    path.write_text(
        'default_role = "a"\n[roles.a]\nlabel_vi = "A"\nlabel_en = "A"\nunits = "all"\n'
        'rights = ["everything"]\n',
        encoding="utf-8",
    )
    with pytest.raises(BadConfiguration, match=r"roles\.a\.rights"):
        read_configuration(path, Roles)


def test_hidden_tables_are_tables_that_exist() -> None:
    views = {name.rpartition("/")[2] for name in statements.names("access/views")}
    for role in roles().roles.values():
        assert set(role.hidden_tables) <= views


@pytest.mark.parametrize(
    "name", ["Nguyễn Văn An", "An", "Trần Bình", "Lê Thị Thu Hà", "CÔNG TY TNHH ÁNH", "Đỗ Ý"]
)
def test_names_are_masked_in_sql_as_in_python(snapshot: Snapshot, name: str) -> None:
    with snapshot.cursor(default_scope()) as cursor:
        found = cursor.execute("select masked_name($name)", {"name": name}).fetchall()
    assert found == [(mask_name(name),)]
    assert mask_name(name) != name


@pytest.mark.parametrize("phone", ["0912345678", "02438123456", "113", "12345678"])
def test_telephones_are_masked_in_sql_as_in_python(snapshot: Snapshot, phone: str) -> None:
    with snapshot.cursor(default_scope()) as cursor:
        found = cursor.execute("select masked_phone($phone)", {"phone": phone}).fetchall()
    assert found == [(mask_phone(phone),)]
    assert mask_phone(phone) != phone
