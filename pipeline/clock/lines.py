"""The clock of a dossier explained: a case in; lines, both clocks' results and the reasons out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from pipeline.clock.compare import Checked, Found, check, differences
from pipeline.clock.facts import Case
from pipeline.clock.index_766 import IndexClock
from pipeline.clock.law import LawClock
from pipeline.clock.office import Office
from pipeline.clock.reading import Reading
from pipeline.clock.rules import Rule, Rules
from pipeline.clock.story import Line, Story


@dataclass(frozen=True)
class Explanation:
    """Everything about the clock of one dossier at one moment."""

    lines: tuple[Line, ...]
    law: Reading
    index: Reading
    check: Checked
    differences: tuple[Found, ...]
    law_rule: Rule | None
    index_rule: Rule | None


def explain(case: Case, office: Office, rules: Rules, as_of: datetime) -> Explanation:
    """The lines of one dossier up to `as_of`, and what both clocks show at its end or then."""
    law, index = LawClock(case, office, rules), IndexClock(case, office, rules)
    until = case.ended_at if case.ended_at is not None and case.ended_at <= as_of else as_of
    return Explanation(
        lines=Story(case, office, rules, law, index, until).lines(),
        law=law.at(until),
        index=index.at(until),
        check=check(law, index, until),
        differences=differences(law, index, until),
        law_rule=law.rule,
        index_rule=index.rule(until),
    )
