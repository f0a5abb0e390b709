"""Which rows under a header are no data: number rows, groups, totals, signatures, blanks.

The rule is caution: a row that merely lacks its code is data and will be rejected by name later.
Only what clearly is something else is left out, and it is counted and kept with its line.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from pipeline.readers.table import Cells, LeftOut, Reason, Row, joined_text
from pipeline.text import fold, nfc, squeeze

SAMPLE = 200  # rows from which the usual look of a column is learnt
_COLUMN_NUMBER = re.compile(r"[(\[]?\s*(\d{1,3})\s*[)\]]?(\s*=.*)?")
_COLUMN_LETTER = re.compile(r"[(\[]?[A-Ea-e][)\]]?")
_RUNNING_NUMBER = frozenset({"stt", "tt", "so tt", "so thu tu", "no", "s tt"})
_ROMAN = r"(?=[IVX])(?:X{0,3})(?:IX|IV|V?I{0,3})"
_GROUP_MARK = re.compile(rf"(?:{_ROMAN}|[A-H])[.)]?")
_GROUP_TEXT = re.compile(rf"(?:{_ROMAN}|[A-H])\s*[.)/–-]\s*\D.*|{_ROMAN}\s+\D.*")
_GROUPS = frozenset(
    {
        "so ban nganh", "cac so ban nganh", "cap tinh", "cap huyen", "cap xa", "cap trung uong",
        "ubnd cap huyen", "ubnd cap xa", "uy ban nhan dan cap huyen", "uy ban nhan dan cap xa",
        "co quan nganh doc", "nganh doc", "huyen thanh pho", "xa phuong thi tran",
    }
)  # fmt: skip
# With accents, because "Tổng công ty" is a company and "Tổng cộng" is a total.
_TOTAL = re.compile(r"(tổng cộng|tổng số|cộng|tổng)(\s*[:(].*|\s+(chung|toàn|các|hồ sơ|cả)\b.*)?")
_TOTAL_FOLDED = frozenset(
    {"tong cong", "tong so", "tong", "cong", "tong chung", "total", "totals", "grand total", "sum"}
)
_SIGNED_BY = re.compile(
    r"(nguoi|can bo|ke toan|cong chuc) (lap|tong hop|bao cao|thong ke)( bieu| bang| bao cao)?"
    r"|(tl|kt|tm|tuq) (giam doc|chu tich|truong phong|ubnd|uy ban nhan dan).*"
    r"|thu truong( don vi| co quan)?|giam doc|pho giam doc|chu tich|pho chu tich|truong phong"
    r"|chanh van phong|ke toan truong|noi nhan.*|(da )?ky ten.*|ky (va )?ghi ro ho ten"
    r"|ky ghi ro ho ten dong dau|ky ten dong dau|prepared by|signature"
)
_SIGNED_ON = re.compile(r"(.{0,60}\s)?ngay( \d{1,2})? thang( \d{1,2})? nam( \d{2,4})?")
# What the first filled cell of a wide row looks like when it may be no data: a total, a numbered
# group. Broader than the rules below; DuckDB reads the same pattern, ignoring case.
SUSPECT = r"^\W*(t[oổ]|c[oộ]|grand|sum|[ivx]+\b|[a-h]\W|[a-h]$)|total\W*$"
_SUSPECT = re.compile(SUSPECT, re.IGNORECASE)
BLANKS = " \t\r\n\u00a0\u200b\u3000\ufeff"  # a cell of these alone is empty
_NUMBERLIKE = re.compile(r"[-–+(]?[\d\s.,]*\)?\s*%?|#\S+[!?]?|n/?a", re.IGNORECASE)


def is_column_numbers(cells: Sequence[str | None]) -> bool:
    """Whether a row numbers the columns: (1) (2) (3), 1 2 3 4, A B 1 2, 3=4+5."""
    texts = [squeeze(cell) for cell in cells]
    filled = [text for text in texts if text]
    if len(filled) < 3 or len(filled) < 0.6 * len(texts):
        return False
    while filled and _COLUMN_LETTER.fullmatch(filled[0]):
        filled.pop(0)
    found = [_COLUMN_NUMBER.fullmatch(text) for text in filled]
    numbers = [int(one.group(1)) for one in found if one]
    if len(numbers) < 2 or len(numbers) != len(filled):
        return False
    is_bare = all(text.isdigit() for text in filled)
    if is_bare and (len(texts) < 4 or any(not text for text in texts)):
        return False
    return numbers[0] in (1, 2) and numbers == list(range(numbers[0], numbers[0] + len(numbers)))


class Sorter:
    """Judges the rows under a header, in their order; feed every row, or call `saw_data` for gaps.

    sample: the first rows, from which it learns how the columns usually look.
    """

    def __init__(self, headers: Sequence[str], sample: Sequence[Row] = ()) -> None:
        self.width = len(headers)
        # A row with at most this many filled cells may be a group or a signature.
        self.sparse = min(4, self.width // 2) if self.width >= 4 else min(1, self.width - 1)
        self._headers = [squeeze(header) for header in headers]
        self._is_numbered = fold(headers[0]) in _RUNNING_NUMBER if headers else False
        self._has_digits = self._columns_with_digits([cells for _, cells in sample[:SAMPLE]])
        self._began = False
        self._signing = False
        self._above: dict[int, str] = {}

    def saw_data(self) -> None:
        """Rows that were not shown are data."""
        self._began = True
        self._signing = False

    def judge(self, line: int, cells: Cells) -> LeftOut | None:
        """The row as one left out, or None for data."""
        reason = self.reason(cells)
        if reason is None:
            return None
        return LeftOut(line, reason, joined_text(cells), cells)

    def reason(self, cells: Cells) -> Reason | None:
        """Why a row is no data, or None for data."""
        if self._is_plainly_data(cells):
            self._signing = False
            self._above.update((at, text) for at, text in enumerate(cells[:3]) if text)
            return None
        texts = [squeeze(cell) for cell in cells]
        filled = [(at, text) for at, text in enumerate(texts) if text]
        if not filled:
            return "blank"
        found = self._reason(texts, filled)
        if found in (None, "group"):
            self._above.update(filled[:3])
        if found is None:
            self.saw_data()
        return found

    def _is_plainly_data(self, cells: Cells) -> bool:
        """True for nearly every row, so that nearly none has to be looked at closely."""
        if not self._began:
            return False
        filled = [text for text in cells if text and text.strip(BLANKS)]
        return (
            len(filled) > self.sparse
            and _SUSPECT.search(filled[0]) is None
            and squeeze(filled[0]) != self._headers[0]
        )

    def _reason(
        self, texts: Sequence[str | None], filled: Sequence[tuple[int, str]]
    ) -> Reason | None:
        if not self._began and is_column_numbers(texts):
            return "column_numbers"
        if self.width >= 2 and list(texts[: self.width]) == self._headers:
            return "header"
        if self._is_signature(filled):
            self._signing = True
            return "signature"
        self._signing = False
        if self.width >= 2 and self._is_total(filled):
            return "total"
        if self.width >= 4 and self._is_group(texts, filled):
            return "group"
        return None

    def _is_signature(self, filled: Sequence[tuple[int, str]]) -> bool:
        if len(filled) > self.sparse:
            return False
        if self._signing:
            # Names under the signers' titles; a code or a number would be data again.
            return not any(any(c.isdigit() for c in text) for _, text in filled) or any(
                _SIGNED_ON.fullmatch(fold(text)) for _, text in filled
            )
        keys = [fold(text) for _, text in filled]
        return any(_SIGNED_BY.fullmatch(key) or _SIGNED_ON.fullmatch(key) for key in keys)

    def _is_total(self, filled: Sequence[tuple[int, str]]) -> bool:
        (at, label), *others = filled
        has_words = any(not _NUMBERLIKE.fullmatch(text) for _, text in others)
        if has_words and (len(filled) > 2 or self.width <= 3):
            return False
        lowered, key = nfc(label).lower().rstrip(" :."), fold(label)
        if _TOTAL.fullmatch(lowered) or key in _TOTAL_FOLDED:
            return True
        if not key.endswith(" total") or not others:
            return key.startswith("total ") and at > 0 and bool(others)
        # 'Relicensing Total' under 'Relicensing': a pivot table's subtotal.
        above = self._above.get(at)
        return above is not None and f"{fold(above)} total" == key

    def _is_group(self, texts: Sequence[str | None], filled: Sequence[tuple[int, str]]) -> bool:
        at, label = filled[0]
        others = filled[1:]
        if at == 0 and _GROUP_MARK.fullmatch(label):
            words = [text for _, text in others if not _NUMBERLIKE.fullmatch(text)]
            if self._is_numbered and len(words) == 1:
                return True
            return len(filled) == 2 and len(words) == 1 and others[0][0] == 1
        if len(filled) > 1:
            return False
        if _GROUP_TEXT.fullmatch(label) or fold(label) in _GROUPS:
            return True
        # Words alone where this column holds numbers or codes.
        has_digit = any(c.isdigit() for c in label)
        return at <= 1 and at in self._has_digits and not has_digit and " " in label

    def _columns_with_digits(self, rows: Sequence[Cells]) -> frozenset[int]:
        filled: Counter[int] = Counter()
        digits: Counter[int] = Counter()
        for cells in rows:
            for at, text in enumerate(cells[:2]):
                if text:
                    filled[at] += 1
                    digits[at] += any(c.isdigit() for c in text)
        return frozenset(at for at, n in filled.items() if n >= 3 and digits[at] >= 0.6 * n)


def may_be_subtotal(label: str) -> bool:
    """Whether only the rows above can tell if a first cell is a subtotal ('Relicensing Total')."""
    key = fold(label)
    return key.endswith(" total") and key not in _TOTAL_FOLDED
