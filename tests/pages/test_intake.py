"""Intake: from an empty board to moved figures, and what the steward is told on the way."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from pages.steward import intake_run
from pages.ui import inbox, ingest_run, mapping
from pages.ui.identity import PUBLIC, Identity
from pipeline import audit, queries
from pipeline.access import default_scope, roles
from pipeline.audit import Asked
from pipeline.errors import Refused
from pipeline.inspection import TableFound, inspect
from pipeline.recognise import choose
from pipeline.sources import save_source, sources
from pipeline.warehouse import open_snapshot
from pipeline.wording import wording
from tests.pages.conftest import texts
from tests.snapshots import batch, build, day, dossier

Board = Callable[..., AppTest]
STEWARD = Identity("steward", (), "vi", "binh@tinh.vn")
ROOT = Path(__file__).resolve().parents[2]
LIST = """Mã hồ sơ,Ngày tiếp nhận,Ngày hẹn trả,Trạng thái,Đơn vị xử lý
H1,02/01/2024,10/01/2024,Đang xử lý,Xã A
H2,03/01/2024,11/01/2024,Đang xử lý,Xã A
H2,03/01/2024,12/01/2024,Đang xử lý,Xã A
,04/01/2024,12/01/2024,Đang xử lý,Xã A
"""
STRANGE = "Tệp số,Vào sổ,Tình hình,CCCD\nA-1,02/01/2024,Chờ sếp,012345678901\n"


@dataclass
class Dropped:
    name: str
    content: bytes

    def getbuffer(self) -> memoryview:
        return memoryview(self.content)


@pytest.fixture
def board(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Board:
    def opened(folder: Path | None = None, **query: str) -> AppTest:
        monkeypatch.setenv("DUNGHEN_WAREHOUSE", str(folder or tmp_path / "empty"))
        at = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
        for name, value in {"role": "steward", **query}.items():
            at.query_params[name] = value
        at.run()
        return at.switch_page("pages/steward/intake.py").run()

    return opened


def written(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def only(path: Path) -> TableFound:
    return inspect(path, sources()).tables[0]


def summary(warehouse: Path) -> dict[str, Any]:
    snapshot = open_snapshot(warehouse)
    assert snapshot is not None
    answer = queries.run(snapshot, default_scope(), "summary", as_of=day(60))
    snapshot.close()
    row: dict[str, Any] = answer.to_pylist()[0]
    return row


# An ingest in a process of its own


def test_an_ingest_moves_the_figures_and_its_sum_holds(tmp_path: Path) -> None:
    steps: list[str] = []

    done = ingest_run.ingest(
        [written(tmp_path, "list.csv", LIST)], tmp_path / "wh", STEWARD, on_step=steps.append
    )

    assert (done.read, done.accepted, done.rejected, done.duplicate) == (4, 2, 1, 1)
    assert done.difference == 0
    assert done.rejects_by_rule == {"no_code": 1}
    assert summary(tmp_path / "wh")["received"] == 2
    assert steps[0] == "Đọc tệp list.csv (1/1)"
    assert steps[-1] == "Tính lại các con số"


def test_the_same_file_again_is_no_news_and_moves_nothing(tmp_path: Path) -> None:
    file, warehouse = written(tmp_path, "list.csv", LIST), tmp_path / "wh"
    first = ingest_run.ingest([file], warehouse, STEWARD)

    again = ingest_run.ingest([file], warehouse, STEWARD)

    assert (first.is_news, again.is_news) == (True, False)
    assert again.snapshot == first.snapshot
    logged = [(one.event, one.who, one.role, one.rows) for one in audit.search(warehouse, Asked())]
    assert logged == [
        ("published", "binh@tinh.vn", "steward", None),
        ("ingested", "binh@tinh.vn", "steward", 4),
    ]
    assert summary(warehouse)["received"] == 2


def test_a_file_nobody_knows_is_refused_in_one_sentence_without_its_values(tmp_path: Path) -> None:
    with pytest.raises(Refused) as refusal:
        ingest_run.ingest([written(tmp_path, "strange.csv", STRANGE)], tmp_path / "wh", STEWARD)

    assert "strange.csv" in str(refusal.value)
    assert "\n" not in str(refusal.value)
    assert "012345678901" not in str(refusal.value)


def test_a_name_that_looks_like_an_option_is_a_file(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="no such file"):
        ingest_run.ingest([Path("--publish-anyway")], tmp_path / "wh", STEWARD)


# Files on disk


def test_dropped_files_are_their_owners_alone_and_gone_afterwards(tmp_path: Path) -> None:
    dropped = [Dropped("a.csv", b"1"), Dropped("a.csv", b"2")]

    with inbox.on_disk(dropped, tmp_path) as paths:
        assert [path.read_bytes() for path in paths] == [b"1", b"2"]
        assert {path.stat().st_mode & 0o777 for path in paths} == {0o600}
        assert {path.parent.parent.stat().st_mode & 0o077 for path in paths} == {0}

    assert list((tmp_path / "inbox").iterdir()) == []


def test_dropped_files_are_gone_when_reading_them_fails(tmp_path: Path) -> None:
    with pytest.raises(Refused), inbox.on_disk([Dropped("a.csv", b"1")], tmp_path):
        raise Refused("error.file.none_named")

    assert list((tmp_path / "inbox").iterdir()) == []


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("Danh sách hồ sơ (tháng 1).xlsx", "Danh sách hồ sơ (tháng 1).xlsx"),
        ("../../etc/passwd", "passwd"),
        ("C:\\tệp\\a.csv", "a.csv"),
        (".hidden.csv", "hidden.csv"),
        ("-rf $(x);.csv", "rf _(x)_.csv"),
        ("..", "file"),
        ("", "file"),
    ],
)
def test_a_files_name_stays_inside_its_folder(name: str, safe: str) -> None:
    assert inbox.safe_name(name) == safe


def test_a_long_vietnamese_name_fits_a_file_system_and_keeps_its_ending() -> None:
    name = inbox.safe_name("ế" * 300 + ".xlsx")

    assert name.endswith("ế.xlsx")
    assert len(name.encode()) <= inbox.MOST_BYTES


# Deciding what headers and words mean


def test_a_described_file_is_recognised_from_then_on(tmp_path: Path) -> None:
    table = only(written(tmp_path, "strange.csv", STRANGE))
    assert table.source is None

    source = mapping.drafted(
        table,
        {
            "Tệp số": "dossier_code",
            "Vào sổ": "received_at",
            "Tình hình": "status",
            "CCCD": mapping.PERSONAL,
        },
        "Sổ theo dõi",
    )
    source = mapping.extended(source, {}, {("status", "Chờ sếp"): "in_progress"})
    save_source(source, tmp_path / "wh" / "sources")

    assert source.name == "so_theo_doi"
    assert choose(list(STRANGE.splitlines()[0].split(",")), sources(tmp_path / "wh")) == source
    assert source.values["status"]["in_progress"] == ["Chờ sếp"]
    assert source.personal == ["CCCD"]
    assert "CCCD" not in source.columns


def test_a_file_without_its_code_is_not_enough(tmp_path: Path) -> None:
    table = only(written(tmp_path, "strange.csv", STRANGE))

    with pytest.raises(Refused, match="dossier_code"):
        mapping.drafted(table, {"Vào sổ": "received_at"}, "Sổ")


def test_a_known_source_learns_a_header_and_a_word_and_keeps_the_rest() -> None:
    known = sources()["igate"]

    learnt = mapping.extended(
        known, {"Cột lạ": mapping.IGNORED}, {("status", "Ngủ đông"): "in_progress"}
    )

    assert "Cột lạ" in learnt.ignored
    assert "Ngủ đông" in learnt.values["status"]["in_progress"]
    assert learnt.columns == known.columns
    assert mapping.extended(known, {"Cột lạ": mapping.OPEN}, {}) == known


# The screen


def drop(at: AppTest, name: str, text: str) -> AppTest:
    at.file_uploader[0].upload(name, text.encode(), "text/csv").run()
    assert not at.exception
    return at


def taken_in(at: AppTest) -> AppTest:
    """The screen after its ingest has ended."""
    give_up = time.monotonic() + 60
    while intake_run.RUN in at.session_state and not at.session_state[intake_run.RUN].is_over:
        assert time.monotonic() < give_up
        time.sleep(0.1)
    at.run()
    assert not at.exception
    return at


def headers(at: AppTest) -> dict[str, Any]:
    return {box.label: box for box in at.selectbox}


def held_back(at: AppTest) -> str:
    """Drop and take in a file that crosses a threshold; returns the batch's id."""
    rows = [f"G{n},{'' if n % 2 else '02/01/2024'},10/01/2024,Đang xử lý,Xã A" for n in range(120)]
    drop(at, "held.csv", "\n".join([LIST.splitlines()[0], *rows]) + "\n")
    at.button("intake.go").click().run()
    taken_in(at)
    (publish_it,) = [one for one in at.button if str(one.key).startswith("intake.publish.")]
    return str(publish_it.key).removeprefix("intake.publish.")


