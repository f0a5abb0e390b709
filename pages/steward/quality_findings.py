"""What the rules found: rows that were rejected, and dossiers that look wrong."""

from __future__ import annotations

from typing import Any

import pyarrow as pa
import streamlit as st

from pages.ui import address, downloads, links, tables
from pages.ui.downloads import ROWS
from pages.ui.guard import Viewer
from pages.ui.tables import PAGE, Column
from pipeline.quality import rules
from pipeline.text import spelled

EVERY = ""

# Numbers that only name something are written as they are: 500 rows stay quick to draw.
REJECTS = (
    Column("batch_no", "days", "quality.column.batch", width=56),
    Column("rule", "text", "quality.column.rule", words="rule", width=200),
    Column("file_name", "text", "quality.column.file", width=180),
    Column("sheet_name", "text", "quality.column.sheet", width=100),
    Column("line", "days", "quality.column.line", width=80),
    Column("column_name", "text", "quality.column.column", words="intake.target", width=120),
    Column("value", "text", "quality.column.value", width=160),
    Column("row_text", "text", "quality.column.row_text", width="large"),
)
FLAGS = (
    Column("rule", "text", "quality.column.rule", words="rule", width=270),
    Column("column_name", "text", "quality.column.column", words="intake.target", width=140),
    Column("dossier_n", "count", "quality.column.dossiers", width=80),
    Column("flag_n", "count", "quality.column.findings", width=86),
)
FLAGS_BY_UNIT = (
    Column("unit_name", "name", "term.unit", width=220),
    Column("rule", "text", "quality.column.rule", words="rule", width=200),
    Column("dossier_n", "count", "quality.column.dossiers", width=80),
    Column("flag_n", "count", "quality.column.findings", width=86),
)
FLAG_ROWS = (
    Column("dossier_code", "code", "term.dossier", pinned=True),
    Column("unit_name", "name", "term.unit", width=240),
    Column("rule", "text", "quality.column.rule", words="rule", width=270),
    Column("column_name", "text", "quality.column.column", words="intake.target", width=160),
    Column("detail", "text", "quality.column.detail"),
    Column("batch_no", "days", "quality.column.batch", width=56),
)


def _spelled(rows: pa.Table) -> pa.Table:
    """The rows with every sign of their text seen; the file of them keeps it as it was."""
    at = rows.schema.get_field_index("row_text")
    texts = [spelled(text) for text in rows["row_text"].to_pylist()]
    return rows.set_column(at, "row_text", pa.array(texts, pa.string()))


def rejects(viewer: Viewer, batch: int | None) -> None:
    """Rejected rows with rule, place and original text; for those who may read them."""
    words = viewer.words
    if not viewer.may("rejects"):
        st.caption(words("quality.rejects.no_right"))
        return
    by_rule = _by_rule(viewer, batch)
    if not by_rule:
        st.caption(words("quality.rejects.none"))
        return
    st.caption(words("quality.rejects.caption"))
    left, right = st.columns([2, 3], vertical_alignment="bottom")
    with left:
        rule = _choose_rule(viewer, "rule", by_rule)
    with right:
        search = address.ask_text(
            "find",
            label=words("action.search"),
            placeholder=words("quality.rejects.find"),
            icon=":material/search:",
        )
    asked: dict[str, Any] = {"batch": batch, "rule": rule, "search": search or None}
    total = _total(viewer.ask("rejects", **asked, limit=1))
    if not total:
        st.info(words("quality.rejects.no_match"), icon=":material/filter_alt_off:")
        return
    page = tables.page_number(viewer, total)
    rows = _spelled(viewer.ask("rejects", **asked, limit=PAGE, offset=page * PAGE))
    tables.show(
        viewer,
        rows,
        tables.filled(rows, REJECTS),
        key="quality.rejects",
        alt=words("quality.rejects.alt", n=rows.num_rows),
    )
    tables.pager(viewer, total)
    downloads.buttons(
        viewer,
        lambda: viewer.ask("rejects", **asked, limit=ROWS),
        REJECTS,
        name="rejects",
        total=total,
    )


