"""On which days the systems were exported: at as_of, and at earlier ends of month."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

_EARLIER_MONTHS = (6, 5, 4, 3, 2, 1)


def earlier_exports(as_of: datetime) -> list[datetime]:
    """Evenings of the last days of the months before as_of, the oldest first."""
    return [datetime.combine(_month_end(as_of, months), time(17)) for months in _EARLIER_MONTHS]


def _month_end(as_of: datetime, months: int) -> date:
    following = as_of.year * 12 + as_of.month - months  # counts months from January as 0
    return date(following // 12, following % 12 + 1, 1) - timedelta(days=1)
