"""The command that loads the country's provinces and communes."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import click

from pipeline.command import WAREHOUSE, folder_of, refusing, spoken

SOURCE = "unit_list"


@click.command()
@click.option(
    "--from",
    "package",
    type=click.Choice(["vietnam-provinces"]),
    required=True,
    help="Where they come from: a package that the office has installed.",
)
@click.option(
    "--province",
    "provinces",
    multiple=True,
    help="Code or name of a province; again for another one. Default: all.",
)
@click.option(
    "--out",
    type=click.Path(dir_okay=False, readable=False, path_type=Path),
    help="Write the list here, to be completed and ingested, instead of loading it.",
)
@click.option("--json", "as_json", is_flag=True, help="One JSON document on stdout.")
@WAREHOUSE
@refusing
def units(
    package: str,
    provinces: tuple[str, ...],
    out: Path | None,
    as_json: bool,
    warehouse: Path | None,
) -> None:
    """Load the provinces and communes since 1/7/2025, and what they were before."""
    from pipeline import publish
    from pipeline.cli_logged import built
    from pipeline.cli_shown import show_ingest, show_json
    from pipeline.ingest import ingest
    from pipeline.national_units import national_units, write_list
    from pipeline.progress import progress_for

    listed, day = national_units(provinces)
    if out is not None:
        out.parent.mkdir(parents=True, exist_ok=True)
        write_list(listed, out)
        if as_json:
            show_json({"file": str(out), "units": len(listed), "data_of": day})
        else:
            click.echo(spoken()("command.units.written", n=len(listed), path=out, day=day))
        return
    with tempfile.TemporaryDirectory() as folder, progress_for(spoken(), sys.stderr) as progress:
        file = Path(folder, f"{package}-{day}.csv")
        write_list(listed, file)
        before = publish.current(folder_of(warehouse))
        result = ingest([file], folder_of(warehouse), source=SOURCE, progress=progress)
        built(folder_of(warehouse), before, result)
    if as_json:
        click.echo(result.as_json())
    else:
        show_ingest(result, spoken())
