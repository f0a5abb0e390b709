"""The course of one dossier: every moment that any file tells, in order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pyarrow as pa
import streamlit as st

from pages.ui import tables
from pages.ui.guard import Viewer
from pages.ui.tables import Column
from pipeline.wording import Wording

MOMENTS = (
    "submitted_at",
    "received_at",
    "supplement_requested_at",
    "supplement_completed_at",
    "finished_at",
    "result_signed_at",
    "handed_over_at",
    "ended_at",
)
COLUMNS = (
    Column("at", "moment", "dossier.timeline.at", width=140),
    Column("what", "text", "dossier.timeline.what", width=230),
    Column("detail", "text", "dossier.timeline.detail", width="large"),
)


@dataclass(frozen=True)
class Event:
    """Something that happened, or was promised for, a moment."""

    at: datetime
    what: str
    detail: str | None = None


def draw(viewer: Viewer, dossier: Mapping[str, Any], of_it: Mapping[str, Any]) -> None:
    """The course as a table in the order of time."""
    words = viewer.words
    st.markdown(f"**{words('dossier.timeline.title')}**")
    course = sorted(
        [
            *_own(words, dossier),
            *_steps(viewer, of_it),
            *_moves(viewer, of_it),
            *_letters(viewer, of_it),
        ],
        key=lambda event: event.at,
    )
    table = pa.table(
        {
            "at": pa.array([event.at for event in course], pa.timestamp("us")),
            "what": pa.array([event.what for event in course], pa.string()),
            "detail": pa.array([event.detail for event in course], pa.string()),
        }
    )
    tables.show(
        viewer,
        table,
        COLUMNS,
        key="dossier.timeline",
        alt=words("dossier.timeline.alt", n=len(course)),
        height="content",
    )


def _own(words: Wording, dossier: Mapping[str, Any]) -> list[Event]:
    events = [
        Event(dossier[name], words(f"dossier.event.{name}"), _detail(words, dossier, name))
        for name in MOMENTS
        if dossier[name]
    ]
    first, due = dossier["first_due_at"], dossier["due_at"]
    if due:
        moved = (
            words("dossier.event.moved", n=dossier["due_moves"]) if dossier["due_moves"] else None
        )
        events.append(Event(due, words("dossier.event.due_at"), moved))
    if first and first != due:
        events.append(Event(first, words("dossier.event.first_due_at")))
    return events


def _detail(words: Wording, dossier: Mapping[str, Any], name: str) -> str | None:
    if name == "received_at":
        unit: str | None = dossier["receiving_unit_name"] or dossier["unit_name"]
        return unit
    if name == "finished_at" and dossier["end_state"]:
        return words(f"timing.{dossier['end_state']}")
    if name == "ended_at":
        return words(f"status.{dossier['status']}")
    return None


def _steps(viewer: Viewer, of_it: Mapping[str, Any]) -> list[Event]:
    words, events = viewer.words, []
    for step in viewer.ask("dossier_steps", **of_it).to_pylist():
        name = step["step_name"] or words("dossier.no_step_name")
        who = " · ".join(part for part in (step["unit_name"], step["officer_name"]) if part) or None
        if step["started_at"]:
            events.append(Event(step["started_at"], words("dossier.event.step", step=name), who))
        if step["finished_at"]:
            said = words(f"timing.{step['timing']}") if step["timing"] else None
            ended = words("dossier.event.step_end", step=name)
            events.append(Event(step["finished_at"], ended, said))
    return events


def _moves(viewer: Viewer, of_it: Mapping[str, Any]) -> list[Event]:
    """Promises that a later file moved, at the moment that file was brought in."""
    words = viewer.words
    return [
        Event(
            change["landed_at"],
            words("dossier.event.promise_moved"),
            words(
                "dossier.from_to",
                old=written(words, change["old_value"]),
                new=written(words, change["new_value"]),
            ),
        )
        for change in viewer.ask("dossier_changes", **of_it).to_pylist()
        if change["column_name"] == "due_at" and change["landed_at"]
    ]


def _letters(viewer: Viewer, of_it: Mapping[str, Any]) -> list[Event]:
    words = viewer.words
    return [
        Event(
            letter["issued_at"],
            words("dossier.event.apology", ordinal=str(letter["ordinal"])),
            letter["reason"],
        )
        for letter in viewer.ask("dossier_apologies", **of_it).to_pylist()
        if letter["issued_at"]
    ]


def written(words: Wording, value: str | None) -> str:
    """A changed value: a moment as people write it, a word of a vocabulary, else as it is."""
    if value is None:
        return words.written(None)
    try:
        return words.moment(datetime.fromisoformat(value))
    except ValueError:
        pass  # not a moment: a name, a status, a code
    for vocabulary in ("status", "channel"):
        if f"{vocabulary}.{value}" in words:
            return words(f"{vocabulary}.{value}")
    return value
