"""A unit is found by its code, then its name with its parent, then its name; never by a guess."""

from __future__ import annotations

from datetime import date

from pipeline.units import Register, Unit

PROVINCE = Unit("T", "T", "Lạng Sơn", None, None, is_registered=True)
OTHER = Unit("P", "P", "Phú Thọ", None, None, is_registered=True)
ONE = Unit("x1", "x1", "Xã Tân Tiến", "T", date(2020, 1, 1), is_registered=True)
SAME_NAME = Unit("x2", "x2", "Xã Tân Tiến", "P", date(2020, 1, 1), is_registered=True)
REGISTER = Register([PROVINCE, OTHER, ONE, SAME_NAME])


def test_a_code_decides_whatever_the_name_says() -> None:
    assert REGISTER.candidates("x2", "Lạng Sơn") == [SAME_NAME]


def test_a_name_that_two_units_bear_is_no_answer() -> None:
    assert REGISTER.candidates(None, "Xã Tân Tiến") == []


def test_the_parent_tells_two_of_a_name_apart() -> None:
    assert REGISTER.candidates(None, "Xã Tân Tiến, Phú Thọ") == [SAME_NAME]
    assert REGISTER.candidates(None, "Xã Tân Tiến (Lạng Sơn)") == [ONE]
    assert REGISTER.candidates(None, "Xã Tân Tiến, Huế") == []


def test_the_office_of_a_unit_is_the_unit() -> None:
    assert REGISTER.candidates(None, "UBND Lạng Sơn") == [PROVINCE]
    assert REGISTER.candidates(None, "LANG SON XYZ") == []


def test_units_of_one_name_that_follow_each_other_are_told_apart_by_the_day() -> None:
    old = Unit("a", "a", "Phường Tây Mỗ", None, date(2014, 1, 1), is_registered=True)
    new = Unit("b", "b", "Phường Tây Mỗ", None, date(2025, 7, 1), is_registered=True)
    assert Register([old, new]).candidates(None, "Phường Tây Mỗ") == [old, new]


def test_a_registered_unit_comes_before_one_that_an_export_brought() -> None:
    found = Unit("lang-son", None, "Lạng Sơn", None, None, is_registered=False)
    assert Register([found, PROVINCE]).candidates(None, "Lạng Sơn") == [PROVINCE]


def test_nothing_written_is_nothing_found() -> None:
    assert REGISTER.candidates(None, None) == []
    assert REGISTER.candidates("", "") == []
