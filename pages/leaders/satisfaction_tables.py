"""The figures of satisfaction: sentence, tiles, groups, questions, and what people wrote."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow as pa
import streamlit as st

from pages.ui import address, downloads, filters, tables
from pages.ui.filters import Filters
from pages.ui.guard import Viewer
from pages.ui.tables import Column
from pages.ui.tiles import Tile
from pipeline.insight import Insight
from pipeline.settings import settings

Row = Mapping[str, Any]
LEVELS = ("very_satisfied", "satisfied", "neutral", "dissatisfied", "very_dissatisfied")
HIDDEN = (*LEVELS, "dont_know", "level_unknown", "satisfied_rate_numerator", "satisfied_rate")
INTERVAL = ("satisfied_low", "satisfied_high", "mean")
FIGURES = [
    Column("n", "count", "satisfaction.column.n"),
    Column("satisfied_rate", "rate", "satisfaction.column.rate"),
    Column("remark", "text", "satisfaction.column.remark", width="small"),
    Column("satisfied_low", "rate", "satisfaction.column.low"),
    Column("satisfied_high", "rate", "satisfaction.column.high"),
    *(Column(level, "count", f"satisfaction.column.{level}") for level in LEVELS),
    Column("dont_know", "count", "satisfaction.column.dont_know"),
]
COMMENTS = [
    Column("answered_at", "date", "satisfaction.column.answered_at"),
    Column("level", "text", "satisfaction.column.level", words="level", width="small"),
    Column("comment", "text", "satisfaction.column.comment", width="large"),
    Column("unit_name", "text", "term.unit"),
    Column("field_name", "text", "term.field", width="small"),
    Column("survey_channel", "text", "satisfaction.by.survey_channel", words="survey_channel"),
]


def scales(viewer: Viewer, chosen: Filters) -> dict[str, Row]:
    """Scale -> all its answers of the period, the scale with most answers first."""
    rows = viewer.ask("satisfaction", **chosen.params(viewer.as_of)).to_pylist()
    rows.sort(key=lambda row: -row["n"])
    return {row["scale_id"]: row for row in rows}


def choose_scale(viewer: Viewer, scales: Mapping[str, Row]) -> str:
    """The scale on show; more than one stay apart, because their shares mean different things."""
    names = list(scales)
    if len(names) == 1:
        return names[0]
    words = viewer.words
    st.caption(words("satisfaction.scale.caption"))

    def shown(name: str) -> str:
        key = f"satisfaction.scale.{name}"
        label = words(key) if key in words else name
        return words("satisfaction.scale.choice", name=label, n=scales[name]["n"])

    return address.choose(
        "scale",
        names,
        default=names[0],
        label=words("satisfaction.scale.label"),
        shown=shown,
        look="segments",
        label_visibility="collapsed",
    )


def findings(total: Row, response: Row) -> list[Insight]:
    """Whether the target is reached, as far as the answers tell, and how many answered."""
    target = settings().satisfaction_target
    key = "unsure"
    if total["satisfied_low"] >= target:
        key = "reached"
    elif total["satisfied_high"] < target:
        key = "missed"
    values = {"n": total["satisfied_rate_numerator"], "all_n": total["n"]}
    found = [Insight(key, {**values, "target": target * 100})]
    asked, results = response["response_rate_numerator"], response["response_rate_denominator"]
    if results:
        found.append(Insight("response", {"n": asked, "all_n": results}))
    return found


def four_tiles(viewer: Viewer, total: Row, response: Row) -> list[Tile]:
    """Satisfied or better, dissatisfied, answers, and how many results were answered for."""
    words, n = viewer.words, total["n"]
    bad = total["dissatisfied"] + total["very_dissatisfied"]
    asked, results = response["response_rate_numerator"], response["response_rate_denominator"]
    few = words("state.small_sample", n=n) if total["is_small_sample"] else None
    interval = words(
        "satisfaction.tile.interval",
        low=words.rate(total["satisfied_low"], 1),
        high=words.rate(total["satisfied_high"], 1),
    )

    def tile(name: str, value: str, basis: str, note: str | None = None) -> Tile:
        label, tip = words(f"satisfaction.tile.{name}"), words(f"satisfaction.tile.{name}_help")
        return Tile(label, value, basis, help=tip, note=note)

    def of(numerator: int, denominator: int) -> str:
        return words("tiles.of", numerator=numerator, denominator=denominator)

    satisfied = total["satisfied_rate_numerator"]
    return [
        tile("rate", words.percent(satisfied, n), of(satisfied, n), few or interval),
        tile("dissatisfied", words.percent(bad, n), of(bad, n)),
        tile("n", words.number(n), words("satisfaction.tile.n_basis", left=total["dont_know"])),
        tile("response", words.percent(asked, results), of(asked, results)),
    ]


def groups(viewer: Viewer, chosen: Filters, scale: str, by: str) -> list[dict[str, Any]]:
    """Answers of one scale per group; of groups with too few of them only the number is kept."""
    words = viewer.words
    asked = viewer.ask("satisfaction", group_by=by, **chosen.params(viewer.as_of)).to_pylist()
    names = filters.unit_options(viewer) if by == "unit" else {}
    found = []
    for row in asked:
        if row["scale_id"] != scale:
            continue
        key = row["group_key"]
        label = names.get(key, row["group_label"]) or words("state.not_known")
        if by == "survey_channel":
            spoken = f"survey_channel.{key or 'unknown'}"
            label = words(spoken) if spoken in words else label
        remark = words("satisfaction.few") if row["is_small_sample"] else ""
        hidden: dict[str, None] = {}
        if row["n"] < settings().suppress_below_n:
            remark = words("satisfaction.hidden", n=settings().suppress_below_n)
            hidden = dict.fromkeys((*HIDDEN, *INTERVAL))
        found.append({**row, **hidden, "group_label": label, "remark": remark})
    # What can be compared stands first, the least satisfied on top.
    found.sort(key=lambda row: (row["is_small_sample"], row["satisfied_rate"] or 0.0))
    return found


def table(viewer: Viewer, chosen: Filters, groups: Sequence[Row], by: str) -> None:
    """Every group with its levels; of units also how many results were answered for."""
    words = viewer.words
    columns = [Column("group_label", "text", f"satisfaction.by.{by}", width=230), *FIGURES]
    rows = [dict(row) for row in groups]
    if by == "unit":
        columns[4:4] = [Column("response_rate", "rate", "satisfaction.column.response")]
        asked = viewer.ask("response_rate_by_unit", **chosen.params(viewer.as_of)).to_pylist()
        shares = {row["unit_id"]: row["response_rate"] for row in asked}
        rows = [row | {"response_rate": shares.get(row["group_key"])} for row in rows]
    shown = pa.Table.from_pylist(rows)
    alt = words("satisfaction.by.table_alt", n=len(rows))
    tables.show(viewer, shown, columns, key=f"satisfaction.by.{by}.table", alt=alt)
    downloads.buttons(viewer, shown, columns, name=f"satisfaction-{by}", chosen=chosen)


def questions(viewer: Viewer, chosen: Filters, scale: str) -> None:
    """Every question of the survey, the overall one first; too few answers are not shown."""
    words = viewer.words
    asked = viewer.ask("satisfaction_questions", **chosen.params(viewer.as_of)).to_pylist()
    rows = [
        row
        | {
            "question_text": row["question_text"]
            or words("satisfaction.questions.overall" if row["is_overall"] else "state.not_known"),
            "remark": words("satisfaction.few") if row["is_small_sample"] else "",
        }
        for row in asked
        if row["scale_id"] == scale and row["n"] >= settings().suppress_below_n
    ]
    st.markdown(f"**{words('satisfaction.questions.title')}**")
    columns = [Column("question_text", "text", "satisfaction.column.question"), *FIGURES]
    alt = words("satisfaction.questions.alt", n=len(rows))
    tables.show(viewer, pa.Table.from_pylist(rows), columns, key="satisfaction.questions", alt=alt)


def comments(viewer: Viewer, chosen: Filters) -> None:
    """What people wrote, the newest first, searchable with or without accents."""
    words = viewer.words
    st.markdown(f"**{words('satisfaction.comments.title')}**")
    placeholder = words("satisfaction.comments.search")
    search = address.ask_text(
        "search", label=placeholder, placeholder=placeholder, icon=":material/search:"
    )
    params = {**chosen.params(viewer.as_of), "search": search or None}
    first = viewer.ask("satisfaction_comments", limit=1, **params).to_pylist()
    if not first:
        st.caption(words("satisfaction.comments.none"))
        return
    total = first[0]["total_n"]
    page = tables.page_number(viewer, total)
    found = viewer.ask(
        "satisfaction_comments", limit=tables.PAGE, offset=page * tables.PAGE, **params
    )
    alt = words("satisfaction.comments.alt", n=total)
    tables.show(viewer, found, COMMENTS, key="satisfaction.comments", alt=alt)
    tables.pager(viewer, total)
