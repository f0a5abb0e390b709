"""Faults that real exports have, planted in known numbers on rows that are otherwise sound.

A row carries at most one of them (`quirk`), so that a count of a fault is a count of rows.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from pipeline.demo import office_clock as oc
from pipeline.demo import people
from pipeline.demo.arrivals import Province
from pipeline.demo.province import DISTRICTS_ENDED

# Rows per 60,000; at least one is planted however few dossiers there are.
PER_60_000 = {
    "finished_before_received": 36,
    "due_before_received": 30,
    "finished_in_future": 24,
    "code_date_differs": 40,
    "impossible_date": 24,
    "impossible_received": 10,
    "no_code": 16,
    "no_received": 18,
    "status_unknown": 28,
    "unit_unknown": 14,
    "channel_unknown": 20,
    "duplicate_code": 150,
    "clicked_before_done": 60,
}
# Exports that show the agency's own end; those of the provincial list do not.
_WITH_END = ("igate", "national_sync", "ward_json")
_WITH_SIGNATURE = ("igate", "ward_json")
_NEEDS_END = ("finished_before_received", "finished_in_future", "impossible_date")
# Written in encodings that know no exotic characters.
LEGACY_UNITS = ("H99.03", "H99.15", "H99.54")
_BULK = 12  # dossiers clicked within one minute, at least


def plant(province: Province, rows: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """The rows with `quirk`, `code` and the planted moments.

    Adds quirk ('' for most), code_day (the date that the code bears), is_bulk, is_only_submitted,
    and hostile applicant names.
    """
    rows = rows.copy()
    rows["quirk"] = ""
    rows["is_bulk"] = False
    rows["is_only_submitted"] = _only_submitted(province, rows, rng)
    _bulk_clicks(province, rows, rng)
    for quirk, usual in PER_60_000.items():
        _mark(province, rows, quirk, max(1, round(usual * len(rows) / 60_000)), rng)
    _bend_moments(province, rows, rng)
    _hostile_names(province, rows, rng)
    received_day, _ = oc.split(rows["received_at"].to_numpy())
    off = (rows["quirk"] == "code_date_differs").to_numpy()
    shift = rng.choice([-31, -7, -2, -1, 1], len(rows))
    rows["code_day"] = received_day + np.where(off, shift, 0)
    rows["code"] = dossier_codes(province, rows)
    return rows


def dossier_codes(province: Province, rows: pd.DataFrame) -> NDArray[np.object_]:
    """Codes by the generation in force: TT 01/2018 until 30/6/2025, the shorter one since."""
    number = rows.groupby(["unit", "code_day"], sort=False).cumcount().to_numpy() + 1
    days = rows["code_day"].to_numpy()
    written = {day: oc.to_date(day).strftime("%y%m%d") for day in np.unique(days)}
    received_day, _ = oc.split(rows["received_at"].to_numpy())
    is_new = received_day >= oc.day_number(DISTRICTS_ENDED)
    old = [_old_prefix(unit.code) for unit in province.units]
    new = [unit.code for unit in province.units]
    return np.array(
        [
            f"{new[unit] if modern else old[unit]}-{written[day]}-{n:04d}"
            for unit, day, n, modern in zip(rows["unit"], days, number, is_new, strict=True)
        ],
        dtype=object,
    )


def _old_prefix(code: str) -> str:
    """H99.24.03 -> 000.03.24.H99"""
    province, agency, inner = (code + ".00.00").split(".")[:3]
    return f"000.{inner}.{agency[-2:]}.{province}"


def _sound(province: Province, rows: pd.DataFrame) -> NDArray[np.bool_]:
    """Rows resolved some days ago and nothing special about them."""
    limit = np.datetime64(province.as_of, "s") - np.timedelta64(6 * oc.DAY, "s")
    finished = rows["finished_at"].to_numpy()
    due = rows["due_at"].to_numpy()
    on_time = finished.astype("datetime64[D]") <= due.astype("datetime64[D]")
    return np.asarray(
        (rows["quirk"] == "").to_numpy()
        & (rows["ending"] == "resolved").to_numpy()
        & (finished < limit)
        & on_time
        & rows["moved_at"].isna().to_numpy()
        & rows["supplement_requested_at"].isna().to_numpy()
        & ~rows["is_bulk"].to_numpy()
        & ~rows["is_clock_case"].to_numpy()
    )


def _mark(
    province: Province, rows: pd.DataFrame, quirk: str, n: int, rng: np.random.Generator
) -> None:
    system = np.array([unit.system for unit in province.units], dtype=object)
    legacy = np.array([unit.code in LEGACY_UNITS for unit in province.units])
    unit = rows["unit"].to_numpy()
    fitting = _sound(province, rows) & ~legacy[unit]
    if quirk in _NEEDS_END:
        fitting &= np.isin(system[unit], _WITH_END)
    if quirk == "clicked_before_done":
        fitting &= np.isin(system[unit], _WITH_SIGNATURE)
        gone = (
            oc.split(rows["finished_at"].to_numpy())[0]
            - oc.split(rows["received_at"].to_numpy())[0]
        )
        fitting &= gone >= 1
    candidates = np.flatnonzero(fitting)
    chosen = rng.choice(candidates, min(n, len(candidates)), replace=False)
    rows.loc[rows.index[np.sort(chosen)], "quirk"] = quirk


def _bend_moments(province: Province, rows: pd.DataFrame, rng: np.random.Generator) -> None:
    n = len(rows)
    received = rows["received_at"].to_numpy()
    finished = rows["finished_at"].to_numpy()
    quirk = rows["quirk"].to_numpy()
    earlier = received - (rng.integers(1, 25, n) * oc.DAY).astype("timedelta64[s]")
    # A digit of the year mistyped: still in the future where the files are taken in years later.
    future = finished + np.timedelta64(2192 * oc.DAY, "s")
    rows["finished_at"] = np.select(
        [quirk == "finished_before_received", quirk == "finished_in_future"],
        [earlier, future],
        finished,
    )
    for column in ("due_at", "first_due_at"):
        due = rows[column].to_numpy()
        rows[column] = np.where(quirk == "due_before_received", earlier, due)
    signed = rows["result_signed_at"].to_numpy()
    after = finished + (rng.integers(1, 4, n) * oc.DAY).astype("timedelta64[s]")
    rows["result_signed_at"] = np.select(
        [quirk == "clicked_before_done", quirk == "finished_before_received"],
        [after, oc.NAT],
        signed,
    )
    rows.loc[quirk == "finished_in_future", "handed_over_at"] = oc.NAT
    rows.loc[quirk == "finished_in_future", "result_signed_at"] = oc.NAT


def _only_submitted(
    province: Province, rows: pd.DataFrame, rng: np.random.Generator
) -> NDArray[np.bool_]:
    """Handed in online in the last day and not yet taken in; at least one."""
    as_of = np.datetime64(province.as_of, "s")
    fresh = rows["received_at"].to_numpy() > as_of - np.timedelta64(oc.DAY, "s")
    still = (rows["ending"] == "resolved").to_numpy() & (rows["finished_at"].to_numpy() > as_of)
    still &= rows["channel"].str.startswith("online").to_numpy()
    chosen = still & fresh & (rng.random(len(rows)) < 0.4)
    if still.any() and not chosen.any():
        chosen[np.flatnonzero(still)[-1]] = True
    return np.asarray(chosen)


def _bulk_clicks(province: Province, rows: pd.DataFrame, rng: np.random.Generator) -> None:
    """At the end of a week one officer closes in one minute what was done during the fortnight."""
    for _ in range(max(1, round(len(rows) / 8_000))):
        days = 15
        while days < 2_000 and not _bulk_click(province, rows, days, rng):
            days *= 2


def _bulk_click(
    province: Province, rows: pd.DataFrame, days: int, rng: np.random.Generator
) -> bool:
    igate = np.array([unit.system == "igate" for unit in province.units])
    sound = np.flatnonzero(_sound(province, rows) & igate[rows["unit"].to_numpy()])
    finished = rows["finished_at"].to_numpy()[sound]
    due = rows["due_at"].to_numpy()[sound]
    unit = rows["unit"].to_numpy()[sound]
    if days > 1_000:  # so few dossiers that only branches of one office together have enough
        parents = {u.parent: n for n, u in enumerate(province.units)}
        unit = np.array([parents[u.parent] for u in province.units])[unit]
    for _ in range(40):
        pick = int(rng.integers(0, len(sound)))
        friday, _second = oc.split(finished[pick : pick + 1])
        friday = friday + (4 - (friday + 3) % 7) % 7
        if not province.clock.works(friday)[0]:
            continue
        minute = oc.join(friday, np.array([16 * 3600 + 52 * 60]))[0]
        within = (unit == unit[pick]) & (finished <= minute)
        within &= finished > minute - np.timedelta64(days * oc.DAY, "s")
        # While it can be had, a click that makes nothing late.
        if days < 100:
            within &= due.astype("datetime64[D]") >= minute.astype("datetime64[D]")
        if within.sum() >= _BULK and minute < np.datetime64(province.as_of, "s"):
            chosen = rows.index[sound[within]][:30]
            at = minute + rng.integers(0, 55, len(chosen)).astype("timedelta64[s]")
            rows.loc[chosen, "finished_at"] = at
            rows.loc[chosen, "handed_over_at"] = at + np.timedelta64(1800, "s")
            rows.loc[chosen, "officer"] = province.officers[int(rows["unit"].iloc[sound[pick]])][0]
            rows.loc[chosen, "is_bulk"] = True
            return True
    return False


def _hostile_names(province: Province, rows: pd.DataFrame, rng: np.random.Generator) -> None:
    legacy = np.array([unit.code in LEGACY_UNITS for unit in province.units])
    candidates = np.flatnonzero(_sound(province, rows) & ~legacy[rows["unit"].to_numpy()])
    chosen = rng.choice(candidates, min(len(people.HOSTILE), len(candidates)), replace=False)
    index = rows.index[chosen]
    rows.loc[index, "applicant_name"] = np.array(people.HOSTILE, dtype=object)[: len(chosen)]
    rows.loc[index, "quirk"] = "hostile_name"
