"""Old Vietnamese encodings: what is detected, and that every letter comes back."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from pipeline.readers.encodings import (
    BadBytes,
    decode,
    decode_cp1258,
    decode_tcvn3,
    decode_vni,
    detect,
    detect_file,
    text_chunks,
    write_utf8,
)

SMALL = "aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệghiìỉĩíịklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvxyỳỷỹýỵ"
HEADER = "Số hồ sơ;Tên thủ tục;Đơn vị xử lý;Ngày tiếp nhận;Ngày hẹn trả;Trạng thái\n"
SENTENCE = "Ủy ban nhân dân xã Hữu Lũng đã tiếp nhận hồ sơ của ông Nguyễn Văn Thưởng, hẹn trả"

# Written down letter by letter, apart from the tables of the code.
TCVN3_HEX = {
    "à": "B5", "ả": "B6", "ã": "B7", "á": "B8", "ạ": "B9",
    "ă": "A8", "ằ": "BB", "ẳ": "BC", "ẵ": "BD", "ắ": "BE", "ặ": "C6",
    "â": "A9", "ầ": "C7", "ẩ": "C8", "ẫ": "C9", "ấ": "CA", "ậ": "CB", "đ": "AE",
    "è": "CC", "ẻ": "CE", "ẽ": "CF", "é": "D0", "ẹ": "D1",
    "ê": "AA", "ề": "D2", "ể": "D3", "ễ": "D4", "ế": "D5", "ệ": "D6",
    "ì": "D7", "ỉ": "D8", "ĩ": "DC", "í": "DD", "ị": "DE",
    "ò": "DF", "ỏ": "E1", "õ": "E2", "ó": "E3", "ọ": "E4",
    "ô": "AB", "ồ": "E5", "ổ": "E6", "ỗ": "E7", "ố": "E8", "ộ": "E9",
    "ơ": "AC", "ờ": "EA", "ở": "EB", "ỡ": "EC", "ớ": "ED", "ợ": "EE",
    "ù": "EF", "ủ": "F1", "ũ": "F2", "ú": "F3", "ụ": "F4",
    "ư": "AD", "ừ": "F5", "ử": "F6", "ữ": "F7", "ứ": "F8", "ự": "F9",
    "ỳ": "FA", "ỷ": "FB", "ỹ": "FC", "ý": "FD", "ỵ": "FE",
    "Ă": "A1", "Â": "A2", "Ê": "A3", "Ô": "A4", "Ơ": "A5", "Ư": "A6", "Đ": "A7",
}  # fmt: skip
VNI_TEXT = {
    "á": "aù", "à": "aø", "ả": "aû", "ã": "aõ", "ạ": "aï",
    "â": "aâ", "ấ": "aá", "ầ": "aà", "ẩ": "aå", "ẫ": "aã", "ậ": "aä",
    "ă": "aê", "ắ": "aé", "ằ": "aè", "ẳ": "aú", "ẵ": "aü", "ặ": "aë",
    "é": "eù", "è": "eø", "ẻ": "eû", "ẽ": "eõ", "ẹ": "eï",
    "ê": "eâ", "ế": "eá", "ề": "eà", "ể": "eå", "ễ": "eã", "ệ": "eä",
    "í": "í", "ì": "ì", "ỉ": "æ", "ĩ": "ó", "ị": "ò",
    "ó": "où", "ò": "oø", "ỏ": "oû", "õ": "oõ", "ọ": "oï",
    "ô": "oâ", "ố": "oá", "ồ": "oà", "ổ": "oå", "ỗ": "oã", "ộ": "oä",
    "ơ": "ô", "ớ": "ôù", "ờ": "ôø", "ở": "ôû", "ỡ": "ôõ", "ợ": "ôï",
    "ú": "uù", "ù": "uø", "ủ": "uû", "ũ": "uõ", "ụ": "uï",
    "ư": "ö", "ứ": "öù", "ừ": "öø", "ử": "öû", "ữ": "öõ", "ự": "öï",
    "ý": "yù", "ỳ": "yø", "ỷ": "yû", "ỹ": "yõ", "ỵ": "î", "đ": "ñ",
}  # fmt: skip


def to_tcvn3(text: str) -> bytes:
    return b"".join(
        c.encode() if c.isascii() else bytes.fromhex(TCVN3_HEX.get(c) or TCVN3_HEX[c.lower()])
        for c in text
    )


def to_vni(text: str) -> bytes:
    capitals = {letter.upper(): written.upper() for letter, written in VNI_TEXT.items()}
    return "".join((VNI_TEXT | capitals).get(c, c) for c in text).encode("latin-1")


def to_cp1258(text: str) -> bytes:
    """Letters with their shape, tones as combining marks: how Windows wrote Vietnamese."""
    parts = []
    for c in text:
        try:
            parts.append(c.encode("cp1258"))
        except UnicodeEncodeError:
            base = unicodedata.normalize("NFD", c)
            tone = next(mark for mark in base if mark in "\u0300\u0301\u0303\u0309\u0323")
            letter = unicodedata.normalize("NFC", base.replace(tone, ""))
            parts.append((letter + tone).encode("cp1258"))
    return b"".join(parts)


def test_every_letter_of_vni_comes_back_in_both_cases() -> None:
    for letter in SMALL + SMALL.upper():
        assert decode_vni(to_vni(letter)) == letter


def test_every_small_letter_of_tcvn3_comes_back_and_the_seven_capitals_it_has() -> None:
    for letter in SMALL + "ĂÂÊÔƠƯĐ":
        assert decode_tcvn3(to_tcvn3(letter)) == letter


def test_a_toned_capital_of_tcvn3_is_its_small_letter_because_the_font_made_it_large() -> None:
    assert decode_tcvn3(to_tcvn3("HÀ NỘI")) == "Hà NộI"


def test_every_letter_of_windows_1258_comes_back_composed() -> None:
    for letter in SMALL + SMALL.upper():
        assert decode_cp1258(to_cp1258(letter)) == letter


def test_vni_reads_a_capital_with_a_small_accent() -> None:
    assert decode_vni(b"A\xf9n Thanh") == "Án Thanh"


@pytest.mark.parametrize("text", [HEADER, SENTENCE, "Lĩnh vực;Đất đai\n"])
@pytest.mark.parametrize(
    ("encoding", "write"),
    [
        ("utf-8", lambda t: t.encode()),
        ("utf-8", lambda t: t.encode("utf-8-sig")),
        ("utf-8", lambda t: unicodedata.normalize("NFD", t).encode()),
        ("utf-16-le", lambda t: b"\xff\xfe" + t.encode("utf-16-le")),
        ("utf-16-be", lambda t: b"\xfe\xff" + t.encode("utf-16-be")),
        ("utf-32-le", lambda t: b"\xff\xfe\0\0" + t.encode("utf-32-le")),
        ("utf-32-be", lambda t: b"\0\0\xfe\xff" + t.encode("utf-32-be")),
        ("utf-16-le", lambda t: t.encode("utf-16-le")),
        ("utf-16-be", lambda t: t.encode("utf-16-be")),
        ("cp1258", to_cp1258),
        ("tcvn3", to_tcvn3),
        ("vni", to_vni),
    ],
)
def test_detects_header_lines_and_sentences(encoding: str, write, text: str) -> None:
    assert detect(write(text)) == encoding


def test_ascii_is_never_taken_for_an_old_encoding() -> None:
    assert detect(b"code;unit\nH37.14-231207-0003;Phong TNMT\n") == "utf-8"
    assert detect(b"") == "utf-8"


def test_utf8_cut_in_the_middle_of_a_letter_is_still_utf8() -> None:
    assert detect("Ngày tiếp nhận".encode()[:-1] + "ậ".encode()[:2]) == "utf-8"


def test_french_bytes_fall_back_to_latin_1() -> None:
    assert detect("Numéro;Qualité;Libellé détaillé;Année précédente".encode("latin-1")) == "latin-1"


def test_text_that_begins_with_ascii_is_detected_by_what_follows(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_bytes(b"code;unit\n" * 40_000 + to_tcvn3(HEADER) * 5)
    assert detect_file(file) == "tcvn3"


def test_one_bad_byte_in_utf8_costs_no_line_and_is_counted(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_bytes("Số hồ sơ\nHồ sơ 1\n".encode() + b"caf\xe9\n" + "Hồ sơ 2".encode())
    bad = BadBytes()
    assert "".join(text_chunks(file, detect_file(file), bad)).split("\n") == [
        "Số hồ sơ",
        "Hồ sơ 1",
        "café",
        "Hồ sơ 2",
    ]
    assert (bad.lines, bad.first_line) == (1, 3)


def test_a_byte_order_mark_is_no_text(tmp_path: Path) -> None:
    for encoding, bom in (("utf-8", "utf-8-sig"), ("utf-16-le", "utf-16"), ("utf-32-le", "utf-32")):
        file = tmp_path / encoding
        file.write_bytes(HEADER.encode(bom))
        assert "".join(text_chunks(file, encoding)) == HEADER


def test_chunks_of_utf16_end_between_characters(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr("pipeline.readers.encodings.CHUNK_BYTES", 7)
    file = tmp_path / "a.csv"
    text = "Ċ\nਊ\nhồ sơ\n\u0a00a\n" * 3  # letters that hold the byte of a newline
    file.write_bytes(text.encode("utf-16-le"))
    assert "".join(text_chunks(file, "utf-16-le")) == text


def test_rewriting_as_utf8_keeps_the_text(tmp_path: Path) -> None:
    file, out = tmp_path / "a.csv", tmp_path / "b.csv"
    file.write_bytes(to_vni(HEADER + SENTENCE))
    write_utf8(file, "vni", out)
    assert out.read_text("utf-8") == HEADER + SENTENCE


def test_decoding_windows_1258_never_leaves_combining_marks() -> None:
    assert unicodedata.is_normalized("NFC", decode(to_cp1258(SENTENCE), "cp1258"))
