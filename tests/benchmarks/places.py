"""Where people go: every screen at an address that has something on it, for the role it is for."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from pages.ui.screens import Screen, screens
from pipeline import queries
from pipeline.access import default_scope, role
from pipeline.warehouse import Snapshot
from tests.live.visit import Place

# The first of these roles that may open a screen looks at it: who sees every unit waits longest.
ROLES = ("coordinator", "province_leader", "steward", "operator")
EVERYTHING = {"period": "all"}


def places(snapshot: Snapshot, now: datetime) -> list[Place]:
    """Every screen once; queue and list at their longest as well."""
    newest = _rows(snapshot, "dossiers", now, limit=1)[0]
    of_it = {"dossier": newest["dossier_code"], "system": newest["system"]}
    found = []
    for screen in screens().values():
        if screen.is_public:
            continue  # off until an office switches it on
        place = Place(screen.key, _viewer(screen))
        found.append(place.asking(**of_it) if screen.key == "dossier" else place)
        if screen.key == "queue":
            found.append(place.asking(bucket="overdue"))
        if screen.key == "dossiers":
            found.append(place.asking(**EVERYTHING))
    return found


def another(place: Place, snapshot: Snapshot, now: datetime) -> list[Place]:
    """The same screen narrowed to one unit after the other: questions nobody asked before."""
    units = _rows(snapshot, "by_unit", now)
    return [place.asking(unit=row["unit_id"]) for row in units if row["unit_id"]]


def _viewer(screen: Screen) -> dict[str, str]:
    looking = [one for one in ROLES if screen.open_to(one) and role(one).units == "all"]
    return {"role": looking[0], "lang": "vi"}


def _rows(snapshot: Snapshot, query: str, as_of: datetime, **asked: Any) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = queries.run(
        snapshot, default_scope(), query, as_of=as_of, **asked
    ).to_pylist()
    return rows
