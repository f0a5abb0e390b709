"""Why somebody sees what he sees, and who sees a unit."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from pipeline import queries
from pipeline.access import roles, scope_of
from pipeline.access_explained import (
    Grounds,
    Places,
    grounds_chosen,
    grounds_of,
    places_in,
    sentences,
    who_sees,
    words_of,
)
from pipeline.admission import Access
from pipeline.errors import OutOfScope, Refused
from pipeline.settings import parse_configuration
from pipeline.warehouse import Snapshot, open_snapshot
from pipeline.wording import wording
from tests.snapshots import build, day, dossier, unit

TODAY = date(2026, 11, 25)
UNITS = [
    unit("D1", unit_code="H1", unit_name="Huyện Một"),
    unit("U1", parent_id="D1", unit_name="Xã Một"),
    unit("U2", parent_id="D1", unit_name="Xã Hai"),
    unit("U3", unit_name="Xã Ba"),
    unit("U4", unit_name="Xã Ba"),
]
PEOPLE = """
[[person]]
id = "tinh@x.vn"
name = "Tỉnh"
role = "province_leader"
[[person]]
id = "huyen@x.vn"
name = "Huyện"
role = "unit_leader"
units = ["H1"]
[[person]]
id = "xa@x.vn"
name = "Xã"
role = "staff"
units = ["xa mot", "U2"]
[[person]]
id = "ba@x.vn"
name = "Ba"
role = "staff"
units = ["U1", "Xã Ba"]
[[person]]
id = "cu@x.vn"
name = "Cũ"
role = "staff"
units = ["U1"]
valid_until = 2026-11-24
"""
ACCESS = parse_configuration("access.toml", PEOPLE.encode(), Access)


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory) -> Snapshot:
    opened = open_snapshot(build(tmp_path_factory.mktemp("w"), [dossier()], units=UNITS))
    assert opened is not None
    return opened


@pytest.fixture(scope="module")
def places(snapshot: Snapshot) -> Places:
    return places_in(snapshot, words_of(ACCESS))


def grounds(places: Places, person: str, today: date = TODAY) -> Grounds:
    entry = ACCESS.entry(person)
    assert entry is not None
    return grounds_of(entry, places, today)


def test_a_unit_brings_its_children_and_no_neighbour(places: Places) -> None:
    leader = grounds(places, "huyen@x.vn")

    assert leader.placed == ("D1",)
    assert leader.units == frozenset({"D1", "U1", "U2"})
    assert leader.sees("U2")
    assert not leader.sees("U3")


def test_several_units_are_seen_and_the_one_above_them_is_not(places: Places) -> None:
    clerk = grounds(places, "xa@x.vn")

    assert clerk.units == frozenset({"U1", "U2"})
    assert not clerk.sees("D1")


def test_a_name_that_two_units_bear_refuses_the_whole_entry(places: Places) -> None:
    clerk = grounds(places, "ba@x.vn")

    assert (clerk.state, clerk.missing) == ("unit_missing", ("Xã Ba",))
    assert not clerk.sees("U1")


def test_an_entry_that_is_over_sees_nothing(places: Places) -> None:
    assert grounds(places, "cu@x.vn").state == "no_longer"
    assert not grounds(places, "cu@x.vn").sees("U1")
    assert grounds(places, "cu@x.vn", date(2026, 11, 24)).sees("U1")


def test_who_sees_a_unit_names_its_own_people_first_and_nobody_else(places: Places) -> None:
    assert [one.person for one in who_sees(ACCESS, "U1", places, TODAY)] == [
        "xa@x.vn",
        "huyen@x.vn",
        "tinh@x.vn",
    ]
    assert [one.person for one in who_sees(ACCESS, "U3", places, TODAY)] == ["tinh@x.vn"]


@pytest.mark.parametrize("person", [one.id for one in ACCESS.person if one.id != "cu@x.vn"])
def test_what_is_explained_is_what_the_queries_show(
    snapshot: Snapshot, places: Places, person: str
) -> None:
    entry, told = ACCESS.entry(person), grounds(places, person)
    assert entry is not None
    scope = scope_of(entry.role, entry.units or ())

    if told.state == "unit_missing":
        with pytest.raises(Refused):
            queries.run(snapshot, scope, "units", as_of=day(20))
        return
    shown = queries.run(snapshot, scope, "units", as_of=day(20))["unit_id"].to_pylist()
    every = {row["unit_id"] for row in UNITS}
    assert set(shown) == {unit_id for unit_id in every if told.sees(unit_id)}


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("role", roles().roles)
def test_every_role_is_explained_in_words_with_each_of_its_rights(
    places: Places, role: str, language: str
) -> None:
    chosen = grounds_chosen("-", role, ("U1",), places)
    said = list(sentences(chosen, places, wording(language)))

    assert len(said) >= 3 + len(chosen.rights)
    assert any("Xã Một" in line for line in said)
    assert not any("Xã Hai" in line for line in said)


def test_a_name_goes_through_what_makes_it_safe(places: Places) -> None:
    said = "\n".join(
        sentences(grounds(places, "huyen@x.vn"), places, wording("vi"), lambda name: f"<{name}>")
    )

    assert "<Huyện>" in said
    assert "<Huyện Một>" in said


def test_a_unit_that_is_put_below_another_is_the_other_s_from_then_on(tmp_path: Path) -> None:
    def seen_by(district: str, parent: str, snapshot_id: str) -> list[str]:
        units = [unit("D1"), unit("D2"), unit("U1", parent_id=parent)]
        folder = build(tmp_path, [dossier()], units=units, snapshot_id=snapshot_id)
        opened = open_snapshot(folder)
        assert opened is not None
        scope = scope_of("unit_leader", (district,))
        shown = queries.run(opened, scope, "dossiers", as_of=day(20))
        return [str(code) for code in shown["unit_id"].to_pylist()]

    assert seen_by("D1", "D1", "test-001") == ["U1"]
    assert seen_by("D1", "D2", "test-002") == []
    assert seen_by("D2", "D2", "test-003") == ["U1"]


def test_a_unit_that_a_new_list_no_longer_has_is_not_found_for_who_is_placed_in_it(
    tmp_path: Path,
) -> None:
    merged = open_snapshot(build(tmp_path, [dossier(unit_id="N")], units=[unit("N")]))
    assert merged is not None
    scope = scope_of("staff", ("U1",))

    with pytest.raises(OutOfScope, match="not found"):
        queries.run(merged, scope, "summary", as_of=day(20))
    told = grounds_of(ACCESS.person[1], places_in(merged, ("H1",)), TODAY)
    assert (told.state, told.units) == ("unit_missing", frozenset())
