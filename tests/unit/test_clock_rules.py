"""clock.toml: typed on load, refused by file and key, in force from day to day."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from pipeline.clock.rules import clock_rules, in_force, read_rules
from pipeline.errors import BadConfiguration
from pipeline.settings import CONFIG

FILE = (CONFIG / "clock.toml").read_text(encoding="utf-8")


def changed(tmp_path: Path, before: str, after: str) -> Path:
    """The board's file with one passage replaced."""
    assert before in FILE
    path = tmp_path / "clock.toml"
    path.write_text(FILE.replace(before, after, 1), encoding="utf-8")
    return path


def test_an_unknown_key_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(BadConfiguration, match=r'clock\.toml: key "index_766\.0\.requests"'):
        read_rules(changed(tmp_path, "requests_allowed = 1", "requests = 1"))


def test_a_value_outside_its_list_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadConfiguration, match=r'key "wait\.0\.effect" is wrong'):
        read_rules(changed(tmp_path, 'effect = "restarts"', 'effect = "rewinds"'))


def test_two_rules_for_one_day_are_refused(tmp_path: Path) -> None:
    with pytest.raises(BadConfiguration, match=r'"start" is wrong: two entries .* 2025-07-01'):
        read_rules(changed(tmp_path, "valid_to = 2025-06-30\nelsewhere", "elsewhere"))


def test_two_kinds_of_waits_may_be_ruled_on_one_day() -> None:
    supplement = clock_rules().effect("supplement", "law", date(2025, 8, 1), None)
    payment = clock_rules().effect("payment", "law", date(2025, 8, 1), None)
    assert supplement is not None
    assert payment is not None
    assert (supplement.effect, payment.effect) == ("restarts", "pauses")


def test_an_office_that_closes_before_it_opens_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadConfiguration, match="opens must lie before closes"):
        read_rules(changed(tmp_path, "closes = 11:30:00", "closes = 07:00:00"))


def test_an_afternoon_inside_the_morning_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadConfiguration, match="afternoon must not begin before"):
        read_rules(changed(tmp_path, "opens = 13:30:00", "opens = 11:00:00"))


@pytest.mark.parametrize(
    ("day", "law"),
    [
        (date(2025, 6, 30), "Nghị định 61/2018/NĐ-CP Điều 19 khoản 4"),
        (date(2025, 7, 1), "Nghị định 118/2025/NĐ-CP Điều 19"),
    ],
)
def test_a_rule_holds_to_its_last_day_and_the_next_one_follows(day: date, law: str) -> None:
    rule = in_force(clock_rules().supplement, day)
    assert rule is not None
    assert rule.legal_basis == law


def test_no_rule_is_in_force_before_the_first() -> None:
    assert in_force(clock_rules().index_766, date(2022, 7, 31)) is None
    assert clock_rules().effect("supplement", "index_766", date(2022, 7, 31), None) is None


def test_a_rule_for_a_field_goes_before_the_one_for_all(tmp_path: Path) -> None:
    own = """[[wait]]
valid_from = 2018-06-21
for = "payment"
clock = "law"
effect = "runs"
fields = ["Hộ tịch"]
legal_basis = "x"
confidence = "local"

[[wait]]
"""
    rules = read_rules(changed(tmp_path, "[[wait]]\n", own))
    effects = {
        field: rule.effect
        for field in ("Hộ tịch", "Đất đai")
        if (rule := rules.effect("payment", "law", date(2025, 8, 1), field))
    }
    assert effects == {"Hộ tịch": "runs", "Đất đai": "pauses"}


def test_what_is_not_settled_says_so_in_both_languages() -> None:
    unsettled = [rule for rule in clock_rules().wait if rule.confidence == "low"]
    payments = [rule for rule in unsettled if rule.waits_for == "payment"]
    assert len(payments) == 2
    for rule in payments:
        assert rule.note("vi")
        assert rule.note("en")
        assert rule.note("vi") != rule.note("en")
