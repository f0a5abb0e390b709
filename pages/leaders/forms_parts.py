"""A form on screen: its choices, its table, its checks and its files."""

from __future__ import annotations

from typing import Any, get_args

import pyarrow as pa
import streamlit as st

from pages.ui import address, downloads, links, tables
from pages.ui.filters import Filters
from pages.ui.guard import Viewer
from pages.ui.links import Way
from pages.ui.tables import Column
from pipeline.reports import ii06_sheet
from pipeline.reports.forms import UnitView, forms, forms_of
from pipeline.reports.ii06 import COLUMNS, MEASURES, Filled, Line, fill, has_list, is_own

JSON = "application/json"
CHECKS = [
    Column("equation", "text", "reports.ii06.check.equation", width=120),
    Column("left", "count", "reports.ii06.check.left"),
    Column("right", "count", "reports.ii06.check.right"),
    Column("difference", "count", "reports.ii06.check.difference"),
    Column("verdict", "text", "reports.ii06.check.verdict", width="large"),
]


def choices(viewer: Viewer) -> tuple[str, UnitView]:
    """Which form, and under which name units of the past stand."""
    words = viewer.words
    day = viewer.as_of.date()
    with st.container(horizontal=True, gap="medium"):
        name = address.choose(
            "form",
            forms_of("dossiers"),
            default=forms_of("dossiers")[0],
            label=words("forms.form"),
            shown=lambda key: forms().forms[key].version(day).label,
            look="segments",
        )
        view = address.choose(
            "units",
            get_args(UnitView),
            default=forms().units.view,
            label=words("forms.units"),
            shown=lambda key: words(f"forms.view.{key}"),
            look="segments",
        )
    units: UnitView = "successor" if view == "successor" else "as_they_were"
    return name, units


def filled(viewer: Viewer, chosen: Filters, name: str, units: UnitView) -> Filled:
    """The form of the chosen period and unit."""
    return fill(viewer.ask, name, chosen.period, viewer.as_of, unit=chosen.unit, units=units)


def verdict(viewer: Viewer, form: Filled) -> None:
    """One sentence: does the form add up, and is it final?"""
    words = viewer.words
    failing = [check for check in form.checks if not check.holds]
    columns = form.total.columns
    said = [
        words("forms.insight.wrong", n=len(failing), all_n=len(form.checks))
        if failing
        else words("forms.insight.holds", n=len(form.checks)),
        words("forms.insight.total", received=columns[3], resolved=columns[7], open=columns[11]),
    ]
    if form.is_provisional:
        said.append(words("forms.insight.provisional"))
    st.markdown(" ".join(said))


def table(viewer: Viewer, chosen: Filters, form: Filled) -> None:
    """The table as it prints, a line a row; a line leads to its dossiers."""
    words = viewer.words
    version = form.form.version(form.period.last)
    st.markdown(f"**{version.label}. {form.form.title(viewer.language)}**")
    sure = "" if version.confidence == "high" else " " + words("forms.unsure")
    st.caption(words("forms.basis", basis=version.legal_basis) + sure)
    answer = pa.Table.from_pylist([_row(viewer, form, line) for line in (*form.lines, form.total)])
    columns = [
        Column("name", "text", "reports.ii06.heading.2", width=240),
        *(Column(f"c{n}", "count", f"forms.column.{n}", width=78) for n in COLUMNS),
    ]

    def opens(row: dict[str, Any], column: str) -> Way | None:
        n = int(column[1:]) if column != "name" else 0
        if n not in MEASURES or not row[column] or not row["opens"] or not is_own(form, n):
            return None
        of_it = {name: row[name] for name in ("unit", "field") if row[name]}
        return links.behind(chosen, MEASURES[n], **links.cell(**of_it))

    tables.show(
        viewer,
        answer,
        columns,
        key="forms.table",
        alt=words("forms.alt", n=len(form.lines)),
        height=560,
        opens=opens if viewer.can_open("dossiers") else None,
    )
    opening = [words("forms.opens")] if viewer.can_open("dossiers") else []
    st.caption("  \n".join([*opening, *ii06_sheet.notes(form, words)]))
    _files(viewer, form)


def _row(viewer: Viewer, form: Filled, line: Line) -> dict[str, Any]:
    name = ii06_sheet.named(line, viewer.words)
    shown = name.upper() if line.kind in ("section", "total") else f"  {name}"
    counts = {f"c{n}": line.columns[n] for n in COLUMNS}
    narrowed = {"unit": line.unit_id, "field": line.field_name, "opens": has_list(form, line)}
    return {"name": shown, **narrowed, **counts}


def _files(viewer: Viewer, form: Filled) -> None:
    """The form as XLSX and as JSON, for who may take files away."""
    if not viewer.may("export"):
        return
    words = viewer.words
    stem = f"{form.id}-{form.period.key.replace(':', '-')}"
    with st.container(horizontal=True, horizontal_alignment="right", gap="small"):
        downloads.button(
            viewer,
            words("downloads.xlsx"),
            lambda: (ii06_sheet.workbook(form, words), len(form.lines)),
            f"{stem}.xlsx",
            downloads.XLSX,
            key="forms.xlsx",
        )
        downloads.button(
            viewer,
            "JSON",
            lambda: (ii06_sheet.as_json(form, words), len(form.lines)),
            f"{stem}.json",
            JSON,
            key="forms.json",
            look="tertiary",
        )


def checks(viewer: Viewer, form: Filled) -> None:
    """The equations of the form, each with its difference and what makes it."""
    words = viewer.words
    st.markdown(f"**{words('reports.ii06.checks')}**")
    rows = [
        {
            "equation": check.equation,
            "left": check.left,
            "right": check.right,
            "difference": check.difference,
            "verdict": ii06_sheet.verdict(check, words),
        }
        for check in form.checks
    ]
    alt = words("forms.checks_alt", n=len(rows))
    tables.show(viewer, pa.Table.from_pylist(rows), CHECKS, key="forms.checks", alt=alt)
