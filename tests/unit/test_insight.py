"""What a leader would say about a period follows from its figures."""

from __future__ import annotations

from typing import Any

from pipeline.insight import headline


def summary(**given: int) -> dict[str, int]:
    counts = dict.fromkeys(
        ("received", "resolved", "open", "late", "open_overdue", "status_unknown"), 0
    )
    return {**counts, "received": 100, **given}


def field(name: str | None, received: int, late: int, overdue: int = 0) -> dict[str, Any]:
    return {"field_name": name, "received": received, "late": late, "open_overdue": overdue}


def keys(*args: Any, **kwargs: Any) -> list[str]:
    return [finding.key for finding in headline(*args, **kwargs)]


def test_without_dossiers_there_is_nothing_to_say() -> None:
    assert keys(summary(received=0), []) == ["nothing"]


def test_a_field_with_more_lateness_than_its_share_stands_out() -> None:
    found = headline(
        summary(late=6, open_overdue=4), [field("Đất đai", 18, 5, 2), field("Hộ tịch", 82, 1, 2)]
    )[0]

    assert found.key == "stands_out"
    assert found.values == {
        "field": "Đất đai",
        "late": 7,
        "all_late": 10,
        "received": 18,
        "all_received": 100,
    }


def test_a_field_late_in_proportion_to_its_size_does_not_stand_out() -> None:
    assert keys(summary(late=10), [field("Hộ tịch", 80, 8), field("Đất đai", 20, 2)]) == ["spread"]


def test_a_handful_of_late_dossiers_makes_no_share() -> None:
    assert keys(summary(late=4), [field("Đất đai", 10, 4)]) == ["spread"]


def test_a_period_without_late_dossiers_says_so() -> None:
    found = headline(summary(resolved=60, open=40), [field("Hộ tịch", 100, 0)])

    assert [finding.key for finding in found] == ["none_late"]
    assert found[0].values == {"resolved": 60, "open": 40}


def test_lateness_of_dossiers_without_a_field_names_no_field() -> None:
    assert keys(summary(late=9), [field(None, 100, 9), field("Hộ tịch", 0, 0)]) == ["late"]


def test_missing_letters_come_second() -> None:
    late = summary(late=6, open_overdue=4)
    fields = [field("Đất đai", 18, 6, 4)]

    assert keys(late, fields, without_apology=3) == ["stands_out", "without_apology"]
    assert keys(late, fields, without_apology=0) == ["stands_out", "all_apologised"]


def test_unknown_letters_are_not_taken_for_missing_ones() -> None:
    found = keys(summary(late=6, open_overdue=4), [field("Đất đai", 18, 6, 4)])

    assert found == ["stands_out", "overdue"]


def test_an_unknown_status_is_said_where_nothing_is_worse() -> None:
    assert keys(summary(status_unknown=2), [field("Hộ tịch", 100, 0)]) == [
        "none_late",
        "status_unknown",
    ]
