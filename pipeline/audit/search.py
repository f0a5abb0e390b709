"""Looking something up in the access log, newest first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from pipeline.audit.entry import Entry
from pipeline.audit.files import folder_of, months
from pipeline.text import fold

_MONTHS_KEPT = 24  # files read and kept in memory while they do not grow


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


def search(warehouse: Path, asked: Asked) -> Iterator[Entry]:
    """Entries that fit, newest first; a line that is no entry is for `verify` to tell."""
    for path in reversed(months(folder_of(warehouse))):
        if asked.reaches(path.stem):
            entries = _read(path, path.stat().st_size)
            yield from (entry for entry in reversed(entries) if asked.fits(entry))


@lru_cache(maxsize=_MONTHS_KEPT)
def _read(path: Path, size: int) -> tuple[Entry, ...]:
    """The entries in the first `size` bytes of a file, which nobody ever writes again."""
    with path.open("rb") as file:
        lines = file.read(size).split(b"\n")
    return tuple(entry for line in lines[:-1] if (entry := Entry.read(line)) is not None)
