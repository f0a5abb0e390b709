"""What a screen can be narrowed to: period, unit, field. Every choice stands in the address."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Literal

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages.ui import address
from pages.ui.guard import Viewer
from pages.ui.states import named_units
from pages.ui.text import escaped
from pipeline.errors import Refused
from pipeline.periods import ALL, Calendar, Kind, Period, containing, parse_period

Part = Literal["period", "unit", "field"]
EVERY = ""  # no unit, no field: everything

# What a viewer can choose from, in this order: key in the address -> kind and calendar.
FORMS: dict[str, tuple[Kind, Calendar]] = {
    "month": ("month", "calendar"),
    "quarter": ("quarter", "calendar"),
    "year": ("year", "calendar"),
    "report": ("month", "report"),
    "all": ("all", "calendar"),
}
OTHER = "other"  # a period of the address that none of the forms offers, such as two free days
MOST_PERIODS = 60  # of one kind in the list, the latest ones


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
    period, unit, field = _period(viewer), None, None
    widths = {"period": (6, 4), "unit": (4,), "field": (4,)}
    columns = iter(st.columns([width for part in parts for width in widths[part]]))
    for part in parts:
        if part == "period":
            _draw_period(viewer, period, next(columns), next(columns))
            continue
        with next(columns):
            if part == "unit":
                unit = _draw_unit(viewer)
            else:
                field = _draw_field(viewer)
    return Filters(period, unit, field)


def latest(viewer: Viewer) -> Filters:
    """The filters as the address has them, without drawing anything."""
    units, fields = unit_options(viewer), field_options(viewer)
    return Filters(
        _period(viewer), address.read("unit", list(units)), address.read("field", fields)
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
        now = containing("month", "calendar", viewer.as_of.date()).key
        address.write("period", None if key == now else key)
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


def _period(viewer: Viewer) -> Period:
    """The period of the address, else the month of as_of."""
    asked = address.read("period")
    if asked:
        try:
            period = parse_period(asked)
        except Refused:
            address.write("period", None)  # a damaged link falls back to the default
        else:
            if period.lower <= viewer.as_of:
                return period
    return containing("month", "calendar", viewer.as_of.date())


def _form_of(period: Period) -> str:
    return next(
        (form for form, kind in FORMS.items() if kind == (period.kind, period.calendar)), OTHER
    )


def _draw_period(
    viewer: Viewer, period: Period, form: DeltaGenerator, which: DeltaGenerator
) -> None:
    words = viewer.words
    default = containing("month", "calendar", viewer.as_of.date()).key
    with form:
        key = "filters.form"
        st.session_state[key] = _form_of(period)

        def form_changed() -> None:
            if st.session_state[key] not in FORMS:
                return
            kind, calendar = FORMS[st.session_state[key]]
            day = min(period.last, viewer.as_of.date())
            chosen = containing(kind, calendar, day).key
            address.write("period", None if chosen == default else chosen)

        st.segmented_control(
            words("filters.period"),
            [*FORMS, OTHER] if st.session_state[key] == OTHER else list(FORMS),
            key=key,
            required=True,
            wrap=True,  # beside an open sidebar the last choice would be cut off
            format_func=lambda form: words(f"filters.form.{form}"),
            on_change=form_changed,
        )
    with which:
        if period != ALL:
            options = {one.key: one for one in _periods(viewer, period)}
            address.choose(
                "period",
                list(options),
                default=default if default in options else period.key,
                label=words("filters.which"),
                shown=lambda key: options[key].label(viewer.language),
                on_choice=lambda key: address.write("period", None if key == default else key),
            )


def _periods(viewer: Viewer, chosen: Period) -> list[Period]:
    """Periods of the chosen one's kind from as_of back to the first dossier, latest first."""
    earliest = first_day(viewer)
    period: Period | None = containing(chosen.kind, chosen.calendar, viewer.as_of.date())
    found: list[Period] = []
    while period and period.last >= earliest and len(found) < MOST_PERIODS:
        found.append(period)
        period = period.previous()
    return found if chosen in found else [*found, chosen]


def first_day(viewer: Viewer) -> date:
    """The first day of the first month with dossiers the viewer may see, else the day of as_of."""
    months = viewer.ask("months")["month"].to_pylist()
    return months[-1] if months else viewer.as_of.date()


def _draw_unit(viewer: Viewer) -> str | None:
    units = unit_options(viewer)
    chosen = address.choose(
        "unit",
        [EVERY, *units],
        default=EVERY,
        label=viewer.words("term.unit"),
        shown=lambda unit_id: units.get(unit_id, viewer.words("filters.every_unit")),
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
