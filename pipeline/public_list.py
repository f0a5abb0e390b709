"""The public list of apologies: numbered files that nobody can change unseen.

Each list is a canonical text with the hash of the one before it. What an earlier list said is never
edited: a letter that is new, says otherwise or is gone becomes an entry of the next list. The files
and the little program beside them are all a citizen needs to check the chain.

    dung-hen apologies 1
    office: Bộ phận Một cửa
    number: 2
    as-of: 2026-11-25T20:32:00
    previous: 3a6e...            sha256 of list 1, or - for the first
    entries: 1
    ---
    add  H01-1  1  2026-04-07  2026-04-06  2026-04-14  financial       (separated by tabs)
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from pipeline.errors import Refused
from pipeline.settings import ROOT

FORMAT = "dung-hen apologies 1"
VERIFIER = ROOT / "scripts" / "verify_apologies.py"
FIELDS = ("promised_day", "letter_day", "new_day", "reason_code")
NOTHING = "-"

Key = tuple[str, str]  # dossier code, number of the letter
Facts = tuple[str, ...]  # FIELDS as text


@dataclass(frozen=True)
class Published:
    """What a call wrote: file, hash and entries by kind; number 0 where nothing is new."""

    number: int
    path: Path | None
    sha256: str
    added: int
    changed: int
    withdrawn: int


def publish(
    rows: Iterable[Mapping[str, Any]], folder: Path, office: str, as_of: datetime
) -> Published:
    """Write the next list into a folder, where the letters differ from what its lists say.

    rows: of the query `apology_list`. Raises Refused where the folder's own chain is broken.
    """
    folder.mkdir(parents=True, exist_ok=True)
    said, last, number = _replayed(folder)
    now = {_key(row): _facts(row) for row in rows}
    entries = list(_entries(said, now))
    kinds = [entry[0] for entry in entries]
    if not entries:
        return Published(0, None, last, 0, 0, 0)
    number += 1
    text = _text(office, number, as_of, last, entries)
    path = folder / f"{number:04}.txt"
    digest = hashlib.sha256(text.encode()).hexdigest()
    _write(path.with_suffix(".sha256"), f"{digest}  {path.name}\n")
    _write(path, text)
    shutil.copyfile(VERIFIER, folder / VERIFIER.name)
    counted = (kinds.count(kind) for kind in ("add", "change", "withdraw"))
    return Published(number, path, digest, *counted)


def _key(row: Mapping[str, Any]) -> Key:
    return _plain(row["dossier_code"]), str(row["ordinal"])


def _facts(row: Mapping[str, Any]) -> Facts:
    return tuple(_plain(row[name]) for name in FIELDS)


def _plain(value: object) -> str:
    """A value in one column: no tab and no line of its own."""
    return " ".join(str(value).split()) if value is not None else NOTHING


def _entries(said: Mapping[Key, Facts], now: Mapping[Key, Facts]) -> Iterable[tuple[str, ...]]:
    """What the next list says, in the order of codes."""
    for key in sorted({*said, *now}):
        if key not in said:
            yield ("add", *key, *now[key])
        elif key not in now:
            yield ("withdraw", *key, *said[key])
        elif said[key] != now[key]:
            yield ("change", *key, *now[key])


def _text(
    office: str, number: int, as_of: datetime, last: str, entries: Sequence[tuple[str, ...]]
) -> str:
    head = [
        FORMAT,
        f"office: {_plain(office)}",
        f"number: {number}",
        f"as-of: {as_of.replace(microsecond=0).isoformat()}",
        f"previous: {last or NOTHING}",
        f"entries: {len(entries)}",
        "---",
    ]
    return "\n".join([*head, *("\t".join(entry) for entry in entries)]) + "\n"


def _replayed(folder: Path) -> tuple[dict[Key, Facts], str, int]:
    """What the lists of a folder say together, the hash of the last and its number."""
    said: dict[Key, Facts] = {}
    last, number = "", 0
    for path in sorted(folder.glob("[0-9][0-9][0-9][0-9].txt")):
        text = path.read_bytes()
        number += 1
        lines = text.decode().splitlines()
        previous = next((line[10:] for line in lines if line.startswith("previous: ")), "")
        if path.stem != f"{number:04}" or previous != (last or NOTHING):
            raise Refused("error.public_list.broken", file=path.name)
        last = hashlib.sha256(text).hexdigest()
        noted = path.with_suffix(".sha256")
        if not noted.is_file() or noted.read_text().split(" ")[0] != last:
            raise Refused("error.public_list.changed", file=path.name)
        for line in lines[lines.index("---") + 1 :]:
            kind, code, ordinal, *facts = line.split("\t")
            if kind == "withdraw":
                said.pop((code, ordinal), None)
            else:
                said[code, ordinal] = tuple(facts)
    return said, last, number


def _write(path: Path, text: str) -> None:
    """A complete file or none."""
    growing = path.with_name(f".{path.name}-{os.getpid()}")
    growing.write_bytes(text.encode())
    growing.replace(path)
