"""The figures of the online screen: sentence, tiles, and what they must not be taken for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

import streamlit as st

from pages.ui import period_filter
from pages.ui.filters import Filters
from pages.ui.guard import Viewer
from pages.ui.links import Way, behind
from pages.ui.tiles import Count, Tile
from pipeline.insight import Insight
from pipeline.settings import settings

Row = dict[str, Any]
# Column of the answers -> the channel that it counts.
CHANNELS = {
    "online_full": "online_full",
    "online_partial": "online_partial",
    "online_level_unknown": "online",
    "counter": "counter",
    "post": "post",
    "channel_unknown": "unknown",
}
TILES = ("online_in_period", "online_full", "online_partial", "counter", "post")


def totals(viewer: Viewer, chosen: Filters) -> Row:
    """What came in during the period by channel, all months together."""
    sums: Counter[str] = Counter({"received_in_period": 0, "online_in_period": 0})
    for row in viewer.ask("online", **chosen.params(viewer.as_of)).to_pylist():
        sums.update({name: row[name] for name in (*sums, *CHANNELS) if name in row})
    return dict(sums) | {name: sums[name] for name in CHANNELS}


def came(chosen: Filters, name: str, **place: str | None) -> Way:
    """The way to the dossiers received in the period that one column counts."""
    if name == "online_in_period":
        return behind(chosen, "online_in_period", **place)
    channel = {"channel": CHANNELS[name]} if name in CHANNELS else {}
    return behind(chosen, "received_in_period", **channel, **place)


def findings(
    viewer: Viewer, chosen: Filters, totals: Row, offered: Sequence[Row] | None
) -> list[Insight]:
    """How much came online, who least, and how much more could have."""
    online, received = totals["online_in_period"], totals["received_in_period"]
    unknown = totals["channel_unknown"]
    if unknown * 2 >= received:
        return [Insight("not_told", {"n": unknown, "all_n": received})]
    found = [Insight("share" if online else "nothing", {"n": online, "all_n": received})]
    if offered is None:
        found += _lowest(viewer, chosen) if online else []
    else:
        found += _not_used(offered)
    if unknown:
        found.append(Insight("unknown", {"n": unknown}))
    return found


def five_tiles(viewer: Viewer, chosen: Filters, totals: Row) -> list[Tile]:
    """Online, of it fully and partly online, at the counter, by post: each of all received."""
    words, received = viewer.words, totals["received_in_period"]

    def of_received(name: str) -> Tile:
        return Tile(
            label=words(f"online.tile.{name}"),
            value=words.percent(totals[name], received),
            fraction=(
                Count(words.number(totals[name]), came(chosen, name)),
                Count(words.number(received), came(chosen, "received_in_period")),
            ),
            help=words(f"online.tile.{name}_help"),
        )

    return [of_received(name) for name in TILES]


def meaning_changed(viewer: Viewer, chosen: Filters) -> None:
    """Say so where the period itself holds two meanings of the same words."""
    begun = max(chosen.period.first, period_filter.first_day(viewer))
    for one in settings().online_series_breaks:
        if begun < one.on <= min(chosen.period.last, viewer.as_of.date()):
            label = one.label(viewer.language)
            st.info(
                viewer.words("online.break_inside", day=one.on, label=label, source=one.source),
                icon=":material/vertical_split:",
            )


def beside_766(viewer: Viewer, totals: Row) -> None:
    """How the plain share differs from the one of index 766, which is often quoted beside it."""
    words = viewer.words
    st.markdown(f"**{words('online.index.title')}**")
    share = {
        "share": words.percent(totals["online_in_period"], totals["received_in_period"]),
        "numerator": totals["online_in_period"],
        "denominator": totals["received_in_period"],
    }
    for column, part in zip(st.columns(3), ("here", "there", "why"), strict=True):
        with column:
            st.caption(words(f"online.index.{part}", **share))


def _not_used(offered: Sequence[Row]) -> list[Insight]:
    """What is offered online: the procedure with most dossiers that came otherwise, and what never
    came online at all."""
    never = [row for row in offered if row["use"] == "never"]
    found = []
    most = max(offered, key=lambda row: row["counter"] + row["post"], default=None)
    if most and most["use"] == "partly":
        values = {"n": most["counter"] + most["post"], "all_n": most["received_in_period"]}
        found.append(Insight("otherwise", {"procedure": most["procedure_name"], **values}))
    if never:
        missed = sum(row["received_in_period"] for row in never)
        procedures = len({row["procedure_code"] for row in never})
        found.append(Insight("never", {"n": procedures, "dossiers": missed}))
    return found


def _lowest(viewer: Viewer, chosen: Filters) -> list[Insight]:
    """The field with the lowest share among those with enough dossiers to compare."""
    if chosen.field:
        return []
    rows = viewer.ask("online_by_field", **chosen.params(viewer.as_of)).to_pylist()
    compared = [
        row
        for row in rows
        if row["field_name"]
        and not row["is_small_sample"]
        and row["not_offered_n"] * 2 < row["received_in_period"]
    ]
    if len(compared) < 2:
        return []
    low = min(compared, key=lambda row: (row["online_rate"], row["field_name"]))
    values = {"n": low["online_in_period"], "all_n": low["received_in_period"]}
    return [Insight("lowest", {"field": low["field_name"], **values})]
