"""The table of screens: data/config/screens.toml, typed on load."""

from __future__ import annotations

from functools import lru_cache
from typing import Literal

from pydantic import BaseModel, ConfigDict, RootModel

from pipeline.errors import BadConfiguration
from pipeline.settings import CONFIG, ROOT, read_configuration

SECTIONS = ("leaders", "staff", "steward", "public")


class _Entry(BaseModel):
    """One screen as the file describes it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    file: str
    section: Literal["leaders", "staff", "steward", "public"]
    roles: tuple[str, ...]
    icon: str
    needs: Literal["snapshot", "nothing"] = "snapshot"
    in_menu: bool = True
    is_public: bool = False


class _Table(RootModel[dict[str, _Entry]]):
    """All screens by key."""


class Screen(_Entry):
    """One screen. Its key is its address and the root of its texts."""

    key: str

    def open_to(self, role: str) -> bool:
        """Whether viewers of a role may open it."""
        return role in self.roles


@lru_cache(maxsize=1)
def screens() -> dict[str, Screen]:
    """Every screen by key, in the order of the navigation.

    Raises BadConfiguration when an entry is misspelt or names a file that is not there.
    """
    table = read_configuration(CONFIG / "screens.toml", _Table).root
    for key, entry in table.items():
        if not (ROOT / entry.file).is_file():
            raise BadConfiguration("error.config.no_screen_file", file=entry.file, screen=key)
    return {key: Screen(key=key, **entry.model_dump()) for key, entry in table.items()}


def screens_of(role: str) -> list[Screen]:
    """The screens a role may open, in the order of the navigation."""
    return [screen for screen in screens().values() if screen.open_to(role)]
