"""Figures show what they are given: gaps stay gaps, zeros stay zeros."""

from __future__ import annotations

from datetime import date
from typing import Any

import plotly.graph_objects as go
import pytest

from pages.ui.chart import Style, folded, for_labels, told_apart
from pages.ui.chart_amounts import (
    Bar,
    Cell,
    few_that_make_most,
    filled,
    flat_bars,
    heat,
    pareto,
)
from pages.ui.chart_time import Break, Part, share_over_time, stacked_months
from pages.ui.palette import LIGHT

STYLE = Style(LIGHT, "vi")
MONTHS = [date(2024, n, 1) for n in (1, 2, 3, 4)]


def lines(figure: go.Figure) -> list[Any]:
    return [trace for trace in figure.data if trace.mode == "lines+markers"]


def test_numbers_in_figures_are_written_as_in_the_language() -> None:
    assert flat_bars([], STYLE, written=str).layout.separators == ",."
    assert flat_bars([], Style(LIGHT, "en"), written=str).layout.separators == ".,"


def test_a_month_without_a_value_breaks_the_line() -> None:
    figure = share_over_time(MONTHS, [0.9, None, 0.8, 0.7], STYLE, name="x", written=str)

    assert [list(trace.y) for trace in lines(figure)] == [[0.9], [0.8, 0.7]]


def test_no_line_crosses_a_day_on_which_the_meaning_changed() -> None:
    figure = share_over_time(
        MONTHS,
        [0.1, 0.2, 0.3, 0.4],
        STYLE,
        name="x",
        written=str,
        breaks=[Break(date(2024, 3, 1), "đổi")],
    )

    assert [list(trace.y) for trace in lines(figure)] == [[0.1, 0.2], [0.3, 0.4]]
    assert [note.text for note in figure.layout.annotations] == ["<b>0.4</b>", "đổi"]


def test_only_the_last_value_is_written_beside_the_line() -> None:
    figure = share_over_time(MONTHS, [0.9, 0.8, 0.7, None], STYLE, name="x", written=str)

    assert [(note.x, note.text) for note in figure.layout.annotations] == [
        (MONTHS[2], "<b>0.7</b>")
    ]


def test_only_a_month_still_open_is_a_hollow_point() -> None:
    figure = share_over_time(
        MONTHS[:2], [0.9, 0.8], STYLE, name="x", written=str, is_open=[False, True]
    )

    assert list(lines(figure)[0].marker.color) == [LIGHT.accent, LIGHT.background]


def test_a_time_axis_names_its_last_month_and_not_all_of_many() -> None:
    months = [date(2023 + n // 12, n % 12 + 1, 1) for n in range(18)]

    ticks = share_over_time(months, [0.5] * 18, STYLE, name="x", written=str).layout.xaxis.tickvals

    assert len(ticks) == 5
    assert ticks[-1] == date(2024, 6, 1)


def test_a_band_one_point_wide_has_no_dots() -> None:
    figure = share_over_time(MONTHS[:1], [0.9], STYLE, name="x", written=str, low=[0.8], high=[1.0])

    assert [trace.mode for trace in figure.data[:2]] == ["lines", "lines"]


def test_a_target_is_a_dotted_line() -> None:
    figure = share_over_time(
        MONTHS, [0.9] * 4, STYLE, name="x", written=str, target=0.87, target_label="mục tiêu"
    )

    (line,) = figure.layout.shapes
    assert (line.line.dash, line.y0, line.y1) == ("dot", 0.87, 0.87)


def test_only_open_months_are_hatched() -> None:
    figure = stacked_months(
        MONTHS[:2], [Part("Trước hạn", LIGHT.early, [5, 1])], STYLE, is_open=[False, True]
    )

    assert list(figure.data[0].marker.pattern.shape) == ["", "/"]


def test_shares_of_a_month_without_anything_are_not_invented() -> None:
    figure = stacked_months(
        MONTHS[:2],
        [Part("a", LIGHT.early, [1, 0]), Part("b", LIGHT.late, [3, 0])],
        STYLE,
        is_open=[False, False],
        shares=True,
    )

    assert list(figure.data[0].y) == [0.25, 0]


def test_bars_begin_at_zero_and_leave_room_for_their_number() -> None:
    low, high = flat_bars([Bar("a", 100, LIGHT.late)], STYLE, written=str).layout.xaxis.range

    assert low == 0
    assert high > 100


def test_two_names_cut_to_the_same_label_are_two_bars() -> None:
    name = "Chi nhánh Văn phòng Đăng ký đất đai thành phố và các huyện phía bắc số"
    bars = [Bar(f"{name} {n}", n, LIGHT.late) for n in (1, 2)]

    figure = flat_bars(bars, STYLE, written=str)

    assert list(figure.data[0].y) == [0, 1]
    assert figure.layout.yaxis.ticktext[0] == figure.layout.yaxis.ticktext[1]


def cells(*lines: list[float | None]) -> list[list[Cell | None]]:
    return [[None if n is None else Cell(str(n), "", n) for n in line] for line in lines]


def test_an_empty_cell_is_not_a_zero() -> None:
    figure = heat(["a", "b"], ["x"], cells([None], [0]), STYLE)

    assert list(figure.data[0].text) == ["0"]
    assert list(figure.data[0].y) == [1]


def test_the_darkest_cell_holds_most_and_a_total_has_no_colour() -> None:
    line = [*cells([1, 4])[0], Cell("5", "", None)]

    figure = heat(["a"], ["x", "y", "Tổng"], [line], STYLE)

    light, dark, total = figure.data[0].marker.color
    assert dark == LIGHT.lateness[1]
    assert light not in (dark, total)
    assert total == "rgba(0,0,0,0)"


def test_cells_are_numbered_as_a_click_gives_them_back() -> None:
    lines = cells([1, None], [2, 3])

    drawn = heat(["a", "b"], ["x", "y"], lines, STYLE).data[0]

    assert [cell.text for cell in filled(lines)] == list(drawn.text) == ["1", "2", "3"]


def test_a_pareto_is_ranked_and_adds_up_to_the_whole() -> None:
    bars = [Bar("ít", 1, LIGHT.late), Bar("nhiều", 3, LIGHT.late)]

    figure = pareto(bars, STYLE, written=str, shared=str, cumulated="Lũy kế", total=4)

    assert list(figure.data[0].x) == [3, 1]
    assert list(figure.data[1].x) == [0.75, 1.0]


def test_a_pareto_of_the_largest_only_does_not_claim_the_whole() -> None:
    bars = [Bar("a", 3, LIGHT.late)]

    figure = pareto(bars, STYLE, written=str, shared=str, cumulated="Lũy kế", total=6)

    assert list(figure.data[1].x) == [0.5]


@pytest.mark.parametrize(
    ("amounts", "few"), [([8, 1, 1], 1), ([5, 3, 2], 2), ([1, 1, 1, 1, 1], 4), ([3], 1)]
)
def test_how_few_make_up_four_fifths(amounts: list[int], few: int) -> None:
    assert few_that_make_most(amounts, sum(amounts)) == few


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Đất đai", "Đất đai"),
        ("Lao động – Thương binh và Xã hội", "Lao động – Thương<br>binh và Xã hội"),
        ("<b>x</b>", "&lt;b&gt;x&lt;/b&gt;"),
        ("", ""),
    ],
)
def test_labels_are_folded_and_never_markup(name: str, shown: str) -> None:
    assert folded(name, 20) == shown


