"""Which encoding a file is written in, and its text out of it: nothing lost, everything NFC.

Detection looks at samples, decoding at every byte: a byte that does not fit is decoded as the
fallback and counted, so that one bad byte at the end of a large file costs neither the row nor the
file. TCVN3 and VNI come from pipeline/readers/vietnamese_bytes.py.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from pipeline.readers.syllables import share_of_syllables
from pipeline.readers.vietnamese_bytes import TCVN3, VNI_PAIRS, VNI_SINGLE

SAMPLE_BYTES = 256 * 1024
CHUNK_BYTES = 4 * 1024 * 1024
UTF8 = "utf-8"
# Below this share of well-formed Vietnamese words an 8-bit encoding is not believed.
LEAST_SHARE = 0.6
_BOMS = (
    (codecs.BOM_UTF8, UTF8),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_VNI_TOKEN = re.compile(
    "|".join(
        re.escape(token.decode("latin-1"))
        for token in (*VNI_PAIRS, *(bytes((byte,)) for byte in VNI_SINGLE))
    )
)


@dataclass
class BadBytes:
    """How many lines had a byte outside the file's encoding, and which was the first."""

    lines: int = 0
    first_line: int | None = None


def decode_tcvn3(raw: bytes) -> str:
    """Text of TCVN3 ("ABC") bytes; toned capitals come out in lower case."""
    return raw.decode("latin-1").translate(TCVN3)


def decode_vni(raw: bytes) -> str:
    """Text of VNI-Windows bytes."""

    return _VNI_TOKEN.sub(_vni_letter, raw.decode("latin-1"))


def _vni_letter(found: re.Match[str]) -> str:
    token = found.group().encode("latin-1")
    return VNI_PAIRS.get(token) or VNI_SINGLE[token[0]]


def decode_cp1258(raw: bytes) -> str:
    """Text of windows-1258 bytes, whose tones are combining marks, in NFC; holes as in Latin-1."""
    return unicodedata.normalize("NFC", raw.decode("cp1258", errors="as_latin_1"))


def _as_latin_1(problem: UnicodeError) -> tuple[str | bytes, int]:
    if not isinstance(problem, UnicodeDecodeError):
        raise problem
    return problem.object[problem.start : problem.end].decode("latin-1"), problem.end


codecs.register_error("as_latin_1", _as_latin_1)

_EIGHT_BIT: dict[str, Callable[[bytes], str]] = {
    "cp1258": decode_cp1258,
    "tcvn3": decode_tcvn3,
    "vni": decode_vni,
    "latin-1": lambda raw: raw.decode("latin-1"),
}


def detect(sample: bytes) -> str:
    """The encoding of some bytes: utf-8, utf-16, utf-32 (-le, -be), cp1258, tcvn3, vni, latin-1.

    Plain ASCII is utf-8. The sample may end in the middle of a character.
    """
    for bom, name in _BOMS:
        if sample.startswith(bom):
            return name
    wide = _utf16_without_bom(sample)
    if wide:
        return wide
    if _is_mostly_utf8(sample):
        return UTF8
    candidates = ("cp1258", "tcvn3", "vni")
    shares = {name: share_of_syllables(_EIGHT_BIT[name](sample)) for name in candidates}
    best = max(candidates, key=lambda name: shares[name])
    return best if shares[best] >= LEAST_SHARE else "latin-1"


def detect_file(path: Path) -> str:
    """The encoding of a file, from its beginning and, where that is ASCII, from what follows."""
    with path.open("rb") as file:
        head = file.read(SAMPLE_BYTES)
        found = detect(head)
        if found != UTF8 or head.startswith(codecs.BOM_UTF8) or not head.isascii():
            return found
        return detect(lines_beyond_ascii(file)) if len(head) == SAMPLE_BYTES else found


