"""What an office decides for itself: data/config/board.toml, typed on load.

The file says beside every key why it is there. The one thing that may differ between machines
of the same office stands in the environment: DUNGHEN_WAREHOUSE, the folder of the snapshots
(default data/warehouse). Relative paths start at the project's root, wherever the process was
started.
"""

from __future__ import annotations

import os
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from pipeline.errors import BadConfiguration, Fault
from pipeline.faults import first_fault, parse_toml, read_toml

ROOT = Path(__file__).resolve().parents[1]
CONFIG = ROOT / "data" / "config"
LOCALE = ROOT / "data" / "locale"

WAREHOUSE_VARIABLE = "DUNGHEN_WAREHOUSE"

Language = Literal["vi", "en"]
Share = Annotated[float, Field(ge=0, le=1)]
Count = Annotated[int, Field(ge=1)]


class Strict(BaseModel):
    """Refuses a key it does not know, and a number written as text."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Office(Strict):
    """Whose board it is."""

    name_vi: str
    name_en: str
    contact_vi: str
    contact_en: str
    default_language: Language

    def name(self, language: str) -> str:
        return self.name_en if language == "en" else self.name_vi

    def contact(self, language: str) -> str:
        """Whom to ask for access, as part of a sentence."""
        return self.contact_en if language == "en" else self.contact_vi


class PublicBoard(Strict):
    """The board for everybody, at the address /public."""

    is_on: bool
    seconds_per_panel: Annotated[int, Field(ge=5, le=120)]
    letters: Annotated[int, Field(ge=0, le=100)]  # the latest ones that are shown


class SeriesBreak(Strict):
    """A day on which the meaning of a figure changed, so that no line may be drawn across it."""

    on: date  # first day of the new meaning
    label_vi: str
    label_en: str
    source: str

    def label(self, language: str) -> str:
        return self.label_en if language == "en" else self.label_vi


class Settings(Strict):
    """Everything in board.toml. Shares are 0-1; days are calendar days unless said otherwise."""

    office: Office
    public_board: PublicBoard
    satisfaction_target: Share
    due_soon_horizon_days: Count  # working days
    small_sample_n: Count
    suppress_below_n: Count
    age_bands_days: Annotated[tuple[Count, ...], Field(strict=False, min_length=1)]
    fresh_within_days: Count  # working days
    reorganisations: Annotated[tuple[date, ...], Field(strict=False)]
    short_names: dict[str, str] = {}
    narrow_names: dict[str, str] = {}
    online_series_breaks: Annotated[tuple[SeriesBreak, ...], Field(strict=False)]

    def shortened(self, name: str) -> str:
        """The name of an office as officials shorten it where there is little room."""
        for long, short in self.short_names.items():
            name = name.replace(long, short)
        return name

    def narrowed(self, name: str) -> str:
        """The name of an office or a field where there is least room: over a narrow column."""
        name = self.shortened(name)
        for long, narrow in self.narrow_names.items():
            name = name.replace(long, narrow)
        return name

    @field_validator("age_bands_days")
    @classmethod
    def _ascending(cls, days: tuple[int, ...]) -> tuple[int, ...]:
        if list(days) != sorted(set(days)):
            raise Fault("error.value.rising")
        return days


Model = TypeVar("Model", bound=BaseModel)


def read_configuration(path: Path, model: type[Model]) -> Model:
    """A TOML file as a typed value.

    Raises BadConfiguration, naming file and key, when the file is missing, is not TOML, has a
    key the model does not know, lacks one it needs, or holds a value outside its type.
    """
    name = _shown(path)
    try:
        content = read_toml(path, name)
    except FileNotFoundError as error:
        raise BadConfiguration("error.config.missing_file", file=name) from error
    return _typed(name, content, model)


def parse_configuration(name: str, content: bytes, model: type[Model]) -> Model:
    """The content of a TOML file as a typed value; BadConfiguration as `read_configuration`."""
    return _typed(name, parse_toml(content, name), model)


def _typed(name: str, content: dict[str, Any], model: type[Model]) -> Model:
    try:
        return model.model_validate(content)
    except ValidationError as error:
        fault = first_fault(error)
        raise BadConfiguration("error.config.in_file", file=name, fault=fault) from error


def _shown(path: Path) -> str:
    return path.relative_to(ROOT).as_posix() if path.is_relative_to(ROOT) else path.name


def read_settings(path: Path) -> Settings:
    """The settings in one file; BadConfiguration as `read_configuration`."""
    return read_configuration(path, Settings)


@lru_cache(maxsize=1)
def settings() -> Settings:
    """The office's settings, read once per process."""
    return read_settings(CONFIG / "board.toml")


def warehouse_folder() -> Path:
    """Where snapshots and landed batches lie: DUNGHEN_WAREHOUSE, else data/warehouse."""
    return ROOT / (os.environ.get(WAREHOUSE_VARIABLE) or Path("data", "warehouse"))
