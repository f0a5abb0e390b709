"""Who is looking: role and unit as the address says, while there is no sign-in.

The one place that turns an identity into a scope. When a sign-in is added, it replaces `identity`
and nothing else: screens and queries only ever see the scope.
"""

from __future__ import annotations

from dataclasses import dataclass

from pages.ui import address
from pages.ui.screens import screens
from pipeline.access import role, roles, scope_of
from pipeline.scope import Scope
from pipeline.settings import settings
from pipeline.wording import LANGUAGES, Wording, wording

FIRST_ROLE = "province_leader"  # what a visitor who has chosen nothing sees
NOBODY = "-"  # whoever sits at the machine, while nobody signs in
PUBLIC = "public"  # everybody: whoever opens the board in the hall


@dataclass(frozen=True)
class Identity:
    """role: a key of roles.toml. unit_id: the viewer's own unit, None where none is named.

    person: who it is, the same at every visit; NOBODY while there is no sign-in.
    """

    role: str
    unit_id: str | None
    language: str
    person: str = NOBODY

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
    def works_for_one_unit(self) -> bool:
        """The role sees its own unit only."""
        return role(self.role).units == "own"

    @property
    def lacks_unit(self) -> bool:
        """The role sees its own unit only, and none is named yet."""
        return self.works_for_one_unit and self.unit_id is None

    def scope(self) -> Scope:
        """What the viewer may see. Raises Refused when a unit is needed and none is named."""
        return scope_of(self.role, (self.unit_id,) if self.unit_id else ())


def identity() -> Identity:
    """The viewer's identity; what the address gets wrong falls back to the least surprising.

    At the address of a public screen everybody is the public, whatever else the address says.
    """
    if any(screen.is_public and address.names(screen.key) for screen in screens().values()):
        return everybody()
    return Identity(
        role=address.read("role", list(roles().roles)) or FIRST_ROLE,
        unit_id=address.read("as"),
        language=address.read("lang", LANGUAGES) or settings().office.default_language,
    )


def everybody() -> Identity:
    """The public: no name, no unit, and nothing to choose."""
    return Identity(role=PUBLIC, unit_id=None, language=settings().office.default_language)


def board_scope() -> Scope:
    """What the frame around the screens may see: names of units, the state of the sources."""
    return scope_of(FIRST_ROLE)
