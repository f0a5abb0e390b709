"""Encodings that old offices still write and that Python cannot, or not without help.

TCVN3 (ABC): one byte per letter with its tone; capitals with a tone have no code of their own, they
were a matter of the font, and come out as small letters. windows-1258: letters, each followed by
its tone.
"""

from __future__ import annotations

import unicodedata

from pipeline.readers.vietnamese_bytes import TCVN3

_TO_TCVN3 = {letter: byte for byte, letter in TCVN3.items()}
_TONES = "\u0300\u0301\u0303\u0309\u0323"


def to_tcvn3(text: str) -> bytes:
    """Text as TCVN3 bytes; a capital with a tone becomes its small letter, the unknown a "?"."""
    encoded = bytearray()
    for letter in unicodedata.normalize("NFC", text):
        if letter.isascii():
            encoded.append(ord(letter))
        else:
            encoded.append(_TO_TCVN3.get(letter, _TO_TCVN3.get(letter.lower(), ord("?"))))
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
