"""Small groups of answers are kept back, and cannot be had by subtraction either."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.suppression import kept_back

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
