"""Looking something up in the access log, newest first."""

from __future__ import annotations

import os
import threading
from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pipeline.audit.entry import Entry
from pipeline.audit.files import folder_of, months
from pipeline.text import fold

_MONTHS_KEPT = 24  # files kept in memory; a month's file only ever grows


@dataclass(frozen=True)
class Asked:
    """What is looked for; None does not narrow. who: a part of the name, accents aside.

    first, last: days, both included.
    """

    who: str | None = None
    event: str | None = None
    first: date | None = None
    last: date | None = None

    def fits(self, entry: Entry) -> bool:
        return (
            (self.event is None or entry.event == self.event)
            and (self.who is None or fold(self.who) in fold(entry.who))
            and (self.first is None or entry.at[:10] >= self.first.isoformat())
            and (self.last is None or entry.at[:10] <= self.last.isoformat())
        )

    def reaches(self, month: str) -> bool:
        """Whether a file, named by its month, can hold an entry that fits.

        A clock that was put back leaves entries of an earlier day in a later month's file.
        """
        return self.first is None or month >= f"{self.first:%Y-%m}"


@dataclass
class _Month:
    """A file as far as it was read: up to `upper` bytes, the end of a line."""

    upper: int
    entries: list[Entry]


_months: OrderedDict[Path, _Month] = OrderedDict()
_lock = threading.Lock()


def search(warehouse: Path, asked: Asked) -> Iterator[Entry]:
    """Entries that fit, newest first; a line that is no entry is for `verify` to tell."""
    for path in reversed(months(folder_of(warehouse))):
        if asked.reaches(path.stem):
            yield from (entry for entry in reversed(_read(path)) if asked.fits(entry))


def _read(path: Path) -> list[Entry]:
    """The entries of a file; of one that was read before, only what was added since is read."""
    with _lock, path.open("rb") as file:
        size = file.seek(0, os.SEEK_END)
        known = _months.pop(path, None)
        if known is None or known.upper > size:
            known = _Month(0, [])
        file.seek(known.upper)
        *lines, rest = file.read(size - known.upper).split(b"\n")
        added = [entry for line in lines if (entry := Entry.read(line)) is not None]
        _months[path] = _Month(size - len(rest), known.entries + added)
        while len(_months) > _MONTHS_KEPT:
            _months.popitem(last=False)
        return _months[path].entries
