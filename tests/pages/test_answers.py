"""The list of answers holds as many as the figure says, and singles nobody out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.conftest import OpenPage, click_cell, click_point, counted, links, listed, texts
from tests.snapshots import answer, build, day, finished, unit

LEVELS = ("very_satisfied", "satisfied", "neutral", "dissatisfied", "very_dissatisfied")


def answers(n: int, level: str = "satisfied", **given: Any) -> list[dict[str, Any]]:
    return [answer(level, **given) for _ in range(n)]


def january(warehouse: Path) -> None:
    """Answers of every level about two units, a second question, a second scale, other months."""
    speed = {"question_id": "speed", "question_text": "Thời gian", "is_overall": False}
    build(
        warehouse,
        [finished(day(5)) for _ in range(35)]
        + [finished(day(5), unit_id="U2", field_name=None) for _ in range(20)]
        + [finished(day(-20), received_at=day(-25)) for _ in range(5)],
        answers=[
            *answers(9, "very_satisfied", survey_channel="online"),
            *answers(8),
            *answers(3, "neutral", unit_id="U2", field_name="Đất đai"),
            *answers(2, "dissatisfied", unit_id="U2", field_name=None),
            *answers(1, "very_dissatisfied", unit_id="U2", comment="Chờ quá lâu"),
            *answers(2, "dont_know"),
            *answers(7, "neutral", **speed),
            *answers(6, scale_id="three_faces", survey_channel="kiosk"),
            *answers(9, answered_at=day(-20)),
        ],
        units=[unit("U1"), unit("U2", parent_id="U1")],
    )


def opened(open_page: OpenPage, **address: str) -> AppTest:
    return open_page("answers", **{"period": "2024-01", "scale": "five_level", **address})


def test_every_number_of_a_tile_leads_to_as_many_answers(
    warehouse: Path, open_page: OpenPage
) -> None:
    january(warehouse)

    app = open_page("satisfaction", period="2024-01")
    numbers = counted(app)

    assert [n for n, _, _ in numbers] == [17, 23, 3, 23, 3, 23, 38, 55]
    for number, screen, address in numbers:
        assert listed(open_page(screen, **address)) == number
    (answers_n,) = [link for link in links(app) if link[1].get("measure") == "n"][-1:]
    assert listed(open_page(answers_n[0], **answers_n[1])) == 23


def test_every_bar_of_the_levels_leads_to_its_answers(warehouse: Path, open_page: OpenPage) -> None:
    january(warehouse)

    counted = [
        listed(
            click_point(open_page("satisfaction", period="2024-01"), "satisfaction.levels", 0, at)
        )
        for at in range(len(LEVELS))
    ]

    assert counted == [9, 8, 3, 2, 1]


@pytest.mark.parametrize("by", ["unit", "field", "survey_channel"])
def test_every_number_of_the_table_leads_to_its_answers(
    by: str, warehouse: Path, open_page: OpenPage
) -> None:
    january(warehouse)
    address = {"by": by, "period": "2024-01"}
    table = open_page("satisfaction", **address).dataframe[0].value
    cells = [
        (row, name, table[name].iloc[row])
        for row in range(len(table))
        for name in ("n", *LEVELS, "dont_know")
        if table["remark"].iloc[row] != "Ẩn vì ít phiếu" and table[name].iloc[row]
    ]

    counted = [
        listed(
            click_cell(open_page("satisfaction", **address), f"satisfaction.{by}.table", row, name)
        )
        for row, name, _ in cells
    ]

    assert len(cells) >= 4
    assert counted == [number for _, _, number in cells]


def test_every_number_of_a_question_leads_to_its_answers(
    warehouse: Path, open_page: OpenPage
) -> None:
    january(warehouse)

    app = open_page("satisfaction", period="2024-01")
    counted = [
        listed(click_cell(app, "satisfaction.questions.table", 1, "neutral")),
        listed(
            click_cell(
                open_page("satisfaction", period="2024-01"), "satisfaction.questions.table", 0, "n"
            )
        ),
    ]

    assert counted == [7, 23]


def test_answers_and_results_of_the_response_rate_can_be_opened(
    warehouse: Path, open_page: OpenPage
) -> None:
    january(warehouse)

    def number(row: int, column: str) -> int:
        app = open_page("satisfaction", period="2024-01")
        return listed(click_cell(app, "satisfaction.response-unit.table", row, column))

    rates = open_page("satisfaction", period="2024-01").dataframe[2].value
    assert list(rates["name"]) == ["Xã U1", "Xã U2"]
    for row in range(2):
        for column in ("response_rate_numerator", "response_rate_denominator"):
            assert number(row, column) == rates[column].iloc[row]
    assert rates["response_rate_denominator"].sum() == 55


def test_a_row_tells_neither_day_nor_dossier(warehouse: Path, open_page: OpenPage) -> None:
    january(warehouse)

    shown = opened(open_page, measure="any_dissatisfied").dataframe[0].value

    assert set(shown.columns) == {"level", "comment", "of"}


def test_responses_do_not_tell_how_they_were_answered(warehouse: Path, open_page: OpenPage) -> None:
    january(warehouse)

    shown = opened(open_page, measure="responses").dataframe[0].value

    assert len(shown) == 38
    assert not {"level", "comment"} & set(shown.columns)


def test_a_list_of_a_group_that_is_kept_back_stays_closed(
    warehouse: Path, open_page: OpenPage
) -> None:
    build(
        warehouse,
        [finished(day(5))],
        answers=[*answers(30), *answers(3, unit_id="U2"), *answers(7, unit_id="U3")],
    )

    for narrowed in ({"at_unit": "U2"}, {"at_unit": "U3"}, {"unit": "U3"}):
        app = opened(open_page, **narrowed)
        assert not app.dataframe
        assert app.info[-1].icon == ":material/lock:"
    assert len(opened(open_page, at_unit="U1").dataframe[0].value) == 30


def test_a_narrowing_can_be_taken_away(warehouse: Path, open_page: OpenPage) -> None:
    january(warehouse)

    app = opened(open_page, question="speed", source="survey")
    assert listed(app) == 7
    assert app.button(key="answers.without.question").label.endswith("Thời gian")
    app.button(key="answers.without.question").click().run()

    assert listed(app) == 23


def test_a_search_that_finds_nothing_offers_a_way_out(warehouse: Path, open_page: OpenPage) -> None:
    january(warehouse)

    app = opened(open_page, search="không có")

    assert "Không có phiếu khảo sát nào khớp" in texts(app)
    app.button(key="states.clear").click().run()
    assert listed(app) > 0
