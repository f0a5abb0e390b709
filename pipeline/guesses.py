"""What an unknown table probably is: its kind, and which header may feed which column.

Only ever proposed, never used for reading: a person confirms every guess.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pipeline.canonical import KINDS, REQUIRED, STEP_COLUMNS, Kind
from pipeline.content import Content, DateFormat, Seen
from pipeline.knowledge import Knowledge
from pipeline.recognise import LEAST_KNOWN, Candidate
from pipeline.sources import Source
from pipeline.text import fold, number

# Words that stand for an empty cell in exports of all sorts.
NOTHING = frozenset({"NA", "N/A", "n/a", "NULL", "null", "None", "NaN", "nan", "EMPTY", "-", "--"})
ROWS_PER_CODE = 2  # from here on the rows of one code are its events
USUAL_NAME = 30  # signs of a unit's name, on average at most
FEWEST_QUESTIONS = 3  # columns of answers that make a survey
USUAL_WORD = 1 / 3  # share of the questions in which a word of their scale occurs
ENOUGH_ANSWERS = 30  # from here on a level of the scale that nobody chose does not exist
FEWEST_PERIODS = 3  # columns headed by a day, month or year that make a table of totals
MOSTLY_NUMBERS = 0.5
NAMED_ALONE = ("unit", "procedure")  # a report by unit or by procedure names them as their lists do
_ANSWER = re.compile(r"\d{1,2}")
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
_PERIOD = re.compile(
    rf"(?:{_MONTH}|thang \d\d?|quy (?:\d|i{{1,3}}|iv)|q[1-4])? ?(?:nam )?(?:19|20)\d\d"
    rf"|{_MONTH}|thang \d\d?|quy (?:\d|i{{1,3}}|iv)|q[1-4]|t\d\d?|(?:19|20)\d\d(?: \d\d?){{1,2}}"
)


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


def questions(sight: Sight, kind: Kind, taken: Iterable[str]) -> list[str]:
    """Those of the `answers` that share one scale: a survey is read with one vocabulary.

    A yes or no, an age group or a district in numbers is no level of satisfaction.
    """
    found = [header for header in answers(sight, kind) if header not in set(taken)]
    words = {header: set(sight.seen[header].words) - NOTHING for header in found}
    often = Counter(word for one in words.values() for word in one)
    scale = {word for word, n in often.items() if n >= USUAL_WORD * len(found)}

    def is_on_it(header: str) -> bool:
        is_whole = sight.seen[header].filled_n < ENOUGH_ANSWERS or (
            2 * len(words[header]) > len(scale)
        )
        return words[header] <= scale and is_whole

    return [header for header in found if is_on_it(header)]


def are_totals(sight: Sight, kind: Kind) -> bool:
    """Whether a table counts things instead of listing them: nothing of it can be read.

    Its columns are headed by days, months or years; or nothing says what a row is, and most of its
    columns hold numbers.
    """
    guesses = guessed(sight, kind)
    columns, required = set(guesses.values()), set(REQUIRED[kind])
    is_listed = required <= columns and kind not in NAMED_ALONE
    if not required or is_listed:
        return False
    if sum(_PERIOD.fullmatch(fold(header)) is not None for header in sight.seen) >= FEWEST_PERIODS:
        return True
    filled = [header for header, one in sight.contents.items() if one[0] != "empty"]
    counts = [header for header in filled if header not in guesses and _is_count(sight, header)]
    is_named = bool(required & columns) and kind not in NAMED_ALONE
    return not is_named and len(counts) > MOSTLY_NUMBERS * len(filled)


def _is_count(sight: Sight, header: str) -> bool:
    words = set(sight.seen[header].words) - NOTHING
    return sight.contents[header][0] == "number" or all(number(w) is not None for w in words)


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
