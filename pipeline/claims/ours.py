"""A report's figures beside the board's own, for one period and one viewer's scope.

Query: summary. A word such as "tiếp nhận" may mean what came in, or that and what was carried
over: the figure is compared with each meaning, and the first that agrees is named.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pipeline.claims.labels import Label, labels
from pipeline.claims.reading import Figure, Reading
from pipeline.claims.terms import terms
from pipeline.periods import Period


@dataclass(frozen=True)
class Compared:
    """A figure and ours. measure: key of `summary`, also the one under which dossiers are listed.

    difference: ours less the report's; 0 where they agree.
    """

    figure: Figure
    measure: str
    ours: int

    @property
    def difference(self) -> int:
        return self.ours - int(self.figure.value)


def compare(reading: Reading, summary: Mapping[str, Any]) -> list[Compared]:
    """Each count whose term the board knows, beside our number; in the order of the text."""
    found = []
    for figure in reading.counts:
        measures = terms().terms[figure.term].ours if figure.term else ()
        told = [Compared(figure, name, _count(summary, name)) for name in measures]
        if told:
            found.append(next((one for one in told if not one.difference), told[0]))
    return found


def other_period(reading: Reading, period: Period) -> Label | None:
    """The period the text names, where it is not the one that is looked at."""
    named = labels(reading.text)
    if not named or any(label.names(period) for label in named):
        return None
    return named[0]


def _count(summary: Mapping[str, Any], measure: str) -> int:
    """A count of `summary`; sums that only `dossiers` has a name for are added up here."""
    if measure == "resolved_in_time":
        return int(summary["early"] + summary["on_time"])
    if measure == "late_or_overdue":
        return int(summary["late"] + summary["open_overdue"])
    return int(summary[measure])
