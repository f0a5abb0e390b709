"""The command line. Scripts and schedulers use the same code as the screens.

Exit status: 0 done, 1 refused (one line says why and what to do), 2 wrong usage.
"""

from __future__ import annotations

import sys
from pathlib import Path

import click

from pipeline import cli_access, cli_audit, cli_papers, cli_retention, cli_units, publish
from pipeline.command import (
    WAREHOUSE,
    folder_of,
    main,
    now,
    opened,
    refused_as_json,
    refusing,
    spoken,
)
from pipeline.errors import Refused
from pipeline.text import visible

main.add_command(cli_papers.report)
main.add_command(cli_papers.apologies)
main.add_command(cli_units.units)
main.add_command(cli_audit.audit)
main.add_command(cli_retention.retention)
main.add_command(cli_access.access)


@main.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(readable=False, path_type=Path))
@click.option("--source", help="Name of a source or a TOML file; default: recognised by headers.")
@click.option(
    "--publish-anyway", is_flag=True, help="Publish although a rule's threshold is crossed."
)
@click.option("--json", "as_json", is_flag=True, help="One JSON document on stdout.")
@WAREHOUSE
@refusing
def ingest(
    paths: tuple[Path, ...],
    source: str | None,
    publish_anyway: bool,
    as_json: bool,
    warehouse: Path | None,
) -> None:
    """Take in exports: land, normalise, check, publish."""
    from pipeline.cli_logged import built
    from pipeline.cli_shown import show_ingest
    from pipeline.ingest import ingest as take_in
    from pipeline.progress import progress_for

    folder = folder_of(warehouse)
    with refused_as_json(as_json), progress_for(spoken(), sys.stderr) as progress:
        before = publish.current(folder)
        result = take_in(
            paths,
            folder,
            source=source,
            publish_anyway=publish_anyway,
            progress=progress,
        )
        built(folder, before, result)
    if as_json:
        click.echo(result.as_json())
    else:
        show_ingest(result, spoken())
    if result.refusal is not None:
        raise result.refusal


@main.command()
@click.argument("name")
@click.option("--as-of", "as_of", help="Moment the figures speak of; a bare day means its end.")
@click.option("--from", "first", help="First day of the period.")
@click.option("--to", "last", help="Last day of the period, included.")
@click.option("--period", help="A period by name: 2023-12, 2023-Q4, 2023, report:2023-12.")
@click.option("--unit", help="Unit id; its children are included.")
@click.option("--field", "field_name", help="Field, as the screens write it.")
@click.option("--scope", help="Whose eyes: ROLE or ROLE:UNIT; default: the operator's.")
@click.option(
    "--set",
    "extras",
    multiple=True,
    metavar="NAME=VALUE",
    help="Any other parameter of the query, such as measure=late.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json", "csv"]),
    default="table",
    show_default=True,
)
@WAREHOUSE
@refusing
def query(
    name: str,
    as_of: str | None,
    first: str | None,
    last: str | None,
    period: str | None,
    unit: str | None,
    field_name: str | None,
    scope: str | None,
    extras: tuple[str, ...],
    form: str,
    warehouse: Path | None,
) -> None:
    """Run any query that a screen shows, by name."""
    from pipeline import access, cli_logged, queries
    from pipeline.cli_asked import edges, extra, field_named, moment_of
    from pipeline.cli_shown import show_rows

    snapshot = opened(warehouse)
    moment = moment_of(snapshot, as_of)
    viewer = access.scope_from_text(scope) if scope is not None else access.default_scope()
    given = edges(moment, period, first, last) | extra(extras)
    if unit is not None:
        given["unit"] = unit
    if field_name is not None:
        given["field"] = field_named(snapshot, viewer, field_name)
    folder = folder_of(warehouse)
    result = cli_logged.unless_refused(
        folder, viewer, name, lambda: queries.run(snapshot, viewer, name, as_of=moment, **given)
    )
    if form != "table":
        cli_logged.exported(folder, viewer, name, result.num_rows, form=form)
    show_rows(result, form, single=queries.named(name).name == "summary")


@main.command()
@click.argument("file", type=click.Path(readable=False, path_type=Path))
@click.option("--source", help="Look at the file as this source.")
@click.option(
    "--draft",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write the source file to start from to this new file.",
)
@WAREHOUSE
@refusing
def inspect(file: Path, source: str | None, draft: Path | None, warehouse: Path | None) -> None:
    """Show what a file holds, which source fits, and a source file to start from."""
    from pipeline.inspection import inspect as look
    from pipeline.inspection_text import render
    from pipeline.proposal import save_draft
    from pipeline.sorting import named_source
    from pipeline.sources import sources

    folder = folder_of(warehouse)
    known = sources(folder)
    asked = named_source(source, known) if source else None
    seen = look(file, known, folder, source=asked)
    if not seen.tables:
        raise Refused("error.file.no_table", files=[file])
    if draft is not None:
        save_draft(seen, draft)
    for line in render(seen, with_draft=draft is None).splitlines():
        click.echo(visible(line))
    if draft is not None:
        click.echo(spoken()("command.inspect.draft", path=visible(str(draft))))


