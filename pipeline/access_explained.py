"""Why somebody sees what he sees, and who sees a unit: one answer for screens and command line.

`places_in` reads what a snapshot knows of units, with the statements that scopes are made with;
everything after it is a function of its arguments.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from pipeline import statements
from pipeline.access import Right, default_scope, role
from pipeline.admission import Access, Person
from pipeline.errors import NotAdmitted, OutOfScope, Refused
from pipeline.warehouse import Snapshot
from pipeline.wording import Wording

Source = Literal["list", "chosen"]  # who decided the role: the office, or the viewer himself
State = Literal["held", "not_yet", "no_longer", "unit_missing"]
NAMED = 8  # units named in a sentence; the rest is counted


@dataclass(frozen=True)
class Places:
    """Units as far as access needs them.

    named: a word of the list -> the units it names. below: a unit -> itself and what is below it.
    names: a unit -> its latest name. codes: a unit -> its code, where it has one.
    """

    named: Mapping[str, tuple[str, ...]]
    below: Mapping[str, frozenset[str]]
    names: Mapping[str, str]
    codes: Mapping[str, str]


@dataclass(frozen=True)
class Grounds:
    """On what grounds somebody sees what he sees.

    placed: the units he is placed in. units: those and all below them, None = every unit. missing:
    words of the list that name no unit, or several, for which he is refused as a whole.
    """

    person: str
    name: str
    role: str
    source: Source
    state: State
    placed: tuple[str, ...]
    units: frozenset[str] | None
    missing: tuple[str, ...]
    rights: tuple[Right, ...]
    valid_from: date | None = None
    valid_until: date | None = None

    def sees(self, unit_id: str) -> bool:
        """Whether this unit's dossiers are shown to him now."""
        return self.state == "held" and (self.units is None or unit_id in self.units)

    def as_document(self, places: Places) -> dict[str, Any]:
        """For programs: every field, units with their names."""
        return {
            "person": self.person,
            "name": self.name,
            "role": self.role,
            "source": self.source,
            "state": self.state,
            "placed": _named(self.placed, places),
            "every_unit": self.units is None,
            "units": _named(sorted(self.units or ()), places),
            "missing": list(self.missing),
            "rights": list(self.rights),
            "valid_from": self.valid_from,
            "valid_until": self.valid_until,
        }


def places_in(snapshot: Snapshot | None, words: Iterable[str]) -> Places:
    """What a snapshot knows of units, and what these words of the list name in it."""
    if snapshot is None:
        return Places({}, {}, {}, {})
    with snapshot.cursor(default_scope()) as cursor:
        known = statements.run(cursor, "access/explained/unit_names").fetchall()
        tree = statements.run(cursor, "access/explained/tree").fetchall()
        named = {
            word: tuple(
                unit_id
                for (unit_id,) in statements.run(
                    cursor, "access/placed_units", unit=word
                ).fetchall()
            )
            for word in sorted(set(words))
        }
    below: defaultdict[str, set[str]] = defaultdict(set)
    for ancestor_id, unit_id in tree:
        below[ancestor_id].add(unit_id)
    return Places(
        named,
        {unit_id: frozenset(units) for unit_id, units in below.items()},
        {unit_id: name for unit_id, _, name in known},
        {unit_id: code for unit_id, code, _ in known if code},
    )


def words_of(access: Access) -> set[str]:
    """Every word by which the list names a unit."""
    return {word for person in access.person for word in person.units or ()}


def grounds_of(person: Person, places: Places, today: date) -> Grounds:
    """On what grounds an entry of the list lets somebody in."""
    placed, missing = _placed(person.units or (), places)
    state: State = "unit_missing" if missing else "held"
    try:
        person.refuse_outside_its_days(today)
    except NotAdmitted as why:
        state = "not_yet" if why.key.endswith("not_yet") else "no_longer"
    return Grounds(
        person=person.id,
        name=person.name,
        role=person.role,
        source="list",
        state=state,
        placed=placed,
        units=_with_children(placed, places) if person.units else None,
        missing=missing,
        rights=role(person.role).rights,
        valid_from=person.valid_from,
        valid_until=person.valid_until,
    )


