"""What came in, what stayed out and how old it is; how a query is asked."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from pipeline import queries
from pipeline.access import default_scope
from pipeline.errors import Refused
from tests.snapshots import Board, answer, batch, build, day, dossier

AS_OF = day(30)


def test_the_ledger_shows_what_does_not_add_up(tmp_path: Path) -> None:
    good = batch(1, read_n=10, accepted_n=7, rejected_n=2, duplicate_n=1)
    bad = batch(2, read_n=10, accepted_n=7, rejected_n=2, duplicate_n=0)
    ask = Board(build(tmp_path, batch=[good, bad]), AS_OF)
    assert [(row["batch_no"], row["difference"]) for row in ask("ledger")] == [(2, 1), (1, 0)]
    failing = [row["no"] for row in ask("identities") if row["difference"]]
    assert failing == [14, 15]


def test_rejects_keep_their_place_rule_and_text(tmp_path: Path) -> None:
    reject = {
        "batch_no": 1,
        "sheet_no": 1,
        "line": 7,
        "rule": "no_code",
        "row_text": '{"Chủ hồ sơ": "Trần Văn Ý"}',
    }
    sheet = {
        "batch_no": 1,
        "sheet_no": 1,
        "file_name": "a.xlsx",
        "sha256": "0",
        "read_n": 2,
        "left_out_n": 0,
    }
    ask = Board(
        build(
            tmp_path,
            batch=[batch()],
            batch_sheet=[sheet],
            reject=[reject, reject | {"line": 8, "rule": "no_received"}],
        ),
        AS_OF,
    )
    row = ask.one("rejects", search="tran van y", rule="no_code")
    assert (row["file_name"], row["line"], row["total_n"]) == ("a.xlsx", 7, 1)
    assert ask("rejects", batch=2) == []
    assert {row["rule"]: row["row_n"] for row in ask("rejects_by_rule")} == {
        "no_code": 1,
        "no_received": 1,
    }


def test_flags_count_findings_and_dossiers(tmp_path: Path) -> None:
    finding = {"batch_no": 1, "system": "S", "dossier_code": "A", "unit_id": "U1", "rule": "r"}
    ask = Board(
        build(tmp_path, [dossier()], flag=[finding, finding, finding | {"dossier_code": "B"}]),
        AS_OF,
    )
    row = ask.one("flags")
    assert (row["flag_n"], row["dossier_n"]) == (3, 2)
    assert ask.one("flags_by_unit")["unit_name"] == "Xã U1"
    assert len(ask("flag_rows", rule="r")) == 3
    assert ask("flag_rows", rule="other") == []


@pytest.mark.parametrize(("allowed", "stale"), [(3, False), (2, True), (None, True)])
def test_a_source_is_stale_after_its_working_days(
    tmp_path: Path, allowed: int | None, stale: bool
) -> None:
    friday = batch(data_at=day(25), fresh_within_days=allowed)  # seen on Wednesday day 30
    row = Board(build(tmp_path, batch=[friday]), AS_OF).one("freshness")
    assert row["working_days_old"] == 3
    assert row["is_stale"] is stale


def test_the_newest_batch_speaks_for_its_source(tmp_path: Path) -> None:
    batches = [batch(1, data_at=day(3)), batch(2, data_at=day(29)), batch(3, source="survey")]
    rows = Board(build(tmp_path, batch=batches), AS_OF)("freshness")
    assert {row["source"]: row["data_at"] for row in rows} == {
        "igate": day(29),
        "survey": day(29),
    }


def test_a_list_that_tells_no_moment_is_known_at_any_time(tmp_path: Path) -> None:
    batches = [
        batch(1, source="procedure_list", kind="procedure", landed_at=day(40), data_at=None),
        batch(2, source="later", landed_at=day(40), data_at=day(40)),
    ]
    (row,) = Board(build(tmp_path, batch=batches), AS_OF)("freshness")
    assert (row["source"], row["working_days_old"], row["is_stale"]) == ("procedure_list", 0, False)


def test_lists_to_choose_from_hold_what_dossiers_speak_of(tmp_path: Path) -> None:
    ask = Board(build(tmp_path, [dossier(), dossier(field_name=None, officer_name=None)]), AS_OF)
    assert [row["field_name"] for row in ask("fields")] == ["Hộ tịch"]
    assert [row["procedure_key"] for row in ask("procedures")] == ["1.000001"]
    assert [row["officer_name"] for row in ask("officers")] == ["Trần Thị Bình"]
    assert [row["unit_id"] for row in ask("units")] == ["U1"]


def test_the_reference_lists_name_of_a_procedure_wins(tmp_path: Path) -> None:
    listed = {"procedure_code": "1.000001", "procedure_name": "Thủ tục đăng ký khai sinh"}
    ask = Board(build(tmp_path, [dossier()], procedure=[listed]), AS_OF)
    assert ask.one("by_procedure")["procedure_name"] == "Thủ tục đăng ký khai sinh"


def test_undated_answers_count_only_without_a_period(tmp_path: Path) -> None:
    ask = Board(build(tmp_path, answers=[answer(answered_at=None)]), AS_OF)
    assert ask.one("satisfaction")["n"] == 1
    assert ask("satisfaction", first=day(0)) == []


@pytest.mark.parametrize("name", ["by-unit", "by_unit", " by_unit "])
def test_a_query_is_named_with_either_stroke(name: str) -> None:
    assert queries.named(name).name == "by_unit"


def test_an_unknown_query_is_refused_with_the_nearest_names() -> None:
    with pytest.raises(Refused, match="by_unit"):
        queries.named("by_unitt")


@pytest.mark.parametrize("name", sorted(queries.catalogue()))
def test_every_query_says_what_a_row_is_and_takes_only_typed_parameters(name: str) -> None:
    query = queries.named(name)
    assert query.about.startswith("One row")
    assert set(query.parameters) <= set(queries.TYPES)


def test_the_names_that_others_rely_on_stay() -> None:
    promised = (
        "summary by-unit by-field by-channel hotspots due-soon overdue satisfaction online "
        "ledger rejects flags"
    )
    for name in promised.split():
        assert queries.named(name).name == name.replace("-", "_")


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"colour": "red"}, "colour"),
        ({"horizon": "3"}, "horizon"),
        ({"horizon": True}, "horizon"),
        ({"limit": -1}, "limit"),
        ({"channel": "fax"}, "fax"),
        ({"measure": "mood"}, "mood"),
        ({"first": "2024-01-01"}, "first"),
        ({"first": datetime(2024, 1, 1, tzinfo=UTC)}, "local time"),
        ({"first": day(31)}, "empty"),
        ({"first": day(5), "upper": day(5)}, "empty"),
    ],
)
def test_a_wrong_parameter_is_refused_by_name(tmp_path: Path, given: dict, says: str) -> None:
    ask = Board(build(tmp_path, [dossier()]), AS_OF)
    with pytest.raises(Refused, match=says):
        ask("dossiers", **given)


def test_a_filter_that_a_query_does_not_know_is_refused_and_not_ignored(tmp_path: Path) -> None:
    ask = Board(build(tmp_path), AS_OF)
    with pytest.raises(Refused, match="channel"):
        ask("ledger", channel="post")


def test_a_filter_that_is_none_is_no_filter(tmp_path: Path) -> None:
    ask = Board(build(tmp_path, [dossier()]), AS_OF)
    assert ask.one("summary", field=None)["received"] == 1
    assert ask.one("summary", field="Đất đai")["received"] == 0


def test_a_date_stands_for_its_midnight(tmp_path: Path) -> None:
    ask = Board(build(tmp_path, [dossier(received_at=day(0, 0))]), AS_OF)
    assert ask.one("summary", first=date(2024, 1, 1))["received_in_period"] == 1
    assert ask.one("summary", first=date(2024, 1, 1), upper=date(2024, 1, 2))["received"] == 1


def test_two_periods_asked_in_turn_do_not_mix(tmp_path: Path) -> None:
    ask = Board(build(tmp_path, [dossier(received_at=day(3)), dossier(received_at=day(20))]), AS_OF)
    for _ in range(2):
        assert ask.one("summary", upper=day(10))["received"] == 1
        assert ask.one("summary", first=day(10))["received_in_period"] == 1
        assert ask.one("summary")["received"] == 2


def test_columns_are_plain_numbers_for_arrow(tmp_path: Path) -> None:
    board = Board(build(tmp_path, [dossier()], answers=[answer()]), AS_OF)
    for name, query in queries.catalogue().items():
        given = {"dossier": "x"} if "dossier" in query.parameters else {}
        table = queries.run(board.snapshot, default_scope(), name, as_of=AS_OF, **given)
        kinds = {str(field.type) for field in table.schema}
        assert not [kind for kind in kinds if kind.startswith("decimal")], name
