"""The pictures of satisfaction: months with their certainty, levels, groups against the target."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from pages.ui import address, chart, satisfied_months
from pages.ui.chart import Style
from pages.ui.chart_amounts import Bar, flat_bars
from pages.ui.chart_more import Interval, counts_below, intervals
from pages.ui.filters import Filters
from pages.ui.guard import Viewer
from pages.ui.palette import palette
from pages.ui.series import answers_by_month, reach
from pipeline.settings import settings

Row = Mapping[str, Any]
SHOWN = 12  # groups in the picture; the table below holds all


def by_month(viewer: Viewer, chosen: Filters, scale: str) -> None:
    """The share satisfied month by month on its 95 % band, and how many answered."""
    words, style = viewer.words, Style(palette(), viewer.language)
    rows = answers_by_month(viewer, chosen, scale)
    upper = reach(viewer, chosen)[1]
    months = satisfied_months.draw(viewer, rows, upper, key="satisfaction.months")
    if not months:
        return
    st.caption(words("satisfaction.months.answers"))
    answers = {row["group_key"]: row["n"] for row in rows}
    counts = counts_below(
        months, [answers.get(f"{month:%Y-%m}", 0) for month in months], style, written=words.number
    )
    alt = words("satisfaction.months.answers_alt", n=len(answers))
    chart.show(counts, alt=alt, key="satisfaction.answers")


def levels(viewer: Viewer, total: Row) -> None:
    """Every level as it was chosen, those without an opinion apart."""
    words, colours, n = viewer.words, palette(), total["n"]
    st.markdown(f"**{words('satisfaction.levels.title')}**")
    left_out = total["dont_know"] + total["level_unknown"]
    st.caption(words("satisfaction.levels.caption", all=n, left_out=left_out))
    bars = [
        Bar(words(f"level.{level}"), total[level], colour)
        for level, colour in {
            "very_satisfied": colours.early,
            "satisfied": colours.on_time,
            "neutral": colours.waiting,
            "dissatisfied": colours.late,
            "very_dissatisfied": colours.late,
        }.items()
    ]
    figure = flat_bars(
        bars,
        Style(colours, viewer.language),
        written=lambda amount: f"{words.number(amount)} ({words.percent(amount, n, 1)})",
    )
    figure.update_xaxes(range=[0, max(bar.amount for bar in bars) * 1.8 or 1])
    chart.show(figure, alt=words("satisfaction.levels.alt", n=n), key="satisfaction.levels")


def choose_group(viewer: Viewer) -> str:
    """By what the answers are compared: unit, field or channel of the survey."""
    words = viewer.words
    st.markdown(f"**{words('satisfaction.by.title')}**")
    return address.choose(
        "by",
        ("unit", "field", "survey_channel"),
        default="unit",
        label=words("satisfaction.by.label"),
        shown=lambda key: words(f"satisfaction.by.{key}"),
        look="segments",
        label_visibility="collapsed",
    )


def compared(viewer: Viewer, groups: Sequence[Row]) -> None:
    """The groups with most answers on their intervals, the least satisfied on top."""
    words = viewer.words
    most = sorted((row for row in groups if row["satisfied_rate"] is not None), key=_answers)
    shown = sorted(most[-SHOWN:], key=lambda row: (row["is_small_sample"], row["satisfied_rate"]))
    st.caption(words("satisfaction.by.caption", all=len(groups), n=settings().small_sample_n))
    if not shown:
        return
    figure = intervals(
        [
            Interval(
                row["group_label"],
                row["satisfied_rate"],
                row["satisfied_low"],
                row["satisfied_high"],
                f"{words.number(row['satisfied_rate_numerator'])}/{words.number(row['n'])}",
                few=row["is_small_sample"],
            )
            for row in shown
        ],
        Style(palette(), viewer.language),
        written=lambda share: words.rate(share, 1),
        target=settings().satisfaction_target,
        target_label=words(
            "satisfaction.target", target=words.rate(settings().satisfaction_target)
        ),
    )
    chart.show(figure, alt=words("satisfaction.by.alt", n=len(shown)), key="satisfaction.by")


def _answers(row: Row) -> int:
    return int(row["n"])
