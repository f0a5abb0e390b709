"""Encodings that old offices still write and that Python cannot, or not without help.

TCVN3 (ABC): one byte per letter with its tone; capitals with a tone have no code of their own, they
were a matter of the font, and come out as small letters. windows-1258: letters, then a combining tone.
"""

from __future__ import annotations

import unicodedata

_TCVN3_SMALL = (
    "à\xb5 á\xb8 ả\xb6 ã\xb7 ạ\xb9 ă\xa8 ằ\xbb ắ\xbe ẳ\xbc ẵ\xbd ặ\xc6 â\xa9 ầ\xc7 ấ\xca ẩ\xc8 ẫ\xc9 ậ\xcb "
    "đ\xae è\xcc é\xd0 ẻ\xce ẽ\xcf ẹ\xd1 ê\xaa ề\xd2 ế\xd5 ể\xd3 ễ\xd4 ệ\xd6 ì\xd7 í\xdd ỉ\xd8 ĩ\xdc ị\xde "
    "ò\xdf ó\xe3 ỏ\xe1 õ\xe2 ọ\xe4 ô\xab ồ\xe5 ố\xe8 ổ\xe6 ỗ\xe7 ộ\xe9 ơ\xac ờ\xea ớ\xed ở\xeb ỡ\xec ợ\xee "
    "ù\xef ú\xf3 ủ\xf1 ũ\xf2 ụ\xf4 ư\xad ừ\xf5 ứ\xf8 ử\xf6 ữ\xf7 ự\xf9 ỳ\xfa ý\xfd ỷ\xfb ỹ\xfc ỵ\xfe"
)
_TCVN3_CAPITAL = "Ă\xa1 Â\xa2 Ê\xa3 Ô\xa4 Ơ\xa5 Ư\xa6 Đ\xa7"
TCVN3: dict[str, int] = {
    pair[0]: ord(pair[1]) for pair in f"{_TCVN3_SMALL} {_TCVN3_CAPITAL}".split(" ")
}
_TONES = "\u0300\u0301\u0303\u0309\u0323"


def to_tcvn3(text: str) -> bytes:
    """Text as TCVN3 bytes; a capital with a tone becomes its small letter, the unknown a "?"."""
    encoded = bytearray()
    for letter in unicodedata.normalize("NFC", text):
        if letter.isascii():
            encoded.append(ord(letter))
        else:
            encoded.append(TCVN3.get(letter, TCVN3.get(letter.lower(), ord("?"))))
    return bytes(encoded)


def to_windows_1258(text: str) -> bytes:
    """Text as windows-1258 bytes: each tone behind its letter, as Vietnamese Windows wrote it."""
    spelled = []
    for letter in unicodedata.normalize("NFC", text):
        parts = unicodedata.normalize("NFD", letter)
        tone = "".join(mark for mark in parts if mark in _TONES)
        base = "".join(mark for mark in parts if mark not in _TONES)
        spelled.append(unicodedata.normalize("NFC", base) + tone)
    return "".join(spelled).encode("cp1258", errors="replace")
