"""Commands that write files for others: reports, and the public list of apologies."""

from __future__ import annotations

from pathlib import Path

import click

from pipeline.command import WAREHOUSE, folder_of, opened, refusing
from pipeline.text import json_text


@click.command()
@click.argument("form")
@click.option("--period", default="all", show_default=True)
@click.option("--as-of", "as_of")
@click.option("--scope", help="Whose eyes: ROLE or ROLE:UNIT; default: the operator's.")
@click.option("--language", type=click.Choice(["vi", "en"]), default="vi", show_default=True)
@click.option(
    "--out", required=True, type=click.Path(dir_okay=False, readable=False, path_type=Path)
)
@WAREHOUSE
@refusing
def report(
    form: str,
    period: str,
    as_of: str | None,
    scope: str | None,
    language: str,
    out: Path,
    warehouse: Path | None,
) -> None:
    """Write a report as XLSX: due-soon (a sheet per unit), ii06a, ii06b, ii06c (Biểu II.06).

    A form goes to JSON where the file's name ends in .json.
    """
    from pipeline import access
    from pipeline.cli_asked import moment_of
    from pipeline.cli_logged import exported, unless_refused
    from pipeline.periods import parse_period
    from pipeline.reports import write_report

    snapshot = opened(warehouse)
    moment = moment_of(snapshot, as_of)
    viewer = access.scope_from_text(scope) if scope is not None else access.default_scope()
    document = unless_refused(
        folder_of(warehouse),
        viewer,
        form,
        lambda: write_report(
            form,
            snapshot,
            viewer,
            parse_period(period),
            moment,
            language,
            as_json=out.suffix.lower() == ".json",
        ),
    )
    exported(folder_of(warehouse), viewer, form, period=period, file=out.name)
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_bytes(document)
    click.echo(f"{out}")


@click.command()
@click.option(
    "--as-of", "as_of", help="Letters sent until then; default: what the figures speak of."
)
@click.option(
    "--out", required=True, type=click.Path(file_okay=False, readable=False, path_type=Path)
)
@click.option("--json", "as_json", is_flag=True)
@WAREHOUSE
@refusing
def apologies(as_of: str | None, out: Path, as_json: bool, warehouse: Path | None) -> None:
    """Publish the next public list of apology letters: codes and days, chained by hash."""
    from dataclasses import asdict

    from pipeline import access, public_list, queries
    from pipeline.cli_asked import moment_of
    from pipeline.cli_logged import exported
    from pipeline.settings import settings

    snapshot = opened(warehouse)
    moment = moment_of(snapshot, as_of)
    viewer = access.default_scope()
    rows = queries.run(snapshot, viewer, "apology_list", as_of=moment).to_pylist()
    exported(folder_of(warehouse), viewer, "apology_list", len(rows))
    done = public_list.publish(rows, out, settings().office.name("vi"), moment)
    if as_json:
        click.echo(json_text(asdict(done), default=str))
    elif done.path is None:
        click.echo("Nothing new: the lists say already what the register of letters says.")
    else:
        click.echo(
            f"{done.path}: {done.added} added, {done.changed} changed, {done.withdrawn} withdrawn;"
            f" sha256 {done.sha256}"
        )
