"""What every report's workbook shares: sheets with valid names, typed cells, a heading row."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

from pipeline.exports import CELL, LINE, XLSX_FORMATS, fitting, lines_of, new_workbook

A4 = 9  # Excel's number of the paper
# The face of a printed form.
FACE = {"font_name": "Times New Roman", "font_size": 11, "valign": "vcenter"}
LONGEST_NAME = 31  # characters that Excel allows in the name of a sheet
_NOT_IN_A_NAME = re.compile(r"[\[\]:*?/\\]")


class Book:
    """A workbook being written. A cell is data, never a formula."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._names: set[str] = set()
        self._widths: dict[str, Sequence[int]] = {}
        self._head = book.add_format(
            {"bold": True, "text_wrap": True, "valign": "vcenter", "align": "center", "border": 1}
        )
        self._title = book.add_format({"bold": True, "font_size": 14})
        self._formats = {
            name: book.add_format(CELL | {"num_format": code})
            for name, code in XLSX_FORMATS.items()
        }
        self._bold = {
            name: book.add_format(CELL | {"num_format": code, "bold": True})
            for name, code in XLSX_FORMATS.items()
        }
        self._text = book.add_format(CELL | {"text_wrap": True})
        self._bold_text = book.add_format(CELL | {"bold": True})
        self._link = book.add_format(
            CELL | {"text_wrap": True, "font_color": "#0B5C8A", "underline": 1}
        )

    def sheet(self, name: str) -> Any:
        """A new sheet, its name made fit for Excel and unlike any before."""
        plain = " ".join(_NOT_IN_A_NAME.sub(" ", name).split()).strip("'") or "-"
        fit, n = plain[:LONGEST_NAME], 1
        while fit.casefold() in self._names or fit.casefold() == "history":
            n += 1
            ending = f" ({n})"
            fit = plain[: LONGEST_NAME - len(ending)] + ending
        self._names.add(fit.casefold())
        return self._book.add_worksheet(fit)

    def form(self, properties: Mapping[str, Any]) -> Any:
        """A cell format of one's own, for sheets that have to look like a printed form."""
        return self._book.add_format(dict(properties))

    def lines(self, page: Any, title: str, notes: Iterable[str]) -> int:
        """Title and notes from the first line on; returns the line to go on with."""
        page.write_string(0, 0, title, self._title)
        line = 1
        for note in notes:
            page.write_string(line, 0, note)
            line += 1
        return line + 1

    def heading(self, page: Any, line: int, texts: Sequence[str], widths: Sequence[int]) -> None:
        """A row of headings; widths of the columns in characters, one for each."""
        for column, (text, width) in enumerate(zip(texts, widths, strict=True)):
            page.write_string(line, column, text, self._head)
            page.set_column(column, column, width)
        self._widths[page.get_name()] = widths
        high = max(lines_of(text, width) for text, width in zip(texts, widths, strict=True))
        page.set_row(line, high * LINE + 4)

    def row(self, page: Any, line: int, values: Sequence[Any], *, is_bold: bool = False) -> None:
        """One row below a heading: numbers, dates and moments typed, everything else as text."""
        formats = self._bold if is_bold else self._formats
        text = self._bold_text if is_bold else self._text
        widths = self._widths[page.get_name()]
        lines = 1
        for column, value in enumerate(values):
            if value is None:
                page.write_blank(line, column, None, text)
            elif isinstance(value, datetime):
                page.write_datetime(line, column, value, formats["moment"])
            elif isinstance(value, date):
                page.write_datetime(line, column, value, formats["date"])
            elif isinstance(value, int | float):
                page.write_number(line, column, value, formats["number"])
            else:
                written = fitting(str(value))
                lines = max(lines, 1 if is_bold else lines_of(written, widths[column]))
                page.write_string(line, column, written, text)
        if lines > 1:  # left alone, not every program makes room
            page.set_row(line, lines * LINE)

    def link(self, page: Any, line: int, column: int, text: str, sheet: str) -> None:
        """A text that leads to another sheet of the book."""
        place = sheet.replace("'", "''")
        page.write_url(line, column, f"internal:'{place}'!A1", self._link, text)


@contextmanager
def new_book() -> Iterator[tuple[Book, io.BytesIO]]:
    """A workbook in memory; its bytes are complete after the block."""
    with new_workbook() as (book, target):
        yield Book(book), target


def by_key(rows: Iterable[Mapping[str, Any]], key: str) -> dict[Any, list[Mapping[str, Any]]]:
    """Rows in groups of one value, in the order in which the values first appear."""
    groups: dict[Any, list[Mapping[str, Any]]] = {}
    for row in rows:
        groups.setdefault(row[key], []).append(row)
    return groups
