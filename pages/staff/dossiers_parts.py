"""Parts of the list behind a number: head, what the number means, filters from the link."""

from __future__ import annotations

import re
from typing import Any

import streamlit as st

from pages.ui import address, filters
from pages.ui.filters import Filters
from pages.ui.guard import Viewer
from pages.ui.links import NARROWINGS
from pages.ui.tables import Column
from pages.ui.text import escaped
from pipeline.insight import Insight
from pipeline.metrics import metrics
from pipeline.queries import CHANNELS, LACKS, MEASURES

TALL, HEIGHT = 18, 680  # beyond so many rows the table scrolls, in pixels
_OVER = re.compile(r"(\d{1,5})-(\d{0,5})", re.ASCII)  # working days over the due day: 8-30, 366-


def head(viewer: Viewer) -> tuple[Filters, str, str]:
    """Title, filters, measure and search; returns the filters, the measure, what is searched."""
    words = viewer.words
    measure = address.read("measure", MEASURES) or "received"
    chosen = filters.latest(viewer)
    left, right = st.columns([5, 6], vertical_alignment="bottom")
    with left:
        st.title(name_of(viewer, measure), anchor=False)
        as_of = words("moment.as_of", at=words.as_of(viewer.as_of))
        period = chosen.period.label(viewer.language)
        st.caption(f"{period} · {as_of[:1].lower()}{as_of[1:]}")
    with right:
        address.choose(
            "measure",
            MEASURES,
            default="received",
            label=words("dossiers.measure_label"),
            shown=lambda key: name_of(viewer, key),
        )
    chosen = filters.bar(viewer, ("period", "unit", "field"))
    search = address.ask_text(
        "search",
        label=words("dossiers.search"),
        placeholder=words("dossiers.search"),
        icon=":material/search:",
    )
    return chosen, measure, search


def name_of(viewer: Viewer, measure: str) -> str:
    """What a number is called: by its definition, or here where it is only part of a rate."""
    if measure in metrics():
        return metrics()[measure].label(viewer.language)
    return viewer.words(f"dossiers.measure.{measure}")


def params(viewer: Viewer, chosen: Filters, measure: str, search: str) -> dict[str, Any]:
    """What the query takes: the filters, and the narrowings of the link."""
    over = _OVER.fullmatch(_extra("over") or "")
    older_than = _extra("older_than")
    lacks, at_field = _extra("lacks"), _extra("at_field")
    return {
        **chosen.params(viewer.as_of),
        **({"field": at_field} if at_field else {}),
        "measure": measure,
        "search": search or None,
        **{name: _extra(name) for name in ("procedure", "channel", "officer", "system", "at_unit")},
        "lacks": tuple(lacks.split(",")) if lacks else None,
        "over_from": int(over[1]) if over else None,
        "over_to": int(over[2]) if over and over[2] else None,
        "older_than": int(older_than) if older_than else None,
    }


def _extra(name: str) -> str | None:
    """A narrowing of the address; what makes no sense is not one."""
    value = address.read(name, CHANNELS if name == "channel" else None)
    return value if value and _makes_sense(name, value) else None


def _makes_sense(name: str, value: str) -> bool:
    if name == "lacks":
        return set(value.split(",")) <= set(LACKS)
    if name == "over":
        return _OVER.fullmatch(value) is not None
    return name != "older_than" or (value.isdecimal() and len(value) < 6)


def findings(viewer: Viewer, measure: str, total: int) -> list[Insight]:
    """How many there are, and what makes a dossier one of them."""
    about = metrics()[measure].definition(viewer.language) if measure in metrics() else ""
    found = [Insight("count", {"n": total, "name": name_of(viewer, measure)})]
    return [*found, Insight("definition", {"text": about})] if about else found


def ways_out(viewer: Viewer) -> None:
    """One button per narrowing that came with the link, to take it away."""
    present = [(name, value) for name in NARROWINGS if (value := _extra(name))]
    if not present:
        return
    with st.container(horizontal=True, gap="small"):
        for name, value in present:
            shown = _spoken(viewer, name, value)
            st.button(
                viewer.words("dossiers.without", filter=escaped(shown)),
                key=f"dossiers.without.{name}",
                icon=":material/close:",
                on_click=address.write,
                args=(name, None),
            )


def _spoken(viewer: Viewer, name: str, value: str) -> str:
    """A narrowing as a reader would say it."""
    if name == "channel" and f"channel.{value}" in viewer.words:
        value = viewer.words(f"channel.{value}")
    elif name == "channel":
        value = viewer.words("dossiers.any_online")
    elif name == "lacks":
        return ", ".join(viewer.words(f"dossiers.lacks.{part}") for part in value.split(","))
    elif name == "at_unit":
        value = filters.unit_options(viewer).get(value, value)
    elif name == "over" and value.endswith("-"):
        return viewer.words("dossiers.filter.over_more", days=int(value.rstrip("-")) - 1)
    elif name == "over":
        value = value.replace("-", "–")
    return viewer.words(f"dossiers.filter.{name}", value=value)


def filters_in_words(viewer: Viewer, chosen: Filters, measure: str, search: str) -> str:
    """Everything that narrows the list, as a reader would say it."""
    unit = filters.unit_options(viewer).get(chosen.unit or "")
    extra = [_spoken(viewer, name, value) for name in NARROWINGS if (value := _extra(name))]
    quoted = f"“{search}”" if search else None
    said = [name_of(viewer, measure), chosen.period.label(viewer.language)]
    return " · ".join(escaped(part) for part in (*said, unit, chosen.field, *extra, quoted) if part)


def columns(viewer: Viewer) -> list[Column]:
    """The columns of the list, the promise and what became of it first."""
    personal = [
        Column("applicant_name", "text", "term.applicant", width=140),
        Column("applicant_phone", "text", "dossiers.column.phone", width=104),
    ]
    officer = [Column("officer_name", "text", "term.officer", width=140)]
    return [
        Column("dossier_code", "code", "dossiers.column.code", pinned=True),
        Column("phase", "text", "term.status", words="phase", width=120),
        Column("end_state", "text", "dossiers.column.timing", words="timing", width=96),
        Column("open_state", "text", "dossiers.column.open", words="open_state", width=110),
        Column("received_at", "date", "term.received_at"),
        Column("due_at", "date", "term.due_at"),
        Column("first_due_at", "date", "dossiers.column.first_due"),
        Column("finished_at", "date", "dossiers.column.finished"),
        Column("procedure_name", "text", "term.procedure", width=230),
        Column("unit_name", "text", "term.unit", width=170),
        *(officer if viewer.may("officers") else []),
        Column("channel", "text", "term.channel", words="channel", width=130),
        *(personal if viewer.may("personal") else []),
    ]
