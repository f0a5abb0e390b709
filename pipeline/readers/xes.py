"""XES event logs (IEEE 1849), streamed: one row per event, its trace's attributes as "case:<key>".

The columns are those that event-log tools give a log in CSV, so both forms fit one source. A trace
without events is one row all the same. No entity is expanded; a log with a DTD is refused.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from pipeline.errors import UnreadableFile
from pipeline.readers.damage import refused
from pipeline.readers.keyed import keyed_table
from pipeline.readers.table import Table

_VALUES = frozenset({"string", "date", "int", "float", "boolean", "id"})


def tables(path: Path, name: str, held: object = None) -> Iterator[Table]:
    """The events of a log. It is read once for its keys, then again for every reading of rows."""
    keys: dict[str, None] = {}
    for _, record in _records(path, name):
        keys.update(dict.fromkeys(record))
    if not keys:
        raise UnreadableFile("error.file.log_no_trace", file=name)
    yield keyed_table(name, list(keys), lambda: _records(path, name), encoding="utf-8", held=held)


def _records(path: Path, name: str) -> Iterator[tuple[int, dict[str, str]]]:
    """Events with the line on which each begins."""
    with (
        refused(UnreadableFile("error.file.log_breaks_off", file=name)),
        path.open("rb") as file,
    ):
        parsing = etree.iterparse(
            file,
            events=("start", "end"),
            resolve_entities=False,
            load_dtd=False,
            no_network=True,
            remove_comments=True,
            remove_pis=True,
        )
        depth = 0
        for event, element in parsing:
            if event == "start":
                depth += 1
                if depth == 1:
                    _refuse_dtd(element, name)
                continue
            depth -= 1
            if depth != 1:
                continue
            if _name(element) == "trace":
                yield from _rows_of(element)
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]


def _refuse_dtd(root: etree._Element, name: str) -> None:
    if root.getroottree().docinfo.doctype:
        raise UnreadableFile("error.file.log_dtd", file=name)


def _rows_of(trace: etree._Element) -> Iterator[tuple[int, dict[str, str]]]:
    case = {f"case:{key}": value for key, value in _attributes(trace)}
    events = [child for child in trace if _name(child) == "event"]
    for event in events:
        yield event.sourceline, case | dict(_attributes(event))
    if not events:
        yield trace.sourceline, case


def _attributes(element: etree._Element, above: str = "") -> Iterator[tuple[str, str]]:
    for child in element:
        if _name(child) not in _VALUES:
            continue
        key = above + child.get("key", "")
        yield key, child.get("value", "")
        yield from _attributes(child, f"{key}.")


def _name(element: etree._Element) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""
