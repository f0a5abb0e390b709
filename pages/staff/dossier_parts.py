"""Parts of one dossier: which one, its state in a sentence, its days and what it is about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from pages.staff import dossier_person
from pages.staff.dossier_words import status
from pages.ui import address, links, text
from pages.ui.guard import Viewer
from pages.ui.source_names import source_name
from pages.ui.text import escaped
from pipeline.insight import Insight

Row = Mapping[str, Any]
DAYS = ("received_at", "due_at", "finished_at", "handed_over_at")
FACTS = (
    *("status", "step", "procedure", "field", "unit", "receiving_unit", "officer"),
    *("channel", "result_no", "applicant", "phone"),
)


def head(viewer: Viewer, code: str | None) -> None:
    """The way back, the title and the search by code; the code is None before one is found."""
    words = viewer.words
    links.back(viewer)
    left, right = st.columns([8, 5], vertical_alignment="bottom")
    with left:
        title = words("dossier.of", code=escaped(code)) if code else words("dossier.title")
        st.title(title, anchor=False)
        st.caption(words("moment.as_of", at=words.as_of(viewer.as_of)))
    with right:
        address.ask_text(
            "dossier",
            label=words("dossier.search"),
            placeholder=words("dossier.search"),
            icon=":material/search:",
        )


def not_found(viewer: Viewer, code: str) -> None:
    """Ask for a code; or say plainly that there is no such dossier for this viewer, and why."""
    words = viewer.words
    if not code:
        st.info(words("dossier.which"), icon=":material/search:")
        return
    st.warning(words("dossier.not_found", code=escaped(code)), icon=":material/search_off:")
    st.markdown(words("dossier.not_found_why"))
    links.to_screen(
        viewer,
        "dossiers",
        words("dossier.search_list", code=escaped(code)),
        icon=":material/list_alt:",
        search=code,
        period="all",
        unit=None,
        field=None,
    )


def one_of(viewer: Viewer, found: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """The dossier, or the chosen one where several systems know the code."""
    if len(found) == 1:
        return found[0]
    by_system = {row["system"]: row for row in found}
    system = address.choose(
        "system",
        list(by_system),
        default=found[0]["system"],
        label=viewer.words("dossier.system", n=len(found)),
        shown=lambda system: source_name(system, viewer.language),
        look="segments",
    )
    return by_system[system]


def says(viewer: Viewer, dossier: Row) -> None:
    """How it stands against its promise, and that a promise on a day off ends later."""
    words = viewer.words
    found = [_standing(viewer, dossier)]
    if dossier["open_state"] == "in_time" and dossier["due_on_day_off"]:
        found.append(Insight("due_on_day_off", {}))
    text.findings(words, "dossier.insight", found)


def _standing(viewer: Viewer, dossier: Row) -> Insight:
    if dossier["phase"] == "resolved":
        values = {"at": dossier["closed_at"], "n": dossier["days_over"]}
        return Insight(f"resolved_{dossier['end_state']}", values)
    if dossier["phase"] != "open":
        return Insight(dossier["phase"], {})
    state = dossier["open_state"]
    due = dossier["due_at"] and dossier["due_at"].date()
    if state == "in_time":
        n = dossier["days_left"]
        today = "due_today" if viewer.moment.is_live else "due_that_day"
        return Insight("in_time" if n else today, {"n": n, "day": due})
    if state == "overdue":
        n = dossier["days_over"]
        return Insight("overdue" if n else "just_overdue", {"n": n, "day": due})
    return Insight(state, {})


def dates(viewer: Viewer, dossier: Row) -> None:
    """Its days side by side, two by two on a telephone: received, promised, done, handed over."""
    words = viewer.words
    grid = st.grid(len(DAYS), min_column_width=150, border=True)
    for name in DAYS:
        at, note = dossier[name], _note(viewer, dossier, name)
        lines = [f":gray[{words(f'term.{name}')}]", f"**{words.date(at and at.date())}**"]
        lines += [f":small[:gray[{note}]]"] if note else []
        with grid.cell():
            st.markdown("  \n".join(lines))


def _note(viewer: Viewer, dossier: Row, name: str) -> str | None:
    words, moves, first = viewer.words, dossier["due_moves"], dossier["first_due_at"]
    if name == "due_at" and moves and first:
        return words("dossier.moved_from", n=moves, day=first.date())
    if name == "finished_at" and dossier["end_state"]:
        return words(f"timing.{dossier['end_state']}")
    return None


def facts(viewer: Viewer, dossier: Row) -> None:
    """What it is about, where it lies, who works on it and whose it is."""
    words = viewer.words
    person = dossier_person.in_clear(viewer, dossier)
    here, there = status(words, dossier), dossier["status_text"]
    values = {
        "status": f"{here} (“{there}”)" if there and there != here else here,
        "step": dossier["step_name"],
        "procedure": " ".join(
            part for part in (dossier["procedure_code"], dossier["procedure_name"]) if part
        ),
        "field": dossier["field_name"],
        "unit": dossier["unit_name"],
        "receiving_unit": dossier["receiving_unit_name"],
        "officer": dossier["officer_name"],
        "channel": words(f"channel.{dossier['channel']}"),
        "result_no": dossier["result_no"],
        "applicant": person.name if person else dossier["applicant_name"],
        "phone": person.phone if person else dossier["applicant_phone"],
    }
    told = {name: values[name] for name in FACTS if values[name]}
    title = words("dossier.facts")
    st.markdown(f"**{title}**")
    st.table(
        {
            "name": [f":gray[{words(_label(name))}]" for name in told],
            "value": [escaped(value) for value in told.values()],
        },
        border="horizontal",
        hide_index=True,
        hide_header=True,
        alt=title,
    )
    dossier_person.offer(viewer, dossier)


def _label(name: str) -> str:
    return "list.column.step" if name == "step" else f"term.{name}"
