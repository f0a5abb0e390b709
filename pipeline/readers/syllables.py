"""How much of a text is Vietnamese by the shape of its words: what tells 8-bit encodings apart.

A wrong table turns "tiếp nhận" into letters that no syllable has; a right one gives an onset, a
nucleus with at most one tone, and a coda.
"""

from __future__ import annotations

import re
import unicodedata

_WORD = re.compile(r"[^\W\d_]+")
_TONES = dict.fromkeys(map(ord, "\u0300\u0301\u0303\u0309\u0323"))
_ONSET = "ngh|ng|gh|gi|ch|kh|nh|ph|qu|th|tr|[bcdđghklmnprstvx]"
_NUCLEUS = (
    "yêu|iêu|oai|oao|oay|oeo|uao|uay|uây|uôi|uya|uyê|uyu|ươi|ươu|uêu|"
    "ai|ao|au|ay|âu|ây|eo|êu|ia|iê|iu|oa|oă|oe|oi|oo|ôi|ơi|ua|uâ|uê|ui|uô|uơ|uy|ưa|ưi|ươ|ưu|yê|"
    "[aăâeêioôơuưy]"
)
_SYLLABLE = re.compile(f"(?:{_ONSET})?(?:{_NUCLEUS})(?:ch|ng|nh|[cmnpt])?")
_ENOUGH = 5_000  # words looked at


def is_syllable(word: str) -> bool:
    """Whether a word in NFC has the shape of one Vietnamese syllable, in one case."""
    if not (word.islower() or word.isupper() or word.istitle()):
        return False
    decomposed = unicodedata.normalize("NFD", word.lower())
    toneless = unicodedata.normalize("NFC", decomposed.translate(_TONES))
    tones = len(decomposed) - len(decomposed.translate(_TONES))
    return tones <= 1 and _SYLLABLE.fullmatch(toneless) is not None


def share_of_syllables(text: str) -> float:
    """Of the words with a letter beyond ASCII, the share that are Vietnamese syllables; 0-1.

    A character beyond ASCII that is no letter counts as a word that is none.
    """
    good = bad = 0
    for found in _WORD.finditer(text):
        word = found.group()
        if word.isascii():
            continue
        if is_syllable(word):
            good += 1
        else:
            bad += 1
        if good + bad >= _ENOUGH:
            break
    bad += sum(1 for c in text[:100_000] if "\x7f" < c < "\u0300" and not c.isalpha())
    return good / (good + bad) if good + bad else 0.0
