"""Files sorted by the source that describes them and the day they were exported."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from pipeline import landing
from pipeline.errors import Refused, UnknownSource
from pipeline.readers import tables
from pipeline.recognise import choose
from pipeline.sources import Source, load_source
from pipeline.staging import known_headers

FIRST_KINDS = ("unit", "procedure")  # what the others refer to
_DAY_FOLDER = re.compile(r"[12][0-9]{3}-[01][0-9]-[0-3][0-9]")


def sort_files(
    paths: Sequence[Path], known: Mapping[str, Source], source: str | None
) -> tuple[list[tuple[Source, list[Path]]], list[str]]:
    """Files by the source that describes them, what others refer to first; and what was skipped."""
    files, skipped = landing.files_in(paths)
    if not files:
        raise Refused("error.source.none_readable", paths=paths)
    if source is not None:
        spoken = named_source(source, known)
        by_day: dict[str, list[Path]] = {}
        for path in files:
            by_day.setdefault(export_day(path), []).append(path)
        return [(spoken, by_day[day]) for day in sorted(by_day)], skipped
    headers = known_headers(list(known.values()))
    chosen: dict[tuple[str, str], list[Path]] = {}
    for path in files:
        first = next(iter(tables(path, known_headers=headers)), None)
        if first is None:
            skipped.append(f"{path.name}: no table found")
            continue
        try:
            spoken = choose(first.headers, known)
        except UnknownSource as problem:
            raise UnknownSource("error.source.for_file", file=path.name, why=problem) from None
        chosen.setdefault((export_day(path), spoken.name), []).append(path)
    ordered = sorted(
        chosen, key=lambda key: (known[key[1]].kind not in FIRST_KINDS, key[0], key[1])
    )
    return [(known[name], chosen[day, name]) for day, name in ordered], skipped


def export_day(path: Path) -> str:
    """The day an export was made, where the folder it lies in says so ("2026-01-31"), else ''.

    An archive of daily exports is taken in day by day, so that what a later export changes is
    history
    and not a repeated row.
    """
    days = [part for part in path.parts[:-1] if _DAY_FOLDER.fullmatch(part)]
    return days[-1] if days else ""


def named_source(name: str, known: Mapping[str, Source]) -> Source:
    """The source that a name or a TOML file means."""
    if name.endswith(".toml"):
        return load_source(Path(name))
    if name not in known:
        raise UnknownSource("error.source.none_such", name=name, known=sorted(known))
    return known[name]
