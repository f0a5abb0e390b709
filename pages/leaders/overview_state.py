"""Where the dossiers of the period stand: every one of them is in one line, and how it moved."""

from __future__ import annotations

import streamlit as st

from pages.ui import links
from pages.ui.compare import Compared
from pages.ui.filters import Filters
from pages.ui.guard import Viewer

# Group -> its lines, each with the key of its words.
GROUPS = {
    "resolved": {
        "early": "timing.early",
        "on_time": "timing.on_time",
        "late": "timing.late",
        "resolved_no_due": "timing.no_due",
    },
    "open": {
        "open_in_time": "open_state.in_time",
        "open_overdue": "open_state.overdue",
        "open_waiting": "open_state.waiting",
        "open_no_due": "open_state.no_due",
    },
    "ended_otherwise": {
        "refused": "phase.refused",
        "withdrawn": "phase.withdrawn",
        "stopped": "phase.stopped",
    },
}


def whereabouts(viewer: Viewer, chosen: Filters, figures: Compared) -> None:
    """The full state: what came in and was carried over, and what became of it."""
    words, summary = viewer.words, figures.now

    def line(measure: str, text: str, share_of: str | None = None) -> None:
        part = words.percent(summary[measure], summary[share_of], 1) if share_of else ""
        share = f" ({part})" if share_of not in (None, measure) else ""
        number = words.number(summary[measure])
        links.to_screen(
            viewer,
            "dossiers",
            f"**{number}** {text}{share}" if share_of else f"{number} {text}",
            note=_moved(viewer, figures, measure),
            help=_in_full(viewer, figures, measure),
            **links.behind(chosen, measure).choices,
        )

    with st.container(border=True):
        st.markdown(f"**{words('overview.state.title')}**")
        columns = st.columns(4)
        with columns[0], st.container(gap="xxsmall"):
            line("received", words("overview.state.received"), "received")
            for measure in ("received_in_period", "carried_over"):
                line(measure, words(f"overview.state.{measure}"))
            if summary["not_accepted"]:
                line("not_accepted", words("overview.state.not_accepted"))
        for column, (group, lines) in zip(columns[1:], GROUPS.items(), strict=True):
            with column, st.container(gap="xxsmall"):
                line(group, words(f"overview.state.{group}"), "received")
                for measure, text in lines.items():
                    line(measure, words(text).lower())
        if summary["status_unknown"]:
            n = summary["status_unknown"]
            links.to_dossiers(
                viewer,
                chosen,
                "status_unknown",
                f":red[**{words('overview.state.unknown', n=n)}**]",
            )


def _moved(viewer: Viewer, figures: Compared, measure: str) -> str | None:
    """By how much a count moved since the period before, where it did."""
    before = figures.before.figure(measure)
    if before is None or before == figures.now[measure]:
        return None
    return f"({viewer.words.signed(figures.now[measure] - before)})"


def _in_full(viewer: Viewer, figures: Compared, measure: str) -> str | None:
    """The counts of the earlier periods themselves."""
    said = [
        viewer.words(f"overview.state.{name}", n=side.figures[measure])
        for name, side in (("before", figures.before), ("last_year", figures.last_year))
        if side.figures is not None
    ]
    return " · ".join(said) or None
