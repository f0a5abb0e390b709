"""Quality: the ledger, rejects, flags, what is not known, and identities."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from pipeline.quality import rules
from pipeline.settings import WAREHOUSE_VARIABLE
from pipeline.wording import wording
from tests.pages.conftest import click_cell, opened
from tests.snapshots import batch, build, dossier

Board = Callable[..., AppTest]


@pytest.fixture
def board(monkeypatch: pytest.MonkeyPatch) -> Board:
    def opened_at(folder: Path, part: str = "ledger", **query: str) -> AppTest:
        monkeypatch.setenv(WAREHOUSE_VARIABLE, str(folder))
        return opened("quality", **{"role": "steward", "part": part, **query})

    return opened_at


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


def sizes(at: AppTest) -> list[str]:
    control: Any = at.get("segmented_control")[1]
    return list(control.options)


def test_the_parts_say_how_much_is_in_each(board: Board, tmp_path: Path) -> None:
    at = board(quality_board(tmp_path / "board"))

    assert sizes(at)[:4] == [
        "Sổ nạp (1)",
        "Dòng bị loại (1)",
        "Phát hiện trên hồ sơ (1)",
        "Điều nguồn chưa biết (1)",
    ]


def test_the_ledger_adds_up_and_names_its_source(board: Board, tmp_path: Path) -> None:
    at = board(quality_board(tmp_path / "board"))

    (ledger, sheets) = frames(at)
    assert (ledger["read"], ledger["accepted"], ledger["difference"]) == ([3], [1], [0])
    assert ledger["source"] == ["Danh sách hồ sơ VNPT iGate"]
    assert sheets["file_name"] == ["thang1.xlsx"]
    assert not at.error


def test_rejects_show_rule_line_and_original_text(board: Board, tmp_path: Path) -> None:
    at = board(quality_board(tmp_path / "board"), "rejects")

    (reject,) = frames(at)
    assert (reject["rule"], reject["line"]) == (["Không có mã"], [7])
    assert reject["row_text"] == ['{"Chủ hồ sơ": "Nguyễn Văn An"}']
    assert [one.label for one in at.download_button] == ["Tải Excel", "CSV"]


def test_a_rejected_number_of_the_ledger_leads_to_its_rows(board: Board, tmp_path: Path) -> None:
    at = click_cell(board(quality_board(tmp_path / "board")), "quality.ledger", 0, "rejected")

    assert at.query_params["part"] == "rejects"
    assert at.query_params["batch"] == "1"
    assert [frame["line"] for frame in frames(at)] == [[7]]


def test_flags_show_by_rule_by_unit_and_one_by_one(board: Board, tmp_path: Path) -> None:
    at = board(quality_board(tmp_path / "board"), "flags")

    by_rule, by_unit, rows = frames(at)
    assert by_rule["rule"] == by_unit["rule"] == ["Chưa rõ trạng thái"]
    assert by_unit["flag_n"] == [1]
    assert rows["dossier_code"] == ["H1"]


def test_what_the_sources_do_not_know_is_named(board: Board, tmp_path: Path) -> None:
    at = board(quality_board(tmp_path / "board"), "unknown")

    warning, status = frames(at)
    assert warning["value"] == ["Cột lạ"]
    assert status["status_text"] == ["Ngủ đông"]


def test_identities_are_said_in_words_and_all_hold(board: Board, tmp_path: Path) -> None:
    at = board(quality_board(tmp_path / "board"), "identities")

    (identities,) = frames(at)
    assert set(identities["difference"]) == {0}
    assert identities["identity"][1] == (
        "đã giải quyết = trước hạn + đúng hạn + quá hạn + không có hạn"
    )
    assert not [said for said in identities["identity"] if "_" in said]
    assert not at.error


def test_a_ledger_that_does_not_add_up_is_said_aloud(board: Board, tmp_path: Path) -> None:
    folder = build(tmp_path / "board", [dossier()], batch=[batch(read_n=9)])

    at = board(folder, "identities")

    assert not at.exception
    assert any(error.value.startswith("2 đẳng thức") for error in at.error)


def test_every_rule_has_a_name_in_both_languages() -> None:
    for language in ("vi", "en"):
        words = wording(language)
        assert [rule for rule in rules() if f"rule.{rule}" not in words] == []