@main.command()
@click.option(
    "--out", required=True, type=click.Path(file_okay=False, readable=False, path_type=Path)
)
@click.option("--dossiers", default=60_000, show_default=True, type=click.IntRange(min=500))
@click.option("--seed", default=7, show_default=True)
@click.option(
    "--as-of", "as_of", help="Moment the exports are written; 'now', or a fixed day by default."
)
@refusing
def demo(out: Path, dossiers: int, seed: int, as_of: str | None) -> None:
    """Write messy exports of an invented province; same seed and moment, same bytes."""
    from pipeline.demo import write
    from pipeline.periods import parse_as_of
    from pipeline.progress import progress_for

    moment = None
    if as_of:
        moment = now().replace(second=0, microsecond=0) if as_of == "now" else parse_as_of(as_of)
    with progress_for(spoken(), sys.stderr) as progress:
        summary = write(out, dossiers=dossiers, seed=seed, as_of=moment, progress=progress)
    click.echo(f"{summary.dossiers} dossiers in {len(summary.files)} files under {out}.")


@main.command()
@click.option("--json", "as_json", is_flag=True)
@click.option(
    "--audit-head",
    metavar="NUMBER:SHA256",
    help="The access log's end as an earlier check --json printed it, kept elsewhere since.",
)
@WAREHOUSE
@refusing
def check(as_json: bool, audit_head: str | None, warehouse: Path | None) -> None:
    """Ledger, identities, thresholds, the access log; exit 1 when one fails."""
    from pipeline import access, audit, queries
    from pipeline.batch_folder import held
    from pipeline.cli_asked import moment_of
    from pipeline.cli_shown import audit_lines, show_json, show_rows

    snapshot = opened(warehouse)
    moment = moment_of(snapshot, None)
    viewer = access.default_scope()
    ledger = queries.run(snapshot, viewer, "ledger", as_of=moment)
    found = queries.run(snapshot, viewer, "identities", as_of=moment).to_pylist()
    waiting = held(folder_of(warehouse))
    wrong = [row for row in found if row["difference"] != 0]
    log = audit.verify(folder_of(warehouse), audit_head)
    if as_json:
        document = {
            "snapshot": snapshot.id,
            "ledger": ledger.to_pylist(),
            "identities": found,
            "held": waiting,
            "audit": {
                "entries": log.entries,
                "head": log.head,
                "interrupted": log.interrupted,
                "broken": None if log.broken is None else log.broken.said(spoken()),
            },
            "ok": not wrong and not waiting and log.broken is None,
        }
        show_json(document)
    else:
        show_rows(ledger, "table", single=False)
        for row in found:
            mark = "ok" if row["difference"] == 0 else f"FAILS by {row['difference']}"
            click.echo(f"{mark:>12}  {row['identity']}")
        for line in audit_lines(log, spoken()):
            click.echo(line)
    for one in waiting:
        click.echo(f"Batch {one['batch_id']} ({one['source']}) waits: {one['stopped']}.", err=True)
    if wrong:
        first = wrong[0]
        raise Refused(
            "error.ingest.identity_fails",
            identity=first["identity"],
            difference=first["difference"],
        )
    if log.broken is not None:
        raise log.broken
    if waiting:
        raise Refused("error.ingest.waiting")


@main.command()
@click.option("--rollback", metavar="ID", help="Show this snapshot again.")
@click.option("--json", "as_json", is_flag=True)
@WAREHOUSE
@refusing
def snapshots(rollback: str | None, as_json: bool, warehouse: Path | None) -> None:
    """List published snapshots, or go back to one."""
    from pipeline.cli_logged import note
    from pipeline.cli_shown import show_json

    folder = folder_of(warehouse)
    if rollback:
        with publish.writing(folder):
            before = next((one.id for one in publish.snapshots(folder) if one.is_current), "")
            publish.require(folder, rollback)
            note(folder, "rolled_back", rollback, before=before)
            publish.point_to(folder, rollback)
    listed = publish.snapshots(folder)
    if not listed:
        raise Refused("error.snapshot.none_in", folder=folder)
    if as_json:
        show_json([{"id": s.id, "bytes": s.bytes, "is_current": s.is_current} for s in listed])
        return
    for one in listed:
        click.echo(f"{'*' if one.is_current else ' '} {one.id}  {one.bytes / 1e6:.1f} MB")


@main.command()
@WAREHOUSE
@refusing
def rebuild(warehouse: Path | None) -> None:
    """Build the snapshot anew from what was landed, where another version or source needs it."""
    from pipeline.cli_logged import built
    from pipeline.ingest import rebuild as build_anew
    from pipeline.progress import progress_for

    folder = folder_of(warehouse)
    before = publish.current(folder)
    with progress_for(spoken(), sys.stderr) as progress:
        after = build_anew(folder, progress=progress)
    if after is None:
        raise Refused("error.snapshot.nothing_landed", folder=folder)
    built(folder, before)
    click.echo(f"Snapshot {after} is up to date." if after == before else f"Snapshot {after}.")


@main.command()
@click.argument("batch")
@click.option("--discard", is_flag=True, help="Throw the batch away instead.")
@click.option("--json", "as_json", is_flag=True, help="One JSON document on stdout.")
@WAREHOUSE
@refusing
def release(batch: str, discard: bool, as_json: bool, warehouse: Path | None) -> None:
    """Publish a batch that a threshold holds back, as it is; `check` lists those batches."""
    from pipeline.cli_logged import built, note
    from pipeline.cli_shown import show_ingest
    from pipeline.ingest import discard as throw_away
    from pipeline.ingest import release as let_in
    from pipeline.progress import progress_for

    folder = folder_of(warehouse)
    with refused_as_json(as_json):
        if discard:
            throw_away(folder, batch)
            note(folder, "ingested", batch, 0, decided="discarded")
            return
        before = publish.current(folder)
        with progress_for(spoken(), sys.stderr) as progress:
            result = let_in(folder, batch, progress=progress)
        built(folder, before, result)
    if as_json:
        click.echo(result.as_json())
    else:
        show_ingest(result, spoken())


__all__ = ["main"]
