"""A report's sentences: which numbers are figures, what each stands for, what follows from them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.claims import check, compare, read
from pipeline.claims.labels import labels
from pipeline.claims.ours import other_period
from pipeline.claims.shares import rounded
from pipeline.periods import parse_period


def termed(text: str) -> list[tuple[str, str | None]]:
    return [(figure.text, figure.term) for figure in read(text).figures]


def kinds(text: str, level: str = "wrong") -> list[str]:
    return [one.kind for one in check(read(text)) if one.level == level]


@pytest.mark.parametrize(
    "text",
    [
        "Công văn số 766/QĐ-TTg ngày 23/6/2022",
        "mức độ 3, 4",
        "thực hiện 4 tại chỗ",
        "trong 9 tháng năm 2022",
        "Quý I/2023 và tháng 12/2023",
        "Nghị định 118/2025/NĐ-CP, Điều 19",
    ],
)
def test_dates_laws_and_levels_are_no_figures(text: str) -> None:
    assert not read(text).figures


def test_the_words_before_a_number_say_what_it_counts() -> None:
    assert termed("tiếp nhận 5.957 hồ sơ và đã giải quyết 5.943 hồ sơ") == [
        ("5.957", "received"),
        ("5.943", "resolved"),
    ]


def test_the_words_behind_a_number_do_where_the_clause_begins_with_it() -> None:
    assert termed("4.947 hồ sơ trước hạn và 990 hồ sơ đúng hạn") == [
        ("4.947", "early"),
        ("990", "on_time"),
    ]


def test_words_without_accents_and_in_capitals_are_understood() -> None:
    assert termed("TIEP NHAN 12 HO SO") == [("12", "received")]


def test_late_among_open_dossiers_is_overdue_and_not_a_late_result() -> None:
    assert termed("đang giải quyết 13 hồ sơ (10 trong hạn, 3 quá hạn)")[1:] == [
        ("10", "open_in_time"),
        ("3", "open_overdue"),
    ]
    assert termed("đã giải quyết 13 hồ sơ, trong đó quá hạn 2")[-1] == ("2", "late")


def test_a_word_nobody_knows_gives_no_term() -> None:
    assert termed("có 24 xe ô tô") == [("24", None)]


@pytest.mark.parametrize(
    ("written", "value"),
    [("5.957", 5957), ("5,957", 5957), ("521.756", 521756), ("7", 7), ("1,2 triệu", 1_200_000)],
)
def test_a_count_is_whole_however_its_thousands_are_written(written: str, value: int) -> None:
    (figure,) = read(f"tiếp nhận {written} hồ sơ").figures
    assert figure.value == value


def test_a_count_in_thousands_is_not_added_up() -> None:
    assert not kinds("tiếp nhận 6 nghìn hồ sơ, đã giải quyết 5.943 hồ sơ, đang giải quyết 13 hồ sơ")


def test_a_percentage_in_brackets_belongs_to_the_count_before_it() -> None:
    figures = read("trước hạn 60 hồ sơ (75%), quá hạn 20 hồ sơ (25%)").figures
    assert [(f.text, f.of) for f in figures if f.is_percent] == [("75%", 0), ("25%", 2)]


def test_both_numbers_of_a_stroke_are_the_share() -> None:
    assert kinds("340/345 hồ sơ trực tuyến, đạt 98,55%", "holds") == ["share_holds"]
    assert kinds("340/345 hồ sơ trực tuyến, đạt 99,5%") == ["share_differs"]
    assert kinds("340 trên tổng số 345 hồ sơ, đạt 98,55%", "holds") == ["share_holds"]


def test_more_may_come_in_by_post_than_goes_out_by_it() -> None:
    assert not kinds("Tiếp nhận qua bưu chính 101 hồ sơ, trả qua bưu chính 91 hồ sơ (101/91).")


def test_a_share_of_another_count_is_a_note_and_not_an_error() -> None:
    text = "Tiếp nhận 1.000 hồ sơ, đã giải quyết 800 hồ sơ, trước hạn 600 hồ sơ (60%)."
    assert not kinds(text)
    assert "share_holds" in kinds(text, "holds")  # of all received: a definition in use
    strange = "Có 500 TTHC. Khảo sát 400 phiếu: 100 hài lòng (20%), 300 rất hài lòng."
    assert kinds(strange, "note") == ["share_of_another_base"]


def test_a_bound_is_compared_and_not_rounded() -> None:
    assert not kinds("đã giải quyết 100 hồ sơ, trước hạn 91 hồ sơ, đạt trên 90%")
    assert kinds("đã giải quyết 100 hồ sơ, trước hạn 89 hồ sơ, đạt trên 90%") == ["share_differs"]


def test_more_online_than_received_is_impossible() -> None:
    assert kinds("Tiếp nhận 100 hồ sơ; trực tuyến 120 hồ sơ.") == ["limit"]


def test_slips_that_came_back_are_not_asked_for_again() -> None:
    text = "Phát ra 2.065 phiếu, thu về 2.000 phiếu, trong đó hài lòng 1.900 phiếu."
    assert "slips_returned_missing" not in kinds(text)


def test_the_same_period_last_year_is_no_contradiction() -> None:
    assert not kinds("Quý I/2023 tiếp nhận 100 hồ sơ, tăng 10 hồ sơ so với cùng kỳ Quý I/2022.")


def test_a_label_knows_its_period_on_either_calendar() -> None:
    (label,) = labels("trong Quý I năm 2023")
    assert label.names(parse_period("2023-Q1"))
    assert not label.names(parse_period("2023-Q2"))
    assert other_period(read("Quý I/2023 có 3 hồ sơ"), parse_period("2023-Q1")) is None
    named = other_period(read("Quý I/2023 có 3 hồ sơ"), parse_period("2022-Q1"))
    assert named is not None
    assert named.text == "Quý I/2023"


def test_ours_stands_beside_the_meaning_that_agrees() -> None:
    summary = {"received": 120, "received_in_period": 100, "open": 13}
    reading = read("tiếp nhận 120 hồ sơ, đang giải quyết 14 hồ sơ, 3 xe")

    compared = compare(reading, summary)

    assert [(one.measure, one.ours, one.difference) for one in compared] == [
        ("received", 120, 0),
        ("open", 13, -1),
    ]


def test_a_half_is_rounded_up_as_on_paper() -> None:
    assert rounded(Decimal("60.465"), 2) == Decimal("60.47")


def grouped(n: int) -> str:
    return f"{n:,}".replace(",", ".")


COUNT = st.integers(0, 2_000_000)


@given(early=COUNT, on_time=COUNT, late=COUNT, still_open=COUNT)
def test_a_report_whose_sums_are_right_is_never_blamed(
    early: int, on_time: int, late: int, still_open: int
) -> None:
    resolved = early + on_time + late
    text = (
        f"Tiếp nhận {grouped(resolved + still_open)} hồ sơ, "
        f"đã giải quyết {grouped(resolved)} hồ sơ, trong đó trước hạn {grouped(early)}, "
        f"đúng hạn {grouped(on_time)}, quá hạn {grouped(late)}; "
        f"đang giải quyết {grouped(still_open)} hồ sơ."
    )
    assert not kinds(text)
    assert kinds(text, "holds").count("sum_holds") == 2


@given(
    resolved=st.integers(1, 2_000_000), still_open=COUNT, wrong=st.integers(-50, 50).filter(bool)
)
def test_one_figure_that_is_off_is_always_found(resolved: int, still_open: int, wrong: int) -> None:
    received = resolved + still_open + wrong
    if received < 0:
        return
    text = (
        f"tiếp nhận {grouped(received)} hồ sơ, đã giải quyết {grouped(resolved)}, "
        f"đang giải quyết {grouped(still_open)}"
    )
    (found,) = [one for one in check(read(text)) if one.level == "wrong"]
    assert (found.kind, found.values["difference"]) == ("sum_differs", wrong)


@given(part=st.integers(1, 10**6), rest=COUNT, decimals=st.integers(0, 2))
def test_a_share_that_is_rounded_is_never_blamed(part: int, rest: int, decimals: int) -> None:
    whole = part + rest
    share = rounded(Decimal(part) * 100 / whole, decimals)
    written = f"{share}".replace(".", ",")
    text = f"Đã giải quyết {grouped(whole)} hồ sơ, trước hạn {grouped(part)} hồ sơ ({written}%)."
    assert not kinds(text)


@given(st.text(max_size=200))
def test_any_text_gives_a_reading(text: str) -> None:
    reading = read(text)
    assert all(reading.text[f.start : f.end].startswith(f.text[:1]) for f in reading.figures)
    check(reading)
