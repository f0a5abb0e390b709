"""Dossiers that show what a clock has to explain: a second supplement, a payment, another counter.

One supplement, moved promises, limits in hours and Tết come about in `course` by themselves; what
is rare is made here. Systems keep the dates of the last supplement only, so a second one shows by
comparing with the list of the month before; a payment shows in a list's status and nowhere else.
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from pipeline.demo import office_clock as oc
from pipeline.demo.arrivals import Province
from pipeline.demo.export_days import earlier_exports

Mask = NDArray[np.bool_]
# Dossiers per 60,000, at least one of each.
_TWICE_ASKED, _PAID, _ELSEWHERE = 24, 40, 20
_TET = 5  # weekdays off in a row: no other holiday is that long
_COLUMNS = (
    *("earlier_requested_at", "earlier_completed_at", "reset_at", "due_before_reset"),
    *("payment_asked_at", "payment_done_at", "competent_at"),
)


def plant(province: Province, rows: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """The rows with the cases in them.

    Columns added: earlier_requested_at, earlier_completed_at (the first of two supplements),
    reset_at, due_before_reset (the promise that the second one set anew), payment_asked_at,
    payment_done_at, competent_at, elsewhere (row number of the unit that took it in, or -1),
    is_clock_case.
    """
    rows = rows.copy()
    for column in _COLUMNS:
        rows[column] = np.full(len(rows), oc.NAT)
    rows["elsewhere"] = -1
    rows["is_clock_case"] = False
    _ask_twice(province, rows, rng)
    _wait_for_payment(province, rows, rng)
    _take_in_elsewhere(province, rows, rng)
    return rows


def over_tet(province: Province, rows: pd.DataFrame) -> Mask:
    """Dossiers received before a Tết and promised for after it."""
    clock = province.clock
    days = np.arange(len(clock.is_working)) + clock.first
    off = np.flatnonzero(~clock.is_working)
    runs = np.split(off, np.flatnonzero(np.diff(off) > 1) + 1)
    received, _ = oc.split(rows["received_at"].to_numpy())
    promised = rows["due_at"].notna().to_numpy()
    due, _ = oc.split(np.where(promised, rows["due_at"].to_numpy(), rows["received_at"].to_numpy()))
    found = np.zeros(len(rows), dtype=bool)
    for run in runs:
        if ((days[run] + 3) % 7 < 5).sum() >= _TET:
            found |= promised & (received < days[run[0]]) & (due > days[run[-1]])
    return found


def _ask_twice(province: Province, rows: pd.DataFrame, rng: np.random.Generator) -> None:
    """Asked and completed before the last list, asked again after it; the limit begins anew."""
    clock = province.clock
    received_day, _ = oc.split(rows["received_at"].to_numpy())
    limit = np.array([p.limit for p in province.procedures])[rows["procedure"].to_numpy()]
    asked = oc.join(clock.after(received_day, 1), np.full(len(rows), 9 * 3600 + 1800))
    done = oc.join(clock.after(received_day, 3), np.full(len(rows), 10 * 3600))
    list_at, as_of = last_list(province), np.datetime64(province.as_of, "s")
    fitting = ordinary(province, rows, "ward_json") & in_working_days(province, rows, 2)
    chosen = latest(rows, fitting & (done < list_at), _TWICE_ASKED)
    list_day = np.full(len(chosen), list_at.astype("datetime64[D]").astype(np.int64))
    again_day = clock.after(list_day, rng.integers(1, 4, len(chosen)))
    again = np.minimum(oc.join(again_day, np.full(len(chosen), 9 * 3600)), as_of - 1800)
    again_done_day = clock.after(oc.split(again)[0], rng.integers(1, 5, len(chosen)))
    again_done = oc.join(again_done_day, np.full(len(chosen), 14 * 3600))
    due_day = clock.after(again_done_day, limit[chosen])
    end_day = clock.after(again_done_day, np.maximum(limit[chosen] - 1, 1))
    first_done_day, _ = oc.split(done[chosen])
    evening = np.full(len(chosen), oc.EVENING)
    index = rows.index[chosen]
    rows.loc[index, "earlier_requested_at"] = asked[chosen]
    rows.loc[index, "earlier_completed_at"] = done[chosen]
    rows.loc[index, "supplement_requested_at"] = again
    rows.loc[index, "supplement_completed_at"] = again_done
    rows.loc[index, "due_before_reset"] = oc.join(
        clock.after(first_done_day, limit[chosen]), evening
    )
    rows.loc[index, "reset_at"] = again_done
    rows.loc[index, "due_at"] = oc.join(due_day, evening)
    finish(rows, index, oc.join(end_day, np.full(len(chosen), 15 * 3600)))


def _wait_for_payment(province: Province, rows: pd.DataFrame, rng: np.random.Generator) -> None:
    """A list shows them waiting for a payment, the next one at work again, a later one done."""
    plain = ordinary(province, rows, "igate")
    received, finished = rows["received_at"].to_numpy(), rows["finished_at"].to_numpy()
    wanted = max(1, round(_PAID * len(rows) / 60_000))
    fee = np.array([p.has_fee for p in province.procedures])[rows["procedure"].to_numpy()]
    day = np.timedelta64(oc.DAY, "s")
    lists = [np.datetime64(moment, "s") for moment in earlier_exports(province.as_of)]
    for list_at, next_at in reversed(list(pairwise(lists))):
        around = plain & fee & (received < list_at - day) & (finished > next_at + day)
        around &= rows["payment_asked_at"].isna().to_numpy()
        chosen = np.flatnonzero(around)[-wanted:] if wanted else np.array([], dtype=np.int64)
        _pay(rows, chosen, list_at, rng)
        wanted -= len(chosen)
    if rows["payment_asked_at"].isna().all():  # so few dossiers that none was open over two lists
        chosen = latest(rows, plain & (received < lists[-2] - day), 0)
        finish(rows, rows.index[chosen], np.full(len(chosen), lists[-1] + 5 * day))
        _pay(rows, chosen, lists[-2], rng)


def _pay(
    rows: pd.DataFrame,
    chosen: NDArray[np.int64],
    list_at: np.datetime64,
    rng: np.random.Generator,
) -> None:
    index = rows.index[chosen]
    before = (rng.integers(1, 20, len(chosen)) * 3600).astype("timedelta64[s]")
    after = (rng.integers(4, 40, len(chosen)) * 3600).astype("timedelta64[s]")
    rows.loc[index, "payment_asked_at"] = list_at - before
    rows.loc[index, "payment_done_at"] = list_at + after
    rows.loc[index, "is_clock_case"] = True


def _take_in_elsewhere(province: Province, rows: pd.DataFrame, rng: np.random.Generator) -> None:
    """Another commune's counter took it in; the competent one had it the next working day."""
    clock = province.clock
    received_day, _ = oc.split(rows["received_at"].to_numpy())
    competent_at = oc.join(clock.after(received_day, 1), np.full(len(rows), 8 * 3600 + 600))
    fitting = ordinary(province, rows, "ward_json") & in_working_days(province, rows, 2)
    fitting &= rows["finished_at"].to_numpy() > competent_at + np.timedelta64(3600, "s")
    fitting &= competent_at < np.datetime64(province.as_of, "s")
    chosen = latest(rows, fitting, _ELSEWHERE)
    units = rows["unit"].to_numpy()
    for row in chosen:
        day = oc.to_date(received_day[row])
        others = [
            number
            for number, unit in enumerate(province.units)
            if unit.level == "commune" and unit.in_force(day) and number != units[row]
        ]
        rows.loc[rows.index[row], "elsewhere"] = int(rng.choice(others))
    index = rows.index[chosen]
    rows.loc[index, "competent_at"] = competent_at[chosen]
    rows.loc[index, "is_clock_case"] = True


