"""Errors that speak to the person: what is wrong, where, what to do. One sentence each.

An error carries the key of its sentence and the values that the sentence needs, so that everybody
is told in his own language: a screen says it with the viewer's words, the command line in the
language of --lang. The sentences stand in data/locale/<language>/errors.toml.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any, Self

from pipeline.text import visible

Words = Callable[..., str]  # a language, as pipeline.wording has it: words(key, name=value)


@dataclass(frozen=True)
class Phrase:
    """A part of a sentence that has words of its own: a key of the catalogue and its name."""

    key: str
    name: str

    def said(self, words: Words) -> str:
        """The phrase in a language."""
        return words(self.key, name=visible(self.name))


class Refused(Exception):
    """The request cannot be carried out as asked; says so in one sentence.

    key: of the sentence. values: for its placeholders; a value may be another refusal or a phrase,
    said in the same language, or names, said one after the other. As text the sentence is English.

    Every error of ours derives from it. The command line prints it on one line and exits with 1.
    """

    def __init__(self, key: str, /, **values: Any) -> None:
        super().__init__(key, values)
        self.key = key
        self.values = values

    def said(self, words: Words) -> str:
        """The sentence in a language."""
        return words(self.key, **{name: _said(value, words) for name, value in self.values.items()})

    def __str__(self) -> str:
        from pipeline.wording import wording  # the catalogue raises errors itself

        try:
            return self.said(wording("en"))
        except Refused:  # it is the catalogue that is broken
            values = ", ".join(f"{name}: {value}" for name, value in self.values.items())
            return f"{self.key} ({values})"

    def as_document(self) -> dict[str, Any]:
        """The error for another process, as JSON can hold it; `from_document` reads it."""
        values = {name: _plain(value) for name, value in self.values.items()}
        return {"refused": self.key, "values": values}

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> Self:
        """The error that `as_document` wrote."""
        values = {name: _read(value) for name, value in document["values"].items()}
        return cls(document["refused"], **values)


class UnreadableFile(Refused):
    """A file is damaged, empty, or not of a kind that a reader knows."""


class BadConfiguration(Refused):
    """A configuration file has an unknown key or a value outside its type; names file and key."""


class Fault(Refused, ValueError):
    """What a model of a configuration file finds wrong in it; pydantic collects ValueErrors."""


class UnknownSource(Refused):
    """No source, or more than one, fits a file's headers; names the candidates."""


class NotAdmitted(Refused):
    """Nobody is signed in, or whoever is signed in has no place on the board."""


class OutOfScope(Refused):
    """What was asked for is not visible to this viewer; says "not found", never what exists."""


class QualityStop(Refused):
    """A rule's threshold was crossed: the batch is loaded, publishing is stopped."""


class Busy(Refused):
    """Another ingest holds the warehouse."""


def _said(value: Any, words: Words) -> Any:
    if isinstance(value, Refused | Phrase):
        return value.said(words)
    if isinstance(value, list | tuple | set | frozenset):
        return ", ".join(str(_said(one, words)) for one in value) or None
    return visible(value) if isinstance(value, str) else value


def _plain(value: Any) -> Any:
    if isinstance(value, Refused):
        return value.as_document()
    if isinstance(value, Phrase):
        return {"phrase": value.key, "name": value.name}
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(one) for one in value]
    return str(value) if isinstance(value, PurePath) else value


def _read(value: Any) -> Any:
    if isinstance(value, Mapping) and "phrase" in value:
        return Phrase(value["phrase"], value["name"])
    if isinstance(value, Mapping):
        return Refused.from_document(value)
    return [_read(one) for one in value] if isinstance(value, list) else value
