"""The figures of the hot spots: the sentence, the tiles, and who or what is late most."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow as pa
import streamlit as st

from pages.leaders.hotspots_pictures import old_open
from pages.ui import address, downloads, filters, links, tables
from pages.ui.compare import Compared
from pages.ui.filters import Filters
from pages.ui.guard import Viewer
from pages.ui.links import Way, behind
from pages.ui.series import Row
from pages.ui.tables import Column
from pages.ui.tiles import Tile
from pipeline import insight
from pipeline.insight import Insight
from pipeline.queries import OLD_DAYS
from pipeline.settings import settings

SHOWN = 100  # rows on the screen; the file has them all
COUNTS = ("late_or_overdue", "late", "open_overdue", "received")
FIGURES = [
    Column("late_or_overdue", "count", "hotspots.column.late_or_overdue"),
    Column("late_share", "rate", "hotspots.column.late_share"),
    Column("received", "count", "hotspots.column.received"),
    Column("late", "count", "hotspots.column.late"),
    Column("open_overdue", "count", "hotspots.column.open_overdue"),
    Column("share_of_all", "rate", "hotspots.column.share_of_all"),
    Column("remark", "text", "hotspots.column.remark", width="small"),
]
UNIT = Column("unit_name", "name", "term.unit", width=230)
PROCEDURE = Column("procedure_name", "text", "term.procedure", width="large")
# By what the lateness is broken down -> its query, the columns that name a row, and what narrows
# the list of dossiers to it.
BREAKDOWNS: dict[str, tuple[str, list[Column], dict[str, str]]] = {
    "field": (
        "by_field",
        [Column("field_name", "text", "term.field", width=300)],
        {"field": "field_name"},
    ),
    "unit": ("by_unit", [UNIT], {"unit": "unit_id"}),
    "procedure": (
        "by_procedure",
        [PROCEDURE, Column("field_name", "text", "term.field", width="medium")],
        {"procedure": "procedure_key"},
    ),
    "officer": (
        "by_officer",
        [Column("officer_name", "text", "term.officer", width="medium"), UNIT],
        {"officer": "officer_name", "unit": "unit_id"},
    ),
    "place": (
        "hotspots",
        [PROCEDURE, UNIT],
        {"procedure": "procedure_key", "unit": "unit_id", "field": "field_name"},
    ),
}


def findings(viewer: Viewer, chosen: Filters, summary: Mapping[str, Any]) -> list[Insight]:
    """All that is late, the field and the place with most of it, and what was never closed."""
    params = chosen.params(viewer.as_of)
    late, received = summary["late_or_overdue"], summary["received"]
    if not late:
        return [Insight("none_late_at_all", {"n": received})]
    counts = {"late": summary["late"], "overdue": summary["open_overdue"]}
    found = [Insight("all_late", {"n": late, "all_n": received, **counts})]
    if not chosen.field:  # with one field chosen there is none to compare it with
        cells = viewer.ask("heatmap", **params).to_pylist()
        found += insight.worst_field(summary, cells, names_unit=False)
    for row in viewer.ask("hotspots", limit=1, **params).to_pylist():
        if row["rank"] and row["procedure_name"] and row["unit_name"]:
            values = {"n": row["late_or_overdue"], "all_n": row["received"]}
            names = {"procedure": row["procedure_name"], "unit": row["unit_name"]}
            keys = {"procedure_key": row["procedure_key"], "unit_id": row["unit_id"]}
            found.append(Insight("place", {**names, **keys, "field": row["field_name"], **values}))
    old = sum(row["old_overdue"] for row in old_open(viewer, chosen))
    if old:
        counts = {"n": old, "all_n": summary["open_overdue"]}
        found.append(Insight("old", {**counts, "days": OLD_DAYS}))
    return found


def four_tiles(
    viewer: Viewer, chosen: Filters, figures: Compared, months: Sequence[Row]
) -> list[Tile]:
    """Late in all, resolved late, overdue now, open since long ago."""
    words, summary = viewer.words, figures.now
    old, old_overdue = (
        sum(row[name] for row in old_open(viewer, chosen)) for name in ("old_open", "old_overdue")
    )
    over = [row for row in months if row["is_complete"]]

    def of(name: str, whole: str, history: Sequence[float | None]) -> Tile:
        basis = words(
            f"hotspots.tile.{name}_basis",
            share=words.percent(summary[name], summary[whole]),
            n=summary[whole],
        )
        tile = Tile(
            label=words(f"hotspots.tile.{name}"),
            value=words.number(summary[name]),
            basis=basis,
            help=words(f"hotspots.tile.{name}_help"),
            good="down",
            history=history,
            measure=name,
        )
        return figures.on(tile, words, name)

    return [
        of("late_or_overdue", "received", [row["late"] + row["open_overdue"] for row in over]),
        of("late", "on_time_rate_a_denominator", [row["late"] for row in over]),
        of("open_overdue", "open", [row["open_overdue"] for row in months]),
        Tile(
            label=words("hotspots.tile.old", days=OLD_DAYS),
            value=words.number(old),
            basis=words(
                "hotspots.tile.old_basis",
                share=words.percent(old, summary["open"]),
                n=summary["open"],
                overdue=old_overdue,
            ),
            help=words("hotspots.tile.old_help", days=OLD_DAYS),
            way=behind(chosen, "open", older_than=str(OLD_DAYS)),
        ),
    ]


def ranking(viewer: Viewer, chosen: Filters, summary: Mapping[str, Any]) -> None:
    """Lateness by field, unit, procedure, officer or place; small counts are not ranked."""
    words = viewer.words
    st.markdown(f"**{words('hotspots.by.title')}**")
    names_officers = viewer.may("officer_figures") and viewer.ask("officers").num_rows > 0
    by = address.choose(
        "by",
        [key for key in BREAKDOWNS if key != "officer" or names_officers],
        default="unit",
        label=words("hotspots.by.label"),
        shown=lambda key: words("hotspots.by.place" if key == "place" else f"term.{key}"),
        look="segments",
        label_visibility="collapsed",
    )
    rows = _ranked(viewer, chosen, by, summary["late_or_overdue"])
    few = sum(row["is_small_sample"] for row in rows)
    said = [words("hotspots.by.caption", n=settings().small_sample_n, few=few)]
    if len(rows) > SHOWN:
        said.append(words("hotspots.by.shown", n=SHOWN, all=len(rows)))
    st.caption(" ".join(said))
    _, names, keys = BREAKDOWNS[by]
    columns = [*names, *FIGURES]
    table = pa.Table.from_pylist(rows)

    def opens(row: dict[str, Any], column: str) -> Way | None:
        if column not in COUNTS:
            return None
        named = {name: row[f"key_{name}"] for name in keys}
        if by == "officer" and row["key_officer"] is None:
            del named["unit"]  # dossiers without an officer stand in one row, whatever their unit
        return behind(chosen, column, **links.cell(**named))

    tables.show(
        viewer,
        table.slice(0, SHOWN),
        columns,
        key=f"hotspots.by.{by}",
        alt=words("hotspots.by.alt", n=min(len(rows), SHOWN)),
        opens=opens if viewer.can_open("dossiers") else None,
    )
    downloads.buttons(viewer, table, columns, name=f"hotspots-{by}", chosen=chosen)


def _ranked(viewer: Viewer, chosen: Filters, by: str, all_late: int) -> list[dict[str, Any]]:
    """Rows with late dossiers, most first; those of few dossiers marked and after the others."""
    words = viewer.words
    query, columns, keys = BREAKDOWNS[by]
    names = filters.unit_options(viewer)
    ranked = []
    for row in viewer.ask(query, **chosen.params(viewer.as_of)).to_pylist():
        late = row["late"] + row["open_overdue"]
        if not late:
            continue
        is_small = row["received"] < settings().small_sample_n
        spoken = {
            column.name: row[column.name] or row.get("procedure_key") or words("state.not_known")
            for column in columns
        }
        if "unit_name" in spoken:
            spoken["unit_name"] = names.get(row["unit_id"], spoken["unit_name"])
        ranked.append(
            {
                **{f"key_{name}": row[column] for name, column in keys.items()},
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
