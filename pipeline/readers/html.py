"""An HTML table, which many systems save under the name .xls."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from lxml import etree
from lxml import html as lxml_html

from pipeline.errors import UnreadableFile
from pipeline.readers import encodings
from pipeline.readers.base import Cells, Table
from pipeline.readers.layout import LOOKED_AT
from pipeline.readers.sheet import table_of


def tables(
    path: Path, name: str, known: frozenset[str], workspace: Path, sheet: str = ""
) -> Iterator[Table]:
    """Every outer <table> that holds rows; spans are filled in, lines are those of the table's rows."""
    raw = path.read_bytes()
    encoding = encodings.detect(raw[: encodings.SAMPLE_BYTES])
    text = encodings.decode(raw, encoding)
    parser = lxml_html.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, huge_tree=True
    )
    try:
        root = lxml_html.document_fromstring(text.encode(), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError) as problem:
        raise UnreadableFile(
            f"{name}: the HTML cannot be read ({problem}); export it again."
        ) from None
    outer = [t for t in root.iter("table") if next(t.iterancestors("table"), None) is None]
    for n, element in enumerate(outer, start=1):
        numbered = list(enumerate(_grid(element), start=1))
        if not any(sum(map(bool, cells)) >= 2 for _, cells in numbered):
            continue
        table = table_of(
            name,
            f"table {n}" if len(outer) > 1 else None,
            numbered[: LOOKED_AT + 20],
            lambda rows=numbered: iter(rows),
            known,
            encoding=encoding,
        )
        if table is not None:
            yield table


def _grid(table: lxml_html.HtmlElement) -> Iterator[Cells]:
    """Rows of a table; a cell that spans columns fills the first, one that spans rows fills all."""
    hanging: dict[int, tuple[int, str | None]] = {}
    for row in table.iter("tr"):
        cells: list[str | None] = []

        def fill(upto: int | None, into: list[str | None] = cells) -> None:
            while len(into) in hanging and (upto is None or len(into) < upto):
                left, text = hanging[len(into)]
                if left > 1:
                    hanging[len(into)] = (left - 1, text)
                else:
                    del hanging[len(into)]
                into.append(text)

        for cell in row.iterchildren("td", "th"):
            fill(None)
            text = " ".join(cell.text_content().split()) or None
            span, down = _number(cell.get("colspan")), _number(cell.get("rowspan"))
            for n in range(span):
                if down > 1:
                    hanging[len(cells)] = (down - 1, text if n == 0 else None)
                cells.append(text if n == 0 else None)
        fill(None)
        yield tuple(cells)


def _number(text: str | None) -> int:
    return min(int(text), 1000) if text and text.isdigit() and int(text) > 0 else 1
