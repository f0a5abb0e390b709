"""The overview shows the figures of the period, and nothing it does not know."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path

import duckdb
import pytest

from pipeline import publish
from tests.pages.conftest import OpenPage, figures, links, listed, texts
from tests.snapshots import answer, batch, build, day, dossier, finished, unit


def january(warehouse: Path) -> None:
    """Ten dossiers of January 2024 in two units; the figures speak of the end of 31/1/2024."""
    build(
        warehouse,
        [
            finished(day(5), due_at=day(10), channel="online_full"),
            finished(day(6), due_at=day(10), channel="online_partial"),
            finished(day(10), due_at=day(10)),
            finished(day(14), due_at=day(10), field_name="Đất đai"),
            finished(day(3), due_at=None),
            dossier(due_at=day(20), field_name="Đất đai", unit_id="U2"),
            dossier(due_at=day(40), unit_id="U2"),
            dossier(status="awaiting_supplement", due_at=day(20)),
            dossier(status="refused", ended_at=day(4)),
            dossier(status="unknown"),
        ],
        answers=[answer("very_satisfied") for _ in range(4)] + [answer("neutral")],
    )


def test_five_figures_of_the_month(warehouse: Path, open_page: OpenPage) -> None:
    january(warehouse)

    shown = figures(open_page("overview"))

    assert shown["Tiếp nhận trong kỳ"] == "10"
    assert shown["Giải quyết đúng và trước hạn"] == "75,00%"
    assert shown["Đang quá hạn"] == "1"
    assert shown["Nộp trực tuyến"] == "20,00%"
    assert shown["Hài lòng trở lên"] == "80,0%"


def test_every_rate_shows_numerator_and_denominator(warehouse: Path, open_page: OpenPage) -> None:
    january(warehouse)

    app = open_page("overview")

    fractions = list(pairwise(link.label for link in app.page_link))
    assert (":primary[3]", ":primary[4]") in fractions  # on time of resolved with a due date
    assert (":primary[2]", ":primary[10]") in fractions  # online of received
    assert (":primary[8]", ":primary[10]") in fractions  # rate B
    assert "4 / 5 phiếu" in [caption.value for caption in app.caption]


def test_the_four_on_time_rates_differ_by_their_denominators(
    warehouse: Path, open_page: OpenPage
) -> None:
    january(warehouse)

    shown = figures(open_page("overview"))

    assert shown["A. Trên số đã giải quyết"] == "75,00%"
    assert shown["B. Trên số phải giải quyết"] == "80,00%"
    assert shown["C. Theo Bộ chỉ số 766"] == "40,00%"
    assert shown["D. Trên tổng số tiếp nhận"] == "30,00%"


def test_every_dossier_of_the_period_stands_in_one_line(
    warehouse: Path, open_page: OpenPage
) -> None:
    january(warehouse)

    lines = [link.label for link in open_page("overview").page_link]

    for line in (
        "**10** phải giải quyết",
        "**5** đã giải quyết (50,0%)",
        "2 trước hạn",
        "1 đúng hạn",
        "1 quá hạn",
        "1 không có hạn",
        "**3** đang giải quyết (30,0%)",
        "1 trong hạn",
        "1 đang quá hạn",
        "1 chờ công dân",
        "**1** kết thúc khác (10,0%)",
        "1 từ chối",
    ):
        assert f":primary[{line}]" in lines, line
    assert any(":red[**1 hồ sơ chưa rõ trạng thái: cần làm rõ**]" in line for line in lines)


def test_a_known_status_raises_no_alarm(warehouse: Path, open_page: OpenPage) -> None:
    build(warehouse, [finished(day(5))])

    app = open_page("overview")

    assert not [link.label for link in app.page_link if ":red[" in link.label]
    assert "chưa rõ trạng thái" not in texts(app)


def test_the_sentence_names_the_field_with_most_late_dossiers(
    warehouse: Path, open_page: OpenPage
) -> None:
    late = [finished(day(14), due_at=day(10), field_name="Đất đai") for _ in range(6)]
    fine = [finished(day(5), due_at=day(10)) for _ in range(14)]
    build(warehouse, [*late, *fine])

    said = texts(open_page("overview"))

    assert "**Đất đai** chiếm 100% số hồ sơ trễ hạn (6/6)" in said
    assert "30,0% số hồ sơ phải giải quyết (6/20)" in said
    assert "nhiều nhất ở" not in said  # there is but one unit
    assert "thư xin lỗi" not in said  # no letters were ever brought in: nothing is known of them


def test_the_sentence_says_what_is_overdue_what_falls_due_and_where_it_is_worst(
    warehouse: Path, open_page: OpenPage
) -> None:
    land = {"field_name": "Đất đai", "unit_id": "U2"}
    build(
        warehouse,
        [
            *(dossier(due_at=day(20), **land) for _ in range(6)),
            *(dossier(due_at=day(31)) for _ in range(2)),  # Thursday 1/2, the next working day
            *(finished(day(5)) for _ in range(20)),
            dossier(received_at=day(-20), due_at=day(-5), **land),
        ],
        meta={"data_at": day(30).isoformat()},  # Wednesday 31/1
    )

    said = texts(open_page("overview"))

    assert "**7 hồ sơ đang quá hạn**" in said
    assert "0 hồ sơ đến hạn ngày 31/01/2024, 2 hồ sơ đến hạn ngày làm việc tiếp theo" in said
    assert "(01/02/2024)" in said
    assert "**Đất đai** chiếm 100% số hồ sơ trễ hạn (7/7)" in said


def test_of_several_units_the_worst_is_named(warehouse: Path, open_page: OpenPage) -> None:
    land = {"field_name": "Đất đai", "due_at": day(20)}
    build(
        warehouse,
        [
            *(dossier(**land, unit_id="U2") for _ in range(4)),
            *(dossier(**land) for _ in range(2)),
            *(finished(day(5)) for _ in range(20)),
        ],
    )

    assert "nhiều nhất ở Xã U2 (4)" in texts(open_page("overview"))


def test_a_period_that_is_over_is_told_by_its_results(warehouse: Path, open_page: OpenPage) -> None:
    december = {"received_at": day(-20), "due_at": day(-10)}
    build(
        warehouse,
        [
            finished(day(-12), **december),
            finished(day(-5), **december),
            *(finished(day(5)) for _ in range(3)),
            finished(day(14)),
            dossier(due_at=day(20)),
        ],
        meta={"data_at": day(50).isoformat()},
    )

    said = texts(open_page("overview", period="2024-01"))

    assert "**75,0% hồ sơ giải quyết đúng và trước hạn** (3/4), tăng 25 điểm %" in said
    assert "Cuối kỳ còn 1 hồ sơ đang quá hạn." in said
    assert "ngày làm việc tiếp theo" not in said


def test_late_dossiers_without_a_letter_are_counted_where_letters_are_brought_in(
    warehouse: Path, open_page: OpenPage
) -> None:
    late = [finished(day(14), due_at=day(10)) for _ in range(3)]
    of_it = {"system": "S", "dossier_code": late[0]["dossier_code"]}
    letter = {**of_it, "batch_no": 2, "ordinal": 1, "issued_at": day(9)}
    build(
        warehouse,
        late,
        apology=[letter],
        batch=[batch(), batch(2, kind="apology", source="letters")],
    )

    app = open_page("overview")

    assert "2 trong 3 hồ sơ trễ hạn chưa có thư xin lỗi." in texts(app)
    (link,) = [one for one in app.page_link if "chưa có thư xin lỗi" in one.label]
    assert "Xem 2 hồ sơ" in link.label
    (address,) = [address for _, address in links(app) if "lacks" in address]
    assert listed(open_page("dossiers", **address)) == 2


def test_a_unit_narrows_every_figure(warehouse: Path, open_page: OpenPage) -> None:
    january(warehouse)

    app = open_page("overview", unit="U2")

    assert figures(app)["Tiếp nhận trong kỳ"] == "2"
    assert figures(app)["Giải quyết đúng và trước hạn"] == "—"
    assert figures(app)["Hài lòng trở lên"] == "—"
    assert "**Đất đai** (1/1 hồ sơ trễ hạn)" in texts(app)
    assert "Hộ tịch" not in texts(app)


def test_a_finished_month_is_compared_with_the_one_before(
    warehouse: Path, open_page: OpenPage
) -> None:
    build(
        warehouse,
        [finished(day(n), received_at=day(n), due_at=day(40)) for n in (1, 2, 3, 35)],
        meta={"data_at": day(70).isoformat()},
    )

    received = open_page("overview", period="2024-02").metric[0]

    assert received.value == "1"
    assert received.delta == "-2 (-66,7%)"
    assert received.proto.direction == received.proto.MetricDirection.DOWN


def test_half_a_month_is_compared_with_half_of_the_one_before(
    warehouse: Path, open_page: OpenPage
) -> None:
    build(
        warehouse,
        [
            finished(day(n), received_at=day(n), due_at=day(60))
            for n in (1, 2, 20, 21, 22, 35)  # five in January, two of them by the 10th
        ],
        meta={"data_at": day(40, hour=12).isoformat()},  # 10/2/2024
    )

    app = open_page("overview", period="2024-02")

    assert "chưa hết kỳ" in texts(app)
    assert app.metric[0].delta == "-1 (-50,0%)"
    assert "So với kỳ trước: Từ 01/01/2024 đến 10/01/2024." in texts(app)
    assert "Kỳ chưa hết nên chỉ so đến cùng ngày." in texts(app)


def test_nothing_is_compared_with_a_time_of_which_there_are_no_data(
    warehouse: Path, open_page: OpenPage
) -> None:
    january(warehouse)

    app = open_page("overview")

    assert not any(figure.delta for figure in app.metric)
    assert "Không so với kỳ trước và cùng kỳ năm trước: số liệu chỉ có từ 01/01/2024." in texts(app)


@pytest.mark.parametrize(
    ("address", "is_compared"),
    [
        ({"unit": "U1"}, False),
        ({"role": "unit_leader", "as": "U1"}, False),
        ({}, True),
    ],
)
def test_one_unit_is_not_compared_across_a_reorganisation(
    warehouse: Path, open_page: OpenPage, address: dict[str, str], is_compared: bool
) -> None:
    # Units were merged on 1/7/2025; the province as a whole stays comparable.
    build(
        warehouse,
        [
            *(finished(day(n), received_at=day(n), due_at=day(n + 9)) for n in (525, 550, 560)),
            dossier(unit_id="U2", received_at=day(550), due_at=day(580)),
        ],
        meta={"data_at": day(600).isoformat()},
    )

    app = open_page("overview", period="2025-07", **address)

    assert bool(app.metric[0].delta) is is_compared
    assert ("đơn vị được sắp xếp lại từ 01/07/2025" in texts(app)) is not is_compared


def test_a_unit_that_its_list_says_stayed_the_same_is_compared(
    warehouse: Path, open_page: OpenPage
) -> None:
    build(
        warehouse,
        [finished(day(n), received_at=day(n), due_at=day(n + 9)) for n in (525, 550, 560)],
        units=[unit("U1"), unit("U2"), unit("U3")],
        unit_successor=[
            {
                "old_unit_id": "U2",
                "new_unit_id": "U3",
                "from_date": day(547).date(),
                "relation": "merged",
            }
        ],
        meta={"data_at": day(600).isoformat()},
    )

    assert open_page("overview", period="2025-07", unit="U1").metric[0].delta


def test_few_answers_give_no_share(warehouse: Path, open_page: OpenPage) -> None:
    build(warehouse, [finished(day(5))], answers=[answer() for _ in range(4)])

    app = open_page("overview")

    assert figures(app)["Hài lòng trở lên"] == "—"
    assert "Ít hơn 5 phiếu, không hiển thị" in texts(app)
    assert "4 / 4" not in texts(app)


def test_a_broken_identity_is_a_red_banner_with_its_difference(
    warehouse: Path, open_page: OpenPage
) -> None:
    january(warehouse)
    path = publish.path_of(warehouse, "test-001")
    with duckdb.connect(str(path)) as con:
        con.execute("update flow_month set open_delta = open_delta + 1 where refused_n > 0")

    app = open_page("overview")

    (banner,) = [each.value for each in app.error if "Số liệu không khớp: đang" in each.value]
    assert "đang giải quyết: đếm từng hồ sơ = cộng theo tháng" in banner
    assert "Vế trái 3, vế phải 4, lệch -1." in banner


def test_sound_figures_raise_no_banner(warehouse: Path, open_page: OpenPage) -> None:
    january(warehouse)

    assert not open_page("overview").error


def test_a_filter_that_matches_nothing_says_so_and_offers_a_way_out(
    warehouse: Path, open_page: OpenPage
) -> None:
    build(warehouse, [finished(day(5))], units=[unit("U1"), unit("U9")])

    app = open_page("overview", unit="U9")

    assert "Không có hồ sơ nào khớp với: **Tháng 1/2024 · Xã U9**." in app.info[0].value
    assert not app.metric
    app.button(key="states.clear").click().run()
    assert figures(app)["Tiếp nhận trong kỳ"] == "1"


def test_the_pictures_say_in_words_what_they_show(warehouse: Path, open_page: OpenPage) -> None:
    january(warehouse)

    charts = open_page("overview").get("plotly_chart")

    assert len(charts) == 4
    assert all(chart.proto.alt for chart in charts)


def test_the_month_still_open_is_hatched(warehouse: Path, open_page: OpenPage) -> None:
    build(
        warehouse,
        [finished(day(n), received_at=day(n), due_at=day(60)) for n in (1, 35)],
        meta={"data_at": day(40).isoformat()},
    )

    charts = open_page("overview").get("plotly_chart")
    months = json.loads(charts[0].proto.spec)["data"][0]

    assert months["marker"]["pattern"]["shape"] == ["", "/"]


def test_english_leaves_no_vietnamese_behind(warehouse: Path, open_page: OpenPage) -> None:
    build(
        warehouse,
        [finished(day(14), due_at=day(10), field_name="Land")],
        units=[unit("U1", unit_name="Ward 1")],
        answers=[answer() for _ in range(6)],
    )

    app = open_page("overview", lang="en")

    said = texts(app).replace("Decision 766/QĐ-TTg", "").replace("Decree 61/2018/NĐ-CP", "")
    said += "".join(figures(app)) + "".join(chart.proto.alt for chart in app.get("plotly_chart"))
    assert "Received in the period" in said
    assert not set("ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ") & set(said)
