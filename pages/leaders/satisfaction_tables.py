"""The rows of satisfaction: groups, questions, who answered at all, and what people wrote."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pyarrow as pa
import streamlit as st

from pages.leaders import answers_parts
from pages.leaders.satisfaction_figures import results_way
from pages.leaders.satisfaction_groups import GROUPS, LEVELS, Row, behind_answers, levels_of
from pages.leaders.satisfaction_pictures import asked
from pages.ui import address, downloads, filters, links, tables
from pages.ui.filters import Filters
from pages.ui.guard import Viewer
from pages.ui.links import only
from pages.ui.tables import Column, Opens
from pipeline.settings import settings

# Column -> the answers that it counts.
ANSWERED = {
    "n": "n",
    "satisfied_rate_numerator": "any_satisfied",
    **{level: level for level in LEVELS},
    "dont_know": "dont_know",
    "response_rate_numerator": "responses",
}
REMARK = Column("remark", "text", "satisfaction.column.remark", width=110)
RESPONSE = [
    Column("response_rate_denominator", "count", "satisfaction.column.results", width=120),
    Column("response_rate_numerator", "count", "satisfaction.column.responses", width=120),
    Column("response_rate", "rate", "satisfaction.column.response", width=110),
    REMARK,
]


def figures(viewer: Viewer, scale: str) -> list[Column]:
    """The columns of a table of answers: the share, how sure it is, and the levels of the scale."""
    levels = levels_of(viewer, scale)
    return [
        Column("n", "count", "satisfaction.column.n", width=70),
        Column("satisfied_rate", "rate", "satisfaction.column.rate", width=85),
        Column("certainty", "text", "satisfaction.column.certainty", width=120),
        *(Column(level, "count", f"satisfaction.column.{level}", width=88) for level in levels),
        Column("dont_know", "count", "satisfaction.column.dont_know", width=95),
    ]


def choose_group(viewer: Viewer, chosen: Filters) -> str:
    """By what the answers are compared: unit, field or channel of the survey."""
    words = viewer.words
    st.markdown(f"**{words('satisfaction.by.title')}**")
    units = viewer.ask("response_rate_by_unit", **chosen.params(viewer.as_of)).num_rows
    return address.choose(
        "by",
        GROUPS,
        default="unit" if units > 1 else "field",
        label=words("satisfaction.by.label"),
        shown=lambda key: words(f"satisfaction.by.{key}"),
        look="segments",
        label_visibility="collapsed",
    )


def ranked(groups: Sequence[Row]) -> list[Row]:
    """What can be compared first, the least satisfied on top; then the others by their number."""

    def place(row: Row) -> tuple[int, float]:
        if row["is_kept_back"] or not row["n"]:
            return 2, -row["n"]
        if row["is_small_sample"]:
            return 1, -row["n"]
        return 0, row["satisfied_rate"]

    return sorted(groups, key=place)


def compared(viewer: Viewer, chosen: Filters, groups: Sequence[Row], by: str) -> None:
    """Every group with its levels; of those kept back only the number of answers."""
    rows = [_with_remark(viewer, row) for row in groups]
    if not groups:
        return
    name = Column("name", "name", f"satisfaction.by.{by}", width=230)
    columns = [name, *figures(viewer, groups[0]["scale_id"]), REMARK]
    _table(viewer, chosen, rows, columns, by, lambda row: only(by, row["group_key"]))


def questions(viewer: Viewer, chosen: Filters, questions: Sequence[Row]) -> None:
    """Every question with its levels."""
    rows = [_with_remark(viewer, row | {"is_kept_back": False}) for row in questions]
    name = Column("name", "text", "satisfaction.column.question", width=230)
    columns = [name, *figures(viewer, questions[0]["scale_id"]), REMARK]
    _table(viewer, chosen, rows, columns, "questions", asked)


def response(viewer: Viewer, chosen: Filters) -> None:
    """How many answered of those who got a result, by unit or field; where nobody did, first."""
    words = viewer.words
    st.markdown(f"**{words('satisfaction.response.title')}**")
    by = address.choose(
        "answered",
        ("unit", "field"),
        default="unit",
        label=words("satisfaction.by.label"),
        shown=lambda key: words(f"satisfaction.by.{key}"),
        look="segments",
        label_visibility="collapsed",
    )
    asked = viewer.ask(f"response_rate_by_{by}", **chosen.params(viewer.as_of)).to_pylist()
    unnamed = words("state.not_known")
    few = settings().small_sample_n
    rows = [
        row
        | {
            "group_key": row[f"{by}_id" if by == "unit" else "field_name"],
            "name": row[f"{by}_name"] or unnamed,
            "remark": _response_remark(viewer, row, few),
            "is_small_sample": row["response_rate_denominator"] < few,
        }
        for row in asked
    ]
    if by == "unit":
        filters.tell_apart(viewer, rows)
    # Nobody asked stands first, those with most results on top; then by rate; few results last.
    rows.sort(
        key=lambda row: (
            row["is_small_sample"],
            row["response_rate"] or 0.0,
            -row["response_rate_denominator"],
        )
    )
    silent = [row for row in rows if not row["response_rate_numerator"]]
    results = sum(row["response_rate_denominator"] for row in silent)
    key = f"satisfaction.response.{'silent' if silent else 'all'}_{by}"
    st.caption(words(key, n=len(silent), all=len(rows), results=results, few=few))
    columns = [Column("name", "name", f"satisfaction.by.{by}", width=230), *RESPONSE]
    _table(viewer, chosen, rows, columns, f"response-{by}", lambda row: only(by, row["group_key"]))


def comments(viewer: Viewer, chosen: Filters, scale: str) -> None:
    """What people wrote, the newest first, searchable with or without accents."""
    words = viewer.words
    st.markdown(f"**{words('satisfaction.comments.title')}**")
    placeholder = words("satisfaction.comments.search")
    search = address.ask_text(
        "said", label=placeholder, placeholder=placeholder, icon=":material/search:"
    )
    listing = answers_parts.Listing(chosen, "written", scale, search)
    total = listing.total(viewer)
    if not total:
        key = "none_found" if search else "none"
        st.caption(words(f"satisfaction.comments.{key}"))
        return
    st.caption(answers_parts.confidential(viewer))
    answers_parts.table(viewer, listing, key="satisfaction.comments", page="said_page")


def _with_remark(viewer: Viewer, row: Row) -> Row:
    words = viewer.words
    if row["is_kept_back"]:
        remark = words("satisfaction.hidden")
    elif not row["n"]:
        remark = words("satisfaction.no_opinion")
    else:
        remark = words("satisfaction.few") if row["is_small_sample"] else ""
    certainty = None
    if row["satisfied_low"] is not None:
        low, high = (words.rate(row[f"satisfied_{end}"], 1) for end in ("low", "high"))
        certainty = f"{low} – {high}"
    return row | {"remark": remark, "certainty": certainty}


def _response_remark(viewer: Viewer, row: Mapping[str, Any], few: int) -> str:
    if not row["response_rate_denominator"]:
        return viewer.words("satisfaction.response.no_result")
    if not row["response_rate_numerator"]:
        return viewer.words("satisfaction.response.silent")
    is_few = row["response_rate_denominator"] < few
    return viewer.words("satisfaction.response.few") if is_few else ""


def _table(
    viewer: Viewer,
    chosen: Filters,
    rows: Sequence[Row],
    columns: Sequence[Column],
    name: str,
    place: Callable[[Row], dict[str, str | None]],
) -> None:
    """Rows whose numbers open what they count, and the same rows as a file."""
    words = viewer.words
    if not any(row["remark"] for row in rows):
        columns = [column for column in columns if column is not REMARK]
    table = pa.Table.from_pylist(list(rows))
    alt = words("satisfaction.table_alt", n=len(rows))
    opens = _opens(chosen, place) if viewer.can_open("answers") else None
    tables.show(viewer, table, columns, key=f"satisfaction.{name}.table", alt=alt, opens=opens)
    tables.below(
        viewer,
        "satisfaction.cell_hint" if opens else None,
        lambda: downloads.buttons(
            viewer, table, columns, name=f"satisfaction-{name}", chosen=chosen
        ),
    )


def _opens(chosen: Filters, place: Callable[[Row], dict[str, str | None]]) -> Opens:
    """Where the numbers of a row lead; nowhere from a row that is kept back."""

    def way(row: Row, column: str) -> links.Way | None:
        if column == "response_rate_denominator":
            return results_way(chosen, **place(row))
        if column not in ANSWERED or row.get("is_kept_back"):
            return None
        return behind_answers(chosen, ANSWERED[column], row.get("scale_id"), **place(row))

    return way
