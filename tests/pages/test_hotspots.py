"""The hot spots: late dossiers by place, few are not ranked, officers for their leaders."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from streamlit.testing.v1 import AppTest

from pages.ui.palette import LIGHT
from tests.pages.conftest import OpenPage, drawn, figures, links, listed, texts
from tests.snapshots import build, day, dossier, finished

AS_OF = "2024-01-31"


def times(n: int, **given: Any) -> list[dict[str, Any]]:
    return [finished(day(5), **given) for _ in range(n)]


def late(n: int, **given: Any) -> list[dict[str, Any]]:
    return [finished(day(14), **given) for _ in range(n)]


def january(warehouse: Path) -> None:
    """65 dossiers: land in U1 is late 8 of 32 times; of U2's 3 dossiers 2 are overdue."""
    land = {"field_name": "Đất đai", "procedure_code": "1.000002", "procedure_name": "Biến động"}
    build(
        warehouse,
        [
            *late(8, **land, officer_name="Lê Văn Cường"),
            *times(24, **land),
            *times(30),
            *(dossier(due_at=day(20), unit_id="U2", field_name="Xây dựng") for _ in range(2)),
            dossier(due_at=day(60), unit_id="U2", field_name="Xây dựng"),
        ],
    )


def cells(app: AppTest) -> dict[tuple[int, int], str]:
    """(row, column) -> what stands in the cell of the heat map."""
    (bars,) = drawn(app, "hotspots.heat")["data"]
    return {
        (row, round(base + 0.48)): text
        for row, base, text in zip(bars["y"], bars["base"], bars["text"], strict=True)
    }


def test_the_figures_add_up_to_all_late_dossiers(warehouse: Path, open_page: OpenPage) -> None:
    january(warehouse)

    app = open_page("hotspots", as_of=AS_OF)

    assert figures(app) == {
        "Trễ hạn": "10",
        "Đã giải quyết quá hạn": "8",
        "Đang quá hạn": "2",
        "Tồn quá 90 ngày": "0",
    }
    captions = [caption.value for caption in app.caption]
    assert "15,38% của 65 hồ sơ phải giải quyết" in captions
    assert "12,90% của 62 hồ sơ đã giải quyết có hạn" in captions
    assert "66,67% của 3 hồ sơ đang giải quyết" in captions


def test_the_sentence_names_field_and_place_with_their_counts(
    warehouse: Path, open_page: OpenPage
) -> None:
    january(warehouse)

    said = texts(open_page("hotspots", as_of=AS_OF))

    assert "**10 hồ sơ trễ hạn**, bằng 15,4% của 65 hồ sơ phải giải quyết" in said
    assert "8 đã trả quá hạn, 2 đang quá hạn" in said
    assert "**Đất đai** chiếm 80,0% số hồ sơ trễ hạn (8/10)" in said
    assert "49,2% số hồ sơ phải giải quyết (32/65)" in said
    assert "đã tiếp nhận hơn 90 ngày" not in said
    assert "Biến động tại Xã U1, 8 trong 32 hồ sơ (25,0%)" in said


def test_only_a_field_late_beyond_its_share_stands_out(
    warehouse: Path, open_page: OpenPage
) -> None:
    build(warehouse, [*late(6, field_name="Hộ tịch"), *times(40, field_name="Đất đai")])

    app = open_page("hotspots", as_of=AS_OF)

    assert "trễ nhiều hơn hẳn tỷ trọng hồ sơ của mình (Hộ tịch)" in texts(app)
    figure = drawn(app, "hotspots.fields")
    assert figure["layout"]["yaxis"]["ticktext"] == ["Hộ tịch  "]
    assert figure["data"][0]["marker"]["color"] == [LIGHT.late]


def test_land_is_not_singled_out_for_its_name(warehouse: Path, open_page: OpenPage) -> None:
    build(warehouse, [*late(6, field_name="Đất đai"), *late(6), *times(30, field_name="Đất đai")])

    app = open_page("hotspots", as_of=AS_OF)

    figure = drawn(app, "hotspots.fields")
    names = [name.strip() for name in figure["layout"]["yaxis"]["ticktext"]]
    colours = dict(zip(names, figure["data"][0]["marker"]["color"], strict=True))
    assert colours == {"Đất đai": LIGHT.late_pale, "Hộ tịch": LIGHT.late}


def test_an_empty_cell_is_not_a_zero(warehouse: Path, open_page: OpenPage) -> None:
    january(warehouse)

    app = open_page("hotspots", as_of=AS_OF)

    # fields: land, construction; units: U1, U2; then the totals
    assert cells(app) == {
        (0, 0): "8",
        (1, 1): "2",
        (0, 2): "8",
        (1, 2): "2",
        (2, 0): "8",
        (2, 1): "2",
        (2, 2): "10",
    }


