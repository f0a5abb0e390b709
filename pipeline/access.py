"""From an identity to the rows it may see: roles, scopes, and the views that hold only those rows.

This is the one place that names the tables of a warehouse. Every other statement reads the views
that `prepare` puts on a cursor, so that no query can forget the filter.
"""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache
from typing import Annotated, Literal

import duckdb
from pydantic import Field

from pipeline import promises, signals, statements, steps
from pipeline.errors import OutOfScope, Refused
from pipeline.scope import Scope
from pipeline.settings import CONFIG, Strict, read_configuration

# In the order in which they build on each other: DuckDB binds a macro when it is made.
WORDS = ("masked_name", "masked_phone", "masked_comment", "folded", "mentions")
STATES = (
    "due_soon_until",
    "last_due_over",
    "dossier_state",
    "chosen_state",
    "counted_directly",
    "open_at",
    "chosen_open",
    "chosen_queue",
    "ended_unit",
    "listed_queue",
    "chosen_answer",
    "with_interval",
    "in_broken_month",
    "first_broken_day",
    "broken_month_event",
)
FLOWS = (
    "chosen_cell",
    "chosen_month",
    "chosen_soon",
    "counted",
    "with_rates",
    "lateness",
    "by_channel_columns",
    "online_counted",
)
# In the order in which they build on each other; only for queries that ask for findings.
FINDINGS = (
    "apology_course",
    "late_reason",
    "finding_moved_after_due",
    "step_span",
    "threshold_of",
    "signal_state",
    "signalled",
    "turning_step",
    "found_by_step",
)
BEGINNING = datetime(1, 1, 1)  # the start of a period that nobody named
FIRST_VIEWS = ("dossier", "cell")  # what belongs to one of them is visible with it

Right = Literal[
    "personal", "unmask", "rejects", "officers", "officer_figures", "comments", "export", "operate"
]


class Role(Strict):
    """What the holders of a role may see and do; the file says what each right means."""

    label_vi: str
    label_en: str
    units: Literal["all", "own"]
    rights: Annotated[tuple[Right, ...], Field(strict=False)]
    hidden_tables: Annotated[tuple[str, ...], Field(strict=False)] = ()
    queries: Annotated[tuple[str, ...], Field(strict=False)] | None = None  # None: all of them

    def label(self, language: str) -> str:
        return self.label_en if language == "en" else self.label_vi


class Roles(Strict):
    """Everything in roles.toml."""

    default_role: str
    roles: dict[str, Role]


@lru_cache(maxsize=1)
def roles() -> Roles:
    """The roles of the office, read once per process. Raises BadConfiguration."""
    return read_configuration(CONFIG / "roles.toml", Roles)


def role(name: str) -> Role:
    """One role. Raises Refused, naming the known ones."""
    known = roles().roles
    if name not in known:
        raise Refused("error.access.no_role", name=name, known=sorted(known))
    return known[name]


def may(scope: Scope, right: Right) -> bool:
    """Whether the viewer's role has a right."""
    return right in role(scope.role).rights


def may_ask(scope: Scope, query: str) -> bool:
    """Whether the viewer's role may ask a query, by its name with '_'."""
    allowed = role(scope.role).queries
    return allowed is None or query in allowed


def scope_of(role_name: str, units: tuple[str, ...] = ()) -> Scope:
    """The scope of an identity: its role, and the units it is placed in (ids, codes or names).

    A role for all units is narrowed when units are named; a role for the own unit needs one.
    Raises Refused otherwise, and for an unknown role.
    """
    granted = role(role_name)
    if granted.units == "own" and not units:
        raise Refused("error.access.needs_unit", role=role_name)
    return Scope(
        role=role_name,
        unit_ids=tuple(sorted(set(units))) or None,
        sees_personal="personal" in granted.rights,
        sees_rejects="rejects" in granted.rights,
    )


def scope_from_text(text: str) -> Scope:
    """'staff:U1', 'unit_leader:U1,U2' or 'operator' as a scope. Raises Refused as `scope_of`."""
    role_name, _, units = text.partition(":")
    return scope_of(
        role_name.strip(), tuple(unit.strip() for unit in units.split(",") if unit.strip())
    )


def default_scope() -> Scope:
    """The scope of whoever can read the warehouse's files anyway: the command line's."""
    return scope_of(roles().default_role)


def prepare(cursor: duckdb.DuckDBPyConnection, scope: Scope) -> None:
    """Give a fresh cursor the views and macros that show `scope` its rows and nothing else.

    Raises Refused for an unknown role, OutOfScope for a unit that is not there.
    """
    granted = role(scope.role)
    for word in WORDS:
        statements.run(cursor, f"access/macros/{word}")
    statements.run(cursor, "access/reason_phrase", **promises.parameters())
    open_from = statements.run(cursor, "access/horizon").fetchall()[0][0]
    for name, value in {
        "open_from": open_from,
        "sees_every_unit": scope.unit_ids is None,
        "visible_units": _visible_units(cursor, scope),
        "sees_personal": scope.sees_personal and "personal" in granted.rights,
        "sees_rejects": scope.sees_rejects and "rejects" in granted.rights,
        "sees_officers": "officers" in granted.rights,
        "sees_officer_figures": "officer_figures" in granted.rights,
        "sees_comments": "comments" in granted.rights,
    }.items():
        statements.run(cursor, f"access/set_{name}", **{name: value})
    views = [name.rpartition("/")[2] for name in statements.names("access/views")]
    for view in sorted(views, key=lambda name: name not in FIRST_VIEWS):
        if view not in granted.hidden_tables:
            statements.run(cursor, f"access/views/{view}")
    for state in STATES:
        statements.run(cursor, f"access/macros/{state}")
    set_period(cursor, BEGINNING, BEGINNING)
    for flow in FLOWS:
        statements.run(cursor, f"access/macros/{flow}")


def set_findings(cursor: duckdb.DuckDBPyConnection) -> None:
    """Let findings be asked for on this cursor: the rules they go by, and a macro for each."""
    if statements.run(cursor, "access/findings/are_set").fetchall()[0][0]:
        return
    statements.run(cursor, "access/findings/apology_rule", **promises.parameters())
    statements.run(cursor, "access/findings/threshold", **signals.parameters())
    statements.run(cursor, "access/findings/step_phrase", **steps.parameters())
    for macro in FINDINGS:
        statements.run(cursor, f"access/findings/{macro}")
    statements.run(cursor, "access/findings/set_findings")


def set_period(cursor: duckdb.DuckDBPyConnection, first: datetime, upper: datetime) -> None:
    """Let flows on this cursor speak of [first, upper); free where they do already.

    Counts what the monthly marts do not know: months that the edges break, and days left.
    """
    if statements.run(cursor, "access/period_is", first=first, upper=upper).fetchall()[0][0]:
        return
    for table in statements.names("access/period"):
        statements.run(cursor, table, first=first, upper=upper)
    statements.run(cursor, "access/set_period_first", first=first)
    statements.run(cursor, "access/set_period_upper", upper=upper)


def _visible_units(cursor: duckdb.DuckDBPyConnection, scope: Scope) -> list[str]:
    placed: list[str] = []
    for unit in scope.unit_ids or ():
        named = statements.run(cursor, "access/placed_units", unit=unit).fetchall()
        if not named:
            raise OutOfScope("error.access.no_unit", unit=unit)
        if len(named) > 1:
            raise Refused("error.access.several_units", n=len(named), unit=unit)
        placed.append(named[0][0])
    rows = statements.run(cursor, "access/subtree", units=placed).fetchall()
    return sorted({*placed, *(unit_id for (unit_id,) in rows)})
