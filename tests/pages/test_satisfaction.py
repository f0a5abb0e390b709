"""Satisfaction: shares with their counts and certainty, scales apart, few answers kept back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.pages.conftest import OpenPage, figures, texts
from tests.snapshots import answer, build, day, finished


def answers(n: int, level: str = "satisfied", **given: Any) -> list[dict[str, Any]]:
    return [answer(level, **given) for _ in range(n)]


def january(warehouse: Path) -> None:
    """Forty answers about U1 and four about U2 to a hundred results; 41 of the 44 satisfied."""
    build(
        warehouse,
        [finished(day(5)) for _ in range(100)],
        answers=[
            *answers(30, "very_satisfied"),
            *answers(8),
            *answers(2, "neutral"),
            *answers(3, unit_id="U2"),
            *answers(1, "very_dissatisfied", unit_id="U2", comment="Chờ quá lâu"),
            *answers(6, "dont_know"),
        ],
    )


def test_figures_leave_out_who_had_no_opinion(warehouse: Path, open_page: OpenPage) -> None:
    january(warehouse)

    app = open_page("satisfaction")

    assert figures(app) == {
        "Hài lòng trở lên": "93,18%",
        "Không hài lòng": "2,27%",
        "Phiếu có ý kiến": "44",
        "Tỷ lệ phản hồi": "50,00%",
    }
    assert {"41 / 44", "1 / 44", "50 / 100"} <= {caption.value for caption in app.caption}


def test_the_target_is_not_called_reached_where_the_answers_cannot_tell(
    warehouse: Path, open_page: OpenPage
) -> None:
    january(warehouse)

    said = texts(open_page("satisfaction"))

    assert "**93,2% hài lòng trở lên** (41/44 phiếu): chưa đủ phiếu để khẳng định" in said
    assert ": đạt mục tiêu" not in said


def test_a_unit_with_too_few_answers_keeps_them_to_itself(
    warehouse: Path, open_page: OpenPage
) -> None:
    january(warehouse)

    units = open_page("satisfaction").dataframe[0].value.set_index("group_label")

    assert units.loc["Xã U1", "satisfied_rate"] == 0.95
    assert units.loc["Xã U2", "n"] == 4
    assert units.loc["Xã U2", "remark"] == "Dưới 5 phiếu"
    assert units.loc["Xã U2"][["satisfied_rate", "satisfied", "very_dissatisfied"]].isna().all()


def test_scales_are_never_added_up(warehouse: Path, open_page: OpenPage) -> None:
    build(
        warehouse,
        [finished(day(5))],
        answers=[*answers(8), *answers(5, "dissatisfied", scale_id="three_level")],
    )

    assert figures(open_page("satisfaction"))["Phiếu có ý kiến"] == "8"
    other = open_page("satisfaction", scale="three_level")
    assert figures(other)["Phiếu có ý kiến"] == "5"
    assert figures(other)["Hài lòng trở lên"] == "0%"


def test_comments_are_found_without_accents(warehouse: Path, open_page: OpenPage) -> None:
    build(
        warehouse,
        [finished(day(5))],
        answers=[*answers(4, comment="Rất tốt"), *answers(2, "neutral", comment="Chờ quá lâu")],
    )

    found = open_page("satisfaction", search="cho qua lau").dataframe[-1].value

    assert list(found["comment"]) == ["Chờ quá lâu", "Chờ quá lâu"]


def test_the_public_reads_no_comment(warehouse: Path, open_page: OpenPage) -> None:
    build(warehouse, [finished(day(5))], answers=answers(9, comment="Chờ quá lâu"))

    app = open_page("satisfaction", role="public")

    assert figures(app)["Phiếu có ý kiến"] == "9"
    assert "Người dân viết" not in texts(app)
    assert all("comment" not in table.value.columns for table in app.dataframe)


def test_a_period_without_answers_says_so(warehouse: Path, open_page: OpenPage) -> None:
    build(warehouse, [finished(day(5))])

    app = open_page("satisfaction")

    assert "Không có hồ sơ nào khớp" in texts(app)
    assert not app.metric


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

    pictures = [
        chart.proto.spec
        for key in ("satisfaction", "overview")
        for chart in open_page(key).get("plotly_chart")
        if "93,2%" in chart.proto.spec
    ]

    assert len(pictures) == 2
    assert pictures[0] == pictures[1]
