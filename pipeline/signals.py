"""Patterns that a leader should look at before trusting a rate: data/config/signals.toml, typed."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Literal

from pydantic import model_validator

from pipeline.clock.rules import clock_rules
from pipeline.errors import Fault
from pipeline.settings import CONFIG, Count, Strict, read_configuration

# Columns of the macro signal_state, one a signal.
SIGNALS = (
    "late_by_click",
    "closed_before_done",
    "closed_without_number",
    "reopened",
    "clicked_in_bulk",
    "crowded_before_due",
    "stopped_before_due",
    "second_supplement",
    "supplement_asked_late",
    "supplement_open_long",
    "refused_after_due",
    "silent",
    "not_collected",
    "incomplete_slip",
)
Effect = Literal["late_to_in_time", "in_time_to_late", "left_out", "none"]


class Thresholds(Strict):
    """The numbers that signals go by; the file says what each is."""

    crowded_minutes: Count
    crowded_hours_from: int
    crowded_hours_to: int
    stopped_before_days: int
    silent_days: Count
    uncollected_days: Count
    burst_n: Count
    burst_minutes: Count
    busy_days_n: Count


class Signal(Strict):
    """One pattern; the file says what each key means."""

    effect: Effect
    min_n: Count
    legal_basis: str


class Signals(Strict):
    """Everything in signals.toml."""

    thresholds: Thresholds
    signals: dict[str, Signal]

    @model_validator(mode="after")
    def _all_are_known(self) -> Signals:
        for name in sorted(set(SIGNALS) ^ set(self.signals)):
            raise Fault("error.config.no_signal", name=name)
        return self


@lru_cache(maxsize=1)
def signals() -> Signals:
    """The signals and their thresholds, read once per process. Raises BadConfiguration."""
    return read_configuration(CONFIG / "signals.toml", Signals)


def parameters() -> dict[str, list[Any]]:
    """Thresholds as columns, for the statement that puts them on a cursor.

    Those of supplements are the newest rule of clock.toml.
    """
    newest = max(clock_rules().supplement, key=lambda rule: rule.valid_from)
    values = signals().thresholds.model_dump() | {
        "supplement_within_days": newest.ask_within_days,
        "supplement_open_days": newest.close_after_days,
    }
    return {"names": list(values), "values_of": list(values.values())}


def rate_without(row: Mapping[str, Any], effect: Effect) -> tuple[int, int] | None:
    """Numerator and denominator of the rate in time without a pattern; None where it has none.

    row: of the query `signals`. The official rate stays what it is; this stands beside it.
    """
    in_time, whole = row["on_time_rate_a_numerator"], row["on_time_rate_a_denominator"]
    if effect == "late_to_in_time":
        return in_time + row["late_n"], whole
    if effect == "in_time_to_late":
        return in_time - row["in_time_n"], whole
    if effect == "left_out":
        return in_time - row["in_time_n"], whole - row["in_time_n"] - row["late_n"]
    return None
