"""What every figure is called and means: data/config/metrics.toml, typed on load."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Literal

from pydantic import Field

from pipeline import statements
from pipeline.errors import Refused
from pipeline.settings import CONFIG, Strict, read_configuration

Unit = Literal[
    "dossiers",
    "responses",
    "answers",
    "procedures",
    "share",
    "score",
    "working_days",
    "days",
]


class Metric(Strict):
    """One figure. Texts are for people; query, numerator, denominator, drill are names in SQL."""

    label_vi: str = Field(min_length=1)
    label_en: str = Field(min_length=1)
    definition_vi: str = Field(min_length=1)
    definition_en: str = Field(min_length=1)
    formula: str = Field(min_length=1)
    grain: str
    numerator: str | None = None
    denominator: str | None = None
    unit: Unit
    better: Literal["up", "down", "none"]
    legal_basis: str
    caveat_vi: str
    caveat_en: str
    query: str
    drill: str

    def label(self, language: str) -> str:
        return self.label_en if language == "en" else self.label_vi

    def definition(self, language: str) -> str:
        return self.definition_en if language == "en" else self.definition_vi

    def caveat(self, language: str) -> str:
        return self.caveat_en if language == "en" else self.caveat_vi

    def statement(self) -> str:
        """The SQL of its query, as every screen runs it."""
        return statements.statement(f"queries/{self.query}")[0]


class _Metrics(Strict):
    metrics: dict[str, Metric]


def read_metrics(path: Path) -> Mapping[str, Metric]:
    """The figures of one file by id, in its order. Raises BadConfiguration naming file and key."""
    return read_configuration(path, _Metrics).metrics


@lru_cache(maxsize=1)
def metrics() -> Mapping[str, Metric]:
    """The board's figures by id, read once per process."""
    return read_metrics(CONFIG / "metrics.toml")


def metric(name: str) -> Metric:
    """One figure. Raises Refused for an id that metrics.toml does not have."""
    try:
        return metrics()[name]
    except KeyError as error:
        raise Refused("error.query.no_metric", name=name) from error
