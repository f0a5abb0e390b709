"""Commands that say who is let in, who sees what, and why."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.command import WAREHOUSE, folder_of, now, refusing, spoken

if TYPE_CHECKING:
    from pipeline.access_explained import Grounds, Places
    from pipeline.admission import Access


@click.group()
def access() -> None:
    """Who is let in, who sees what, and why."""


@access.command()
@click.argument("person", required=False)
@click.option("--unit", help="Id, code or name: who sees it, or whether PERSON does.")
@click.option("--json", "as_json", is_flag=True, help="One JSON document on stdout.")
@WAREHOUSE
@refusing
def explain(person: str | None, unit: str | None, as_json: bool, warehouse: Path | None) -> None:
    """Say why PERSON sees what he sees, or who sees a unit; everybody without either."""
    from pipeline.access_explained import places_in, words_of
    from pipeline.admission import access_of
    from pipeline.cli_shown import show_json
    from pipeline.warehouse import open_snapshot

    folder = folder_of(warehouse)
    listed = access_of(folder)
    snapshot = open_snapshot(folder)
    places = places_in(snapshot, words_of(listed) | ({unit} if unit else set()))
    found = _found(listed, person, unit, places, now().date())
    if as_json:
        asked = places.named[unit][0] if unit else None
        show_json(
            {
                "mode": listed.mode,
                "unit": asked,
                "people": [
                    one.as_document(places)
                    | ({"sees_unit": one.sees(asked)} if asked is not None else {})
                    for one in found
                ],
            }
        )
        return
    _say(found, listed.mode, places, whole=person is not None)


@access.command()
@click.option("--address", help="Also: may a board with this list listen there?")
@WAREHOUSE
@refusing
def check(address: str | None, warehouse: Path | None) -> None:
    """Read access.toml as the board does: how people sign in, and how many are in the list."""
    from pipeline.admission import access_of, refuse_listening

    listed = access_of(folder_of(warehouse))
    if address is not None:
        refuse_listening(listed, address)
    click.echo(spoken()("command.access.mode", mode=listed.mode, n=len(listed.person)))


def _found(
    listed: Access, person: str | None, unit: str | None, places: Places, today: date
) -> list[Grounds]:
    """The grounds that the question is about. Raises Refused for who or what is not there."""
    from pipeline.access_explained import grounds_of, unit_named, who_sees
    from pipeline.admission import known_as
    from pipeline.errors import Refused

    unit_id = unit_named(places, unit, places.named.get(unit, ())) if unit else None
    if person is not None:
        entry = listed.entry(person)
        if entry is None:
            raise Refused("error.entry.no_person", person=known_as(person))
        return [grounds_of(entry, places, today)]
    if unit_id is not None:
        return who_sees(listed, unit_id, places, today)
    return [grounds_of(one, places, today) for one in listed.person]


def _say(found: Sequence[Grounds], mode: str, places: Places, *, whole: bool) -> None:
    """One person with all his grounds, several with a line each."""
    from pipeline.access import role
    from pipeline.access_explained import sentences

    words = spoken()
    if mode == "none":
        click.echo(words("access.no_sign_in"))
    for one in found:
        if whole:
            for line in sentences(one, places, words):
                click.echo(line.replace("**", ""))
            continue
        units = ", ".join([*(places.names.get(unit, unit) for unit in one.placed), *one.missing])
        click.echo(
            words(
                "command.access.line",
                person=one.person,
                name=one.name,
                role=role(one.role).label(words.language),
                units=units or words("access.every_unit"),
                state=words(f"access.state.{one.state}"),
            )
        )
    if not found:
        click.echo(words("command.access.nobody"))
