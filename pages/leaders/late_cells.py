"""The heat map of lateness, field by unit: what it shows, and what it leaves out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from typing import Any

import streamlit as st

from pages.ui import chart, filters, links
from pages.ui.chart_amounts import Cell, heat
from pages.ui.filters import Filters
from pages.ui.guard import Viewer
from pipeline.settings import settings

Row = Mapping[str, Any]
Key = str | None
NAMES, COLUMN = 140, 76  # pixels that the names of the rows, and one column, need to be read
FIT = 6  # so many columns are readable on a telephone, their names upright
BOTH = 2  # a cell is of a field and a unit
EVERY = "*"  # the last row and the last column: all fields, all units


@dataclass(frozen=True)
class Sums:
    """What one cell, row or column adds up to."""

    late: int
    received: int


def draw(
    viewer: Viewer,
    chosen: Filters,
    rows: Sequence[Row],
    *,
    fields: int,
    units: int,
    key: str,
    by_share: bool = False,
) -> None:
    """The map with its totals, and below it how many late dossiers it does not show.

    rows: the query `heatmap`. fields, units: how many of them there is room for.
    """
    words = viewer.words
    of_fields, of_units = axes(rows, fields, units)
    unknown, total = words("state.not_known"), words("pictures.heat.total")
    units_known = {row["unit_id"]: row["unit_name"] for row in rows} | filters.unit_options(viewer)
    names = {key: units_known.get(key) or unknown for key in of_units}
    places = [(f, u) for f in [*of_fields, EVERY] for u in [*of_units, EVERY]]
    sums = _sums(rows)
    there = {place: sums[place] for place in places if place in sums}
    cells = {
        (field, unit): _cell(
            viewer,
            there[field, unit],
            # What the cell is of, in full; the labels of rows and columns are short.
            [name for name in (field or unknown, names.get(unit, EVERY)) if name != EVERY],
            by_share,
        )
        for field, unit in there
    }
    figure = heat(
        [*chart.for_labels([field or unknown for field in of_fields]), total],
        [*chart.for_labels(list(names.values())), total],
        [[cells.get((f, u)) for u in [*of_units, EVERY]] for f in [*of_fields, EVERY]],
        chart.style(viewer.language),
    )
    with chart.wide(NAMES + COLUMN * (units + 1)) if units > FIT else nullcontext():
        chart.show(
            figure,
            alt=words("pictures.heat.alt", rows=len(of_fields), columns=len(of_units)),
            key=key,
            opens=links.clicks(viewer, [_way(chosen, *place) for place in there]),
        )
    _say_what_is_left_out(viewer, rows, of_fields, of_units)


def axes(rows: Sequence[Row], fields: int, units: int) -> tuple[list[Key], list[Key]]:
    """The fields with most late dossiers, and units: half by their number, half for the fields.

    The units with most late dossiers alone would often be branches of one office, all late in one
    field, and leave every other row empty.
    """
    of_fields = _most_late(rows, "field_name")[:fields]
    ranked = _most_late(rows, "unit_id")
    picked = ranked[: -(-units // 2)]
    for field in of_fields:
        here = _most_late([row for row in rows if row["field_name"] == field], "unit_id")
        if len(picked) < units and here[0] not in picked:
            picked.append(here[0])
    picked += [unit for unit in ranked if unit not in picked][: units - len(picked)]
    return of_fields, sorted(picked, key=ranked.index)


def _most_late(rows: Sequence[Row], name: str) -> list[Key]:
    """Values of a column with late dossiers, those with most first."""
    late: Counter[Key] = Counter()
    for row in rows:
        late[row[name]] += row["late_or_overdue"]
    return sorted((key for key, n in late.items() if n), key=lambda key: (-late[key], str(key)))


def _sums(rows: Sequence[Row]) -> dict[tuple[Key, Key], Sums]:
    """Every cell, the totals of fields and units, and the whole."""
    late: Counter[tuple[Key, Key]] = Counter()
    received: Counter[tuple[Key, Key]] = Counter()
    for row in rows:
        for field in (row["field_name"], EVERY):
            for unit in (row["unit_id"], EVERY):
                late[field, unit] += row["late_or_overdue"]
                received[field, unit] += row["received"]
    return {place: Sums(late[place], n) for place, n in received.items()}


def _cell(viewer: Viewer, sums: Sums, of: Sequence[str], by_share: bool) -> Cell:
    """One cell: a count, a share, or a word where too few dossiers make no share.

    of: its field and its unit; a total has but one of them, or none, and no colour.
    """
    words = viewer.words
    share = words.percent(sums.late, sums.received, 1)
    said = words("pictures.heat.hover", n=sums.late, received=sums.received, share=share)
    note = "<br>".join([*(chart.folded(name, 60) for name in of), said])
    if not by_share:
        return Cell(words.number(sums.late), note, float(sums.late) if len(of) == BOTH else None)
    if sums.received < settings().small_sample_n:
        return Cell(words("pictures.heat.few"), note, None)
    shade = sums.late / sums.received if len(of) == BOTH else None
    return Cell(words.percent(sums.late, sums.received, 0), note, shade)


def _way(chosen: Filters, field: Key, unit: Key) -> links.Way:
    """The way to the late dossiers of a cell; of a total only one side narrows."""
    named = {by: key for by, key in (("field", field), ("unit", unit)) if key != EVERY}
    return links.behind(chosen, "late_or_overdue", **links.cell(**named))


def _say_what_is_left_out(
    viewer: Viewer, rows: Sequence[Row], of_fields: Sequence[Key], of_units: Sequence[Key]
) -> None:
    """How many late dossiers are in no cell, and whether an empty cell is to be explained."""
    late = [row for row in rows if row["late_or_overdue"]]
    out = [r for r in late if r["field_name"] not in of_fields or r["unit_id"] not in of_units]
    inside = [r for r in rows if r["field_name"] in of_fields and r["unit_id"] in of_units]
    said = []
    if out:
        fields = len({row["field_name"] for row in late} - set(of_fields))
        units = len({row["unit_id"] for row in late} - set(of_units))
        beyond = "both" if fields and units else "units" if units else "fields"
        counts = {"n": sum(row["late_or_overdue"] for row in out), "fields": fields, "units": units}
        all_late = sum(row["late_or_overdue"] for row in late)
        said.append(viewer.words(f"pictures.heat.left_out_{beyond}", all=all_late, **counts))
    if len(inside) < len(of_fields) * len(of_units):
        said.append(viewer.words("pictures.heat.empty"))
    if said:
        st.caption(" ".join(said))
