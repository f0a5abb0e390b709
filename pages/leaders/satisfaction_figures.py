"""The figures of satisfaction: the scale on show, sentence, tiles, and why there are none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from pages.leaders.satisfaction_groups import behind_answers, groups, scale_name
from pages.ui import address, filters, links, states
from pages.ui.filters import Filters
from pages.ui.guard import Viewer
from pages.ui.links import Way, behind
from pages.ui.tiles import Count, Tile
from pipeline.insight import Insight
from pipeline.settings import settings

Row = Mapping[str, Any]


def choose_scale(viewer: Viewer, scales: Mapping[str, Row]) -> str:
    """The scale on show; more than one stay apart, because their shares mean different things."""
    names = list(scales)
    if len(names) == 1:
        return names[0]
    words = viewer.words
    st.caption(words("satisfaction.scale.caption"))
    return address.choose(
        "scale",
        names,
        default=names[0],
        label=words("satisfaction.scale.label"),
        shown=lambda name: words(
            "satisfaction.scale.choice", name=scale_name(viewer, name), n=scales[name]["n"]
        ),
        look="segments",
        label_visibility="collapsed",
    )


def nothing(viewer: Viewer, chosen: Filters, response: Row) -> None:
    """No answer: none was ever brought in, none for this unit or field, or none in the period."""
    words = viewer.words
    if "survey" not in viewer.ask("freshness")["kind"].to_pylist():
        with st.container(border=True):
            st.subheader(words("satisfaction.nothing.title"), anchor=False)
            st.markdown(words("satisfaction.nothing.steps"))
            states.way_to_intake(viewer.identity)
        return
    if viewer.ask("satisfaction", **chosen.where()).num_rows:
        named = filters.in_words(viewer, chosen)
        key, clear = "satisfaction.nothing.period", {"period": "all"}
    else:
        named = filters.in_words(viewer, chosen, with_period=False)
        named = named or words("satisfaction.nothing.here")
        key, clear = "satisfaction.nothing.ever", {}
    narrowed: dict[str, str | None] = {
        name: None for name in ("unit", "field") if getattr(chosen, name)
    }
    states.nothing_matches(words, named, key, **narrowed, **clear)
    results = response["response_rate_denominator"]
    if results:
        label = words("satisfaction.nothing.results", n=results)
        links.along(viewer, behind(chosen, "resolved"), label, label)


def kept_back(viewer: Viewer, total: Row, why: str) -> None:
    """Say why figures are not shown: too few answers, or enough to give away those of others."""
    said = viewer.words(
        f"satisfaction.kept_back.{why}", n=settings().suppress_below_n, answers=total["n"]
    )
    st.info(said, icon=":material/lock:")


def findings(viewer: Viewer, chosen: Filters, total: Row, response: Row) -> list[Insight]:
    """Whether the target is reached, as far as answers tell, who is lowest, and how many spoke."""
    target = settings().satisfaction_target
    key = "unsure"
    if total["satisfied_low"] >= target:
        key = "reached"
    elif total["satisfied_high"] < target:
        key = "missed"
    values = {"n": total["satisfied_rate_numerator"], "all_n": total["n"]}
    found = [Insight(key, {**values, "target": target * 100})]
    found += _lowest(groups(viewer, chosen, total["scale_id"], "unit"))
    asked, results = response["response_rate_numerator"], response["response_rate_denominator"]
    if results:
        found.append(Insight("response", {"n": asked, "all_n": results}))
    return found


def five_tiles(viewer: Viewer, chosen: Filters, total: Row, response: Row) -> list[Tile]:
    """Satisfied or better, neutral, dissatisfied (100 % together), answers, response rate."""
    words, n = viewer.words, total["n"]
    bad = total["dissatisfied"] + total["very_dissatisfied"]
    few = words("state.small_sample", n=n) if total["is_small_sample"] else None
    interval = words(
        "satisfaction.tile.interval",
        low=words.rate(total["satisfied_low"], 1),
        high=words.rate(total["satisfied_high"], 1),
    )
    scale = total["scale_id"]

    def share(name: str, amount: int, answered: str, note: str | None = None) -> Tile:
        return Tile(
            words(f"satisfaction.tile.{name}"),
            words.percent(amount, n),
            fraction=(
                Count(words.number(amount), behind_answers(chosen, answered, scale)),
                Count(words.number(n), behind_answers(chosen, "n", scale)),
            ),
            help=words(f"satisfaction.tile.{name}_help"),
            note=note,
        )

    left_out = total["dont_know"] + total["level_unknown"]
    return [
        share("rate", total["satisfied_rate_numerator"], "any_satisfied", few or interval),
        share("neutral", total["neutral"], "neutral", words("satisfaction.tile.neutral_note")),
        share("dissatisfied", bad, "any_dissatisfied"),
        Tile(
            words("satisfaction.tile.n"),
            words.number(n),
            words(f"satisfaction.tile.{'n_basis' if left_out else 'n_basis_all'}", left=left_out),
            help=words("satisfaction.tile.n_help"),
            way=behind_answers(chosen, "n", scale),
            way_label=words("satisfaction.open"),
        ),
        response_tile(viewer, chosen, response),
    ]


def response_tile(viewer: Viewer, chosen: Filters, response: Row) -> Tile:
    """How many answered, of how many that could have."""
    words = viewer.words
    asked, results = response["response_rate_numerator"], response["response_rate_denominator"]
    return Tile(
        words("satisfaction.tile.response"),
        words.percent(asked, results),
        fraction=(
            Count(words.number(asked), behind_answers(chosen, "responses", None)),
            Count(words.number(results), behind(chosen, "resolved")),
        ),
        help=words("satisfaction.tile.response_help"),
        note=words("satisfaction.tile.without_field") if chosen.field else None,
    )


def results_way(chosen: Filters, **place: str | None) -> Way:
    """The way to the results given, the denominator of the response rate."""
    return behind(chosen, "resolved", **place)


def _lowest(units: Sequence[Row]) -> list[Insight]:
    """The unit with the lowest share among those with enough answers to compare."""
    compared = [
        row
        for row in units
        if row["group_key"] and not row["is_kept_back"] and not row["is_small_sample"]
    ]
    if len(compared) < 2:
        return []
    low = min(compared, key=lambda row: (row["satisfied_rate"], row["name"]))
    values = {"n": low["satisfied_rate_numerator"], "all_n": low["n"], "units": len(compared)}
    return [Insight("lowest", {"unit": low["name"], **values})]
