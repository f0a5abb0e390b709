"""Promises that an apology moves: once, and mostly a day or two before they would be broken."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from pipeline.demo import office_clock as oc
from pipeline.demo.arrivals import Province
from pipeline.demo.export_days import earlier_exports

_MOVED, _MOVED_LAND = 0.12, 0.42  # of the broken ones


def move_promises(province: Province, rows: pd.DataFrame, rng: np.random.Generator) -> None:
    """Set moved_at and the new due_at in `rows`; first_due_at keeps the first promise."""
    as_of = np.datetime64(province.as_of, "s")
    due = rows["due_at"].to_numpy()
    finished = rows["finished_at"].to_numpy()
    limited = ~np.isnat(due) & rows["ending"].isin(["resolved", "open"]).to_numpy()
    limited &= ~rows["is_reserved"].to_numpy() & ~rows["is_forgotten"].to_numpy()
    due_day, _ = oc.split(np.where(limited, due, rows["received_at"].to_numpy()))
    end_day, _ = oc.split(np.where(np.isnat(finished), as_of, finished))
    broken = limited & (end_day > due_day)
    share = np.where(rows["is_land"].to_numpy(), _MOVED_LAND, _MOVED)
    moved = broken & (rng.random(len(rows)) < share)
    if broken.any() and not moved.any():
        moved[np.flatnonzero(broken)[-1]] = True
    n = len(rows)
    back = rng.choice([-1, 1, 2, 3], n, p=[0.12, 0.5, 0.28, 0.1])
    number = province.clock.number(due_day)
    moved_at = oc.join(province.clock.day_of(number - back), oc.second_of_work(rng, n))
    moved_at = np.maximum(moved_at, rows["received_at"].to_numpy() + np.timedelta64(1800, "s"))
    new_day = province.clock.day_of(number + rng.choice([3, 5, 7, 10, 15], n))
    new_due = oc.join(new_day, np.full(n, oc.EVENING))
    seen_to_move = _move_after_last_list(province, rows, rng)
    moved |= seen_to_move
    # Moved a day after the list, and kept: the list of that day shows the promise as it was.
    list_day = np.datetime64(earlier_exports(province.as_of)[-1], "s")
    moved_at = np.where(seen_to_move, list_day + np.timedelta64(oc.DAY, "s"), moved_at)
    rows["finished_at"] = np.where(seen_to_move, new_due - np.timedelta64(5400, "s"), finished)
    rows["moved_at"] = np.where(moved, moved_at, oc.NAT)
    rows["due_at"] = np.where(moved, new_due, due)


def _move_after_last_list(
    province: Province, rows: pd.DataFrame, rng: np.random.Generator
) -> NDArray[np.bool_]:
    """A few iGate dossiers that the last list before as_of still shows with the first promise."""
    list_day = np.datetime64(earlier_exports(province.as_of)[-1], "s")
    as_of = np.datetime64(province.as_of, "s")
    igate = np.array([unit.system == "igate" for unit in province.units])
    received, due = rows["received_at"].to_numpy(), rows["due_at"].to_numpy()
    fitting = igate[rows["unit"].to_numpy()] & (rows["ending"] == "resolved").to_numpy()
    fitting &= (received <= list_day) & (received > list_day - np.timedelta64(29 * oc.DAY, "s"))
    # Wanted: a promise that the list shows as still to come; a small province may have none.
    wanted = fitting & (due > list_day + np.timedelta64(oc.DAY, "s")) & (due <= as_of)
    candidates = np.flatnonzero(wanted if wanted.any() else fitting & ~np.isnat(due))
    few = min(len(candidates), max(1, len(rows) // 3_000))
    chosen = np.zeros(len(rows), dtype=bool)
    chosen[rng.choice(candidates, few, replace=False)] = True
    return chosen
