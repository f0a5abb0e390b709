"""A report's sentences: its figures marked, what they say of each other, and ours beside them."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pyarrow as pa
import streamlit as st

from pages.ui import links, tables
from pages.ui.filters import Filters
from pages.ui.guard import Viewer
from pages.ui.tables import Column
from pages.ui.text import escaped
from pipeline.claims import Finding, Reading, check, compare, read
from pipeline.claims.ours import other_period
from pipeline.wording import Wording

# Level of a finding -> icon and colour; the word before it says the same.
LOOKS = {"wrong": ("error", "orange"), "note": ("info", "gray"), "holds": ("check_circle", "blue")}
COLUMNS = [
    Column("written", "text", "reconcile.claim.written", width=120),
    Column("means", "text", "reconcile.claim.means", width=260),
    Column("theirs", "count", "reconcile.claim.theirs"),
    Column("ours", "count", "reconcile.claim.ours"),
    Column("difference", "count", "reconcile.claim.difference"),
]


def show(viewer: Viewer, chosen: Filters, said: str) -> None:
    """Everything about a text; one sentence where it has no figures."""
    words = viewer.words
    reading = read(said)
    if not reading.figures:
        st.info(words("reconcile.claim.no_figures"), icon=":material/info:")
        return
    found = check(reading)
    wrong = {at for one in found if one.level == "wrong" for at in one.figures}
    st.markdown(_marked(reading, wrong))
    for one in found:
        icon, colour = LOOKS[one.level]
        st.markdown(f":{colour}[:material/{icon}:] {sentence(words, one)}")
    _beside_ours(viewer, chosen, reading)


def sentence(words: Wording, finding: Finding) -> str:
    """A finding in words; terms by their names, numbers as the language writes them."""
    values: dict[str, Any] = {}
    for name, value in finding.values.items():
        if name.startswith("term"):
            values[name] = words(f"claims.term.{value}") if value else words("claims.term.other")
        elif name == "parts":
            values[name] = " + ".join(words.number(int(part)) for part in value)
        elif name in ("exact", "correct"):
            places = -value.as_tuple().exponent
            values[name] = f"{words.decimal(value, places)}%"
        elif isinstance(value, Decimal):
            values[name] = words.number(int(value))
        elif isinstance(value, str):
            values[name] = escaped(value)
        else:
            values[name] = value
    if "difference" in finding.values:
        values["difference"] = words.signed(int(finding.values["difference"]))
    return words(f"claims.finding.{finding.kind}", **values)


def _marked(reading: Reading, wrong: set[int]) -> str:
    """The text with its figures in bold; those that do not agree on a coloured ground."""
    pieces, at = [], 0
    for figure in reading.figures:
        pieces.append(_plain(reading.text[at : figure.start]))
        shown = f"**{_plain(figure.text)}**"
        pieces.append(f":orange-background[{shown}]" if figure.at in wrong else shown)
        at = figure.end
    pieces.append(_plain(reading.text[at:]))
    return "> " + "".join(pieces).replace("\n", "  \n> ")


def _plain(text: str) -> str:
    """Text of a report as it is: no mark-up of its own, no list that begins with a number."""
    return escaped(text).replace(". ", "\\. ")


def _beside_ours(viewer: Viewer, chosen: Filters, reading: Reading) -> None:
    """The report's counts beside the board's for the chosen period and unit."""
    words = viewer.words
    period = chosen.period.label(viewer.language)
    st.markdown(f"**{words('reconcile.claim.title', period=escaped(period))}**")
    named = other_period(reading, chosen.period)
    if named:
        st.warning(
            words(
                "reconcile.claim.other_period", named=escaped(named.text), period=escaped(period)
            ),
            icon=":material/event_busy:",
        )
    if chosen.period.is_open(viewer.as_of):
        st.caption(words("reconcile.provisional"))
    summary = viewer.ask("summary", **chosen.params(viewer.as_of)).to_pylist()[0]
    compared = compare(reading, summary)
    if not compared:
        st.caption(words("reconcile.claim.nothing_ours"))
        return
    rows = [
        {
            "written": one.figure.text,
            "means": words(f"claims.measure.{one.measure}"),
            "theirs": int(one.figure.value),
            "ours": one.ours,
            "difference": one.difference,
            "measure": one.measure,
        }
        for one in compared
    ]
    agree = sum(not one.difference for one in compared)
    st.caption(words("reconcile.claim.caption", n=agree, all_n=len(compared)))
    picked = tables.show(
        viewer,
        pa.Table.from_pylist(rows),
        COLUMNS,
        key="reconcile.claims",
        alt=words("reconcile.claim.alt", n=len(rows)),
        selects="single-row" if viewer.can_open("dossiers") else None,
    )
    for row in picked:
        links.to_dossiers(viewer, chosen, row["measure"], words("hotspots.by.open", n=row["ours"]))
