"""Figures that offices published, recomputed from dossiers with the same totals."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.snapshots import Board, answer, build, day, dossier, finished

AS_OF = day(300)


def test_lang_son_five_years(tmp_path: Path) -> None:
    ask = Board(
        build(
            tmp_path,
            copies=[
                (finished(day(3), channel="online_full"), 315_494),
                (finished(day(3)), 509_254 - 315_494),
                (finished(day(12)), 306),
                (dossier(due_at=day(400)), 521_756 - 509_560),
            ],
        ),
        AS_OF,
    )
    summary = ask.one("summary")
    assert summary["received"] == 521_756
    assert summary["resolved"] == 509_560
    assert summary["early"] + summary["on_time"] == 509_254
    assert summary["late"] == 306
    assert summary["online_rate_numerator"] == 315_494
    assert summary["online_rate_denominator"] == 521_756
    # 60.4678 %: half-up prints 60.47; the article truncated to 60.46.
    assert summary["online_rate"] == pytest.approx(0.604678, abs=1e-6)
    assert [row["difference"] for row in ask("identities")] == [0] * 15


def test_lang_son_survey_is_all_satisfied_and_the_response_rate_says_how_few_answered(
    tmp_path: Path,
) -> None:
    very, plain = answer("very_satisfied"), answer("satisfied")
    answers = [very | {"response_id": f"a{n}"} for n in range(29_266)]
    answers += [plain | {"response_id": f"b{n}"} for n in range(1_202)]
    ask = Board(build(tmp_path, answers=answers, copies=[(finished(day(3)), 509_560)]), AS_OF)
    row = ask.one("satisfaction")
    assert (row["n"], row["satisfied_rate"], row["satisfied_high"]) == (30_468, 1.0, 1.0)
    assert row["satisfied_low"] < 1.0
    assert ask.one("response_rate")["response_rate"] == 30_468 / 509_560


def test_tay_mo_nine_months_do_not_add_up_and_the_board_says_by_how_much(tmp_path: Path) -> None:
    early, on_time, late, in_progress, received = 4_947, 990, 6, 13, 5_957
    ask = Board(
        build(
            tmp_path,
            copies=[
                (finished(day(3)), early),
                (finished(day(10)), on_time),
                (finished(day(12)), late),
                (dossier(due_at=day(400)), in_progress),
            ],
        ),
        AS_OF,
    )
    summary = ask.one("summary")
    assert summary["resolved"] == 5_943
    assert summary["early"] / summary["resolved"] == pytest.approx(0.832, abs=5e-4)
    assert summary["late_rate"] == pytest.approx(0.001, abs=5e-4)
    assert received - summary["received"] == 1


def test_ham_thuan_bac_every_late_dossier_has_its_apology(tmp_path: Path) -> None:
    late = [dossier(dossier_code=f"L{n}", due_at=day(10)) for n in range(165)]
    letters = [
        {
            "system": "S",
            "dossier_code": row["dossier_code"],
            "batch_no": 1,
            "ordinal": 1,
            "issued_at": day(9) if n < 100 else day(11),
        }
        for n, row in enumerate(late)
    ]
    ask = Board(build(tmp_path, late, apology=letters), AS_OF)
    row = ask.one("apology_funnel")
    assert (row["late_now_with_letter"], row["late_now"]) == (165, 165)
    assert row["late_now_in_time"] == 100


def test_ham_thuan_bac_online(tmp_path: Path) -> None:
    copies = [(dossier(channel="online"), 340), (dossier(), 5)]
    summary = Board(build(tmp_path, copies=copies), AS_OF).one("summary")
    assert (summary["online_rate_numerator"], summary["online_rate_denominator"]) == (340, 345)
    assert summary["online_level_unknown"] == 340
