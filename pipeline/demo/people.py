"""Invented people: names put together from common parts, telephone numbers from digits."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

_FAMILY = (
    "Nguyễn Nguyễn Nguyễn Nguyễn Trần Trần Lê Lê Phạm Hoàng Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô "
    "Dương Lý Nông Vi Lương Hà Triệu Đinh Mai Trịnh Đoàn"
).split()
_MIDDLE_MALE = "Văn Đức Hữu Minh Quang Công Xuân Thanh Đình Ngọc Quốc Bá Viết Trọng".split()
_MIDDLE_FEMALE = "Thị Thị Thị Thu Ngọc Thanh Kim Minh Phương Hồng Bích Thúy Mai".split()
_GIVEN_MALE = (
    "An Bình Chiến Cường Dũng Duy Đạt Đông Giang Hải Hiếu Hòa Hùng Huy Khánh Kiên Lâm Long Lộc "
    "Mạnh Nam Nghĩa Phong Phúc Quân Quyết Sơn Tài Tâm Thắng Thịnh Tiến Toàn Trung Tuấn Tùng Việt Vinh"
).split()
_GIVEN_FEMALE = (
    "Anh Ánh Bích Chi Diệp Dung Duyên Giang Hà Hạnh Hằng Hiền Hoa Hòa Huệ Hương Lan Liên Linh Loan "
    "Ly Mai My Nga Ngân Nhung Oanh Phương Quyên Tâm Thảo Thoa Thu Thủy Trang Uyên Vân Xuân Yến"
).split()
_COMPANY_KIND = ["Công ty TNHH", "Công ty TNHH MTV", "Công ty cổ phần", "Doanh nghiệp tư nhân"]
_COMPANY_TRADE = [
    "thương mại và dịch vụ",
    "xây dựng",
    "vận tải",
    "nông sản",
    "vật liệu xây dựng",
    "dược phẩm",
    "du lịch",
    "cơ khí",
]
_COMPANY_NAME = "Hòa Giang|Lam Sơn Hạ|Thiên Phú|Minh Khang|Đại Lộc|An Thịnh|Phúc Gia|Tân Tiến|Bình Minh|Hưng Thịnh".split(
    "|"
)
_MOBILE = ["096", "097", "098", "090", "091", "094", "032", "033", "035", "038", "039"]

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
    middle = np.where(female, _pick(rng, _MIDDLE_FEMALE, n), _pick(rng, _MIDDLE_MALE, n))
    given = np.where(female, _pick(rng, _GIVEN_FEMALE, n), _pick(rng, _GIVEN_MALE, n))
    return _joined(_pick(rng, _FAMILY, n), middle, given)


def companies(rng: np.random.Generator, n: int) -> NDArray[np.object_]:
    """n names of firms, shape (n,)."""
    return _joined(
        _pick(rng, _COMPANY_KIND, n), _pick(rng, _COMPANY_TRADE, n), _pick(rng, _COMPANY_NAME, n)
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
        [f"{head}{tail:07d}" for head, tail in zip(_pick(rng, _MOBILE, n), digits, strict=True)],
        dtype=object,
    )


def _pick(rng: np.random.Generator, words: list[str], n: int) -> NDArray[np.object_]:
    return np.array(words, dtype=object)[rng.integers(0, len(words), n)]


def _joined(*parts: NDArray[np.object_]) -> NDArray[np.object_]:
    joined = parts[0]
    for part in parts[1:]:
        joined = joined + " " + part
    return np.asarray(joined)
