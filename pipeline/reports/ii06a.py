"""Biểu II.06a: receiving and resolving dossiers, columns 1 to 13 by unit, with its checks printed.

Queries: by_unit, summary, units. The form knows neither a dossier without a promise nor one that
waits for its applicant nor one refused or withdrawn. They stand in columns A to E beside the form
instead of being pressed into a column that means something else; each check says which of them
make its difference.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pipeline import queries
from pipeline.periods import Period
from pipeline.reports.workbook import Book, by_key, new_book
from pipeline.scope import Scope
from pipeline.settings import settings
from pipeline.warehouse import Snapshot
from pipeline.wording import Wording, wording

Counts = Mapping[str, Any]

# Column of the form -> its amount.
AMOUNTS: dict[str, Callable[[Counts], int]] = {
    "3": lambda row: row["received"],
    "4": lambda row: row["online_in_period"],
    "5": lambda row: row["received_in_period"] - row["online_in_period"],
    "6": lambda row: row["carried_over"],
    "7": lambda row: row["resolved"],
    "8": lambda row: row["early"],
    "9": lambda row: row["on_time"],
    "10": lambda row: row["late"],
    "11": lambda row: row["open"],
    "12": lambda row: row["open_in_time"],
    "13": lambda row: row["open_overdue"],
    "A": lambda row: row["resolved_no_due"],
    "B": lambda row: row["open_waiting"],
    "C": lambda row: row["open_no_due"],
    "D": lambda row: row["ended_otherwise"],
    "E": lambda row: row["status_unknown"],
}
LEVELS = ("province", "department", "district", "commune", "branch", "other", "unknown")
ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII")


@dataclass(frozen=True)
class Check:
    """One equation of the form: `whole` is the sum of `parts`, `beside` are outside the form."""

    whole: str
    parts: tuple[str, ...]
    beside: tuple[str, ...] = ()

    @property
    def equation(self) -> str:
        """As the form prints it: '3 = 4 + 5 + 6'."""
        return f"{self.whole} = {' + '.join(self.parts)}"


CHECKS = (
    Check("3", ("4", "5", "6")),
    Check("7", ("8", "9", "10"), ("A",)),
    Check("11", ("12", "13"), ("B", "C")),
    Check("3", ("7", "11"), ("D", "E")),
)


def amounts(row: Counts) -> dict[str, int]:
    """The columns of the form for one row of counts of `by_unit` or `summary`."""
    return {column: int(amount(row)) for column, amount in AMOUNTS.items()}


def write(
    snapshot: Snapshot, scope: Scope, period: Period, as_of: datetime, language: str
) -> bytes:
    """The form for a period, as an XLSX file: the table, and a sheet with its checks."""
    words = wording(language)
    asked = {"as_of": as_of, "first": period.lower, "upper": period.upper}
    units = queries.run(snapshot, scope, "by_unit", **asked).to_pylist()
    total = queries.run(snapshot, scope, "summary", **asked).to_pylist()[0]
    listed = queries.run(snapshot, scope, "units", as_of=as_of).to_pylist()
    levels = {row["unit_id"]: row["unit_level"] for row in listed}
    for row in units:
        row["level"] = levels.get(row["unit_id"]) or "unknown"
    notes = [
        settings().office.name(language),
        period.label(language),
        words("moment.as_of", at=words.as_of(as_of)),
    ]
    with new_book() as (book, target):
        _form(book, words, units, total, notes)
        _checks(book, words, units, total, notes)
    return target.getvalue()


def _form(
    book: Book, words: Wording, units: Sequence[Counts], total: Counts, notes: Sequence[str]
) -> None:
    page = book.sheet(words("reports.ii06a.sheet"))
    line = book.lines(page, words("reports.ii06a.title"), notes)
    columns = ["1", "2", *AMOUNTS]
    texts = [words(f"reports.ii06a.column.{column}") for column in columns]
    book.heading(page, line, texts, [6, 44] + [13] * len(AMOUNTS))
    page.set_row(line, 80)
    line += 1
    book.heading(page, line, [f"({column})" for column in columns], [6, 44] + [13] * len(AMOUNTS))
    page.freeze_panes(line + 1, 2)
    page.set_landscape()
    page.fit_to_pages(1, 0)
    groups = by_key(units, "level")
    shown = [level for level in LEVELS if level in groups]
    for numeral, level in zip(ROMAN, shown, strict=False):
        line += 1
        book.row(
            page, line, [numeral, words(f"unit_level.{level}"), *_sums(groups[level])], is_bold=True
        )
        for number, row in enumerate(groups[level], start=1):
            line += 1
            name = row["unit_name"] or words("reports.no_unit")
            book.row(page, line, [number, name, *amounts(row).values()])
    line += 1
    book.row(page, line, [None, words("reports.total"), *amounts(total).values()], is_bold=True)
    page.write_string(line + 2, 0, words("reports.ii06a.beside"))


def _sums(rows: Sequence[Counts]) -> list[int]:
    filled = [amounts(row) for row in rows]
    return [sum(row[column] for row in filled) for column in AMOUNTS]


def _checks(
    book: Book, words: Wording, units: Sequence[Counts], total: Counts, notes: Sequence[str]
) -> None:
    page = book.sheet(words("reports.ii06a.checks"))
    line = book.lines(page, words("reports.ii06a.checks"), notes)
    heads = ("unit", "equation", "left", "right", "difference", "verdict")
    texts = [words(f"reports.ii06a.check.{head}") for head in heads]
    book.heading(page, line, texts, [44, 18, 12, 12, 12, 60])
    whole = amounts(total)
    page.freeze_panes(line + 1, 2)
    for check in CHECKS:
        line += 1
        book.row(page, line, [words("reports.total"), *_verdict(words, check, whole)], is_bold=True)
    for column, added in zip(AMOUNTS, _sums(units), strict=True):
        line += 1
        values = [f"{column} = Σ", whole[column], added, whole[column] - added]
        says = _said(words, whole[column] - added, {})
        book.row(page, line, [words("reports.ii06a.sum_of_units"), *values, says])
    for row in units:
        for check in CHECKS:
            line += 1
            name = row["unit_name"] or words("reports.no_unit")
            book.row(page, line, [name, *_verdict(words, check, amounts(row))])


def _verdict(words: Wording, check: Check, filled: Mapping[str, int]) -> list[Any]:
    right = sum(filled[part] for part in check.parts)
    difference = filled[check.whole] - right
    beside = {column: filled[column] for column in check.beside if filled[column]}
    left = filled[check.whole]
    return [check.equation, left, right, difference, _said(words, difference, beside)]


def _said(words: Wording, difference: int, beside: Mapping[str, int]) -> str:
    if difference != sum(beside.values()):
        return words("reports.ii06a.verdict.wrong")
    if not difference:
        return words("reports.ii06a.verdict.holds")
    named = "; ".join(
        f"{words(f'reports.ii06a.column.{column}')}: {words.number(n)} ({column})"
        for column, n in beside.items()
    )
    return words("reports.ii06a.verdict.explained", reasons=named)
