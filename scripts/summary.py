"""Adds up what several runs of pytest reported: skipped tests by reason, then one closing line.

    python scripts/summary.py REPORT.xml...

Exit status 1 when a report is missing or speaks of no executed test.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

from lxml import etree


def main() -> None:
    """Print the summary; see the module's text."""
    totals: Counter[str] = Counter()
    reasons: Counter[str] = Counter()
    complaints = []
    for name in sys.argv[1:]:
        report = Path(name)
        if not report.is_file():
            complaints.append(f"{name} is missing: pytest did not reach its end.")
            continue
        cases = etree.parse(report).findall(".//testcase")
        outcomes = Counter(_outcome(case) for case in cases)
        reasons.update(
            skipped.get("message", "") for case in cases for skipped in case.findall("skipped")
        )
        totals += outcomes
        if outcomes["passed"] + outcomes["failed"] == 0:
            complaints.append(f"{name} reports no executed test.")
    print("\n== summary")
    for reason, n in sorted(reasons.items()):
        print(f"NOT RUN: {n} x {reason}")
    for complaint in complaints:
        print(complaint)
    print(f"{totals['passed']} passed, {totals['failed']} failed, {totals['skipped']} skipped")
    if complaints:
        raise SystemExit(1)


def _outcome(case: etree._Element) -> str:
    if case.find("failure") is not None or case.find("error") is not None:
        return "failed"
    return "passed" if case.find("skipped") is None else "skipped"


if __name__ == "__main__":
    main()
