"""What an office decides about personal data: for what it is unmasked, and how long it stays.

data/config/privacy.toml says it for everybody; <warehouse>/privacy.toml replaces single keys of it.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, Self

from pydantic import Field, ValidationError, model_validator

from pipeline.errors import BadConfiguration, Fault
from pipeline.faults import first_fault, read_toml
from pipeline.settings import CONFIG, Count, Strict

FILE = "privacy.toml"
Length = Annotated[int, Field(ge=0)]  # 0: for good


class Purpose(Strict):
    """What a person may be unmasked for."""

    id: str
    label_vi: str
    label_en: str

    def label(self, language: str) -> str:
        return self.label_en if language == "en" else self.label_vi


class Unmask(Strict):
    """How one dossier's person is shown in clear."""

    minutes: Count
    most_a_day: Count
    purposes: Annotated[tuple[Purpose, ...], Field(strict=False, min_length=1)]

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        ids = [one.id for one in self.purposes]
        if len(set(ids)) < len(ids):
            raise Fault("error.value.purposes_twice", ids=ids)
        return self


class Retention(Strict):
    """How long personal data stays; 0 is for good."""

    raw_file_days: Length
    raw_folders: Annotated[tuple[str, ...], Field(strict=False)]
    personal_months: Length
    access_log_years: Length


class Privacy(Strict):
    """Everything in privacy.toml."""

    unmask: Unmask
    retention: Retention


def privacy(warehouse: Path) -> Privacy:
    """What holds for a warehouse. Raises BadConfiguration, naming file and key."""
    said = read_toml(CONFIG / FILE, FILE)
    own = warehouse / FILE
    if own.is_file():
        said = _merged(said, read_toml(own, str(own)))
    try:
        return Privacy.model_validate(said)
    except ValidationError as error:
        name = str(own) if own.is_file() else FILE
        raise BadConfiguration(
            "error.config.in_file", file=name, fault=first_fault(error)
        ) from error


def _merged(said: dict[str, Any], own: dict[str, Any]) -> dict[str, Any]:
    """Tables key by key; everything else, lists too, as the office's own file says it."""
    merged = dict(said)
    for key, value in own.items():
        above = merged.get(key)
        if isinstance(above, dict) and isinstance(value, dict):
            merged[key] = _merged(above, value)
        else:
            merged[key] = value
    return merged
