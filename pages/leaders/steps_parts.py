"""Pictures of the steps: whose time it was, and where dossiers became late."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from pages.ui import chart, links
from pages.ui.chart import Style
from pages.ui.chart_amounts import Bar, flat_bars
from pages.ui.filters import Filters
from pages.ui.guard import Viewer
from pages.ui.palette import palette
from pipeline.insight import Insight
from pipeline.steps import KINDS

Row = Mapping[str, Any]
MOST = 8  # steps drawn


def times(viewer: Viewer, chosen: Filters) -> list[Row]:
    """Steps that ended in the period, by name."""
    rows: list[Row] = viewer.ask("step_times", **chosen.params(viewer.as_of)).to_pylist()
    return rows


def turning(viewer: Viewer, chosen: Filters) -> list[Row]:
    """Late dossiers with a slip by the step at which their promise ran out."""
    rows: list[Row] = viewer.ask("step_turning", **chosen.params(viewer.as_of)).to_pylist()
    return rows


def _by_kind(rows: Sequence[Row]) -> Counter[str]:
    days: Counter[str] = Counter()
    for row in rows:
        days[row["kind"]] += row["spent_days_sum"]
    return days


def findings(viewer: Viewer, rows: Sequence[Row], turned: Sequence[Row]) -> list[Insight]:
    """Whose time it was, and at which step most late dossiers turned late."""
    days = _by_kind(rows)
    whole = sum(days.values())
    found = [Insight("own", {"n": days["own"], "all_n": whole})] if whole else []
    known = [row for row in turned if row["step_name"]]
    if known:
        row = known[0]
        values = {"step": row["step_name"], "n": row["late_n"], "all_n": row["with_slip_n"]}
        found.append(Insight("turned", values))
    over = sum(row["over_limit_rate_numerator"] for row in rows)
    limited = sum(row["over_limit_rate_denominator"] for row in rows)
    if limited:
        found.append(Insight("over", {"n": over, "all_n": limited}))
    return found


def time_by_kind(viewer: Viewer, rows: Sequence[Row]) -> None:
    """Working days by whose time they were."""
    words, colours = viewer.words, palette()
    days = _by_kind(rows)
    whole = sum(days.values())
    st.markdown(f"**{words('steps.kinds.title')}**")
    share = words.percent(whole - days["own"], whole, 1)
    st.caption(words("steps.kinds.caption", n=whole - days["own"], all=whole, share=share))
    bars = [
        Bar(
            words(f"steps.kind.{kind}"),
            days[kind],
            colours.early if kind == "own" else colours.waiting,
        )
        for kind in KINDS
        if days[kind]
    ]
    figure = flat_bars(bars, Style(colours, viewer.language), written=words.number)
    chart.show(figure, alt=words("steps.kinds.alt", n=whole), key="steps.kinds")


def turned_late(viewer: Viewer, chosen: Filters, rows: Sequence[Row]) -> None:
    """At which step the promise of late dossiers ran out."""
    words, colours = viewer.words, palette()
    st.markdown(f"**{words('steps.turned.title')}**")
    if not rows:
        st.caption(words("steps.turned.none"))
        return
    with_slip, late = rows[0]["with_slip_n"], rows[0]["all_late_n"]
    st.caption(words("steps.turned.caption", n=with_slip, all=late))
    bars = [
        Bar(
            row["step_name"] or words("steps.turned.unknown"),
            row["late_n"],
            colours.late if row["step_name"] and row["kind"] == "own" else colours.waiting,
        )
        for row in rows[:MOST]
    ]
    figure = flat_bars(bars, Style(colours, viewer.language), written=words.number, label_width=26)
    ways = [
        links.behind(chosen, "received", finding="turned_late", step=row["step_name"])
        if row["step_name"]
        else None
        for row in rows[:MOST]
    ]
    chart.show(
        figure,
        alt=words("steps.turned.alt", n=with_slip),
        key="steps.turned",
        opens=links.clicks(viewer, ways),
    )
