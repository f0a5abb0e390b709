"""Any export as tables of text. The kind of a file is decided by its content, then by its name."""

from __future__ import annotations

import os
import shutil
import tempfile
import weakref
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import UnreadableFile
from pipeline.readers import (
    archive,
    delimited,
    excel,
    html,
    json_records,
    parquet,
    spreadsheet_xml,
    xes,
)
from pipeline.readers.kinds import Kind, kind_of
from pipeline.readers.table import Cells, LeftOut, Row, Skipped, SkipReason, Table

__all__ = ["Cells", "LeftOut", "Row", "Skipped", "Table", "kind_of", "member_of", "tables", "walk"]

DEEPEST = 3  # archives inside archives


def tables(
    path: Path,
    *,
    known_headers: frozenset[str] = frozenset(),
    sheet: str = "",
    members: frozenset[str] | None = None,
    skipped: list[Skipped] | None = None,
    name: str = "",
) -> Iterator[Table]:
    """The tables of a file, or of an archive's members; of a workbook the best one first.

    known_headers: folded headers that some source knows, a strong hint for the header row.
    sheet: read this sheet only. members: read these members of an archive only (as `member_of`).
    skipped: gets the sheets and members that were not read.
    name: what to call the file; its own name without.
    Raises UnreadableFile, naming the file, for what no reader can make sense of.
    """
    shown = name or path.name
    wanted = None if members is None else frozenset(f"{shown}/{one}" for one in members)
    asked = _Asked(known_headers, sheet, wanted, skipped if skipped is not None else [])
    yield from _tables(path, shown, asked, None, 0)


def member_of(table: Table, name: str) -> str:
    """The archive's member that a table lies in, '' where the file `name` is no archive."""
    return table.file.removeprefix(f"{name}/") if table.file.startswith(f"{name}/") else ""


def walk(paths: Iterable[Path]) -> tuple[list[tuple[Path, str]], list[Skipped]]:
    """Files to read, each with its name relative to what was named; folders in order of names.

    Inside a folder, hidden, lock and system files, links to folders and unknown kinds are skipped
    and named. Raises UnreadableFile for a file named outright that cannot be read, OSError for a
    folder that this user may not look into.
    """
    files: dict[Path, str] = {}
    skipped: list[Skipped] = []
    for path in paths:
        if path.is_dir():
            for inner in _below(path):
                relative = inner.relative_to(path)
                if reason := _reason_to_skip(inner, relative):
                    skipped.append(Skipped(str(relative), reason))
                else:
                    files.setdefault(inner, str(relative))
        else:
            require_known_kind(path, path.name)
            files.setdefault(path, path.name)
    return list(files.items()), skipped


def _below(folder: Path) -> list[Path]:
    """Files below a folder, and links to other folders, which are not followed."""

    def refuse(problem: OSError) -> None:
        raise problem

    found = []
    for above, folders, names in os.walk(folder, onerror=refuse):
        links = [name for name in folders if Path(above, name).is_symlink()]
        found += [Path(above, name) for name in (*names, *links)]
    return sorted(path for path in found if path.is_file() or path.is_symlink())


def require_known_kind(path: Path, name: str) -> Kind:
    """The kind of a file; UnreadableFile with one sentence where it has none."""
    if path.is_dir():
        raise UnreadableFile("error.file.folder", path=path)
    if not path.is_file():
        if path.is_symlink():
            raise UnreadableFile("error.file.link_to_nothing", path=path)
        is_there = path.exists()
        raise UnreadableFile(
            "error.file.no_file" if is_there else "error.file.none_such", path=path
        )
    try:
        kind = kind_of(path)
    except OSError:
        raise UnreadableFile("error.file.cannot_open", file=name) from None
    if kind is None and path.stat().st_size == 0:
        raise UnreadableFile("error.file.empty", file=name)
    if kind is None:
        raise UnreadableFile("error.file.unknown_kind", file=name)
    return kind


def _reason_to_skip(path: Path, relative: Path) -> SkipReason | None:
    if any(part.startswith(".") for part in relative.parts):
        return "hidden"
    if path.name.startswith("~$"):
        return "lock_file"
    if archive.is_of_the_system(path.name):
        return "system"
    if not path.is_file():
        return "link"
    if path.stat().st_size == 0:
        return "empty"
    try:
        return "unknown_kind" if kind_of(path) is None else None
    except OSError:  # told by whoever opens it, as of a file that is no export
        return None


@dataclass(frozen=True)
class _Asked:
    """What a call of `tables` asked for; members with the file's name before them."""

    known: frozenset[str]
    sheet: str
    members: frozenset[str] | None
    skipped: list[Skipped]

    def passes_over(self, name: str) -> bool:
        """Whether a file that is no archive itself is a member that was not asked for."""
        return self.members is not None and name not in self.members


def _tables(
    path: Path, name: str, asked: _Asked, held: _Unpacked | None, depth: int
) -> Iterator[Table]:
    kind = require_known_kind(path, name)
    if kind not in ("gzip", "zip") and asked.passes_over(name):
        return
    known, sheet, skipped = asked.known, asked.sheet, asked.skipped
    match kind:
        case "csv":
            yield from delimited.tables(path, name, known, sheet, held)
        case "excel":
            yield from excel.tables(path, name, known, sheet, held, skipped)
        case "html":
            yield from html.tables(path, name, known, sheet, held, skipped)
        case "spreadsheet_xml":
            yield from spreadsheet_xml.tables(path, name, known, sheet, held, skipped)
        case "json":
            yield from json_records.tables(path, name, held)
        case "parquet":
            yield from parquet.tables(path, name, held)
        case "xes":
            yield from xes.tables(path, name, held)
        case "gzip":
            held = _Unpacked()
            inner, shown = archive.gunzipped(path, name, held.folder)
            yield from _inside(inner, shown, asked, held, depth)
        case "zip":
            held = _Unpacked()
            for inner, shown in archive.unzipped(path, name, held.folder, skipped):
                if kind_of(inner) is None:
                    skipped.append(Skipped(shown, "unknown_kind"))
                else:
                    yield from _inside(inner, shown, asked, held, depth)


def _inside(path: Path, name: str, asked: _Asked, held: _Unpacked, depth: int) -> Iterator[Table]:
    if depth >= DEEPEST:
        raise UnreadableFile("error.file.archive_too_deep", file=name)
    yield from _tables(path, name, asked, held, depth + 1)


class _Unpacked:
    """A temporary folder that lasts as long as something holds it."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="dunghen-"))
        weakref.finalize(self, shutil.rmtree, self.folder, ignore_errors=True)
