"""The choice of a period: what kind, and which one; or any two days."""

from __future__ import annotations

from datetime import date

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages.ui import address
from pages.ui.guard import Viewer
from pipeline.errors import Refused
from pipeline.periods import ALL, Calendar, Kind, Period, containing, free_period, parse_period

# What a viewer can choose from, in this order: key of its words -> calendar and kinds in its list.
# Offices report for months, quarters, half years, nine months and years, each from the 15th to the
# 14th as well.
FORMS: dict[str, tuple[Calendar, tuple[Kind, ...]]] = {
    "month": ("calendar", ("month",)),
    "quarter": ("calendar", ("quarter",)),
    "year": ("calendar", ("year", "nine_months", "half")),
    "report": ("report", ("month", "quarter", "half", "nine_months", "year")),
    "free": ("calendar", ("free",)),
    "all": ("calendar", ("all",)),
}
MOST_PERIODS = 60  # of one kind in the list, the latest ones
_FORM = "filters.form"


def of_address(viewer: Viewer) -> Period:
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


def take(viewer: Viewer, key: str) -> None:
    """Put a period into the address; the default, the month of as_of, stays out of it."""
    default = containing("month", "calendar", viewer.as_of.date()).key
    address.write("period", None if key == default else key)


def first_day(viewer: Viewer) -> date:
    """The first day of the first month with dossiers the viewer may see, else the day of as_of."""
    months = viewer.ask("months")["month"].to_pylist()
    return months[-1] if months else viewer.as_of.date()


def draw(viewer: Viewer, period: Period, kind: DeltaGenerator, which: DeltaGenerator) -> None:
    """The kinds in one place, and in the other the periods of the chosen kind, or two days."""
    with kind:
        _draw_kind(viewer, period)
    with which:
        if period.kind == "free":
            _draw_days(viewer, period)
        elif period != ALL:
            _draw_which(viewer, period)


def _form_of(period: Period) -> str:
    return next(
        form
        for form, (calendar, kinds) in FORMS.items()
        if period.calendar == calendar and period.kind in kinds
    )


def _draw_kind(viewer: Viewer, period: Period) -> None:
    words = viewer.words
    st.session_state[_FORM] = _form_of(period)

    def changed() -> None:
        calendar, (kind, *_) = FORMS[st.session_state[_FORM]]
        last = min(period.last, viewer.as_of.date())
        if kind == "free":
            first = max(period.first, first_day(viewer))
            take(viewer, free_period(min(first, last), last).key)
        else:
            take(viewer, containing(kind, calendar, last).key)

    st.segmented_control(
        words("filters.period"),
        list(FORMS),
        key=_FORM,
        required=True,
        wrap=True,  # beside an open sidebar the last choice would be cut off
        format_func=lambda form: words(f"filters.form.{form}"),
        on_change=changed,
    )


def _draw_which(viewer: Viewer, period: Period) -> None:
    options = {one.key: one for one in _listed(viewer, period)}
    default = containing("month", "calendar", viewer.as_of.date()).key
    address.choose(
        "period",
        list(options),
        default=default if default in options else period.key,
        label=viewer.words("filters.which"),
        shown=lambda key: _in_list(viewer, options[key]),
        on_choice=lambda key: take(viewer, key),
    )


def _in_list(viewer: Viewer, period: Period) -> str:
    """The name of a period beside its kind; a reporting period with its days, in few letters."""
    if period.calendar != "report":
        return period.label(viewer.language)
    named = containing(period.kind, "calendar", period.last).label(viewer.language)
    first, last = (f"{day.day}/{day.month}" for day in (period.first, period.last))
    return viewer.words("filters.reported", name=named, first=first, last=last)


def _listed(viewer: Viewer, chosen: Period) -> list[Period]:
    """Periods of the chosen one's form from as_of back to the first dossier, latest first."""
    earliest, today = first_day(viewer), viewer.as_of.date()
    found = {chosen}
    for kind in FORMS[_form_of(chosen)][1]:
        period = containing(kind, chosen.calendar, today)
        for _ in range(MOST_PERIODS):
            if period.last < earliest:
                break
            found.add(period)
            # Half years follow each other; before nine months come those of the year before.
            earlier = period.previous()
            if earlier is None:
                break
            period = earlier
    # Of those that end on one day the longest first.
    return sorted(found, key=lambda one: (-one.last.toordinal(), one.first))


def _draw_days(viewer: Viewer, period: Period) -> None:
    """From one day to another; the calendar speaks the browser's language."""
    words, today = viewer.words, viewer.as_of.date()
    for name, day in (("first", period.first), ("last", min(period.last, today))):
        st.session_state[f"filters.{name}"] = day

    def changed(moved: str) -> None:
        first, last = (st.session_state[f"filters.{name}"] for name in ("first", "last"))
        if first > last:  # whoever moves one day past the other means it
            first = last = first if moved == "first" else last
        take(viewer, free_period(first, last).key)

    for column, name in zip(st.columns(2), ("first", "last"), strict=True):
        column.date_input(
            words(f"filters.{name}"),
            key=f"filters.{name}",
            min_value=min(period.first, first_day(viewer)),
            max_value=max(period.first, today),
            format="DD/MM/YYYY",
            on_change=changed,
            args=(name,),
        )
