"""Texts, numbers and dates in both languages; the whole catalogue, whatever files it has."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from pipeline.errors import BadConfiguration
from pipeline.settings import LOCALE
from pipeline.sources import COLUMNS, VOCABULARY
from pipeline.wording import LANGUAGES, Wording, missing_keys, read_catalogue, wording

VI, EN = wording("vi"), wording("en")


def locale(tmp_path: Path, vi: str, en: str) -> Path:
    for language, content in (("vi", vi), ("en", en)):
        (tmp_path / language).mkdir()
        (tmp_path / language / "screen.toml").write_text(content, encoding="utf-8")
    return tmp_path


# The catalogue


def test_both_languages_have_the_same_keys_and_placeholders():
    assert missing_keys() == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_is_empty_or_has_stray_spaces(language):
    texts = read_catalogue(LOCALE / language)
    assert [key for key, text in texts.items() if not text or text != text.strip()] == []


@pytest.mark.parametrize(
    ("prefix", "names"),
    [
        ("status", VOCABULARY["status"]),
        ("channel", VOCABULARY["channel"]),
        ("level", VOCABULARY["rating"]),
        ("survey_channel", VOCABULARY["survey_channel"]),
        ("unit_level", VOCABULARY["unit_level"]),
        ("online_level", VOCABULARY["online_level"]),
        ("agency_level", VOCABULARY["agency_level"]),
        ("successor_relation", VOCABULARY["successor_relation"]),
        ("answer", VOCABULARY["is_satisfied"]),
        ("source_kind", tuple(COLUMNS)),
    ],
)
def test_every_word_of_a_vocabulary_has_a_name(prefix, names):
    assert [name for name in names if f"{prefix}.{name}" not in VI] == []


def test_a_key_lacking_in_one_language_is_reported(tmp_path):
    folder = locale(tmp_path, '[a]\ntitle = "x"\nonly = "y"', '[a]\ntitle = "x"')
    assert missing_keys(folder) == ['"a.only" is missing in en.']


def test_different_placeholders_are_reported(tmp_path):
    complaints = missing_keys(locale(tmp_path, 'a = "{n} hồ sơ"', 'a = "{count} dossiers"'))
    assert len(complaints) == 1
    assert "different placeholders" in complaints[0]


def test_forms_of_a_plural_count_as_one_key(tmp_path):
    folder = locale(tmp_path, 'a = "{n} ngày"', 'a_one = "a day"\na_other = "{n} days"')
    assert missing_keys(folder) == []


def test_a_plural_without_its_second_form_is_reported(tmp_path):
    folder = locale(tmp_path, 'a_one = "x"', 'a_one = "x"')
    assert missing_keys(folder) == [
        '"a_one" in vi has no form _other.',
        '"a_one" in en has no form _other.',
    ]


def test_a_key_in_two_files_is_refused_naming_both(tmp_path):
    folder = locale(tmp_path, 'a = "x"', 'a = "x"') / "vi"
    (folder / "again.toml").write_text('a = "y"', encoding="utf-8")
    with pytest.raises(BadConfiguration, match=r'key "a" stands in vi/again\.toml too'):
        read_catalogue(folder)


def test_a_value_that_is_no_text_is_refused_by_key(tmp_path):
    folder = locale(tmp_path, "[a]\nb = 3", "") / "vi"
    with pytest.raises(BadConfiguration, match=r'vi/screen\.toml: key "a\.b" is not a text'):
        read_catalogue(folder)


def test_a_file_that_is_not_toml_is_refused_by_name(tmp_path):
    with pytest.raises(BadConfiguration, match=r"vi/screen\.toml is not valid TOML"):
        read_catalogue(locale(tmp_path, "a =", "") / "vi")


def test_a_language_without_texts_is_refused(tmp_path):
    with pytest.raises(BadConfiguration, match="no texts"):
        read_catalogue(tmp_path)
    with pytest.raises(BadConfiguration, match='"fr" is not known'):
        wording("fr")


# Texts


def test_placeholders_are_filled_and_values_written_in_the_language():
    texts = {"a": "{n} of {total} on {day}, {share}, {name}, {gone}"}
    values = {
        "n": 1249,
        "total": Decimal("521756.5"),
        "day": date(2023, 12, 31),
        "share": 2.50,
        "name": "2023",
        "gone": None,
    }
    vi, en = (
        Wording("vi", {**texts, "pattern.date": "dd/MM/y"}),
        Wording("en", {**texts, "pattern.date": "d MMM y"}),
    )
    assert vi("a", **values) == "1.249 of 521.756,5 on 31/12/2023, 2,5, 2023, —"
    assert en("a", **values) == "1,249 of 521,756.5 on 31 Dec 2023, 2.5, 2023, —"


def test_n_chooses_the_english_form():
    assert [EN.days(n) for n in (0, 1, 2, 1.5)] == ["0 days", "1 day", "2 days", "1.5 days"]
    assert [VI.days(n) for n in (0, 1, 2, 1.5)] == ["0 ngày", "1 ngày", "2 ngày", "1,5 ngày"]
    assert EN.working_days(1) == "1 working day"
    assert VI.working_days(3) == "3 ngày làm việc"


def test_a_missing_key_is_named_with_its_language():
    with pytest.raises(BadConfiguration, match=r'no text "no\.such" in the language "en"'):
        EN("no.such")
    assert "no.such" not in EN


def test_a_missing_value_is_named_with_its_key():
    with pytest.raises(BadConfiguration, match=r'"unit\.points" .* needs a value for \'x\''):
        VI("unit.points")


# Numbers


@pytest.mark.parametrize(
    ("x", "vi", "en"),
    [
        (1249, "1.249", "1,249"),
        (-1_234_567, "-1.234.567", "-1,234,567"),
        (0, "0", "0"),
        (2.5, "3", "3"),  # half up, not to the even one
        (None, "—", "—"),
        (float("nan"), "—", "—"),
    ],
)
def test_whole_numbers(x, vi, en):
    assert (VI.number(x), EN.number(x)) == (vi, en)


@pytest.mark.parametrize(
    ("x", "digits", "written"),
    [
        (0.125, 2, "0,13"),
        (1.005, 2, "1,01"),  # as written, not as its binary neighbour
        (-0.125, 2, "-0,13"),
        (-0.001, 1, "0,0"),
        (1249.5, 1, "1.249,5"),
        (3, 2, "3,00"),
    ],
)
def test_decimals_are_rounded_half_up(x, digits, written):
    assert VI.decimal(x, digits) == written


def test_signs_are_ascii():
    assert [VI.signed(x) for x in (18, -18, 0, -0.4, None)] == ["+18", "-18", "0", "0", "—"]
    assert VI.signed(-1.25, 1) == "-1,3"


@pytest.mark.parametrize(
    ("numerator", "denominator", "written"),
    [
        (315_494, 521_756, "60,47%"),  # the published report truncated to 60,46
        (396, 1_249, "31,71%"),
        (306, 509_560, "0,06%"),
        (999_999, 1_000_000, "99,99%"),
        (1, 1_000_000, "0,01%"),
        (1_000_001, 1_000_000, "100,01%"),
        (5, 5, "100%"),
        (0, 5, "0%"),
        (1, 2, "50,00%"),
        (0, 0, "—"),
        (3, 0, "—"),
        (3, None, "—"),
        (None, 3, "—"),
    ],
)
def test_a_share_is_never_rounded_to_all_or_nothing(numerator, denominator, written):
    assert VI.percent(numerator, denominator) == written


def test_a_share_without_decimals_keeps_its_distance_too():
    assert VI.percent(999, 1000, digits=0) == "99%"
    assert VI.percent(1, 1000, digits=0) == "1%"


def test_a_stored_rate_is_written_by_the_same_rules():
    assert EN.rate(0.60468) == "60.47%"
    assert EN.rate(0.999999) == "99.99%"
    assert EN.rate(1.0) == "100%"
    assert EN.rate(None) == "—"


def test_differences_of_rates_are_points_not_percent():
    assert VI.points(0.0125) == "+1,25 điểm %"
    assert EN.points(-0.0125) == "-1.25 pp"
    assert VI.points(None) == "—"


def test_separators_suit_a_chart():
    assert (VI.separators, EN.separators) == (",.", ".,")


# Days and moments


def test_days_and_months():
    day = date(2023, 1, 5)
    assert (VI.date(day), EN.date(day)) == ("05/01/2023", "5 Jan 2023")
    assert (VI.month(day), EN.month(day)) == ("Tháng 1/2023", "January 2023")
    assert (VI.month_short(day), EN.month_short(day)) == ("01/2023", "Jan 2023")
    assert (VI.weekday(day), EN.weekday(day)) == ("Thứ Năm", "Thursday")
    assert VI.date(None) == "—"


def test_moments():
    at = datetime(2023, 12, 31, 17, 0, 59)
    assert (VI.moment(at), EN.moment(at)) == ("17:00 31/12/2023", "31 Dec 2023, 17:00")
    assert VI.date(at) == "31/12/2023"
    assert VI.moment(None) == "—"


def test_the_last_moment_of_a_day_is_said_as_its_end():
    assert VI.as_of(datetime(2023, 12, 31, 23, 59, 59, 999999)) == "hết ngày 31/12/2023"
    assert VI.as_of(datetime(2023, 12, 31, 23, 59)) == "23:59 31/12/2023"


@pytest.mark.parametrize(
    ("delta", "vi", "en"),
    [
        (timedelta(seconds=59), "vừa xong", "just now"),
        (timedelta(minutes=59, seconds=59), "59 phút trước", "59 minutes ago"),
        (timedelta(hours=2, minutes=59), "2 giờ trước", "2 hours ago"),  # not yet three
        (timedelta(hours=23, minutes=59), "23 giờ trước", "23 hours ago"),
        (timedelta(days=400), "400 ngày trước", "400 days ago"),
    ],
)
def test_how_long_ago_is_never_longer_than_it_was(delta, vi, en):
    assert (VI.ago(delta), EN.ago(delta)) == (vi, en)
