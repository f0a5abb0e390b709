"""Which header of a table feeds which canonical column of a source.

Headers are compared after `text.fold`, whole and never by parts: "Ngày trả kết quả" is part of
"Ngày hẹn trả kết quả" and means the opposite.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from pipeline.canonical import REQUIRED
from pipeline.personal import recognised
from pipeline.source_rules import may_hold
from pipeline.sources import DateAndTime, Source
from pipeline.text import fold

# A canonical column's header, or the headers of its date and of its time.
Header = str | tuple[str, str]


@dataclass(frozen=True)
class HeaderMatch:
    """What a source makes of a table's headers; every header stands in exactly one group.

    columns: canonical column -> header, or (date header, time header).
    questions: id of a survey question -> header.
    unknown_headers: no alias knows them; shown to the steward.
    surplus: header -> canonical column that another of its aliases already feeds.
    ignored: as the source lists them. personal: of which landing keeps nothing.
    unused_aliases: canonical column or question -> its aliases, where no header was found.
    missing_required: canonical columns a row cannot do without.
    """

    columns: dict[str, Header] = field(default_factory=dict)
    questions: dict[str, str] = field(default_factory=dict)
    unknown_headers: list[str] = field(default_factory=list)
    surplus: dict[str, str] = field(default_factory=dict)
    ignored: list[str] = field(default_factory=list)
    personal: list[str] = field(default_factory=list)
    unused_aliases: dict[str, list[str]] = field(default_factory=dict)
    missing_required: list[str] = field(default_factory=list)


def match_headers(source: Source, headers: Sequence[str]) -> HeaderMatch:
    """Match a table's headers to the source's aliases; the first alias in the source's order wins.

    A repeated header (which readers number: "Ngày (2)") feeds nothing unless an alias names it
    with its number. A moment of two columns may also be written in one: then only the date's
    header is taken.
    """
    present: dict[str, str] = {}
    for header in headers:
        if key := fold(header):
            present.setdefault(key, header)

    match = HeaderMatch()
    for column, spoken in source.columns.items():
        if isinstance(spoken, DateAndTime):
            date = _first(spoken.date, present, column)
            time = _first(spoken.time, present, column)
            if date is not None:
                match.columns[column] = date if time is None else (date, time)
            elif time is not None:
                match.surplus[time] = column
            names = [*spoken.date, *spoken.time]
        else:
            whole = _first(spoken, present, column)
            if whole is not None:
                match.columns[column] = whole
            names = spoken
        _note(match, column, names, present, fed=column in match.columns)
    for question in source.questions:
        asked = _first(question.columns, present, "rating")
        if asked is not None:
            match.questions[question.id] = asked
        _note(match, question.id, question.columns, present, fed=asked is not None)
    for column, other in source.same_as.items():
        if column not in match.columns and other in match.columns:
            match.columns[column] = match.columns[other]
            match.unused_aliases.pop(column, None)

    _place_the_rest(source, headers, match)
    match.missing_required.extend(_missing(source, match))
    return match


def headers_used(match: HeaderMatch) -> set[str]:
    """The headers that feed a column or a question."""
    used = set(match.questions.values())
    for header in match.columns.values():
        used.update((header,) if isinstance(header, str) else header)
    return used


def _first(names: Sequence[str], present: dict[str, str], column: str) -> str | None:
    found = (present[fold(name)] for name in names if fold(name) in present)
    return next((header for header in found if may_hold(column, header)), None)


def _note(
    match: HeaderMatch, owner: str, names: Sequence[str], present: dict[str, str], *, fed: bool
) -> None:
    """Keep what was found beside the header taken, or that nothing was found."""
    if not fed:
        match.unused_aliases[owner] = list(names)
        return
    used = headers_used(match)
    for name in names:
        header = present.get(fold(name))
        if header is not None and header not in used:
            match.surplus[header] = owner


def _place_the_rest(source: Source, headers: Sequence[str], match: HeaderMatch) -> None:
    used = headers_used(match)
    personal = {fold(name) for name in source.personal}
    ignored = {fold(name) for name in source.ignored if not name.endswith("*")}
    beginnings = tuple(
        beginning for name in source.ignored if name.endswith("*") and (beginning := fold(name))
    )
    for header in headers:
        key = fold(header)
        if header in used or header in match.surplus:
            continue
        kind = recognised(source, header)
        if key in personal or kind not in (None, *source.keep_personal):
            match.personal.append(header)
        elif kind or key in ignored or (beginnings and key.startswith(beginnings)):
            match.ignored.append(header)
        else:
            match.unknown_headers.append(header)


def _missing(source: Source, match: HeaderMatch) -> list[str]:
    missing = [
        column
        for column in REQUIRED[source.kind]
        if column not in match.columns and column not in source.defaults
    ]
    if source.kind == "survey":
        overall = [question.id for question in source.questions if question.overall]
        if not (match.questions.keys() & set(overall) or "rating" in match.columns):
            missing.append("rating")
    return missing
