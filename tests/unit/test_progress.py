"""Progress: one line a step where nobody watches, one bar at a time where somebody does."""

from __future__ import annotations

import io
from pathlib import Path

from click.testing import CliRunner
from rich.console import Console

from pipeline.cli import main
from pipeline.progress import PlainProgress, RichProgress
from pipeline.wording import wording
from tests.unit.ingested import dossier, export


def test_a_log_has_a_sentence_for_every_step_and_no_figure_that_moves() -> None:
    said = io.StringIO()
    with PlainProgress(wording("en"), said) as progress:
        progress.step("progress.file", file="a\nb.csv", n=1, total=2)
        progress.advance(1, 2)
        progress.step("progress.figures")
    assert said.getvalue() == "Reading a b.csv (1/2)\nCounting the figures anew\n"


def test_a_terminal_shows_the_step_under_way_and_is_clean_afterwards() -> None:
    screen = io.StringIO()
    console = Console(file=screen, force_terminal=True, width=80)
    with RichProgress(wording("en"), console) as progress:
        progress.step("progress.file", file="[red]a.csv", n=1, total=2)
        progress.advance(1, 2)
        progress.step("progress.figures")
    drawn = screen.getvalue().rpartition("Counting the figures anew")[2]
    assert "a.csv" not in drawn
    assert screen.getvalue().endswith("\x1b[2K")


def test_the_command_line_says_on_stderr_what_it_does_in_the_language_asked_for(
    tmp_path: Path,
) -> None:
    listed = export(tmp_path / "a.csv", dossier())
    typed = ["ingest", str(listed), "--warehouse", str(tmp_path / "w"), "--lang", "vi", "--json"]
    done = CliRunner().invoke(main, typed)
    assert done.stderr.splitlines() == [
        "Đọc tệp a.csv (1/1)",
        "Kiểm tra từng dòng của Danh sách hồ sơ VNPT iGate (1/1)",
        "Tính lại các con số",
    ]
    assert done.stdout.startswith("{")
