"""Dossiers that a leader should look at twice: reopened, refused late, without a number.

What a signal needs and history does not bring about by itself is made here, in known numbers.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from pipeline.demo import clock_cases
from pipeline.demo import office_clock as oc
from pipeline.demo.arrivals import Province
from pipeline.demo.clock_cases import Mask

# Dossiers per 60,000, at least one of each.
_REOPENED, _REFUSED_LATE, _STOPPED, _LEFT_OPEN, _UNNUMBERED = 12, 15, 18, 8, 24
_TELL_REFUSALS = ("igate", "ward_json")  # the others have no such status, or no day of it
_SYSTEM = "ward_json"  # its lists tell the dates of supplements


def plant(province: Province, rows: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """The rows with the cases in them.

    Columns added: ended_first_at (the end that the last list shows and the newest does not),
    lacks_number (ended, and nobody entered the number of the result).
    """
    rows = rows.copy()
    rows["ended_first_at"] = np.full(len(rows), oc.NAT)
    rows["lacks_number"] = False
    _reopen(province, rows)
    _leave_supplements_open(province, rows)
    _refuse_late(province, rows, rng)
    _stop_just_in_time(province, rows)
    _leave_unnumbered(province, rows)
    return rows


def _still_open(province: Province, rows: pd.DataFrame) -> Mask:
    """Open since before the last list, with nothing else special about them."""
    systems = np.array([unit.system for unit in province.units], dtype=object)
    before = rows["received_at"].to_numpy() < clock_cases.last_list(province) - np.timedelta64(
        4 * oc.DAY, "s"
    )
    return np.asarray(
        before
        & (systems[rows["unit"].to_numpy()] == _SYSTEM)
        & (rows["ending"] == "open").to_numpy()
        & rows["due_at"].notna().to_numpy()
        & rows["moved_at"].isna().to_numpy()
        & rows["supplement_requested_at"].isna().to_numpy()
        & rows["ended_first_at"].isna().to_numpy()
        & ~rows["is_forgotten"].to_numpy()
        & ~rows["is_reserved"].to_numpy()
        & ~rows["is_clock_case"].to_numpy()
    )


def _reopen(province: Province, rows: pd.DataFrame) -> None:
    """The last list shows an end; the newest one shows the dossier at work again."""
    # A list of work under way shows what is closed only where it came in lately.
    lately = rows["received_at"].to_numpy() > clock_cases.last_list(province) - np.timedelta64(
        28 * oc.DAY, "s"
    )
    chosen = clock_cases.latest(rows, _still_open(province, rows) & lately, _REOPENED)
    index = rows.index[chosen]
    rows.loc[index, "ended_first_at"] = clock_cases.last_list(province) - np.timedelta64(
        6 * 3600, "s"
    )
    rows.loc[index, "waits_for"] = ""
    rows.loc[index, "is_clock_case"] = True


def _leave_supplements_open(province: Province, rows: pd.DataFrame) -> None:
    """Asked for more three weeks ago, and nothing came."""
    chosen = clock_cases.latest(rows, _still_open(province, rows), _LEFT_OPEN)
    index = rows.index[chosen]
    day, _ = oc.split(np.full(len(chosen), np.datetime64(province.as_of, "s")))
    asked_day = province.clock.on_or_after(day - 21)
    rows.loc[index, "supplement_requested_at"] = oc.join(asked_day, np.full(len(chosen), 9 * 3600))
    rows.loc[index, "waits_for"] = "supplement"
    rows.loc[index, "is_clock_case"] = True


def _refuse_late(province: Province, rows: pd.DataFrame, rng: np.random.Generator) -> None:
    """Refused some days after the promised one."""
    due = rows["due_at"].to_numpy()
    week = np.timedelta64(8 * oc.DAY, "s")
    systems = np.array([unit.system for unit in province.units], dtype=object)
    fitting = (rows["ending"] == "refused").to_numpy() & rows["due_at"].notna().to_numpy()
    fitting &= np.isin(systems[rows["unit"].to_numpy()], _TELL_REFUSALS)
    fitting &= due < np.datetime64(province.as_of, "s") - week
    chosen = clock_cases.latest(rows, fitting, _REFUSED_LATE)
    due_day, _ = oc.split(due[chosen])
    end_day = province.clock.after(due_day, rng.integers(1, 4, len(chosen)))
    rows.loc[rows.index[chosen], "ended_at"] = oc.join(end_day, np.full(len(chosen), 10 * 3600))


def _stop_just_in_time(province: Province, rows: pd.DataFrame) -> None:
    """Asked for more on the last working day before the promise; the limit began anew."""
    clock = province.clock
    due = rows["due_at"].to_numpy()
    month = np.timedelta64(60 * oc.DAY, "s")
    fitting = clock_cases.ordinary(province, rows, _SYSTEM)
    fitting &= clock_cases.in_working_days(province, rows, 3)
    fitting &= due < np.datetime64(province.as_of, "s") - month
    chosen = clock_cases.latest(rows, fitting, _STOPPED)
    limit = np.array([p.limit for p in province.procedures])[rows["procedure"].to_numpy()[chosen]]
    due_day, _ = oc.split(due[chosen])
    asked_day = clock.day_of(clock.number(due_day) - 1)
    done_day = clock.after(asked_day, 2)
    index = rows.index[chosen]
    done_at = oc.join(done_day, np.full(len(chosen), 14 * 3600))
    rows.loc[index, "supplement_requested_at"] = oc.join(asked_day, np.full(len(chosen), 16 * 3600))
    rows.loc[index, "supplement_completed_at"] = done_at
    rows.loc[index, "due_at"] = oc.join(
        clock.after(done_day, limit), np.full(len(chosen), oc.EVENING)
    )
    end_day = clock.after(done_day, np.maximum(limit - 1, 1))
    clock_cases.finish(rows, index, oc.join(end_day, np.full(len(chosen), 15 * 3600)))


def _leave_unnumbered(province: Province, rows: pd.DataFrame) -> None:
    """Clicked as finished before anybody had entered the number of the result."""
    fitting = clock_cases.ordinary(province, rows, _SYSTEM)
    fitting &= rows["finished_at"].to_numpy() < np.datetime64(province.as_of, "s")
    chosen = clock_cases.latest(rows, fitting, _UNNUMBERED)
    rows.loc[rows.index[chosen], "lacks_number"] = True
