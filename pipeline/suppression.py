"""Which groups of survey answers are too small to be shown.

Answers are confidential (NĐ 118/2025/NĐ-CP Art. 29(3)), and a small group gives its members away:
by its own figures, or by what remains when the groups on show are taken from their total.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

Key = TypeVar("Key")


def kept_back(answers: Mapping[Key, int], below: int) -> set[Key]:
    """The groups whose figures must not be shown beside their total.

    answers: group -> number of answers; groups without any hide nothing and need no hiding. Those
    with fewer than `below` are kept back; where they have fewer than that even together, the
    smallest others follow, because the total minus what is shown would tell them.
    """
    asked = {key: n for key, n in answers.items() if n}
    hidden = {key for key, n in asked.items() if n < below}
    rest = sorted((key for key in asked if key not in hidden), key=lambda key: asked[key])
    while hidden and rest and sum(asked[key] for key in hidden) < below:
        hidden.add(rest.pop(0))
    return hidden


def months_kept_back(answers: Mapping[str, int], below: int) -> set[str]:
    """The months ("2023-11") that must not be shown beside their quarters.

    A quarter minus two of its months is the third one. Quarters of which months are missing from
    `answers` are taken as they are.
    """
    hidden: set[str] = set()
    for quarter in {_quarter(month) for month in answers}:
        months = {month: n for month, n in answers.items() if _quarter(month) == quarter}
        hidden |= kept_back(months, below) if len(months) > 1 else set()
    return hidden


def _quarter(month: str) -> tuple[str, int]:
    return month[:4], (int(month[5:7]) - 1) // 3
