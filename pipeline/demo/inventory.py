"""What is planted in the newest exports, counted, so that a test and a reader can know."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import numpy as np
import pandas as pd

from pipeline.demo.clock_cases import over_tet
from pipeline.demo.exports import igate, national, provincial, ward
from pipeline.demo.exports.cells import lately_open
from pipeline.demo.planted import PER_60_000
from pipeline.demo.world import World


def inventory(world: World) -> dict[str, int]:
    """Fault or circumstance -> number of rows in the newest exports.

    Rows that count twice do not exist: a planted row bears one fault. `rows` and `rows_SYSTEM`
    are rows of dossiers, earlier copies of the duplicates included.
    """
    seen = world.seen(world.province.as_of)
    quirk = seen["quirk"]
    counts = {name: int((quirk == name).sum()) for name in [*PER_60_000, "hostile_name"]}
    for module in (igate, provincial, national, ward):
        of_system = seen["system"] == module.SYSTEM
        copies = of_system & (quirk == "duplicate_code")
        counts[f"rows_{module.SYSTEM}"] = int(of_system.sum() + copies.sum())
    counts["rows"] = sum(n for name, n in counts.items() if name.startswith("rows_"))
    status = seen["status"]
    for word in (
        "submitted",
        "not_accepted",
        "refused",
        "withdrawn",
        "stopped",
        "awaiting_payment",
    ):
        counts[word] = int((status == word).sum())
    counts["awaiting_supplement"] = int((status == "awaiting_supplement").sum())
    counts["waiting_for_tax"] = int((status == "awaiting_tax").sum())
    counts["never_closed"] = int(seen["is_forgotten"].sum())
    counts["without_due"] = int(seen["due_at"].isna().sum())
    signed = seen["system"].isin([igate.SYSTEM, ward.SYSTEM])
    clicked_late = signed & seen["was_clicked_late"] & seen["finished_at"].notna()
    counts["clicked_late"] = int(clicked_late.sum())
    counts["bulk_clicks"] = int(seen["is_bulk"].sum())
    apart = np.array([u.code == provincial.WITHOUT_CHANNEL for u in world.province.units])
    counts["without_channel"] = int(apart[seen["unit"].to_numpy()].sum())
    return counts | _clock_cases(world, seen) | _signal_cases(seen)


def _clock_cases(world: World, seen: pd.DataFrame) -> dict[str, int]:
    """What a clock has to explain; of supplements those whose system tells a date."""
    dated = seen["system"].isin([national.SYSTEM, ward.SYSTEM]).to_numpy()
    in_hours = np.array([p.limit_unit == "hour" for p in world.province.procedures])
    unreadable = ("no_code", "no_received", "impossible_received", "impossible_date")
    readable = ~seen["quirk"].isin(unreadable).to_numpy()
    return {
        "clock_supplement": int((dated & seen["supplement_requested_at"].notna()).sum()),
        "clock_two_supplements": int(seen["reset_at"].notna().sum()),
        "clock_payment": int(seen["payment_asked_at"].notna().sum()),
        "clock_received_elsewhere": int((seen["elsewhere"] >= 0).sum()),
        "clock_over_tet": int((readable & over_tet(world.province, seen)).sum()),
        "clock_in_hours": int(in_hours[seen["procedure"].to_numpy()].sum()),
    }


def _signal_cases(seen: pd.DataFrame) -> dict[str, int]:
    """What was made for signals; the rest of them comes about by itself."""
    late = seen["ended_at"].dt.normalize() > seen["due_at"].dt.normalize()
    return {
        "signal_reopened": int(seen["ended_first_at"].notna().sum()),
        "signal_refused_after_due": int(((seen["status"] == "refused") & late).sum()),
        "signal_no_result_number": int(seen["lacks_number"].sum()),
    }


def moved_promises(world: World, earlier: Sequence[datetime]) -> int:
    """Dossiers whose due date in an earlier list of work under way is not the one in the newest."""
    newest = world.seen(world.province.as_of)
    moved: set[int] = set()
    for number, moment in enumerate(earlier):
        old = lately_open(world.seen(moment), moment)
        if number < len(earlier) - 1:
            old = old[(old["system"] == igate.SYSTEM).to_numpy()]
        both = old.index.intersection(newest.index)
        differs = old.loc[both, "due_at"] != newest.loc[both, "due_at"]
        differs &= old.loc[both, "due_at"].notna()
        moved.update(both[differs.to_numpy()])
    return len(moved)