def test_the_screen_works_before_anything_was_taken_in(board: Board) -> None:
    at = board()

    assert not at.exception
    assert at.file_uploader
    assert not at.dataframe


@pytest.mark.parametrize("screen", ["intake", "quality"])
@pytest.mark.parametrize("role", sorted(set(roles().roles) - {"steward", "operator", PUBLIC}))
def test_only_stewards_and_operators_get_to_files_and_rejects(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, role: str, screen: str
) -> None:
    folder = build(tmp_path / "board", [dossier()], batch=[batch()])
    monkeypatch.setenv("DUNGHEN_WAREHOUSE", str(folder))
    at = AppTest.from_file(str(ROOT / f"pages/steward/{screen}.py"), default_timeout=60)
    at.query_params.update({"role": role, "as": "U1"})
    at.run()

    assert "Màn hình này không dành cho vai trò" in at.error[0].value
    assert not at.dataframe
    assert not at.file_uploader


def test_a_dropped_file_is_recognised_taken_in_and_told_in_one_equation(
    board: Board, tmp_path: Path
) -> None:
    at = drop(board(tmp_path / "wh"), "list.csv", LIST)
    assert at.dataframe[0].value["source"].to_list() == ["Danh sách hồ sơ (phần mềm khác)"]

    at.button("intake.go").click().run()
    taken_in(at)

    assert at.success[0].value.startswith("**Đọc 4 = nhận 2 + loại 1 + trùng 1.**")
    assert "Không có mã: 1" in at.success[0].value
    assert summary(tmp_path / "wh")["received"] == 2
    assert list((tmp_path / "wh" / "inbox").iterdir()) == []


