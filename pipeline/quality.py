"""Rules: what is looked for in rows (pipeline/sql/rules/<kind>/), and what follows."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Literal

import duckdb
from pydantic import BaseModel, ConfigDict, RootModel

from pipeline import statements
from pipeline.errors import BadConfiguration, Refused
from pipeline.settings import CONFIG, read_configuration


class Rule(BaseModel):
    """What follows when a rule finds something."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    action: Literal["reject", "flag", "accept", "duplicate"]
    stop_share: float | None = None  # share of a batch's rows above which it is not published
    min_n: int = 50  # findings below which the share does not count: small files are not stopped
    at_least: int | None = None  # size from which a crowd is one (bulk_finish)


class _Rules(RootModel[dict[str, Rule]]):
    """All rules by name."""


@cache
def rules(path: Path = CONFIG / "rules.toml") -> dict[str, Rule]:
    """Rules by name. BadConfiguration: an unknown key, a rule without SQL, SQL without a rule."""
    loaded = read_configuration(path, _Rules).root
    written = {path.stem for path in (statements.SQL / "rules").glob("*/*.sql")}
    for name in sorted(written ^ set(loaded)):
        fault = Refused(
            "error.config.no_sql" if name in loaded else "error.config.no_rule", rule=name
        )
        raise BadConfiguration("error.config.in_file", file=path.name, fault=fault)
    return loaded


def look(con: duckdb.DuckDBPyConnection, kind: str, *, landed_at: object, folds: bool) -> None:
    """Fill finding(rule, rid, column_name, detail) and rejected_row(rid) from staged.

    The duplicate rule runs last: only among rows that stay in is one the last of its code.
    """
    known = rules()
    con.execute(
        "create or replace temp table finding"
        " (rule text, rid bigint, column_name text, detail text)"
    )
    con.execute("create or replace temp table rejected_row (rid bigint)")
    found = {name.rsplit("/", 1)[1]: name for name in statements.names(f"rules/{kind}")}
    duplicate = found.pop("duplicate_code", None)
    for rule, name in found.items():
        if known[rule].action != "accept":
            statements.run(con, name, landed_at=landed_at, at_least=known[rule].at_least)
    statements.run(con, "core/rejected_row", rejecting=rejecting())
    if duplicate is not None and not folds:
        statements.run(con, duplicate)


def rejecting() -> list[str]:
    """Rules that keep a row out, in the configuration's order: the first that finds names it."""
    return [name for name, rule in rules().items() if rule.action == "reject"]


def crossed(counts: dict[str, int], read_n: int) -> list[tuple[str, int, float]]:
    """Rules whose threshold a batch crosses: (rule, findings, share allowed).

    counts: rows with a finding, by rule; read_n: rows read.
    """
    known = rules()
    over = []
    for rule, n in sorted(counts.items()):
        allowed = known[rule].stop_share
        if allowed is not None and n >= known[rule].min_n and n > allowed * read_n:
            over.append((rule, n, allowed))
    return over
