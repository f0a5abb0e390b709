"""What the command line prints: rows as a table, JSON or CSV, and what an ingest did."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any

import click
import pyarrow as pa
from rich import box
from rich.console import Console
from rich.table import Table as Printed
from rich.text import Text

from pipeline.audit import Verified
from pipeline.errors import Refused
from pipeline.exports import csv_bytes
from pipeline.ingest import Result
from pipeline.text import json_text, visible
from pipeline.wording import Wording

Say = Callable[..., str]
NAMED = 10  # files, words and headers listed by name; the rest is counted
_WARNINGS = ("unknown_header", "unknown_value", "unneeded_correction")


def show_rows(result: pa.Table, form: str, *, single: bool) -> None:
    """The rows of a query on stdout. single: the one row is the document, not a list of one."""
    rows = result.to_pylist()
    if form == "json":
        show_json(rows[0] if single and rows else rows)
    elif form == "csv":
        headers = {name: name for name in result.column_names}
        sys.stdout.buffer.write(csv_bytes(result, headers))
    elif single and rows:
        _show_one(rows[0])
    else:
        _show_table(result.column_names, rows)


def show_json(document: Any) -> None:
    """One JSON document on stdout; moments as ISO text."""
    click.echo(json_text(document, default=_plain))


def show_ingest(result: Result, words: Wording) -> None:
    """What an ingest did, in sentences."""
    say = partial(_say, words)
    if not result.news:
        click.echo(say("nothing_new", snapshot=result.snapshot))
    else:
        click.echo(say("done", **vars(result)))
        if len(result.batches) > 1:
            for one in result.batches:
                click.echo(f"  {say('source', **one)}")
        for line in (*_counted(result, say), *_warned(result, say)):
            click.echo(f"  {line}")
    for line in _not_read(result.skipped, words):
        click.echo(f"  {line}")
    for one in result.not_taken[:NAMED]:
        click.echo(f"  {say('not_taken', why=Refused.from_document(one).said(words))}")


def audit_lines(log: Verified, words: Wording) -> Iterator[str]:
    """What a look at the access log's chain found."""
    mark = "ok" if log.broken is None else "FAILS"
    yield f"{mark:>12}  {words('command.audit.chain', n=log.entries, head=log.head or '-')}"
    if log.interrupted:
        yield f"{'':>12}  {words('command.audit.interrupted', n=log.interrupted)}"


def _say(words: Wording, key: str, **values: object) -> str:
    seen = {name: visible(one) if isinstance(one, str) else one for name, one in values.items()}
    return words(f"command.ingest.{key}", **seen)


def _counted(result: Result, say: Say) -> Iterator[str]:
    if result.left_out:
        yield say("left_out", n=result.left_out)
    if result.not_kept:
        yield say("not_kept", n=len(result.not_kept), columns=", ".join(result.not_kept))
    for key, found in (("rejected", result.rejects_by_rule), ("flagged", result.flags)):
        yield from (say(key, rule=rule, n=n) for rule, n in sorted(found.items()))


def _warned(result: Result, say: Say) -> Iterator[str]:
    told = [one for one in result.warnings if one["warning"] in _WARNINGS]
    for one in told[:NAMED]:
        yield say(str(one["warning"]), column=one["column"], value=one["value"], n=one["rows"])
    if len(told) > NAMED:
        yield say("more_warnings", n=len(told) - NAMED)
    unused = [str(one["column"]) for one in result.warnings if one["warning"] == "unused_alias"]
    if unused:
        yield say("unused_alias", columns=", ".join(unused))


def _not_read(skipped: Sequence[str], words: Wording) -> Iterator[str]:
    """Files with the reason; those of an earlier day, of which an inbox is full, by number."""
    reasons = [one.rpartition(": ") for one in skipped]
    named = [(name, reason) for name, _, reason in reasons if reason != "landed_before"]
    for name, reason in named[:NAMED]:
        yield _say(words, "not_read", file=words(f"skipped.{reason}", name=name))
    if len(named) > NAMED:
        yield _say(words, "more_not_read", n=len(named) - NAMED)
    if before := len(reasons) - len(named):
        yield _say(words, "before", n=before)


def _show_one(row: dict[str, Any]) -> None:
    widest = max(map(len, row))
    for key, value in row.items():
        click.echo(f"{key:<{widest}}  {_cell(value)}")


def _show_table(names: Sequence[str], rows: Sequence[dict[str, Any]]) -> None:
    """A table where it fits the terminal, else row by row; whole lines where a file is written."""
    printed = Printed(*names, box=box.SIMPLE_HEAD)
    for row in rows:
        printed.add_row(*(Text(_cell(value)) for value in row.values()))
    wanted = Console(width=1_000_000).measure(printed).maximum
    if not sys.stdout.isatty():
        Console(width=wanted).print(printed)
    elif wanted <= shutil.get_terminal_size().columns:
        Console().print(printed)
    else:
        for n, row in enumerate(rows, start=1):
            click.echo(f"-- {n}")
            _show_one(row)


def _cell(value: Any) -> str:
    """A value as a terminal may have it: what a file holds gives it no orders."""
    return "" if value is None else visible(str(value))


def _plain(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else str(value)