def flags(viewer: Viewer, batch: int | None) -> None:
    """What is in and looks wrong: by rule, by unit, and the dossiers themselves."""
    words = viewer.words
    found = viewer.ask("flags", batch=batch)
    if not found.num_rows:
        st.caption(words("quality.flags.none"))
        return
    st.caption(words("quality.flags.caption"))
    counts: dict[str, int] = {}
    for row in found.to_pylist():
        counts[row["rule"]] = counts.get(row["rule"], 0) + row["flag_n"]
    rule = _choose_rule(viewer, "flag", counts, width=460)
    left, right = st.columns(2)
    with left:
        st.markdown(f"**{words('quality.flags.by_rule')}**")
        tables.show(viewer, found, FLAGS, key="quality.flags", alt=words("quality.flags.by_rule"))
    with right:
        st.markdown(f"**{words('quality.flags.by_unit')}**")
        tables.show(
            viewer,
            viewer.ask("flags_by_unit", rule=rule, batch=batch),
            FLAGS_BY_UNIT,
            key="quality.flags_by_unit",
            alt=words("quality.flags.by_unit"),
        )
    _flag_rows(viewer, batch, rule)


def _flag_rows(viewer: Viewer, batch: int | None, rule: str | None) -> None:
    """The findings one by one; a code opens its dossier."""
    words = viewer.words
    asked: dict[str, Any] = {"batch": batch, "rule": rule}
    total = _total(viewer.ask("flag_rows", **asked, limit=1))
    st.subheader(words("quality.flags.rows", n=total), anchor=False)
    page = tables.page_number(viewer, total, name="flag_page")
    rows = viewer.ask("flag_rows", **asked, limit=PAGE, offset=page * PAGE)
    picked = tables.show(
        viewer,
        rows,
        FLAG_ROWS,
        key=f"quality.flag_rows.{page}",
        alt=words("quality.flags.rows", n=total),
        selects="code" if viewer.can_open("dossier") else None,
    )
    tables.pager(viewer, total, name="flag_page")
    downloads.buttons(
        viewer,
        lambda: viewer.ask("flag_rows", **asked, limit=ROWS),
        FLAG_ROWS,
        name="flags",
        total=total,
    )
    for row in picked:
        links.go(viewer, "dossier", dossier=row["dossier_code"], system=row["system"])


def rule_name(viewer: Viewer, rule: str) -> str:
    """A rule in words; a rule of an older snapshot that is no longer configured by its name."""
    return viewer.words(f"rule.{rule}") if rule in rules() else rule


def _by_rule(viewer: Viewer, batch: int | None) -> dict[str, int]:
    """Rule -> rejected rows, the most frequent first."""
    counts: dict[str, int] = {}
    for row in viewer.ask("rejects_by_rule", batch=batch).to_pylist():
        counts[row["rule"]] = counts.get(row["rule"], 0) + row["row_n"]
    return dict(sorted(counts.items(), key=lambda item: -item[1]))


def _choose_rule(
    viewer: Viewer, name: str, counts: dict[str, int], width: int | None = None
) -> str | None:
    words = viewer.words

    def shown(rule: str) -> str:
        n = sum(counts.values()) if rule == EVERY else counts[rule]
        label = words("quality.every_rule") if rule == EVERY else rule_name(viewer, rule)
        return f"{label} ({words.number(n)})"

    chosen = address.choose(
        name,
        [EVERY, *counts],
        default=EVERY,
        label=words("quality.choose_rule"),
        shown=shown,
        width=width or "stretch",
    )
    return chosen or None


def _total(rows: pa.Table) -> int:
    return int(rows["total_n"][0].as_py()) if rows.num_rows else 0
