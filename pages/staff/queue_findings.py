"""What the queue says first: how much is due today, what is broken, and what can still be saved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from pages.ui.guard import Viewer
from pipeline.insight import Insight


@dataclass(frozen=True)
class Counts:
    """Dossiers by bucket, in the order to work them; `last_day` by bucket where it has one.

    without_letter: overdue without an apology, None where letters were never brought in.
    of_ended_units: how many stand in the name of a unit that has ended.
    """

    by_bucket: Mapping[str, int]
    last_day: Mapping[str, date | None]
    without_letter: int | None
    of_ended_units: int

    @property
    def total(self) -> int:
        return sum(self.by_bucket.values())


def counts(viewer: Viewer, asked: Mapping[str, Any]) -> Counts:
    """The queue's counts for what the address asks."""
    without_order = {name: value for name, value in asked.items() if name != "sort"}
    rows = viewer.ask("queue_counts", **without_order).to_pylist()
    by_bucket = {row["bucket"]: row["n"] for row in rows}
    return Counts(
        by_bucket,
        {row["bucket"]: row["last_day"] for row in rows},
        _without_letter(viewer, asked) if by_bucket["overdue"] else None,
        sum(row["ended_unit_n"] for row in rows),
    )


def _without_letter(viewer: Viewer, asked: Mapping[str, Any]) -> int | None:
    if "apology" not in viewer.ask("freshness")["kind"].to_pylist():
        return None
    place = {name: asked[name] for name in ("unit", "field", "search")}
    return int(viewer.ask("overdue_letters", **place)["without_letter"][0].as_py())


def of(viewer: Viewer, asked: Mapping[str, Any], found: Counts) -> list[Insight]:
    """Sentences: today first, then the broken promises, then the last day to ask for more time."""
    if asked["search"]:
        return [Insight("found", {"n": found.total, "search": asked["search"]})]
    if not found.total:
        return [Insight("nothing", {})]
    said = [_today(viewer, found), *_overdue(found)]
    next_day = found.last_day.get("1")
    if viewer.moment.is_live and next_day and found.by_bucket["1"]:
        said.append(Insight("last_call", {"n": found.by_bucket["1"], "day": next_day}))
    if found.of_ended_units:
        said.append(Insight("ended_units", {"n": found.of_ended_units}))
    return said


def _today(viewer: Viewer, found: Counts) -> Insight:
    n, day = found.by_bucket["today"], viewer.as_of.date()
    if viewer.moment.is_live:
        return Insight("today", {"n": n}) if n else Insight("none_today", {})
    return (
        Insight("that_day", {"n": n, "day": day}) if n else Insight("none_that_day", {"day": day})
    )


def _overdue(found: Counts) -> list[Insight]:
    n, without = found.by_bucket["overdue"], found.without_letter
    if not n:
        return [Insight("none_overdue", {})]
    if without is None:
        return [Insight("overdue", {"n": n})]
    if not without:
        return [Insight("overdue_apologised", {"n": n})]
    return [Insight("overdue_without_letter", {"n": n, "without": without})]
