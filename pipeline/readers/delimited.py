"""CSV and its relatives: any delimiter, any of the encodings, quoted newlines, titles above the header."""

from __future__ import annotations

import csv
import sys
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from pipeline.readers import encodings
from pipeline.readers.base import Row, Table
from pipeline.readers.layout import LOOKED_AT
from pipeline.readers.sheet import table_of

DELIMITERS = (",", ";", "\t", "|")
csv.field_size_limit(min(sys.maxsize, 2**31 - 1))


def tables(
    path: Path, name: str, known: frozenset[str], workspace: Path, sheet: str = ""
) -> Iterator[Table]:
    """The one table of a delimited file. Other encodings are written as UTF-8 into `workspace` first."""
    encoding = encodings.detect_file(path)
    bad = encodings.BadBytes()
    plain = path
    if encoding != encodings.UTF8 or not _is_utf8(path):
        plain = workspace / f"{path.name}.utf8"
        encodings.write_utf8(path, encoding, plain, bad)
    with plain.open(encoding="utf-8-sig", newline="") as file:
        sample = "".join(islice(file, 200))
    delimiter = _delimiter(sample)
    head = list(islice(_rows(plain, delimiter), LOOKED_AT + 20))
    warnings = ()
    if bad.lines:
        warnings = (
            f"{bad.lines} lines hold bytes outside {encoding}, the first is {bad.first_line}",
        )
    table = table_of(
        name,
        None,
        head,
        lambda: _rows(plain, delimiter),
        known,
        encoding=encoding,
        delimiter=delimiter,
        plain_csv=plain,
        warnings=warnings,
    )
    if table is not None:
        yield table


def _is_utf8(path: Path) -> bool:
    """True where every byte of the file is UTF-8."""
    import codecs

    decoder = codecs.getincrementaldecoder("utf-8")()
    with path.open("rb") as file:
        while block := file.read(1 << 22):
            try:
                decoder.decode(block)
            except UnicodeDecodeError:
                return False
    return True


def _rows(path: Path, delimiter: str) -> Iterator[Row]:
    """Rows with the line on which each begins."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        lines = (line.replace("\0", "") for line in file)
        reader = csv.reader(lines, delimiter=delimiter)
        before = 0
        for cells in reader:
            yield before + 1, tuple(cell if cell != "" else None for cell in cells)
            before = reader.line_num


def _delimiter(sample: str) -> str:
    """The delimiter that cuts most lines into the same number of cells, more than one."""
    best, best_score = ",", 0.0
    for delimiter in DELIMITERS:
        try:
            rows = list(csv.reader(sample.splitlines(keepends=True), delimiter=delimiter))
        except csv.Error:
            continue
        widths = Counter(len(row) for row in rows if len(row) > 1)
        if not widths:
            continue
        width, n = max(widths.items(), key=lambda item: (item[1] * item[0], item[0]))
        score = n * (width - 1) / max(len(rows), 1)
        if score > best_score:
            best, best_score = delimiter, score
    return best
