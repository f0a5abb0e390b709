"""What a source file must satisfy beyond its types; every fault is one sentence naming the key."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from pipeline.canonical import COLUMNS, ENDED, PROMISED, REQUIRED, STEP_COLUMNS, VOCABULARY
from pipeline.errors import Fault
from pipeline.personal import recognised
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
    """Raise Fault for the first one found."""
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
        _persons_left_out,
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
            raise Fault(
                "error.description.no_column", column=column, kind=source.kind, known=tuple(known)
            )
        if source.kind == "dossier" and source.fold is None and column in STEP_COLUMNS:
            raise Fault("error.description.step_column", column=column)
    for key, _, header in aliases(source):
        if not fold(header):
            raise Fault("error.description.empty_header", key=key, header=header)


def _required_there(source: Source) -> None:
    for column in REQUIRED[source.kind]:
        if not source.columns.get(column) and column not in source.defaults:
            raise Fault("error.description.needs_column", column=column, kind=source.kind)


def _values_known(source: Source) -> None:
    for column, words in source.values.items():
        if COLUMNS[source.kind].get(column) != "vocabulary":
            raise Fault(
                "error.description.no_vocabulary",
                column=column,
                kind=source.kind,
                known=_vocabularies(source.kind),
            )
        for value in words:
            _value_known(f"values.{column}.{value}", column, value)


def _defaults_known(source: Source) -> None:
    for column, value in source.defaults.items():
        kind_of_column = COLUMNS[source.kind].get(column)
        if kind_of_column is None:
            raise Fault("error.description.no_default", column=column, kind=source.kind)
        if kind_of_column == "vocabulary":
            _value_known(f'defaults.{column} = "{value}"', column, value)


def _shared_columns_known(source: Source) -> None:
    for column, other in source.same_as.items():
        types = COLUMNS[source.kind]
        if column not in types or other not in source.columns:
            raise Fault(
                "error.description.shared_unknown", column=column, other=other, kind=source.kind
            )
        if types[column] != types[other]:
            raise Fault(
                "error.description.shared_types",
                column=column,
                type=types[column],
                other=other,
                other_type=types[other],
            )


def _aliases_unique(source: Source) -> None:
    claimed: dict[str, tuple[str, str]] = {}
    named = [*aliases(source)]
    named += [("ignored", "ignored", h) for h in source.ignored if not h.endswith("*")]
    named += [("personal", "personal", h) for h in source.personal]
    for key, owner, header in named:
        first_key, first_owner = claimed.setdefault(fold(header), (key, owner))
        if first_owner != owner:
            raise Fault(
                "error.description.header_twice", header=header, first=first_key, second=key
            )


def _words_unique(source: Source) -> None:
    for column, vocabulary in source.values.items():
        claimed: dict[str, str] = {}
        for value, words in vocabulary.items():
            for word in words:
                if not fold(word):
                    raise Fault(
                        "error.description.empty_word", column=column, value=value, word=word
                    )
                if claimed.setdefault(fold(word), value) != value:
                    raise Fault(
                        "error.description.word_twice",
                        column=column,
                        word=word,
                        first=claimed[fold(word)],
                        second=value,
                    )


def _promise_and_end_apart(source: Source) -> None:
    for key, owner, header in aliases(source):
        column = owner.partition(":")[0]
        if not may_hold(column, header):
            raise Fault(
                "error.description.promise" if column in ENDED else "error.description.end",
                key=key,
                header=header,
                column=column,
            )


def _zones_known(source: Source) -> None:
    for key, zone in (("time_zone", source.time_zone), ("written_zone", source.written_zone)):
        if zone:
            try:
                ZoneInfo(zone)
            except (KeyError, ValueError, OSError):  # not found is a KeyError
                raise Fault("error.description.no_zone", key=key, zone=zone) from None


def _formats_valid(source: Source) -> None:
    for written in source.date_formats:
        letters = [letter for _, letter in _SPECIFIER.findall(written)]
        wrong = next((f"%{one}" for one in letters if one and one not in _SPECIFIERS), None)
        if wrong:
            raise Fault("error.description.format_sign", format=written, sign=wrong)
        if "" in letters:
            raise Fault("error.description.format_lone", format=written)
        has_day = "j" in letters or ("d" in letters and {"m", "b", "B"} & set(letters))
        if not (has_day and {"Y", "y"} & set(letters)):
            raise Fault("error.description.format_parts", format=written)


def _survey_consistent(source: Source) -> None:
    if source.kind != "survey":
        if source.questions:
            raise Fault("error.description.questions", kind=source.kind)
        return
    ids = [question.id for question in source.questions]
    if len(set(ids)) < len(ids):
        raise Fault("error.description.question_twice", ids=ids)
    overall = sum(question.overall for question in source.questions)
    if overall + ("rating" in source.columns) != 1:
        raise Fault("error.description.one_overall")
    for level in source.scale.scores:
        if level == "dont_know":
            raise Fault("error.description.no_score")
        _value_known(f"scale.scores.{level}", "rating", level)


def _fold_consistent(source: Source) -> None:
    if source.fold is None:
        return
    if source.kind != "dossier":
        raise Fault("error.description.fold_kind", kind=source.kind)
    if source.fold.order_by not in source.columns:
        raise Fault("error.description.fold_order", column=source.fold.order_by)


def _links_sensible(source: Source) -> None:
    if source.links_to and source.kind not in LINKED:
        raise Fault("error.description.links", known=LINKED, kind=source.kind)


def _persons_left_out(source: Source) -> None:
    """No column is fed by what no screen needs, and what is kept is not dropped by name as well."""
    for key, _, header in aliases(source):
        kind = recognised(source, header)
        if kind is not None:
            raise Fault("error.description.person", key=key, header=header, kind=kind)
    for header in source.personal:
        kind = recognised(source, header)
        if kind in source.keep_personal:
            raise Fault("error.description.person_kept", header=header, kind=kind)


def _value_known(key: str, column: str, value: str) -> None:
    if value not in VOCABULARY[column]:
        raise Fault(
            "error.description.no_value", key=key, column=column, known=tuple(VOCABULARY[column])
        )


def _vocabularies(kind: str) -> list[str]:
    return [column for column, type_ in COLUMNS[kind].items() if type_ == "vocabulary"]
