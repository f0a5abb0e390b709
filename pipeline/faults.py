"""What is wrong in a configuration file, as sentences of ours; TOML and pydantic speak English."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from pipeline.errors import BadConfiguration, Refused

# Names of branches of a union, which pydantic puts among the keys.
_BRANCHES = ("list[str]", "DateAndTime")
_LONGEST = 60  # signs of a value that a sentence still carries
_LINE = re.compile(r"at line (\d+)")
_NUMBERS = ("int_type", "float_type", "int_parsing", "float_parsing", "int_from_float")
_KINDS = {
    "string_type": "error.value.text",
    "bool_type": "error.value.truth",
    "date_type": "error.value.day",
    "date_parsing": "error.value.day",
    "date_from_datetime_parsing": "error.value.day",
    "list_type": "error.value.list",
    "tuple_type": "error.value.list",
    "dict_type": "error.value.table",
    "model_type": "error.value.table",
    **dict.fromkeys(_NUMBERS, "error.value.number"),
}
_BOUNDS = {
    "greater_than_equal": ("error.value.at_least", "ge"),
    "less_than_equal": ("error.value.at_most", "le"),
    "greater_than": ("error.value.above", "gt"),
    "less_than": ("error.value.below", "lt"),
}


def read_toml(path: Path, name: str) -> dict[str, Any]:
    """The content of a TOML file, which a message calls `name`; FileNotFoundError is the caller's.

    Raises BadConfiguration naming the line of what is no TOML.
    """
    try:
        return parse_toml(path.read_bytes(), name)
    except FileNotFoundError:
        raise
    except OSError as problem:
        raise BadConfiguration("error.config.unreadable", file=name) from problem


def parse_toml(content: bytes, name: str) -> dict[str, Any]:
    """The bytes of a TOML file, read. Raises BadConfiguration as `read_toml`."""
    try:
        return tomllib.loads(content.decode("utf-8-sig").replace("\r\n", "\n"))
    except UnicodeDecodeError as problem:
        raise BadConfiguration("error.config.not_utf8", file=name) from problem
    except tomllib.TOMLDecodeError as problem:
        line = _LINE.search(str(problem))
        if line is None:
            raise BadConfiguration("error.config.not_toml_at_all", file=name) from problem
        raise BadConfiguration("error.config.not_toml", file=name, line=line[1]) from problem


def first_fault(problem: ValidationError) -> Refused:
    """What a person must mend first, naming its key.

    A misspelt key is also a missing one; the misspelling is what the reader must see.
    """
    faults = problem.errors(include_url=False)
    first = min(faults, key=lambda one: one["type"] != "extra_forbidden")
    key = ".".join(str(part) for part in first["loc"] if part not in _BRANCHES)
    if first["type"] == "extra_forbidden":
        return Refused("error.config.unknown_key", key=key)
    if first["type"] == "missing":
        return Refused("error.config.missing_key", key=key)
    why = _why(first["type"], first.get("ctx", {}), _shown(first["input"]))
    return Refused("error.config.wrong", key=key, why=why) if key else why


def _why(kind: str, context: dict[str, Any], value: str) -> Refused:
    if isinstance(cause := context.get("error"), Refused):
        return cause
    if kind in _BOUNDS:
        sentence, bound = _BOUNDS[kind]
        return Refused(sentence, bound=context[bound], value=value)
    if kind == "literal_error":
        known = str(context["expected"]).replace(" or ", ", ")
        return Refused("error.value.choice", value=value, known=known)
    if kind == "string_pattern_mismatch":
        return Refused("error.value.pattern", value=value, pattern=context["pattern"])
    return Refused(_KINDS.get(kind, "error.value.other"), value=value)


def _shown(value: Any) -> str:
    written = repr(value)
    return written if len(written) <= _LONGEST else f"{written[: _LONGEST - 3]}..."
