"""Signals with what they do to the rate: the sentence, the table, ways to the dossiers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow as pa
import streamlit as st

from pages.ui import downloads, links, tables
from pages.ui.filters import Filters
from pages.ui.guard import Viewer
from pages.ui.links import Way
from pages.ui.tables import Column
from pipeline.insight import Insight
from pipeline.signals import SIGNALS, rate_without, signals

Row = Mapping[str, Any]
ADDED = ("looked_at_n", "signal_n", "late_n", "in_time_n")
RATE = ("on_time_rate_a_numerator", "on_time_rate_a_denominator")
COLUMNS = [
    Column("named", "text", "signals.column.signal", width=200),
    Column("signal_n", "count", "signals.column.signal_n"),
    Column("looked_at_n", "count", "signals.column.looked_at_n"),
    Column("signal_rate", "rate", "signals.column.signal_rate"),
    Column("rate_now", "rate", "signals.column.rate_now"),
    Column("rate_without", "rate", "signals.column.rate_without"),
    Column("of", "text", "signals.column.of", width=120),
    Column("remark", "text", "signals.column.remark", width=110),
]


def found(viewer: Viewer, chosen: Filters) -> list[Row]:
    """Every signal that something was looked at for, all units together, strongest first."""
    params = chosen.params(viewer.as_of)
    rows = viewer.ask("signals", **params).to_pylist()
    rate = viewer.ask("summary", **params).to_pylist()[0] if rows else {}
    together = []
    for name in SIGNALS:
        own = [row for row in rows if row["signal"] == name]
        if own:
            added = {key: sum(row[key] for row in own) for key in ADDED}
            together.append({"signal": name, **added, **{key: rate[key] for key in RATE}})
    return sorted(together, key=lambda row: (is_weak(row), -_moved(row), -row["signal_n"]))


def is_weak(row: Row) -> bool:
    """Whether too few dossiers were looked at to say much."""
    return bool(row["looked_at_n"] < signals().signals[row["signal"]].min_n)


def _share(pair: tuple[int, int] | None) -> float | None:
    return pair[0] / pair[1] if pair and pair[1] > 0 else None


def _rates(row: Row) -> tuple[float | None, float | None]:
    """The rate in time now and without the pattern; None twice where it has none."""
    without = rate_without(row, signals().signals[row["signal"]].effect)
    return _share((row[RATE[0]], row[RATE[1]])), _share(without)


def _moved(row: Row) -> float:
    now, without = _rates(row)
    return abs(now - without) if now is not None and without is not None else 0.0


def findings(viewer: Viewer, rows: Sequence[Row]) -> list[Insight]:
    """How many patterns there are, and the one that moves the rate most."""
    seen = [row for row in rows if row["signal_n"] and not is_weak(row)]
    if not seen:
        return [Insight("none", {"n": len(rows)})]
    told = [Insight("seen", {"n": len(seen), "of": len(rows)})]
    most = max(seen, key=_moved)
    now, without = _rates(most)
    if _moved(most):
        words = viewer.words
        values = {"now": words.rate(now), "without": words.rate(without), "n": most["signal_n"]}
        told.append(Insight("moves", {"signal": words(f"signal.{most['signal']}"), **values}))
    return told


def table(viewer: Viewer, chosen: Filters, rows: Sequence[Row]) -> None:
    """Signals one below the other; a number opens its dossiers."""
    words = viewer.words
    st.markdown(f"**{words('signals.table.title')}**")
    st.caption(words("signals.table.caption"))
    shown = []
    for row in rows:
        now, without = _rates(row)
        pair = rate_without(row, signals().signals[row["signal"]].effect)
        shown.append(
            {
                **row,
                "named": words(f"signal.{row['signal']}"),
                "signal_rate": row["signal_n"] / row["looked_at_n"],
                "rate_now": now if without is not None else None,
                "rate_without": without,
                "of": "/".join(map(words.number, pair)) if pair and pair[1] > 0 else None,
                "remark": words("signals.few") if is_weak(row) else "",
            }
        )
    answer = pa.Table.from_pylist(shown)

    def opens(row: dict[str, Any], column: str) -> Way | None:
        if column == "looked_at_n":
            return links.behind(chosen, "received", finding=f"looked_at_{row['signal']}")
        if column not in ("signal_n", "signal_rate", "named") or not row["signal_n"]:
            return None
        return links.behind(chosen, "received", finding=row["signal"])

    tables.show(
        viewer,
        answer,
        COLUMNS,
        key="signals.table",
        alt=words("signals.table.alt", n=len(rows)),
        height="content",
        opens=opens if viewer.can_open("dossiers") else None,
    )
    with st.expander(words("signals.table.meaning")):
        for row in rows:
            signal = row["signal"]
            basis = signals().signals[signal].legal_basis
            law = f" ({basis})" if basis else ""
            about = words(f"signal.about.{signal}")
            st.markdown(f"**{words(f'signal.{signal}')}.** {about}{law}")
    downloads.buttons(viewer, answer, COLUMNS, name="signals", chosen=chosen)
