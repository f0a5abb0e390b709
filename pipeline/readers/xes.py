"""XES event logs (IEEE 1849), streamed: one row per event, its trace's attributes as "case:<key>".

The columns are named as event-log tools name them in CSV, so that both forms of a log fit one source.
No entity is expanded and no DTD is loaded.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from pipeline.errors import UnreadableFile
from pipeline.readers.base import Row, Table
from pipeline.readers.sheet import record_table

_ATTRIBUTES = {"string", "date", "int", "float", "boolean", "id"}


def tables(
    path: Path, name: str, known: frozenset[str], workspace: Path, sheet: str = ""
) -> Iterator[Table]:
    """The events of a log. Read twice: once for the keys that occur, then for the rows."""
    headers: dict[str, None] = {}
    try:
        for record in _records(path):
            headers.update(dict.fromkeys(record))
    except etree.XMLSyntaxError as problem:
        raise UnreadableFile(f"{name}: the event log is not valid XML ({problem.msg}).") from None
    if not headers:
        raise UnreadableFile(f"{name}: the event log holds no trace; export it again.")
    keys = list(headers)

    def rows() -> Iterator[Row]:
        for line, record in enumerate(_records(path), start=1):
            yield line, tuple(record.get(key) for key in keys)

    yield record_table(name, keys, rows, "utf-8")


def _records(path: Path) -> Iterator[dict[str, str]]:
    context = etree.iterparse(
        str(path),
        events=("end",),
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=True,
    )
    for _, element in context:
        if etree.QName(element).localname != "trace":
            continue
        case = {f"case:{key}": value for key, value in _attributes(element)}
        events = [child for child in element if _name(child) == "event"]
        for event in events:
            yield {**case, **dict(_attributes(event))}
        if not events:
            yield case
        element.clear()
        while element.getprevious() is not None:
            del element.getparent()[0]


def _attributes(element: etree._Element) -> Iterator[tuple[str, str]]:
    for child in element:
        if _name(child) in _ATTRIBUTES:
            yield child.get("key", ""), child.get("value", "")


def _name(element: etree._Element) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""
