"""Units: names in exports resolved to the office's own dated list, or kept as found.

Names repeat after a merger (245 commune names in the country occur more than once), so a name is
no key:
a code decides where there is one, then the name with its parent, then the name in force on the day.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime

import duckdb
import pyarrow as pa

from pipeline import statements
from pipeline.text import fold, name_key, squeeze

SEPARATOR = "\x1f"  # between code and name in unit_raw
EARLIEST, LATEST = datetime(1, 1, 1), datetime(9999, 12, 31)
_OFFICE_OF = re.compile(r"^(ubnd|ủy ban nhân dân|uỷ ban nhân dân)\s+", re.IGNORECASE)
_PARENT = re.compile(r"\s*(?:,|;| - | – |\()\s*")
TERM = pa.schema(
    [
        ("raw", pa.string()),
        ("unit_id", pa.string()),
        ("valid_from", pa.timestamp("us")),
        ("valid_upper", pa.timestamp("us")),
        ("is_registered", pa.bool_()),
        ("is_first", pa.bool_()),
    ]
)
FOUND = pa.schema([(name, pa.string()) for name in ("unit_id", "unit_code", "unit_name")])
# Kinds of sources whose rows refer to units; the others are lists that units refer to.
REFERRING = ("dossier", "step", "survey", "apology", "feedback")


@dataclass(frozen=True)
class Unit:
    """One unit of the warehouse, as far as finding it by name needs."""

    unit_id: str
    code: str | None
    name: str
    parent_id: str | None
    valid_from: date | None
    is_registered: bool


# The day on which a unit begins to be meant, and the unit.
Stretch = tuple[date | None, Unit | None]


def fill_unit_terms(con: duckdb.DuckDBPyConnection, raws: list[str]) -> None:
    """Fill unit_term(raw, unit_id, valid_from, valid_upper, is_registered, is_first) for spellings.

    raws: "code<US>name" as the source writes them. A spelling that the list does not know becomes a
    unit of its own in unit_found, marked as not registered, so that no dossier is lost.
    """
    register = Register(_known(con))
    rows: list[dict[str, object]] = []
    for raw in raws:
        code, _, name = raw.partition(SEPARATOR)
        rows += _intervals(raw, register.meant(squeeze(code), squeeze(name)))
    found_rows = [
        {"unit_id": unit.unit_id, "unit_code": unit.code, "unit_name": unit.name}
        for unit in register.added
    ]
    con.register("unit_rows", pa.Table.from_pylist(rows, schema=TERM))
    con.register("unit_found_rows", pa.Table.from_pylist(found_rows, schema=FOUND))
    con.execute("create or replace temp table unit_term as from unit_rows")
    con.execute("create or replace temp table unit_found as from unit_found_rows")
    con.unregister("unit_rows")
    con.unregister("unit_found_rows")
    con.execute("create or replace temp view unit_known as from wh.unit")


def add_found(con: duckdb.DuckDBPyConnection) -> None:
    """Add the units of unit_found to wh.unit, once their batch is let in."""
    for name in ("unit_found_in", "unit_found_tree_in"):
        statements.run(con, f"core/{name}")


class Register:
    """Units by every way of writing them. added: those that only an export speaks of."""

    def __init__(self, units: list[Unit]) -> None:
        self.added: list[Unit] = []
        self._by_id = {unit.unit_id: unit for unit in units}
        self._by_code: dict[str, list[Unit]] = defaultdict(list)
        self._by_name: dict[str, list[Unit]] = defaultdict(list)
        for unit in units:
            self._add(unit)

    def meant(self, code: str | None, name: str | None) -> list[Stretch]:
        """Who a code and a name mean, from which day on.

        What the list does not know, or cannot tell apart, is a unit of its own as the export
        writes it; nothing written is nobody.
        """
        stretches = self.candidates(code, name) or [(None, None)]
        if all(unit is not None for _, unit in stretches):
            return stretches
        own = self._as_written(code, name)
        return [(start, unit or own) for start, unit in stretches] if own else []

    def candidates(self, code: str | None, name: str | None) -> list[Stretch]:
        """Units that a code and a name may mean; several follow each other in time.

        Registered units come before found ones. None stands for units that begin on one day and
        that nothing tells apart. Empty where nobody is known.
        """
        if code and self._by_code.get(code):
            return _told_apart(self._by_code[code])
        if not name:
            return []
        for key in _keys(name):
            if found := self._by_name.get(key):
                return _told_apart(found)
        own, *rest = _PARENT.split(name.rstrip(")"))
        if rest:
            parents = {key for part in rest for key in _keys(part)}
            for key in _keys(own):
                found = [u for u in self._by_name.get(key, []) if self._parent_keys(u) & parents]
                if found:
                    return _told_apart(found)
        return []

    def _add(self, unit: Unit) -> None:
        self._by_id[unit.unit_id] = unit
        if unit.code:
            self._by_code[unit.code].append(unit)
        for key in _keys(unit.name):
            if unit not in self._by_name[key]:
                self._by_name[key].append(unit)

    def _as_written(self, code: str | None, name: str | None) -> Unit | None:
        shown = name or code
        if shown is None:
            return None
        for key in _keys(shown):
            for unit in self._by_name.get(key, []):
                if not unit.is_registered and (code is None or unit.code == code):
                    return unit
        stem = fold(shown).replace(" ", "-") or "x"
        unit_id, n = stem, 2
        while unit_id in self._by_id:
            unit_id, n = f"{stem}-{n}", n + 1
        unit = Unit(unit_id, code, shown, None, None, is_registered=False)
        self._add(unit)
        self.added.append(unit)
        return unit

    def _parent_keys(self, unit: Unit) -> set[str]:
        parent = self._by_id.get(unit.parent_id or "")
        return set(_keys(parent.name)) if parent else set()


def _told_apart(found: list[Unit]) -> list[Stretch]:
    by_start: dict[date | None, list[Unit]] = defaultdict(list)
    for unit in [unit for unit in found if unit.is_registered] or found:
        by_start[unit.valid_from].append(unit)
    return [
        (start, units[0] if len(units) == 1 else None)
        for start, units in sorted(by_start.items(), key=lambda one: one[0] or date.min)
    ]


def _keys(name: str) -> list[str]:
    bare = _OFFICE_OF.sub("", name)
    return list(dict.fromkeys([name_key(name), name_key(bare)]))


def _intervals(raw: str, stretches: list[Stretch]) -> list[dict[str, object]]:
    """Time cut at the days on which the units begin; the first has no beginning."""
    starts = [
        EARLIEST if n == 0 else datetime.combine(start or date.min, datetime.min.time())
        for n, (start, _) in enumerate(stretches)
    ]
    return [
        {
            "raw": raw,
            "unit_id": unit.unit_id,
            "valid_from": start,
            "valid_upper": upper,
            "is_registered": unit.is_registered,
            "is_first": upper == LATEST,  # the one in force now, where no day can be asked
        }
        for (_, unit), start, upper in zip(stretches, starts, [*starts[1:], LATEST], strict=False)
        if unit is not None
    ]


def _known(con: duckdb.DuckDBPyConnection) -> list[Unit]:
    rows = statements.run(con, "core/units_known")
    return [Unit(*row) for row in rows.fetchall()]
