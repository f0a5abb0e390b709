"""Files of every shape, the same bytes for the same content whenever they are written."""

from __future__ import annotations

import csv
import gzip
import html
import io
import json
import zipfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import xlsxwriter

Cell = str | float | int | datetime | None
_STAMP = (2000, 1, 1, 0, 0, 0)  # the time that every archive member claims


@dataclass
class Sheet:
    """A worksheet as offices lay it out.

    title: lines merged above the header. groups: row number -> heading printed before that row.
    total: label and number of the last row. signed: lines of the signature block.
    """

    headers: Sequence[str]
    rows: Iterable[Sequence[Cell]]
    title: Sequence[str] = ()
    numbered: bool = False  # a first column STT and a row of column numbers under the header
    groups: dict[int, str] = field(default_factory=dict)
    total: tuple[str, int] | None = None
    signed: Sequence[str] = ()
    name: str = "Sheet1"


def write_xlsx(path: Path, sheets: Sequence[Sheet], written_at: datetime) -> None:
    """Write a workbook; text stays text, also where it looks like a formula or a link."""
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    book = xlsxwriter.Workbook(str(path), options)
    book.set_properties({"created": written_at, "author": ""})
    bold = book.add_format({"bold": True})
    moment = book.add_format({"num_format": "dd/mm/yyyy hh:mm:ss"})
    centred = book.add_format({"bold": True, "align": "center"})
    for sheet in sheets:
        page = book.add_worksheet(sheet.name)
        headers = ["STT", *sheet.headers] if sheet.numbered else list(sheet.headers)
        line = 0
        for text in sheet.title:
            if text:
                page.merge_range(line, 0, line, len(headers) - 1, text, centred)
            line += 1
        for column, header in enumerate(headers):
            page.write_string(line, column, header, bold)
        line += 1
        if sheet.numbered and sheet.title:
            for column in range(len(headers)):
                page.write_string(line, column, f"({column + 1})")
            line += 1
        shift = 1 if sheet.numbered else 0
        for number, row in enumerate(sheet.rows):
            if number in sheet.groups:
                page.write_string(line, 0, sheet.groups[number], bold)
                line += 1
            if sheet.numbered:
                page.write_number(line, 0, number + 1)
            for column, cell in enumerate(row, shift):
                if isinstance(cell, str):
                    if cell:
                        page.write_string(line, column, cell)
                elif isinstance(cell, datetime):
                    page.write_datetime(line, column, cell, moment)
                elif cell is not None:
                    page.write_number(line, column, cell)
            line += 1
        if sheet.total:
            page.write_string(line, 0, sheet.total[0], bold)
            page.write_number(line, 2, sheet.total[1], bold)
            line += 1
        for text in sheet.signed:
            line += 1
            page.write_string(line, max(len(headers) - 3, 0), text)
    book.close()


def csv_text(headers: Sequence[str], rows: Iterable[Sequence[str]], delimiter: str = ",") -> str:
    """A table as CSV text with CRLF line ends."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=delimiter, lineterminator="\r\n")
    writer.writerow(headers)
    writer.writerows(rows)
    return buffer.getvalue()


def write_text(path: Path, text: str, encode: Callable[[str], bytes]) -> None:
    """Write text through an encoder."""
    path.write_bytes(encode(text))


def write_gz(path: Path, content: bytes) -> None:
    """Write gzip without name and time in its head."""
    with path.open("wb") as raw, gzip.GzipFile("", "wb", 6, raw, mtime=0) as packed:
        packed.write(content)


def write_zip(path: Path, members: dict[str, bytes]) -> None:
    """Write an archive with its members in the order given."""
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in members.items():
            entry = zipfile.ZipInfo(name, _STAMP)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, content)


def write_parquet(path: Path, columns: dict[str, list[str]]) -> None:
    """Write text columns; empty text is null."""
    table = pa.table(
        {
            name: pa.array([cell or None for cell in cells], pa.string())
            for name, cells in columns.items()
        }
    )
    pq.write_table(table, path)


def write_html_table(
    path: Path, headers: Sequence[str], rows: Iterable[Sequence[str]], above: Sequence[str]
) -> None:
    """Write an HTML table, a blank merged row above its header as in lists saved as .xls."""
    wide = len(headers)
    lines = [
        "<html><head>",
        "<meta http-equiv='Content-Type' content='text/html; charset=utf-8'></head><body>",
        "<table border='1'>",
    ]
    lines += [f"<tr><td colspan='{wide}'>{html.escape(text)}</td></tr>" for text in above]
    lines.append(f"<tr><td colspan='{wide}'></td></tr>")
    lines.append(_html_row("th", headers))
    lines += [_html_row("td", row) for row in rows]
    lines.append("</table></body></html>")
    path.write_text("\n".join(lines), encoding="utf-8")


def _html_row(tag: str, cells: Sequence[str]) -> str:
    inner = f"</{tag}><{tag}>".join(html.escape(cell) for cell in cells)
    return f"<tr><{tag}>{inner}</{tag}></tr>"


def json_bytes(content: object, *, indent: int | None = None) -> bytes:
    """JSON as UTF-8, Vietnamese letters as they are."""
    return json.dumps(content, ensure_ascii=False, indent=indent).encode()
