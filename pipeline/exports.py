"""Tables as files: CSV for programs, XLSX for people. A cell is data, never a formula."""

from __future__ import annotations

import csv
import io
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any, Literal

import pyarrow as pa
import xlsxwriter

from pipeline.errors import Refused

# What a spreadsheet takes for the beginning of a formula or of a command.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")
XLSX_ROWS = 1_048_576
WIDEST = 60  # characters

Form = Literal["percent", "date", "moment", "number"]
XLSX_FORMATS: dict[str, str] = {
    "percent": "0.00%",
    "date": "dd/mm/yyyy",
    "moment": "dd/mm/yyyy hh:mm",
    "number": "#,##0",
}


def neutral(text: str) -> str:
    """Text that no spreadsheet runs: an apostrophe stands before what looks like a formula."""
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


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
    facts: Sequence[tuple[str, str]] = (),
    facts_sheet: str = "",
) -> bytes:
    """The table as a workbook: numbers and dates typed, text as text, heading row frozen.

    headers: column -> heading, in the order of the sheet; columns not named are left out.
    forms: column -> how a number or date is shown, where its type does not tell.
    facts: what the table speaks of (as of, period, unit), on a second sheet `facts_sheet`.
    Raises Refused when the rows do not fit into one sheet.
    """
    if table.num_rows >= XLSX_ROWS:
        raise Refused("error.query.too_long_for_excel", n=table.num_rows, most=XLSX_ROWS - 1)
    target = io.BytesIO()
    # strings_to_formulas is on by default: "=1+1" in a name must stay the text it is.
    options = {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}
    with xlsxwriter.Workbook(target, options) as book:
        page = book.add_worksheet(_sheet_name(sheet))
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        formats = {
            name: book.add_format({"num_format": code}) for name, code in XLSX_FORMATS.items()
        }
        widths = [len(heading) for heading in headers.values()]
        for column, heading in enumerate(headers.values()):
            page.write_string(0, column, heading, bold)
        chosen = [_form(table, name, (forms or {}).get(name)) for name in headers]
        for line, row in enumerate(_rows(table, headers), start=1):
            for column, value in enumerate(row):
                form = formats.get(chosen[column] or "")
                _write_cell(page, line, column, value, form)
                if line <= 200:
                    widths[column] = max(widths[column], _width(value))
        for column, width in enumerate(widths):
            page.set_column(column, column, min(width + 2, WIDEST))
        page.freeze_panes(1, 1)
        if table.num_rows:
            page.autofilter(0, 0, table.num_rows, len(headers) - 1)
        if facts:
            _write_facts(book, facts, facts_sheet or "info")
    return target.getvalue()


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
        return
    if isinstance(value, bool):
        page.write_number(line, column, int(value))
    elif isinstance(value, int | float):
        page.write_number(line, column, value, form)
    elif isinstance(value, datetime | date):
        page.write_datetime(line, column, value, form)
    else:
        page.write_string(line, column, str(value))


def _width(value: Any) -> int:
    return 16 if isinstance(value, datetime) else len(str(value or ""))


def _write_facts(book: Any, facts: Sequence[tuple[str, str]], name: str) -> None:
    page = book.add_worksheet(_sheet_name(name))
    page.set_column(0, 0, 28)
    page.set_column(1, 1, WIDEST)
    for line, (label, value) in enumerate(facts):
        page.write_string(line, 0, label)
        page.write_string(line, 1, value)
