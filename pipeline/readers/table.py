"""What every reader hands over: a table of text cells, where it came from, what was left out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from pipeline.errors import Phrase
from pipeline.readers.encodings import BadBytes
from pipeline.text import squeeze

Cells = tuple[str | None, ...]
Row = tuple[int, Cells]  # line in the file (or row of the sheet), from 1; cells, None = empty
Reason = Literal["title", "header", "column_numbers", "group", "total", "signature", "blank"]

SkipReason = Literal[
    "hidden",
    "lock_file",
    "system",
    "link",
    "empty",
    "unknown_kind",
    "unsafe_path",
    "encrypted",
    "hidden_sheet",
    "empty_sheet",
    "no_header",
    "other_table",
    "no_table",
    "landed_before",
    "same_content",
]
EXTRA = "_extra"  # column of cells beyond the last header
LINE = "_line"  # column of the line a row stood in
# A merged area: first and last row, first and last column, counted from 0 and inclusive.
Merged = tuple[int, int, int, int]


@dataclass(frozen=True)
class LeftOut:
    """A row of the file that is no data. text: its filled cells, joined.

    cells: as they stand under the headers; none for what stands above them.
    """

    line: int
    reason: Reason
    text: str
    cells: Cells = field(default=(), repr=False, compare=False)


def joined_text(cells: Iterable[str | None]) -> str:
    """The filled cells of a row as one text, for people; long ones are cut."""
    return " | ".join(text for cell in cells if (text := squeeze(cell)))[:500]


@dataclass(frozen=True)
class Skipped:
    """A file, archive member or sheet that was not read, and why."""

    name: str
    reason: SkipReason

    def __str__(self) -> str:
        return f"{self.name}: {self.reason}"

    def told(self) -> Phrase:
        """For a person, as part of a sentence."""
        return Phrase(f"skipped.{self.reason}", self.name)


@dataclass
class Findings:
    """What is only known once the rows were read; filled anew by every reading."""

    left_out: list[LeftOut] = field(default_factory=list)
    short_rows: int = 0
    extra_cells: int = 0
    bad_bytes: BadBytes = field(default_factory=BadBytes)

    def clear(self) -> None:
        """Forget the previous reading."""
        self.left_out = []
        self.short_rows = self.extra_cells = 0
        self.bad_bytes = BadBytes()

    def warnings(self) -> Iterator[str]:
        """Codes with a number, for the manifest."""
        if self.short_rows:
            yield f"short_rows {self.short_rows}"
        if self.extra_cells:
            yield f"extra_cells {self.extra_cells}"
        if self.bad_bytes.lines:
            yield f"bad_bytes {self.bad_bytes.lines} from line {self.bad_bytes.first_line}"


@dataclass(frozen=True)
class Delimited:
    """How a table lies in a delimited text file, for reading it without Python.

    skip_lines: physical lines up to and including the header, None when quoted line breaks or
    anything else above make that number unsure.
    """

    path: Path
    encoding: str
    delimiter: str
    skip_lines: int | None


@dataclass(frozen=True)
class Table:
    """One table found in a file.

    file: path relative to what was named, 'x.zip/inner.csv' for members. title: the text above the
    header, None where there is none. header_line: the header's last line, from 1; 0 where headers
    are no line of the file. headers: unique, ignoring case.
    numbered: reads the data rows anew at every call, each as (line, cells); as many cells as
    headers, one more where a row had cells beyond them (joined with the delimiter).
    """

    file: str
    sheet: str | None
    encoding: str | None
    delimiter: str | None
    title: str | None
    header_line: int
    headers: tuple[str, ...]
    numbered: Callable[[], Iterator[Row]]
    findings: Findings = field(default_factory=Findings)
    notes: tuple[str, ...] = ()  # warnings known before the rows are read
    delimited: Delimited | None = None
    sample: tuple[Row, ...] = field(default=(), repr=False)  # first rows under the header, unsorted
    above: tuple[LeftOut, ...] = ()  # what stands above the header
    held: object = field(default=None, repr=False, compare=False)  # keeps unpacked files alive

    def rows(self) -> Iterator[Cells]:
        """The data rows without their lines."""
        return (cells for _, cells in self.numbered())

    @property
    def left_out(self) -> Sequence[LeftOut]:
        """Rows that are no data, in the order of the file; complete once the rows were read."""
        return self.findings.left_out

    @property
    def warnings(self) -> tuple[str, ...]:
        """Codes of what is odd about the table; complete once the rows were read."""
        return (*self.notes, *self.findings.warnings())
