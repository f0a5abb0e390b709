"""Ways from a figure to what it counts. A link shows only where the viewer may go."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import streamlit as st

from pages.ui import address
from pages.ui.filters import Filters
from pages.ui.guard import Viewer
from pages.ui.screens import screens

# What a list of dossiers can be narrowed to beside the filters that screens share; there is no
# widget for these, they come with a link.
NARROWINGS = (
    "channel",
    "procedure",
    "officer",
    "system",
    "at_unit",
    "at_field",
    "lacks",
    "over",
    "left",
    "older_than",
    "during",
    "finding",
    "moves",
    "step",
    "desk",
    "at_desk",
    "at_officer",
    "from_desk",
    "steps_in",
)

# The same of a list of survey answers.
ANSWER_NARROWINGS = ("at_unit", "at_field", "survey_channel", "question", "source", "lacks")


@dataclass(frozen=True)
class Way:
    """Where a number leads: a screen, and entries of its address (None takes one out)."""

    screen: str
    choices: Mapping[str, str | None]


def behind(filters: Filters, measure: str, **choices: str | None) -> Way:
    """The way to the dossiers that a figure counts.

    measure: the figure, by its key in the answer of `summary`. The period is written out, so
    that the link means the same tomorrow.
    """
    place = {"period": filters.period.key, "unit": filters.unit, "field": filters.field}
    return Way("dossiers", {**place, "measure": measure, **choices})


def only(by: str, key: str | None) -> dict[str, str | None]:
    """Entries of the address that narrow a list to one unit (without those below), field, ...

    They stand beside the filters that screens share, not in their place.
    """
    if key is None:
        return {"lacks": by}
    return {f"at_{by}": key} if by in ("unit", "field") else {by: key}


def cell(**named: str | None) -> dict[str, str | None]:
    """As `only`, for several at once: cell(unit="U1", field=None)."""
    narrowed: dict[str, str | None] = {}
    for by, key in named.items():
        if key is not None:
            narrowed |= only(by, key)
    lacks = [by for by, key in named.items() if key is None]
    return {**narrowed, "lacks": ",".join(lacks)} if lacks else narrowed


def follow(viewer: Viewer, way: Way | None) -> None:
    """Go where a clicked number leads, if the viewer may go there."""
    if way is not None:
        go(viewer, way.screen, **way.choices)


def go(viewer: Viewer, screen: str, **choices: str | None) -> None:
    """Go to another screen at once, with a way back to this one as it is now.

    Another part of the same screen is only another address: nobody leaves it.
    """
    here = viewer.screen.key
    if screen == here:
        for name, value in choices.items():
            address.write(name, value)
        st.rerun()
    if viewer.can_open(screen):
        address.leave(here)
        st.switch_page(
            screens()[screen].file,
            query_params=address.onward(**choices, **{address.FROM: here}),
        )


def back(viewer: Viewer) -> None:
    """A link to the screen that the viewer came from, as he left it."""
    came_from = address.read(address.FROM)
    if came_from and viewer.can_open(came_from):
        st.page_link(
            screens()[came_from].file,
            label=viewer.words("links.back", screen=viewer.words(f"{came_from}.title")),
            icon=":material/arrow_back:",
            query_params=address.left_at(came_from),
        )


def clicks(viewer: Viewer, ways: Sequence[Way | None]) -> Callable[[int, int], None] | None:
    """What a click on a chart does, by the number of its point; nothing where none may be gone."""
    if not any(way and viewer.can_open(way.screen) for way in ways):
        return None
    return lambda _, at: follow(viewer, ways[at])


def to_screen(
    viewer: Viewer,
    screen: str,
    label: str,
    *,
    icon: str | None = None,
    note: str | None = None,
    help: str | None = None,
    **choices: str | None,
) -> None:
    """A link to a screen that keeps period, unit and language; plain text without the right.

    note: a remark behind the label, such as how a figure moved. help: shown where one points at
    the link.
    choices: further entries of the address, None to take one out.
    """
    remark = f" :gray[{note}]" if note else ""
    if viewer.can_open(screen):
        st.page_link(
            screens()[screen].file,
            label=f":primary[{label}]{remark}",  # looks like what it is: a way to somewhere
            icon=icon,
            help=help,
            query_params=address.onward(**choices),
        )
    else:
        st.markdown(f"{label}{remark}")


def to_dossiers(
    viewer: Viewer, filters: Filters, measure: str, label: str | None = None, **choices: str
) -> None:
    """A link to the dossiers that a figure counts; nothing where the viewer may not see them."""
    along(viewer, behind(filters, measure, **choices), label, viewer.words("tiles.open_dossiers"))


def along(viewer: Viewer, way: Way, label: str | None, otherwise: str) -> None:
    """A link along a way; without the right the label alone, and nothing where there is none."""
    if viewer.can_open(way.screen):
        to_screen(viewer, way.screen, label or otherwise, **way.choices)
    elif label is not None:
        st.markdown(label)
