"""What stands on a screen in the hall: large text in both languages, as HTML of our own.

Streamlit's elements cannot be set as large as four metres ask for. Callers hand over texts and
numbers, never markup: everything is escaped here, and nothing here leads anywhere.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from html import escape
from pathlib import Path
from typing import Any, Literal

import streamlit as st

from pages.ui.palette import palette
from pipeline.errors import Refused
from pipeline.settings import settings
from pipeline.text import squeeze
from pipeline.wording import Wording, wording

LOOK = Path(__file__).with_name("wall.css")
FIRST, BESIDE = "vi", "en"  # whatever language somebody chose: the hall reads both

LOG = logging.getLogger(__name__)
AGAIN = timedelta(seconds=30)
_TRIED = "wall.tried"
FEW_COLUMNS = 3  # as many as a telephone has room for

Tone = Literal["plain", "late", "soon"]


@dataclass(frozen=True)
class Said:
    """A text in both languages, or the same in both; plain, not markup."""

    first: str
    beside: str = ""

    def html(self) -> str:
        """One line below the other, the second marked as the other language."""
        other = f'<span class="wall-en" lang="{BESIDE}">{_text(self.beside)}</span>'
        return f"<span>{_text(self.first)}</span>{other if self.beside else ''}"


@dataclass(frozen=True)
class Tile:
    """One figure: what it is, how much, of how many, and what colour its edge has."""

    label: Said
    value: str
    basis: Said
    tone: Tone = "plain"


@dataclass(frozen=True)
class Head:
    """A column: its heading, and whether its cells are numbers."""

    label: Said
    is_number: bool = False


Cell = str | Said


class Words:
    """Both catalogues; a value that is itself a function of the language is asked of each."""

    def words(self, key: str, /, **values: Any) -> Said:
        """A text of the catalogue in both languages."""
        return Said(*(self._one(language, key, values) for language in (FIRST, BESIDE)))

    def _one(self, language: str, key: str, values: dict[str, Any]) -> str:
        spoken = wording(language)
        return spoken(key, **{n: v(spoken) if callable(v) else v for n, v in values.items()})


def numbers() -> Wording:
    """How figures are written: as the language that stands first writes them."""
    return wording(FIRST)


def show(panel: str, *, moment: Said, notices: Sequence[Said], at: str) -> None:
    """The whole screen: whose board this is, when it speaks of, notices, and one panel.

    at: which of the panels this is, such as "2/7".
    """
    colours, words, office = palette(), Words(), settings().office
    named = {
        "text": colours.text,
        "muted": colours.muted,
        "line": colours.line,
        "surface": colours.surface,
        "late": colours.late,
        "soon": colours.due_soon,
        "good": colours.early,
        "fine": colours.on_time,
        "wait": colours.waiting,
    }
    style = ";".join(f"--wall-{name}:{colour}" for name, colour in named.items())
    whose = Said(office.name_vi, office.name_en)
    head = f'<header><h1>{whose.html()}</h1><p class="wall-moment">{moment.html()}</p></header>'
    said = "".join(f'<p class="wall-notice">{notice.html()}</p>' for notice in notices)
    if said:
        said = f'<div class="wall-notices">{said}</div>'
    foot = words.words("public.foot").html()
    below = f'<footer><p>{foot}</p><p class="wall-at">{_text(at)}</p></footer>'
    st.html(f'<section class="wall" style="{style}">{head}{said}{panel}{below}</section>')


def without_figures(why: Literal["nothing", "unavailable"]) -> None:
    """The screen while there is nothing to show."""
    words = Words()
    hint = note(words.words(f"public.{why}_hint"))
    show(panel(words.words(f"public.{why}"), hint), moment=Said(""), notices=[], at="")


def unavailable(refused: Refused) -> None:
    """Figures that cannot be shown. Why is nobody's business in the hall: it goes into the log."""
    _log(str(refused))
    without_figures("unavailable")


@lru_cache(maxsize=100)
def _log(reason: str) -> None:
    """Once for each reason: every screen in every hall asks again at every turn."""
    LOG.warning("The public board shows no figures. %s", reason)


@st.fragment(run_every=AGAIN)
def try_again() -> None:
    """Run the whole page anew after a while: nobody stands at the screen to reload it."""
    if st.session_state.pop(_TRIED, False):
        st.rerun()
    st.session_state[_TRIED] = True


def look() -> None:
    """The style of everything here; once for each page, outside of what is drawn again."""
    st.html(LOOK)


def panel(title: Said, *parts: str) -> str:
    """One panel: its title, and below it its parts."""
    return f"<main><h2>{title.html()}</h2>{''.join(parts)}</main>"


def tiles(shown: Sequence[Tile]) -> str:
    """Figures side by side; on a telephone one below the other."""
    cards = (
        f'<div class="wall-tile wall-{tile.tone}"><p class="wall-label">{tile.label.html()}</p>'
        f'<p class="wall-value">{_text(tile.value)}</p>'
        f'<p class="wall-basis">{tile.basis.html()}</p></div>'
        for tile in shown
    )
    return f'<div class="wall-tiles">{"".join(cards)}</div>'


def tables(heads: Sequence[Head], halves: Iterable[Sequence[Sequence[Cell]]], about: str) -> str:
    """One table, or two with the same columns side by side. about: what stands in them."""
    whole = "".join(_table(heads, rows, about) for rows in halves if rows)
    return f'<div class="wall-tables">{whole}</div>'


def _table(heads: Sequence[Head], rows: Sequence[Sequence[Cell]], about: str) -> str:
    """On a telephone the rows of a table with many columns stand below each other, labelled."""
    marks = ['class="wall-n"' if head.is_number else "" for head in heads]
    first = "".join(
        f'<th scope="col" {mark}>{head.label.html()}</th>'
        for head, mark in zip(heads, marks, strict=True)
    )
    labels = [f'data-label="{_text(head.label.first)}"' for head in heads]
    lines = "".join(
        "<tr>"
        + "".join(
            f"<td {mark} {label}>{_cell(cell)}</td>"
            for cell, mark, label in zip(row, marks, labels, strict=True)
        )
        + "</tr>"
        for row in rows
    )
    body = f"<thead><tr>{first}</tr></thead><tbody>{lines}</tbody>"
    many = ' class="wall-many"' if len(heads) > FEW_COLUMNS else ""
    return f'<table aria-label="{_text(about)}"{many}>{body}</table>'


def bars(rows: Sequence[tuple[Said, str, float, str]]) -> str:
    """Lying bars: name, what stands behind the end, share 0-1, and the colour's name."""
    lines = "".join(
        f'<div class="wall-bar"><span class="wall-label">{name.html()}</span>'
        f'<span class="wall-track"><span style="width:{share * 100:.2f}%;'
        f'background:var(--wall-{colour})"></span></span>'
        f'<span class="wall-n">{_text(end)}</span></div>'
        for name, end, share, colour in rows
    )
    return f'<div class="wall-bars">{lines}</div>'


def side_by_side(*parts: str) -> str:
    """Parts of a panel beside each other; on a telephone one below the other."""
    return f'<div class="wall-halves">{"".join(f"<div>{part}</div>" for part in parts)}</div>'


def note(said: Said) -> str:
    """A remark below the figures of a panel."""
    return f'<p class="wall-note">{said.html()}</p>'


def _cell(cell: Cell) -> str:
    return f"<div>{cell.html() if isinstance(cell, Said) else _text(cell)}</div>"


def _text(value: str) -> str:
    """Text as text: no markup, no invisible signs that turn or hide letters."""
    return escape(squeeze(value) or "")
