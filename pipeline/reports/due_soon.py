"""The list that units get before a promise breaks: one sheet per unit, a summary in front.

Queries: due_soon, queue_counts. The notice that a dossier will be late has to go out at least one
day before the due day (Decree 118/2025 Art. 19(6)), so the list looks some working days ahead.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from pipeline import queries
from pipeline.exports import fit_to_a4
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
    "days_left": 8,
    "due_at": 17,
    "first_due_at": 12,
    "procedure_name": 42,
    "officer_name": 21,
    "step_name": 21,
    "received_at": 12,
    "applicant_name": 22,
    "applicant_phone": 13,
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
    asked: dict[str, Any] = {"as_of": as_of, "horizon": horizon}
    found = queries.run(snapshot, scope, "due_soon", **asked).to_pylist()
    counted = queries.run(snapshot, scope, "queue_counts", **asked).to_pylist()
    days = [row["last_day"] for row in counted if 0 <= row["bucket_no"] <= horizon]
    groups = dict(sorted(by_key(found, "unit_id").items(), key=lambda group: -len(group[1])))
    with new_book() as (book, target):
        page = book.sheet(words("reports.summary"))
        sheets = {unit: _unit(book, words, rows, as_of, horizon) for unit, rows in groups.items()}
        _summary(book, page, words, groups, sheets, as_of, days)
    return target.getvalue()


def _summary(
    book: Book,
    page: Any,
    words: Wording,
    groups: Mapping[Any, Sequence[Row]],
    sheets: Mapping[Any, str],
    as_of: datetime,
    days: Sequence[date | None],
) -> None:
    title = words("reports.due_soon.title", horizon=len(days) - 1)
    total = sum(map(len, groups.values()))
    note = words("reports.due_soon.total", n=total) if total else words("reports.due_soon.none")
    at = words("moment.as_of", at=words.as_of(as_of))
    line = book.lines(page, title, [at, note, words("reports.due_soon.law")])
    heads = [words("reports.due_soon.today")]
    heads += [f"{words.days(n)}\n{_day(words, day)}" for n, day in enumerate(days) if n]
    texts = [words("term.unit"), words("reports.total"), *heads]
    book.heading(page, line, texts, [48, 10] + [11] * len(days))
    _prepare(page, line, title, at)
    for unit, rows in groups.items():
        line += 1
        counts = [sum(row["days_left"] == n for row in rows) for n in range(len(days))]
        book.row(page, line, [_name(words, rows), len(rows), *counts])
        book.link(page, line, 0, _name(words, rows), sheets[unit])


def _unit(book: Book, words: Wording, rows: Sequence[Row], as_of: datetime, horizon: int) -> str:
    """The sheet of one unit; returns its name."""
    name = _name(words, rows)
    page = book.sheet(settings().shortened(name))
    at = words("moment.as_of", at=words.as_of(as_of))
    of_unit = words("reports.due_soon.of_unit", n=len(rows), horizon=horizon)
    line = book.lines(page, name, [of_unit, at])
    texts = [words(f"reports.column.{name}") for name in COLUMNS]
    book.heading(page, line, texts, list(COLUMNS.values()))
    _prepare(page, line, name, at)
    for row in rows:
        line += 1
        book.row(page, line, [_told(row)[name] for name in COLUMNS])
    return str(page.get_name())


def _told(row: Row) -> Row:
    """The row with days where hours say nothing, its first promise only where it was moved."""
    first, received = row["first_due_at"], row["received_at"]
    moved = first.date() if first and first != row["due_at"] else None
    return row | {"first_due_at": moved, "received_at": received.date()}


def _prepare(page: Any, heading: int, left: str, right: str) -> None:
    """For the screen, the heading stays in sight; for paper, A4 with the heading on each page."""
    page.freeze_panes(heading + 1, 1)
    fit_to_a4(page, left, right)
    page.repeat_rows(heading)


def _day(words: Wording, day: date | None) -> str:
    return words.day_short(day) if day else ""


def _name(words: Wording, rows: Sequence[Row]) -> str:
    return str(rows[0]["unit_name"] or words("reports.no_unit"))
