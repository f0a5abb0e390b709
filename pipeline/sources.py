"""The description of a source: one TOML file says how an export is to be understood.

The format is explained for people in docs/sources.md. Loading is strict: an unknown key is
refused by name.
"""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

Kind = Literal["dossier", "step", "survey", "apology", "feedback", "procedure", "unit"]

# Canonical columns per kind -> type. "vocabulary" columns are mapped through [values.<column>].
# text: squeezed NFC; time: timestamp (text, ISO, or Excel serial); number: Vietnamese notation.
STEP_COLUMNS = {
    "step_no": "number",
    "step_name": "text",
    "step_unit": "text",
    "step_officer": "text",
    "step_started_at": "time",
    "step_due_at": "time",
    "step_finished_at": "time",
    "step_note": "text",
}
COLUMNS: dict[str, dict[str, str]] = {
    "dossier": {
        "dossier_code": "text",
        "procedure_code": "text",
        "procedure": "text",
        "field": "text",
        "unit": "text",
        "unit_code": "text",
        "receiving_unit": "text",
        "officer": "text",
        "step_now": "text",
        "channel": "vocabulary",
        "applicant_name": "text",
        "applicant_phone": "text",
        "submitted_at": "time",
        "received_at": "time",
        "due_at": "time",
        "first_due_at": "time",
        "finished_at": "time",
        "handed_over_at": "time",
        "result_signed_at": "time",
        "ended_at": "time",
        "supplement_requested_at": "time",
        "supplement_completed_at": "time",
        "late_flag": "vocabulary",
        "status": "vocabulary",
        **STEP_COLUMNS,  # only with [fold]: every row is an event of a dossier
    },
    "step": {"dossier_code": "text", **STEP_COLUMNS},
    "survey": {
        "response_id": "text",
        "dossier_code": "text",
        "unit": "text",
        "unit_code": "text",
        "field": "text",
        "survey_channel": "vocabulary",
        "answered_at": "time",
        "rating": "vocabulary",  # the overall question, unless [[questions]] names others
        "comment": "text",
    },
    "apology": {
        "dossier_code": "text",
        "unit": "text",
        "ordinal": "number",
        "document_no": "text",
        "issued_at": "time",
        "reason": "text",
        "new_due_at": "time",
    },
    "feedback": {
        "feedback_id": "text",
        "dossier_code": "text",
        "unit": "text",
        "received_at": "time",
        "due_at": "time",
        "answered_at": "time",
        "topic": "text",
        "is_satisfied": "vocabulary",  # yes | no
    },
    "procedure": {
        "procedure_code": "text",
        "procedure": "text",
        "field": "text",
        "agency_level": "text",
        "online_level": "vocabulary",
        "limit": "text",  # "10 ngày làm việc"
    },
    "unit": {
        "unit_code": "text",
        "unit": "text",
        "unit_level": "vocabulary",
        "parent_code": "text",
        "parent": "text",
        "valid_from": "time",
        "valid_to": "time",
        "successor_code": "text",
        "successor_relation": "vocabulary",
        "successor_share": "number",
    },
}
# What a row cannot do without.
REQUIRED: dict[str, tuple[str, ...]] = {
    "dossier": ("dossier_code", "received_at"),
    "step": ("dossier_code", "step_name"),
    "survey": (),
    "apology": ("dossier_code",),
    "feedback": ("feedback_id", "received_at"),
    "procedure": ("procedure_code", "procedure"),
    "unit": ("unit",),
}
# Vocabularies: canonical value -> what it means stands in design words.
VOCABULARY: dict[str, tuple[str, ...]] = {
    "status": (
        "submitted",
        "not_accepted",
        "in_progress",
        "awaiting_supplement",
        "awaiting_payment",
        "finished",
        "handed_over",
        "refused",
        "withdrawn",
        "stopped",
    ),
    "channel": ("online_full", "online_partial", "online", "counter", "post"),
    "late_flag": ("late", "in_time"),
    "survey_channel": ("paper", "kiosk", "online", "phone"),
    "rating": (
        "very_satisfied",
        "satisfied",
        "neutral",
        "dissatisfied",
        "very_dissatisfied",
        "dont_know",
    ),
    "is_satisfied": ("yes", "no"),
    "online_level": ("online_full", "online_partial", "none"),
    "unit_level": ("province", "department", "district", "commune", "branch", "other"),
    "successor_relation": ("merged", "split", "renamed"),
}


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

    name: str = Field(pattern=r"^[a-z0-9][a-z0-9_-]*$")
    title_vi: str
    title_en: str
    kind: Kind
    system: str = ""  # name space of its dossier codes; default: the source's name
    links_to: list[str] = []  # step, survey, apology, feedback: systems whose codes it speaks of; [] = any
    time_zone: str = "Asia/Ho_Chi_Minh"  # the local day that decides early, on time, late
    written_zone: str = ""  # zone of times written without an offset; default: time_zone
    date_order: Literal["day_first", "month_first"] = "day_first"
    date_formats: list[str] = []  # strptime formats tried before the built-in ones
    on_time_rule: Literal["day", "instant"] = "day"
    fresh_within_days: int | None = None  # working days
    sheet: str = ""  # name of the sheet to read; default: the best table found
    is_invented: bool = False
    columns: dict[str, list[str] | DateAndTime]
    ignored: list[str] = []  # headers known and not wanted
    personal: list[str] = []  # headers of which landing keeps nothing (identity number, address)
    values: dict[str, dict[str, list[str]]] = {}  # column -> canonical -> words of the source
    defaults: dict[str, str] = {}  # canonical column -> value where the file has no such column
    questions: list[Question] = []
    scale: Scale = Scale()
    fold: Fold | None = None
