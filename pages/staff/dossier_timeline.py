"""The course of one dossier: every moment that any file tells, in order, up to what is promised."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any, Literal

import streamlit as st

from pages.staff.dossier_words import written
from pages.ui.guard import Viewer
from pages.ui.text import escaped

Row = Mapping[str, Any]
Tone = Literal["blue", "orange", "yellow", "gray"]
NO_BREAK = "\u00a0"  # a day and its hour stay on one line
# Moments that the dossier itself tells, in the order in which they follow when they coincide.
MOMENTS = {
    "submitted_at": "send",
    "received_at": "inbox",
    "supplement_requested_at": "pause_circle",
    "supplement_completed_at": "play_circle",
    "result_signed_at": "draw",
    "finished_at": "task_alt",
    "handed_over_at": "move_item",
    "ended_at": "cancel",
}
TONES: Mapping[str, Tone] = {
    "early": "blue",
    "on_time": "blue",
    "late": "orange",
    "supplement_requested_at": "gray",
    "ended_at": "gray",
}


@dataclass(frozen=True)
class Event:
    """Something that happened, or is promised for, a moment."""

    at: datetime
    icon: str
    what: str
    detail: str = ""
    tone: Tone | None = None


def draw(viewer: Viewer, dossier: Row, of_it: Row) -> None:
    """The course as a table in the order of time; while it is open, now stands in it."""
    words = viewer.words
    course = [
        *_own(viewer, dossier),
        *_steps(viewer, of_it),
        *_moves(viewer, of_it),
        *_letters(viewer, of_it),
        *_answers(viewer, of_it),
    ]
    happened = [event for event in course if event.at <= viewer.as_of]
    ahead = list(_promises(viewer, dossier))
    if dossier["phase"] == "open":
        ahead.append(Event(viewer.as_of, "radio_button_checked", words("dossier.event.now")))
    shown = sorted([*happened, *ahead], key=lambda event: event.at)
    st.markdown(f"**{words('dossier.timeline.title')}**")
    st.table(
        {
            words("dossier.timeline.at"): [_moment(viewer, event.at) for event in shown],
            words("dossier.timeline.what"): [_what(event) for event in shown],
            words("dossier.timeline.detail"): [event.detail for event in shown],
        },
        border="horizontal",
        hide_index=True,
        hide_header=True,
        alt=words("dossier.timeline.alt", n=len(shown)),
    )


def _moment(viewer: Viewer, at: datetime) -> str:
    """The day, and the hour where one is told: midnight is a day without an hour."""
    day = viewer.words.date(at.date()).replace(" ", NO_BREAK)
    has_hour = at.time() not in (time.min, time.max)
    return f"{day}{NO_BREAK}:gray[{at:%H:%M}]" if has_hour else day


def _what(event: Event) -> str:
    icon = f":material/{event.icon}:"
    told = f"**{event.what}**"
    return f":{event.tone}[{icon} {told}]" if event.tone else f"{icon} {told}"


def _own(viewer: Viewer, dossier: Row) -> Iterator[Event]:
    words = viewer.words
    for name, icon in MOMENTS.items():
        if not dossier[name]:
            continue
        tone, detail = TONES.get(name), ""
        if name == "received_at":
            detail = escaped(dossier["receiving_unit_name"] or dossier["unit_name"] or "")
        elif name == "finished_at" and dossier["end_state"]:
            tone = TONES.get(dossier["end_state"])
            detail = words(f"timing.{dossier['end_state']}")
        elif name == "ended_at":
            detail = words(f"status.{dossier['status']}")
        yield Event(dossier[name], icon, words(f"dossier.event.{name}"), detail, tone)


def _promises(viewer: Viewer, dossier: Row) -> Iterator[Event]:
    """The promise that holds, and the first one where it was moved."""
    words, first, due = viewer.words, dossier["first_due_at"], dossier["due_at"]
    if due:
        moves = dossier["due_moves"]
        is_broken = dossier["open_state"] == "overdue" or dossier["end_state"] == "late"
        yield Event(
            due,
            "event",
            words("dossier.event.due_at"),
            words("dossier.event.moved", n=moves) if moves else "",
            "orange" if is_broken else None,
        )
    if first and first != due:
        yield Event(first, "event_busy", words("dossier.event.first_due_at"), tone="gray")


def _steps(viewer: Viewer, of_it: Row) -> Iterator[Event]:
    words = viewer.words
    for step in viewer.ask("dossier_steps", **of_it).to_pylist():
        began = step["started_at"] or step["finished_at"]
        if not began:
            continue
        name = step["step_name"] or words("dossier.no_step_name")
        said = [part for part in (step["unit_name"], step["officer_name"]) if part]
        if step["finished_at"] and step["finished_at"] <= viewer.as_of:
            done = words("dossier.event.step_done", at=step["finished_at"])
            late = step["timing"] == "late"
            said.append(f"{done}, {words('timing.late').lower()}" if late else done)
        what = words("dossier.event.step", step=escaped(name))
        yield Event(began, "arrow_forward", what, " · ".join(map(escaped, said)))


def _moves(viewer: Viewer, of_it: Row) -> Iterator[Event]:
    """Promises that a later file moved, by the moment that the file speaks of."""
    words = viewer.words
    for change in viewer.ask("dossier_changes", **of_it).to_pylist():
        if change["column_name"] == "due_at" and change["known_at"]:
            told = words(
                "dossier.from_to",
                old=written(words, change["old_value"]),
                new=written(words, change["new_value"]),
            )
            seen = words("dossier.event.seen", day=change["known_at"].date())
            what = words("dossier.event.promise_moved")
            detail = escaped(f"{told} · {seen}")
            yield Event(change["known_at"], "event_repeat", what, detail, "yellow")


def _letters(viewer: Viewer, of_it: Row) -> Iterator[Event]:
    words = viewer.words
    for letter in viewer.ask("dossier_apologies", **of_it).to_pylist():
        if not letter["issued_at"]:
            continue
        new_due, in_time = letter["new_due_at"], letter["is_before_due"]
        said = [
            letter["document_no"],
            letter["reason"],
            words("dossier.event.new_due", day=new_due.date()) if new_due else None,
            None
            if in_time is None
            else words(f"dossier.event.{'in' if in_time else 'after'}_time"),
        ]
        what = words("dossier.event.apology", ordinal=str(letter["ordinal"]))
        detail = " · ".join(escaped(part) for part in said if part)
        yield Event(letter["issued_at"], "mail", what, detail, None if in_time else "orange")


def _answers(viewer: Viewer, of_it: Row) -> Iterator[Event]:
    """That the applicant answered a survey; what he said is confidential."""
    words = viewer.words
    for answer in viewer.ask("dossier_surveys", **of_it).to_pylist():
        if answer["answered_at"]:
            channel = words(f"survey_channel.{answer['survey_channel']}")
            detail = words("dossier.event.survey_kept", channel=channel)
            what = words("dossier.event.survey")
            yield Event(answer["answered_at"], "rate_review", what, escaped(detail))