def test_the_steps_of_an_ingest_show_while_it_runs_and_nothing_can_be_started_twice(
    board: Board, tmp_path: Path
) -> None:
    at = board(tmp_path / "wh", lang="en")
    at.session_state[intake_run.RUN] = ingest_run.Run(
        steps=["Reading list.csv (1/1)", "Checking every row (1/1)"]
    )
    at.run()

    assert [(one.label, one.state) for one in at.status] == [
        ("Reading list.csv (1/1)", "complete"),
        ("Checking every row (1/1)", "running"),
    ]
    assert at.file_uploader[0].disabled
    assert not [one for one in at.button if one.key == "intake.go"]


def test_a_crash_of_the_ingest_is_said_and_leaves_the_screen_usable(
    board: Board, tmp_path: Path
) -> None:
    at = board(tmp_path / "wh")
    crash = Refused("error.ingest.ended", status=-9)
    at.session_state[intake_run.RUN] = ingest_run.Run(refusals=[crash], is_over=True)
    at.run()

    assert "Việc nạp dừng bất thường (mã -9)" in at.error[0].value
    assert not at.file_uploader[0].disabled


def test_a_damaged_file_is_told_in_the_viewer_s_language_and_keeps_the_others_ready(
    board: Board, tmp_path: Path
) -> None:
    at = board(tmp_path / "wh")
    at.file_uploader[0].set_value(
        [("bad.xlsx", b"PK\x03\x04 broken", "x/x"), ("list.csv", LIST.encode(), "text/csv")]
    ).run()

    assert at.error[0].value.replace("\\", "").startswith("bad.xlsx: tệp nén bị hỏng")
    assert at.button("intake.go").label == "Nạp 1 tệp"


