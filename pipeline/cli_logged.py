"""What the command line writes into the access log, and in whose name.

A screen that starts a command says for whom it does so; the account of the system that ran it
stands in the entry all the same.
"""

from __future__ import annotations

import getpass
import hashlib
import os
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from pipeline import audit, corrections, publish
from pipeline.access import roles
from pipeline.audit import Asked, Event
from pipeline.errors import OutOfScope
from pipeline.ingest import Result
from pipeline.scope import Scope

PERSON, ROLE = "DUNGHEN_PERSON", "DUNGHEN_ROLE"  # set by a screen for the command that it starts
T = TypeVar("T")


def note(warehouse: Path, event: Event, what: str, rows: int | None = None, **detail: str) -> None:
    """Add an entry. Raises Refused where it cannot be kept."""
    account = _account()
    audit.record(
        warehouse,
        event,
        who=os.environ.get(PERSON) or account,
        role=os.environ.get(ROLE) or roles().default_role,
        what=what,
        rows=rows,
        **{"account": account, **detail},
    )


def exported(
    warehouse: Path, viewer: Scope, what: str, rows: int | None = None, **detail: str
) -> None:
    """Note that rows leave, seen as `viewer` sees them."""
    note(warehouse, "exported", what, rows, **{"scope": _named(viewer), **detail})


def unless_refused(warehouse: Path, viewer: Scope, what: str, ask: Callable[[], T]) -> T:
    """The answer; a refusal because of the scope is noted before it is told."""
    try:
        return ask()
    except OutOfScope:
        note(warehouse, "refused", what, scope=_named(viewer))
        raise


def built(warehouse: Path, before: str | None, done: Result | None = None) -> None:
    """Note what an ingest took in, the snapshot that is shown now, and corrections new to it."""
    if done is not None and done.news:
        batch = done.batch if isinstance(done.batch, str) else " ".join(done.batch)
        counts = {
            "accepted": str(done.accepted),
            "rejected": str(done.rejected),
            "duplicate": str(done.duplicate),
        }
        note(warehouse, "ingested", batch, done.read, **counts)
    now = publish.current(warehouse)
    if now is None or now == before:
        return
    entries, digest = _corrections(warehouse)
    last = next(audit.search(warehouse, Asked(event="published")), None)
    known = last.detail.get("corrections", "") if last else ""
    if digest != known:
        note(warehouse, "corrected", corrections.FILE, entries, sha256=digest)
    note(warehouse, "published", now, before=before or "", corrections=digest)


def _corrections(warehouse: Path) -> tuple[int, str]:
    """How many corrections are in force, and a hash of what they say; '' where there is none."""
    said = corrections.in_force(warehouse)
    text = "\n".join(sorted(one.model_dump_json() for one in said))
    return len(said), hashlib.sha256(text.encode()).hexdigest() if said else ""


def _named(viewer: Scope) -> str:
    return ":".join([viewer.role, *([",".join(viewer.unit_ids)] if viewer.unit_ids else [])])


def _account() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a number without a name, as in some containers
        return str(os.getuid())
