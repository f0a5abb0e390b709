"""The access log itself grows old: whole months leave it, and the chain says so."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from pipeline.audit.chain import THROUGH, THROUGH_SHA256
from pipeline.audit.entry import Entry
from pipeline.audit.files import folder_of, months
from pipeline.errors import Refused


def months_before(warehouse: Path, day: date) -> list[str]:
    """Months that ended before a day, oldest first; never the one being written."""
    return [path.stem for path in months(folder_of(warehouse))[:-1] if path.stem < f"{day:%Y-%m}"]


def remove_month(
    warehouse: Path, month: str, note: Callable[[str, int, dict[str, str]], None]
) -> None:
    """Remove the oldest month; the entry made before says where the chain begins from now on.

    One entry a month, so that a crash between two leaves a beginning that an entry vouches for.
    Raises Refused for a file that ends with no whole entry: it is for `check` to tell why.
    """
    path = folder_of(warehouse) / f"{month}.jsonl"
    n = 0
    last: Entry | None = None
    with path.open("rb") as file:
        for line in file:
            entry = Entry.read(line.removesuffix(b"\n"))
            if entry is not None and entry.is_exactly(line.removesuffix(b"\n")):
                last, n = entry, n + 1
    if last is None:
        raise Refused("error.audit.changed", file=path.name, line=1)
    note("access_log", n, {"month": month, THROUGH: str(last.n), THROUGH_SHA256: last.sha256})
    path.unlink()
