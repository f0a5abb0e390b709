"""One dossier's person in clear: for who may, for a purpose, and only once it stands in the log.

There is no view, query or list that unmasks; this is the only way past the masks for a role without
the right `personal`, and it gives the name and telephone of one dossier of the viewer's own scope.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from pipeline import access, audit, statements
from pipeline.errors import OutOfScope, Refused
from pipeline.periods import LOCAL_ZONE
from pipeline.personal import without_contacts
from pipeline.privacy import privacy
from pipeline.scope import Scope
from pipeline.text import fold, squeeze
from pipeline.warehouse import Snapshot

LEAST = 8  # signs that say something about why


@dataclass(frozen=True)
class Wish:
    """Whom somebody wants to see in clear, what for (an id of privacy.toml) and his own words."""

    system: str
    dossier: str
    purpose: str
    reason: str


@dataclass(frozen=True)
class Person:
    """Who applied for one dossier, in clear until a moment; None where the source is silent."""

    system: str
    dossier: str
    name: str | None
    phone: str | None
    until: datetime


def unmask(warehouse: Path, snapshot: Snapshot, scope: Scope, who: str, wish: Wish) -> Person:
    """The person of one dossier in the scope, logged before it is given.

    Raises Refused without the right, without a purpose or a reason, after too many on one day, and
    where the log cannot be written; OutOfScope where the scope holds no such dossier. Either is
    logged as refused.
    """
    try:
        _require(warehouse, scope, who, wish)
        with snapshot.cursor(scope) as cursor:
            rows = statements.run(
                cursor, "access/person", system=wish.system, dossier=wish.dossier
            ).fetchall()
        if not rows:
            raise OutOfScope("error.unmask.not_found", dossier=wish.dossier)
    except Refused as refusal:
        audit.record(warehouse, "refused", who=who, role=scope.role, what="unmask", why=refusal.key)
        raise
    ((name, phone),) = rows
    audit.record(
        warehouse,
        "unmasked",
        who=who,
        role=scope.role,
        what=wish.dossier,
        rows=1,
        system=wish.system,
        purpose=wish.purpose,
        reason=_said(wish.reason, name, phone),
        snapshot=snapshot.id,
    )
    minutes = privacy(warehouse).unmask.minutes
    return Person(
        wish.system,
        wish.dossier,
        name,
        phone,
        datetime.now(LOCAL_ZONE) + timedelta(minutes=minutes),
    )


def _require(warehouse: Path, scope: Scope, who: str, wish: Wish) -> None:
    if not access.may(scope, "unmask"):
        raise Refused("error.unmask.not_allowed", role=scope.role)
    rules = privacy(warehouse).unmask
    known = [one.id for one in rules.purposes]
    if wish.purpose not in known:
        raise Refused("error.unmask.no_purpose", purpose=wish.purpose, known=known)
    if len(squeeze(wish.reason) or "") < LEAST:
        raise Refused("error.unmask.no_reason", least=LEAST)
    today = audit.search(
        warehouse, audit.Asked(event="unmasked", first=datetime.now(LOCAL_ZONE).date())
    )
    if sum(one.who == who for one in today) >= rules.most_a_day:
        raise Refused("error.unmask.too_many", most=rules.most_a_day)


def _said(reason: str, name: str | None, phone: str | None) -> str:
    """The reason without the person it speaks of: the log holds no personal data."""
    text = without_contacts(squeeze(reason) or "")
    for secret in filter(None, (squeeze(name), squeeze(phone))):
        words, wanted = text.split(), fold(secret).split()
        for at in range(len(words) - len(wanted) + 1):
            if [fold(word) for word in words[at : at + len(wanted)]] == wanted:
                words[at : at + len(wanted)] = ["***", *[""] * (len(wanted) - 1)]
        text = " ".join(word for word in words if word)
    return text
