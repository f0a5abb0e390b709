"""Procedures on screen: counts with their denominators, limits that may be too long."""

from __future__ import annotations

from pathlib import Path

from tests.pages.conftest import OpenPage, figures, texts
from tests.snapshots import build, day, finished

AS_OF = "2024-02-05"


def listed(n: int, agency: str, here: int) -> list[dict[str, object]]:
    return [
        {
            "procedure_code": f"{agency}-{i}",
            "procedure_name": "T",
            "agency_name": agency,
            "agency_level": "province",
            "is_on_the_spot": i < here,
            "online_level": "online_full",
        }
        for i in range(n)
    ]


def january(warehouse: Path) -> None:
    quick = [
        finished(day(2), due_at=day(14), procedure_code="1", procedure_name="Nhanh")
        for _ in range(30)
    ]
    slow = [finished(day(14), due_at=day(14), procedure_code="2") for _ in range(30)]
    few = [finished(day(1), due_at=day(14), procedure_code="3")]
    lists = [*listed(6, "Sở Y tế", 2), *listed(2, "Công an tỉnh", 1)]
    build(warehouse, [*quick, *slow, *few], procedure=lists)


def test_the_figures_have_their_numerators(warehouse: Path, open_page: OpenPage) -> None:
    january(warehouse)

    app = open_page("procedures", as_of=AS_OF, period="2024-01")

    assert figures(app) == {
        "Thủ tục có hiệu lực": "8",
        "Thực hiện 4 tại chỗ": "37,50%",
        "Cung cấp toàn trình": "100%",
        "Thời hạn đã dùng": "59,18%",
    }
    captions = [caption.value for caption in app.caption]
    assert {"= 6 + 2", "3 / 8", "8 / 8", "361 / 610 ngày làm việc"} <= set(captions)


def test_the_sentence_names_what_could_be_shorter(warehouse: Path, open_page: OpenPage) -> None:
    january(warehouse)

    said = texts(open_page("procedures", as_of=AS_OF, period="2024-01"))

    assert "**8 thủ tục có hiệu lực**, 3 thực hiện 4 tại chỗ (37,5%)." in said
    assert "1 trong 2 thủ tục đủ hồ sơ để xét" in said


def test_few_dossiers_are_marked_and_not_judged(warehouse: Path, open_page: OpenPage) -> None:
    january(warehouse)

    table = open_page("procedures", as_of=AS_OF, period="2024-01").dataframe[0].value

    assert list(table["remark"]) == ["Có thể rút ngắn", "", "Ít hồ sơ"]


def test_without_a_list_the_screen_says_what_to_load(warehouse: Path, open_page: OpenPage) -> None:
    build(warehouse, [finished(day(2))])

    said = texts(open_page("procedures", as_of=AS_OF, period="2024-01"))

    assert "**Chưa có danh mục thủ tục.**" in said
    assert "0 thủ tục có hiệu lực" not in said
