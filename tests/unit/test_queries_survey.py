"""Satisfaction and online service."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from pipeline.access import scope_of
from pipeline.statistics import wilson_interval
from tests.snapshots import Board, answer, build, day, dossier, finished, unit

AS_OF = day(60)


def test_dont_know_is_in_no_denominator_and_in_no_mean(tmp_path: Path) -> None:
    answers = [answer("very_satisfied"), answer("neutral"), answer("dont_know")]
    row = Board(build(tmp_path, answers=answers), AS_OF).one("satisfaction")
    assert (row["n"], row["dont_know"], row["satisfied_rate"], row["mean"]) == (2, 1, 0.5, 4.0)


def test_neutral_is_not_satisfied(tmp_path: Path) -> None:
    row = Board(build(tmp_path, answers=[answer("neutral")]), AS_OF).one("satisfaction")
    assert row["satisfied_rate"] == 0


def test_scales_stay_apart(tmp_path: Path) -> None:
    answers = [answer("satisfied"), answer("satisfied", scale_id="three_level", score=2.0)]
    rows = Board(build(tmp_path, answers=answers), AS_OF)("satisfaction")
    assert {row["scale_id"]: row["mean"] for row in rows} == {"five_level": 4.0, "three_level": 2.0}


@pytest.mark.parametrize(("satisfied", "n"), [(0, 3), (1, 1), (2, 7), (29, 30), (87, 100)])
def test_the_interval_is_wilsons(tmp_path: Path, satisfied: int, n: int) -> None:
    answers = [answer("satisfied") for _ in range(satisfied)]
    answers += [answer("dissatisfied") for _ in range(n - satisfied)]
    row = Board(build(tmp_path, answers=answers), AS_OF).one("satisfaction")
    assert (row["satisfied_low"], row["satisfied_high"]) == pytest.approx(
        wilson_interval(satisfied, n)
    )


def test_no_rated_answer_has_no_rate_and_no_interval(tmp_path: Path) -> None:
    row = Board(build(tmp_path, answers=[answer("dont_know")]), AS_OF).one("satisfaction")
    assert (row["n"], row["satisfied_rate"], row["satisfied_low"], row["mean"]) == (
        0,
        None,
        None,
        None,
    )


def test_few_answers_are_marked(tmp_path: Path) -> None:
    ask = Board(build(tmp_path, answers=[answer(), answer()]), AS_OF)
    assert ask.one("satisfaction", small_sample_n=3)["is_small_sample"]
    assert not ask.one("satisfaction", small_sample_n=2)["is_small_sample"]


@pytest.mark.parametrize(
    ("group_by", "keys"),
    [
        ("unit", ["U1", "U2"]),
        ("field", ["Hộ tịch", "Đất đai"]),
        ("survey_channel", ["kiosk", "paper"]),
        ("month", ["2024-01", "2024-02"]),
        ("scale", ["five_level"]),
    ],
)
def test_satisfaction_is_grouped(tmp_path: Path, group_by: str, keys: list[str]) -> None:
    other = answer(unit_id="U2", field_name="Đất đai", survey_channel="kiosk", answered_at=day(40))
    rows = Board(build(tmp_path, answers=[answer(), other]), AS_OF)(
        "satisfaction", group_by=group_by
    )
    assert sorted(row["group_key"] for row in rows) == sorted(keys)
    assert sum(row["n"] for row in rows) == 2


def test_only_the_overall_question_makes_the_figure(tmp_path: Path) -> None:
    detail = answer("dissatisfied", is_overall=False, question_id="speed", response_id="R")
    ask = Board(build(tmp_path, answers=[answer("satisfied"), detail]), AS_OF)
    assert ask.one("satisfaction")["n"] == 1
    assert {row["question_id"] for row in ask("satisfaction_questions")} == {"overall", "speed"}


def test_one_response_with_many_questions_is_one_response(tmp_path: Path) -> None:
    pair = [
        answer(response_id="R", question_id="overall"),
        answer(response_id="R", question_id="speed", is_overall=False),
    ]
    ask = Board(build(tmp_path, answers=pair), AS_OF)
    assert ask.one("response_rate")["response_rate_numerator"] == 1
    assert ask.one("response_rate")["response_rate"] is None


def test_comments_are_found_without_accents(tmp_path: Path) -> None:
    answers = [answer(comment="Chờ quá lâu"), answer(comment="Tốt"), answer()]
    ask = Board(build(tmp_path, answers=answers), AS_OF)
    written = {"answered": "written", "scale": "five_level"}
    assert len(ask("satisfaction_answers", **written)) == 2
    found = ask.one("satisfaction_answers", search="qua lau", **written)
    assert (found["comment"], found["total_n"]) == ("Chờ quá lâu", 1)


@pytest.mark.parametrize(
    ("answered", "n"),
    [
        ("n", 4),
        ("any_satisfied", 2),
        ("satisfied", 1),
        ("any_dissatisfied", 1),
        ("very_dissatisfied", 1),
        ("dont_know", 1),
        ("level_unknown", 1),
        ("written", 0),
        ("responses", 8),
    ],
)
def test_as_many_answers_are_listed_as_are_counted(tmp_path: Path, answered: str, n: int) -> None:
    levels = ("very_satisfied", "satisfied", "neutral", "very_dissatisfied", "dont_know", "unknown")
    answers = [answer(level, response_id=f"R-{level}") for level in levels]
    answers += [answer(question_id="speed", is_overall=False, response_id="R-satisfied")]
    answers += [answer(question_id="speed", is_overall=False, response_id="R-no-overall")]
    answers += [answer(scale_id="three_faces"), answer(answered_at=day(-40))]
    board = Board(build(tmp_path, answers=answers), AS_OF)
    rows = board("satisfaction_answers", answered=answered, scale="five_level", first=day(-10))
    assert len(rows) == n
    assert {row["total_n"] for row in rows} == ({n} if n else set())


def test_a_list_of_answers_can_be_that_of_one_cell(tmp_path: Path) -> None:
    answers = [
        answer(),
        answer(unit_id="U2", field_name=None, survey_channel="kiosk"),
        answer("neutral", question_id="speed", is_overall=False),
    ]
    units = [unit("U1"), unit("U2", parent_id="U1")]
    board = Board(build(tmp_path, answers=answers, units=units), AS_OF)

    def listed(**cell: Any) -> int:
        return len(board("satisfaction_answers", scale="five_level", **cell))

    assert listed(unit="U1") == 2
    assert listed(at_unit="U1") == 1
    assert listed(survey_channel="kiosk") == 1
    assert listed(lacks=["field"]) == 1
    assert listed(question="speed", source="survey") == 1
    assert listed(question="speed", source="another") == 0


def test_what_leads_to_a_person_is_taken_out_of_comments(tmp_path: Path) -> None:
    told = "Gọi 0912.345.678 ngày 05/01/2024, phòng 12, lần 2: 100% tốt"
    folder = build(tmp_path, answers=[answer(comment=told)])
    leader = Board(folder, AS_OF, scope_of("province_leader"))
    found = leader.one("satisfaction_answers", scale="five_level", answered="written")
    assert found["comment"] == "Gọi *** ngày 05/01/2024, phòng 12, lần 2: 100% tốt"
    steward = Board(folder, AS_OF, scope_of("steward"))
    assert steward.one("satisfaction_answers", scale="five_level")["comment"] == told


def test_the_response_rate_of_a_field_counts_its_own_results(tmp_path: Path) -> None:
    rows = [finished(day(5)), finished(day(5)), finished(day(5), field_name="Đất đai")]
    answers = [answer(), answer(field_name=None)]
    found = Board(build(tmp_path, rows, answers=answers), AS_OF)("response_rate_by_field")
    rates = {row["field_name"]: row["response_rate"] for row in found}
    assert rates == {"Hộ tịch": 0.5, "Đất đai": 0, None: None}


def test_a_survey_cannot_answer_for_a_channel(tmp_path: Path) -> None:
    summary = Board(build(tmp_path, answers=[answer()]), AS_OF).one("summary", channel="counter")
    assert summary["satisfied_rate"] is None


def test_online_is_counted_by_level_and_month(tmp_path: Path) -> None:
    rows = [
        dossier(channel="online_full"),
        dossier(channel="online"),
        dossier(channel="post"),
        dossier(channel="unknown", received_at=day(40)),
        dossier(channel="online_full", status="submitted"),
    ]
    january, february = Board(build(tmp_path, rows), AS_OF)("online")
    assert (january["month"], january["online_in_period"], january["received_in_period"]) == (
        date(2024, 1, 1),
        2,
        3,
    )
    assert (january["online_full"], january["online_level_unknown"]) == (1, 1)
    assert (february["channel_unknown"], february["online_rate"]) == (1, 0)


def test_carried_over_dossiers_are_not_in_the_online_rate(tmp_path: Path) -> None:
    rows = [dossier(channel="online_full"), dossier(received_at=day(40))]
    summary = Board(build(tmp_path, rows), AS_OF).one("summary", first=day(31, 0))
    assert (summary["online"], summary["online_rate_numerator"]) == (1, 0)
    assert summary["online_rate_denominator"] == 1


OFFERED = {"procedure_name": "A", "field_name": "Hộ tịch", "online_level": "online_full"}


def offered(*codes: str, **given: str) -> list[dict[str, Any]]:
    return [
        OFFERED | {"procedure_code": code, "procedure_name": f"Việc {code}"} | given
        for code in codes
    ]


def test_how_far_an_offered_service_is_used_online_is_told(tmp_path: Path) -> None:
    rows = [
        dossier(procedure_code="1.1"),
        dossier(procedure_code="1.2", channel="online"),
        dossier(procedure_code="1.2", channel="post"),
        dossier(procedure_code="1.3", channel="online_full"),
        dossier(procedure_code="1.5"),
        dossier(procedure_code="1.6", channel="unknown"),
    ]
    lists = [*offered("1.1", "1.2", "1.3", "1.4", "1.6"), *offered("1.5", online_level="none")]
    found = Board(build(tmp_path, rows, procedure=lists), AS_OF)("online_offered")
    assert {row["procedure_code"]: (row["use"], row["counter"] + row["post"]) for row in found} == {
        "1.1": ("never", 1),
        "1.2": ("partly", 1),
        "1.3": ("always", 0),
        "1.4": ("nobody", 0),
        "1.6": ("unknown", 0),
    }


def test_a_service_that_one_source_names_without_its_code_is_not_called_unused(
    tmp_path: Path,
) -> None:
    rows = [
        dossier(procedure_code="1.1"),
        dossier(procedure_code=None, procedure_name="Việc 1.1", channel="online"),
    ]
    board = Board(build(tmp_path, rows, procedure=offered("1.1")), AS_OF)
    found = {row["procedure_key"]: row for row in board("online_offered")}
    assert {key: row["use"] for key, row in found.items()} == {
        "1.1": "partly",
        "Việc 1.1": "partly",
    }
    assert found["1.1"]["received_in_period"] == 1
    for key, row in found.items():
        assert len(board("dossiers", procedure=key)) == row["received_in_period"]


def test_two_services_of_one_name_are_not_mixed_up(tmp_path: Path) -> None:
    rows = [dossier(procedure_code=None, procedure_name="Cấp phép", channel="online")]
    lists = offered("1.1", "1.2", procedure_name="Cấp phép")
    found = Board(build(tmp_path, rows, procedure=lists), AS_OF)("online_offered")
    assert [(row["procedure_code"], row["use"]) for row in found] == [
        ("1.1", "nobody"),
        ("1.2", "nobody"),
    ]


def test_the_channel_mix_adds_up(tmp_path: Path) -> None:
    rows = [dossier(channel="post"), dossier(), dossier(), dossier(status="submitted")]
    mix = Board(build(tmp_path, rows), AS_OF)("channel_mix")
    assert [(row["channel"], row["received_in_period"]) for row in mix] == [
        ("counter", 2),
        ("post", 1),
    ]
    assert sum(row["share"] for row in mix) == pytest.approx(1)
