"""What the rules found: rejects, flags, headers and words without a place, unknown statuses."""

from __future__ import annotations

import pyarrow as pa
import streamlit as st

from pages.ui import address, downloads, tables
from pages.ui.guard import Viewer
from pages.ui.source_names import named
from pages.ui.tables import PAGE, Column
from pipeline.quality import rules

EVERY = ""
DIRECTIONS = ("unknown_header", "unused_alias", "unknown_value", "unneeded_correction")

REJECTS = (
    Column("batch_no", "count", "quality.column.batch", width=60),
    Column("rule", "text", "quality.column.rule", words="rule"),
    Column("file_name", "text", "quality.column.file"),
    Column("sheet_name", "text", "quality.column.sheet", width="small"),
    Column("line", "count", "quality.column.line", width=70),
    Column("column_name", "text", "quality.column.column", words="intake.target", width="small"),
    Column("value", "text", "quality.column.value"),
    Column("row_text", "text", "quality.column.row_text", width="large"),
)
FLAGS = (
    Column("rule", "text", "quality.column.rule", words="rule", width="large"),
    Column("column_name", "text", "quality.column.column", words="intake.target"),
    Column("dossier_n", "count", "quality.column.dossiers"),
    Column("flag_n", "count", "quality.column.findings"),
)
FLAGS_BY_UNIT = (
    Column("unit_name", "text", "term.unit", pinned=True),
    Column("rule", "text", "quality.column.rule", words="rule"),
    Column("dossier_n", "count", "quality.column.dossiers"),
    Column("flag_n", "count", "quality.column.findings"),
)
FLAG_ROWS = (
    Column("dossier_code", "code", "term.dossier", pinned=True),
    Column("unit_name", "text", "term.unit"),
    Column("rule", "text", "quality.column.rule", words="rule"),
    Column("column_name", "text", "quality.column.column", words="intake.target"),
    Column("detail", "text", "quality.column.detail"),
    Column("batch_no", "count", "quality.column.batch", width=60),
)
WARNINGS = (
    Column("source", "text", "term.source"),
    Column("column_name", "text", "quality.column.column", words="intake.target"),
    Column("value", "text", "quality.column.value", width="large"),
    Column("row_n", "count", "quality.column.rows"),
    Column("batch_no", "count", "quality.column.batch", width=60),
)
STATUSES = (
    Column("source", "text", "term.source"),
    Column("status_text", "text", "quality.column.status_text", width="large"),
    Column("dossier_n", "count", "quality.column.dossiers"),
    Column("first_received_at", "date", "quality.column.first"),
    Column("last_received_at", "date", "quality.column.last"),
)


def rejects(viewer: Viewer, batch: int | None) -> None:
    """Rejected rows with rule, place and original text; for those who may read them."""
    words = viewer.words
    st.subheader(words("quality.rejects.title"), anchor=False)
    if not viewer.may("rejects"):
        st.caption(words("quality.rejects.no_right"))
        return
    by_rule = _by_rule(viewer, batch)
    if not by_rule:
        st.caption(words("quality.rejects.none"))
        return
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
    asked = {"batch": batch, "rule": rule, "search": search or None}
    total = _total(viewer.ask("rejects", **asked, limit=1))
    page = tables.page_number(viewer, total)
    rows = viewer.ask("rejects", **asked, limit=PAGE, offset=page * PAGE)
    if not total:
        st.info(words("quality.rejects.no_match"), icon=":material/filter_alt_off:")
        return
    tables.show(
        viewer,
        rows,
        REJECTS,
        key="quality.rejects",
        alt=words("quality.rejects.alt", n=rows.num_rows),
    )
    tables.pager(viewer, total)
    downloads.buttons(viewer, rows, REJECTS, name="rejects")


