"""What stands beside the signals: clicks after the signature, what cannot be reconciled, bursts."""

from __future__ import annotations

from typing import Any, Literal

import pyarrow as pa
import streamlit as st

from pages.ui import filters, links, tables
from pages.ui.filters import Filters
from pages.ui.guard import Viewer
from pages.ui.links import Way
from pages.ui.tables import Column
from pipeline.settings import settings
from pipeline.signals import signals

LOW_ROWS = 4
LAG = [
    Column("unit_name", "name", "term.unit", width=230),
    Column("clicked_n", "count", "signals.column.clicked_n"),
    Column("click_lag_days", "number", "signals.column.click_lag_days"),
    Column("click_lag_days_p90", "number", "signals.column.click_lag_days_p90"),
]
GAPS = [
    Column("prefix", "code", "signals.column.prefix", width=120),
    Column("unit_name", "name", "term.unit", width=200),
    Column("missing_n", "count", "signals.column.missing_n"),
    Column("gap_day_n", "count", "signals.column.gap_day_n"),
]
QUIET = [
    Column("day", "date", "signals.column.day"),
    Column("unit_name", "name", "term.unit", width=300),
]
BURSTS = [
    Column("first_at", "moment", "signals.column.first_at"),
    Column("device", "code", "signals.column.device", width=140),
    Column("unit_name", "name", "term.unit", width=260),
    Column("answer_n", "count", "signals.column.answer_n"),
    Column("satisfied_n", "count", "signals.column.satisfied_n"),
]


def click_lag(viewer: Viewer, chosen: Filters) -> None:
    """Days from the signature to the click, by unit."""
    words = viewer.words
    st.markdown(f"**{words('signals.lag.title')}**")
    answer = viewer.ask("click_lag", **chosen.params(viewer.as_of))
    if not answer.num_rows:
        st.caption(words("signals.lag.none"))
        return
    st.caption(words("signals.lag.caption", n=settings().small_sample_n))
    alt = words("signals.lag.alt", n=answer.num_rows)

    def opens(row: dict[str, Any], column: str) -> Way | None:
        if column != "clicked_n":
            return None
        unit = links.only("unit", row["unit_id"])
        return links.behind(chosen, "received", finding="signed_and_clicked", **unit)

    tables.show(
        viewer,
        _named(viewer, answer),
        LAG,
        key="signals.lag",
        alt=alt,
        opens=opens if viewer.can_open("dossiers") else None,
    )


def not_reconciled(viewer: Viewer, chosen: Filters) -> None:
    """Numbers that no export shows and days without receipts: never a rate."""
    words = viewer.words
    st.markdown(f"**{words('signals.open.title')}**")
    params = chosen.params(viewer.as_of)
    gaps = viewer.ask("numbering_gaps", **params)
    del params["field"]
    quiet = viewer.ask("quiet_days", **params)
    st.caption(words("signals.open.caption"))
    if gaps.num_rows:
        missing = sum(gaps["missing_n"].to_pylist())
        st.markdown(words("signals.open.gaps", n=missing, prefixes=gaps.num_rows))
        alt = words("signals.open.gaps_alt", n=gaps.num_rows)
        low = _low(gaps.num_rows)
        tables.show(viewer, _named(viewer, gaps), GAPS, key="signals.gaps", alt=alt, height=low)
    else:
        st.markdown(words("signals.open.no_gaps"))
    if quiet.num_rows:
        st.markdown(words("signals.open.quiet", n=quiet.num_rows))
        alt = words("signals.open.quiet_alt", n=quiet.num_rows)
        low = _low(quiet.num_rows)
        tables.show(viewer, _named(viewer, quiet), QUIET, key="signals.quiet", alt=alt, height=low)
    else:
        st.markdown(words("signals.open.no_quiet"))


def _low(rows: int) -> int | Literal["content"]:
    """Height of two tables one below the other: as many rows as there are, or some of them."""
    return "content" if rows <= LOW_ROWS else 200


def bursts(viewer: Viewer, chosen: Filters) -> None:
    """Devices that answered many times within minutes."""
    words, limits = viewer.words, signals().thresholds
    st.markdown(f"**{words('signals.bursts.title')}**")
    params = chosen.params(viewer.as_of)
    del params["field"]
    answer = viewer.ask("survey_bursts", **params)
    st.caption(words("signals.bursts.caption", n=limits.burst_n, minutes=limits.burst_minutes))
    if not answer.num_rows:
        st.markdown(words("signals.bursts.none"))
        return
    alt = words("signals.bursts.alt", n=answer.num_rows)
    tables.show(viewer, _named(viewer, answer), BURSTS, key="signals.bursts", alt=alt)


def _named(viewer: Viewer, answer: pa.Table) -> pa.Table:
    """The rows with units named as everywhere on the board."""
    names = filters.unit_options(viewer)
    unknown = viewer.words("state.not_known")
    told = [
        {**row, "unit_name": names.get(row["unit_id"], row["unit_name"]) or unknown}
        for row in answer.to_pylist()
    ]
    return pa.Table.from_pylist(told)
