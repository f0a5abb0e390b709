"""Any bytes under any name: rows, or one refusal that names the file; and no line is lost."""

from __future__ import annotations

import gzip
import io
import json
import random
import tempfile
import zipfile
from functools import cache
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.errors import UnreadableFile
from pipeline.landing import land
from pipeline.readers import tables
from pipeline.text import fold

NAMES = (
    "a.csv",
    "a.xlsx",
    "a.xls",
    "a.json",
    "a.jsonl",
    "a.xes",
    "a.parquet",
    "a.zip",
    "a.gz",
    "a",
)
HEADERS = ("Số hồ sơ", "Đơn vị", "Ngày tiếp nhận", "Trạng thái")
ROWS = [(f"A-{n}", "Tư pháp", "01/03/2024", "Đang xử lý") for n in range(12)]
QUIET = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))


def text() -> str:
    return "\n".join(";".join(row) for row in (HEADERS, *ROWS)) + "\n"


def workbook() -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet("DS")
        sheet.merge_range(0, 0, 0, 3, "DANH SÁCH")
        for at, row in enumerate((HEADERS, *ROWS), start=1):
            sheet.write_row(at, 0, row)
    return out.getvalue()


def page() -> str:
    rows = "".join(
        "<tr>" + "".join(f"<td colspan=1>{cell}</td>" for cell in row) + "</tr>"
        for row in (HEADERS, *ROWS)
    )
    return f"<html><body><table border=1>{rows}</table></body></html>"


def old_xml() -> str:
    space = "urn:schemas-microsoft-com:office:spreadsheet"
    rows = "".join(
        "<Row>"
        + "".join(f'<Cell><Data ss:Type="String">{cell}</Data></Cell>' for cell in row)
        + "</Row>"
        for row in (HEADERS, *ROWS)
    )
    return (
        f'<?xml version="1.0"?><Workbook xmlns="{space}" xmlns:ss="{space}">'
        f'<Worksheet ss:Name="A"><Table>{rows}</Table></Worksheet></Workbook>'
    )


def log() -> str:
    traces = "".join(
        f'<trace><string key="concept:name" value="{code}"/><event>'
        f'<string key="concept:name" value="{unit}"/></event></trace>'
        for code, unit, *_ in ROWS
    )
    return f'<?xml version="1.0"?><log xes.version="1.0">{traces}</log>'


def columns() -> bytes:
    out = io.BytesIO()
    named = {name: [row[at] for row in ROWS] for at, name in enumerate(HEADERS)}
    pq.write_table(pa.table(named), out)
    return out.getvalue()


def archive() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as pack:
        pack.writestr("a.csv", text())
        pack.writestr(
            "b/b.json", json.dumps([dict(zip(HEADERS, row, strict=True)) for row in ROWS])
        )
    return out.getvalue()


@cache
def sound() -> dict[str, bytes]:
    """One sound file of every format."""
    records = [dict(zip(HEADERS, row, strict=True)) for row in ROWS]
    return {
        "a.csv": text().encode(),
        "utf16.csv": text().encode("utf-16"),
        "cp1258.csv": "Tình trạng;Số\nđang làm;1\n".encode("cp1258", errors="ignore"),
        "a.xlsx": workbook(),
        "a.html": page().encode(),
        "a.xls": old_xml().encode(),
        "a.json": json.dumps({"content": records}, ensure_ascii=False).encode(),
        "a.jsonl": "\n".join(map(json.dumps, records)).encode(),
        "a.xes": log().encode(),
        "a.parquet": columns(),
        "a.zip": archive(),
        "a.csv.gz": gzip.compress(text().encode()),
    }


