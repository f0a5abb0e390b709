"""The figures of the overview: the sentence, the five tiles, the four on-time rates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

import streamlit as st

from pages.leaders.satisfaction_groups import why_kept_back
from pages.ui import tiles
from pages.ui.compare import Compared, Earlier
from pages.ui.filters import Filters
from pages.ui.guard import Viewer
from pages.ui.links import Way, behind
from pages.ui.series import Row, answers_by_month
from pages.ui.tiles import Count, Good, Tile, rate_change
from pipeline import insight
from pipeline.calendar import add_working_days
from pipeline.insight import Insight
from pipeline.settings import settings

Figures = Mapping[str, Any]
# Rate -> the figures that its numerator and its denominator count.
RATES = {
    "on_time_rate_a": ("resolved_in_time", "resolved_with_due"),
    "on_time_rate_b": ("not_late", "received"),
    "on_time_rate_c": ("in_time", "received"),
    "on_time_rate_d": ("resolved_in_time", "received"),
    "online_rate": ("online_in_period", "received_in_period"),
}


def findings(
    viewer: Viewer, chosen: Filters, figures: Compared, cells: Sequence[Row]
) -> list[Insight]:
    """What matters most: what is overdue, what falls due next, the worst place, missing letters."""
    summary, before = figures.now, figures.before
    held_against = (
        insight.Earlier(before.figures, before.last) if before.figures and before.last else None
    )
    if speaks_of_now(viewer, chosen):
        found = insight.state(summary, held_against, _due(viewer, chosen))
    else:
        found = insight.outcome(summary, held_against)
    several = len({row["unit_id"] for row in cells}) > 1
    return [
        *found,
        *insight.worst_field(summary, cells, names_unit=several),
        *insight.letters(summary, _without_letter(viewer, chosen)),
        *insight.unclear(summary),
    ]


def speaks_of_now(viewer: Viewer, chosen: Filters) -> bool:
    """Whether the period runs up to the moment that the figures speak of."""
    return chosen.period.upper > viewer.as_of


def waiting_by_day(viewer: Viewer, chosen: Filters) -> dict[str, int]:
    """Open dossiers by where they stand in the queue: overdue, today, 1, 2, ..., later, ..."""
    rows = viewer.ask("queue_counts", **chosen.where()).to_pylist()
    return {row["bucket"]: row["n"] for row in rows}


def five_tiles(
    viewer: Viewer, chosen: Filters, figures: Compared, months: Sequence[Row]
) -> list[Tile]:
    """Received, on time, overdue, online, satisfied."""
    words = viewer.words

    def count(name: str, key: str, good: Good, series: Sequence[Row]) -> Tile:
        tile = Tile(
            label=words(f"overview.{name}.label"),
            value=words.number(figures.now[key]),
            basis=words(f"overview.{name}.basis", **figures.now),
            help=words(f"overview.{name}.help"),
            good=good,
            history=[row[key] for row in series],
            measure=key,
        )
        return figures.on(tile, words, key)

    over = [row for row in months if row["is_complete"]]  # half a month would look like a fall
    return [
        count("received", "received_in_period", "neither", over),
        _rate(viewer, chosen, figures, over, "on_time_rate_a", "on_time"),
        count("overdue", "open_overdue", "down", months),
        _rate(viewer, chosen, figures, over, "online_rate", "online"),
        _satisfied(viewer, chosen, figures),
    ]


def four_rates(viewer: Viewer, chosen: Filters, figures: Compared, months: Sequence[Row]) -> None:
    """The four on-time rates with their formulas, because the same desk can read 99 % and 78 %."""
    words = viewer.words
    over = [row for row in months if row["is_complete"]]
    with st.container(border=True):
        st.markdown(f"**{words('overview.rates.title')}**")
        st.caption(words("overview.rates.caption"))
        for column, letter in zip(st.columns(4), "abcd", strict=True):
            with column, st.container(gap="xxsmall"):
                key, name = f"on_time_rate_{letter}", f"rates.{letter}"
                tiles.draw(viewer, chosen, _rate(viewer, chosen, figures, over, key, name))
                st.caption(words(f"overview.rates.{letter}.formula"))
                st.caption(words(f"overview.rates.{letter}.basis"))


def _rate(
    viewer: Viewer, chosen: Filters, figures: Compared, over: Sequence[Row], key: str, name: str
) -> Tile:
    """A rate with its two counts, how it moved, and its line over the months that are over."""
    words, (numerator, denominator) = viewer.words, RATES[key]
    counts = (figures.now[f"{key}_{part}"] for part in ("numerator", "denominator"))
    numerator_n, denominator_n = map(words.number, counts)
    tile = Tile(
        label=words(f"overview.{name}.label"),
        value=words.rate(figures.now[key]),
        fraction=(
            Count(numerator_n, behind(chosen, numerator)),
            Count(denominator_n, behind(chosen, denominator)),
        ),
        help=None if name.startswith("rates.") else words(f"overview.{name}.help"),
        good="up",
        history=[row[key] for row in over],
    )
    return figures.on(tile, words, key)


def _satisfied(viewer: Viewer, chosen: Filters, figures: Compared) -> Tile:
    """The share satisfied; its answers stand on their own screen, they are no dossiers."""
    words = viewer.words
    scales = _answers(viewer, **chosen.params(viewer.as_of))
    label, tip = words("overview.satisfied.label"), words("overview.satisfied.help")
    least = settings().suppress_below_n
    if not scales or scales[0]["n"] < least:
        none = words("overview.satisfied.none")
        why = words("overview.satisfied.suppressed", n=least) if scales else none
        return Tile(label, words.rate(None), why, help=tip)
    now, n = scales[0], scales[0]["n"]
    if why_kept_back(viewer, chosen, now):
        return Tile(label, words.rate(None), words("overview.satisfied.kept_back"), help=tip)
    notes = [words("overview.satisfied.few")] if now["is_small_sample"] else []
    if others := sum(row["n"] for row in scales[1:]):
        notes.append(words("overview.satisfied.other_scales", n=others))

    def then(side: Earlier) -> float | None:
        """The rate of the same scale, where there were enough answers."""
        if side.period is None or side.upper is None:
            return None
        asked = {"first": side.period.lower, "upper": side.upper, **chosen.where()}
        rates = {row["scale_id"]: row for row in _answers(viewer, **asked)}
        row = rates.get(now["scale_id"])
        if row is None:
            return None
        then_chosen = replace(chosen, period=side.period)
        why = why_kept_back(viewer, then_chosen, row, side.upper - timedelta.resolution)
        return None if why else row["satisfied_rate"]

    return Tile(
        label,
        words.rate(now["satisfied_rate"], 1),
        words("overview.satisfied.basis", numerator=now["satisfied_rate_numerator"], n=n),
        help=tip,
        good="up",
        change=rate_change(words, now["satisfied_rate"], then(figures.before)),
        year_change=rate_change(words, now["satisfied_rate"], then(figures.last_year)),
        note=" · ".join(notes) or None,
        history=[row["satisfied_rate"] for row in answers_by_month(viewer, chosen)],
        way=Way("satisfaction", {}),
        way_label=words("overview.satisfied.open"),
    )


def months_of_answers(viewer: Viewer, chosen: Filters) -> list[Row]:
    """Answers by month for the picture; none where even those of the period are kept back."""
    scales = _answers(viewer, **chosen.params(viewer.as_of))
    if scales and why_kept_back(viewer, chosen, scales[0]) not in (None, "few"):
        return []
    return answers_by_month(viewer, chosen)


def _answers(viewer: Viewer, **asked: Any) -> list[Row]:
    """Survey answers by scale, the one with most first: shares of two scales are not one share."""
    rows: list[Row] = viewer.ask("satisfaction", **asked).to_pylist()
    return sorted((row for row in rows if row["n"]), key=lambda row: -row["n"])


def _due(viewer: Viewer, chosen: Filters) -> insight.Due:
    day, counts = viewer.as_of.date(), waiting_by_day(viewer, chosen)
    return insight.Due(
        on=day,
        due=counts["today"],
        following=add_working_days(day, 1),
        due_following=counts.get("1", 0),
        is_today=viewer.moment.is_live,
    )


def _without_letter(viewer: Viewer, chosen: Filters) -> int | None:
    """Late or overdue dossiers without a letter; None where no letters were ever brought in."""
    if not viewer.sees("apology"):
        return None
    if "apology" not in viewer.ask("freshness")["kind"].to_pylist():
        return None
    rows = viewer.ask("apology_funnel", **chosen.params(viewer.as_of)).to_pylist()
    return sum(int(row["late_now"] - row["late_now_with_letter"]) for row in rows)
