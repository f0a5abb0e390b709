"""The figures of the overview: sentence, tiles, where the dossiers stand, the four rates."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from pages.ui import filters
from pages.ui.filters import Filters
from pages.ui.guard import Viewer
from pages.ui.links import to_dossiers
from pages.ui.series import answers_by_month, history
from pages.ui.tiles import Change, Good, Tile, count_change, rate_change
from pipeline.insight import Insight, headline
from pipeline.periods import Period
from pipeline.settings import settings
from pipeline.wording import Wording

Figures = Mapping[str, Any]


def findings(viewer: Viewer, chosen: Filters, summary: Figures) -> list[Insight]:
    """What matters most in the period."""
    params = chosen.params(viewer.as_of)
    return headline(
        summary,
        viewer.ask("by_field", **params).to_pylist(),
        _without_apology(viewer, chosen),
    )


def five_tiles(viewer: Viewer, chosen: Filters, summary: Figures) -> list[Tile]:
    """Received, on time, overdue, online, satisfied."""
    words = viewer.words
    before, last_year = _earlier(viewer, chosen, "previous"), _earlier(viewer, chosen, "year")
    note = _why_not_compared(viewer, chosen)
    months = history(viewer, chosen)

    def of(rate: str) -> str:
        return words(
            "tiles.of",
            numerator=summary[f"{rate}_numerator"],
            denominator=summary[f"{rate}_denominator"],
        )

    def rate(
        name: str, key: str, measure: str | None, basis: str, value: str | None = None
    ) -> Tile:
        return Tile(
            label=words(f"overview.{name}.label"),
            value=value or words.rate(summary[key]),
            basis=basis,
            help=words(f"overview.{name}.help"),
            good="up",
            change=_moved(rate_change, viewer, summary, before, key),
            year_change=_moved(rate_change, viewer, summary, last_year, key),
            note=note,
            history=[row.get(key) for row in months],
            measure=measure,
        )

    def count(name: str, key: str, series: str, good: Good) -> Tile:
        return Tile(
            label=words(f"overview.{name}.label"),
            value=words.number(summary[key]),
            basis=words(f"overview.{name}.basis", **summary),
            help=words(f"overview.{name}.help"),
            good=good,
            change=_moved(count_change, viewer, summary, before, key),
            year_change=_moved(count_change, viewer, summary, last_year, key),
            note=note,
            history=[row[series] for row in months],
            measure=key,
        )

    return [
        count("received", "received_in_period", "received_in_period", "neither"),
        rate("on_time", "on_time_rate_a", "resolved_in_time", of("on_time_rate_a")),
        count("overdue", "open_overdue", "open_overdue", "down"),
        rate("online", "online_rate", "online_in_period", of("online_rate")),
        _satisfied(viewer, chosen, summary, before, last_year, note),
    ]


def whereabouts(viewer: Viewer, chosen: Filters, summary: Figures) -> None:
    """The full state: every dossier of the period stands in one of these lines."""
    words = viewer.words
    groups = {
        "resolved": {
            "early": "timing.early",
            "on_time": "timing.on_time",
            "late": "timing.late",
            "resolved_no_due": "timing.no_due",
        },
        "open": {
            "open_in_time": "open_state.in_time",
            "open_overdue": "open_state.overdue",
            "open_waiting": "open_state.waiting",
            "open_no_due": "open_state.no_due",
        },
        "ended_otherwise": {
            "refused": "phase.refused",
            "withdrawn": "phase.withdrawn",
            "stopped": "phase.stopped",
        },
    }
    titles = {"resolved": "resolved", "open": "open", "ended_otherwise": "ended"}
    with st.container(border=True):
        st.markdown(f"**{words('overview.state.title')}**")
        columns = st.columns(4)
        for column, (group, lines) in zip(columns, groups.items(), strict=False):
            with column, st.container(gap="xxsmall"):
                title = words(f"overview.state.{titles[group]}")
                share = words.percent(summary[group], summary["received"], 1)
                st.markdown(f"{title} · **{words.number(summary[group])}** :gray[({share})]")
                for measure, text in lines.items():
                    label = f"{words.number(summary[measure])} {words(text).lower()}"
                    to_dossiers(viewer, chosen, measure, label)
        with columns[3], st.container(gap="xxsmall"):
            st.markdown(words("overview.state.unknown"))
            unknown = summary["status_unknown"]
            if unknown:
                label = f"{words.number(unknown)} {words('phase.status_unknown').lower()}"
                to_dossiers(viewer, chosen, "status_unknown", f":red[**{label}**]")
            else:
                st.caption(words("overview.state.unknown_none"))
            if summary["not_accepted"]:
                rejected = words("overview.state.not_accepted").lower()
                to_dossiers(
                    viewer,
                    chosen,
                    "not_accepted",
                    f"{words.number(summary['not_accepted'])} {rejected}",
                )


def four_rates(viewer: Viewer, summary: Figures) -> None:
    """The four on-time rates with their formulas, because the same desk can read 99 % and 78 %."""
    words = viewer.words
    with st.container(border=True):
        st.markdown(f"**{words('overview.rates.title')}**")
        st.caption(words("overview.rates.caption"))
        for column, letter in zip(st.columns(4), "abcd", strict=True):
            key = f"on_time_rate_{letter}"
            with column, st.container(gap="xxsmall"):
                st.metric(words(f"overview.rates.{letter}.name"), words.rate(summary[key]))
                st.caption(
                    words(
                        "tiles.of",
                        numerator=summary[f"{key}_numerator"],
                        denominator=summary[f"{key}_denominator"],
                    )
                )
                st.caption(words(f"overview.rates.{letter}.formula"))
                st.caption(words(f"overview.rates.{letter}.basis"))


def _satisfied(
    viewer: Viewer,
    chosen: Filters,
    summary: Figures,
    before: Figures | None,
    last_year: Figures | None,
    note: str | None,
) -> Tile:
    words = viewer.words
    n = summary["satisfied_rate_denominator"]
    label, tip = words("overview.satisfied.label"), words("overview.satisfied.help")
    if n < settings().suppress_below_n:
        why = (
            words("overview.satisfied.none")
            if not n
            else words("overview.satisfied.suppressed", n=settings().suppress_below_n)
        )
        return Tile(label, words.rate(None), why, help=tip)
    few = words("overview.satisfied.few") if n < settings().small_sample_n else None
    return Tile(
        label,
        words.rate(summary["satisfied_rate"], 1),
        words("overview.satisfied.basis", numerator=summary["satisfied_rate_numerator"], n=n),
        help=tip,
        good="up",
        change=_moved(rate_change, viewer, summary, before, "satisfied_rate"),
        year_change=_moved(rate_change, viewer, summary, last_year, "satisfied_rate"),
        note=few or note,
        history=[row["satisfied_rate"] for row in answers_by_month(viewer, chosen)],
    )


def _earlier(viewer: Viewer, chosen: Filters, which: str) -> Figures | None:
    """The summary of an earlier period, None where a comparison would mean nothing."""
    earlier = _earlier_period(chosen, which)
    if earlier is None or filters.compares_across_reorganisation(chosen, earlier):
        return None
    if earlier.last < filters.first_day(viewer) or earlier.lower > viewer.as_of:
        return None
    if chosen.period.is_open(viewer.as_of):
        return None  # half a month against a whole one is no comparison
    rows: list[Figures] = viewer.ask("summary", **chosen.params(viewer.as_of, earlier)).to_pylist()
    return rows[0]


def _earlier_period(chosen: Filters, which: str) -> Period | None:
    period = chosen.period
    return period.previous() if which == "previous" else period.same_last_year()


def _why_not_compared(viewer: Viewer, chosen: Filters) -> str | None:
    day = filters.compares_across_reorganisation(chosen, _earlier_period(chosen, "year"))
    return viewer.words("tiles.not_compared", day=day) if day else None


def _moved(
    change: Callable[[Wording, Any, Any], Change | None],
    viewer: Viewer,
    now: Figures,
    before: Figures | None,
    key: str,
) -> Change | None:
    return change(viewer.words, now[key], before[key]) if before else None


def _without_apology(viewer: Viewer, chosen: Filters) -> int | None:
    """Late or overdue dossiers without a letter; None where no letters were ever brought in."""
    if not viewer.sees("apology"):
        return None
    if "apology" not in viewer.ask("freshness")["kind"].to_pylist():
        return None
    rows = viewer.ask("apology_funnel", **chosen.params(viewer.as_of)).to_pylist()
    return sum(int(row["late_now"] - row["late_now_with_letter"]) for row in rows)
