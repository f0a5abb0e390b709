"""Official forms as data/config/forms.toml describes them, typed on load."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import Annotated, Literal

from pydantic import Field, model_validator

from pipeline.errors import Fault, Refused
from pipeline.settings import CONFIG, Strict, read_configuration

UnitView = Literal["as_they_were", "successor"]
Place = Literal["outside", 8, 9, 10, 12, 13]
# Counts that the form has no column for, and the columns that each may be put into.
MAY_STAND: Mapping[str, tuple[int, ...]] = {
    "resolved_no_due": (8, 9, 10),
    "open_waiting": (12, 13),
    "open_no_due": (12, 13),
    "refused": (8, 9, 10),
    "withdrawn": (8, 9, 10),
    "stopped": (8, 9, 10),
    "status_unknown": (12, 13),
}


class Version(Strict):
    """What a form is called from a day on, and how sure that is."""

    valid_from: date
    label: str
    legal_basis: str
    confidence: Literal["high", "medium", "low"]


class Form(Strict):
    """One form; the file says what each key means."""

    kind: Literal["dossiers", "procedures", "reasons"]
    rows: Literal["unit", "field", "agency"]
    levels: Annotated[tuple[str, ...], Field(strict=False)]
    title_vi: str
    title_en: str
    versions: Annotated[tuple[Version, ...], Field(strict=False, min_length=1)]

    def title(self, language: str) -> str:
        return self.title_en if language == "en" else self.title_vi

    def version(self, day: date) -> Version:
        """The version in force on a day; before the first one, the first."""
        held = [one for one in self.versions if one.valid_from <= day]
        return max(held or self.versions[:1], key=lambda one: one.valid_from)


class Section(Strict):
    """Units that stand together before the levels: by id, or by how their name begins."""

    id: str
    label_vi: str
    label_en: str
    name_begins: Annotated[tuple[str, ...], Field(strict=False)] = ()
    unit_ids: Annotated[tuple[str, ...], Field(strict=False)] = ()

    def label(self, language: str) -> str:
        return self.label_en if language == "en" else self.label_vi

    def holds(self, unit_id: str | None, unit_name: str | None) -> bool:
        """Whether a unit belongs here."""
        return unit_id in self.unit_ids or (unit_name or "").startswith(self.name_begins or ("\0",))


class Units(Strict):
    """How units of the past stand in a form."""

    view: UnitView


class Forms(Strict):
    """Everything in forms.toml."""

    placement: dict[str, Place]
    units: Units
    sections: Annotated[tuple[Section, ...], Field(strict=False)]
    procedure_groups: Annotated[tuple[Section, ...], Field(strict=False)]
    forms: dict[str, Form]

    @model_validator(mode="after")
    def _every_count_has_one_place(self) -> Forms:
        for name in sorted(set(MAY_STAND) ^ set(self.placement)):
            raise Fault("error.report.no_placement", name=name)
        for name, place in self.placement.items():
            if place != "outside" and place not in MAY_STAND[name]:
                raise Fault("error.report.no_column", name=name, known=MAY_STAND[name])
        return self


@lru_cache(maxsize=1)
def forms() -> Forms:
    """The office's forms, read once per process. Raises BadConfiguration."""
    return read_configuration(CONFIG / "forms.toml", Forms)


def forms_of(kind: str) -> list[str]:
    """Names of the forms of a kind, in the order of the file."""
    return [name for name, one in forms().forms.items() if one.kind == kind]


def form(name: str) -> Form:
    """One form. Raises Refused, naming the known ones."""
    known = forms().forms
    if name not in known:
        raise Refused("error.report.no_form", name=name, known=list(known))
    return known[name]
