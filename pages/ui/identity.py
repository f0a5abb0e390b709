"""Who is looking, and what he may see: the one place that turns an identity into a scope.

With a sign-in the list of the office decides (pipeline.admission); the entries `role` and `as` of
the address are then nothing but an old link. Without one the board serves its own machine only, and
role and unit are as the address says. Screens and queries only ever see the scope.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import streamlit as st

from pages.ui import address, moment
from pages.ui.screens import screens
from pipeline import admission, sessions
from pipeline.access import role, roles, scope_of
from pipeline.admission import Access, Mode, Person
from pipeline.errors import BadConfiguration, NotAdmitted
from pipeline.scope import Scope
from pipeline.settings import settings, warehouse_folder
from pipeline.wording import LANGUAGES, Wording, wording

_OPENED = "identity.opened"  # of the session: when the proxy said who it is
_LOG = logging.getLogger(__name__)
FIRST_ROLE = "province_leader"  # what a visitor who has chosen nothing sees
STARTED_VARIABLE = "DUNGHEN_STARTED_WITH"  # set by the server for itself
NOBODY = "-"  # whoever sits at the machine, while nobody signs in
PUBLIC = "public"  # everybody: whoever opens the board in the hall


@dataclass(frozen=True)
class Identity:
    """role: a key of roles.toml. unit_ids: the viewer's own units, as the list or the address names
    them; empty where none is named.

    person: who it is, the same at every visit; NOBODY while there is no sign-in. session: a mark of
    this sign-in where the board keeps them; session_end: when it is over by itself.
    """

    role: str
    unit_ids: tuple[str, ...]
    language: str
    person: str = NOBODY
    name: str = ""
    mode: Mode = "none"
    session: str = ""
    session_end: datetime | None = None

    @property
    def unit_id(self) -> str | None:
        """The viewer's own unit where it is one."""
        return self.unit_ids[0] if len(self.unit_ids) == 1 else None

    @property
    def words(self) -> Wording:
        return wording(self.language)

    @property
    def role_label(self) -> str:
        return role(self.role).label(self.language)

    @property
    def is_public(self) -> bool:
        """Everybody: he sees the public board and nothing around it."""
        return self.role == PUBLIC

    @property
    def chooses_role(self) -> bool:
        """Nobody signs in: role and unit are chosen on screen."""
        return self.mode == "none"

    @property
    def works_for_one_unit(self) -> bool:
        """The role sees its own unit only."""
        return role(self.role).units == "own"

    @property
    def lacks_unit(self) -> bool:
        """The role sees its own unit only, and none is named yet."""
        return self.works_for_one_unit and not self.unit_ids

    def scope(self) -> Scope:
        """What the viewer may see. Raises Refused when a unit is needed and none is named."""
        return scope_of(self.role, self.unit_ids)

    def must_still_hold(self) -> None:
        """Raises NotAdmitted where role, units or session were taken away since this was made.

        Needs nothing of the browser's connection, so that a file which is made later, after the
        screen was drawn, asks as well.
        """
        if self.is_public and self.person == NOBODY:
            return  # everybody may look
        listed = listed_people()
        if listed.mode != self.mode:
            raise NotAdmitted("error.entry.taken_away")
        if self.mode == "none":
            return
        entry = listed.admitted(self.person, moment.now().date())
        if entry.role != self.role or not _within(self.unit_ids, entry):
            raise NotAdmitted("error.entry.taken_away")
        _refuse_ended(self.session, self.session_end)


def identity() -> Identity:
    """The viewer's identity. Raises NotAdmitted where nobody is let in.

    At the address of a public screen everybody is the public, whatever else the address says. What
    an address without sign-in gets wrong falls back to the least surprising.
    """
    if any(screen.is_public and address.names(screen.key) for screen in screens().values()):
        return everybody()
    listed = listed_people()
    if listed.mode == "none":
        own = address.read("as")
        return Identity(
            role=address.read("role", list(roles().roles)) or FIRST_ROLE,
            unit_ids=(own,) if own else (),
            language=language(),
        )
    return _signed_in(listed, st.user.to_dict())


def _signed_in(listed: Access, claims: Mapping[str, Any]) -> Identity:
    entry = admitted(listed, claims)
    units = entry.units or ()
    chosen = address.read("as", units)
    is_oidc = listed.mode == "oidc"
    return Identity(
        role=entry.role,
        unit_ids=(chosen,) if chosen else units,
        language=language(),
        person=entry.id,
        name=entry.name,
        mode=listed.mode,
        session=admission.session_of(claims) if is_oidc else "",
        session_end=admission.session_end(listed, claims) if is_oidc else _page_end(listed),
    )


def _page_end(listed: Access) -> datetime:
    """Until when an open page keeps the identity that the proxy told when it was opened.

    Raises NotAdmitted after that.
    """
    opened: datetime = st.session_state.setdefault(_OPENED, datetime.now(UTC))
    end = opened + timedelta(hours=listed.session_hours)
    if end <= datetime.now(UTC):
        raise NotAdmitted("error.entry.page_over", n=listed.session_hours)
    return end


def everybody() -> Identity:
    """The public: no name, no unit, and nothing to choose."""
    return Identity(role=PUBLIC, unit_ids=(), language=settings().office.default_language)


def admitted(listed: Access, claims: Mapping[str, Any]) -> Person:
    """The entry of the list that lets in whom a sign-in names. Raises NotAdmitted."""
    identifier = admission.identifier_of(listed, claims, datetime.now(UTC))
    if listed.mode == "oidc":
        _refuse_ended(admission.session_of(claims), admission.session_end(listed, claims))
    return listed.admitted(identifier, moment.now().date())


def listed_people() -> Access:
    """The office's list as it is now. Raises NotAdmitted for all where it cannot be read.

    Why it cannot is for whoever looks after the server, and goes to its log.
    """
    try:
        listed = admission.access_of()
        before = os.environ.get(STARTED_VARIABLE, listed.mode)
        if before != listed.mode:
            raise BadConfiguration("error.entry.other_mode", before=before, now=listed.mode)
    except BadConfiguration as problem:
        _LOG.error("%s", problem)
        raise NotAdmitted("error.entry.closed") from problem
    return listed


def remember_mode(mode: Mode) -> None:
    """Note how people sign in when the server starts.

    A list that is lost, or whose way of signing in is changed, must not open a running board. In
    the environment, because a module that is read again forgets.
    """
    os.environ[STARTED_VARIABLE] = mode


def language() -> str:
    """The language that the address asks for, else the office's."""
    return address.read("lang", LANGUAGES) or settings().office.default_language


def board_scope() -> Scope:
    """What the frame around the screens may see: names of units, the state of the sources."""
    return scope_of(FIRST_ROLE)


def _refuse_ended(session: str, session_end: datetime | None) -> None:
    if session_end is not None and session_end <= datetime.now(UTC):
        raise NotAdmitted("error.entry.session_over")
    if session and sessions.is_ended(warehouse_folder(), session):
        raise NotAdmitted("error.entry.session_over")


def _within(units: tuple[str, ...], entry: Person) -> bool:
    """Whether these units are still granted; none named means every unit."""
    if not units:
        return entry.units is None
    return entry.units is not None and set(units) <= set(entry.units)
