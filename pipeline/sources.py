"""The description of a source: one TOML file says how an export is to be understood.

The format is explained for people in docs/sources.md. Loading is strict: an unknown key, column
or value is refused by name.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import tempfile
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal, Self

import tomli_w
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from pipeline import source_rules
from pipeline.canonical import (
    COLUMNS,
    ENDED,
    PROMISED,
    REQUIRED,
    STEP_COLUMNS,
    VOCABULARY,
    Kind,
)
from pipeline.errors import BadConfiguration
from pipeline.faults import first_fault, read_toml
from pipeline.personal import PersonalKind

__all__ = [
    "COLUMNS",
    "ENDED",
    "NAME",
    "PROMISED",
    "READY_MADE",
    "REQUIRED",
    "STEP_COLUMNS",
    "VOCABULARY",
    "DateAndTime",
    "Fold",
    "Kind",
    "Question",
    "Scale",
    "Source",
    "Strict",
    "as_toml",
    "load_source",
    "ready_made",
    "save_source",
    "source_hash",
    "source_toml",
    "sources",
]

NAME = re.compile(r"[a-z0-9][a-z0-9_-]*")
LINE = 100  # signs of a line of TOML
_LIST = re.compile(r"^(.* = )\[\n((?: {4}.*,\n)+)\]$", re.MULTILINE)
READY_MADE = Path(__file__).parent.parent / "data" / "config" / "sources"


class Strict(BaseModel):
    """Refuses a key it does not know."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class DateAndTime(Strict):
    """A moment written in two columns: aliases of the date's header and of the time's."""

    date: list[str]
    time: list[str]


class Question(Strict):
    """One question of a survey that has a column of its own."""

    id: str
    columns: list[str]  # header aliases
    text: str = ""
    overall: bool = False  # the question that the satisfaction figures are built on


class Scale(Strict):
    """How the answers of a survey are scored; means are never taken across scales."""

    id: str = "five_level"
    # canonical level -> score; a level that is absent does not exist in this scale
    scores: dict[str, float] = Field(
        default={
            "very_satisfied": 5,
            "satisfied": 4,
            "neutral": 3,
            "dissatisfied": 2,
            "very_dissatisfied": 1,
        }
    )


class Fold(Strict):
    """Rows are events: those of one dossier code fold into one dossier and its steps."""

    order_by: str = "step_finished_at"  # canonical column that orders the events of a dossier


class Source(Strict):
    """One kind of export of one system."""

    name: str = Field(pattern=f"^{NAME.pattern}$")
    title_vi: str
    title_en: str
    kind: Kind
    system: str = ""  # name space of its dossier codes; default: the source's name
    links_to: list[str] = []  # systems whose dossier codes the rows speak of; [] = any
    recognised_by: list[str] = []  # headers or columns that must be there to be recognised
    time_zone: str = "Asia/Ho_Chi_Minh"  # the local day that decides early, on time, late
    written_zone: str = ""  # zone of times written without an offset; default: time_zone
    date_order: Literal["day_first", "month_first"] = "day_first"
    date_formats: list[str] = []  # strptime formats tried before the built-in ones
    on_time_rule: Literal["day", "instant"] = "day"
    fresh_within_days: int | None = Field(default=None, ge=0)  # working days
    sheet: str = ""  # name of the sheet to read; default: the best table found
    is_invented: bool = False
    columns: dict[str, list[str] | DateAndTime]
    same_as: dict[str, str] = {}  # column -> column whose header it shares where it has none itself
    ignored: list[str] = []  # headers known and not wanted; "q*" is every header that starts so
    personal: list[str] = []  # headers of which landing keeps nothing, beside those recognised
    keep_personal: list[PersonalKind] = []  # kinds that landing keeps all the same, and it alone
    empty_words: list[str] = []  # words that stand for an empty cell: "NA", "NULL", "-"
    values: dict[str, dict[str, list[str]]] = {}  # column -> canonical -> words of the source
    defaults: dict[str, str] = {}  # canonical column -> value where the file has no such column
    questions: list[Question] = []
    scale: Scale = Scale()
    fold: Fold | None = None

    def label(self, language: str) -> str:
        """What people call it."""
        return self.title_en if language == "en" else self.title_vi

    @model_validator(mode="after")
    def _is_consistent(self) -> Self:
        source_rules.check(self)
        return self


def load_source(path: Path) -> Source:
    """The source a TOML file describes.

    Raises BadConfiguration, naming the file and the key, for anything that is not understood.
    """
    try:
        written = read_toml(path, str(path))
    except FileNotFoundError:
        raise BadConfiguration("error.config.no_source_file", file=path) from None
    try:
        return Source(**written)
    except ValidationError as problem:
        fault = first_fault(problem)
        raise BadConfiguration("error.config.in_file", file=path, fault=fault) from None


def ready_made() -> dict[str, Source]:
    """The sources that come with the board, by name."""
    return dict(_ready_made())


def sources(warehouse: Path | None = None) -> dict[str, Source]:
    """Every source known, by name; one the office saved replaces a ready-made one of that name."""
    known = ready_made()
    if warehouse is not None:
        known.update(_in_directory(warehouse / "sources"))
    return known


def source_hash(source: Source) -> str:
    """SHA-256 of everything the source says: rows read under another hash must be read anew."""
    said = json.dumps(source.model_dump(mode="json"), sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(said.encode()).hexdigest()


def source_toml(source: Source) -> str:
    """The source as TOML: only what differs from the defaults, in the order of the model."""
    return as_toml(source.model_dump(mode="json", exclude_defaults=True))


def as_toml(document: Mapping[str, Any]) -> str:
    """TOML for people: a list that fits on one line stands on one line."""
    return _LIST.sub(_on_one_line, tomli_w.dumps(document))


def _on_one_line(found: re.Match[str]) -> str:
    items = [line.strip().removesuffix(",") for line in found[2].splitlines()]
    line = f"{found[1]}[{', '.join(items)}]"
    return line if len(line) <= LINE else found[0]


def save_source(source: Source, directory: Path) -> Path:
    """Write the source to `<directory>/<name>.toml` in one step and return that path."""
    directory.mkdir(parents=True, exist_ok=True)
    path = directory / f"{source.name}.toml"
    descriptor, unfinished = tempfile.mkstemp(dir=directory, prefix=f".{source.name}-")
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(source_toml(source))
        Path(unfinished).replace(path)
    except BaseException:
        Path(unfinished).unlink(missing_ok=True)
        raise
    return path


@lru_cache(maxsize=1)
def _ready_made() -> dict[str, Source]:
    return _in_directory(READY_MADE)


def _in_directory(directory: Path) -> dict[str, Source]:
    found: dict[str, Source] = {}
    for path in sorted(directory.glob("*.toml")):
        source = load_source(path)
        if source.name != path.stem:
            raise BadConfiguration("error.config.other_name", file=path, name=source.name)
        found[source.name] = source
    return found
