"""A unit is found by its code, then its name with its parent, then its name; never by a guess."""

from __future__ import annotations

from datetime import date

from pipeline.units import Register, Unit

PROVINCE = Unit("T", "T", "Lạng Sơn", None, None, is_registered=True)
OTHER = Unit("P", "P", "Phú Thọ", None, None, is_registered=True)
ONE = Unit("x1", "x1", "Xã Tân Tiến", "T", date(2020, 1, 1), is_registered=True)
SAME_NAME = Unit("x2", "x2", "Xã Tân Tiến", "P", date(2020, 1, 1), is_registered=True)
REGISTER = Register([PROVINCE, OTHER, ONE, SAME_NAME])


def found(code: str | None, name: str | None, register: Register = REGISTER) -> list[Unit | None]:
    return [unit for _, unit in register.candidates(code, name)]


def test_a_code_decides_whatever_the_name_says() -> None:
    assert found("x2", "Lạng Sơn") == [SAME_NAME]


def test_a_name_that_two_units_bear_is_no_answer() -> None:
    assert found(None, "Xã Tân Tiến") == [None]


def test_the_parent_tells_two_of_a_name_apart() -> None:
    assert found(None, "Xã Tân Tiến, Phú Thọ") == [SAME_NAME]
    assert found(None, "Xã Tân Tiến (Lạng Sơn)") == [ONE]
    assert found(None, "Xã Tân Tiến, Huế") == []


def test_the_office_of_a_unit_is_the_unit() -> None:
    assert found(None, "UBND Lạng Sơn") == [PROVINCE]
    assert found(None, "LANG SON XYZ") == []


def test_units_of_one_name_that_follow_each_other_are_told_apart_by_the_day() -> None:
    old = Unit("a", "a", "Phường Tây Mỗ", None, date(2014, 1, 1), is_registered=True)
    new = Unit("b", "b", "Phường Tây Mỗ", None, date(2025, 7, 1), is_registered=True)
    register = Register([new, old])
    assert register.candidates(None, "Phường Tây Mỗ") == [
        (date(2014, 1, 1), old),
        (date(2025, 7, 1), new),
    ]


def test_two_of_a_name_before_the_merger_leave_the_one_after_it_its_name() -> None:
    before = [Unit(f"o{n}", f"o{n}", "Xã Tân Lập", None, None, is_registered=True) for n in (1, 2)]
    now = Unit("n", "n", "Xã Tân Lập", None, date(2025, 7, 1), is_registered=True)
    register = Register([*before, now])
    (first, second) = register.meant(None, "Xã Tân Lập")
    assert second == (date(2025, 7, 1), now)
    assert (first[0], first[1] in before) == (None, False)
    assert register.added == [first[1]]
    # Another way of writing it is the same unit, found once.
    assert register.meant(None, "UBND xã Tân Lập") == [first, second]
    assert len(register.added) == 1


def test_a_registered_unit_comes_before_one_that_an_export_brought() -> None:
    brought = Unit("lang-son", None, "Lạng Sơn", None, None, is_registered=False)
    assert found(None, "Lạng Sơn", Register([brought, PROVINCE])) == [PROVINCE]


def test_what_no_list_knows_is_a_unit_of_its_own_with_an_id_of_its_own() -> None:
    register = Register([Unit("to-a", "to-a", "Tổ khác", None, None, is_registered=True)])
    ((_, unit),) = register.meant(None, "Tổ A")
    assert unit is not None
    assert (unit.unit_id, unit.name, unit.is_registered) == ("to-a-2", "Tổ A", False)
    assert register.meant(None, "tổ a") == [(None, unit)]


def test_nothing_written_is_nothing_found() -> None:
    for code, name in ((None, None), ("", "")):
        assert REGISTER.candidates(code, name) == []
    assert Register([]).meant(None, None) == []
