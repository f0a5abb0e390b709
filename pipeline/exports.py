"""Tables as files: CSV for programs, XLSX for people. A cell is data, never a formula."""

from __future__ import annotations

import csv
import io
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from textwrap import wrap
from typing import Any, Literal

import pyarrow as pa
import xlsxwriter

from pipeline.errors import Refused

# What a spreadsheet takes for the beginning of a formula or of a command: at the beginning of a
# cell, after spaces too, or behind what another country's spreadsheet takes for the end of a cell.
FORMULA_STARTS = re.compile(r"\A(?=[\t\r\n]|\s*[=+\-@＝＋－＠])|(?<=;)(?=\s*[=+\-@＝＋－＠])")
XLSX_LETTERS = 32_767  # of one cell
XLSX_ROWS = 1_048_576
WIDEST = 34  # characters; longer texts go on in the next line of their cell
WIDEST_HEADING = 12
LINE = 15.0  # points
ROWS_THAT_DECIDE_WIDTHS = 2_000
A4 = 9  # Excel's number for it
HEAD = "#E8EEF3"
CELL = {"valign": "top", "bottom": 4, "bottom_color": "#8A95A3"}  # a dotted line below each row

Form = Literal["percent", "date", "moment", "number"]
XLSX_FORMATS: dict[str, str] = {
    "percent": "0.00%",
    "date": "dd/mm/yyyy",
    "moment": "dd/mm/yyyy hh:mm",
    "number": "#,##0",
}


def neutral(text: str) -> str:
    """Text that no spreadsheet runs: an apostrophe stands before what looks like a formula."""
    return FORMULA_STARTS.sub("'", text)


def csv_bytes(table: pa.Table, headers: Mapping[str, str]) -> bytes:
    """The table as CSV: UTF-8 with a mark at the start, ISO dates, numbers with a full stop.

    headers: column -> heading, in the order of the file; columns not named are left out.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([neutral(heading) for heading in headers.values()])
    for row in _rows(table, headers):
        writer.writerow([_csv_cell(value) for value in row])
    return text.getvalue().encode("utf-8-sig")


def xlsx_bytes(
    table: pa.Table,
    headers: Mapping[str, str],
    *,
    sheet: str,
    forms: Mapping[str, Form] | None = None,
    printed: tuple[str, str] = ("", ""),
    facts: Sequence[tuple[str, str]] = (),
    facts_sheet: str = "",
) -> bytes:
    """The table as a workbook that prints on A4: numbers and dates typed, heading row repeated.

    headers: column -> heading, in the order of the sheet; columns not named are left out.
    forms: column -> how a number or date is shown, where its type does not tell. printed: what
    stands at the left and at the right over each printed page. facts: what the table speaks of (as
    of, period, unit), on a second sheet `facts_sheet`.
    Raises Refused when the rows do not fit into one sheet.
    """
    if table.num_rows >= XLSX_ROWS:
        raise Refused("error.query.too_long_for_excel", n=table.num_rows, most=XLSX_ROWS - 1)
    with new_workbook() as (book, target):
        page = book.add_worksheet(_sheet_name(sheet))
        _write_rows(book, page, table, headers, forms or {})
        page.freeze_panes(1, 1)
        if table.num_rows:
            page.autofilter(0, 0, table.num_rows, len(headers) - 1)
        fit_to_a4(page, *printed)
        page.repeat_rows(0)
        if facts:
            _write_facts(book, facts, facts_sheet or "info")
    return target.getvalue()


@contextmanager
def new_workbook() -> Iterator[tuple[Any, io.BytesIO]]:
    """A workbook in memory; its bytes are complete after the block."""
    target = io.BytesIO()
    # strings_to_formulas is on by default: "=1+1" in a name must stay the text it is.
    options = {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}
    with xlsxwriter.Workbook(target, options) as book:
        yield book, target


def fit_to_a4(page: Any, left: str, right: str) -> None:
    """Landscape, all columns on one page's width; a line over each page, its number below."""
    page.set_landscape()
    page.set_paper(A4)
    page.set_margins(left=0.4, right=0.4, top=0.7, bottom=0.6)
    page.fit_to_pages(1, 0)
    page.set_header(f"&L{_printable(left)}&R{_printable(right)}")
    page.set_footer("&R&P/&N")