def test_a_share_of_few_dossiers_is_marked_instead_of_shown(
    warehouse: Path, open_page: OpenPage
) -> None:
    january(warehouse)

    app = open_page("hotspots", as_of=AS_OF, heat="share")

    shown = cells(app)
    assert (shown[0, 0], shown[1, 1], shown[2, 2]) == ("25%", "ít", "15%")
    few = list(shown).index((1, 1))
    assert drawn(app, "hotspots.heat")["data"][0]["marker"]["color"][few] == "rgba(0,0,0,0)"


def test_few_dossiers_stand_below_the_ranking_however_late(
    warehouse: Path, open_page: OpenPage
) -> None:
    january(warehouse)

    units = open_page("hotspots", as_of=AS_OF).dataframe[0].value

    assert list(units["unit_name"]) == ["Xã U1", "Xã U2"]
    assert list(units["late_or_overdue"]) == [8, 2]
    assert list(units["received"]) == [62, 3]
    assert list(units["remark"]) == ["", "Ít hồ sơ"]


def test_ages_of_overdue_dossiers_in_working_days(warehouse: Path, open_page: OpenPage) -> None:
    build(warehouse, [dossier(due_at=day(20)), dossier(due_at=day(0)), dossier(due_at=day(25))])

    app = open_page("hotspots", as_of=AS_OF)

    figure = drawn(app, "hotspots.ages")
    bars, names = figure["data"][0], figure["layout"]["yaxis"]["ticktext"]
    assert [name.strip() for name in names[:2]] == ["0–7 ngày làm việc", "8–30 ngày làm việc"]
    assert bars["x"] == [1, 2, 0, 0, 0]


def test_old_open_dossiers_are_named_apart(warehouse: Path, open_page: OpenPage) -> None:
    old = [dossier(received_at=day(-120), due_at=day(200)) for _ in range(3)]
    build(warehouse, [*old, dossier(due_at=day(60)), *times(2)])

    app = open_page("hotspots", as_of=AS_OF)

    assert "3/4 hồ sơ đang giải quyết (75,0%), lâu nhất 150 ngày" in texts(app)
    assert figures(app)["Tồn quá 90 ngày"] == "3"
    assert figures(app)["Trễ hạn"] == "0"


def test_how_much_of_the_overdue_was_perhaps_never_closed(
    warehouse: Path, open_page: OpenPage
) -> None:
    overdue = [dossier(received_at=day(-120), due_at=day(-90)) for _ in range(3)]
    in_time = dossier(received_at=day(-120), due_at=day(200))
    build(warehouse, [*overdue, in_time, dossier(due_at=day(20)), *times(2)])

    app = open_page("hotspots", as_of=AS_OF)

    said = texts(app)
    assert "3 trong 4 hồ sơ đang quá hạn (75,0%) đã tiếp nhận hơn 90 ngày" in said
    (address,) = [
        address
        for _, address in links(app)
        if address["measure"] == "open_overdue" and "older_than" in address
    ]
    assert listed(open_page("dossiers", **address)) == 3
    assert "80,00% của 5 hồ sơ đang giải quyết; 3 đang quá hạn" in said


def test_officers_for_roles_that_may_see_them(warehouse: Path, open_page: OpenPage) -> None:
    january(warehouse)

    app = open_page("hotspots", as_of=AS_OF, role="province_leader", by="officer")

    officers = app.dataframe[0].value
    assert list(officers["officer_name"]) == ["Lê Văn Cường", "Trần Thị Bình"]
    assert list(officers["unit_name"]) == ["Xã U1", "Xã U2"]


def test_staff_never_see_the_screen(warehouse: Path, open_page: OpenPage) -> None:
    january(warehouse)

    app = open_page("hotspots", **{"as_of": AS_OF, "role": "staff", "as": "U1", "by": "officer"})

    assert "Màn hình này không dành cho vai trò" in app.error[0].value
    assert not app.dataframe
    assert not app.title


def test_without_late_dossiers_no_empty_picture_is_drawn(
    warehouse: Path, open_page: OpenPage
) -> None:
    build(warehouse, times(4))

    app = open_page("hotspots", as_of=AS_OF)

    assert "**Không có hồ sơ nào trễ hạn** trong 4 hồ sơ phải giải quyết." in texts(app)
    assert not app.get("plotly_chart")


def test_one_unit_needs_no_map_of_units(warehouse: Path, open_page: OpenPage) -> None:
    build(warehouse, [*late(6), *times(30)])

    keys = [chart.proto.id for chart in open_page("hotspots", as_of=AS_OF).get("plotly_chart")]

    assert any(key.endswith("-hotspots.fields") for key in keys)
    assert not any(key.endswith("-hotspots.heat") for key in keys)
