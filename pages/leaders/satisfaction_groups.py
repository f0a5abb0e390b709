"""Answers by scale, group and question, with what is too small to be shown already kept back."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import streamlit as st

from pages.ui import filters
from pages.ui.filters import Filters
from pages.ui.guard import Viewer
from pages.ui.links import Way
from pages.ui.series import is_month_kept_back
from pipeline.settings import settings, warehouse_folder
from pipeline.sources import sources
from pipeline.suppression import kept_back

Row = dict[str, Any]
LEVELS = ("very_satisfied", "satisfied", "neutral", "dissatisfied", "very_dissatisfied")
GROUPS = ("unit", "field", "survey_channel")
# Of a group that is kept back only its number of answers stays.
SENSITIVE = (
    *LEVELS,
    "dont_know",
    "level_unknown",
    "mean",
    "satisfied_rate",
    "satisfied_rate_numerator",
    "satisfied_low",
    "satisfied_high",
)


def scales(viewer: Viewer, chosen: Filters) -> dict[str, Row]:
    """Scale -> all its answers of the period, the scale with most answers first."""
    rows = viewer.ask("satisfaction", **chosen.params(viewer.as_of)).to_pylist()
    rows.sort(key=lambda row: (-row["n"], row["scale_id"]))
    return {row["scale_id"]: row for row in rows}


def scale_name(viewer: Viewer, scale: str) -> str:
    """A scale in words; one that an office made itself keeps its own name."""
    key = f"satisfaction.scale.{scale}"
    return viewer.words(key) if key in viewer.words else scale


def levels_of(viewer: Viewer, scale: str) -> tuple[str, ...]:
    """The levels that a scale has, the best first; all five of a scale that no source describes."""
    known = _levels(str(warehouse_folder()), viewer.snapshot_id, scale)
    return tuple(level for level in LEVELS if level in known) or LEVELS


@st.cache_data(max_entries=50, show_spinner=False)
def _levels(warehouse: str, snapshot_id: str, scale: str) -> frozenset[str]:
    described = sources(Path(warehouse)).values()
    return frozenset(
        level for source in described if source.scale.id == scale for level in source.scale.scores
    )


def groups(
    viewer: Viewer, chosen: Filters, scale: str, by: str, as_of: datetime | None = None
) -> list[Row]:
    """One row per unit, field or survey channel with answers of one scale, until as_of.

    `is_kept_back`: too few answers, or as many as would give away those of the others; then only
    the number of answers is left in the row.
    """
    words = viewer.words
    until = as_of or viewer.as_of
    asked = viewer.ask("satisfaction", group_by=by, **chosen.params(until)).to_pylist()
    rows: list[Row] = [row for row in asked if row["scale_id"] == scale]
    hidden = kept_back({row["group_key"]: row["n"] for row in rows}, settings().suppress_below_n)
    for row in rows:
        key = row["group_key"]
        name = row["group_label"] or words("state.not_known")
        if by == "survey_channel" and f"survey_channel.{key or 'unknown'}" in words:
            name = words(f"survey_channel.{key or 'unknown'}")
        row |= {"unit_id": key, "name": name, "is_kept_back": key in hidden}
        row |= dict.fromkeys(SENSITIVE) if key in hidden else {}
    if by == "unit":
        filters.tell_apart(viewer, rows)
    return rows


def questions(viewer: Viewer, chosen: Filters, scale: str) -> list[Row]:
    """One row per question with enough answers: the overall one, then the least satisfied first."""
    words = viewer.words
    asked = viewer.ask("satisfaction_questions", **chosen.params(viewer.as_of)).to_pylist()
    overall, unnamed = words("satisfaction.questions.overall"), words("state.not_known")
    rows = [
        row | {"name": overall if row["is_overall"] else row["question_text"] or unnamed}
        for row in asked
        if row["scale_id"] == scale and row["n"] >= settings().suppress_below_n
    ]
    return sorted(rows, key=lambda row: (not row["is_overall"], row["satisfied_rate"]))


def why_kept_back(
    viewer: Viewer, chosen: Filters, total: Row, as_of: datetime | None = None
) -> str | None:
    """Why the answers that the filters leave must not be shown, or None where they may.

    "few"; "unit", "field": the table of units keeps it back, so it must not stand alone when it is
    chosen in the filter; "period": a month that its quarter must not be shown beside.
    total: the answers of one scale, until as_of.
    """
    if total["n"] < settings().suppress_below_n:
        return "few"
    for by in ("unit", "field"):
        key = getattr(chosen, by)
        if key is None:
            continue
        everyone = replace(chosen, unit=None) if by == "unit" else replace(chosen, field=None)
        for row in groups(viewer, everyone, total["scale_id"], by, as_of):
            # A unit with others below it is more than its own row.
            if row["group_key"] == key and row["is_kept_back"] and row["n"] == total["n"]:
                return by
    return "period" if is_month_kept_back(viewer, chosen, total["scale_id"]) else None


def behind_answers(
    chosen: Filters, answered: str, scale: str | None, **narrowed: str | None
) -> Way:
    """The way to the answers that a figure counts; `answered` as in pipeline.queries.ANSWERED."""
    place = {"period": chosen.period.key, "unit": chosen.unit, "field": chosen.field}
    return Way("answers", {**place, "scale": scale, "measure": answered, **narrowed})
