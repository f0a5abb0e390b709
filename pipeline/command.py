"""What every command of the command line shares: where the warehouse is, and how it refuses."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import wraps
from pathlib import Path
from typing import Any

import click

from pipeline.errors import Refused
from pipeline.periods import LOCAL_ZONE
from pipeline.settings import warehouse_folder
from pipeline.text import json_text
from pipeline.trouble import told_in_one_sentence
from pipeline.warehouse import Snapshot, open_snapshot
from pipeline.wording import LANGUAGES, Wording, wording

WAREHOUSE = click.option(
    "--warehouse",
    type=click.Path(file_okay=False, readable=False, path_type=Path),
    help="Folder of the warehouse; default: DUNGHEN_WAREHOUSE or data/warehouse.",
)


def now() -> datetime:
    """The local moment, naive, as every figure's as_of is."""
    return datetime.now(LOCAL_ZONE).replace(tzinfo=None)


def refusing(command: Callable[..., None]) -> Callable[..., None]:
    """Print a refusal as one line on stderr, in the language asked for, and exit with 1."""

    @click.option(
        "--lang",
        type=click.Choice(LANGUAGES),
        envvar="DUNGHEN_LANG",
        default="en",
        help="Language of messages; default: DUNGHEN_LANG or en.",
    )
    @wraps(command)
    def wrapped(*args: Any, lang: str, **kwargs: Any) -> None:
        try:
            with told_in_one_sentence():
                command(*args, **kwargs)
        except Refused as problem:
            click.echo(" ".join(problem.said(wording(lang)).split()), err=True)
            sys.exit(1)

    return wrapped


@contextmanager
def refused_as_json(asked: bool) -> Iterator[None]:
    """Where a program asked for JSON, a refusal is a document as well, beside its sentence."""
    try:
        yield
    except Refused as problem:
        if asked:
            click.echo(json_text(problem.as_document(), indent=None))
        raise


def spoken() -> Wording:
    """The language that the person asked for."""
    return wording(click.get_current_context().params["lang"])


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
def main() -> None:
    """Đúng Hẹn: exports of one-stop software in, figures out."""


def folder_of(warehouse: Path | None) -> Path:
    """The warehouse named on the command line, else the one that the environment names."""
    return warehouse if warehouse is not None else warehouse_folder()


def opened(warehouse: Path | None) -> Snapshot:
    """The published snapshot of a warehouse; Refused where there is none yet."""
    snapshot = open_snapshot(folder_of(warehouse))
    if snapshot is None:
        raise Refused("error.snapshot.none_in", folder=folder_of(warehouse))
    return snapshot
