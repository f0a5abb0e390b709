"""Known errors of a source, mended as entries with a reason; never by editing a file.

Entries stand in data/config/corrections.toml and in <warehouse>/corrections.toml:

    [[correction]]
    source = "igate"
    dossier_code = "H37.14-231207-0003"
    column = "due_at"
    expected = "01/01/1900"      # what the source wrote, left out for an empty cell
    value = "12/12/2023"         # left out to empty the cell
    reason = "typed at the counter; the paper slip says 12/12/2023"
    reported_by = "Trung tâm Phục vụ hành chính công"
    reported_on = 2023-12-15

An entry applies to the text expected and to nothing else; where the dossier comes without it, the
source has been mended, and a warning says that the entry is no longer needed.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection
from datetime import date
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from pipeline.canonical import COLUMNS, STEP_COLUMNS
from pipeline.errors import BadConfiguration
from pipeline.faults import first_fault, read_toml
from pipeline.sources import Source, source_hash

# What an entry may mend: a dossier is found by its code, and a step by nothing.
CORRECTABLE = tuple(
    column for column in COLUMNS["dossier"] if column not in ("dossier_code", *STEP_COLUMNS)
)
FILE = "corrections.toml"
CONFIG = Path(__file__).parent.parent / "data" / "config" / "corrections.toml"


class Correction(BaseModel):
    """One mended cell of one dossier."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    source: str
    dossier_code: str
    column: str
    expected: str | None = None
    value: str | None = None
    reason: str
    reported_by: str
    reported_on: date


class Corrections(BaseModel):
    """A file of them."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    correction: list[Correction] = []


def corrections_for(source: Source, warehouse: Path) -> list[dict[str, str | None]]:
    """Entries for one source, as rows of the temp table correction.

    Raises BadConfiguration naming the file and the entry for a key or column that is not known, and
    for an entry of a source that tells no dossiers.
    """
    found = []
    for path in (CONFIG, warehouse / FILE):
        for entry in _read(path):
            if entry.source != source.name:
                continue
            if source.kind != "dossier":
                raise BadConfiguration(
                    "error.correction.no_dossiers",
                    file=path,
                    dossier=entry.dossier_code,
                    source=source.name,
                )
            found.append(entry)
    return [
        {
            "dossier_code": entry.dossier_code,
            "column_name": entry.column,
            "expected": entry.expected,
            "value": entry.value,
        }
        for entry in found
    ]


def in_force(warehouse: Path) -> list[Correction]:
    """Every entry, of every source. Raises BadConfiguration as `corrections_for`."""
    return [entry for path in (CONFIG, warehouse / FILE) for entry in _read(path)]


def require_known_sources(known: Collection[str], warehouse: Path) -> None:
    """Raise BadConfiguration for an entry of a source that there is not: nothing would use it."""
    for path in (CONFIG, warehouse / FILE):
        for entry in _read(path):
            if entry.source not in known:
                raise BadConfiguration(
                    "error.correction.no_source",
                    file=path,
                    dossier=entry.dossier_code,
                    source=entry.source,
                    known=sorted(known),
                )


def reading_hash(source: Source, corrections: list[dict[str, str | None]]) -> str:
    """Hash of all that decides how a source's rows are read: rows read otherwise are read anew."""
    if not corrections:
        return source_hash(source)
    said = json.dumps([source_hash(source), corrections], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(said.encode()).hexdigest()


def _read(path: Path) -> list[Correction]:
    try:
        written = read_toml(path, str(path))
    except FileNotFoundError:
        return []
    try:
        entries = Corrections(**written).correction
    except ValidationError as problem:
        fault = first_fault(problem)
        raise BadConfiguration("error.config.in_file", file=path, fault=fault) from None
    for entry in entries:
        if entry.column not in CORRECTABLE:
            raise BadConfiguration(
                "error.correction.no_column",
                file=path,
                dossier=entry.dossier_code,
                column=entry.column,
                known=CORRECTABLE,
            )
    return entries
