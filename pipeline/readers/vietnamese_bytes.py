"""The byte tables of the two Vietnamese font encodings that Python does not know: TCVN3 and VNI.

Both are 8-bit encodings of the 1990s that survive in files of old one-stop software. TCVN3 (TCVN
5712:1993, "ABC") has one byte per lower-case letter; toned capitals were drawn by a capital font
(.VnTimeH) over the same bytes, so a file does not say which is meant and they come out in lower
case. VNI-Windows writes the base letter followed by a byte for its accents.
"""

from __future__ import annotations

import unicodedata

_TCVN3_RUNS = {
    0xA1: "ĂÂÊÔƠƯĐăâêôơưđ",
    0xB5: "àảãáạ",
    0xBB: "ằẳẵắ",
    0xC6: "ặầẩẫấậè",
    0xCE: "ẻẽéẹềểễếệìỉ",
    0xDC: "ĩíịò",
    0xE1: "ỏõóọồổỗốộờởỡớợù",
    0xF1: "ủũúụừửữứựỳỷỹýỵ",
}
# Byte -> letter. Bytes without an entry are what they are in Latin-1.
TCVN3: dict[int, str] = {
    first + at: letter for first, run in _TCVN3_RUNS.items() for at, letter in enumerate(run)
}

# What VNI writes behind a, e, o, u, y and their horned forms: byte -> combining marks.
_VNI_TONES = {0xF9: "\u0301", 0xF8: "\u0300", 0xFB: "\u0309", 0xF5: "\u0303", 0xEF: "\u0323"}
_VNI_CIRCUMFLEX = {
    0xE2: "",
    0xE1: "\u0301",
    0xE0: "\u0300",
    0xE5: "\u0309",
    0xE3: "\u0303",
    0xE4: "\u0323",
}
_VNI_BREVE = {
    0xEA: "",
    0xE9: "\u0301",
    0xE8: "\u0300",
    0xFA: "\u0309",
    0xFC: "\u0303",
    0xEB: "\u0323",
}
_VNI_SINGLE = {0xED: "í", 0xEC: "ì", 0xE6: "ỉ", 0xF3: "ĩ", 0xF2: "ị", 0xEE: "ỵ", 0xF1: "đ"}
_VNI_HORNED = {0xF4: "ơ", 0xF6: "ư"}
_TO_CAPITAL = 0x20  # a capital's accent byte lies 0x20 below the small letter's


def _vni_pairs() -> dict[bytes, str]:
    small: dict[bytes, str] = {}

    def note(first: int, second: int, letters: str) -> None:
        small[bytes((first, second))] = unicodedata.normalize("NFC", letters)

    for base in "aeouy":
        for byte, tone in _VNI_TONES.items():
            note(ord(base), byte, base + tone)
    for base in "aeo":
        for byte, tone in _VNI_CIRCUMFLEX.items():
            note(ord(base), byte, base + "\u0302" + tone)
    for byte, tone in _VNI_BREVE.items():
        note(ord("a"), byte, "a\u0306" + tone)
    for first, horned in _VNI_HORNED.items():
        for byte, tone in _VNI_TONES.items():
            note(first, byte, horned + tone)
    pairs = dict(small)
    for pair, letter in small.items():
        capital = bytes(b - _TO_CAPITAL for b in pair)
        pairs[capital] = letter.upper()
        # A capital at the head of a word often takes the small accent: "Aù" for "Á".
        pairs.setdefault(bytes((capital[0], pair[1])), letter.upper())
    return pairs


# Two bytes -> letter, tried before the single bytes.
VNI_PAIRS: dict[bytes, str] = _vni_pairs()
VNI_SINGLE: dict[int, str] = {
    byte: letter
    for small, one in (_VNI_SINGLE | _VNI_HORNED).items()
    for byte, letter in ((small, one), (small - _TO_CAPITAL, one.upper()))
}
