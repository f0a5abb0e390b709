"""What a leader would say aloud about a period: chosen from the figures, worded elsewhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Figures = Mapping[str, Any]

# A field stands out when its share of lateness is this many times its share of the dossiers.
STANDS_OUT = 1.5
# Below so many late dossiers a share of them says nothing.
ENOUGH_LATE = 5


@dataclass(frozen=True)
class Insight:
    """One finding: the key of its sentence and the values in it. Shares come as two counts."""

    key: str
    values: Mapping[str, Any]


def headline(
    summary: Figures, fields: Sequence[Figures], without_apology: int | None = None
) -> list[Insight]:
    """What matters most, first; at least one finding, at most two.

    summary: one row of the query `summary`. fields: rows of `by_field` of the same period, each
    with `field_name`, `received`, `late`, `open_overdue`; rows without a name count, but are not
    named. without_apology: late or overdue dossiers without a letter, None if not known.
    """
    received = summary["received"]
    if not received:
        return [Insight("nothing", {})]
    findings = [_lateness(summary, fields)]
    late = summary["late"] + summary["open_overdue"]
    if late and without_apology:
        findings.append(Insight("without_apology", {"n": without_apology, "all_late": late}))
    elif late and without_apology == 0:
        findings.append(Insight("all_apologised", {"n": late}))
    elif summary["open_overdue"] and findings[0].key != "spread":
        findings.append(Insight("overdue", {"n": summary["open_overdue"]}))
    elif summary["status_unknown"]:
        findings.append(Insight("status_unknown", {"n": summary["status_unknown"]}))
    return findings


def _lateness(summary: Figures, fields: Sequence[Figures]) -> Insight:
    late = summary["late"] + summary["open_overdue"]
    if not late:
        return Insight(
            "none_late",
            {"resolved": summary["resolved"], "open": summary["open"]},
        )
    named = [row for row in fields if row.get("field_name")]
    worst = max(named, key=_late_of, default=None)
    if worst is None or not _late_of(worst):
        return Insight("late", {"n": late})
    share_of_late = _late_of(worst) / late
    share_of_all = worst["received"] / summary["received"]
    values = {
        "field": worst["field_name"],
        "late": _late_of(worst),
        "all_late": late,
        "received": worst["received"],
        "all_received": summary["received"],
    }
    if late >= ENOUGH_LATE and share_of_late >= STANDS_OUT * share_of_all:
        return Insight("stands_out", values)
    return Insight("spread", {**values, "n": summary["open_overdue"]})


def _late_of(row: Figures) -> int:
    return int(row["late"]) + int(row["open_overdue"])
