"""The figures of the hot spots: the sentence, the tiles, and who or what is late most."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pyarrow as pa
import streamlit as st

from pages.leaders.hotspots_pictures import old_open
from pages.ui import address, downloads, filters, links, tables
from pages.ui.filters import Filters
from pages.ui.guard import Viewer
from pages.ui.series import history
from pages.ui.tables import Column
from pages.ui.tiles import Good, Tile
from pipeline.insight import Insight, headline
from pipeline.queries import OLD_DAYS
from pipeline.settings import settings

Row = Mapping[str, Any]
FIGURES = [
    Column("late_or_overdue", "count", "hotspots.column.late_or_overdue"),
    Column("late_share", "rate", "hotspots.column.late_share"),
    Column("received", "count", "hotspots.column.received"),
    Column("late", "count", "hotspots.column.late"),
    Column("open_overdue", "count", "hotspots.column.open_overdue"),
    Column("share_of_all", "rate", "hotspots.column.share_of_all"),
    Column("remark", "text", "hotspots.column.remark", width="small"),
]
NAMES: dict[str, list[Column]] = {
    "unit": [Column("unit_name", "text", "term.unit", width=260)],
    "procedure": [
        Column("procedure_name", "text", "term.procedure", width="large"),
        Column("field_name", "text", "term.field", width="small"),
    ],
    "officer": [Column("officer_name", "text", "term.officer", width="medium")],
    "place": [
        Column("procedure_name", "text", "term.procedure"),
        Column("unit_name", "text", "term.unit"),
    ],
}
QUERIES = {"unit": "by_unit", "procedure": "by_procedure", "officer": "by_officer"}


def findings(viewer: Viewer, chosen: Filters, summary: Row) -> list[Insight]:
    """The field that stands out, the worst place, and how much was probably never closed."""
    params = chosen.params(viewer.as_of)
    # With one field chosen there is none to compare it with.
    by_field = [] if chosen.field else viewer.ask("by_field", **params).to_pylist()
    found = headline(summary, by_field)[:1]
    for row in viewer.ask("hotspots", limit=1, **params).to_pylist():
        if row["rank"] and row["procedure_name"] and row["unit_name"]:
            values = {"n": row["late_or_overdue"], "all_n": row["received"]}
            names = {"procedure": row["procedure_name"], "unit": row["unit_name"]}
            found.append(Insight("place", {**names, **values}))
    rows = old_open(viewer, chosen)
    old, open_ones = (sum(row[name] for row in rows) for name in ("old_open", "open"))
    if old:
        found.append(Insight("old", {"n": old, "all_n": open_ones, "days": OLD_DAYS}))
    return found


def four_tiles(viewer: Viewer, chosen: Filters, summary: Row) -> list[Tile]:
    """Late in all, resolved late, overdue now, open since long ago."""
    words = viewer.words
    months = history(viewer, chosen)
    old = sum(row["old_open"] for row in old_open(viewer, chosen))

    def of(name: str, whole: str, history: str | None = None) -> Tile:
        good: Good = "down"
        return Tile(
            label=words(f"hotspots.tile.{name}"),
            value=words.number(summary[name]),
            basis=words(
                f"hotspots.tile.{name}_basis",
                share=words.percent(summary[name], summary[whole]),
                n=summary[whole],
            ),
            help=words(f"hotspots.tile.{name}_help"),
            good=good,
            history=[row[history] for row in months] if history else (),
            measure=name,
        )

    return [
        of("late_or_overdue", "received"),
        of("late", "on_time_rate_a_denominator", "late"),
        of("open_overdue", "open", "open_overdue"),
        Tile(
            label=words("hotspots.tile.old", days=OLD_DAYS),
            value=words.number(old),
            basis=words(
                "hotspots.tile.old_basis",
                share=words.percent(old, summary["open"]),
                n=summary["open"],
            ),
            help=words("hotspots.tile.old_help", days=OLD_DAYS),
        ),
    ]


def ranking(viewer: Viewer, chosen: Filters, summary: Row) -> None:
    """Lateness by unit, procedure, officer or all of a place; small counts are not ranked."""
    words = viewer.words
    st.markdown(f"**{words('hotspots.by.title')}**")
    by = address.choose(
        "by",
        [key for key in NAMES if key != "officer" or viewer.may("officers")],
        default="unit",
        label=words("hotspots.by.label"),
        shown=lambda key: words("hotspots.by.place" if key == "place" else f"term.{key}"),
        look="segments",
        label_visibility="collapsed",
    )
    rows = _ranked(viewer, chosen, by, summary["late_or_overdue"])
    few = sum(row["is_small_sample"] for row in rows)
    st.caption(words("hotspots.by.caption", n=settings().small_sample_n, few=few))
    columns = [*NAMES[by], *FIGURES]
    table = pa.Table.from_pylist(rows)
    picked = tables.show(
        viewer,
        table,
        columns,
        key=f"hotspots.by.{by}",
        alt=words("hotspots.by.alt", n=len(rows)),
        selects="single-row" if viewer.can_open("dossiers") else None,
    )
    for row in picked:
        place = {"period": chosen.period.key, "unit": chosen.unit, "field": chosen.field}
        named = {
            name: row[key]
            for name, key in (
                ("unit", "unit_id"),
                ("procedure", "procedure_key"),
                ("officer", "officer_name"),
            )
            if row.get(key)
        }
        links.to_screen(
            viewer,
            "dossiers",
            words("hotspots.by.open", n=row["late_or_overdue"]),
            **{**place, **named, "measure": "late_or_overdue"},
        )
    downloads.buttons(viewer, table, columns, name=f"hotspots-{by}", chosen=chosen)


def _ranked(viewer: Viewer, chosen: Filters, by: str, all_late: int) -> list[dict[str, Any]]:
    """Rows with late dossiers, most first; those of few dossiers marked and after the others."""
    words = viewer.words
    query = QUERIES.get(by, "hotspots")
    names = filters.unit_options(viewer)
    ranked = []
    for row in viewer.ask(query, **chosen.params(viewer.as_of)).to_pylist():
        late = row["late"] + row["open_overdue"]
        if not late:
            continue
        is_small = row["received"] < settings().small_sample_n
        spoken = {
            column.name: row[column.name] or row.get("procedure_key") or words("state.not_known")
            for column in NAMES[by]
        }
        if "unit_name" in spoken:
            spoken["unit_name"] = names.get(row["unit_id"], spoken["unit_name"])
        keys = {key: row[key] for key in ("unit_id", "procedure_key") if key in row}
        ranked.append(
            {
                **keys,
                **spoken,
                "received": row["received"],
                "late": row["late"],
                "open_overdue": row["open_overdue"],
                "late_or_overdue": late,
                "late_share": late / row["received"] if row["received"] else None,
                "share_of_all": late / all_late,
                "is_small_sample": is_small,
                "remark": words("hotspots.few") if is_small else "",
            }
        )
    return sorted(ranked, key=lambda row: (row["is_small_sample"], -row["late_or_overdue"]))
