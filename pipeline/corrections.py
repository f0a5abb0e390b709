"""Known errors of a source, mended as entries with a reason; never by editing a file.

Entries stand in data/config/corrections.toml and in <warehouse>/corrections.toml:

    [[correction]]
    source = "igate"
    dossier_code = "H37.14-231207-0003"
    column = "due_at"
    expected = "01/01/1900"      # what the source wrote; the entry applies to nothing else
    value = "12/12/2023"
    reason = "typed at the counter; the paper slip says 12/12/2023"
    reported_by = "Trung tâm Phục vụ hành chính công"
    reported_on = 2023-12-15
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from pipeline.canonical import COLUMNS
from pipeline.errors import BadConfiguration
from pipeline.faults import first_fault, read_toml

CONFIG = Path(__file__).parent.parent / "data" / "config" / "corrections.toml"


class Correction(BaseModel):
    """One mended cell of one dossier."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    source: str
    dossier_code: str
    column: str
    expected: str | None
    value: str | None
    reason: str
    reported_by: str
    reported_on: date


def corrections_for(source: str, warehouse: Path) -> list[dict[str, str | None]]:
    """Entries for one source, as rows of the temp table correction.

    Raises BadConfiguration naming the file and the entry for a key or column that is not known.
    """
    found = []
    for path in (CONFIG, warehouse / "corrections.toml"):
        found += [entry for entry in _read(path) if entry.source == source]
    return [
        {
            "dossier_code": entry.dossier_code,
            "column_name": entry.column,
            "expected": entry.expected,
            "value": entry.value,
        }
        for entry in found
    ]


def _read(path: Path) -> list[Correction]:
    try:
        written = read_toml(path, str(path))
    except FileNotFoundError:
        return []
    if unknown := sorted(set(written) - {"correction"}):
        raise BadConfiguration("error.correction.unknown_key", file=path, key=unknown[0])
    try:
        entries = [Correction(**entry) for entry in written.get("correction", [])]
    except ValidationError as problem:
        fault = first_fault(problem)
        raise BadConfiguration("error.config.in_file", file=path, fault=fault) from None
    for entry in entries:
        if entry.column not in COLUMNS["dossier"]:
            raise BadConfiguration(
                "error.correction.no_column",
                file=path,
                dossier=entry.dossier_code,
                column=entry.column,
            )
    return entries
