"""A text cut into numbers, words and marks, each with its place.

What looks like a number and counts nothing (dates, days of law, "mức độ 3", "9 tháng") is a word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from pipeline.text import fold, nfc

Kind = Literal["number", "percent", "word", "mark"]

_LEVELS = r"(?:mức(?:\s+độ)?|cấp độ)\s*[1-5](?:\s*(?:,|và|&)\s*[1-5])*"
_SPOT = r"[45]\s+tại\s+chỗ"
_LAW = r"\d+/(?:\d{4}/)?[A-ZĐ]{2,}[\w\-ĐƯ]*"
_DAY = r"\d{1,2}[/-]\d{1,2}[/-]\d{2,4}"
_MONTH = r"\d{1,2}/(?:19|20)\d{2}"
_NAMED = (
    r"(?:năm|tháng|quý|ngày|điều|khoản|mục|số|lần thứ|kỳ|quyển|biểu|mẫu|khóa|nhiệm kỳ)"
    r"\s+(?:[IVX]+\b|\d{1,4}\b(?!\.\d{3})(?!,\d))(?:/(?:19|20)\d{2})?"
    r"(?!\s*(?:hồ\s+sơ|phiếu|trường\s+hợp|thư|lượt))"
)
_SPAN = r"\d{1,3}\s+(?:tháng|ngày|giờ|phút|năm|tuần|quý)\b"
_CALLED = re.compile(
    "|".join(f"(?:{part})" for part in (_LEVELS, _SPOT, _LAW, _DAY, _MONTH, _NAMED, _SPAN)),
    re.IGNORECASE,
)
_NUMBER = re.compile(
    r"\d{1,3}(?:[.\u00a0]\d{3})+(?!\d)(?:,\d+)?|\d{1,3}(?:,\d{3})+(?!\d)|\d+(?:[.,]\d+)?"
)
_SCALE = re.compile(r"\s*(nghìn|ngàn|triệu)\b", re.IGNORECASE)
_PERCENT = re.compile(r"\s*(?:%|phần\s+trăm\b)", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+(?:\d+)?")
_TIMES = {"nghìn": 1_000, "ngàn": 1_000, "triệu": 1_000_000}


@dataclass(frozen=True)
class Token:
    """One piece of a text: text[start:end]. value and decimals are those of a number or percent.

    is_rounded: written in thousands or millions, so that it cannot be added up exactly.
    """

    kind: Kind
    start: int
    end: int
    text: str
    value: Decimal = Decimal(0)
    decimals: int = 0
    is_rounded: bool = False

    @property
    def folded(self) -> str:
        return fold(self.text)


def tokens(text: str) -> Iterator[Token]:
    """The pieces of a text (NFC) in order; spaces are left out."""
    text = nfc(text)
    at = 0
    while at < len(text):
        if text[at].isspace():
            at += 1
            continue
        called = _CALLED.match(text, at) if _begins_a_word(text, at) else None
        number = _NUMBER.match(text, at)
        if called:
            for word in re.finditer(r"\S+", called[0]):
                yield Token("word", at + word.start(), at + word.end(), word[0])
            at = called.end()
        elif number:
            token = _number(text, number)
            yield token
            at = token.end
        elif plain := _WORD.match(text, at):
            yield Token("word", at, plain.end(), plain[0])
            at = plain.end()
        else:
            yield Token("mark", at, at + 1, text[at])
            at += 1


def _begins_a_word(text: str, at: int) -> bool:
    return at == 0 or not text[at - 1].isalnum()


def _number(text: str, found: re.Match[str]) -> Token:
    written, end = found[0], found.end()
    percent = _PERCENT.match(text, end)
    if percent:
        plain = written.replace(",", ".")
        decimals = len(plain.partition(".")[2])
        return Token(
            "percent",
            found.start(),
            percent.end(),
            text[found.start() : percent.end()],
            Decimal(plain),
            decimals,
        )
    scale = _SCALE.match(text, end)
    if scale:
        value = Decimal(written.replace(",", ".")) * _TIMES[scale[1].lower()]
        return Token(
            "number", found.start(), scale.end(), text[found.start() : scale.end()], value, 0, True
        )
    return Token("number", found.start(), end, written, _count(written))


def _count(written: str) -> Decimal:
    """A count: three digits after a point or comma are thousands, because dossiers come whole."""
    parts = re.split(r"[.,\u00a0]", written)
    if len(parts) > 1 and all(len(part) == 3 for part in parts[1:]):
        return Decimal("".join(parts))
    return Decimal(written.replace(",", "."))
