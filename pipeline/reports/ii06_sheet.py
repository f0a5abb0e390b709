"""Biểu II.06 as a workbook that prints on A4 landscape as the form looks, and as JSON."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pipeline.reports.ii06 import COLUMNS, Check, Filled, Line, section
from pipeline.reports.workbook import A4, FACE, Book, new_book
from pipeline.settings import settings
from pipeline.text import json_text
from pipeline.wording import Wording

LAST = 12  # column M of the sheet: the form's column 13
ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")
# Heading cells merged as on paper: first row, first column, last row, last column.
HEADINGS: Mapping[str, tuple[int, int, int, int]] = {
    "1": (0, 0, 2, 0),
    "2": (0, 1, 2, 1),
    "received": (0, 2, 0, 5),
    "resolved": (0, 6, 0, 9),
    "open": (0, 10, 0, 12),
    "3": (1, 2, 2, 2),
    "in_period": (1, 3, 1, 4),
    "4": (2, 3, 2, 3),
    "5": (2, 4, 2, 4),
    "6": (1, 5, 2, 5),
    "7": (1, 6, 2, 6),
    "8": (1, 7, 2, 7),
    "9": (1, 8, 2, 8),
    "10": (1, 9, 2, 9),
    "11": (1, 10, 2, 10),
    "12": (1, 11, 2, 11),
    "13": (1, 12, 2, 12),
}
NUMBERS = (
    *("(1)", "(2)", "(3)=(4)+(5)+(6)", "(4)", "(5)", "(6)", "(7)=(8)+(9)+(10)"),
    *("(8)", "(9)", "(10)", "(11)=(12)+(13)", "(12)", "(13)"),
)


def workbook(filled: Filled, words: Wording) -> bytes:
    """The form as XLSX: the table as it prints, and a sheet with its checks."""
    with new_book() as (book, target):
        _table(book, filled, words)
        _checks(book, filled, words)
    return target.getvalue()


def as_json(filled: Filled, words: Wording) -> bytes:
    """The form as one JSON document: what the sheet prints, by the form's column numbers."""
    version = filled.form.version(filled.period.last)
    document = {
        "form": filled.id,
        "label": version.label,
        "legal_basis": version.legal_basis,
        "title": filled.form.title(words.language),
        "office": settings().office.name(words.language),
        "period": filled.period.key,
        "first": filled.period.first.isoformat(),
        "last": filled.period.last.isoformat(),
        "as_of": filled.as_of.isoformat(),
        "is_provisional": filled.is_provisional,
        "units": filled.units,
        "placement": dict(filled.placement),
        "lines": [_as_dict(line, words) for line in filled.lines],
        "total": _as_dict(filled.total, words),
        "checks": [
            {
                "equation": check.equation,
                "left": check.left,
                "right": check.right,
                "difference": check.difference,
                "explained": dict(check.explained),
                "holds": check.holds,
            }
            for check in filled.checks
        ],
    }
    return f"{json_text(document)}\n".encode()


def _as_dict(line: Line, words: Wording) -> dict[str, Any]:
    return {
        "group": line.group,
        "name": named(line, words),
        "kind": line.kind,
        "unit_id": line.unit_id,
        "field": line.field_name,
        "columns": {str(column): n for column, n in line.columns.items()},
        "outside": dict(line.outside),
    }


def named(line: Line, words: Wording) -> str:
    """A line's name in column 2; a section's is its level or what the configuration calls it."""
    if line.kind == "total":
        return words("reports.total")
    if not line.is_section:
        return line.name or words(f"reports.no_{line.kind}")
    configured = section(line.group)
    return configured.label(words.language) if configured else words(f"unit_level.{line.group}")


def _table(book: Book, filled: Filled, words: Wording) -> None:
    page = book.sheet(words("reports.ii06.sheet"))
    _print_setup(page)
    top = _head(book, page, filled, words)
    head = book.form(FACE | {"bold": True, "text_wrap": True, "align": "center", "border": 1})
    for name, (first, left, last, right) in HEADINGS.items():
        text = words(f"reports.ii06.heading.{name}")
        if (first, left) == (last, right):
            page.write_string(top + first, left, text, head)
        else:
            page.merge_range(top + first, left, top + last, right, text, head)
    page.set_row(top + 2, 48)
    small = book.form(FACE | {"italic": True, "font_size": 8, "align": "center", "border": 1})
    for column, text in enumerate(NUMBERS):
        page.write_string(top + 3, column, text, small)
    page.repeat_rows(top, top + 3)
    page.freeze_panes(top + 4, 2)
    line = _body(book, page, top + 4, filled, words)
    _foot(book, page, line, filled, words)


def _print_setup(page: Any) -> None:
    page.set_landscape()
    page.set_paper(A4)
    page.fit_to_pages(1, 0)
    page.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.6)
    page.center_horizontally()
    page.set_footer("&C&P/&N")
    page.set_column(0, 0, 5)
    page.set_column(1, 1, 38)
    page.set_column(2, LAST, 9.5)


