"""What happens to each dossier: the promise, the work, the end; seen from the end of time.

Moments after as_of may still stand here; `view.seen_at` hides them.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from pipeline.demo import office_clock as oc
from pipeline.demo.arrivals import Province
from pipeline.demo.moved import move_promises
from pipeline.demo.province import DISTRICTS_ENDED

_LAND = ("Đất đai", "Đăng ký biện pháp bảo đảm")
# Share of finished dossiers that are late: land waits for tax and surveyors.
_LATE, _LATE_LAND = 0.0105, 0.132
# Past due and still not done: so many on the first day, and fewer with every day that passes.
_STUCK, _STUCK_LAND = 0.055, 0.42
_STUCK_DAYS = 270
_WORKED_OFF, _WORKED_OFF_LAND = 12.0, 45.0  # days after which a third of them is left
_NEVER_CLOSED = 0.004  # done long ago on paper, still open in the software
_GENEROUS = ("2.000488",)  # procedures whose limit is longer than anybody needs
_CLOSED_BY_NOW = 300  # days


def run(province: Province, rows: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """The rows of `arrive` with their course added, all moments datetime64[s].

    Columns added: due_at, first_due_at, moved_at, finished_at, handed_over_at, result_signed_at,
    ended_at, ending (resolved | refused | withdrawn | stopped | not_accepted | open),
    supplement_requested_at, supplement_completed_at, waits_for ('' | supplement | payment | tax),
    was_clicked_late.
    """
    rows = rows.copy()
    procedure = rows["procedure"].to_numpy()
    rows["is_land"] = np.array([p.field in _LAND for p in province.procedures])[procedure]
    _supplement(province, rows, rng)
    start = rows["supplement_completed_at"].fillna(rows["received_at"]).to_numpy()
    due = _promise(province, procedure, start, rng)
    rows["due_at"] = due
    rows["first_due_at"] = due
    rows["finished_at"] = _finish(province, rows, start, rng)
    rows["result_signed_at"] = oc.NAT
    rows["moved_at"] = oc.NAT
    rows["was_clicked_late"] = False
    rows["ending"] = "resolved"
    _leave_open(province, rows, rng)
    _end_otherwise(rows, rng)
    move_promises(province, rows, rng)
    _sign(rows, rng)
    _hand_over(province, rows, rng)
    _wait(province, rows, rng)
    return rows


def _supplement(province: Province, rows: pd.DataFrame, rng: np.random.Generator) -> None:
    """A few are asked for more within three days; the limit then counts again from the start."""
    limited = np.array([p.limit_unit != "" and p.limit > 1 for p in province.procedures])
    asked = limited[rows["procedure"].to_numpy()] & (rng.random(len(rows)) < 0.045)
    asked &= ~rows["is_reserved"].to_numpy()
    day, _ = oc.split(rows["received_at"].to_numpy())
    asked_day = province.clock.after(day, rng.integers(1, 4, len(rows)))
    requested = oc.join(asked_day, oc.second_of_work(rng, len(rows)))
    done_day = province.clock.after(asked_day, rng.integers(1, 20, len(rows)))
    completed = oc.join(done_day, oc.second_of_work(rng, len(rows)))
    _keep_one_waiting(province, rows, limited, asked, requested, completed)
    rows["supplement_requested_at"] = np.where(asked, requested, oc.NAT)
    rows["supplement_completed_at"] = np.where(asked, completed, oc.NAT)


def _keep_one_waiting(
    province: Province,
    rows: pd.DataFrame,
    limited: NDArray[np.bool_],
    asked: NDArray[np.bool_],
    requested: oc.Moments,
    completed: oc.Moments,
) -> None:
    """Whatever the dice say, one dossier of the last fortnight waits for its applicant."""
    as_of = np.datetime64(province.as_of, "s")
    young = rows["received_at"].to_numpy() > as_of - np.timedelta64(20 * oc.DAY, "s")
    young &= limited[rows["procedure"].to_numpy()] & (requested <= as_of)
    young &= ~rows["is_reserved"].to_numpy()
    if young.any():
        one = np.flatnonzero(young)[-1]
        asked[one] = True
        completed[one] = as_of + np.timedelta64(9 * oc.DAY, "s")


def _promise(
    province: Province, procedure: oc.Days, start: oc.Moments, rng: np.random.Generator
) -> oc.Moments:
    limit = np.array([p.limit for p in province.procedures])[procedure]
    unit = np.array([p.limit_unit for p in province.procedures])[procedure]
    day, second = oc.split(start)
    # A month without such a day ends the limit on its last one (Civil Code 2015 Art. 148(3)).
    month = day.astype("datetime64[D]").astype("datetime64[M]") + limit
    begins, follows = (m.astype("datetime64[D]").astype(np.int64) for m in (month, month + 1))
    by_month = np.minimum(begins + (day - _month_start(day)), follows - 1)
    due_day = np.select(
        [unit == "working_day", unit == "day", unit == "month"],
        [
            province.clock.after(day, limit),
            province.clock.on_or_after(day + np.where(unit == "day", limit, 0)),
            province.clock.on_or_after(np.where(unit == "month", by_month, day)),
        ],
        day,
    )
    # Software promises the end of the day, or the same time of day at which it was taken in.
    at_end = rng.random(len(start)) < 0.7
    due = oc.join(due_day, np.where(at_end, oc.EVENING, np.clip(second, oc.MORNING, oc.EVENING)))
    due = np.where(unit == "hour", province.clock.add_hours(start, limit), due)
    due = due.astype("datetime64[m]").astype("datetime64[s]")  # slips name no seconds
    return np.where(unit == "", oc.NAT, due)


def _month_start(day: oc.Days) -> oc.Days:
    months = day.astype("datetime64[D]").astype("datetime64[M]")
    return np.asarray(months.astype("datetime64[D]").astype(np.int64))


def _late_chance(
    province: Province, rows: pd.DataFrame, land: float, rest: float
) -> NDArray[np.float64]:
    """By field and unit, worse after Tết, at the end of the year and after the reform of 7/2025."""
    lateness = np.array([unit.lateness for unit in province.units])[rows["unit"].to_numpy()]
    day, _ = oc.split(rows["received_at"].to_numpy())
    month = day.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64) % 12 + 1
    season = np.select([month == 12, month == 2, month == 1], [1.35, 1.3, 1.2], 0.93)
    since = day - oc.day_number(DISTRICTS_ENDED)
    reform = np.where(since >= 0, 1 + 1.4 * np.exp(-np.maximum(since, 0) / 45), 1.0)
    is_land = rows["is_land"].to_numpy()
    base = np.where(is_land, land * (0.4 + 0.6 * lateness), rest * lateness)
    return np.asarray(np.clip(base * season * reform, 0, 0.6))


def _finish(
    province: Province, rows: pd.DataFrame, start: oc.Moments, rng: np.random.Generator
) -> oc.Moments:
    n = len(rows)
    clock = province.clock
    due = rows["due_at"].to_numpy()
    limited = ~np.isnat(due)
    day, second = oc.split(start)
    due_day, _ = oc.split(np.where(limited, due, start))
    span = np.maximum(clock.number(due_day) - clock.number(day), 0)
    late = limited & (rng.random(n) < _late_chance(province, rows, _LATE_LAND, _LATE))
    used = np.floor(rng.beta(2.4, 1.5, n) * (span + 0.35)).astype(np.int64)
    used = np.where(rng.random(n) < 0.16, span, np.minimum(used, span))
    generous = np.array([p.code in _GENEROUS for p in province.procedures])
    is_quick = generous[rows["procedure"].to_numpy()]
    used = np.where(is_quick, np.floor(np.minimum(used, span) * 0.45).astype(np.int64), used)
    tail = np.where(rows["is_land"].to_numpy(), 8.0, 2.5)
    over = 1 + np.floor(rng.exponential(tail)).astype(np.int64)
    end_day = np.where(late, clock.after(due_day, over), clock.after(day, used))
    at_once = start + rng.integers(180, 1500, n).astype("timedelta64[s]")
    end = oc.join(end_day, oc.second_of_work(rng, n))
    # Done on the day of receipt: after receipt, and before the office closes where it can.
    passed = oc.office_seconds(second)
    left = oc.OFFICE_DAY - 300 - passed
    then = oc.wall_seconds(passed + (300 + rng.random(n) * np.maximum(left, 0)).astype(np.int64))
    same_day = np.where(left > 0, oc.join(day, then), start + np.timedelta64(600, "s"))
    end = np.where(end_day == day, same_day, end)
    return np.where(limited, end, at_once)


def _leave_open(province: Province, rows: pd.DataFrame, rng: np.random.Generator) -> None:
    """Some are not finished: kept for the due-soon list, stuck, or forgotten in the software."""
    as_of = np.datetime64(province.as_of, "s")
    age = (as_of - rows["received_at"].to_numpy()).astype(np.int64) // oc.DAY
    due = rows["due_at"].to_numpy()
    past = ~np.isnat(due) & (due.astype("datetime64[D]") < as_of.astype("datetime64[D]"))
    chance = _late_chance(province, rows, _STUCK_LAND, _STUCK)
    days = (as_of - np.where(past, due, as_of)).astype(np.int64) / oc.DAY
    worked_off = np.where(rows["is_land"].to_numpy(), _WORKED_OFF_LAND, _WORKED_OFF)
    chance = chance * np.exp(-days / worked_off)
    stuck = past & (age < _STUCK_DAYS) & (rng.random(len(rows)) < chance)
    stuck &= rows["finished_at"].to_numpy() <= as_of
    commune = np.array([unit.level in ("commune", "district") for unit in province.units])
    forgotten = past & (age > _CLOSED_BY_NOW) & commune[rows["unit"].to_numpy()]
    forgotten &= rng.random(len(rows)) < _NEVER_CLOSED * 2
    old = np.flatnonzero(past & (age > _CLOSED_BY_NOW))
    if len(old) and not forgotten.any():
        forgotten[old[0]] = True
    rows["is_forgotten"] = forgotten
    opened = stuck | forgotten | rows["is_reserved"].to_numpy()
    rows.loc[opened, "ending"] = "open"
    rows.loc[opened, "finished_at"] = oc.NAT


def _end_otherwise(rows: pd.DataFrame, rng: np.random.Generator) -> None:
    free = rows["due_at"].notna().to_numpy() & (rows["ending"] == "resolved").to_numpy()
    luck = rng.random(len(rows))
    online = rows["channel"].str.startswith("online").to_numpy()
    kinds = ["not_accepted", "refused", "withdrawn", "stopped"]
    upper = np.cumsum([0.012, 0.008, 0.008, 0.004])
    for number, (kind, edge) in enumerate(zip(kinds, upper, strict=True)):
        chosen = free & (luck < edge) & (luck >= (upper[number - 1] if number else 0))
        if kind == "not_accepted":
            chosen &= online
        if not chosen.any() and free.any():
            chosen[rng.choice(np.flatnonzero(free))] = True
        free &= ~chosen
        rows.loc[chosen, "ending"] = kind
    otherwise = rows["ending"].isin(kinds).to_numpy()
    # Refusals come inside the limit: a late one would be a fault of its own.
    received, due = rows["received_at"].to_numpy(), rows["due_at"].to_numpy()
    end = np.fmin(rows["finished_at"].to_numpy(), due)
    end = np.where(end <= received, received + np.timedelta64(1800, "s"), end)
    rows["ended_at"] = np.where(otherwise, end, oc.NAT)
    rows.loc[otherwise, "finished_at"] = oc.NAT
    rows.loc[rows["ending"] == "not_accepted", ["due_at", "first_due_at"]] = oc.NAT
    rows.loc[otherwise, "supplement_requested_at"] = oc.NAT
    rows.loc[otherwise, "supplement_completed_at"] = oc.NAT


def _sign(rows: pd.DataFrame, rng: np.random.Generator) -> None:
    """The result is signed shortly before it is clicked; sometimes long before, rarely after."""
    n = len(rows)
    finished, due = rows["finished_at"].to_numpy(), rows["due_at"].to_numpy()
    start = rows["received_at"].to_numpy()
    spent = np.where(np.isnat(finished), 0, (finished - start).astype(np.int64))
    before = np.minimum(rng.integers(120, 7200, n), np.maximum(spent // 2, 0))
    signed = finished - before.astype("timedelta64[s]")
    late = ~np.isnat(finished) & ~np.isnat(due)
    late &= finished.astype("datetime64[D]") > due.astype("datetime64[D]")
    on_time = due - rng.integers(600, 9000, n).astype("timedelta64[s]")
    clicked_late = late & (rng.random(n) < 0.25) & (on_time > start)
    if late.any() and not clicked_late.any():
        clicked_late[np.flatnonzero(late & (on_time > start))[:1]] = True
    signed = np.where(clicked_late, on_time, signed)
    rows["result_signed_at"] = signed
    rows["was_clicked_late"] = clicked_late


def _hand_over(province: Province, rows: pd.DataFrame, rng: np.random.Generator) -> None:
    """Online results go out at once; others lie at the counter, a few for ever."""
    n = len(rows)
    finished = rows["finished_at"].to_numpy()
    done = ~np.isnat(finished)
    end_day, _ = oc.split(np.where(done, finished, rows["received_at"].to_numpy()))
    online = rows["channel"].str.startswith("online").to_numpy()
    # Offices whose export knows only the hand-over send their results out the same day.
    at_once = np.where(_hands_over_at_once(province, rows), 0.93, 0.55)
    wait_days = np.where(online | (rng.random(n) < at_once), 0, rng.geometric(0.45, n))
    later = oc.join(province.clock.after(end_day, wait_days), oc.second_of_work(rng, n))
    soon = finished + np.where(online, rng.integers(20, 900, n), rng.integers(60, 2400, n)).astype(
        "timedelta64[s]"
    )
    handed = np.where(wait_days == 0, soon, later)
    never = ~online & (rng.random(n) < 0.012)
    rows["handed_over_at"] = np.where(done & ~never, handed, oc.NAT)


def _hands_over_at_once(province: Province, rows: pd.DataFrame) -> NDArray[np.bool_]:
    systems = np.array([unit.system == "provincial_list" for unit in province.units])
    return np.asarray(systems[rows["unit"].to_numpy()])


def _wait(province: Province, rows: pd.DataFrame, rng: np.random.Generator) -> None:
    """Open land dossiers wait for the applicant's payment or for the tax office's notice."""
    as_of = np.datetime64(province.as_of, "s")
    finished, ended = rows["finished_at"].to_numpy(), rows["ended_at"].to_numpy()
    still = ~(finished <= as_of) & ~(ended <= as_of) & ~rows["is_reserved"].to_numpy()
    still &= ~rows["is_forgotten"].to_numpy()
    luck = rng.random(len(rows))
    fee = np.array([p.has_fee for p in province.procedures])[rows["procedure"].to_numpy()]
    land = rows["is_land"].to_numpy()
    payment = still & fee & (luck < np.where(land, 0.18, 0.03))
    tax = still & land & (luck >= 0.18) & (luck < 0.42)
    if (still & fee).any() and not payment.any():
        payment[np.flatnonzero(still & fee)[0]] = True
        tax &= ~payment
    waits = np.select([payment, tax], ["payment", "tax"], "")
    asked = rows["supplement_requested_at"].to_numpy() <= as_of
    asked &= ~(rows["supplement_completed_at"].to_numpy() <= as_of)
    rows["waits_for"] = np.where(asked & still, "supplement", waits)
