"""What a source file must satisfy beyond its types; every fault is one sentence naming the key."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from pipeline.canonical import COLUMNS, ENDED, PROMISED, REQUIRED, STEP_COLUMNS, VOCABULARY
from pipeline.text import fold

if TYPE_CHECKING:
    from pipeline.sources import Source

# Kinds whose rows name a dossier by its code alone.
LINKED = ("step", "survey", "apology", "feedback")
# What DuckDB's strptime understands; anything else would only fail once a file is loaded.
_SPECIFIERS = frozenset("aAbBdfgHIjmMnpSuUVwWyYzZ%")
_SPECIFIER = re.compile(r"%(-?)(.?)")

# After `fold`; the run-together forms are camel-case field names such as NgayHenTra.
_PROMISE = re.compile(
    r"\b(?:hen|han|du kien|phai)\b|ngayhen|hentra|hantra|hanxuly|hangiaiquyet|thoihan|dukien"
)
_END = re.compile(
    r"\b(?:tra|ket thuc|hoan thanh|co ket qua|da xong)\b|ngaytra|ketthuc|hoanthanh|ngaycoketqua"
)


def check(source: Source) -> None:
    """Raise ValueError with one sentence for the first fault found."""
    for rule in (
        _columns_known,
        _required_there,
        _values_known,
        _defaults_known,
        _shared_columns_known,
        _aliases_unique,
        _words_unique,
        _promise_and_end_apart,
        _zones_known,
        _formats_valid,
        _survey_consistent,
        _fold_consistent,
        _links_sensible,
    ):
        rule(source)


def speaks_of_promise(header: str) -> bool:
    """Whether a header names an appointment or deadline (hẹn, hạn) rather than what happened."""
    return _PROMISE.search(fold(header)) is not None


def may_hold(column: str, header: str) -> bool:
    """False where a header of a promise would feed a column of an end, or the other way round.

    "Ngày trả kết quả" and "Ngày hẹn trả kết quả" differ by one word and decide who was late.
    """
    if column in ENDED:
        return not speaks_of_promise(header)
    if column in PROMISED:
        return speaks_of_promise(header) or _END.search(fold(header)) is None
    return True


def aliases(source: Source) -> Iterator[tuple[str, str, str]]:
    """(key in the file, owner, header) of every header that a source names and keeps.

    The owner is the canonical column, with ":date" or ":time" for half a moment, or "question:ID".
    """
    for column, headers in source.columns.items():
        if isinstance(headers, list):
            yield from ((f"columns.{column}", column, header) for header in headers)
        else:
            for half, those in (("date", headers.date), ("time", headers.time)):
                key = f"columns.{column}.{half}"
                yield from ((key, f"{column}:{half}", header) for header in those)
    for question in source.questions:
        key = f"questions.{question.id}"
        yield from ((key, f"question:{question.id}", header) for header in question.columns)


def _columns_known(source: Source) -> None:
    known = COLUMNS[source.kind]
    for column in source.columns:
        if column not in known:
            raise ValueError(
                f"columns.{column} is not a column of kind {source.kind};"
                f" known are {_listed(known)}."
            )
        if source.kind == "dossier" and source.fold is None and column in STEP_COLUMNS:
            raise ValueError(
                f"columns.{column} belongs to a step: add a [fold] table if every row is an event"
                ' of a dossier, or describe the file with kind = "step".'
            )
    for key, _, header in aliases(source):
        if not fold(header):
            raise ValueError(f"{key} has a header without any letter or digit: {header!r}.")


def _required_there(source: Source) -> None:
    for column in REQUIRED[source.kind]:
        if not source.columns.get(column) and column not in source.defaults:
            raise ValueError(
                f"columns.{column} is missing: a {source.kind} cannot be read without it."
            )


def _values_known(source: Source) -> None:
    for column, words in source.values.items():
        if COLUMNS[source.kind].get(column) != "vocabulary":
            raise ValueError(
                f"values.{column} is not a vocabulary of kind {source.kind};"
                f" those are {_listed(_vocabularies(source.kind)) or 'none'}."
            )
        for value in words:
            _value_known(f"values.{column}.{value}", column, value)


def _defaults_known(source: Source) -> None:
    for column, value in source.defaults.items():
        kind_of_column = COLUMNS[source.kind].get(column)
        if kind_of_column is None:
            raise ValueError(f"defaults.{column} is not a column of kind {source.kind}.")
        if kind_of_column == "vocabulary":
            _value_known(f'defaults.{column} = "{value}"', column, value)


def _shared_columns_known(source: Source) -> None:
    for column, other in source.same_as.items():
        types = COLUMNS[source.kind]
        if column not in types or other not in source.columns:
            raise ValueError(
                f'same_as.{column} = "{other}" must name two columns of kind {source.kind},'
                " the second one with headers of its own."
            )
        if types[column] != types[other]:
            raise ValueError(
                f"same_as.{column} is of type {types[column]} and {other} of type {types[other]};"
                " they cannot share a header."
            )


def _aliases_unique(source: Source) -> None:
    claimed: dict[str, tuple[str, str]] = {}
    named = [*aliases(source)]
    named += [("ignored", "ignored", h) for h in source.ignored if not h.endswith("*")]
    named += [("personal", "personal", h) for h in source.personal]
    for key, owner, header in named:
        first_key, first_owner = claimed.setdefault(fold(header), (key, owner))
        if first_owner != owner:
            raise ValueError(
                f'the header "{header}" is claimed by {first_key} and by {key};'
                " a header can mean one thing only."
            )


def _words_unique(source: Source) -> None:
    for column, vocabulary in source.values.items():
        claimed: dict[str, str] = {}
        for value, words in vocabulary.items():
            for word in words:
                if not fold(word):
                    raise ValueError(
                        f"values.{column}.{value} has a word without any letter or digit: {word!r}."
                    )
                if claimed.setdefault(fold(word), value) != value:
                    raise ValueError(
                        f'values.{column}: the word "{word}" is claimed by'
                        f" {claimed[fold(word)]} and by {value}."
                    )


def _promise_and_end_apart(source: Source) -> None:
    for key, owner, header in aliases(source):
        column = owner.partition(":")[0]
        if not may_hold(column, header):
            raise ValueError(
                f'{key}: the header "{header}" speaks of'
                f" {'a promise (hẹn, hạn)' if column in ENDED else 'an end, not of a promise'}"
                f" and cannot be {column}."
            )


def _zones_known(source: Source) -> None:
    for key, zone in (("time_zone", source.time_zone), ("written_zone", source.written_zone)):
        if zone:
            try:
                ZoneInfo(zone)
            except (KeyError, ValueError, OSError):  # not found is a KeyError
                raise ValueError(
                    f'{key} = "{zone}" is not a time zone; write it like "Asia/Ho_Chi_Minh".'
                ) from None


def _formats_valid(source: Source) -> None:
    for written in source.date_formats:
        letters = [letter for _, letter in _SPECIFIER.findall(written)]
        wrong = next((f"%{one}" for one in letters if one and one not in _SPECIFIERS), None)
        if wrong or "" in letters:
            raise ValueError(
                f'date_formats: "{written}" has {wrong or "a lone %"}, which no date format knows.'
            )
        has_day = "j" in letters or ("d" in letters and {"m", "b", "B"} & set(letters))
        if not (has_day and {"Y", "y"} & set(letters)):
            raise ValueError(
                f'date_formats: "{written}" must hold a day, a month and a year, like "%d/%m/%Y".'
            )


def _survey_consistent(source: Source) -> None:
    if source.kind != "survey":
        if source.questions:
            raise ValueError(f"questions belong to kind survey, not to {source.kind}.")
        return
    ids = [question.id for question in source.questions]
    if len(set(ids)) < len(ids):
        raise ValueError(f"questions: two questions share an id among {_listed(ids)}.")
    overall = sum(question.overall for question in source.questions)
    if overall + ("rating" in source.columns) != 1:
        raise ValueError(
            "a survey needs exactly one overall answer: either columns.rating, or one of the"
            " [[questions]] with overall = true."
        )
    for level in source.scale.scores:
        if level == "dont_know":
            raise ValueError("scale.scores.dont_know: this answer has no score.")
        _value_known(f"scale.scores.{level}", "rating", level)


def _fold_consistent(source: Source) -> None:
    if source.fold is None:
        return
    if source.kind != "dossier":
        raise ValueError(f"fold belongs to kind dossier, not to {source.kind}.")
    if source.fold.order_by not in source.columns:
        raise ValueError(f'fold.order_by = "{source.fold.order_by}" is not among the columns.')


def _links_sensible(source: Source) -> None:
    if source.links_to and source.kind not in LINKED:
        raise ValueError(
            f"links_to belongs to kinds {_listed(LINKED)}, not to {source.kind}:"
            " only they speak of dossiers by their code alone."
        )


def _value_known(key: str, column: str, value: str) -> None:
    if value not in VOCABULARY[column]:
        raise ValueError(
            f"{key} is not a value of {column}; known are {_listed(VOCABULARY[column])}."
        )


def _vocabularies(kind: str) -> list[str]:
    return [column for column, type_ in COLUMNS[kind].items() if type_ == "vocabulary"]


def _listed(names: Iterable[str]) -> str:
    return ", ".join(names)
