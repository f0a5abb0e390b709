"""The summary of a check: what a machine reads in its last line, and when it fails."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.conftest import ROOT

PASSED = '<testcase name="a"/>'
FAILED = '<testcase name="b"><failure message="no"/></testcase>'
BROKEN = '<testcase name="c"><error message="no"/></testcase>'
SKIPPED = '<testcase name="d"><skipped message="there is no Chromium"/></testcase>'


def summary(folder: Path, *stages: tuple[str, int, str | None]) -> tuple[int, list[str]]:
    """Exit status and lines for stages: name, exit status, test cases of a report or None."""
    lines = []
    for n, (name, status, cases) in enumerate(stages):
        report = folder / f"{n}.xml"
        if cases:
            report.write_text(f"<testsuites><testsuite>{cases}</testsuite></testsuites>")
        lines.append(f"{name}\t{status}\t{'' if cases is None else report}\n")
    (folder / "stages.tsv").write_text("".join(lines))
    done = subprocess.run(
        [sys.executable, "scripts/summary.py", str(folder / "stages.tsv")],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stderr == ""
    return done.returncode, done.stdout.splitlines()


def test_checks_and_tests_of_all_stages_are_added_up(tmp_path: Path) -> None:
    status, said = summary(tmp_path, ("mypy", 0, None), ("pytest", 0, PASSED * 3 + SKIPPED))

    assert (status, said[-1]) == (0, "4 passed, 0 failed, 1 skipped")
    assert said[-2] == "All checks passed."
    assert "NOT RUN: 1 x there is no Chromium" in said


def test_a_failed_test_and_a_broken_one_fail_the_check(tmp_path: Path) -> None:
    status, said = summary(tmp_path, ("mypy", 0, None), ("pytest", 1, PASSED + FAILED + BROKEN))

    assert (status, said[-1]) == (1, "2 passed, 2 failed, 0 skipped")
    assert said[-2] == "FAILED: pytest"
    assert "All checks passed." not in said


def test_a_failed_check_is_counted_although_every_test_passed(tmp_path: Path) -> None:
    status, said = summary(tmp_path, ("ruff check", 1, None), ("pytest", 0, PASSED))

    assert (status, said[-1]) == (1, "1 passed, 1 failed, 0 skipped")
    assert said[-2] == "FAILED: ruff check"


def test_a_run_that_executed_nothing_fails(tmp_path: Path) -> None:
    status, said = summary(tmp_path, ("pytest", 0, SKIPPED))

    assert (status, said[-1]) == (1, "0 passed, 1 failed, 1 skipped")
    assert said[-2] == "FAILED: pytest (no test was executed)"


def test_a_run_that_ended_before_its_report_fails(tmp_path: Path) -> None:
    status, said = summary(tmp_path, ("mypy", 0, None), ("pytest", 2, ""))

    assert (status, said[-1]) == (1, "1 passed, 1 failed, 0 skipped")
    assert "pytest did not reach its end" in said[-2]


def test_a_run_that_failed_without_a_failed_test_fails(tmp_path: Path) -> None:
    status, said = summary(tmp_path, ("pytest", 3, PASSED))

    assert (status, said[-1]) == (1, "1 passed, 1 failed, 0 skipped")
    assert said[-2] == "FAILED: pytest (pytest ended with status 3)"


def test_no_stage_at_all_is_no_success(tmp_path: Path) -> None:
    status, said = summary(tmp_path)

    assert (status, said[-1]) == (1, "0 passed, 0 failed, 0 skipped")
