"""Which panel stands on the screen: one after the other, unless somebody holds one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

HELD = timedelta(minutes=3)  # then the screen goes on by itself: nobody comes back to release it
EARLY = timedelta(seconds=1)  # a timer may fire a little before its time


@dataclass(frozen=True)
class Turn:
    """Where the rotation stands: the panel's number from 0, since when, and until when held."""

    at: int
    since: datetime
    held_until: datetime | None = None

    def is_held(self, now: datetime) -> bool:
        """Whether somebody asked for this panel to stay."""
        return self.held_until is not None and now < self.held_until

    def now(self, now: datetime, panels: int, each: timedelta) -> Turn:
        """The turn at a moment, with so many panels that stand so long each."""
        if self.is_held(now) or now - self.since < each - EARLY:
            return replace(self, at=min(self.at, panels - 1))
        return Turn((self.at + 1) % panels, now)

    def held(self, now: datetime) -> Turn:
        """The same panel, to be read at leisure."""
        return replace(self, held_until=now + HELD)

    def released(self, now: datetime) -> Turn:
        """The same panel for a whole turn more, then on."""
        return Turn(self.at, now)

    def on(self, at: int, now: datetime) -> Turn:
        """The panel that somebody asked for, held for him."""
        return Turn(at, now).held(now)
