"""Signals: each pattern with a dossier that has it and one that must not.

Day 0 is Monday 1/1/2024. A dossier is received on day 0 and promised for day 10, Thursday 11/1 at
nine, unless said otherwise; figures speak of day 35.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from pipeline import queries
from pipeline.access import default_scope, scope_from_text
from pipeline.signals import SIGNALS, rate_without, signals
from pipeline.warehouse import Snapshot, open_snapshot
from tests.snapshots import answer, batch, build, day, dossier, finished

NOW = datetime(2024, 2, 5, 12)


def opened(folder: Path, *rows: dict[str, Any], **tables: Any) -> Snapshot:
    snapshot = open_snapshot(build(folder, rows, **tables))
    assert snapshot is not None
    return snapshot


def asked(snapshot: Snapshot, name: str, **params: Any) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = queries.run(
        snapshot, default_scope(), name, as_of=NOW, **params
    ).to_pylist()
    return rows


def found(snapshot: Snapshot, signal: str) -> set[str]:
    return {row["dossier_code"] for row in asked(snapshot, "dossiers", finding=signal)}


def step(code: str, **given: Any) -> dict[str, Any]:
    row = {
        "system": "S",
        "dossier_code": code,
        "batch_no": 1,
        "step_no": 1,
        "step_name": "Thẩm định",
        "officer_name": "Trần Thị Bình",
        "started_at": day(1),
        "finished_at": day(2),
    }
    return row | given


def change(code: str, column: str, old: str | None, new: str | None) -> dict[str, Any]:
    return {
        "system": "S",
        "dossier_code": code,
        "batch_no": 2,
        "column_name": column,
        "old_value": old,
        "new_value": new,
    }


# signal -> a dossier that has it and one beside the edge that has it not, each with its other rows
CASES: dict[str, tuple[dict[str, Any], dict[str, Any], dict[str, list[dict[str, Any]]]]] = {
    "late_by_click": (
        finished(day(12), result_signed_at=day(10, 16)),
        finished(day(12), result_signed_at=day(11)),
        {},
    ),
    "closed_before_done": (
        finished(day(5)),
        finished(day(5)),
        {"dossier_step": [step("YES", finished_at=day(6)), step("NO", finished_at=day(5, 16))]},
    ),
    "closed_without_number": (
        finished(day(5), tells_result_no=True),
        finished(day(5), tells_result_no=True, result_no="12/QĐ-UBND"),
        {},
    ),
    "reopened": (
        dossier(due_at=day(60)),
        finished(day(5)),
        {
            "dossier_change": [
                change("YES", "status", "finished", "in_progress"),
                change("NO", "status", "in_progress", "finished"),
            ]
        },
    ),
    "clicked_in_bulk": (
        finished(day(5)),
        finished(day(5)),
        {"flag": [{"batch_no": 1, "system": "S", "dossier_code": "YES", "rule": "bulk_finish"}]},
    ),
    "crowded_before_due": (finished(day(10, 8.75)), finished(day(10, 8.25)), {}),
    "stopped_before_due": (
        dossier(status="awaiting_supplement", supplement_requested_at=day(9)),
        dossier(status="awaiting_supplement", supplement_requested_at=day(8)),
        {},
    ),
    "second_supplement": (
        dossier(status="awaiting_supplement", supplement_requested_at=day(7)),
        dossier(status="awaiting_supplement", supplement_requested_at=day(7)),
        {
            "dossier_change": [
                change("YES", "supplement_requested_at", "2024-01-03", "2024-01-08"),
                change("NO", "supplement_requested_at", None, "2024-01-08"),
            ]
        },
    ),
    "supplement_asked_late": (
        dossier(status="awaiting_supplement", supplement_requested_at=day(4)),
        dossier(status="awaiting_supplement", supplement_requested_at=day(3)),
        {},
    ),
    "supplement_open_long": (
        dossier(status="awaiting_supplement", supplement_requested_at=day(19)),
        dossier(status="awaiting_supplement", supplement_requested_at=day(20)),
        {},
    ),
    "refused_after_due": (
        dossier(status="refused", ended_at=day(11)),
        dossier(status="refused", ended_at=day(10, 17)),
        {},
    ),
    "silent": (
        dossier(received_at=day(-60), due_at=day(90)),
        dossier(received_at=day(-60), due_at=day(90)),
        {"dossier_step": [step("NO", started_at=day(-50))]},
    ),
    "not_collected": (
        finished(day(4)),
        finished(day(4), status="handed_over", handed_over_at=day(34)),
        {},
    ),
    "incomplete_slip": (
        finished(day(5)),
        finished(day(5)),
        {"dossier_step": [step("YES", started_at=None), step("NO")]},
    ),
}


def test_every_signal_has_its_case() -> None:
    assert set(CASES) == set(SIGNALS)


@pytest.mark.parametrize("signal", SIGNALS)
def test_a_signal_finds_its_pattern_and_not_what_stands_beside_it(
    tmp_path: Path, signal: str
) -> None:
    has, has_not, tables = CASES[signal]
    snapshot = opened(
        tmp_path, has | {"dossier_code": "YES"}, has_not | {"dossier_code": "NO"}, **tables
    )

    assert found(snapshot, signal) == {"YES"}
    (row,) = [row for row in asked(snapshot, "signals") if row["signal"] == signal]
    assert row["signal_n"] == 1
    assert row["looked_at_n"] >= row["signal_n"]


def test_the_weekend_is_no_time_to_ask_in(tmp_path: Path) -> None:
    # received on Thursday, asked on the Tuesday after: three working days
    late_week = dossier(
        received_at=day(3), status="awaiting_supplement", supplement_requested_at=day(8)
    )
    assert found(opened(tmp_path, late_week), "supplement_asked_late") == set()


def test_what_has_nothing_to_look_at_is_no_denominator(tmp_path: Path) -> None:
    rows = asked(opened(tmp_path, dossier(due_at=day(60))), "signals")
    assert {row["signal"] for row in rows} == {"reopened", "silent"}


def test_a_dossier_promised_at_midnight_is_not_crowded(tmp_path: Path) -> None:
    row = finished(day(9, 23.9), due_at=day(10, 0), first_due_at=day(10, 0))
    assert "crowded_before_due" not in {
        r["signal"] for r in asked(opened(tmp_path, row), "signals")
    }


def rate(**given: int) -> dict[str, int]:
    row = {"on_time_rate_a_numerator": 90, "on_time_rate_a_denominator": 100}
    return row | {"late_n": 0, "in_time_n": 0} | given


def test_what_the_rate_would_be_without_a_pattern() -> None:
    assert rate_without(rate(late_n=6), "late_to_in_time") == (96, 100)
    assert rate_without(rate(in_time_n=6), "in_time_to_late") == (84, 100)
    assert rate_without(rate(late_n=2, in_time_n=8), "left_out") == (82, 90)
    assert rate_without(rate(late_n=6), "none") is None


def test_the_official_rate_is_never_touched(tmp_path: Path) -> None:
    rows = [finished(day(12), result_signed_at=day(9)), finished(day(5)), finished(day(5))]
    snapshot = opened(tmp_path, *rows)
    before = asked(snapshot, "summary")[0]["on_time_rate_a"]
    (row,) = [row for row in asked(snapshot, "signals") if row["signal"] == "late_by_click"]
    assert row["on_time_rate_a_numerator"] / row["on_time_rate_a_denominator"] == before
    assert rate_without(row, signals().signals["late_by_click"].effect) == (3, 3)


def test_another_units_signal_is_not_seen(tmp_path: Path) -> None:
    late = {"result_signed_at": day(9)}
    snapshot = opened(
        tmp_path, finished(day(12), unit_id="U1", **late), finished(day(12), unit_id="U2", **late)
    )
    own = scope_from_text("unit_leader:U1")
    rows = queries.run(snapshot, own, "signals", as_of=NOW).to_pylist()
    assert {row["unit_id"] for row in rows} == {"U1"}


def test_the_lag_of_clicks_by_unit(tmp_path: Path) -> None:
    lags = [0] * 8 + [4, 10]
    rows = [finished(day(5 + lag), result_signed_at=day(5)) for lag in lags]
    (row,) = asked(opened(tmp_path, *rows), "click_lag")
    assert (row["clicked_n"], row["click_lag_days"], row["later_day_n"]) == (10, 0, 2)
    assert row["click_lag_days_p90"] == pytest.approx(4.6)
    assert row["is_small_sample"]


def test_numbers_that_no_export_shows(tmp_path: Path) -> None:
    codes = ["H01.02-240101-0001", "H01.02-240101-0004", "H01.02-240102-0001", "H01.03-240101-0001"]
    snapshot = opened(tmp_path, *(dossier(dossier_code=code) for code in [*codes, "ABC"]))
    (row,) = asked(snapshot, "numbering_gaps")
    assert (row["prefix"], row["missing_n"], row["gap_day_n"], row["day_n"]) == ("H01.02", 2, 1, 2)


def test_a_quiet_day_is_one_after_twenty_busy_ones(tmp_path: Path) -> None:
    working = [n for n in range(35) if n % 7 < 5]
    busy = [dossier(received_at=day(n)) for n in working if n != 28]
    lazy = [dossier(received_at=day(n), unit_id="U2") for n in working if n % 2]
    rows = asked(opened(tmp_path, *busy, *lazy), "quiet_days")
    assert [(row["unit_id"], row["day"]) for row in rows] == [("U1", day(28).date())]


def touched(n: int, minutes: float, **given: Any) -> dict[str, Any]:
    at = day(5, 9 + minutes * n / 60)
    return answer(device="K1", answered_at=at, survey_channel="kiosk", **given)


def test_a_device_pressed_again_and_again(tmp_path: Path) -> None:
    pressed = [touched(n, 1) for n in range(10)]
    slow = [answer(device="K2", answered_at=day(5, 9 + n)) for n in range(10)]
    paper = [answer(answered_at=day(5)) for _ in range(20)]
    (row,) = asked(opened(tmp_path, answers=[*pressed, *slow, *paper]), "survey_bursts")
    assert (row["device"], row["answer_n"], row["satisfied_n"]) == ("K1", 10, 10)


def test_nine_answers_are_no_burst(tmp_path: Path) -> None:
    assert not asked(opened(tmp_path, answers=[touched(n, 1) for n in range(9)]), "survey_bursts")


def test_news_of_a_later_batch_breaks_the_silence(tmp_path: Path) -> None:
    old = {"received_at": day(-90), "due_at": day(200)}
    snapshot = opened(
        tmp_path,
        dossier(dossier_code="QUIET", **old),
        dossier(dossier_code="NEWS", **old),
        dossier_change=[change("NEWS", "step_name", "Tiếp nhận", "Thẩm định")],
        batch=[batch(1), batch(2, data_at=day(10))],
    )
    assert found(snapshot, "silent") == {"QUIET"}