def test_strange_headers_and_words_are_mapped_previewed_saved_and_taken_in(
    board: Board, tmp_path: Path
) -> None:
    at = drop(board(tmp_path / "wh"), "strange.csv", STRANGE)
    assert not [one for one in at.button if one.key == "intake.go"]
    assert "012345678901" not in texts(at)

    headers(at)["Tệp số"].select("dossier_code").run()
    headers(at)["Vào sổ"].select("received_at").run()
    headers(at)["Trạng thái: “Chờ sếp” (1 dòng)"].select("in_progress").run()
    preview = at.dataframe[-1].value.to_dict("records")
    assert preview[0]["dossier_code"] == "A-1"
    assert preview[0]["received_at"] == "02/01/2024"
    assert preview[0]["status"] == wording("vi")("status.in_progress")
    next(one for one in at.button if str(one.key).endswith(".save")).click().run()

    saved = sources(tmp_path / "wh")["strange"]
    assert saved.values["status"] == {"in_progress": ["Chờ sếp"]}
    assert saved.personal == ["CCCD"]
    at.button("intake.go").click().run()
    assert taken_in(at).success[0].value.startswith("**Đọc 1 = nhận 1 + loại 0 + trùng 0.**")


def test_a_batch_held_back_can_be_published_anyway_without_its_file(
    board: Board, tmp_path: Path
) -> None:
    at = board(tmp_path / "wh")
    batch_id = held_back(at)
    assert "Quy tắc “Không có ngày tiếp nhận”: 60/120 dòng (50,0%)" in at.warning[0].value
    assert open_snapshot(tmp_path / "wh") is None

    at.button(f"intake.publish.{batch_id}").click().run()
    taken_in(at)

    assert at.success[0].value.startswith("**Đọc 120 = nhận 60 + loại 60 + trùng 0.**")
    assert summary(tmp_path / "wh")["received"] == 60
    assert not [one for one in at.button if str(one.key).startswith("intake.publish.")]


def test_a_batch_held_back_can_be_discarded_and_changes_no_figure(
    board: Board, tmp_path: Path
) -> None:
    folder = tmp_path / "wh"
    ingest_run.ingest([written(tmp_path, "list.csv", LIST)], folder, STEWARD)
    at = board(folder)
    batch_id = held_back(at)

    at.button(f"intake.discard.{batch_id}").click().run()

    assert not at.exception
    assert summary(folder)["received"] == 2
    assert not [one for one in at.button if str(one.key).startswith("intake.publish.")]
    assert not (folder / "landing" / batch_id).exists()


def test_a_batch_that_is_on_the_board_cannot_be_discarded(tmp_path: Path) -> None:
    folder = tmp_path / "wh"
    ingest_run.ingest([written(tmp_path, "list.csv", LIST)], folder, STEWARD)
    (landed,) = (folder / "landing").glob("*/manifest.json")

    with pytest.raises(Refused) as refusal:
        ingest_run.discard(landed.parent.name, folder, STEWARD)

    assert refusal.value.key == "error.ingest.not_held"
    assert landed.is_file()
