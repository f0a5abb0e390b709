"""Text as exports write it."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.text import fold, mask_name, mask_phone, name_key, nfc, number, phone, squeeze


def test_decomposed_text_becomes_composed():
    decomposed = unicodedata.normalize("NFD", "Ngày tiếp nhận")
    assert (len(decomposed), len(nfc(decomposed))) == (19, 14)


@pytest.mark.parametrize(
    ("written", "squeezed"),
    [
        ("  Sở\u00a0Nội \t vụ\r\n", "Sở Nội vụ"),
        ("H37.14\u200b-231207\ufeff-0003", "H37.14-231207-0003"),
        ("Ngày\u202fnhận\u3000hồ sơ", "Ngày nhận hồ sơ"),
        ("a\x00b", "ab"),
        (" \u00a0\u200b ", None),
        ("", None),
        (None, None),
    ],
)
def test_squeeze_leaves_single_plain_spaces_or_nothing(written, squeezed):
    assert squeeze(written) == squeezed


@given(st.text())
def test_squeezing_and_folding_twice_changes_nothing_more(written):
    once = squeeze(written)
    assert squeeze(once) == once
    assert fold(fold(written)) == fold(written)


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("Ngày hẹn trả (*)", "ngay hen tra"),
        ("NGÀY  HẸN\u00a0TRẢ", "ngay hen tra"),
        ("Đơn vị/cá nhân giải quyết", "don vi ca nhan giai quyet"),
        ("Ðơn_vị", "don vi"),  # Icelandic eth, typed for Đ
        (unicodedata.normalize("NFD", "Lĩnh vực"), "linh vuc"),
        ("(1)", "1"),
        ("***", ""),
    ],
)
def test_a_header_folds_to_its_key(written, key):
    assert fold(written) == key


def test_promised_and_handed_over_dates_do_not_fold_together():
    assert fold("Ngày hẹn trả kết quả") != fold("Ngày trả kết quả")


@pytest.mark.parametrize(
    ("new", "old"),
    [
        ("Hoà Bình", "Hòa Bình"),
        ("Thuỷ Nguyên", "Thủy Nguyên"),
        ("khoẻ", "khỏe"),
        ("Uỷ ban", "Ủy ban"),
        ("Thuỵ Khuê", "Thụy Khuê"),
        ("Quý", "Qúy"),
        ("giếng", "gíêng"),
        ("Toán", "Tóan"),
        ("Đức Trọng", "Ðức Trọng"),
        ("Phường  HOÀ  an", "phường hòa an"),
    ],
)
def test_tone_placement_does_not_tell_names_apart(new, old):
    assert name_key(new) == name_key(old)


@pytest.mark.parametrize(
    "word", ["quý", "già", "gì", "hoàng", "toán", "khuỷu", "người", "nghĩa", "mía", "xoáy", "café"]
)
def test_a_tone_already_in_place_stays(word):
    assert name_key(word) == word


def test_the_older_spelling_is_the_key():
    assert name_key("Xã Hoà-Thuỷ") == "xã hòa thủy"


@pytest.mark.parametrize(("one", "other"), [("Hòa", "Hoa"), ("Thủy", "Thụy"), ("Mỹ An", "Mỹ Ân")])
def test_accents_that_make_another_name_stay_apart(one, other):
    assert name_key(one) != name_key(other)


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("1.249", 1249),
        ("1.249.000", 1_249_000),
        ("1.249,5", 1249.5),
        ("1 249", 1249),
        ("521\u00a0756,25", 521_756.25),
        ("60,47", 60.47),
        ("1,249", 1.249),  # a comma is the decimal sign, whatever follows
        ("60,47%", 0.6047),
        ("100 %", 1),
        ("1.5", 1.5),
        ("12.49", 12.49),
        ("0.250", 0.25),  # no grouped number begins with 0
        ("45292.375", 45292.375),  # nor has four digits before its first point
        ("-3", -3),
        ("\u22125", -5),
        ("007", 7),
    ],
)
def test_numbers_are_read_as_vietnamese_writes_them(written, value):
    assert number(written) == value


@pytest.mark.parametrize(
    "written",
    [
        "1,249,000",
        "1,249.5",
        "12 49",
        "1.24.5",
        "1.249.00",
        "1e3",
        "3 ngày",
        "%",
        "-",
        "",
        None,
        "٣",
    ],
)
def test_what_is_not_surely_a_number_is_none(written):
    assert number(written) is None


@pytest.mark.parametrize(
    ("written", "digits"),
    [
        ("0912345678", "0912345678"),
        ("912345678.0", "0912345678"),
        ("+84 912 345 678", "0912345678"),
        ("84912345678", "0912345678"),
        ("0084912345678", "0912345678"),
        ("+84 (0) 912 345 678", "0912345678"),
        ("849123456", "0849123456"),  # a lost zero, not a country code
        ("0912.345.678", "0912345678"),
        ("(024) 3825 1234", "02438251234"),
        ("01661234567", "01661234567"),
        ("0912345678 / 0987654321", "0912345678"),
        ("không có; 0987654321", "0987654321"),
    ],
)
def test_telephone_numbers_survive_the_spreadsheet(written, digits):
    assert phone(written) == digits


@pytest.mark.parametrize("written", ["113", "0412345678", "09123456789", "không có", "", None])
def test_what_is_no_telephone_number_is_none(written):
    assert phone(written) is None


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("Nguyễn Văn An", "Nguyễn V. A***"),
        ("Trần Thị Thu Hà", "Trần T. T. H***"),
        ("Lê  Bình", "Lê B***"),
        ("An", "A***"),
        (" ", None),
        (None, None),
    ],
)
def test_a_masked_name_keeps_the_family_name(name, masked):
    assert mask_name(name) == masked


@pytest.mark.parametrize(
    ("number_", "masked"),
    [
        ("0912345678", "09xx xxx 678"),
        ("02438251234", "02xx xxx 234"),
        ("12345", "xxx"),  # first two and last three would be all of it
        ("", None),
        (None, None),
    ],
)
def test_a_masked_telephone_number_keeps_two_and_three_digits(number_, masked):
    assert mask_phone(number_) == masked


@given(st.from_regex(r"0[35789][0-9]{8}", fullmatch=True))
def test_a_masked_telephone_number_never_shows_its_middle(number_):
    assert sum(c.isdigit() for c in str(mask_phone(number_))) == 5
