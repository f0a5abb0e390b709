"""Text as exports write it, made comparable: Unicode forms, spaces, Vietnamese tones, numbers.

Everything here answers with None, or with the text unchanged, rather than guess.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable
from decimal import Decimal
from functools import lru_cache
from typing import Any

# Written into cells by web pages and word processors, or by somebody who wants a text to read
# otherwise than it is: signs without a shape, signs that turn the direction, control characters.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u034f\u061c\u115f\u1160\u180b-\u180e"
    "\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e0fff]"
)
_LINES = re.compile("[\x85\u2028\u2029]")  # break lines as "\\n" does, and JSON lets them
_BREAKS = re.compile("[\t\n\v\f\r\x1c-\x1f\x85\u2028\u2029]+")
# The Icelandic and African letters look like đ and are typed for it by old keyboard drivers.
_D_STROKE = str.maketrans({"ð": "đ", "ɖ": "đ"})
_NOT_WORD = re.compile(r"[\W_]+")

_TONES = "\u0300\u0301\u0303\u0309\u0323"  # grave, acute, tilde, hook above, dot below
_SHAPES = "\u0302\u0306\u031b"  # circumflex, breve, horn: part of the letter, not a tone
_VOWEL = f"[aeiouy][{_SHAPES}]*"
# A Vietnamese syllable without its tone: onset, vowels, final consonant. The u of "qu" and the i
# of "gi" before a vowel belong to the onset, so that "quý" and "già" keep their tone in place.
_SYLLABLE = re.compile(
    rf"(?P<onset>qu|gi(?=[aeouy])|(?:[bcdđghklmnpqrstvx]h?|ngh?|tr)?)"
    rf"(?P<vowels>(?:{_VOWEL}){{1,3}})"
    rf"(?P<coda>c|ch|m|n|ng|nh|p|t)?"
)
_LETTER = re.compile(_VOWEL)


def nfc(s: str) -> str:
    """The composed Unicode form; decomposed accents (macOS, windows-1258) become single letters."""
    return s if s.isascii() else unicodedata.normalize("NFC", s)


def squeeze(s: str | None) -> str | None:
    """NFC, any run of spaces one plain space, invisible characters gone; empty becomes None."""
    if s is None:
        return None
    return " ".join(_INVISIBLE.sub("", nfc(s)).split()) or None


def visible(s: str) -> str:
    """The text as one line of signs that are seen: a terminal or a log does what it says, not more.

    Tabs and line breaks become a space; spaces and accents stay as they are.
    """
    return s if s.isascii() and s.isprintable() else _INVISIBLE.sub("", _BREAKS.sub(" ", s))


def json_text(
    document: Any, *, default: Callable[[Any], Any] | None = None, indent: int | None = 2
) -> str:
    """A document as JSON for people and programs: signs that are not seen stand as numbers."""
    return spelled(json.dumps(document, ensure_ascii=False, indent=indent, default=default))


def spelled(s: str) -> str:
    """The text with every sign that is not seen written as JSON writes it by its number."""
    return _INVISIBLE.sub(_as_number, _LINES.sub(_as_number, s))


def _as_number(sign: re.Match[str]) -> str:
    return json.dumps(sign[0])[1:-1]


@lru_cache(maxsize=65_536)
def fold(s: str) -> str:
    """Key for finding a header or a word however it was typed.

    Lower case, accents stripped, đ as d, punctuation as a space: "Ngày hẹn trả (*)" and
    "NGAY HEN TRA" give the same key. Empty when nothing but punctuation is left.
    """
    lowered = (squeeze(s) or "").lower().translate(_D_STROKE).replace("đ", "d")
    if not lowered.isascii():
        decomposed = unicodedata.normalize("NFD", lowered)
        lowered = "".join(c for c in decomposed if unicodedata.category(c) != "Mn")
    return _NOT_WORD.sub(" ", lowered).strip()


@lru_cache(maxsize=65_536)
def name_key(s: str) -> str:
    """Key for matching names whose accents tell them apart, such as communes.

    Like `fold`, but accents stay and the tone stands where the older spelling puts it, because
    "hoà" and "hòa" remain different under every Unicode normalisation.
    """
    lowered = (squeeze(s) or "").lower().translate(_D_STROKE)
    words = _NOT_WORD.sub(" ", lowered).split()
    return " ".join(word if word.isascii() else _place_tone(word) for word in words)


def _place_tone(word: str) -> str:
    """The word with its tone on the letter of the older spelling; other words unchanged."""
    decomposed = unicodedata.normalize("NFD", word)
    tones = [c for c in decomposed if c in _TONES]
    toneless = decomposed.translate(dict.fromkeys(map(ord, _TONES)))
    syllable = _SYLLABLE.fullmatch(toneless)
    if len(tones) != 1 or syllable is None:
        return word
    vowels = _LETTER.findall(syllable["vowels"])
    shaped = [i for i, vowel in enumerate(vowels) if len(vowel) > 1]
    if shaped:
        at = shaped[-1]  # ườ, uyể, iế: the shaped letter carries the tone
    elif len(vowels) == 2:
        at = 1 if syllable["coda"] else 0  # hoàn, but hòa
    else:
        at = len(vowels) // 2  # oái, khuỷu: the middle one
    vowels[at] += tones[0]
    toned = syllable["onset"] + "".join(vowels) + (syllable["coda"] or "")
    return unicodedata.normalize("NFC", toned)


_GROUPED = re.compile(
    r"(?P<whole>[1-9][0-9]{0,2}(?:\.[0-9]{3})+|[1-9][0-9]{0,2}(?: [0-9]{3})+)(?:,(?P<part>[0-9]+))?"
)
_PLAIN = re.compile(r"(?P<whole>[0-9]+)(?:[.,](?P<part>[0-9]+))?")


@lru_cache(maxsize=65_536)
def number(s: str | None) -> float | None:
    """A number in Vietnamese notation, or None for anything that is not surely one.

    A comma is the decimal sign. Points followed by exactly three digits group thousands
    ("1.249" is 1249); any other single point is a decimal sign ("1.5", "0.250" and the Excel
    serial "45292.375", none of which could be a grouped number). A percent sign divides by 100.
    """
    text = squeeze(s)
    if text is None:
        return None
    scale = Decimal(1)
    if text.endswith("%"):
        scale, text = Decimal(100), text[:-1].rstrip()
    sign = 1
    if text[:1] in "+-−":
        sign, text = (1 if text[:1] == "+" else -1), text[1:].lstrip()
    written = _GROUPED.fullmatch(text) or _PLAIN.fullmatch(text)
    if written is None:
        return None
    whole = written["whole"].replace(".", "").replace(" ", "")
    return sign * float(Decimal(f"{whole}.{written['part'] or '0'}") / scale)


_SEVERAL = re.compile(r"[/;,]| - ")
_NOT_PHONE = re.compile(r"[^0-9+().\- ]")
# Mobile numbers; those of 11 digits before 2018; land lines with their area code.
_PHONE = re.compile(r"0[35789][0-9]{8}|01[0-9]{9}|02[0-9]{9}")
_LOST_ZERO = re.compile(r"[35789][0-9]{8}|1[0-9]{9}|2[0-9]{9}")


@lru_cache(maxsize=65_536)
def phone(s: str | None) -> str | None:
    """A Vietnamese telephone number as digits beginning with 0; None when it is not one.

    Repairs what spreadsheets do to it: the lost leading zero, "912345678.0", the country code.
    Of several numbers in one cell the first valid one counts.
    """
    text = squeeze(s)
    if text is None:
        return None
    return next(filter(None, map(_one_phone, _SEVERAL.split(text))), None)


def _one_phone(text: str) -> str | None:
    text = text.strip().removesuffix(".0")
    if _NOT_PHONE.search(text):
        return None
    digits = re.sub(r"[^0-9]", "", text)
    if digits.startswith("0084"):
        digits = digits[2:]
    if digits.startswith("84") and len(digits) > 10:
        digits = "0" + digits[2:].removeprefix("0")
    if _LOST_ZERO.fullmatch(digits):
        digits = "0" + digits
    return digits if _PHONE.fullmatch(digits) else None


def mask_name(s: str | None) -> str | None:
    """A name that its bearer recognises and a stranger does not: "Nguyễn V. A***".

    The family name stays, middle names become initials, of the given name the first letter is
    left; a name of one word shows its first letter only. The reference for masking in SQL.
    """
    text = squeeze(s)
    if text is None:
        return None
    *before, given = text.split(" ")
    kept = [*before[:1], *(f"{middle[0]}." for middle in before[1:]), f"{given[0]}***"]
    return " ".join(kept)


def mask_phone(s: str | None) -> str | None:
    """A telephone number with its first two and last three digits: "09xx xxx 678".

    Anything shorter than nine characters is masked whole. The reference for masking in SQL.
    """
    text = squeeze(s)
    if text is None:
        return None
    return f"{text[:2]}xx xxx {text[-3:]}" if len(text) >= 9 else "xxx"
