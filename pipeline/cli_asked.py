"""What a person typed on the command line, as the query layer takes it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from difflib import get_close_matches
from typing import Any

import click

from pipeline import queries, statements
from pipeline.command import now
from pipeline.errors import Refused
from pipeline.moment import default_as_of
from pipeline.periods import free_period, parse_as_of, parse_period
from pipeline.scope import Scope
from pipeline.settings import settings
from pipeline.text import fold
from pipeline.warehouse import Snapshot


def moment_of(snapshot: Snapshot, as_of: str | None) -> datetime:
    """The moment that figures speak of: the one named, else that of the data."""
    if as_of:
        return parse_as_of(as_of)
    return default_as_of(snapshot.meta, now(), settings().fresh_within_days).as_of


def edges(
    as_of: datetime, period: str | None, first: str | None, last: str | None
) -> dict[str, datetime]:
    """The period as `first` and `upper`; nothing where none was named.

    Raises click's UsageError where it was named twice.
    """
    if period and (first or last):
        raise click.UsageError("Name the period by --period or by --from and --to, not by both.")
    if period:
        chosen = parse_period(period)
        return {"first": chosen.lower, "upper": chosen.upper}
    begins = parse_as_of(first).date() if first else None
    ends = parse_as_of(last).date() if last else None
    if begins and not ends and begins > as_of.date():
        raise Refused("error.query.empty_period", first=begins, as_of=as_of.date())
    given = {}
    if begins:
        given["first"] = free_period(begins, ends or as_of.date()).lower
    if ends:
        given["upper"] = free_period(begins or ends, ends).upper
    return given


def extra(written: Sequence[str]) -> dict[str, Any]:
    """Parameters of --set NAME=VALUE. Raises click's UsageError where one is written otherwise."""
    given = {}
    for one in written:
        name, found, value = one.partition("=")
        if not found:
            raise click.UsageError(f"--set {one}: write NAME=VALUE.")
        given[name.strip()] = queries.from_text(name.strip(), value.strip())
    return given


def field_named(snapshot: Snapshot, viewer: Scope, written: str) -> str:
    """A field as the screens write it, found without regard to accents and capitals.

    Raises Refused, naming the nearest, for a field that nothing the viewer may see speaks of.
    """
    with snapshot.cursor(viewer) as cursor:
        rows = statements.run(cursor, "access/known_fields").fetchall()
    listed: set[str] = {name for (name,) in rows}
    known = {fold(name): name for name in listed}
    if written in listed:
        return written
    if fold(written) in known:
        return known[fold(written)]
    near = [known[key] for key in get_close_matches(fold(written), known, n=3)]
    if near:
        raise Refused("error.query.field_near", name=written, near=near)
    raise Refused("error.query.no_field", name=written)
