"""What a leader would say about a period follows from its figures."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from pages.ui.text import sentence
from pipeline import insight
from pipeline.insight import Due, Earlier, Insight
from pipeline.wording import wording

OCTOBER = date(2026, 10, 25)


def summary(**given: Any) -> dict[str, Any]:
    counts: dict[str, Any] = dict.fromkeys(
        (
            "late",
            "open_overdue",
            "status_unknown",
            "on_time_rate_a_numerator",
            "on_time_rate_a_denominator",
        ),
        0,
    )
    return {**counts, "on_time_rate_a": None, "received": 100, **given}


def due(today: int = 0, following: int = 0, *, is_today: bool = True) -> Due:
    return Due(date(2026, 11, 25), today, date(2026, 11, 26), following, is_today)


def cell(field: str | None, unit: str | None, received: int, late: int) -> dict[str, Any]:
    return {
        "field_name": field,
        "unit_id": unit,
        "unit_name": unit and f"Xã {unit}",
        "received": received,
        "late_or_overdue": late,
    }


def keys(found: list[Insight]) -> list[str]:
    return [one.key for one in found]


@pytest.mark.parametrize(
    ("then", "key", "change"),
    [(10, "overdue_up", 2), (15, "overdue_down", 3), (12, "overdue_same", None)],
)
def test_what_is_overdue_is_held_against_earlier(then: int, key: str, change: int | None) -> None:
    found = insight.state(
        summary(open_overdue=12), Earlier({"open_overdue": then}, OCTOBER), due(1)
    )[0]

    assert found.key == key
    assert found.values["n"] == 12
    assert found.values.get("change") == change


def test_without_an_earlier_figure_nothing_is_said_to_have_moved() -> None:
    found = insight.state(summary(open_overdue=12), None, due(1))[0]

    assert found == Insight("overdue", {"n": 12})


def test_what_falls_due_next_is_said_by_its_day() -> None:
    now = insight.state(summary(), None, due(3, 4))
    then = insight.state(summary(), None, due(3, 4, is_today=False))

    assert keys(now) == ["none_overdue", "due_today"]
    assert keys(then) == ["none_overdue", "due_that_day"]
    assert (now[1].values["due"], now[1].values["due_following"]) == (3, 4)


def test_nothing_falling_due_is_said_too() -> None:
    assert keys(insight.state(summary(), None, due())) == ["none_overdue", "none_due_today"]


def test_a_period_that_is_over_is_judged_by_its_results() -> None:
    figures = summary(on_time_rate_a=0.9, on_time_rate_a_numerator=9, on_time_rate_a_denominator=10)

    better = insight.outcome(figures, Earlier({"on_time_rate_a": 0.85}, OCTOBER))
    same = insight.outcome(figures, Earlier({"on_time_rate_a": 0.90001}, OCTOBER))

    assert keys(better) == ["on_time_up", "left_none"]
    assert better[0].values["change"] == 5.0
    assert keys(same) == ["on_time_same", "left_none"]


def test_a_period_without_results_has_no_share() -> None:
    found = insight.outcome(summary(open_overdue=2), Earlier({"on_time_rate_a": 0.5}, OCTOBER))

    assert keys(found) == ["none_resolved", "left_overdue"]


def test_a_field_with_more_lateness_than_its_share_stands_out_with_its_worst_unit() -> None:
    land = [cell("Đất đai", "U1", 10, 5), cell("Đất đai", "U2", 8, 2)]
    cells = [*land, cell("Hộ tịch", "U1", 82, 3)]

    (found,) = insight.worst_field(summary(late=6, open_overdue=4), cells, names_unit=True)

    assert found.key == "stands_out_at"
    assert found.values == {
        "field": "Đất đai",
        "late": 7,
        "all_late": 10,
        "received": 18,
        "all_received": 100,
        "unit": "Xã U1",
        "at_unit": 5,
    }


def test_of_one_unit_no_unit_is_named() -> None:
    cells = [cell("Đất đai", "U1", 18, 7), cell("Hộ tịch", "U1", 82, 3)]

    (found,) = insight.worst_field(summary(late=10), cells, names_unit=False)

    assert found.key == "stands_out"
    assert "unit" not in found.values


def test_a_field_late_in_proportion_to_its_size_does_not_stand_out() -> None:
    cells = [cell("Hộ tịch", "U1", 80, 8), cell("Đất đai", "U1", 20, 2)]

    assert keys(insight.worst_field(summary(late=10), cells, names_unit=True)) == ["most_late_at"]


def test_a_handful_of_late_dossiers_makes_no_share() -> None:
    cells = [cell("Đất đai", "U1", 10, 4), cell("Hộ tịch", "U1", 90, 0)]

    assert keys(insight.worst_field(summary(late=4), cells, names_unit=False)) == ["most_late"]


def test_lateness_of_dossiers_without_a_field_names_no_field() -> None:
    cells = [cell(None, "U1", 90, 9), cell("Hộ tịch", "U1", 10, 0)]

    assert keys(insight.worst_field(summary(late=9), cells, names_unit=True)) == ["late"]


def test_without_late_dossiers_the_results_are_praised_only_where_there_are_any() -> None:
    cells = [cell("Hộ tịch", "U1", 100, 0)]

    assert keys(
        insight.worst_field(summary(on_time_rate_a_denominator=60), cells, names_unit=True)
    ) == ["none_late"]
    assert insight.worst_field(summary(), cells, names_unit=True) == []


def test_unknown_letters_are_not_taken_for_missing_ones() -> None:
    late = summary(late=6, open_overdue=4)

    assert keys(insight.letters(late, 3)) == ["without_apology"]
    assert keys(insight.letters(late, 0)) == ["all_apologised"]
    assert insight.letters(late, None) == []
    assert insight.letters(summary(), 0) == []


def test_a_status_that_nobody_knows_is_said() -> None:
    assert keys(insight.unclear(summary(status_unknown=2))) == ["status_unknown"]
    assert insight.unclear(summary()) == []


EVERY_FINDING = [
    *insight.nothing(),
    *(
        one
        for n in (1, 12)
        for then in (None, 1, 5, 12, 20)
        for today in (True, False)
        for one in insight.state(
            summary(open_overdue=n),
            None if then is None else Earlier({"open_overdue": then}, OCTOBER),
            due(n if today else 0, 1, is_today=today),
        )
    ),
    *insight.state(summary(), None, due()),
    *insight.state(summary(), None, due(is_today=False)),
    *(
        one
        for then in (None, 0.8, 0.9, 0.95)
        for left in (0, 1, 2)
        for one in insight.outcome(
            summary(
                open_overdue=left,
                on_time_rate_a=0.9,
                on_time_rate_a_numerator=9,
                on_time_rate_a_denominator=10,
            ),
            Earlier({"on_time_rate_a": then}, OCTOBER),
        )
    ),
    *insight.outcome(summary(), None),
    *(
        one
        for late in (0, 1, 10)
        for names_unit in (True, False)
        for field in ("Đất đai", None)
        for received in (20, 100)
        for one in insight.worst_field(
            summary(late=late, on_time_rate_a_denominator=50),
            [cell(field, "U1", received, late)],
            names_unit=names_unit,
        )
    ),
    *(one for n in (0, 1, 2) for one in insight.letters(summary(late=2), n)),
    *(one for n in (1, 2) for one in insight.unclear(summary(status_unknown=n))),
]


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_finding_is_a_sentence_in_both_languages(language: str) -> None:
    for finding in EVERY_FINDING:
        said = sentence(wording(language), "insight", finding)
        assert said.rstrip("*").endswith("."), said
        assert "{" not in said
        assert "—" not in said, said


def test_one_of_something_is_not_many_in_english() -> None:
    said = [sentence(wording("en"), "insight", finding) for finding in EVERY_FINDING]

    assert any("1 dossier is overdue" in one for one in said)
    assert not any("1 dossiers" in one.replace("1 dossiers to", "") for one in said)
