"""Adds up what the stages of a check did: what was not run and why, what failed, one closing line.

    python scripts/summary.py STAGES

STAGES has a line per stage, its parts divided by tabs: name, exit status, and for a run of pytest
its report. The closing line is for machines: "N passed, N failed, N skipped". A check without a
report (style, types) counts as one; so does a run of pytest that failed and names no failed test,
ended before it wrote its report, or executed nothing. Exit status 1 when anything failed.
"""

from __future__ import annotations

import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from lxml import etree


@dataclass(frozen=True)
class Stage:
    """One step of the check; report: the XML file of a run of pytest, None for any other check."""

    name: str
    status: int
    report: Path | None


def main() -> None:
    """Print the summary; see the module's text."""
    stages = [_stage(line) for line in Path(sys.argv[1]).read_text("utf-8").splitlines()]
    totals: Counter[str] = Counter()
    reasons: Counter[str] = Counter()
    failed = []
    for stage in stages:
        outcomes, complaint = _outcomes(stage, reasons)
        totals += outcomes
        if outcomes["failed"]:
            failed.append(f"FAILED: {stage.name}{complaint}")
    print("\n== summary")
    for reason, n in sorted(reasons.items()):
        print(f"NOT RUN: {n} x {reason}")
    print("\n".join(failed) or "All checks passed.")
    print(f"{totals['passed']} passed, {totals['failed']} failed, {totals['skipped']} skipped")
    if failed or not stages:
        raise SystemExit(1)


def _stage(line: str) -> Stage:
    name, status, report = line.split("\t")
    return Stage(name, int(status), Path(report) if report else None)


def _outcomes(stage: Stage, reasons: Counter[str]) -> tuple[Counter[str], str]:
    """How many passed, failed and were skipped; and what to say of a failure without a test."""
    if stage.report is None:
        return Counter(failed=1) if stage.status else Counter(passed=1), ""
    if not stage.report.is_file():
        return Counter(failed=1), f" (no {stage.report}: pytest did not reach its end)"
    cases = etree.parse(stage.report).findall(".//testcase")
    outcomes = Counter(_outcome(case) for case in cases)
    reasons.update(one.get("message", "") for case in cases for one in case.findall("skipped"))
    if outcomes["failed"]:
        return outcomes, ""
    if not outcomes["passed"]:
        return outcomes + Counter(failed=1), " (no test was executed)"
    if stage.status:
        return outcomes + Counter(failed=1), f" (pytest ended with status {stage.status})"
    return outcomes, ""


def _outcome(case: etree._Element) -> str:
    if case.find("failure") is not None or case.find("error") is not None:
        return "failed"
    return "passed" if case.find("skipped") is None else "skipped"


if __name__ == "__main__":
    main()
