"""What the files tell of one dossier, as values: nothing is interpreted here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from pipeline.clock.rules import Waiting

LimitUnit = Literal["working_day", "day", "hour", "month"]
# From where a moment is known: the source's own date, two lists that differ (then it is the day of
# the later list), a step, an apology letter, or nobody tells.
Known = Literal["date", "list", "step", "letter", "nobody"]
Ending = Literal["resolved", "refused", "withdrawn", "stopped"]


@dataclass(frozen=True)
class Limit:
    """The procedure's time limit: 10 working_day, 0.5 working_day, 8 hour; 0 is the same day."""

    value: float
    unit: LimitUnit


@dataclass(frozen=True)
class Wait:
    """A time in which the dossier waited, [asked_at, answered_at).

    answered_at is None while it lasts (`is_open`), and where nobody tells when it ended.
    """

    waits_for: Waiting
    asked_at: datetime
    answered_at: datetime | None
    is_open: bool = False
    asked_known: Known = "date"
    answered_known: Known = "date"
    detail: str | None = None  # name of the step

    def holds(self, at: datetime) -> bool:
        """Whether the dossier was waiting at a moment, as far as is known."""
        until = self.answered_at
        return self.asked_at <= at and (at < until if until else self.is_open)


@dataclass(frozen=True)
class Promise:
    """An appointment, and when it was made or moved to this day; None where nobody tells.

    is_reset: it was set anew after a supplementation, which is no extension. after: the
    supplementation after which the limit ends on this day.
    """

    due_at: datetime
    set_at: datetime | None = None
    known: Known = "nobody"
    is_reset: bool = False
    after: datetime | None = None


@dataclass(frozen=True)
class Case:
    """One dossier as both clocks need it. All moments naive local time.

    competent_at: when the competent agency received a dossier handed in elsewhere, where known.
    ended_at, ending: its end up to the moment asked about. due_at: the appointment that holds.
    tells_supplements: whether its source has a column for them; else a wait may be missing here.
    """

    received_at: datetime
    limit: Limit | None = None
    field_name: str | None = None
    due_at: datetime | None = None
    ended_at: datetime | None = None
    ending: Ending | None = None
    is_elsewhere: bool = False
    competent_at: datetime | None = None
    waits: tuple[Wait, ...] = ()
    promises: tuple[Promise, ...] = ()
    tells_supplements: bool = True

    @property
    def counted_due_at(self) -> datetime | None:
        """The last appointment that was set by counting, not moved by an apology."""
        due_at = self.promises[0].due_at if self.promises else self.due_at
        for promise in self.promises[1:]:
            if not promise.is_reset:
                break
            due_at = promise.due_at
        return due_at


@dataclass(frozen=True)
class Listing:
    """A list in which the dossier stood; at: the latest moment that the list speaks of."""

    batch_no: int
    at: datetime


@dataclass(frozen=True)
class Change:
    """What a later list said otherwise about one column."""

    batch_no: int
    at: datetime
    column: str
    old: str | None
    new: str | None


@dataclass(frozen=True)
class Step:
    """A step of the work; is_elsewhere: by an agency that neither resolves nor took it in."""

    name: str | None
    started_at: datetime | None
    finished_at: datetime | None
    is_elsewhere: bool = False


@dataclass(frozen=True)
class Letter:
    """An apology letter that moves the appointment."""

    issued_at: datetime | None
    new_due_at: datetime | None


@dataclass(frozen=True)
class Record:
    """What the files tell about the waiting and the promises of one dossier."""

    status: str
    is_open: bool
    ending: Ending | None = None
    ended_at: datetime | None = None
    supplement_requested_at: datetime | None = None
    supplement_completed_at: datetime | None = None
    first_due_at: datetime | None = None
    due_at: datetime | None = None
    lists: tuple[Listing, ...] = ()
    changes: tuple[Change, ...] = ()
    steps: tuple[Step, ...] = ()
    letters: tuple[Letter, ...] = ()
