"""The access log on screen, and what screens write into it."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from pages.ui import downloads, logbook
from pages.ui.downloads import logged
from pages.ui.guard import Viewer
from pages.ui.identity import Identity
from pages.ui.screens import screens
from pipeline import audit
from pipeline.audit import Asked, Entry
from pipeline.errors import OutOfScope, Refused
from pipeline.moment import Moment
from tests.pages.conftest import OpenPage, texts
from tests.snapshots import build, day, dossier


def logs(warehouse: Path, event: audit.Event | None = None) -> list[Entry]:
    return list(audit.search(warehouse, Asked(event=event)))


def viewer_of(screen: str, role: str, unit: str | None = None) -> Viewer:
    who = Identity(role, (unit,) if unit else (), "vi", "an@tinh.vn")
    moment = Moment(datetime(2024, 1, 31), is_live=False)
    return Viewer(screens()[screen], who, who.scope(), who.words, "20240131", {}, moment)


def shown(app: AppTest, column: str) -> list[object]:
    return list(app.dataframe[0].value[column])


def test_a_file_is_logged_before_it_leaves_and_with_its_rows(warehouse: Path) -> None:
    make = logged(viewer_of("queue", "staff", "U1"), "queue.csv", lambda: (b"rows", 7))
    assert not logs(warehouse)

    assert make() == b"rows"

    (entry,) = logs(warehouse, "exported")
    assert (entry.who, entry.role, entry.what, entry.rows) == (
        *("an@tinh.vn", "staff"),
        *("queue.csv", 7),
    )
    assert entry.detail["of_unit"] == "U1"


def test_a_file_that_cannot_be_logged_does_not_leave(warehouse: Path) -> None:
    warehouse.mkdir()
    (warehouse / "audit").write_text("in the way")
    make = logged(viewer_of("queue", "staff", "U1"), "queue.csv", lambda: (b"rows", 7))
    with pytest.raises(Refused, match="cannot be written"):
        make()


def test_a_screen_that_is_not_open_to_the_role_is_logged_once_a_session(
    warehouse: Path, open_page: OpenPage
) -> None:
    build(warehouse, [dossier(dossier_code="H1", received_at=day(2), unit_id="U1")])
    app = open_page("access_log", role="coordinator")
    app.run()
    assert not app.dataframe
    (entry,) = logs(warehouse, "refused")
    assert (entry.role, entry.what) == ("coordinator", "access_log")


def test_everybody_cannot_fill_the_log_with_refusals(
    warehouse: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    everybody = Identity("public", (), "vi")
    for _ in range(50):
        logbook.refused(everybody, "hotspots")
    assert len(logs(warehouse, "refused")) == 1

    monkeypatch.setattr(logbook, "A_WHILE", 0.0)
    logbook.refused(everybody, "hotspots")

    assert logs(warehouse, "refused")[0].detail["also"] == "49"


def test_a_question_out_of_scope_is_logged_without_what_was_typed(warehouse: Path) -> None:
    build(warehouse, [dossier(dossier_code="H1", received_at=day(2), unit_id="U1")])
    with pytest.raises(OutOfScope):
        viewer_of("overview", "unit_leader", "U1").ask("summary", unit="Nguyễn Văn An")
    (entry,) = logs(warehouse, "refused")
    assert (entry.what, entry.detail["screen"]) == ("summary", "overview")
    assert "Nguyễn" not in json.dumps(vars(entry), ensure_ascii=False)


def test_the_operator_searches_by_person_event_and_day(
    warehouse: Path, open_page: OpenPage
) -> None:
    for who, event in (("An", "sign_in"), ("An", "exported"), ("Bình", "exported")):
        audit.record(warehouse, event, who=who, role="staff", what="queue", rows=3)  # type: ignore[arg-type]
    every = open_page("access_log", role="operator")
    assert shown(every, "who") == ["Bình", "An", "An"]
    assert shown(every, "event")[2] == "Đăng nhập"
    assert shown(every, "role")[0] == "Cán bộ một cửa"

    narrowed = open_page("access_log", role="operator", who="an", event="exported")
    assert shown(narrowed, "who") == ["An"]
    assert "Không có mục nào khớp" in texts(
        open_page("access_log", role="operator", until="01/01/2020")
    )
    wrong = open_page("access_log", role="operator", since="hôm qua")
    assert not wrong.dataframe
    assert "hôm qua" in texts(wrong)


@pytest.mark.parametrize("role", ["steward", "province_leader", "coordinator"])
def test_nobody_but_the_operator_reads_the_log(
    warehouse: Path, open_page: OpenPage, role: str
) -> None:
    audit.record(warehouse, "sign_in", who="an@tinh.vn", role="staff", what="board")
    app = open_page("access_log", role=role)
    assert not app.dataframe
    assert "an@tinh.vn" not in texts(app)


def test_a_log_that_was_changed_is_said(warehouse: Path, open_page: OpenPage) -> None:
    for n in range(3):
        audit.record(warehouse, "sign_in", who=f"p{n}", role="staff", what="board")
    app = open_page("access_log", role="operator")
    app.button("access_log.verify").click().run()
    assert "Nhật ký nguyên vẹn: 3 mục" in "".join(one.value for one in app.success)

    (file,) = (warehouse / "audit").glob("*.jsonl")
    file.write_bytes(file.read_bytes().replace(b"p1", b"p9"))
    app.button("access_log.verify").click().run()
    assert not app.success
    assert "đã bị sửa" in texts(app)


def test_the_log_as_a_file_is_itself_logged(
    warehouse: Path, open_page: OpenPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[Callable[[], bytes | str]] = []

    def kept(*given: Any) -> Callable[[], bytes | str]:
        made.append(logged(*given))
        return made[-1]

    monkeypatch.setattr(downloads, "logged", kept)
    audit.record(warehouse, "sign_in", who="an@tinh.vn", role="staff", what="board")
    open_page("access_log", role="operator")

    content = made[1]()

    assert isinstance(content, bytes)
    assert b"an@tinh.vn" in content

    (entry,) = logs(warehouse, "exported")
    assert (entry.rows, entry.role) == (1, "operator")
    assert entry.what.startswith("access-log-")
