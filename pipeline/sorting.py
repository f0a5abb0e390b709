"""Files sorted by the source that describes them and the day they were exported."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from pipeline.errors import Refused, UnknownSource, UnreadableFile
from pipeline.invented import MARKER
from pipeline.readers import Skipped, Table, member_of, tables, walk
from pipeline.recognise import choose, recognise
from pipeline.sources import Source, load_source
from pipeline.staging import known_headers

FIRST_KINDS = ("unit", "procedure")  # what the others refer to
SAID = 5  # files passed over that a refusal names
_DAY_FOLDER = re.compile(r"[12][0-9]{3}-[01][0-9]-[0-3][0-9]")


@dataclass(frozen=True)
class Group:
    """Files of one source and one day: one batch.

    listed_on: that day, where a folder is named for it. members: of an archive that holds exports
    of several sources, those of this one.
    """

    source: Source
    listed_on: date | None = None
    files: list[Path] = field(default_factory=list)
    members: dict[Path, frozenset[str]] = field(default_factory=dict)


@dataclass(frozen=True)
class NotTaken:
    """A file of a folder that no source fits, or that cannot be read, and why."""

    file: str
    why: Refused


@dataclass(frozen=True)
class Sorted:
    """Groups, what others refer to first; what was passed over as no export; what was refused."""

    groups: list[Group]
    skipped: list[str]
    not_taken: list[NotTaken] = field(default_factory=list)


def sort_files(paths: Sequence[Path], known: Mapping[str, Source], source: str | None) -> Sorted:
    """Files by the source that describes them.

    source: the one that all of them are; without it each file, and each member of an archive, is
    recognised by its headers. Raises UnknownSource, naming the file, where that fails for a file
    that was named outright, or for every file of a folder; UnreadableFile where no file holds a
    table. Where a folder holds others, it keeps none of them out (docs/decisions).
    """
    named, passed_over = walk(paths)
    skipped = [one for one in passed_over if Path(one.name).name != MARKER]  # ours, and no news
    files = [path for path, _ in named]
    if not files:
        if skipped:
            raise UnreadableFile(
                "error.source.none_readable_but", paths=paths, skipped=_first(skipped)
            )
        raise UnreadableFile("error.source.none_readable", paths=paths)
    groups: dict[tuple[date, str], Group] = {}
    if source is not None:
        spoken = named_source(source, known)
        for path in files:
            _group(groups, path, "", spoken).files.append(path)
        return Sorted([groups[key] for key in sorted(groups)], list(map(str, skipped)))
    headers = known_headers(list(known.values()))
    outright = set(paths)
    refused: list[NotTaken] = []
    for path, name in named:
        try:
            found = _sources_in(path, known, headers, skipped, is_found=path not in outright)
        except (UnknownSource, UnreadableFile) as problem:
            if path in outright:
                raise
            refused.append(NotTaken(name, problem))
            continue
        for name, members in found.items():
            group = _group(groups, path, name, known[name])
            group.files.append(path)
            if len(found) > 1:
                group.members[path] = frozenset(members)
    if not groups and refused:
        raise refused[0].why
    if not groups:
        raise UnreadableFile("error.source.no_table", paths=paths, skipped=_first(skipped))
    ordered = sorted(groups, key=lambda key: (known[key[1]].kind not in FIRST_KINDS, *key))
    return Sorted([groups[key] for key in ordered], list(map(str, skipped)), refused)


def _sources_in(
    path: Path,
    known: Mapping[str, Source],
    headers: frozenset[str],
    skipped: list[Skipped],
    *,
    is_found: bool,
) -> dict[str, list[str]]:
    """Source -> the archive's members that are exports of it ('' for a file that is no archive).

    is_found: in a folder, where a note may lie beside the exports.
    """
    aside: list[Skipped] = []
    found: dict[str, list[str]] = {}
    seen: set[str] = set()
    for table in tables(path, known_headers=headers, skipped=aside):
        if table.file in seen:
            continue  # another sheet of the same workbook, with the same headers
        seen.add(table.file)
        try:
            spoken = choose(table.headers, known)
        except UnknownSource as problem:
            if is_found and _is_note(table, known):
                continue
            hidden = [one.name for one in aside if one.reason == "hidden_sheet"]
            if hidden:
                raise UnknownSource(
                    "error.source.for_file_but", file=table.file, why=problem, sheets=hidden
                ) from None
            raise UnknownSource("error.source.for_file", file=table.file, why=problem) from None
        found.setdefault(spoken.name, []).append(member_of(table, path.name))
    if not found and any(one.reason == "encrypted" for one in aside):
        raise UnreadableFile("error.file.archive_password", file=path.name)
    if not found:
        skipped += aside or [Skipped(path.name, "no_table")]
    return found


def _is_note(table: Table, known: Mapping[str, Source]) -> bool:
    """Whether a text file is no table: sentences, cut at their commas, of which none is a header.

    The cells of a table's rows are as many as its headers; those of sentences are as they come.
    """
    if table.delimiter is None or any(one.score for one in recognise(table.headers, known)):
        return False
    cells = [len(cells) for _, cells in table.sample if any(cells)]
    return len(table.headers) == 1 or 2 * cells.count(len(table.headers)) <= len(cells)


def _first(skipped: Sequence[Skipped]) -> list[object]:
    """The first few that were passed over, with why, to be said; dots where there are more."""
    return [*(one.told() for one in skipped[:SAID]), *(["…"] if len(skipped) > SAID else [])]


def _group(groups: dict[tuple[date, str], Group], path: Path, name: str, source: Source) -> Group:
    """The group of a file's day and source, begun with its first file; no day goes before all."""
    day = export_day(path)
    return groups.setdefault((day or date.min, name), Group(source, day))


def export_day(path: Path) -> date | None:
    """The day an export was made, where the folder it lies in says so ("2026-01-31").

    An archive of daily exports is taken in day by day, so that what a later export changes is
    history and not a repeated row.
    """
    for part in reversed(path.parts[:-1]):
        if _DAY_FOLDER.fullmatch(part):
            with suppress(ValueError):  # a folder called 2026-13-45 is named for no day
                return date.fromisoformat(part)
    return None


def named_source(name: str, known: Mapping[str, Source]) -> Source:
    """The source that a name or a TOML file means."""
    if name.endswith(".toml") or (name not in known and Path(name).is_file()):
        return load_source(Path(name))
    if name not in known:
        raise UnknownSource("error.source.none_such", name=name, known=sorted(known))
    return known[name]
