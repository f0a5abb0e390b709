"""The picture of satisfaction by month, the same on every screen that shows it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime

import streamlit as st

from pages.ui import chart
from pages.ui.chart import Style
from pages.ui.chart_more import with_counts
from pages.ui.chart_time import share_over_time
from pages.ui.guard import Viewer
from pages.ui.palette import palette
from pages.ui.series import Row, is_open
from pipeline.periods import months_between
from pipeline.settings import settings


def draw(
    viewer: Viewer,
    rows: Sequence[Row],
    upper: datetime,
    *,
    key: str,
    answers: Mapping[date, int] | None = None,
    opens: Callable[[date], None] | None = None,
) -> None:
    """Title, what to see, and the line on its 95 % band; with `answers` their number below it.

    rows: answers of one scale by month (series.answers_by_month). upper: the end of what counts;
    a month that ends later is not over and is drawn hollow. opens: called with a clicked month.
    """
    words, target = viewer.words, settings().satisfaction_target
    st.markdown(f"**{words('pictures.satisfied.title')}**")
    if not rows:
        st.caption(words("pictures.satisfied.none", n=settings().suppress_below_n))
        return
    answered = {date.fromisoformat(f"{row['group_key']}-01"): row for row in rows}
    months = [month.first for month in months_between(min(answered), max(answered))]
    hint = [words("pictures.open_month")] if opens else []
    st.caption(" ".join([_what_to_see(viewer, months[-1], answered[months[-1]], upper), *hint]))
    style = Style(palette(), viewer.language)
    series: list[Row] = [answered.get(month, {}) for month in months]
    figure = share_over_time(
        months,
        [row.get("satisfied_rate") for row in series],
        style,
        name=words("pictures.satisfied.line"),
        written=lambda share: words.rate(share, 1),
        low=[row.get("satisfied_low") for row in series],
        high=[row.get("satisfied_high") for row in series],
        target=target,
        target_label=words("pictures.satisfied.target", target=words.rate(target, 0)),
        notes=[_counts(viewer, row) if row else "" for row in series],
        is_open=[is_open(month, upper) for month in months],
    )
    if answers is not None:
        counts = [answers.get(month, 0) for month in months]
        label = words("pictures.satisfied.answers")
        with_counts(figure, months, counts, style, label=label, written=words.number)
    chart.show(
        figure,
        alt=words("pictures.satisfied.alt", n=len(rows)),
        key=key,
        opens=(lambda trace, at: opens(figure.data[trace].x[at])) if opens else None,
    )


def _what_to_see(viewer: Viewer, month: date, row: Row, upper: datetime) -> str:
    """The latest month against the target, as far as its answers can tell."""
    words, target = viewer.words, settings().satisfaction_target
    verdict = "unsure"
    if row["satisfied_low"] >= target:
        verdict = "above"
    elif row["satisfied_high"] < target:
        verdict = "below"
    latest = words(
        f"pictures.satisfied.{verdict}",
        month=words.month_short(month),
        share=words.rate(row["satisfied_rate"], 1),
        counts=_counts(viewer, row),
        target=words.rate(target, 0),
    )
    still_open = [words("pictures.hollow")] if is_open(month, upper) else []
    how_to_read = words("pictures.satisfied.band", n=settings().suppress_below_n)
    return " ".join([latest, how_to_read, *still_open])


def _counts(viewer: Viewer, row: Row) -> str:
    words = viewer.words
    return f"({words.number(row['satisfied_rate_numerator'])}/{words.number(row['n'])})"