def flags(viewer: Viewer, batch: int | None) -> None:
    """What is in and looks wrong: by rule, by unit, and the dossiers themselves."""
    words = viewer.words
    st.subheader(words("quality.flags.title"), anchor=False)
    found = viewer.ask("flags", batch=batch)
    if not found.num_rows:
        st.caption(words("quality.flags.none"))
        return
    st.caption(words("quality.flags.caption"))
    left, right = st.columns(2)
    with left:
        tables.show(viewer, found, FLAGS, key="quality.flags", alt=words("quality.flags.by_rule"))
    counts: dict[str, int] = {}
    for row in found.to_pylist():
        counts[row["rule"]] = counts.get(row["rule"], 0) + row["flag_n"]
    with right:
        rule = _choose_rule(viewer, "flag", counts)
        by_unit = viewer.ask("flags_by_unit", rule=rule)
        tables.show(
            viewer,
            by_unit,
            FLAGS_BY_UNIT,
            key="quality.flags_by_unit",
            alt=words("quality.flags.by_unit"),
        )
    asked = {"batch": batch, "rule": rule}
    total = _total(viewer.ask("flag_rows", **asked, limit=1))
    with st.expander(words("quality.flags.rows", n=total), icon=":material/flag:"):
        page = tables.page_number(viewer, total, name="flag_page")
        rows = viewer.ask("flag_rows", **asked, limit=PAGE, offset=page * PAGE)
        tables.show(
            viewer,
            rows,
            FLAG_ROWS,
            key="quality.flag_rows",
            alt=words("quality.flags.rows", n=total),
        )
        tables.pager(viewer, total, name="flag_page")
        downloads.buttons(viewer, rows, FLAG_ROWS, name="flags")


def warnings(viewer: Viewer, batch: int | None) -> None:
    """Headers no alias knows, aliases no header used, words no vocabulary knows: told apart."""
    words = viewer.words
    st.subheader(words("quality.warnings.title"), anchor=False)
    found = viewer.ask("mapping_warnings", batch=batch)
    rows = found.to_pylist()
    if not rows:
        st.caption(words("quality.warnings.none"))
        return
    for direction in DIRECTIONS:
        chosen = [row for row in rows if row["warning"] == direction]
        if not chosen:
            continue
        title = words(f"quality.warnings.{direction}", n=len(chosen))
        with st.expander(title, icon=":material/rule:"):
            st.caption(words(f"quality.warnings.{direction}_help"))
            table = named(pa.Table.from_pylist(chosen, schema=found.schema), viewer.language)
            tables.show(viewer, table, WARNINGS, key=f"quality.warnings.{direction}", alt=title)


def status_words(viewer: Viewer) -> None:
    """Words for a status that no vocabulary knows: counted and named, never guessed."""
    words = viewer.words
    rows = viewer.ask("status_unknown")
    if not rows.num_rows:
        return
    n = sum(rows["dossier_n"].to_pylist())
    st.subheader(words("quality.status.title"), anchor=False)
    st.caption(words("quality.status.caption", n=n))
    tables.show(
        viewer,
        named(rows, viewer.language),
        STATUSES,
        key="quality.status",
        alt=words("quality.status.title"),
    )


def rule_name(viewer: Viewer, rule: str) -> str:
    """A rule in words; a rule of an older snapshot that is no longer configured by its name."""
    return viewer.words(f"rule.{rule}") if rule in rules() else rule


def _by_rule(viewer: Viewer, batch: int | None) -> dict[str, int]:
    """Rule -> rejected rows, the most frequent first."""
    counts: dict[str, int] = {}
    for row in viewer.ask("rejects_by_rule", batch=batch).to_pylist():
        counts[row["rule"]] = counts.get(row["rule"], 0) + row["row_n"]
    return dict(sorted(counts.items(), key=lambda item: -item[1]))


def _choose_rule(viewer: Viewer, name: str, counts: dict[str, int]) -> str | None:
    words = viewer.words

    def shown(rule: str) -> str:
        n = sum(counts.values()) if rule == EVERY else counts[rule]
        label = words("quality.every_rule") if rule == EVERY else rule_name(viewer, rule)
        return f"{label} ({words.number(n)})"

    chosen = address.choose(
        name, [EVERY, *counts], default=EVERY, label=words("quality.choose_rule"), shown=shown
    )
    return chosen or None


def _total(rows: pa.Table) -> int:
    return int(rows["total_n"][0].as_py()) if rows.num_rows else 0
