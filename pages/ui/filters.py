"""What a screen can be narrowed to: period, unit, field. Every choice stands in the address."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Literal

import streamlit as st

from pages.ui import address, period_filter
from pages.ui.guard import Viewer
from pages.ui.states import named_units
from pages.ui.text import escaped
from pipeline.periods import Period, containing

Part = Literal["period", "unit", "field"]
EVERY = ""  # no unit, no field: everything


@dataclass(frozen=True)
class Filters:
    """The viewer's choices. A unit or field of None means every one."""

    period: Period
    unit: str | None
    field: str | None

    def params(self, as_of: datetime, period: Period | None = None) -> dict[str, Any]:
        """The choices as parameters of a query; `period` asks for another stretch of time."""
        chosen = period or self.period
        return {
            "first": chosen.lower,
            "upper": min(chosen.upper, as_of + timedelta.resolution),
            "unit": self.unit,
            "field": self.field,
        }

    def where(self) -> dict[str, Any]:
        """Unit and field alone, for queries that have no period."""
        return {"unit": self.unit, "field": self.field}


def bar(viewer: Viewer, parts: Collection[Part] = ("period", "unit")) -> Filters:
    """Draw the filters side by side and return what is chosen."""
    period, unit, field = period_filter.of_address(viewer), None, None
    units = unit_options(viewer)
    if len(units) < 2:  # a viewer of one unit has nothing to choose from
        parts = [part for part in parts if part != "unit"]
    widths = {"period": (7, 4), "unit": (4,), "field": (4,)}
    columns = iter(st.columns([width for part in parts for width in widths[part]]))
    for part in parts:
        if part == "period":
            period_filter.draw(viewer, period, next(columns), next(columns))
            continue
        with next(columns):
            if part == "unit":
                unit = _draw_unit(viewer, units)
            else:
                field = _draw_field(viewer)
    return Filters(period, unit, field)


def latest(viewer: Viewer) -> Filters:
    """The filters as the address has them, without drawing anything."""
    units, fields = unit_options(viewer), field_options(viewer)
    return Filters(
        period_filter.of_address(viewer),
        address.read("unit", list(units)),
        address.read("field", fields),
    )


def in_words(viewer: Viewer, chosen: Filters, *, with_period: bool = True) -> str:
    """The filters as a reader would say them, safe inside Markdown."""
    unit = unit_options(viewer).get(chosen.unit or "")
    period = chosen.period.label(viewer.language) if with_period else None
    said = (period, unit, chosen.field)
    return " · ".join(escaped(part) for part in said if part)


def take_month(viewer: Viewer, chosen: Filters, month: date) -> None:
    """Let the screen speak of one month, as a click into a picture of months asks."""
    key = containing("month", "calendar", month).key
    if key != chosen.period.key:
        period_filter.take(viewer, key)
        st.rerun()


def unit_options(viewer: Viewer) -> dict[str, str]:
    """Units the viewer may see, id -> name, in the order of the tree."""
    return named_units(viewer.ask("units").to_pylist())


def tell_apart(viewer: Viewer, rows: list[dict[str, Any]]) -> None:
    """Give namesakes among rows of units (`unit_id`, `name`) the name of what they belong to.

    The list of units does so for every namesake; a table of few needs it only for its own.
    """
    known, names = unit_options(viewer), Counter(row["name"] for row in rows)
    for row in rows:
        if names[row["name"]] > 1:
            row["name"] = known.get(row["unit_id"], row["name"])


def field_options(viewer: Viewer) -> list[str]:
    """Fields of the dossiers the viewer may see, the largest first."""
    return [str(name) for name in viewer.ask("fields")["field_name"].to_pylist()]


def _draw_unit(viewer: Viewer, units: Mapping[str, str]) -> str | None:
    """The units in force first; after them those that are no more, with the day they ended."""
    words = viewer.words
    ended = {
        row["unit_id"]: row["valid_to"]
        for row in viewer.ask("units").to_pylist()
        if not row["is_in_force"] and row["valid_to"]
    }

    def shown(unit_id: str) -> str:
        if unit_id == EVERY:
            return words("filters.every_unit")
        if unit_id in ended:
            return words("filters.ended", unit=units[unit_id], day=ended[unit_id])
        return units[unit_id]

    chosen = address.choose(
        "unit",
        [EVERY, *sorted(units, key=lambda unit_id: unit_id in ended)],
        default=EVERY,
        label=words("term.unit"),
        shown=shown,
    )
    return chosen or None


def _draw_field(viewer: Viewer) -> str | None:
    chosen = address.choose(
        "field",
        [EVERY, *field_options(viewer)],
        default=EVERY,
        label=viewer.words("term.field"),
        shown=lambda field: field or viewer.words("filters.every_field"),
    )
    return chosen or None
