"""Satisfaction: shares with their counts and certainty, scales apart, few answers kept back."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.conftest import OpenPage, counted, figures, links, texts
from tests.snapshots import answer, batch, build, day, finished, unit


def answers(n: int, level: str = "satisfied", **given: Any) -> list[dict[str, Any]]:
    return [answer(level, **given) for _ in range(n)]


def january(warehouse: Path) -> None:
    """Fifty answers of January 2024 to a hundred results: forty about U1, six about U2, four about
    U3 (one of them very dissatisfied); six more without an opinion."""
    build(
        warehouse,
        [finished(day(5)) for _ in range(100)],
        answers=[
            *answers(30, "very_satisfied"),
            *answers(8),
            *answers(2, "neutral"),
            *answers(6, unit_id="U2"),
            *answers(3, unit_id="U3"),
            *answers(1, "very_dissatisfied", unit_id="U3", comment="Chờ quá lâu"),
            *answers(6, "dont_know"),
        ],
        batch=[batch(kind="survey", source="survey")],
    )


def drawn(lines: list[dict[str, Any]]) -> set[str]:
    """The months at which a line has a point."""
    return {x for line in lines if line.get("mode") == "lines+markers" for x in line["x"]}


def charts(app: AppTest) -> list[dict[str, Any]]:
    return [json.loads(chart.proto.spec) for chart in app.get("plotly_chart")]


def test_figures_leave_out_who_had_no_opinion(warehouse: Path, open_page: OpenPage) -> None:
    january(warehouse)

    app = open_page("satisfaction")

    assert figures(app) == {
        "Hài lòng trở lên": "94,00%",
        "Bình thường": "4,00%",
        "Không hài lòng": "2,00%",
        "Phiếu có ý kiến": "50",
        "Tỷ lệ phản hồi": "56,00%",
    }
    assert [n for n, _, _ in counted(app)] == [47, 50, 2, 50, 1, 50, 56, 100]
    assert "ngoài ra 6 phiếu không có ý kiến" in texts(app)


def test_the_screen_says_where_neutral_answers_go(warehouse: Path, open_page: OpenPage) -> None:
    january(warehouse)

    said = texts(open_page("satisfaction"))

    assert "“Bình thường” nằm trong mẫu số nhưng không tính là hài lòng" in said


def test_a_mean_is_given_within_the_scale_only(warehouse: Path, open_page: OpenPage) -> None:
    scored = [*answers(6, "very_satisfied"), *answers(2)]
    faces = answers(7, scale_id="three_faces", score=3.0)
    build(warehouse, [finished(day(5))], answers=[*scored, *faces])

    assert "8 phiếu có ý kiến, điểm trung bình 4,75" in texts(open_page("satisfaction"))
    other = texts(open_page("satisfaction", scale="three_faces"))
    assert "7 phiếu có ý kiến, điểm trung bình 3,00" in other


def test_the_target_is_not_called_reached_where_the_answers_cannot_tell(
    warehouse: Path, open_page: OpenPage
) -> None:
    january(warehouse)

    said = texts(open_page("satisfaction"))

    assert "**94,0% hài lòng trở lên** (47/50 phiếu): chưa đủ phiếu để khẳng định" in said
    assert ": đạt mục tiêu" not in said


def test_a_unit_with_too_few_answers_keeps_them_to_itself(
    warehouse: Path, open_page: OpenPage
) -> None:
    january(warehouse)

    units = open_page("satisfaction").dataframe[0].value.set_index("name")

    assert units.loc["Xã U1", "satisfied_rate"] == 0.95
    assert units.loc["Xã U3", "n"] == 4
    assert units.loc["Xã U3", "remark"] == "Ẩn vì ít phiếu"
    hidden = ["satisfied_rate", "certainty", "satisfied", "very_dissatisfied"]
    assert units.loc["Xã U3"][hidden].isna().all()


def test_a_unit_kept_back_cannot_be_had_from_the_total(
    warehouse: Path, open_page: OpenPage
) -> None:
    january(warehouse)

    units = open_page("satisfaction").dataframe[0].value.set_index("name")

    # Total minus U1 and U2 would be U3: the smaller of the two is kept back as well.
    assert units["satisfied_rate"].isna().to_dict() == {
        "Xã U1": False,
        "Xã U2": True,
        "Xã U3": True,
    }


@pytest.mark.parametrize("chosen", ["U2", "U3"])
def test_a_unit_kept_back_is_not_shown_by_choosing_it(
    chosen: str, warehouse: Path, open_page: OpenPage
) -> None:
    january(warehouse)

    app = open_page("satisfaction", unit=chosen)

    assert list(figures(app)) == ["Tỷ lệ phản hồi"]
    assert not app.dataframe
    assert not app.get("plotly_chart")


def test_a_viewer_of_one_unit_sees_its_own_answers(warehouse: Path, open_page: OpenPage) -> None:
    january(warehouse)

    app = open_page("satisfaction", role="unit_leader", **{"as": "U2"})

    assert figures(app)["Phiếu có ý kiến"] == "6"


def test_few_answers_are_marked_and_not_ranked(warehouse: Path, open_page: OpenPage) -> None:
    build(
        warehouse,
        [finished(day(5))],
        answers=[
            *answers(40),
            *answers(36, unit_id="U2"),
            *answers(4, "neutral", unit_id="U2"),
            *answers(10, "dissatisfied", unit_id="U3"),
            *answers(20, "dissatisfied", unit_id="U4"),
        ],
    )

    app = open_page("satisfaction")

    table = app.dataframe[0].value
    assert list(table["name"]) == ["Xã U2", "Xã U1", "Xã U4", "Xã U3"]
    assert list(table["remark"]) == ["", "", "Ít phiếu", "Ít phiếu"]
    assert "Thấp nhất trong 2 đơn vị đủ phiếu để so sánh: **Xã U2**" in texts(app)


def test_a_small_month_does_not_come_out_of_the_quarter(
    warehouse: Path, open_page: OpenPage
) -> None:
    months = {8: 40, 40: 3, 70: 30}  # January, February, March
    build(
        warehouse,
        [finished(day(5))],
        answers=[one for at, n in months.items() for one in answers(n, answered_at=day(at))],
        meta={"data_at": day(90).isoformat()},
    )

    quarter = charts(open_page("satisfaction", period="2024-Q1"))[0]["data"]
    january = charts(open_page("satisfaction", period="2024-01"))[0]["data"]

    assert drawn(quarter) == {"2024-01-01"}
    assert drawn(january) == {"2024-01-01"}
    assert not charts(open_page("satisfaction", period="2024-03"))  # nor by choosing March alone
    counts = next(line for line in quarter if line["type"] == "bar")
    assert counts["customdata"] == ["40"]


def test_scales_are_never_added_up(warehouse: Path, open_page: OpenPage) -> None:
    build(
        warehouse,
        [finished(day(5))],
        answers=[*answers(8), *answers(5, "dissatisfied", scale_id="three_faces")],
    )

    assert figures(open_page("satisfaction"))["Phiếu có ý kiến"] == "8"
    other = open_page("satisfaction", scale="three_faces")
    assert figures(other)["Phiếu có ý kiến"] == "5"
    assert figures(other)["Hài lòng trở lên"] == "0%"


def test_a_scale_of_three_faces_shows_no_level_that_it_lacks(
    warehouse: Path, open_page: OpenPage
) -> None:
    build(
        warehouse,
        [finished(day(5))],
        answers=[*answers(9, scale_id="three_faces"), *answers(9, scale_id="own_scale")],
    )

    faces = open_page("satisfaction", scale="three_faces")
    own = open_page("satisfaction", scale="own_scale")

    assert len(charts(faces)[1]["data"][0]["x"]) == 3
    assert "very_satisfied" not in faces.dataframe[0].value
    assert len(charts(own)[1]["data"][0]["x"]) == 5


def test_comments_are_found_without_accents(warehouse: Path, open_page: OpenPage) -> None:
    build(
        warehouse,
        [finished(day(5))],
        answers=[*answers(4, comment="Rất tốt"), *answers(2, "neutral", comment="Chờ quá lâu")],
    )

    found = open_page("satisfaction", said="cho qua lau").dataframe[-1].value

    assert list(found["comment"]) == ["Chờ quá lâu", "Chờ quá lâu"]


def test_a_comment_does_not_name_a_unit_that_is_kept_back(
    warehouse: Path, open_page: OpenPage
) -> None:
    build(
        warehouse,
        [finished(day(5))],
        answers=[
            *answers(40, comment="Tốt"),
            *answers(3, "neutral", unit_id="U2", comment="Chờ lâu"),
            *answers(4, unit_id="U3"),
        ],
    )

    rows = open_page("satisfaction").dataframe[-1].value

    assert set(rows["of"]) == {"Xã U1", "(đơn vị ít phiếu)"}
    assert set(rows.columns) == {"level", "comment", "of"}


def test_numbers_of_persons_in_comments_are_for_roles_that_may_see_them(
    warehouse: Path, open_page: OpenPage
) -> None:
    told = "Gọi 0912 345 678 hoặc an.nguyen@example.vn, hồ sơ H01-240105-0001"
    build(warehouse, [finished(day(5))], answers=answers(6, comment=told))

    leader = open_page("satisfaction", role="province_leader").dataframe[-1].value
    steward = open_page("satisfaction", role="steward").dataframe[-1].value

    assert set(leader["comment"]) == {"Gọi *** hoặc ***, hồ sơ H***"}
    assert set(steward["comment"]) == {told}


def test_questions_stand_one_by_one_the_lowest_below_the_overall(
    warehouse: Path, open_page: OpenPage
) -> None:
    asked = [
        *answers(9),
        *answers(8, question_id="speed", is_overall=False, question_text="Thời gian"),
        *answers(1, "neutral", question_id="speed", is_overall=False, question_text="Thời gian"),
        *answers(9, question_id="staff", is_overall=False, question_text="Thái độ"),
        *answers(4, question_id="few", is_overall=False, question_text="Ít người trả lời"),
    ]
    build(warehouse, [finished(day(5))], answers=asked)

    app = open_page("satisfaction")

    table = app.dataframe[1].value
    assert list(table["name"]) == ["Đánh giá chung", "Thời gian", "Thái độ"]
    assert list(table["n"]) == [9, 9, 9]
    assert "Thấp nhất là “Thời gian”: 88,9% hài lòng trở lên (8/9)." in texts(app)


def test_who_asked_nobody_is_named_with_its_results(warehouse: Path, open_page: OpenPage) -> None:
    build(
        warehouse,
        [finished(day(5)) for _ in range(40)] + [finished(day(5), unit_id="U2") for _ in range(50)],
        answers=answers(10),
    )

    app = open_page("satisfaction")

    table = app.dataframe[1].value.set_index("name")
    assert list(table.index) == ["Xã U2", "Xã U1"]
    assert list(table.loc["Xã U2"]) == [50, 0, 0.0, "Chưa có phiếu"]
    assert table.loc["Xã U1", "response_rate"] == 0.25
    assert "1 trên 2 đơn vị không có phiếu nào cho 50 kết quả" in texts(app)


def test_a_warehouse_without_any_survey_says_what_to_do(
    warehouse: Path, open_page: OpenPage
) -> None:
    build(warehouse, [finished(day(5))], batch=[batch()])

    steward = open_page("satisfaction", role="steward")
    leader = open_page("satisfaction")

    assert [title.value for title in steward.subheader][:1] == ["Chưa có phiếu khảo sát nào"]
    assert steward.button(key="states.go").label == "Nạp dữ liệu"
    assert leader.button(key="states.go").label == "Nạp dữ liệu với vai trò Cán bộ dữ liệu"
    assert not leader.metric


def test_a_unit_without_surveys_is_told_from_a_period_without(
    warehouse: Path, open_page: OpenPage
) -> None:
    build(
        warehouse,
        [finished(day(5)), finished(day(35)), finished(day(5), unit_id="U2")],
        answers=answers(9),
        units=[unit("U1"), unit("U2")],
        batch=[batch(kind="survey", source="survey")],
        meta={"data_at": day(50).isoformat()},
    )

    never = open_page("satisfaction", unit="U2", period="2024-01")
    not_now = open_page("satisfaction", period="2024-02")

    assert "Từ trước đến nay chưa có phiếu khảo sát nào của **Xã U2**" in texts(never)
    assert "Không có phiếu khảo sát nào khớp với: **Tháng 2/2024**" in texts(not_now)
    assert [address["measure"] for _, address in links(never)] == ["resolved"]
    assert not never.metric


def test_a_month_still_open_is_called_provisional(warehouse: Path, open_page: OpenPage) -> None:
    build(
        warehouse,
        [finished(day(5))],
        answers=[*answers(9), *answers(9, answered_at=day(35))],
        meta={"data_at": day(40).isoformat()},
    )

    assert "Chấm rỗng: tháng chưa hết" in texts(open_page("satisfaction", period="2024-02"))
    assert "tháng chưa hết" not in texts(open_page("satisfaction", period="2024-01"))


def test_the_overview_draws_the_same_months(warehouse: Path, open_page: OpenPage) -> None:
    january(warehouse)

    lines = [
        [line for line in chart["data"] if line.get("mode") == "lines+markers"]
        for key in ("satisfaction", "overview")
        for chart in charts(open_page(key))
        if any("94,0%" in line.get("text", []) for line in chart["data"])
    ]

    assert len(lines) == 2
    assert lines[0] == lines[1]