def _head(book: Book, page: Any, filled: Filled, words: Wording) -> int:
    """What stands above the table; returns the first row of its headings."""
    version = filled.form.version(filled.period.last)
    plain = book.form(FACE | {"text_wrap": True})
    title = book.form(FACE | {"bold": True, "font_size": 13, "align": "center", "text_wrap": True})
    centred = book.form(FACE | {"align": "center", "italic": True})
    right = book.form(FACE | {"align": "right", "italic": True})
    office = settings().office.name(words.language)
    issued = words("reports.ii06.issued", basis=version.legal_basis)
    page.merge_range(0, 0, 1, 1, f"{version.label}\n{issued}", plain)
    page.merge_range(0, 2, 0, 9, filled.form.title(words.language).upper(), title)
    spoken = filled.period.label(words.language)
    if filled.period.calendar == "calendar" and filled.period.kind not in ("free", "all"):
        first, last = filled.period.first, filled.period.last
        spoken = words("reports.ii06.period", period=spoken, first=first, last=last)
    if filled.is_provisional:
        spoken += f" – {words('reports.ii06.provisional')}"
    page.merge_range(1, 2, 1, 9, spoken, centred)
    page.merge_range(0, 10, 1, LAST, words("reports.ii06.reporter", office=office), plain)
    page.set_row(0, 34)
    page.set_row(1, 30)
    as_of = words("moment.as_of", at=words.as_of(filled.as_of))
    page.merge_range(2, 2, 2, 9, as_of, centred)
    page.merge_range(2, 10, 2, LAST, words("reports.ii06.counted_in"), right)
    return 3


def _body(book: Book, page: Any, line: int, filled: Filled, words: Wording) -> int:
    formats = {
        bold: {
            "text": book.form(FACE | {"bold": bold, "border": 1, "text_wrap": True}),
            "number": book.form(FACE | {"bold": bold, "border": 1, "num_format": "#,##0"}),
            "order": book.form(FACE | {"bold": bold, "border": 1, "align": "center"}),
        }
        for bold in (False, True)
    }
    sections = order = 0
    for one in (*filled.lines, filled.total):
        is_total = one.kind == "total"
        look = formats[one.is_section or is_total]
        if is_total:
            number: str | int = ""
        elif one.is_section:
            number, sections, order = ROMAN[sections], sections + 1, 0
        else:
            order += 1
            number = order
        if isinstance(number, int):
            page.write_number(line, 0, number, look["order"])
        else:
            page.write_string(line, 0, number, look["order"])
        page.write_string(line, 1, named(one, words), look["text"])
        for column in COLUMNS:  # a true nought is printed: an empty cell would mean "not counted"
            page.write_number(line, column - 1, one.columns[column], look["number"])
        line += 1
    return line


def _foot(book: Book, page: Any, line: int, filled: Filled, words: Wording) -> None:
    """What is not in the table, how units stand, and the places for the names."""
    plain = book.form(FACE | {"italic": True})
    for note in notes(filled, words):
        page.write_string(line, 0, note, plain)
        line += 1
    bold = book.form(FACE | {"bold": True, "align": "center"})
    page.merge_range(line + 1, 1, line + 1, 4, words("reports.ii06.drawn_up_by"), bold)
    page.merge_range(line + 1, 8, line + 1, LAST, words("reports.ii06.signed_by"), bold)


def notes(filled: Filled, words: Wording) -> list[str]:
    """What a reader of the table must know, one sentence a line."""
    said = []
    for name, place in filled.placement.items():
        if place == "outside":
            n = filled.total.outside[name]
            if n:
                said.append(words("reports.ii06.outside", n=n, what=words(f"reports.ii06.{name}")))
        else:
            said.append(
                words("reports.ii06.placed", column=str(place), what=words(f"reports.ii06.{name}"))
            )
    said.append(words(f"reports.ii06.units.{filled.units}"))
    return said


def verdict(check: Check, words: Wording) -> str:
    """Whether an equation holds, and what makes its difference."""
    if not check.holds:
        return words("reports.ii06.verdict.wrong")
    if not check.difference:
        return words("reports.ii06.verdict.holds")
    reasons = "; ".join(
        f"{words(f'reports.ii06.{name}')}: {words.number(n)}" for name, n in check.explained.items()
    )
    return words("reports.ii06.verdict.explained", reasons=reasons)


def _checks(book: Book, filled: Filled, words: Wording) -> None:
    page = book.sheet(words("reports.ii06.checks"))
    title = filled.form.version(filled.period.last).label
    line = book.lines(
        page, words("reports.ii06.checks"), [title, filled.period.label(words.language)]
    )
    heads = ("equation", "left", "right", "difference", "verdict")
    texts = [words(f"reports.ii06.check.{head}") for head in heads]
    book.heading(page, line, texts, [24, 12, 12, 12, 60])
    for check in filled.checks:
        line += 1
        values = [check.equation, check.left, check.right, check.difference]
        book.row(page, line, [*values, verdict(check, words)])
