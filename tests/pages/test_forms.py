"""Official forms on screen: the same figures as the file, and ways to the dossiers."""

from __future__ import annotations

from pathlib import Path

from tests.pages.conftest import OpenPage, texts
from tests.snapshots import build, day, dossier, finished

AS_OF = "2024-02-05"


def january(warehouse: Path) -> None:
    build(
        warehouse,
        [
            finished(day(2), due_at=day(3)),
            finished(day(9), due_at=day(3)),
            dossier(due_at=day(60), unit_id="U2"),
            dossier(status="refused", ended_at=day(3), unit_id="U2"),
        ],
    )


def test_the_table_is_the_form(warehouse: Path, open_page: OpenPage) -> None:
    january(warehouse)

    app = open_page("forms", as_of=AS_OF, period="2024-01")

    table = app.dataframe[0].value
    assert list(table["name"]) == ["CẤP XÃ", "  Xã U1", "  Xã U2", "TỔNG SỐ"]
    assert list(table["c3"]) == [4, 2, 2, 4]
    assert list(table["c7"]) == [2, 2, 0, 2]
    assert list(table["c11"]) == [1, 0, 1, 1]
    assert "**Biểu khớp cả 5 phép kiểm tra.** Tiếp nhận 4, đã giải quyết 2" in texts(app)
    assert "Ngoài biểu: 1 hồ sơ bị từ chối." in texts(app)


def test_the_checks_say_what_makes_a_difference(warehouse: Path, open_page: OpenPage) -> None:
    january(warehouse)

    checks = open_page("forms", as_of=AS_OF, period="2024-01").dataframe[1].value

    assert list(checks["difference"]) == [0, 0, 0, 1, 0]
    assert checks["verdict"][3] == "Chênh lệch có lý do: hồ sơ bị từ chối: 1"


def test_a_unit_in_the_address_fills_its_own_form(warehouse: Path, open_page: OpenPage) -> None:
    january(warehouse)

    app = open_page("forms", as_of=AS_OF, period="2024-01", unit="U1")

    assert list(app.dataframe[0].value["name"]) == ["CẤP XÃ", "  Xã U1", "TỔNG SỐ"]


def test_a_form_whose_name_is_not_certain_says_so(warehouse: Path, open_page: OpenPage) -> None:
    january(warehouse)

    assert "chưa đối chiếu" in texts(open_page("forms", as_of=AS_OF, form="ii06b"))
    assert "chưa đối chiếu" not in texts(open_page("forms", as_of=AS_OF, form="ii06a"))


def test_an_open_period_is_provisional(warehouse: Path, open_page: OpenPage) -> None:
    january(warehouse)

    assert "Tạm tính" in texts(open_page("forms", as_of=AS_OF))
    assert "Tạm tính" not in texts(open_page("forms", as_of=AS_OF, period="2024-01"))
