"""The board's own words: the columns and values that every export is brought to.

A source file (pipeline/sources.py) maps an export's headers and words to these names.
"""

from __future__ import annotations

from typing import Literal, get_args

Kind = Literal["dossier", "step", "survey", "apology", "feedback", "procedure", "unit"]
KINDS: tuple[Kind, ...] = get_args(Kind)

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
        "result_no": "text",
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
        "device": "text",
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
        "agency_level": "vocabulary",  # one cell may name several levels
        "online_level": "vocabulary",
        "limit": "text",  # "10 ngày làm việc"
        "agency": "text",
        "on_the_spot": "vocabulary",  # yes | no: "4 tại chỗ"
        "valid_from": "time",
        "valid_to": "time",
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
    "on_the_spot": ("yes", "no"),
    "online_level": ("online_full", "online_partial", "none"),
    "unit_level": ("province", "department", "district", "commune", "branch", "other"),
    "successor_relation": ("merged", "split", "renamed"),
    "agency_level": ("ministry", "province", "district", "commune", "other"),
}
# Vocabularies of which one cell may hold several words: "Cấp bộ, Cấp tỉnh".
SEVERAL = frozenset({"agency_level"})

# Columns that hold a promise, and columns that hold what became of it. Exports name them almost
# alike ("Ngày hẹn trả kết quả", "Ngày trả kết quả"), so headers are kept from crossing over.
PROMISED = frozenset({"due_at", "first_due_at", "step_due_at", "new_due_at"})
ENDED = frozenset(
    {"finished_at", "handed_over_at", "result_signed_at", "ended_at", "step_finished_at"}
    | {"answered_at"}
)
