"""Parts of the list of survey answers: what it holds, what of an answer may be named, its table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa
import streamlit as st

from pages.leaders.satisfaction_groups import (
    groups,
    questions,
    scale_name,
    scales,
    why_kept_back,
)
from pages.ui import address, filters, tables
from pages.ui.filters import Filters
from pages.ui.guard import Viewer
from pages.ui.links import ANSWER_NARROWINGS
from pages.ui.tables import Column
from pages.ui.text import escaped
from pipeline.queries import LACKS
from pipeline.settings import settings

ANSWER = [
    Column("level", "text", "satisfaction.column.level", words="level", width=130),
    Column("comment", "text", "satisfaction.column.comment", width=620),
]
# Who answered at all is no secret; how they answered is. So of these there is no level.
RESPONSES = [
    Column("unit_name", "name", "term.unit", width=320),
    Column("field_name", "text", "term.field", width=200),
    Column("survey_channel", "text", "answers.column.channel", words="survey_channel", width=180),
    Column("scale", "text", "satisfaction.scale.label", width=180),
]


@dataclass(frozen=True)
class Listing:
    """The answers behind one figure; `answered` is one of pipeline.queries.ANSWERED."""

    chosen: Filters
    answered: str
    scale: str | None
    search: str = ""
    narrowed: Mapping[str, str] = field(default_factory=dict)

    def ask(self, viewer: Viewer, *, answered: str | None = None, **page: int) -> pa.Table:
        """Its answers, or others of the same people."""
        narrowed: dict[str, Any] = dict(self.narrowed)
        at_field = narrowed.pop("at_field", None)
        lacks = narrowed.pop("lacks", None)
        return viewer.ask(
            "satisfaction_answers",
            **{**self.chosen.params(viewer.as_of), **({"field": at_field} if at_field else {})},
            answered=answered or self.answered,
            scale=self.scale,
            search=self.search or None,
            lacks=(lacks,) if lacks else None,
            **narrowed,
            **page,
        )

    def total(self, viewer: Viewer) -> int:
        first = self.ask(viewer, limit=1)
        return int(first["total_n"][0].as_py()) if first.num_rows else 0


def narrowings() -> dict[str, str]:
    """What the address narrows the list to; what makes no sense is left out."""
    return {
        name: value
        for name in ANSWER_NARROWINGS
        if (value := address.read(name, LACKS if name == "lacks" else None))
    }


def why_not(viewer: Viewer, listing: Listing) -> str | None:
    """Why this list must not be shown: as `why_kept_back`, "cell" for a part of it, or None."""
    if listing.answered == "responses" or listing.scale is None:
        return None
    chosen, scale = listing.chosen, listing.scale
    if why := why_kept_back(viewer, chosen, scales(viewer, chosen)[scale]):
        return why
    if not listing.narrowed:
        return None
    people = Listing(chosen, "n", scale, narrowed=listing.narrowed).total(viewer)
    if 0 < people < settings().suppress_below_n:
        return "cell"
    for name, by in (("at_unit", "unit"), ("at_field", "field"), ("survey_channel",) * 2):
        key = listing.narrowed.get(name)
        if key and any(
            row["group_key"] == key and row["is_kept_back"]
            for row in groups(viewer, chosen, scale, by)
        ):
            return "cell"
    return None


def named_by(viewer: Viewer, listing: Listing) -> str | None:
    """Which one thing a row may name besides its level: its unit, else its field, else nothing.

    One only, and only what the screen of satisfaction shows figures of: two together would single
    out people.
    """
    if listing.narrowed or listing.scale is None:
        return None
    for by in ("unit", "field"):
        if getattr(listing.chosen, by) is None:
            rows = groups(viewer, listing.chosen, listing.scale, by)
            if len(rows) > 1:
                return by
    return None


def confidential(viewer: Viewer) -> str:
    """What is left out of the rows, and why."""
    return viewer.words("answers.confidential", n=settings().suppress_below_n)


def table(viewer: Viewer, listing: Listing, *, key: str, page: str = "page") -> None:
    """One page of the answers, with ways to the others."""
    total = listing.total(viewer)
    at = tables.page_number(viewer, total, name=page)
    found = listing.ask(viewer, limit=tables.PAGE, offset=at * tables.PAGE)
    shown, columns = described(viewer, listing, found)
    alt = viewer.words("answers.alt", n=total)
    tables.show(viewer, shown, columns, key=key, alt=alt)
    tables.pager(viewer, total, name=page)


def described(viewer: Viewer, listing: Listing, found: pa.Table) -> tuple[pa.Table, list[Column]]:
    """The answers as they may be shown, and their columns."""
    words = viewer.words
    if listing.answered == "responses":
        named = [scale_name(viewer, scale) for scale in found["scale_id"].to_pylist()]
        return found.append_column("scale", pa.array(named, pa.string())), RESPONSES
    by = named_by(viewer, listing)
    if by is None or listing.scale is None:
        return found, ANSWER
    rows = groups(viewer, listing.chosen, listing.scale, by)
    names = {row["group_key"]: row["name"] for row in rows if not row["is_kept_back"]}
    keys = found["unit_id" if by == "unit" else "field_name"].to_pylist()
    hidden = words(f"answers.not_named.{by}")
    shown = pa.array([names.get(key, hidden) for key in keys], pa.string())
    column = Column("of", "name", f"term.{by}", width=300)
    return found.append_column("of", shown), [*ANSWER, column]


def ways_out(viewer: Viewer, listing: Listing) -> None:
    """One button per narrowing that came with the link, to take it away."""
    if not listing.narrowed:
        return
    with st.container(horizontal=True, gap="small"):
        for name, value in listing.narrowed.items():
            if name == "source":  # goes with its question
                continue
            st.button(
                viewer.words(
                    "dossiers.without", filter=escaped(_spoken(viewer, listing, name, value))
                ),
                key=f"answers.without.{name}",
                icon=":material/close:",
                on_click=_take_away,
                args=(name,),
            )


def note(viewer: Viewer, listing: Listing) -> None:
    """What the rows leave out, and why."""
    if listing.answered == "responses":
        st.caption(viewer.words("answers.responses"))
    else:
        st.caption(confidential(viewer))


def _take_away(name: str) -> None:
    address.write(name, None)
    if name == "question":
        address.write("source", None)


def _spoken(viewer: Viewer, listing: Listing, name: str, value: str) -> str:
    """A narrowing as a reader would say it."""
    words = viewer.words
    if name == "lacks":
        return words(f"dossiers.lacks.{value}")
    if name == "survey_channel" and f"survey_channel.{value}" in words:
        value = words(f"survey_channel.{value}")
    elif name == "at_unit":
        value = filters.unit_options(viewer).get(value, value)
    elif name == "question" and listing.scale:
        asked = questions(viewer, listing.chosen, listing.scale)
        value = next((row["name"] for row in asked if row["question_id"] == value), value)
    return words(f"answers.filter.{name}", value=value)
