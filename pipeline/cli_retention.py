"""The command that removes what is older than the office keeps it, and says what it removed."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.command import WAREHOUSE, folder_of, now, refused_as_json, refusing, spoken

if TYPE_CHECKING:
    from pipeline.retention import Done
    from pipeline.wording import Wording

NAMED = 20  # batches and files listed by name; the rest is counted, --json lists them all


@click.command()
@click.option("--dry-run", "is_rehearsal", is_flag=True, help="Say what would go; remove nothing.")
@click.option("--json", "as_json", is_flag=True, help="One JSON document on stdout.")
@WAREHOUSE
@refusing
def retention(is_rehearsal: bool, as_json: bool, warehouse: Path | None) -> None:
    """Remove old personal data, raw exports and months of the access log, as privacy.toml says."""
    from dataclasses import asdict

    from pipeline import cli_logged, publish
    from pipeline.cli_shown import show_json
    from pipeline.progress import progress_for
    from pipeline.retention import retain

    folder = folder_of(warehouse)

    def note(what: str, rows: int, detail: dict[str, str]) -> None:
        cli_logged.note(folder, "retention", what, rows, **detail)

    before = publish.current(folder)
    with refused_as_json(as_json), progress_for(spoken(), sys.stderr) as progress:
        done = retain(folder, now(), note, is_rehearsal=is_rehearsal, progress=progress)
        if not is_rehearsal:
            cli_logged.built(folder, before)
    if as_json:
        show_json({"dry_run": is_rehearsal, **asdict(done)})
        return
    for line in _lines(done, spoken(), is_rehearsal=is_rehearsal):
        click.echo(line)


def _lines(done: Done, words: Wording, *, is_rehearsal: bool) -> Iterator[str]:
    root = "command.retention"
    yield words(f"{root}.{'would_go' if is_rehearsal else 'gone'}")
    rows = sum(one.rows for one in done.batches)
    cells = sum(one.cells for one in done.batches)
    if done.personal_until is not None:
        day = done.personal_until.date()
        yield "  " + words(f"{root}.persons", day=day, rows=rows, cells=cells, n=len(done.batches))
    for one in done.batches[:NAMED]:
        yield f"    {one.batch}  {one.source}  {one.rows}"
    yield "  " + words(f"{root}.snapshots", n=len(done.snapshots), ids=" ".join(done.snapshots))
    yield "  " + words(f"{root}.files", n=len(done.files))
    for file in done.files[:NAMED]:
        yield f"    {file.path}"
    yield "  " + words(f"{root}.uploads", n=len(done.uploads))
    if done.left:
        yield "  " + words(f"{root}.left", n=len(done.left), files=", ".join(done.left[:NAMED]))
    yield "  " + words(f"{root}.log", n=len(done.log_months), months=", ".join(done.log_months))
