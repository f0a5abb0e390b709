"""Official forms and lists as files. A form is asked for by name; screens and scripts use the same.

Nothing here asks more than a screen does: every row comes from a named query under a scope.
"""

from __future__ import annotations

from datetime import datetime
from functools import partial

from pipeline import queries
from pipeline.errors import Refused
from pipeline.periods import Period
from pipeline.reports import due_soon, ii06_sheet, ii07, ii07g
from pipeline.reports.forms import forms
from pipeline.reports.ii06 import fill
from pipeline.scope import Scope
from pipeline.warehouse import Snapshot
from pipeline.wording import wording


def known_reports() -> list[str]:
    """Names of every report, lists first."""
    return ["due-soon", *forms().forms]


def write_report(
    name: str,
    snapshot: Snapshot,
    scope: Scope,
    period: Period,
    as_of: datetime,
    language: str,
    *,
    as_json: bool = False,
) -> bytes:
    """A report as an XLSX file, an official form as JSON where asked.

    name: one of `known_reports`, with '-' or '_'. `due-soon` speaks of as_of alone and leaves the
    period aside. Raises Refused for an unknown name, language or an empty period.
    """
    asked = name.strip().lower()
    words = wording(language)  # an unknown language is refused before anything is asked
    if asked.replace("_", "-") == "due-soon":
        if as_json:
            raise Refused("error.report.only_workbook")
        return due_soon.write(snapshot, scope, period, as_of, language)
    if asked not in forms().forms:
        raise Refused("error.report.none_such", name=name, known=known_reports())
    ask = partial(queries.run, snapshot, scope, as_of=as_of)
    described = forms().forms[asked]
    if described.kind == "procedures":
        groups = ii07.grouped(ask("procedures_in_force").to_pylist())
        write_counts = ii07.as_json if as_json else ii07.workbook
        return write_counts(described, groups, as_of, words)
    if described.kind == "reasons":
        upper = min(period.upper, as_of + queries.MOMENT)
        rows = ask("late_reasons", first=period.lower, upper=upper).to_pylist()
        write_reasons = ii07g.as_json if as_json else ii07g.workbook
        return write_reasons(described, rows, period, as_of, words)
    filled = fill(ask, asked, period, as_of)
    write = ii06_sheet.as_json if as_json else ii06_sheet.workbook
    return write(filled, words)