def _printable(text: str) -> str:
    """Text for a printed line, where & begins a command and 255 signs are the most."""
    return text[:90].replace("&", "&&")


def _write_rows(
    book: Any,
    page: Any,
    table: pa.Table,
    headers: Mapping[str, str],
    forms: Mapping[str, Form],
) -> None:
    bold = book.add_format(
        {"bold": True, "text_wrap": True, "valign": "vcenter", "bottom": 1, "bg_color": HEAD}
    )
    formats = {
        name: book.add_format(CELL | {"num_format": code}) for name, code in XLSX_FORMATS.items()
    }
    plain, wrapped = book.add_format(CELL), book.add_format(CELL | {"text_wrap": True})
    chosen = [formats.get(_form(table, name, forms.get(name)) or "", plain) for name in headers]
    widths = [min(len(heading), WIDEST_HEADING) for heading in headers.values()]
    for line, row in enumerate(_rows(table, headers), start=1):
        lines = 1
        for column, value in enumerate(row):
            if isinstance(value, str) and len(value) > WIDEST:
                page.write_string(line, column, fitting(value), wrapped)
                lines = max(lines, lines_of(value, WIDEST))
            else:
                _write_cell(page, line, column, value, chosen[column])
            if line <= ROWS_THAT_DECIDE_WIDTHS:
                widths[column] = max(widths[column], _width(value))
        if lines > 1:  # left alone, not every program makes room
            page.set_row(line, lines * LINE)
    lines = 1
    for column, (heading, width) in enumerate(zip(headers.values(), widths, strict=True)):
        page.write_string(0, column, heading, bold)
        page.set_column(column, column, min(width, WIDEST) + 2)
        lines = max(lines, lines_of(heading, min(width, WIDEST)))
    page.set_row(0, lines * LINE + 4)


def lines_of(text: str, width: int) -> int:
    """How many lines a text takes in a cell of so many characters."""
    return sum(len(wrap(part, width)) or 1 for part in text.split("\n"))


def _rows(table: pa.Table, headers: Mapping[str, str]) -> Iterator[tuple[Any, ...]]:
    chosen = table.select(list(headers))
    for batch in chosen.to_batches(max_chunksize=10_000):
        for row in zip(*(column.to_pylist() for column in batch.columns), strict=True):
            yield tuple(None if _is_no_number(value) else value for value in row)


def _is_no_number(value: Any) -> bool:
    return isinstance(value, float) and not math.isfinite(value)


def _sheet_name(name: str) -> str:
    """A name without the signs that Excel forbids, and not longer than it allows."""
    return re.sub(r"[\[\]:*?/\\]", " ", name)[:31].strip("' ")


def _csv_cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return neutral(value)
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, datetime):
        return value.isoformat(sep=" ", timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int | float):
        return repr(value)
    return neutral(str(value))


def _form(table: pa.Table, name: str, asked: Form | None) -> Form | None:
    kind = table.schema.field(name).type
    if asked:
        return asked
    if pa.types.is_timestamp(kind):
        return "moment"
    if pa.types.is_date(kind):
        return "date"
    return "number" if pa.types.is_integer(kind) else None


def _write_cell(page: Any, line: int, column: int, value: Any, form: Any) -> None:
    if value is None:
        page.write_blank(line, column, None, form)
    elif isinstance(value, bool):
        page.write_number(line, column, int(value))
    elif isinstance(value, int | float):
        page.write_number(line, column, value, form)
    elif isinstance(value, datetime | date):
        page.write_datetime(line, column, value, form)
    else:
        page.write_string(line, column, fitting(str(value)), form)


def fitting(text: str) -> str:
    """As much of a text as a cell of a workbook holds; the library would leave it empty."""
    return text if len(text) <= XLSX_LETTERS else f"{text[: XLSX_LETTERS - 1]}…"


def _width(value: Any) -> int:
    if isinstance(value, float):
        return 8
    return 16 if isinstance(value, datetime) else len(str("" if value is None else value))


def _write_facts(book: Any, facts: Sequence[tuple[str, str]], name: str) -> None:
    page = book.add_worksheet(_sheet_name(name))
    page.set_column(0, 0, 28)
    page.set_column(1, 1, WIDEST)
    for line, (label, value) in enumerate(facts):
        page.write_string(line, 0, label)
        page.write_string(line, 1, fitting(value))