def read(name: str, content: bytes) -> int | str:
    """How many rows a file gives, or why it is refused; anything else is a fault of ours."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, name)
        path.write_bytes(content)
        n = 0
        try:
            for table in tables(path):
                for line, cells in table.numbered():
                    n += line >= 1 and len(cells) - len(table.headers) in (0, 1)
        except UnreadableFile as refusal:
            return str(refusal)
    return n


@QUIET
@given(name=st.sampled_from(NAMES), content=st.binary(max_size=3_000))
def test_any_bytes_are_rows_or_a_refusal(name: str, content: bytes) -> None:
    assert read(name, content) != ""


BEGINNINGS = (
    b"PK\x03\x04", b"\x1f\x8b\x08", b"PAR1", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"<html><table>",
    b"<log>", b'[{"a":', b'{"a":1}\n{', b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf", b'"', b"sep=;\n",
    b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">',
)  # fmt: skip


@QUIET
@given(
    name=st.sampled_from(NAMES),
    begins=st.sampled_from(BEGINNINGS),
    rest=st.binary(max_size=600)
    | st.text(max_size=300).map(lambda t: t.encode("utf-8", "replace")),
)
def test_bytes_that_begin_like_a_format_are_rows_or_a_refusal(
    name: str, begins: bytes, rest: bytes
) -> None:
    assert read(name, begins + rest) != ""


def damaged(content: bytes, seed: int) -> bytes:
    """A file with pieces cut out, doubled, overwritten or torn off."""
    chance = random.Random(seed)
    made = bytearray(content)
    for _ in range(chance.randint(1, 6)):
        at = chance.randrange(len(made) + 1)
        length = chance.choice((1, 2, 8, 64))
        match chance.randrange(5):
            case 0:
                made[at : at + length] = chance.randbytes(length)
            case 1:
                del made[at : at + length]
            case 2:
                made[at:at] = made[at : at + length]
            case 3:
                made = made[: max(at, 1)]
            case _:
                made[at:at] = chance.choice((b"\0", b'"', b"\n", b"\r", b";", b"<", b"&", b"\xff"))
    return bytes(made)


@pytest.mark.parametrize("name", sound())
@QUIET
@given(seed=st.integers(0, 2**32))
def test_a_damaged_file_is_rows_or_a_refusal(name: str, seed: int) -> None:
    assert read(name, damaged(sound()[name], seed)) != ""


CELLS = st.text(
    st.characters(codec="utf-8", exclude_characters='"\n\r;,|\t', exclude_categories=("Cc", "Cs")),
    min_size=1,
    max_size=8,
).filter(lambda t: t.strip() != "")
LINES = st.lists(st.lists(CELLS, min_size=4, max_size=4), max_size=12)
HEADED = ["Số hồ sơ", "Đơn vị", "Ngày tiếp nhận", "Trạng thái"]


@QUIET
@given(lines=LINES, ends=st.sampled_from(["\n", "\r\n", "\r"]), last=st.booleans())
def test_every_line_under_the_header_is_a_row_or_counted_as_left_out(
    lines: list[list[str]], ends: str, last: bool
) -> None:
    written = ends.join(";".join(cells) for cells in [HEADED, *lines]) + (ends if last else "")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "a.csv")
        path.write_bytes(written.encode())
        (table,) = tables(path, known_headers=frozenset(map(fold, HEADED)))
        told = sorted([line for line, _ in table.numbered()] + [one.line for one in table.left_out])
        assert told == list(range(2, len(lines) + 2))
        assert table.headers[:4] == tuple(HEADED)


@QUIET
@given(lines=LINES, data=st.data())
def test_landing_by_columns_gives_the_rows_that_reading_line_by_line_gives(
    lines: list[list[str]], data: st.DataObject
) -> None:
    if data.draw(st.booleans(), label="with a total"):
        lines = [*lines, ["Tổng cộng", "", "", "3"]]
    written = "\n".join(";".join(cells) for cells in [HEADED, *lines]) + "\n"
    with tempfile.TemporaryDirectory() as folder, duckdb.connect() as con:
        path = Path(folder, "a.csv")
        path.write_bytes(written.encode())
        known = frozenset(map(fold, HEADED))
        (table,) = tables(path, known_headers=known)
        exact = [cells[:4] for _, cells in table.numbered()]
        left_out = [(one.line, one.reason) for one in table.left_out]
        batch = land(con, [path], "x", Path(folder, "w"), known_headers=known)
        (landed,) = batch.tables
        stored = Path(folder, "w", "landing", batch.batch_id, landed.parquet)
        rows = pq.read_table(stored).to_pylist()
        aside = {one.row for one in landed.left_out}
        kept = [tuple(row[name] for name in HEADED) for n, row in enumerate(rows) if n not in aside]
        assert kept == exact
        assert [(one.line, one.reason) for one in landed.left_out] == left_out
