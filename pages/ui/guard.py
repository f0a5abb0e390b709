"""The first line of every screen: who is looking, may he, and at which data.

A screen that is opened without the entry file (platform quirks make that possible) still passes
here, so nothing shows that the role may not see. What runs without the screen around it, a fragment
or a file that is made when its button is pressed, asks again whether its viewer may still.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import wraps
from typing import Any, TypeVar, cast

import pyarrow as pa
import streamlit as st

from pages.ui import entrance, logbook, moment, states, warehouse
from pages.ui.identity import Identity, identity
from pages.ui.screens import Screen, screens
from pipeline.access import Right, may, role
from pipeline.errors import NotAdmitted, OutOfScope
from pipeline.moment import Moment
from pipeline.scope import Scope
from pipeline.settings import settings
from pipeline.wording import Wording

Draw = TypeVar("Draw", bound=Callable[..., None])


@dataclass(frozen=True)
class Viewer:
    """What a screen knows about who looks at it. `snapshot_id` is empty before the first ingest."""

    screen: Screen
    identity: Identity
    scope: Scope
    words: Wording
    snapshot_id: str
    meta: Mapping[str, str]
    moment: Moment

    @property
    def as_of(self) -> datetime:
        return self.moment.as_of

    @property
    def language(self) -> str:
        return self.identity.language

    def may(self, right: Right) -> bool:
        """Whether the role has a right of roles.toml, such as "export"."""
        return may(self.scope, right)

    def sees(self, table: str) -> bool:
        """Whether a table exists for the role; a query on a hidden one is refused as not found."""
        return table not in role(self.identity.role).hidden_tables

    def can_open(self, screen: str) -> bool:
        """Whether another screen exists and is open to this viewer."""
        return screen in screens() and screens()[screen].open_to(self.identity.role)

    def ask(self, query: str, **params: Any) -> pa.Table:
        """A query's answer at this viewer's as_of, from the cache where it was asked before.

        What is out of his scope is refused as not found, and the refusal is logged. Raises
        NotAdmitted where the viewer's access was taken away since the screen began.
        """
        self.identity.must_still_hold()
        try:
            return warehouse.answer(self.scope, query, **{"as_of": self.as_of, **params})
        except OutOfScope:
            asked = str(params.get("unit"))  # what no unit is called was typed and may be a name
            unit = {"unit": asked} if asked in states.unit_names() else {}
            logbook.refused(self.identity, query, screen=self.screen.key, **unit)
            raise


def enter(key: str) -> Viewer:
    """Let the viewer into a screen, or show why not and stop the run."""
    try:
        who = identity()
    except NotAdmitted as reason:
        entrance.say(reason)
        st.stop()
    screen = screens()[key]
    if not screen.open_to(who.role):
        logbook.refused(who, screen.key)
        if who.is_public:  # what there is else, is none of his business
            states.no_such_screen(who)
        else:
            states.not_for_this_role(who, screen)
        st.stop()
    if screen.is_public and not settings().public_board.is_on:
        states.public_board_is_off(who)
        st.stop()
    snapshot = warehouse.current_snapshot()
    if snapshot is None and screen.needs == "snapshot":
        states.nothing_yet(who, screen)
        st.stop()
    if snapshot is not None and who.chooses_role and states.must_choose_unit(who):
        states.choose_unit(who)
        st.stop()
    scope = who.scope()
    if snapshot is not None and scope.unit_ids is not None:
        snapshot.refuse_unknown_units(scope)
    meta = snapshot.meta if snapshot else {}
    return Viewer(
        screen=screen,
        identity=who,
        scope=scope,
        words=who.words,
        snapshot_id=snapshot.id if snapshot else "",
        meta=meta,
        moment=moment.latest(meta) if who.is_public else moment.chosen(meta),
    )


def fragment(run_every: timedelta | float | None = None) -> Callable[[Draw], Draw]:
    """A part of a screen that runs again without the rest; who may no longer look is shown out.

    Its first argument is the viewer, as the screen let him in.
    """

    def guarded(draw: Draw) -> Draw:
        @wraps(draw)
        def part(viewer: Viewer, *args: Any, **kwargs: Any) -> None:
            if is_someone_else(viewer):
                st.rerun()
            draw(viewer, *args, **kwargs)

        return cast(Draw, st.fragment(run_every=run_every)(part))

    return guarded


def is_someone_else(viewer: Viewer) -> bool:
    """Whether the one who looks now is no longer the one that the screen let in."""
    try:
        now = identity()
    except NotAdmitted:
        return True
    before = viewer.identity
    return (now.person, now.role, now.unit_ids) != (before.person, before.role, before.unit_ids)
