"""Parts of one dossier: which one, its state in a sentence, facts, and what the files say."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pyarrow as pa
import streamlit as st

from pages.staff.dossier_timeline import written
from pages.ui import address, heading, tables
from pages.ui.guard import Viewer
from pages.ui.source_names import named, source_name
from pages.ui.tables import Column
from pages.ui.text import escaped
from pipeline.insight import Insight

Row = Mapping[str, Any]
FACTS = ("procedure", "field", "unit", "receiving_unit", "officer", "channel", "applicant", "phone")


def asked_for(viewer: Viewer) -> str | None:
    """Title and the search by code; returns the code, None before one is named."""
    words = viewer.words
    left, right = st.columns([6, 4], vertical_alignment="bottom")
    with right:
        code = address.ask_text(
            "dossier",
            label=words("dossier.search"),
            placeholder=words("dossier.search"),
            icon=":material/search:",
        )
    with left:
        heading.title(viewer)
    if code:
        return code
    st.info(words("dossier.which"), icon=":material/search:")
    return None


def not_found(viewer: Viewer, code: str) -> None:
    """Say plainly that there is no such dossier for this viewer, and why that may be."""
    st.warning(viewer.words("dossier.not_found", code=escaped(code)), icon=":material/search_off:")
    st.markdown(viewer.words("dossier.not_found_why"))


def one_of(viewer: Viewer, found: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """The dossier, or the chosen one where several systems know the code."""
    if len(found) == 1:
        return found[0]
    by_system = {row["system"]: row for row in found}
    system = address.choose(
        "system",
        list(by_system),
        default=found[0]["system"],
        label=viewer.words("dossier.system", n=len(found)),
        shown=lambda system: source_name(system, viewer.language),
        look="segments",
    )
    return by_system[system]


def findings(viewer: Viewer, dossier: Row) -> list[Insight]:
    """How it stands against its promise."""
    code = {"code": dossier["dossier_code"]}
    if dossier["phase"] == "resolved":
        return [Insight(f"resolved_{dossier['end_state']}", {**code, "at": dossier["closed_at"]})]
    if dossier["phase"] != "open":
        return [Insight(dossier["phase"], code)]
    state = dossier["open_state"]
    due = dossier["due_at"] and dossier["due_at"].date()
    if state == "in_time":
        n = dossier["days_left"]
        return [Insight("in_time" if n else "due_today", {**code, "n": n, "day": due})]
    if state == "overdue":
        n = dossier["days_over"]
        return [Insight("overdue" if n else "just_overdue", {**code, "n": n, "day": due})]
    return [Insight(state, code)]


def dates(viewer: Viewer, dossier: Row) -> None:
    """Four days side by side: received, first promise, promise, finish."""
    words = viewer.words
    names = ("received_at", "first_due_at", "due_at", "finished_at", "handed_over_at")
    for column, name in zip(st.columns(len(names)), names, strict=True):
        with column, st.container(border=True, height="stretch"):
            at = dossier[name]
            st.metric(words(f"term.{name}"), words.date(at and at.date()))
            if name == "due_at" and dossier["due_moves"]:
                st.caption(words("dossier.event.moved", n=dossier["due_moves"]))


def facts(viewer: Viewer, dossier: Row) -> None:
    """What it is about, where it lies, who works on it and whose it is."""
    words = viewer.words
    values = {
        "procedure": " ".join(
            part for part in (dossier["procedure_code"], dossier["procedure_name"]) if part
        ),
        "field": dossier["field_name"],
        "unit": dossier["unit_name"],
        "receiving_unit": dossier["receiving_unit_name"],
        "officer": dossier["officer_name"],
        "channel": words(f"channel.{dossier['channel']}"),
        "applicant": dossier["applicant_name"],
        "phone": dossier["applicant_phone"],
    }
    lines = [f":gray[{words(f'term.{name}')}] · {_plain(values[name])}" for name in FACTS]
    status = words(f"status.{dossier['status']}")
    said = f" (“{_plain(dossier['status_text'])}”)" if dossier["status_text"] else ""
    step = f" · {_plain(dossier['step_name'])}" if dossier["step_name"] else ""
    st.markdown(f"**{words('dossier.facts')}**")
    st.markdown("  \n".join([f":gray[{words('term.status')}] · {status}{said}{step}", *lines]))


def _plain(value: str | None) -> str:
    return escaped(value) if value else "–"


def steps(viewer: Viewer, of_it: Row) -> None:
    """Each step with its own promise."""
    columns = [
        Column("step_name", "text", "dossier.column.step", width=240),
        Column("unit_name", "text", "term.unit", width=200),
        Column("officer_name", "text", "term.officer", width=160),
        Column("started_at", "moment", "dossier.column.started"),
        Column("due_at", "moment", "term.due_at"),
        Column("finished_at", "moment", "dossier.column.finished"),
        Column("timing", "text", "dossier.column.timing", words="timing", width=110),
        Column("note", "text", "dossier.column.note", width="large"),
    ]
    _part(viewer, "steps", viewer.ask("dossier_steps", **of_it), columns)


def batches(viewer: Viewer, of_it: Row) -> None:
    """Every place in a file that spoke of it."""
    columns = [
        Column("landed_at", "moment", "dossier.column.landed"),
        Column("batch_no", "number", "dossier.column.batch", width=70),
        Column("source", "text", "term.source", width=200),
        Column("file_name", "text", "dossier.column.file", width=200),
        Column("sheet_name", "text", "dossier.column.sheet", width=100),
        Column("line", "days", "dossier.column.line", width=70),
    ]
    found = named(viewer.ask("dossier_batches", **of_it), viewer.language)
    _part(viewer, "batches", found, columns)


def changes(viewer: Viewer, of_it: Row) -> None:
    """What later files changed, value by value."""
    columns = [
        Column("landed_at", "moment", "dossier.column.landed"),
        Column("column_name", "text", "dossier.column.changed", words="dossier.field", width=150),
        Column("old_value", "text", "dossier.column.old", width=160),
        Column("new_value", "text", "dossier.column.new", width=160),
    ]
    table = viewer.ask("dossier_changes", **of_it)
    for name in ("old_value", "new_value"):
        table = _rewritten(table, name, lambda value: written(viewer.words, value))
    _part(viewer, "changes", table, columns)


def flags(viewer: Viewer, of_it: Row) -> None:
    """What the rules found odd about it."""
    columns = [
        Column("rule", "text", "dossier.column.rule", words="dossier.rule", width=300),
        Column("detail", "text", "dossier.column.detail", width="large"),
    ]
    _part(viewer, "flags", viewer.ask("dossier_flags", **of_it), columns)


def letters(viewer: Viewer, of_it: Row) -> None:
    """Apology letters for it, and whether they went out in time."""
    columns = [
        Column("ordinal", "days", "dossier.column.ordinal", width=60),
        Column("issued_at", "date", "dossier.column.issued"),
        Column("document_no", "text", "dossier.column.document", width=120),
        Column("reason", "text", "dossier.column.reason", width=220),
        Column("new_due_at", "date", "dossier.column.new_due"),
        Column("is_before_due", "text", "dossier.column.before_due", words="answer", width=110),
    ]
    table = viewer.ask("dossier_apologies", **of_it)
    told = {True: "yes", False: "no", None: None}
    table = _rewritten(table, "is_before_due", lambda value: told[value])
    _part(viewer, "letters", table, columns)


def answers(viewer: Viewer, of_it: Row) -> None:
    """That the applicant answered a survey, where somebody asked; what he said is confidential."""
    table = viewer.ask("dossier_surveys", **of_it)
    if table.num_rows:
        columns = [
            Column("answered_at", "date", "dossier.column.answered"),
            Column("survey_channel", "text", "answers.column.channel", words="survey_channel"),
        ]
        _part(viewer, "answers", table, columns)
        st.caption(viewer.words("dossier.answers.confidential"))


def _rewritten(table: pa.Table, name: str, rewrite: Callable[[Any], str | None]) -> pa.Table:
    values = [rewrite(value) for value in table[name].to_pylist()]
    at = table.schema.get_field_index(name)
    return table.set_column(at, name, pa.array(values, pa.string()))


def _part(viewer: Viewer, name: str, table: pa.Table, columns: Sequence[Column]) -> None:
    """A titled table, or one line that says that there is nothing."""
    words = viewer.words
    st.markdown(f"**{words(f'dossier.{name}.title')}**")
    if not table.num_rows:
        st.caption(words(f"dossier.{name}.none"))
        return
    alt = words(f"dossier.{name}.title")
    tables.show(viewer, table, columns, key=f"dossier.{name}", alt=alt, height="content")
