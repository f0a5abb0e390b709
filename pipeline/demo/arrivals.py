"""Who hands in what, where, when and how: one row per dossier, before anything happens to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from pipeline.demo import office_clock as oc
from pipeline.demo import people
from pipeline.demo.office_clock import OfficeClock
from pipeline.demo.province import (
    DEPARTMENTS_MERGED,
    DISTRICTS_ENDED,
    Procedure,
    Unit,
    read_procedures,
    read_units,
)

YEARS = 3
_NEW_LEVELS = date(2026, 7, 1)  # whole-process becomes the rule for online services
# Weight of a month: quiet around Tết, busy before the school year and at the end of the year.
_SEASON = (0.95, 0.70, 1.10, 1.08, 1.06, 1.05, 1.04, 1.12, 1.02, 1.03, 1.04, 1.06)
_SATURDAY = 0.07  # some offices take in on Saturday mornings
_HOUR_WEIGHTS = {  # share of a day's dossiers by the hour they come in
    7: 0.06, 8: 0.22, 9: 0.21, 10: 0.14, 11: 0.04, 13: 0.07, 14: 0.12, 15: 0.09, 16: 0.05,
}  # fmt: skip
# How much likelier a field is to be handed in online than the rest, on the logit scale.
_ONLINE_BY_FIELD = {
    "Đất đai": -1.2, "Đăng ký biện pháp bảo đảm": 0.8, "Chứng thực": -2.5, "Hộ tịch": 0.1,
    "Đăng ký doanh nghiệp": 3.0, "Hộ kinh doanh": 0.6, "Lý lịch tư pháp": 1.0, "Thuế": 1.5,
    "Bảo trợ xã hội": -1.1, "Người có công": -1.3, "Xúc tiến thương mại": 2.5, "Việc làm": -0.2,
}  # fmt: skip
ONLINE_FULL, ONLINE_PARTIAL, COUNTER, POST = "online_full", "online_partial", "counter", "post"


@dataclass
class Province:
    """What stays the same for every dossier of a run."""

    units: list[Unit]
    procedures: list[Procedure]
    clock: OfficeClock
    as_of: datetime
    first_day: date
    officers: list[list[str]]  # names per unit


def settle(dossiers: int, as_of: datetime, rng: np.random.Generator) -> Province:
    """Read the province and staff its units; about 300 officers at 60,000 dossiers."""
    units = read_units()
    first_day = date(as_of.year - YEARS, as_of.month, min(as_of.day, 28))
    clock = OfficeClock(
        date(first_day.year - 1, 1, 1),
        date(as_of.year + 2, 12, 31),
    )
    busy = sum(unit.weight for unit in units)
    posts = min(320, max(len(units), dossiers // 190))
    staff = [max(1, round(posts * unit.weight / busy)) for unit in units]
    everyone = people.distinct_names(rng, sum(staff))
    ends = np.cumsum(staff)
    officers = [everyone[end - n : end] for n, end in zip(staff, ends, strict=True)]
    return Province(units, read_procedures(), clock, as_of, first_day, officers)


def arrive(province: Province, dossiers: int, rng: np.random.Generator) -> pd.DataFrame:
    """One row per dossier in the order of receipt.

    Columns: procedure, unit (row numbers), channel, submitted_at, received_at (datetime64[s]),
    officer, is_reserved (kept open, its promise close to as_of, so that every unit has something
    due soon), target (working days after as_of that its promise is to fall on).
    """
    reserved = _reserve(province, dossiers, rng)
    ordinary = dossiers - len(reserved)
    weights = _day_weights(province)
    day = rng.choice(
        np.arange(len(weights)) + oc.day_number(province.first_day), ordinary, p=weights
    )
    procedure = _draw_procedures(province, ordinary, rng)
    rows = pd.DataFrame({"day": day, "procedure": procedure, "is_reserved": False})
    rows["unit"] = _draw_units(province, day, procedure, rng)
    rows = pd.concat([rows, reserved], ignore_index=True)
    rows["received_at"] = _moments(province, rows["day"].to_numpy(), rng)
    rows["channel"] = _draw_channels(province, rows, rng)
    rows["submitted_at"] = _submitted(province, rows, rng)
    rows["officer"] = _draw_officers(province, rows["unit"].to_numpy(), rng)
    rows = rows.drop(columns="day")
    return rows.sort_values("received_at", kind="stable", ignore_index=True)


def _reserve(province: Province, dossiers: int, rng: np.random.Generator) -> pd.DataFrame:
    """Dossiers whose promise falls on the next working days, for every unit in force."""
    per_unit = int(np.clip(dossiers // 9_000, 1, 5))
    today = oc.day_number(province.as_of.date())
    rows = []
    for number in range(len(province.units)):
        fitting = [
            p
            for p, procedure in enumerate(province.procedures)
            if procedure.limit_unit == "working_day"
            and procedure.limit >= 2
            and number in _handlers(province, procedure, province.as_of.date())
        ]
        if not fitting:
            continue
        share = np.array([province.procedures[p].weight for p in fitting])
        for p in rng.choice(fitting, per_unit, p=share / share.sum()):
            target = int(rng.integers(0, min(4, province.procedures[p].limit)))
            due = int(province.clock.number(np.array([today]))[0]) + target
            day = province.clock.day_of(np.array([due - province.procedures[p].limit]))[0]
            day = min(int(day), today)
            if province.units[number].in_force(oc.to_date(day)):
                rows.append((day, p, True, number))
    columns = ["day", "procedure", "is_reserved", "unit"]
    return pd.DataFrame(rows[: dossiers // 3], columns=columns)


def _day_weights(province: Province) -> NDArray[np.float64]:
    first, last = oc.day_number(province.first_day), oc.day_number(province.as_of.date())
    days = np.arange(first, last + 1)
    works = province.clock.works(days)
    weekday = (days + 3) % 7  # 1970-01-01 was a Thursday
    dates = days.astype("datetime64[D]")
    month = dates.astype("datetime64[M]").astype(int) % 12
    weight = np.array(_SEASON)[month] * np.where(weekday == 0, 1.18, 1.0)
    weight *= 1 + 0.12 * (days - first) / 365  # more is taken in every year
    weight = np.where(works, weight, np.where(weekday == 5, _SATURDAY, 0.0))
    # Tết and the week after it: nobody comes although some days are worked.
    rest = _days_of_rest(province.clock, days)
    weight = np.where(rest & works, weight * 0.45, weight)
    # A Saturday inside a long holiday stays shut.
    weight = np.where(rest & ~works, 0.0, weight)
    if _second_of(province.as_of) <= oc.MORNING:
        weight[-1] = 0.0
    return np.asarray(weight / weight.sum())


def _days_of_rest(clock: OfficeClock, days: oc.Days) -> NDArray[np.bool_]:
    """Days in or within a week after a holiday of at least five working days (Tết)."""
    index = days - clock.first
    free = ~clock.is_working
    weekday = (np.arange(len(free)) + clock.first + 3) % 7
    holiday = (free & (weekday < 5)).astype(int)
    lately = np.convolve(holiday, np.ones(14, dtype=int))[: len(free)]
    return np.asarray(lately[index] >= 5)


def _draw_procedures(province: Province, n: int, rng: np.random.Generator) -> oc.Days:
    weight = np.array([procedure.weight for procedure in province.procedures])
    return np.asarray(rng.choice(len(weight), n, p=weight / weight.sum()))


def _handlers(province: Province, procedure: Procedure, day: date) -> list[int]:
    """Row numbers of the units that handle a procedure on a day."""
    merged, two_tiers = day >= DEPARTMENTS_MERGED, day >= DISTRICTS_ENDED
    by = procedure.handled_by if merged else procedure.handled_by_before
    if by == "district" and two_tiers:
        by = "commune"
    level = {"land": "branch", "district": "district", "commune": "commune"}.get(by)
    return [
        number
        for number, unit in enumerate(province.units)
        if unit.in_force(day) and (unit.level == level if level else unit.code == by)
    ]


def _draw_units(
    province: Province, day: oc.Days, procedure: oc.Days, rng: np.random.Generator
) -> oc.Days:
    eras = np.searchsorted(
        [oc.day_number(DEPARTMENTS_MERGED), oc.day_number(DISTRICTS_ENDED)], day, side="right"
    )
    examples = [date(2025, 2, 28), date(2025, 3, 1), date(2025, 7, 1)]
    unit = np.full(len(day), -1)
    for era, example in enumerate(examples):
        for number, one in enumerate(province.procedures):
            chosen = np.flatnonzero((eras == era) & (procedure == number))
            handlers = _handlers(province, one, example)
            weight = np.array([province.units[h].weight for h in handlers])
            unit[chosen] = rng.choice(handlers, len(chosen), p=weight / weight.sum())
    return unit


def _moments(province: Province, day: oc.Days, rng: np.random.Generator) -> oc.Moments:
    """A second of office hours on each day, the morning rush included, never after as_of."""
    hours = np.array(list(_HOUR_WEIGHTS))
    share = np.array(list(_HOUR_WEIGHTS.values()))
    hour = rng.choice(hours, len(day), p=share / share.sum())
    second = hour * 3600 + rng.integers(0, 3600, len(day))
    second = np.where(hour == 7, second // 2 + 7 * 1800 + 1800, second)
    second = np.where(hour == 11, 11 * 3600 + (second - 11 * 3600) // 2, second)
    second = np.where(hour == 13, 13 * 3600 + 1800 + (second - 13 * 3600) // 2, second)
    morning = 27_000 + rng.integers(0, 12_000, len(day))
    second = np.where(province.clock.works(day), second, morning)
    last = min(_second_of(province.as_of), oc.EVENING)
    today = day == oc.day_number(province.as_of.date())
    squeezed = oc.MORNING + (second - oc.MORNING) * max(last - oc.MORNING, 0) // (
        oc.EVENING - oc.MORNING
    )
    return oc.join(day, np.where(today, np.minimum(squeezed, last), second))


def _draw_channels(
    province: Province, rows: pd.DataFrame, rng: np.random.Generator
) -> NDArray[np.object_]:
    procedure = rows["procedure"].to_numpy()
    years = (rows["day"].to_numpy() - oc.day_number(province.first_day)) / 365.25
    field = np.array([_ONLINE_BY_FIELD.get(p.field, 0.0) for p in province.procedures])
    level = np.array([p.online_level for p in province.procedures])[procedure]
    score = -0.9 + 0.85 * years + field[procedure]
    # One portal for the whole country since 1/7/2025, whole-process by rule since 1/7/2026.
    score += 0.35 * (rows["day"].to_numpy() >= oc.day_number(DISTRICTS_ENDED))
    ruled = rows["day"].to_numpy() >= oc.day_number(_NEW_LEVELS)
    score += 0.45 * ruled
    online = (rng.random(len(rows)) < 1 / (1 + np.exp(-score))) & (level != "none")
    full = (level == "online_full") | (ruled & (rng.random(len(rows)) < 0.7))
    by_post = rng.random(len(rows)) < 0.04
    kinds = np.array([ONLINE_FULL, ONLINE_PARTIAL, POST, COUNTER], dtype=object)
    return np.asarray(kinds[np.select([online & full, online, by_post], [0, 1, 2], 3)])


def _submitted(province: Province, rows: pd.DataFrame, rng: np.random.Generator) -> oc.Moments:
    """Online dossiers are handed in at any hour, up to eight office hours before receipt."""
    received = rows["received_at"].to_numpy()
    online = rows["channel"].str.startswith("online").to_numpy()
    before = np.where(online, rng.integers(300, 16 * 3600, len(rows)), 0)
    return np.asarray(received - before.astype("timedelta64[s]"))


def _draw_officers(
    province: Province, unit: oc.Days, rng: np.random.Generator
) -> NDArray[np.object_]:
    """The first officer of a unit has the most dossiers."""
    luck = rng.random(len(unit)) ** 1.6
    return np.array(
        [
            province.officers[u][int(x * len(province.officers[u]))]
            for u, x in zip(unit, luck, strict=True)
        ],
        dtype=object,
    )


def _second_of(moment: datetime) -> int:
    return moment.hour * 3600 + moment.minute * 60 + moment.second
