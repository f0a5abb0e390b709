"""Who is let in, and as what: access.toml, which an office keeps outside the project.

It lies in the warehouse, or where DUNGHEN_ACCESS says; docs/operations.md explains every key and
data/config/access.example.toml shows them. Without it nobody signs in, and the board serves its own
machine only. The file is read at every question, so that what is taken away in it is gone at the
next interaction.
"""

from __future__ import annotations

import hashlib
import ipaddress
import json
import os
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import Field, field_validator, model_validator

from pipeline.access import role, scope_of
from pipeline.errors import BadConfiguration, Fault, NotAdmitted, Refused
from pipeline.scope import Scope
from pipeline.settings import ROOT, Count, Strict, parse_configuration, warehouse_folder

ACCESS_VARIABLE = "DUNGHEN_ACCESS"
FILE = "access.toml"
KEY_HEADER = "X-Board-Key"  # in which the proxy proves itself
LOCAL_NAMES = ("localhost",)
PROXY_CLAIM = "proxy_user"  # the name under which the screens' library hands the header on

Mode = Literal["none", "oidc", "proxy"]
Names = Annotated[tuple[str, ...], Field(strict=False, min_length=1)]


class Oidc(Strict):
    """How claims of the provider of identities name a person."""

    provider: str = "default"  # [auth.<provider>] of secrets.toml; "default" is [auth] itself
    claim: Literal["email", "sub", "oid"] = "email"
    # For providers that hand out addresses of their own directory only, and never say so.
    email_is_verified_unsaid: bool = False


class Proxy(Strict):
    """Which proxy tells who somebody is, and how it proves that it is the one."""

    header: Annotated[str, Field(pattern=r"^[A-Za-z0-9-]+$")] = "X-Forwarded-User"
    addresses: Names = ("127.0.0.1", "::1")
    key: Annotated[str, Field(min_length=32)]
    sign_out: str | None = None  # where the proxy's own sign-out is

    @field_validator("addresses")
    @classmethod
    def _are_addresses(cls, addresses: tuple[str, ...]) -> tuple[str, ...]:
        for address in addresses:
            try:
                ipaddress.ip_address(address)
            except ValueError as problem:
                raise Fault("error.entry.no_address", value=address) from problem
        return addresses


class Person(Strict):
    """One entry of the list of people. id: an e-mail or subject, as `known_as` writes it."""

    id: str
    name: str
    role: str
    units: Names | None = None  # ids, codes or names; children included; None = every unit
    valid_from: date | None = None
    valid_until: date | None = None  # the last day

    @field_validator("id")
    @classmethod
    def _as_known(cls, identifier: str) -> str:
        if not known_as(identifier):
            raise Fault("error.entry.no_id")
        return known_as(identifier)

    @model_validator(mode="after")
    def _can_be_let_in(self) -> Self:
        try:
            self.scope()
        except Refused as problem:
            raise Fault("error.entry.person", id=self.id, why=problem) from problem
        if self.valid_from and self.valid_until and self.valid_until < self.valid_from:
            raise Fault("error.entry.backwards", id=self.id)
        return self

    def scope(self) -> Scope:
        """What the entry grants, its days aside."""
        if self.units and (self.role == "public" or "operate" in role(self.role).rights):
            raise Refused("error.entry.no_units", role=self.role)
        return scope_of(self.role, self.units or ())

    def refuse_outside_its_days(self, today: date) -> None:
        """Raises NotAdmitted before the first and after the last day of the entry."""
        if self.valid_from and today < self.valid_from:
            raise NotAdmitted("error.entry.not_yet", person=self.id, day=self.valid_from)
        if self.valid_until and today > self.valid_until:
            raise NotAdmitted("error.entry.no_longer", person=self.id, day=self.valid_until)


class Access(Strict):
    """Everything in access.toml."""

    mode: Mode = "none"
    session_hours: Count = 12  # after which somebody shows anew who he is
    oidc: Oidc = Oidc()
    proxy: Proxy | None = None
    person: Annotated[tuple[Person, ...], Field(strict=False)] = ()

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        if self.mode == "proxy" and self.proxy is None:
            raise Fault("error.entry.no_proxy")
        seen: set[str] = set()
        for one in self.person:
            if one.id in seen:
                raise Fault("error.entry.twice", id=one.id)
            seen.add(one.id)
        return self

    def entry(self, identifier: str) -> Person | None:
        """The entry of somebody, whether it holds today or not."""
        return self._by_id.get(known_as(identifier))

    @cached_property
    def _by_id(self) -> Mapping[str, Person]:
        return {one.id: one for one in self.person}

    def admitted(self, identifier: str, today: date) -> Person:
        """The entry that lets somebody in today. Raises NotAdmitted."""
        found = self.entry(identifier)
        if found is None:
            raise NotAdmitted("error.entry.unknown", person=known_as(identifier))
        found.refuse_outside_its_days(today)
        return found


