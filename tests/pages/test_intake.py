"""Intake: from an empty board to moved figures, and what the steward is told on the way."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from pages.ui import inbox, ingest_run, mapping
from pipeline import queries
from pipeline.access import default_scope
from pipeline.errors import Refused
from pipeline.inspection import TableFound, inspect
from pipeline.quality import rules
from pipeline.recognise import choose
from pipeline.sources import save_source, sources
from pipeline.warehouse import open_snapshot
from pipeline.wording import wording
from tests.snapshots import batch, build, day, dossier

Board = Callable[..., AppTest]
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
        [written(tmp_path, "list.csv", LIST)], tmp_path / "wh", on_step=steps.append
    )

    assert (done.read, done.accepted, done.rejected, done.duplicate) == (4, 2, 1, 1)
    assert done.difference == 0
    assert done.rejects_by_rule == {"no_code": 1}
    assert summary(tmp_path / "wh")["received"] == 2
    assert steps != []


def test_the_same_file_again_is_no_news_and_moves_nothing(tmp_path: Path) -> None:
    file, warehouse = written(tmp_path, "list.csv", LIST), tmp_path / "wh"
    first = ingest_run.ingest([file], warehouse)

    again = ingest_run.ingest([file], warehouse)

    assert (first.is_news, again.is_news) == (True, False)
    assert again.snapshot == first.snapshot
    assert summary(warehouse)["received"] == 2


def test_a_file_nobody_knows_is_refused_in_one_sentence_without_its_values(tmp_path: Path) -> None:
    with pytest.raises(Refused) as refusal:
        ingest_run.ingest([written(tmp_path, "strange.csv", STRANGE)], tmp_path / "wh")

    assert "strange.csv" in str(refusal.value)
    assert "\n" not in str(refusal.value)
    assert "012345678901" not in str(refusal.value)


def test_a_name_that_looks_like_an_option_is_a_file(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="no such file"):
        ingest_run.ingest([Path("--publish-anyway")], tmp_path / "wh")


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
        raise Refused("no.")

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


def test_the_screen_works_before_anything_was_taken_in(board: Board) -> None:
    for view in ("bring", "quality"):
        at = board(view=view)

        assert not at.exception
        assert not at.dataframe


def test_a_leader_gets_neither_uploader_nor_rejects(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = build(tmp_path / "board", [dossier()], batch=[batch()])
    monkeypatch.setenv("DUNGHEN_WAREHOUSE", str(folder))
    at = AppTest.from_file(str(ROOT / "pages/steward/intake.py"), default_timeout=60)
    at.query_params["role"] = "province_leader"
    at.run()

    assert "Lãnh đạo tỉnh" in at.error[0].value
    assert not at.dataframe
    assert not at.file_uploader


def test_a_dropped_file_is_recognised_taken_in_and_told_in_one_equation(
    board: Board, tmp_path: Path
) -> None:
    at = board(tmp_path / "wh")
    at.file_uploader[0].upload("list.csv", LIST.encode(), "text/csv").run()
    assert not at.exception
    at.button("intake.go").click().run()

    assert not at.exception
    assert at.success[0].value.startswith("**Đọc 4 = nhận 2 + loại 1 + trùng 1.**")
    assert summary(tmp_path / "wh")["received"] == 2
    assert list((tmp_path / "wh" / "inbox").iterdir()) == []


def quality_board(folder: Path) -> Path:
    return build(
        folder,
        [dossier(dossier_code="H1", status="unknown", status_text="Ngủ đông")],
        batch=[batch(read_n=3, rejected_n=1, duplicate_n=1)],
        batch_sheet=[
            {
                "batch_no": 1,
                "sheet_no": 1,
                "file_name": "thang1.xlsx",
                "sheet_name": "Sheet1",
                "sha256": "0",
                "encoding": None,
                "header_line": 3,
                "read_n": 3,
                "left_out_n": 0,
            }
        ],
        reject=[
            {
                "batch_no": 1,
                "sheet_no": 1,
                "line": 7,
                "rule": "no_code",
                "column_name": "dossier_code",
                "value": None,
                "row_text": '{"Chủ hồ sơ": "Nguyễn Văn An"}',
            }
        ],
        flag=[
            {
                "batch_no": 1,
                "system": "S",
                "dossier_code": "H1",
                "unit_id": "U1",
                "rule": "status_unknown",
                "column_name": "status",
                "detail": "Ngủ đông",
            }
        ],
        mapping_warning=[
            {
                "batch_no": 1,
                "warning": "unknown_header",
                "column_name": None,
                "value": "Cột lạ",
                "row_n": None,
            }
        ],
    )


def frames(at: AppTest) -> list[dict[Any, Any]]:
    return [frame.value.to_dict("list") for frame in at.dataframe]


def test_quality_shows_ledger_rejects_flags_warnings_and_unknown_words(
    board: Board, tmp_path: Path
) -> None:
    at = board(quality_board(tmp_path / "board"), view="quality")

    assert not at.exception
    shown = frames(at)
    ledger = next(frame for frame in shown if "duplicate" in frame)
    assert (ledger["read"], ledger["accepted"], ledger["difference"]) == ([3], [1], [0])
    reject = next(frame for frame in shown if "row_text" in frame)
    assert (reject["rule"], reject["line"]) == (["Không có mã"], [7])
    assert reject["row_text"] == ['{"Chủ hồ sơ": "Nguyễn Văn An"}']
    assert next(frame for frame in shown if "detail" in frame)["dossier_code"] == ["H1"]
    assert next(frame for frame in shown if "status_text" in frame)["status_text"] == ["Ngủ đông"]
    assert ["Cột lạ"] in [frame.get("value") for frame in shown]
    identities = next(frame for frame in shown if "identity" in frame)
    assert set(identities["difference"]) == {0}
    assert not at.error


def test_a_ledger_that_does_not_add_up_is_said_aloud(board: Board, tmp_path: Path) -> None:
    folder = build(tmp_path / "board", [dossier()], batch=[batch(read_n=9)])

    at = board(folder, view="quality")

    assert not at.exception
    assert any(error.value.startswith("2 đẳng thức") for error in at.error)


def test_every_rule_has_a_name_in_both_languages() -> None:
    for language in ("vi", "en"):
        words = wording(language)
        assert [rule for rule in rules() if f"rule.{rule}" not in words] == []
