"""The online screen: shares with their counts, small numbers marked, breaks never crossed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from pages.leaders import online_figures, online_pictures
from pipeline.settings import SeriesBreak, Settings, settings
from tests.pages.conftest import (
    OpenPage,
    click_cell,
    click_point,
    counted,
    figures,
    listed,
    texts,
)
from tests.snapshots import batch, build, day, dossier, unit


def received(n: int, **given: Any) -> list[dict[str, Any]]:
    return [dossier(**given) for _ in range(n)]


def january(warehouse: Path) -> None:
    """Forty dossiers of January 2024: thirty of U1 with twelve online, ten of U2 with none."""
    build(
        warehouse,
        [
            *received(8, channel="online_full"),
            *received(4, channel="online_partial"),
            *received(17),
            *received(1, channel="post"),
            *received(10, unit_id="U2", field_name="Đất đai", procedure_code="1.000002"),
        ],
        procedure=[
            offered("1.000001", "Đăng ký khai sinh", "online_full"),
            offered("1.000002", "Cấp giấy chứng nhận", "online_partial"),
            offered("1.000003", "Việc chỉ làm tại quầy", "none"),
        ],
        batch=[batch(), batch(2, kind="procedure", source="procedure_list")],
    )


def offered(code: str, name: str, level: str) -> dict[str, Any]:
    return {
        "procedure_code": code,
        "procedure_name": name,
        "field_name": None,
        "online_level": level,
    }


def chart(app: AppTest, number: int) -> dict[str, Any]:
    return dict(json.loads(app.get("plotly_chart")[number].proto.spec))


def test_each_channel_is_a_share_of_all_that_came_in(warehouse: Path, open_page: OpenPage) -> None:
    january(warehouse)

    app = open_page("online")

    assert figures(app) == {
        "Nộp trực tuyến": "30,00%",
        "Trực tuyến toàn trình": "20,00%",
        "Trực tuyến một phần": "10,00%",
        "Nộp trực tiếp": "67,50%",
        "Qua bưu chính": "2,50%",
    }
    assert [n for n, _, _ in counted(app)] == [12, 40, 8, 40, 4, 40, 27, 40, 1, 40]


def test_every_number_of_a_tile_leads_to_as_many_dossiers(
    warehouse: Path, open_page: OpenPage
) -> None:
    rows = [*received(3, channel="online_full"), *received(2, channel="online_partial")]
    rows += [*received(1, channel="post"), *received(4)]
    carried_over = received(5, channel="online_full", received_at=day(-20))
    build(warehouse, [*rows, *carried_over])

    numbers = counted(open_page("online", period="2024-01"))

    assert [n for n, _, _ in numbers] == [5, 10, 3, 10, 2, 10, 4, 10, 1, 10]
    for number, screen, address in numbers:
        assert listed(open_page(screen, **address)) == number


def test_every_bar_of_the_channels_leads_to_its_dossiers(
    warehouse: Path, open_page: OpenPage
) -> None:
    build(
        warehouse,
        [*received(3), *received(2, channel="unknown"), *received(4, received_at=day(-20))],
    )
    (bars,) = chart(open_page("online", period="2024-01"), 1)["data"]

    opened = [
        listed(click_point(open_page("online", period="2024-01"), "online.channels", 0, at))
        for at in range(2)
    ]

    assert opened == bars["x"] == [3, 2]


@pytest.mark.parametrize("by", ["unit", "field", "procedure"])
def test_every_number_of_the_table_leads_to_its_dossiers(
    by: str, warehouse: Path, open_page: OpenPage
) -> None:
    build(
        warehouse,
        [
            *received(3, channel="online"),
            *received(2, channel="post", unit_id="U2", field_name=None, procedure_code=None),
            *received(1, channel="unknown", unit_id="U2", procedure_code="1.2"),
            *received(4, channel="online", received_at=day(-20)),
        ],
        units=[unit("U1"), unit("U2", parent_id="U1")],
    )
    address = {"by": by, "period": "2024-01"}
    table = open_page("online", **address).dataframe[0].value
    numbers = [
        (row, name, table[name].iloc[row])
        for row in range(len(table))
        for name in ("received_in_period", "online_in_period", "post", "channel_unknown")
    ]

    opened = [
        listed(click_cell(open_page("online", **address), f"online.by.{by}", row, name))
        for row, name, _ in numbers
    ]

    assert opened == [number for _, _, number in numbers]
    assert sum(table["received_in_period"]) == 6


def test_the_sentence_names_what_could_have_come_online(
    warehouse: Path, open_page: OpenPage
) -> None:
    january(warehouse)

    said = texts(open_page("online"))

    assert "**30,0% hồ sơ được nộp trực tuyến** (12/40" in said
    assert "nộp cách khác nhiều nhất: **Đăng ký khai sinh**, 18/30 hồ sơ" in said
    assert "1 thủ tục có trực tuyến mà trong kỳ chưa ai dùng (10 hồ sơ" in said
    assert "chưa rõ hình thức nộp" not in said


def test_few_dossiers_are_marked_and_not_ranked_first(warehouse: Path, open_page: OpenPage) -> None:
    january(warehouse)

    units = open_page("online").dataframe[0].value

    assert list(units["name"]) == ["Xã U1", "Xã U2"]  # U2 has the lower share, of 10 only
    assert list(units["online_rate"]) == [0.4, 0.0]
    assert list(units["remark"]) == ["", "Ít hồ sơ"]


def test_a_procedure_offered_at_the_counter_only_is_not_called_unused(
    warehouse: Path, open_page: OpenPage
) -> None:
    january(warehouse)

    never = open_page("online").dataframe[1].value

    assert list(never["procedure_code"]) == ["1.000002"]


def test_a_procedure_not_always_used_is_told_from_one_never_used(
    warehouse: Path, open_page: OpenPage
) -> None:
    january(warehouse)

    app = open_page("online", offered="partly")

    partly = app.dataframe[1].value
    assert list(partly["procedure_code"]) == ["1.000001"]
    assert list(partly["counter"] + partly["post"]) == [18]
    opened = click_cell(app, "online.offered.partly", 0, "counter")
    assert listed(opened) == 17


def test_without_a_list_of_procedures_nothing_is_said_about_unused_ones(
    warehouse: Path, open_page: OpenPage
) -> None:
    build(warehouse, received(3), batch=[batch()])

    said = texts(open_page("online"))

    assert "Chưa nạp danh mục thủ tục" in said
    assert "chưa ai dùng" not in said


def test_no_line_crosses_a_day_on_which_the_meaning_changed(
    warehouse: Path, open_page: OpenPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken: Settings = settings().model_copy(
        update={
            "online_series_breaks": (
                SeriesBreak(on=day(31).date(), label_vi="Mức mới", label_en="New", source="QĐ"),
            )
        }
    )
    for part in (online_figures, online_pictures):
        monkeypatch.setattr(part, "settings", lambda: broken)
    build(
        warehouse,
        [
            dossier(received_at=day(n), due_at=day(n + 9), channel="online")
            for n in (-20, 5, 40, 70)
        ],
    )

    app = open_page("online", period="2024", as_of="2024-03-31")

    lines = [line for line in chart(app, 0)["data"] if line.get("mode") == "lines+markers"]
    assert [[x[:7] for x in line["x"]] for line in lines] == [
        ["2023-12", "2024-01"],
        ["2024-02", "2024-03"],
    ]
    assert "đi qua ngày 01/02/2024: Mức mới (QĐ)" in "".join(info.value for info in app.info)


def test_a_filter_that_leaves_nothing_says_so(warehouse: Path, open_page: OpenPage) -> None:
    january(warehouse)

    app = open_page("online", period="2023")

    assert "Không có hồ sơ nào khớp" in texts(app)
    assert not app.metric


def test_the_plain_share_is_told_from_the_one_of_index_766(
    warehouse: Path, open_page: OpenPage
) -> None:
    january(warehouse)

    said = texts(open_page("online"))

    assert "hồ sơ tiếp nhận trong kỳ = 12 / 40 = 30,00%" in said
    assert "nhân với tỷ lệ đồng bộ" in said


def test_a_click_on_a_month_shows_that_month(warehouse: Path, open_page: OpenPage) -> None:
    build(
        warehouse,
        [*received(3, channel="online"), *received(2, received_at=day(-20), channel="online")],
    )

    app = click_point(open_page("online", period="2024-01"), "online.months.2024-01", 0, 0)

    assert app.query_params["period"] == "2023-12"
    assert [n for n, _, _ in counted(app)][:2] == [2, 2]


def test_units_of_one_name_are_told_apart_and_others_stay_short(
    warehouse: Path, open_page: OpenPage
) -> None:
    build(
        warehouse,
        [dossier(unit_id="U1"), dossier(unit_id="U2"), dossier(unit_id="U3")],
        units=[
            unit("P1", unit_name="Huyện A"),
            unit("P2", unit_name="Huyện B"),
            unit("U1", unit_name="Xã Hòa", parent_id="P1"),
            unit("U2", unit_name="Xã Hòa", parent_id="P2"),
            unit("U3", unit_name="Xã Bình", parent_id="P2"),
        ],
    )

    names = set(open_page("online").dataframe[0].value["name"])

    assert names == {"Xã Hòa (Huyện A)", "Xã Hòa (Huyện B)", "Xã Bình"}


def test_a_source_that_tells_no_channel_is_not_called_never_online(
    warehouse: Path, open_page: OpenPage
) -> None:
    build(
        warehouse,
        [*received(40, channel="unknown"), *received(30, unit_id="U2", channel="online")],
    )

    app = open_page("online")

    assert "**40/70 hồ sơ không rõ nộp bằng hình thức nào**" in texts(app)
    assert "Không có hồ sơ nào nộp trực tuyến" not in texts(app)
    units = app.dataframe[0].value
    assert list(units["name"]) == ["Xã U2", "Xã U1"]
    assert list(units["remark"]) == ["", "Không rõ hình thức"]


@pytest.mark.parametrize(
    ("by", "names"), [("procedure", ["A", "B"]), ("field", ["Hộ tịch", "Chứng thực"])]
)
def test_what_is_not_offered_online_is_not_ranked_as_the_lowest(
    by: str, names: list[str], warehouse: Path, open_page: OpenPage
) -> None:
    build(
        warehouse,
        [
            *received(31, channel="online", procedure_code="1.1", procedure_name="A"),
            *received(40, procedure_code="1.2", procedure_name="B", field_name="Chứng thực"),
        ],
        procedure=[offered("1.1", "A", "online_full"), offered("1.2", "B", "none")],
        batch=[batch(), batch(2, kind="procedure", source="procedure_list")],
    )

    table = open_page("online", by=by).dataframe[0].value

    assert list(table["remark"]) == ["", "Chưa có trực tuyến"]
    assert list(table["name"]) == names