def known_as(identifier: str) -> str:
    """An e-mail or subject as it is compared: without blanks around it, capitals or not.

    Empty for letters outside ASCII: some of them become others when capitals are made small.
    """
    bare = identifier.strip().lower()
    return bare if identifier.isascii() else ""


def access_file(warehouse: Path) -> Path:
    """Where the office keeps its list: DUNGHEN_ACCESS, else in the warehouse."""
    named = os.environ.get(ACCESS_VARIABLE)
    return ROOT / named if named else warehouse / FILE


def access_of(warehouse: Path | None = None) -> Access:
    """Who is let in now; nobody signs in where there is no such file.

    Raises BadConfiguration for a file that cannot be read or that DUNGHEN_ACCESS names in vain.
    """
    path = access_file(warehouse or warehouse_folder())
    try:
        content = path.read_bytes()
    except FileNotFoundError as problem:
        if os.environ.get(ACCESS_VARIABLE):
            raise BadConfiguration("error.entry.no_file", file=path.name) from problem
        return Access()
    except OSError as problem:
        raise BadConfiguration("error.config.unreadable", file=path.name) from problem
    return _read(path, content)


@lru_cache(maxsize=4)
def _read(path: Path, content: bytes) -> Access:
    """By its content: a time of change can stay the same while the content does not."""
    return parse_configuration(path.name, content, Access)


def identifier_of(access: Access, claims: Mapping[str, Any], now: datetime) -> str:
    """Whom the claims of a sign-in name. now: aware. Raises NotAdmitted where nobody is named."""
    if access.mode == "proxy":
        return _named_by_proxy(claims)
    if not claims.get("is_logged_in"):
        raise NotAdmitted("error.entry.sign_in")
    wanted = access.oidc
    if claims.get("provider", "default") != wanted.provider:
        raise NotAdmitted("error.entry.sign_in")
    if session_end(access, claims) <= now:
        raise NotAdmitted("error.entry.session_over")
    identifier = claims.get(wanted.claim)
    if not isinstance(identifier, str) or not known_as(identifier):
        raise NotAdmitted("error.entry.no_claim", claim=wanted.claim)
    if wanted.claim == "email" and not _is_verified(wanted, claims):
        raise NotAdmitted("error.entry.unverified", person=known_as(identifier))
    return known_as(identifier)


def session_end(access: Access, claims: Mapping[str, Any]) -> datetime:
    """When a sign-in ends by itself; a sign-in that does not say when it was is over."""
    issued = claims.get("iat")
    if isinstance(issued, bool) or not isinstance(issued, int | float):
        return datetime.min.replace(tzinfo=UTC)
    return datetime.fromtimestamp(issued, UTC) + timedelta(hours=access.session_hours)


def session_of(claims: Mapping[str, Any]) -> str:
    """A mark of one sign-in, the same in every tab, from which nothing of it can be told."""
    told = {name: value for name, value in claims.items() if name != "tokens"}
    return hashlib.sha256(json.dumps(told, sort_keys=True, default=str).encode()).hexdigest()


def refuse_listening(access: Access, address: str | None) -> None:
    """Raises Refused where a board without sign-in would listen to others than its own machine."""
    if access.mode == "none" and not is_local(address or ""):
        raise Refused("error.entry.local_only", address=address or "0.0.0.0")  # noqa: S104


def refuse_read_by_others(warehouse: Path) -> None:
    """Raises Refused where other users of the machine may read the proxy's key."""
    path = access_file(warehouse)
    if path.stat().st_mode & 0o007:
        raise Refused("error.entry.read_by_others", file=path)


def is_local(host: str) -> bool:
    """Whether an address or a name of a host means this machine."""
    bare = host.strip().strip("[]").rstrip(".").lower()
    try:
        return ipaddress.ip_address(bare).is_loopback
    except ValueError:
        return bare in LOCAL_NAMES


def _named_by_proxy(claims: Mapping[str, Any]) -> str:
    identifier = claims.get(PROXY_CLAIM)
    if not isinstance(identifier, str) or not known_as(identifier):
        raise NotAdmitted("error.entry.proxy_says_nobody")
    return known_as(identifier)


def _is_verified(wanted: Oidc, claims: Mapping[str, Any]) -> bool:
    """Some providers write the word; what they do not say is no, unless the office knows better."""
    said = claims.get("email_verified")
    if said is None:
        return wanted.email_is_verified_unsaid
    return said is True or said == "true"
