"""Invented people: names put together from common parts, telephone numbers from digits."""

from __future__ import annotations

import tomllib
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from pipeline.demo.province import FOLDER

# What must reach a screen, a workbook or a CSV as plain text and never as code or a formula.
HOSTILE = (
    "<script>alert('hồ sơ')</script>",
    '=HYPERLINK("http://example.invalid","Bấm vào đây")',
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "+84 Nguyễn Văn Cộng",
    "-2+3+Trần Thị Trừ",
    'Lê "Ba" Văn, Nháy; kép',
    "Phạm\tVăn\tTab",
    "Hồ \u202eVăn Đảo\u202c",
    "Vũ\u00a0\u00a0Thị  Khoảng   Trắng",
    "Đỗ Văn 'Đơn' \\ Chéo",
    "{{7*7}} ${7*7} %s",
    "<img src=x onerror=alert(1)> Bùi Văn Ảnh",
)


def names(rng: np.random.Generator, n: int) -> NDArray[np.object_]:
    """n names of citizens, shape (n,)."""
    female = rng.random(n) < 0.5
    middle = np.where(female, _pick(rng, "middle_female", n), _pick(rng, "middle_male", n))
    given = np.where(female, _pick(rng, "given_female", n), _pick(rng, "given_male", n))
    return _joined(_pick(rng, "family", n), middle, given)


def companies(rng: np.random.Generator, n: int) -> NDArray[np.object_]:
    """n names of firms, shape (n,)."""
    return _joined(
        _pick(rng, "company_kind", n), _pick(rng, "company_trade", n), _pick(rng, "company_name", n)
    )


def distinct_names(rng: np.random.Generator, n: int) -> list[str]:
    """n names, no two alike: officers, whom a list tells apart by name alone."""
    found: dict[str, None] = {}
    while len(found) < n:
        found.update(dict.fromkeys(names(rng, n)))
    return list(found)[:n]


def phones(rng: np.random.Generator, n: int) -> NDArray[np.object_]:
    """n mobile numbers of ten digits, shape (n,)."""
    digits = rng.integers(0, 10_000_000, n)
    return np.array(
        [
            f"{head}{tail:07d}"
            for head, tail in zip(_pick(rng, "mobile_prefix", n), digits, strict=True)
        ],
        dtype=object,
    )


def _pick(rng: np.random.Generator, part: str, n: int) -> NDArray[np.object_]:
    words = _parts()[part]
    return np.array(words, dtype=object)[rng.integers(0, len(words), n)]


@lru_cache(maxsize=1)
def _parts() -> dict[str, list[str]]:
    return tomllib.loads((FOLDER / "names.toml").read_text(encoding="utf-8"))


def _joined(*parts: NDArray[np.object_]) -> NDArray[np.object_]:
    joined = parts[0]
    for part in parts[1:]:
        joined = joined + " " + part
    return np.asarray(joined)
