"""JSON and JSON lines: a list of objects, wherever it lies, as rows. Numbers keep their digits."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pipeline.errors import UnreadableFile
from pipeline.readers.delimited import lines_of
from pipeline.readers.encodings import BadBytes, detect_file, text_chunks
from pipeline.readers.keyed import keyed_table
from pipeline.readers.table import Table


def tables(path: Path, name: str, held: object = None) -> Iterator[Table]:
    """The records of a JSON file, nested objects flattened with dots.

    Records are a bare list, {"content": [...]}, the only list of objects under any key, one object,
    or one object per line. Raises UnreadableFile, naming the line, for JSON that is not valid.
    """
    encoding = detect_file(path)
    if _is_by_line(path, encoding):

        def records() -> Iterator[tuple[int, dict[str, str | None]]]:
            return _by_line(path, encoding, name)

    else:
        whole = _whole(path, encoding, name)

        def records() -> Iterator[tuple[int, dict[str, str | None]]]:
            return ((place, flat(record)) for place, record in enumerate(whole, start=1))

    keys: dict[str, None] = {}
    for _, record in records():
        keys.update(dict.fromkeys(record))
    if keys:
        yield keyed_table(name, list(keys), records, encoding=encoding, held=held)


def flat(record: dict[str, Any], above: str = "") -> dict[str, str | None]:
    """An object as one row: {"a": {"b": 1}} is 'a.b'; lists of plain values are joined by '; '."""
    row: dict[str, str | None] = {}
    for key, value in record.items():
        if isinstance(value, dict):
            row |= flat(value, f"{above}{key}.")
        elif isinstance(value, list):
            row[above + key] = "; ".join(text for one in value if (text := _text(one))) or None
        else:
            row[above + key] = _text(value)
    return row


def _text(value: object) -> str | None:
    match value:
        case None | "":
            return None
        case bool():
            return "true" if value else "false"
        case dict() | list():
            return json.dumps(value, ensure_ascii=False)
    return str(value)


def _load(text: str) -> Any:
    """Numbers stay as they are written: an id of 20 digits, a code '1.001230'."""
    return json.loads(text, parse_int=str, parse_float=str, parse_constant=lambda _: None)


def _is_by_line(path: Path, encoding: str) -> bool:
    """Whether the first line with text is an object of its own and another line follows."""
    filled = (line for line in lines_of(path, encoding, BadBytes()) if line.strip())
    first, second = next(filled, ""), next(filled, "")
    if not second.lstrip().startswith("{"):
        return False
    try:
        return isinstance(_load(first), dict)
    except json.JSONDecodeError:
        return False


def _by_line(path: Path, encoding: str, name: str) -> Iterator[tuple[int, dict[str, str | None]]]:
    for number, line in enumerate(lines_of(path, encoding, BadBytes()), start=1):
        if not line.strip():
            continue
        try:
            record = _load(line)
        except json.JSONDecodeError:
            raise UnreadableFile("error.file.json_line", file=name, line=number) from None
        if not isinstance(record, dict):
            raise UnreadableFile("error.file.json_no_object", file=name, line=number)
        yield number, flat(record)


def _whole(path: Path, encoding: str, name: str) -> list[dict[str, Any]]:
    try:
        found = _load("".join(text_chunks(path, encoding)))
    except json.JSONDecodeError as problem:
        raise UnreadableFile("error.file.json_line", file=name, line=problem.lineno) from None
    except RecursionError:
        raise UnreadableFile("error.file.json_too_deep", file=name) from None
    if isinstance(found, dict):
        lists = [value for value in found.values() if _is_records(value) and value]
        if _is_records(found.get("content")):
            return list(found["content"])
        if len(lists) > 1:
            keys = [key for key, value in found.items() if _is_records(value) and value]
            raise UnreadableFile("error.file.json_several", file=name, keys=keys)
        return lists[0] if lists else [found]
    if not _is_records(found):
        raise UnreadableFile("error.file.json_no_list", file=name)
    return list(found)


def _is_records(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(one, dict) for one in value)
