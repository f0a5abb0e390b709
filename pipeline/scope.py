"""Who sees what: a scope is made once from the identity and handed down as a value."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Scope:
    """What one viewer may see. Hashable, so that it can be part of every cache key.

    role: a key of data/config/roles.toml.
    unit_ids: units the viewer is placed in, children included by the query layer; None = all.
    sees_personal: names and telephones in clear; otherwise masked in SQL.
    sees_rejects: may read rejected rows (they carry the original text).
    """

    role: str
    unit_ids: tuple[str, ...] | None
    sees_personal: bool = False
    sees_rejects: bool = False
