"""What an unknown table probably is: its kind, and which header may feed which column.

Only ever proposed, never used for reading: a person confirms every guess.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pipeline.canonical import KINDS, REQUIRED, STEP_COLUMNS, Kind
from pipeline.content import Content, DateFormat, Seen
from pipeline.knowledge import Knowledge
from pipeline.recognise import LEAST_KNOWN, Candidate
from pipeline.sources import Source

# Words that stand for an empty cell in exports of all sorts.
NOTHING = frozenset({"NA", "N/A", "n/a", "NULL", "null", "None", "NaN", "nan", "EMPTY", "-", "--"})
ROWS_PER_CODE = 2  # from here on the rows of one code are its events
USUAL_NAME = 30  # signs of a unit's name, on average at most
FEWEST_QUESTIONS = 3  # columns of answers that make a survey
_ANSWER = re.compile(r"\d{1,2}")


@dataclass(frozen=True)
class Sight:
    """What was seen of a table: its headers, texts and contents, and what all sources know."""

    seen: Mapping[str, Seen]
    contents: Mapping[str, tuple[Content, tuple[DateFormat, ...], bool]]
    knowledge: Knowledge

    def free(self, kind: Kind, taken: Iterable[str] = ()) -> list[str]:
        """Headers that nothing claims yet and that are neither personal nor known as unwanted."""
        known = self.knowledge
        return [
            header
            for header in self.seen
            if header not in taken
            and not known.is_personal(header)
            and not known.is_ignored(kind, header)
        ]


def likely_kind(sight: Sight, candidates: Sequence[Candidate], known: Mapping[str, Source]) -> Kind:
    """The kind of the source that knows most headers; where none knows half, what the columns say.

    A table with a dossier's code is one of dossiers; one with columns of answers is a survey; a
    list of units or procedures is known by what it cannot do without.
    """

    def fit(one: Candidate) -> tuple[float, bool, int]:
        return one.score, known[one.source].kind == "dossier", -len(one.missing)

    best = max(candidates, key=fit, default=None)
    if best and best.score >= LEAST_KNOWN:
        return known[best.source].kind
    if "dossier_code" in guessed(sight, "dossier").values():
        return "dossier"
    if answers(sight, "survey") or "rating" in guessed(sight, "survey").values():
        return "survey"
    fitting: dict[Kind, int] = {}
    for kind in KINDS:
        columns = set(guessed(sight, kind).values())
        if REQUIRED[kind] and columns.issuperset(REQUIRED[kind]):
            fitting[kind] = len(columns)
    if {"unit", "procedure"} <= fitting.keys():
        return "unit" if _names_are_short(sight) else "procedure"
    return max(fitting, key=lambda kind: fitting[kind], default="dossier")


def guessed(sight: Sight, kind: Kind, taken: Mapping[str, str] | None = None) -> dict[str, str]:
    """Header -> column, each column once: by known headers, then by words, then by wording.

    taken: header -> column, as a recognised source feeds them.
    """
    fed = taken or {}
    guesses: dict[str, str] = {}
    columns = set(fed.values())

    def note(header: str, column: str | None) -> None:
        if column is not None and column not in columns and header not in guesses:
            guesses[header] = column
            columns.add(column)

    free = sight.free(kind, fed)
    knowledge = sight.knowledge
    for header in free:
        note(header, knowledge.column(kind, header))
    for header in free:
        if sight.contents[header][0] == "vocabulary":
            note(header, knowledge.vocabulary_of(kind, sight.seen[header].words))
    suggested = [
        (rank, at, header, column)
        for at, header in enumerate(free)
        for rank, column in knowledge.suggestions(kind, header, sight.contents[header][0])
    ]
    for _, _, header, column in sorted(suggested):
        note(header, column)
    if kind == "dossier" and not _has_events(sight, guesses | dict(fed)):
        guesses = {h: column for h, column in guesses.items() if column not in STEP_COLUMNS}
    if {"due_at", "finished_at"} <= columns:  # a verdict beside its dates is not to be read
        guesses = {header: one for header, one in guesses.items() if one != "late_flag"}
    return guesses


def verdicts(sight: Sight, kind: Kind, columns: Iterable[str]) -> set[str]:
    """Headers of verdicts (late, in time) that stand beside the dates they were made from."""
    if not {"due_at", "finished_at"} <= set(columns):
        return set()
    return {
        header
        for header in sight.free(kind)
        for _, column in sight.knowledge.suggestions(kind, header, sight.contents[header][0])
        if column == "late_flag"
    }


def answers(sight: Sight, kind: Kind) -> list[str]:
    """Headers of columns that hold answers in numbers, where there are enough of them."""
    if kind != "survey":
        return []
    found = [header for header in sight.free(kind) if _is_answers(sight.seen[header])]
    return found if len(found) >= FEWEST_QUESTIONS else []


def _is_answers(seen: Seen) -> bool:
    words = set(seen.words) - NOTHING
    return not seen.has_more and 2 <= len(words) <= 12 and all(map(_ANSWER.fullmatch, words))


def _has_events(sight: Sight, columns: Mapping[str, str]) -> bool:
    """Whether the rows of a table are events: a code has many of them, and each says what it is."""
    header = next((h for h, column in columns.items() if column == "dossier_code"), None)
    if header is None or "step_name" not in columns.values():
        return False
    return sight.seen[header].rows_per_text >= ROWS_PER_CODE


def _names_are_short(sight: Sight) -> bool:
    """Units have short names, procedures are called by a sentence."""
    header = next(h for h, column in guessed(sight, "unit").items() if column == "unit")
    texts = list(sight.seen[header].words)
    return sum(map(len, texts)) <= USUAL_NAME * len(texts)
