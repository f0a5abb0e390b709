"""Ways from a figure to what it counts. A link shows only where the viewer may go."""

from __future__ import annotations

import streamlit as st

from pages.ui import address
from pages.ui.filters import Filters
from pages.ui.guard import Viewer
from pages.ui.screens import screens


def to_screen(
    viewer: Viewer, screen: str, label: str, *, icon: str | None = None, **choices: str | None
) -> None:
    """A link to a screen that keeps period, unit and language; plain text without the right.

    choices: further entries of the address, None to take one out.
    """
    if viewer.can_open(screen):
        st.page_link(
            screens()[screen].file,
            label=f":primary[{label}]",  # looks like what it is: a way to somewhere
            icon=icon,
            query_params=address.onward(**choices),
        )
    else:
        st.markdown(label)


def to_dossiers(
    viewer: Viewer, filters: Filters, measure: str, label: str | None = None, **choices: str
) -> None:
    """A link to the dossiers that a figure counts; nothing where the viewer may not see them.

    measure: the figure, by its key in the answer of `summary`. The period is written out, so
    that the link means the same tomorrow.
    """
    if viewer.can_open("dossiers"):
        to_screen(
            viewer,
            "dossiers",
            label or viewer.words("tiles.open_dossiers"),
            measure=measure,
            period=filters.period.key,
            unit=filters.unit,
            field=filters.field,
            **choices,
        )
    elif label is not None:
        st.markdown(label)