def grounds_chosen(person: str, role_name: str, units: Sequence[str], places: Places) -> Grounds:
    """On what grounds somebody sees a board that nobody signs in to: he chose them himself."""
    placed, missing = _placed(units, places)
    return Grounds(
        person=person,
        name="",
        role=role_name,
        source="chosen",
        state="unit_missing" if missing else "held",
        placed=placed,
        units=_with_children(placed, places) if units else None,
        missing=missing,
        rights=role(role_name).rights,
    )


def who_sees(access: Access, unit_id: str, places: Places, today: date) -> list[Grounds]:
    """Everybody of the list who sees a unit's dossiers today, those of his own unit first."""
    found = [grounds_of(person, places, today) for person in access.person]
    seeing = [one for one in found if one.sees(unit_id)]
    return sorted(seeing, key=lambda one: (one.units is None, unit_id not in one.placed, one.name))


def unit_named(places: Places, asked: str, named: Sequence[str]) -> str:
    """The one unit that a question names. Raises OutOfScope for none, Refused for several."""
    if not named:
        raise OutOfScope("error.access.no_unit", unit=asked)
    if len(named) > 1:
        raise Refused("error.access.several_units", n=len(named), unit=asked)
    return named[0]


def sentences(
    grounds: Grounds, places: Places, words: Wording, safe: Callable[[str], str] = str
) -> Iterator[str]:
    """The grounds in words: who, from where the role comes, which units, which rights.

    safe: what a name from a file goes through before it stands among markup.
    """
    label = role(grounds.role).label(words.language)
    if grounds.source == "list":
        yield words("access.why.person", name=safe(grounds.name), person=safe(grounds.person))
        yield words("access.why.listed", role=label)
    else:
        yield words("access.why.nobody")
        yield words("access.why.chosen", role=label)
    for key, day in (("from", grounds.valid_from), ("until", grounds.valid_until)):
        if day is not None:
            yield words(f"access.why.{key}", day=day)
    if grounds.state != "held":
        yield words(f"access.state_why.{grounds.state}", units=safe(", ".join(grounds.missing)))
    elif grounds.units is None:
        yield words("access.why.every_unit")
    else:
        yield words("access.why.units", units=safe(_listed(grounds.placed, places, words)))
        if below := sorted(grounds.units - set(grounds.placed), key=places.names.__getitem__):
            yield words("access.why.below", units=safe(_listed(below, places, words)))
    for right in grounds.rights:
        yield words(f"access.right.{right}")
    if "personal" not in grounds.rights:
        yield words("access.no_right.personal")


def _listed(unit_ids: Sequence[str], places: Places, words: Wording) -> str:
    told = ", ".join(places.names.get(unit_id, unit_id) for unit_id in unit_ids[:NAMED])
    more = len(unit_ids) - NAMED
    return told if more <= 0 else words("access.why.and_more", units=told, n=more)


def _placed(units: Sequence[str], places: Places) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Units that words name, and the words that name none or several."""
    named = {word: places.named.get(word, ()) for word in units}
    placed = dict.fromkeys(ids[0] for ids in named.values() if len(ids) == 1)
    return tuple(placed), tuple(word for word, ids in named.items() if len(ids) != 1)


def _with_children(placed: Sequence[str], places: Places) -> frozenset[str]:
    return frozenset().union(*({one, *places.below.get(one, ())} for one in placed))


def _named(unit_ids: Iterable[str], places: Places) -> list[dict[str, str | None]]:
    return [
        {
            "unit_id": unit_id,
            "unit_code": places.codes.get(unit_id),
            "unit_name": places.names.get(unit_id),
        }
        for unit_id in unit_ids
    ]