def finish(rows: pd.DataFrame, index: pd.Index, end: oc.Moments) -> None:
    """Let these dossiers end at these moments, signed just before."""
    rows.loc[index, "finished_at"] = end
    rows.loc[index, "result_signed_at"] = end - np.timedelta64(1800, "s")
    rows.loc[index, "handed_over_at"] = end + np.timedelta64(1200, "s")
    rows.loc[index, "was_clicked_late"] = False
    rows.loc[index, "is_clock_case"] = True


def ordinary(province: Province, rows: pd.DataFrame, system: str) -> Mask:
    """Dossiers of a system that come to their result with nothing special about them yet."""
    systems = np.array([unit.system for unit in province.units], dtype=object)
    return np.asarray(
        (systems[rows["unit"].to_numpy()] == system)
        & (rows["ending"] == "resolved").to_numpy()
        & rows["due_at"].notna().to_numpy()
        & rows["moved_at"].isna().to_numpy()
        & rows["supplement_requested_at"].isna().to_numpy()
        & (rows["waits_for"] == "").to_numpy()
        & ~rows["was_clicked_late"].to_numpy()
        & ~rows["is_reserved"].to_numpy()
        & ~rows["is_clock_case"].to_numpy()
    )


def in_working_days(province: Province, rows: pd.DataFrame, least: int) -> Mask:
    """Dossiers whose limit is so many working days or more."""
    fitting = np.array(
        [p.limit_unit == "working_day" and p.limit >= least for p in province.procedures]
    )
    return np.asarray(fitting[rows["procedure"].to_numpy()])


def latest(rows: pd.DataFrame, fitting: Mask, usual: int) -> NDArray[np.int64]:
    """The last rows that fit, so many per 60,000 and at least one; rows stand by receipt."""
    return np.flatnonzero(fitting)[-max(1, round(usual * len(rows) / 60_000)) :]


def last_list(province: Province) -> np.datetime64:
    """The moment of the last list before as_of."""
    return np.datetime64(earlier_exports(province.as_of)[-1], "s")
