"""The page of definitions: every figure of metrics.toml, found by words without accents."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from pages.steward.definitions_parts import matching
from pipeline.calendar import calendar_version
from pipeline.metrics import metrics
from pipeline.wording import NOTHING
from tests.snapshots import build, day, dossier, finished

Board = Callable[..., AppTest]
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def board(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Board:
    def opened(folder: Path | None = None, **query: str) -> AppTest:
        monkeypatch.setenv("DUNGHEN_WAREHOUSE", str(folder or tmp_path / "empty"))
        at = AppTest.from_file(str(ROOT / "app.py"), default_timeout=30)
        for name, value in query.items():
            at.query_params[name] = value
        at.run()
        return at.switch_page("pages/steward/definitions.py").run()

    return opened


def code(at: AppTest) -> list[str]:
    return [block.value for block in at.code]


def test_every_figure_stands_there_with_its_meaning_before_anything_was_ingested(
    board: Board,
) -> None:
    at = board()

    assert not at.exception
    shown = [row.label.replace("\\", "") for row in at.expander]
    assert shown == [f"**{one.label_vi}** – {one.definition_vi}" for one in metrics().values()]
    assert {metric.value for metric in at.metric} == {NOTHING}
    assert len(code(at)) == 4  # of the four rates; the others are built when they are opened


def test_an_opened_figure_shows_its_formula_and_the_statement_behind_it(board: Board) -> None:
    at = board()

    at.session_state["definitions.apology_rate"] = True
    at.run()

    assert not at.exception
    formula, sql = code(at)[4:]
    one = metrics()["apology_rate"]
    assert formula == f"apology_rate = {one.formula}"
    assert sql == one.statement().strip()
    assert "apology" in sql


def test_the_four_rates_differ_on_the_same_dossiers(board: Board, tmp_path: Path) -> None:
    # One early, one late, one open in time, one overdue at the snapshot's moment.
    folder = build(
        tmp_path / "board",
        [
            finished(day(5), due_at=day(10)),
            finished(day(12), due_at=day(10)),
            dossier(due_at=day(60)),
            dossier(due_at=day(10)),
        ],
        meta={"data_until": day(30).isoformat()},
    )

    at = board(folder, as_of="2024-01-31")

    assert not at.exception
    assert [metric.value for metric in at.metric] == ["50,00%", "50,00%", "50,00%", "25,00%"]
    said = [caption.value for caption in at.caption]
    assert [text for text in said if " / " in text] == ["1 / 2", "2 / 4", "2 / 4", "1 / 4"]


def test_a_question_leaves_only_what_speaks_of_it(board: Board) -> None:
    at = board(find="thu xin loi")

    assert not at.exception
    shown = [row.label.replace("\\", "") for row in at.expander]
    assert any(label.startswith(f"**{metrics()['apology_rate'].label_vi}**") for label in shown)
    assert not any(metrics()["carried_over"].label_vi in label for label in shown)


def test_a_question_nothing_answers_names_itself(board: Board) -> None:
    at = board(find="xyzzy")

    assert "xyzzy" in at.info[0].value
    assert not at.expander


def test_accents_do_not_decide_what_is_found() -> None:
    assert list(matching("vi", "THU xin loi")) == list(matching("vi", "thư xin lỗi"))
    assert "received" not in matching("vi", "thư xin lỗi")


def test_the_calendar_is_named(board: Board) -> None:
    at = board()

    assert any(calendar_version()[:8] in text.value.replace("\\", "") for text in at.markdown)
    assert not at.warning