def test_a_label_too_long_for_its_lines_ends_in_an_ellipsis() -> None:
    assert folded("một hai ba bốn năm sáu bảy tám", 8).endswith("…")


def test_branches_of_one_office_keep_what_tells_them_apart() -> None:
    names = [
        "Trung tâm Dịch vụ Đăng ký Cao Lộc",
        "Trung tâm Dịch vụ Đăng ký Lộc Bình",
        "Sở Y tế",
    ]

    assert told_apart(names) == [
        "Trung tâm … ký Cao Lộc",
        "Trung tâm … ký Lộc Bình",
        "Sở Y tế",
    ]


def test_namesakes_and_short_names_are_left_whole() -> None:
    assert told_apart(["Xã Tân Thành", "Xã Tân Thành"]) == ["Xã Tân Thành", "Xã Tân Thành"]
    assert told_apart(["Một hai ba bốn", "Một hai ba năm"]) == ["Một hai ba bốn", "Một hai ba năm"]


def test_columns_have_still_less_room() -> None:
    assert for_labels(["Ủy ban nhân dân phường Tam Thanh"]) == ["P. Tam Thanh"]
    assert for_labels(["Sở Nông nghiệp và Môi trường"]) == ["Sở NN&MT"]
    assert for_labels(["Hộ tịch"]) == ["Hộ tịch"]


def test_a_parent_is_named_only_between_namesakes() -> None:
    one, other = "Xã Tân Lập (Huyện A)", "Xã Tân Lập (Huyện B)"

    assert for_labels([one, "Xã Hòa Sơn"]) == ["Xã Tân Lập", "Xã Hòa Sơn"]
    assert for_labels([one, other]) == [one, other]


def test_the_hover_of_months_adds_their_parts_up() -> None:
    parts = [Part("a", LIGHT.early, [1, 0]), Part("b", LIGHT.late, [3, 2])]

    figure = stacked_months(MONTHS[:2], parts, STYLE, is_open=[False, False], total="Tổng")

    assert figure.data[-1].name == "Tổng"
    assert list(figure.data[-1].y) == [4, 2]


@pytest.mark.parametrize(("before", "side"), [(0.9, "top"), (0.3, "bottom")])
def test_the_last_value_stands_where_its_line_does_not_come_from(before: float, side: str) -> None:
    figure = share_over_time(MONTHS[:2], [before, 0.5], STYLE, name="x", written=str)

    (label,) = figure.layout.annotations
    assert (label.text, label.yanchor) == ("<b>0.5</b>", side)


def test_a_long_name_beside_a_bar_is_shortened_as_officials_do() -> None:
    assert folded("Ủy ban nhân dân xã An Thuận") == "UBND xã An Thuận"
    assert "Ủy ban" not in folded("Phòng thuộc Ủy ban nhân dân tỉnh")


def test_one_month_alone_is_not_a_bar_as_wide_as_the_page() -> None:
    part = Part("x", "#000000", [1])

    figure = stacked_months(MONTHS[:1], [part], STYLE, is_open=[False])
    first, last = figure.layout.xaxis.range

    assert figure.data[0].width == 20 * 24 * 3_600_000
    assert (last - first).days > 100
    four = Part("x", "#000000", [1] * 4)
    assert stacked_months(MONTHS, [four], STYLE, is_open=[False] * 4).data[0].width is None


def test_an_axis_of_shares_does_not_go_below_nothing() -> None:
    axis = share_over_time(MONTHS[:1], [0.3], STYLE, name="x", written=str).layout.yaxis

    assert axis.autorangeoptions.clipmin == 0