def lines_beyond_ascii(file: BinaryIO) -> bytes:
    """Lines of the rest of a file with a byte beyond ASCII, up to the size of a sample."""
    kept: list[bytes] = []
    size = 0
    rest = b""
    while size < SAMPLE_BYTES and (block := file.read(CHUNK_BYTES)):
        if block.isascii():
            rest = block[block.rfind(b"\n") + 1 :]
            continue
        lines = (rest + block).split(b"\n")
        rest = lines.pop()
        for line in lines:
            if not line.isascii():
                kept.append(line)
                size += len(line)
                if size >= SAMPLE_BYTES:
                    break
    if size < SAMPLE_BYTES and not rest.isascii():
        kept.append(rest)
    return b"\n".join(kept)


def decode(raw: bytes, encoding: str, bad: BadBytes | None = None, first_line: int = 1) -> str:
    """Text of whole lines. What does not fit is decoded as windows-1258 and counted in `bad`."""
    if encoding in _EIGHT_BIT:
        return _EIGHT_BIT[encoding](raw)
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError:
        if encoding != UTF8:
            _note(bad, first_line)
            return raw.decode(encoding, errors="replace")
    lines = []
    for n, line in enumerate(raw.split(b"\n")):
        try:
            lines.append(line.decode(UTF8))
        except UnicodeDecodeError:
            _note(bad, first_line + n)
            lines.append(line.decode(UTF8, errors="as_cp1258"))
    return "\n".join(lines)


def _as_cp1258(problem: UnicodeError) -> tuple[str | bytes, int]:
    if not isinstance(problem, UnicodeDecodeError):
        raise problem
    return decode_cp1258(problem.object[problem.start : problem.end]), problem.end


codecs.register_error("as_cp1258", _as_cp1258)


def _note(bad: BadBytes | None, line: int) -> None:
    if bad is not None:
        bad.lines += 1
        bad.first_line = bad.first_line or line


def text_chunks(path: Path, encoding: str, bad: BadBytes | None = None) -> Iterator[str]:
    """The text of a file in pieces that end with a line, without its byte order mark."""
    line = 1
    rest = b""
    newline = "\n".encode(encoding) if encoding.startswith(("utf-16", "utf-32")) else b"\n"
    with path.open("rb") as file:
        for bom, name in _BOMS:
            if name == encoding and file.read(len(bom)) == bom:
                break
            file.seek(0)
        while block := file.read(CHUNK_BYTES):
            block = rest + block
            cut = _after_last(block, newline, len(newline))
            block, rest = block[:cut], block[cut:]
            if block:
                text = decode(block, encoding, bad, line)
                line += text.count("\n")
                yield text
        if rest:
            yield decode(rest, encoding, bad, line)


def write_utf8(path: Path, encoding: str, out: Path, bad: BadBytes | None = None) -> None:
    """Write a file's text as UTF-8, in bounded memory."""
    with out.open("wb") as file:
        for text in text_chunks(path, encoding, bad):
            file.write(text.encode(UTF8, errors="replace"))


def _after_last(block: bytes, newline: bytes, step: int) -> int:
    at = block.rfind(newline)
    while at >= 0 and at % step:
        at = block.rfind(newline, 0, at + len(newline) - 1)
    return at + len(newline) if at >= 0 else 0


def _utf16_without_bom(sample: bytes) -> str | None:
    """Digits, spaces and separators leave a zero byte in every pair, always on the same side."""
    sample = sample[: len(sample) // 2 * 2]
    if len(sample) < 4 or b"\0" not in sample:
        return None
    pairs = len(sample) // 2
    left, right = sample[0::2].count(0), sample[1::2].count(0)
    if right > 0.3 * pairs and left < 0.02 * pairs:
        return "utf-16-le"
    if left > 0.3 * pairs and right < 0.02 * pairs:
        return "utf-16-be"
    return None


def _is_mostly_utf8(sample: bytes) -> bool:
    """True for ASCII and UTF-8, a character cut at the end and a rare bad byte allowed."""
    try:
        codecs.getincrementaldecoder(UTF8)().decode(sample)
    except UnicodeDecodeError:
        text = sample.decode(UTF8, errors="replace")
        bad = text.count("\ufffd")
        good = sum(1 for c in text if c > "\x7f") - bad
        return good > 2 * bad
    return True
