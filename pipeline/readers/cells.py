"""A value of a typed format as the text a person would have typed; nothing is interpreted."""

from __future__ import annotations

import math
from datetime import date, datetime, time, timedelta
from decimal import Decimal


def cell_text(value: object) -> str | None:
    """Text of one cell; None for nothing.

    Moments are ISO and never moved to another zone, a date alone where the time is midnight (how
    spreadsheets hold dates); whole numbers have no '.0', no number an exponent; durations are
    hours:minutes:seconds and may pass 24 hours.
    """
    match value:
        case None | "":
            return None
        case str():
            return value
        case bool():
            return "true" if value else "false"
        case float():
            return _number(value)
        case Decimal():
            return format(value, "f")
        case datetime():
            if value.tzinfo is None and value.time() == time():
                return value.date().isoformat()
            return value.isoformat()
        case date() | time():
            return value.isoformat()
        case timedelta():
            return _duration(value)
        case bytes():
            return value.decode("utf-8", errors="backslashreplace")
    return str(value)


def _number(value: float) -> str | None:
    if math.isnan(value):
        return None
    if math.isinf(value):
        return str(value)
    if value.is_integer():
        return str(int(value))
    return format(Decimal(repr(value)), "f")


def _duration(value: timedelta) -> str:
    sign = "-" if value < timedelta(0) else ""
    seconds, micro = divmod(abs(value) // timedelta(microseconds=1), 1_000_000)
    text = f"{sign}{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"
    return f"{text}.{micro:06d}" if micro else text
