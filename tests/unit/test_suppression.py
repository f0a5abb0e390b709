"""Small groups of answers are kept back, and cannot be had by subtraction either."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.suppression import kept_back, months_kept_back

BELOW = 5


def test_a_group_with_enough_answers_is_shown() -> None:
    assert kept_back({"a": 5, "b": 300}, BELOW) == set()


def test_small_groups_that_hide_each_other_take_no_other_with_them() -> None:
    assert kept_back({"a": 4, "b": 3, "c": 60}, BELOW) == {"a", "b"}


def test_a_small_group_alone_takes_the_smallest_other_with_it() -> None:
    assert kept_back({"a": 4, "b": 70, "c": 60}, BELOW) == {"a", "c"}


def test_a_group_nobody_answered_for_hides_nothing() -> None:
    assert kept_back({"a": 0, "b": 60}, BELOW) == set()


def test_a_group_of_its_own_is_all_there_is() -> None:
    assert kept_back({"a": 4}, BELOW) == {"a"}


@pytest.mark.parametrize("below", [2, 5])
@given(answers=st.dictionaries(st.integers(), st.integers(0, 12), max_size=8))
def test_what_the_total_leaves_over_is_never_small(answers: dict[int, int], below: int) -> None:
    hidden = kept_back(answers, below)
    left = sum(answers[key] for key in hidden)
    is_all = hidden == {key for key, n in answers.items() if n}
    assert left == 0 or left >= below or is_all
    shown = set(answers) - hidden
    assert all(answers[key] == 0 or answers[key] >= below for key in shown)
    # Nothing is hidden without need: without the last group taken along, too little would be left.
    extra = [key for key in hidden if answers[key] >= below]
    for fewer in combinations(extra, len(extra) - 1) if extra else ():
        assert sum(answers[k] for k in hidden - set(extra)) + sum(answers[k] for k in fewer) < below


MONTHS = [f"{year}-{month:02}" for year in (2023, 2024) for month in range(1, 13)]


def test_a_month_with_few_answers_takes_another_of_its_quarter_with_it() -> None:
    answers = {"2023-10": 40, "2023-11": 30, "2023-12": 3, "2024-01": 12}
    assert months_kept_back(answers, BELOW) == {"2023-11", "2023-12"}


def test_a_month_alone_in_its_quarter_is_the_quarter() -> None:
    assert months_kept_back({"2023-12": 3}, BELOW) == set()


@given(answers=st.dictionaries(st.sampled_from(MONTHS), st.integers(0, 12)))
def test_no_quarter_minus_the_months_on_show_tells_of_few(answers: dict[str, int]) -> None:
    hidden = months_kept_back(answers, BELOW)
    for year in (2023, 2024):
        for first in (1, 4, 7, 10):
            months = [f"{year}-{first + n:02}" for n in range(3)]
            told = [month for month in months if answers.get(month)]
            left = sum(answers[month] for month in told if month in hidden)
            whole = sum(answers[month] for month in told)
            assert left == 0 or left >= BELOW or left == whole
