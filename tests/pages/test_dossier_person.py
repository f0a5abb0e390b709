"""The dossier's screen shows a person in clear for a purpose, for a while, and only that one."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from pages.staff import dossier_person
from pipeline import audit
from pipeline.audit import Asked
from tests.pages.conftest import OpenPage, texts
from tests.snapshots import build, dossier

SHOW, HIDE = "dossier.person.show", "dossier.person.hide"


def two(warehouse: Path) -> None:
    build(
        warehouse,
        [
            dossier(dossier_code="H1", applicant_name="Nguyễn Văn An"),
            dossier(dossier_code="H2", applicant_name="Lê Thị Hoa"),
        ],
    )


def told(app: AppTest) -> str:
    """Everything in the tables of facts."""
    cells = [str(cell) for table in app.table for cell in table.value.to_numpy().ravel()]
    return "\n".join(cells).replace("\\", "")


def can_ask(app: AppTest) -> bool:
    return any(button.key == SHOW for button in app.button)


def ask(app: AppTest, reason: str = "gọi bổ sung giấy tờ") -> AppTest:
    app.selectbox("dossier.person.purpose").select("contact")
    app.text_input("dossier.person.reason").input(reason)
    return app.button(SHOW).click().run()


def events(warehouse: Path) -> list[tuple[str, str]]:
    return [(one.event, one.what) for one in audit.search(warehouse, Asked())]


def test_the_coordinator_sees_one_person_after_saying_why(
    warehouse: Path, open_page: OpenPage
) -> None:
    two(warehouse)
    app = open_page("dossier", role="coordinator", dossier="H1")
    assert "Nguyễn V. A***" in told(app)
    assert "Nguyễn Văn An" not in told(app)

    ask(app)

    assert "Nguyễn Văn An" in told(app)
    assert "0912345678" in told(app)
    assert events(warehouse) == [("unmasked", "H1")]
    app.button(HIDE).click().run()
    assert "Nguyễn Văn An" not in told(app)


def test_another_dossier_is_masked_and_so_is_the_first_on_the_way_back(
    warehouse: Path, open_page: OpenPage
) -> None:
    two(warehouse)
    app = ask(open_page("dossier", role="coordinator", dossier="H1"))
    app.query_params["dossier"] = "H2"
    app.run()
    assert "Lê T. H***" in told(app)
    app.query_params["dossier"] = "H1"
    app.run()
    assert "Nguyễn Văn An" not in told(app)


def test_when_the_time_is_over_the_person_is_masked(
    warehouse: Path, open_page: OpenPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    two(warehouse)
    app = ask(open_page("dossier", role="coordinator", dossier="H1"))
    assert "Nguyễn Văn An" in told(app)

    class Later(dossier_person.datetime):  # type: ignore[name-defined,misc]
        @classmethod
        def now(cls, tz: object = None) -> Later:
            return cls(2199, 1, 1, tzinfo=tz)

    monkeypatch.setattr(dossier_person, "datetime", Later)
    app.run()
    assert "Nguyễn Văn An" not in told(app)
    assert can_ask(app)


def test_another_role_in_the_same_session_sees_nothing_of_it(
    warehouse: Path, open_page: OpenPage
) -> None:
    two(warehouse)
    app = ask(open_page("dossier", role="coordinator", dossier="H1"))
    assert "Nguyễn Văn An" in told(app)
    app.query_params["role"] = "province_leader"
    app.run()
    assert "Nguyễn Văn An" not in told(app)
    assert not can_ask(app)


def test_without_a_reason_nothing_is_shown(warehouse: Path, open_page: OpenPage) -> None:
    two(warehouse)
    app = ask(open_page("dossier", role="coordinator", dossier="H1"), reason="")
    assert "ghi ngắn gọn lý do" in texts(app)
    assert "Nguyễn Văn An" not in told(app)


def test_where_the_log_cannot_be_written_nothing_is_shown(
    warehouse: Path, open_page: OpenPage
) -> None:
    two(warehouse)
    app = open_page("dossier", role="coordinator", dossier="H1")
    (warehouse / "audit").write_text("in the way")
    ask(app)
    assert "Không ghi được nhật ký" in texts(app)
    assert "Nguyễn Văn An" not in told(app)


@pytest.mark.parametrize(("role", "offered"), [("unit_leader", True), ("province_leader", False)])
def test_who_may_is_offered_the_way(
    warehouse: Path, open_page: OpenPage, role: str, offered: bool
) -> None:
    two(warehouse)
    app = open_page("dossier", role=role, dossier="H1", **{"as": "U1"})
    assert can_ask(app) is offered


def test_who_sees_persons_anyway_needs_no_way(warehouse: Path, open_page: OpenPage) -> None:
    two(warehouse)
    app = open_page("dossier", role="staff", dossier="H1", **{"as": "U1"})
    assert "Nguyễn Văn An" in told(app)
    assert not can_ask(app)
