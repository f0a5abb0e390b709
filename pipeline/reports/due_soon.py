"""The list that units get before a promise breaks: one sheet per unit, a summary in front.

Query: due_soon. The notice that a dossier will be late has to go out at least one day before the
due day (Decree 118/2025 Art. 19(6)), so the list looks some working days ahead.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from pipeline import queries
from pipeline.periods import Period
from pipeline.reports.workbook import Book, by_key, new_book
from pipeline.scope import Scope
from pipeline.settings import settings
from pipeline.warehouse import Snapshot
from pipeline.wording import Wording, wording

Row = dict[str, Any]

# Column of the query -> width in characters. What a person acts on stands left.
COLUMNS: dict[str, int] = {
    "dossier_code": 26,
    "days_left": 10,
    "due_at": 17,
    "first_due_at": 17,
    "procedure_name": 46,
    "officer_name": 24,
    "step_name": 24,
    "received_at": 17,
    "applicant_name": 26,
    "applicant_phone": 15,
}


def write(
    snapshot: Snapshot, scope: Scope, period: Period, as_of: datetime, language: str
) -> bytes:
    """The list at as_of with the horizon that the office has decided."""
    return workbook(snapshot, scope, as_of, language, settings().due_soon_horizon_days)


def workbook(
    snapshot: Snapshot, scope: Scope, as_of: datetime, language: str, horizon: int
) -> bytes:
    """The list at as_of of dossiers due within `horizon` working days, as an XLSX file."""
    words = wording(language)
    found = queries.run(snapshot, scope, "due_soon", as_of=as_of, horizon=horizon).to_pylist()
    groups = dict(sorted(by_key(found, "unit_id").items(), key=lambda group: -len(group[1])))
    with new_book() as (book, target):
        _summary(book, words, groups, as_of, horizon)
        for rows in groups.values():
            _unit(book, words, rows, as_of, horizon)
    return target.getvalue()


def _summary(
    book: Book, words: Wording, groups: Mapping[Any, Sequence[Row]], as_of: datetime, horizon: int
) -> None:
    page = book.sheet(words("reports.summary"))
    total = sum(map(len, groups.values()))
    note = words("reports.due_soon.total", n=total) if total else words("reports.due_soon.none")
    line = book.lines(
        page,
        words("reports.due_soon.title", horizon=horizon),
        [words("moment.as_of", at=words.as_of(as_of)), note],
    )
    days = [words("reports.due_soon.today"), *(words.days(n) for n in range(1, horizon + 1))]
    book.heading(
        page, line, [words("term.unit"), words("reports.total"), *days], [46, 12] + [10] * len(days)
    )
    for rows in groups.values():
        line += 1
        counts = [sum(row["days_left"] == n for row in rows) for n in range(horizon + 1)]
        book.row(page, line, [_name(words, rows), len(rows), *counts])


def _unit(book: Book, words: Wording, rows: Sequence[Row], as_of: datetime, horizon: int) -> None:
    name = _name(words, rows)
    page = book.sheet(name)
    line = book.lines(
        page,
        name,
        [
            words("reports.due_soon.of_unit", n=len(rows), horizon=horizon),
            words("moment.as_of", at=words.as_of(as_of)),
        ],
    )
    book.heading(
        page, line, [words(f"reports.column.{name}") for name in COLUMNS], list(COLUMNS.values())
    )
    page.freeze_panes(line + 1, 1)
    page.set_landscape()
    page.fit_to_pages(1, 0)
    page.repeat_rows(line)
    for row in rows:
        line += 1
        # The first promise says something only where it is no longer the one that holds.
        moved = row["first_due_at"] if row["first_due_at"] != row["due_at"] else None
        book.row(page, line, [(row | {"first_due_at": moved})[name] for name in COLUMNS])


def _name(words: Wording, rows: Sequence[Row]) -> str:
    return str(rows[0]["unit_name"] or words("reports.no_unit"))
