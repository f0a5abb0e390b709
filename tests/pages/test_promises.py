"""Promises and apologies on screen: figures with their numerators, ways to what is lost."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.pages.conftest import OpenPage, figures, texts
from tests.snapshots import build, day, finished

AS_OF = "2024-02-05"


def letter(code: str, **given: Any) -> dict[str, Any]:
    row = {
        "system": "S",
        "dossier_code": code,
        "batch_no": 1,
        "ordinal": 1,
        "issued_at": day(8),
        "reason": "Hồ sơ phức tạp",
        "new_due_at": day(20),
    }
    return row | given


def january(warehouse: Path) -> None:
    """Three late dossiers, one of them without a letter, one whose letter gives no reason."""
    late = [finished(day(15), due_at=day(10), dossier_code=code) for code in "ABC"]
    in_time = [finished(day(5), due_at=day(10)) for _ in range(7)]
    build(warehouse, [*late, *in_time], apology=[letter("A"), letter("B", reason=None)])


def test_the_figures_and_the_sentence(warehouse: Path, open_page: OpenPage) -> None:
    january(warehouse)

    app = open_page("promises", as_of=AS_OF, period="2024-01")

    assert figures(app) == {
        "Trễ hạn có thư xin lỗi": "66,67%",
        "Trễ so với hẹn hiện tại": "30,00%",
        "Trễ so với hẹn lần đầu": "30,00%",
        "Dời hẹn không có thư": "0",
    }
    captions = [caption.value for caption in app.caption]
    assert {"2 / 3", "3 / 10"} <= set(captions)
    said = texts(app)
    assert "**2/3 hồ sơ trễ hạn có thư xin lỗi** (66,7%)" in said
    assert "Trong 3 lời hẹn không giữ hoặc bị dời, 1 qua đủ mọi bước (33,3%)" in said
    assert "Nghị định 61/2018/NĐ-CP Điều 19(9)" in said


def test_the_steps_are_drawn_with_what_passes(warehouse: Path, open_page: OpenPage) -> None:
    january(warehouse)

    app = open_page("promises", as_of=AS_OF, period="2024-01")

    steps = json.loads(app.get("plotly_chart")[0].proto.spec)["data"][0]
    assert sorted(steps["x"], reverse=True) == [3, 2, 1, 1, 1, 1, 1]


def test_what_is_lost_at_a_step_leads_to_its_dossiers(warehouse: Path, open_page: OpenPage) -> None:
    january(warehouse)

    links = open_page("promises", as_of=AS_OF, period="2024-01").get("page_link")

    labels = [link.proto.label for link in links]
    assert ":primary[1 không có thư]" in labels
    assert ":primary[1 không nêu lý do]" in labels
    assert not any("gửi muộn" in label for label in labels)
    listed = open_page("dossiers", as_of=AS_OF, period="2024-01", finding="apology_missing")
    assert list(listed.dataframe[0].value["dossier_code"]) == ["C"]
    assert "Không có thư xin lỗi" in str([button.label for button in listed.button])


def test_kept_promises_are_said_to_be_kept(warehouse: Path, open_page: OpenPage) -> None:
    build(warehouse, [finished(day(5), due_at=day(10))])

    said = texts(open_page("promises", as_of=AS_OF, period="2024-01"))

    assert "**Mọi lời hẹn trong kỳ đều được giữ**" in said
    assert "Không có hồ sơ nào trễ hạn." in said
