"""Parts of the list behind a number: head, what the number means, filters from the link."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import streamlit as st

from pages.ui import address, filters, heading, text
from pages.ui.filters import Filters
from pages.ui.guard import Viewer
from pages.ui.links import NARROWINGS
from pages.ui.source_names import source_name
from pages.ui.tables import Column
from pages.ui.text import escaped
from pipeline.errors import Refused
from pipeline.insight import Insight
from pipeline.metrics import metrics
from pipeline.periods import parse_period
from pipeline.queries import CHANNELS, FOUND, LACKS, MEASURES
from pipeline.signals import SIGNALS

_DAYS = re.compile(r"(\d{1,5})-(\d{0,5})", re.ASCII)  # working days over or left: 8-30, 366-
# Numbers whose dossiers are all in one state: a column of it would say the same in every row.
ONE_STATE = (
    *("not_accepted", "status_unknown", "early", "on_time", "late", "resolved_no_due"),
    *("open_in_time", "open_overdue", "open_no_due", "open_waiting", "due_soon"),
    *("refused", "withdrawn", "stopped"),
)
OF_CHANNELS = ("online", "online_in_period")  # of more than one channel
OF_PROMISES = ("late_against_first_promise", "promise_moved")


def measure() -> str:
    """Which number the list is behind; everything to handle where the address names none."""
    return address.read("measure", MEASURES) or "received"


def asked(viewer: Viewer, measure: str) -> dict[str, Any]:
    """What the address asks of the list: the filters, and the narrowings of the link."""
    older_than, lacks, at_field = _extra("older_than"), _extra("lacks"), _extra("at_field")
    during, moves, steps_in = _extra("during"), _extra("moves"), _extra("steps_in")
    of_steps = parse_period(steps_in) if steps_in else None
    chosen = filters.latest(viewer)
    return {
        **chosen.params(viewer.as_of, parse_period(during) if during else None),
        **({"field": at_field} if at_field else {}),
        "measure": measure,
        "search": _searched(),
        "sort": address.read("sort", sorts(viewer)),
        **{name: _extra(name) for name in ("procedure", "channel", "officer", "system", "at_unit")},
        "lacks": tuple(lacks.split(",")) if lacks else None,
        **_between("over"),
        **_between("left"),
        "older_than": int(older_than) if older_than else None,
        "finding": _extra("finding"),
        "moves": int(moves) if moves else None,
        **{name: _extra(name) for name in ("step", "desk", "at_desk", "at_officer", "from_desk")},
        **({"steps_first": of_steps.lower, "steps_upper": of_steps.upper} if of_steps else {}),
    }


def sorts(viewer: Viewer) -> list[str]:
    """Orders of the list beside its own, the newest first."""
    by_officer = ["officer"] if viewer.may("officers") else []
    by_unit = ["unit"] if len(filters.unit_options(viewer)) > 1 else []
    return ["received", "due", *by_unit, "procedure", *by_officer]


def head(viewer: Viewer, measure: str, found: Sequence[Insight]) -> None:
    """Which number of when, and how many dossiers it counts; at the right the choice of another."""
    words = viewer.words
    left, right = st.columns([6, 7], vertical_alignment="top")
    with left:
        heading.title(viewer, filters.latest(viewer), said=name_of(viewer, measure))
        text.findings(words, "dossiers.insight", found)
    with right:
        address.choose(
            "measure",
            MEASURES,
            default="received",
            label=words("dossiers.measure_label"),
            shown=lambda key: name_of(viewer, key),
            on_choice=_show_measure,
        )
        address.ask_text(
            "search",
            label=words("list.search"),
            placeholder=words("list.search"),
            icon=":material/search:",
        )


def _show_measure(measure: str) -> None:
    """Another number begins with its first page."""
    address.write("measure", None if measure == "received" else measure)
    address.write("page", None)


def _searched() -> str | None:
    return (address.read("search") or "").strip() or None


def name_of(viewer: Viewer, measure: str) -> str:
    """What a number is called: by its definition, or here where it is only part of a rate."""
    if measure in metrics():
        return metrics()[measure].label(viewer.language)
    return viewer.words(f"dossiers.measure.{measure}")


def _between(name: str) -> dict[str, int]:
    """The two ends of a band of days, as the query takes them."""
    band = _DAYS.fullmatch(_extra(name) or "")
    ends = {f"{name}_from": band[1], f"{name}_to": band[2]} if band else {}
    return {end: int(days) for end, days in ends.items() if days}


def _extra(name: str) -> str | None:
    """A narrowing of the address; what makes no sense is not one."""
    value = address.read(name, CHANNELS if name == "channel" else None)
    return value if value and _makes_sense(name, value) else None


def _makes_sense(name: str, value: str) -> bool:
    if name == "lacks":
        return set(value.split(",")) <= set(LACKS)
    if name == "finding":
        return value in FOUND
    if name in ("over", "left"):
        return _DAYS.fullmatch(value) is not None
    if name == "moves":
        return value in ("0", "1", "2", "3")
    if name in ("during", "steps_in"):
        try:
            return bool(parse_period(value))
        except Refused:
            return False
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
    elif name == "finding":
        return finding_name(viewer, value)
    elif name == "system":
        value = source_name(value, viewer.language)
    elif name == "moves" and value in ("0", "3"):
        name = "moves_none" if value == "0" else "moves_most"
    elif name in ("at_unit", "desk", "at_desk", "from_desk"):
        value = filters.unit_options(viewer).get(value, value)
    elif name in ("over", "left"):
        return _band_in_words(viewer, name, value)
    elif name in ("during", "steps_in"):
        value = parse_period(value).label(viewer.language)
    return viewer.words(f"dossiers.filter.{name}", value=value)


def finding_name(viewer: Viewer, finding: str) -> str:
    """What a named set of dossiers is called."""
    words, looked_at = viewer.words, finding.removeprefix("looked_at_")
    if looked_at != finding:
        return words("finding.looked_at", signal=words(f"signal.{looked_at}"))
    reason = finding.removeprefix("reason_")
    if reason != finding:
        return words("finding.reason", reason=words(f"promises.reason.{reason}"))
    return words(f"signal.{finding}" if finding in SIGNALS else f"finding.{finding}")


def _band_in_words(viewer: Viewer, name: str, value: str) -> str:
    first, _, last = value.partition("-")
    if not last:
        return viewer.words(f"dossiers.filter.{name}_more", days=int(first) - 1)
    band = first if first == last else f"{first}–{last}"
    return viewer.words(f"dossiers.filter.{name}", value=band)


def narrowed_to(viewer: Viewer, chosen: Filters, measure: str) -> list[tuple[str, str]]:
    """Everything that narrows the list as a reader would say it, each with its label."""
    words = viewer.words
    unit = filters.unit_options(viewer).get(chosen.unit or "")
    searched = _searched()
    said = [
        (words("dossiers.measure_label"), name_of(viewer, measure)),
        (words("term.period"), chosen.period.label(viewer.language)),
        (words("term.unit"), unit),
        (words("term.field"), chosen.field),
        (words("action.search"), f"“{searched}”" if searched else None),
    ]
    extra = [(name, value) for name in NARROWINGS if (value := _extra(name))]
    said += [(words("dossiers.narrowed"), _spoken(viewer, *one)) for one in extra]
    return [(label, value) for label, value in said if value]


def columns(viewer: Viewer, measure: str) -> list[Column]:
    """The columns of the list: what became of the promise first, then what the number is about."""
    state = [
        Column("state", "text", "term.status", words="dossiers.state", width=150),
        Column("days", "days", "dossiers.column.days", width=60),
    ]
    if measure in ONE_STATE:
        state = [
            Column("days_over", "days", "dossiers.column.days_over", width=54),
            Column("days_left", "days", "dossiers.column.days_left", width=54),
        ]
    first_due = Column("first_due_at", "date", "list.column.first_due", width=92)
    channel = Column("channel", "text", "term.channel", words="channel", width=140)
    unit = Column("unit_name", "name", "term.unit", width=166)
    officer = Column("officer_name", "text", "term.officer", width=120)
    applicant = Column("applicant_name", "text", "term.applicant", width=124)
    return [
        Column("dossier_code", "code", "list.column.code", pinned=True),
        *state,
        *([channel] if measure in OF_CHANNELS else []),
        Column("received_at", "date", "term.received_at", width=92),
        Column("due_at", "date", "term.due_at", width=92),
        *([first_due] if measure in OF_PROMISES else []),
        Column("finished_at", "date", "dossiers.column.finished", width=92),
        Column("procedure_name", "text", "term.procedure", width=160),
        *([unit] if len(filters.unit_options(viewer)) > 1 else []),
        *([officer] if viewer.may("officers") else []),
        *([applicant] if viewer.may("personal") else []),
    ]
