"""The overview's monthly series, which several of its cards share."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from pages.ui.filters import Filters
from pages.ui.guard import Viewer
from pipeline.settings import settings

MONTHS = 18  # how far the monthly pictures reach back


def history(viewer: Viewer, chosen: Filters) -> list[dict[str, Any]]:
    """The latest months up to the end of the period."""
    first, upper = reach(viewer, chosen)
    rows: list[dict[str, Any]] = viewer.ask(
        "trend", first=first, upper=upper, **chosen.where()
    ).to_pylist()
    return rows


def answers_by_month(viewer: Viewer, chosen: Filters) -> list[dict[str, Any]]:
    """Survey answers of the latest months; months with too few of them are left out."""
    first, upper = reach(viewer, chosen)
    rows = viewer.ask(
        "satisfaction", first=first, upper=upper, group_by="month", **chosen.where()
    ).to_pylist()
    return _one_scale(
        [row for row in rows if row["group_key"] and row["n"] >= settings().suppress_below_n]
    )


def reach(viewer: Viewer, chosen: Filters) -> tuple[datetime, datetime]:
    """From the first of so many months back to the end of the period's last month, or as_of."""
    upper = min(chosen.period.upper, viewer.as_of + timedelta.resolution)
    last = (upper - timedelta.resolution).date()
    months_since_zero = last.year * 12 + last.month - 1 - (MONTHS - 1)
    first = datetime(months_since_zero // 12, months_since_zero % 12 + 1, 1)
    return first, upper


def _one_scale(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows of the scale with most answers: shares of different scales make no line."""
    total: dict[str, int] = {}
    for row in rows:
        total[row["scale_id"]] = total.get(row["scale_id"], 0) + row["n"]
    if not total:
        return []
    main = max(total, key=lambda scale: total[scale])
    return [row for row in rows if row["scale_id"] == main and row["n"]]
