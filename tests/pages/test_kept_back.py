"""What a subtraction would tell of few answers is kept back, whichever filter asks for it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.pages.conftest import OpenPage, figures, texts
from tests.pages.test_satisfaction import answers, charts, drawn
from tests.snapshots import answer, batch, build, day, finished


def quarter(warehouse: Path) -> None:
    """Answers of the three months of a quarter: forty, thirty, three."""
    build(
        warehouse,
        [finished(day(5))],
        answers=[
            *answers(40, answered_at=day(5)),
            *answers(30, answered_at=day(40)),
            *answers(3, answered_at=day(70)),
        ],
        batch=[batch(kind="survey", source="survey")],
    )


@pytest.mark.parametrize(("month", "is_shown"), [("2024-01", True), ("2024-02", False)])
def test_a_month_that_would_give_another_of_its_quarter_away_is_not_shown_alone(
    warehouse: Path, open_page: OpenPage, month: str, is_shown: bool
) -> None:
    quarter(warehouse)
    app = open_page("satisfaction", period=month, as_of="2024-04-15")
    assert ("Hài lòng trở lên" in figures(app)) is is_shown
    assert ("trong quý có tháng khác dưới 5 phiếu" in texts(app)) is not is_shown
    whole = open_page("satisfaction", period="2024-Q1", as_of="2024-04-15")
    assert figures(whole)["Phiếu có ý kiến"] == "73"


def test_a_picture_shows_no_month_in_which_the_unit_is_kept_back(
    warehouse: Path, open_page: OpenPage
) -> None:
    build(
        warehouse,
        [finished(day(5)), finished(day(5), unit_id="U2"), finished(day(5), unit_id="U3")],
        answers=[
            *answers(40, answered_at=day(5)),
            *answers(6, unit_id="U2", answered_at=day(5)),
            *answers(3, unit_id="U3", answered_at=day(5)),  # January minus U1 and U2 is U3
            *answers(40, answered_at=day(40)),
            *answers(9, unit_id="U2", answered_at=day(40)),
            *answers(9, unit_id="U3", answered_at=day(40)),
        ],
        batch=[batch(kind="survey", source="survey")],
    )
    app = open_page("overview", period="2024-Q1", unit="U2", as_of="2024-04-15")
    shown = {month for one in charts(app) for month in drawn(one["data"])}
    assert "2024-02-01" in shown
    assert "2024-01-01" not in shown


@pytest.mark.parametrize(("unit_id", "is_shown"), [("U1", True), ("U2", False), ("U3", False)])
def test_a_unit_whose_answers_are_kept_back_shows_none_here_either(
    warehouse: Path, open_page: OpenPage, unit_id: str, is_shown: bool
) -> None:
    units = ["U1"] * 40 + ["U2"] * 6 + ["U3"] * 3  # the total minus U1 and U2 would be U3
    build(
        warehouse,
        [finished(day(5), unit_id=one) for one in ("U1", "U2", "U3")],
        answers=[answer(unit_id=one) for one in units],
        batch=[batch(kind="survey", source="survey")],
    )
    app = open_page("overview", period="2024-01", unit=unit_id, as_of="2024-01-31")
    assert (figures(app)["Hài lòng trở lên"] != "—") is is_shown
    assert ("Hài lòng trở lên theo tháng" in texts(app)) is is_shown
