"""The command that looks something up in the access log."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

import click

from pipeline.audit.entry import EVENTS
from pipeline.command import WAREHOUSE, folder_of, refusing, spoken
from pipeline.text import visible


@click.command()
@click.option("--who", help="Part of the person's name, as the sign-in names him.")
@click.option("--event", type=click.Choice(EVENTS), help="What happened.")
@click.option("--from", "first", help="First day.")
@click.option("--to", "last", help="Last day, included.")
@click.option(
    "--most", default=100, show_default=True, type=click.IntRange(min=1), help="Entries shown."
)
@click.option("--json", "as_json", is_flag=True, help="One JSON document on stdout.")
@WAREHOUSE
@refusing
def audit(
    who: str | None,
    event: str | None,
    first: str | None,
    last: str | None,
    most: int,
    as_json: bool,
    warehouse: Path | None,
) -> None:
    """Look something up in the access log, newest first; `check` verifies its chain."""
    from dataclasses import asdict

    from pipeline.audit import Asked, search
    from pipeline.cli_shown import show_json
    from pipeline.periods import parse_as_of

    asked = Asked(
        who=who,
        event=event,
        first=parse_as_of(first).date() if first else None,
        last=parse_as_of(last).date() if last else None,
    )
    found = list(islice(search(folder_of(warehouse), asked), most + 1))
    shown = found[:most]
    if as_json:
        show_json(
            {
                "entries": [{**asdict(one), "sha256": one.sha256} for one in shown],
                "more": len(found) > most,
            }
        )
        return
    for one in shown:
        rows = "" if one.rows is None else f" ({one.rows})"
        detail = "".join(f" {key}={value}" for key, value in one.detail.items())
        said = "  ".join((one.at, one.event, one.who, one.role, one.what))
        click.echo(visible(f"{one.n:>7}  {said}{rows}{detail}"))
    if not shown:
        click.echo(spoken()("command.audit.nothing"))
    elif len(found) > most:
        click.echo(spoken()("command.audit.more", n=most))
