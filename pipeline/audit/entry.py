"""One entry of the access log, and the one way in which it is written."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, Self, get_args

Event = Literal[
    "sign_in",
    "sign_out",
    "refused",
    "unmasked",
    "exported",
    "ingested",
    "published",
    "rolled_back",
    "retention",
    "corrected",
    "interrupted",  # the log's own: what a crash left in mid-line before this entry
]
EVENTS: tuple[Event, ...] = get_args(Event)
NOTHING_BEFORE = "0" * 64  # stands before the first entry
LONGEST = 500  # signs of a text; what a person typed must not fill the disk


@dataclass(frozen=True)
class Entry:
    """n counts from 1 through all months; at has its offset; before: sha256 of entry n - 1."""

    n: int
    at: str
    event: str
    who: str
    role: str
    what: str
    rows: int | None
    detail: Mapping[str, str]
    before: str

    @property
    def moment(self) -> datetime:
        return datetime.fromisoformat(self.at)

    @property
    def sha256(self) -> str:
        """Of everything the entry says, the hash of the one before included."""
        return hashlib.sha256(_plain(self._said())).hexdigest()

    def line(self) -> bytes:
        """The entry as it stands in the file, with the end of its line."""
        return _plain({**self._said(), "sha256": self.sha256}) + b"\n"

    def _said(self) -> dict[str, Any]:
        return {
            "n": self.n,
            "at": self.at,
            "event": self.event,
            "who": self.who,
            "role": self.role,
            "what": self.what,
            "rows": self.rows,
            "detail": dict(sorted(self.detail.items())),
            "before": self.before,
        }

    @classmethod
    def read(cls, line: bytes) -> Self | None:
        """What a line (without its end) says, whether its hash is right or not; None for no entry.

        `is_exactly` is what tells a changed line.
        """
        try:
            said: dict[str, Any] = json.loads(line)
            del said["sha256"]
            texts = [said[name] for name in ("at", "event", "who", "role", "what", "before")]
            is_whole = (
                all(isinstance(text, str) for text in texts)
                and isinstance(said["n"], int)
                and isinstance(said["rows"], int | None)
                and isinstance(said["detail"], dict)
                and _is_moment(said["at"])
            )
            return cls(**said) if is_whole else None
        except (ValueError, TypeError, KeyError):
            return None

    def is_exactly(self, line: bytes) -> bool:
        """Whether the line is this entry to the last byte, its hash among them."""
        return self.line() == line + b"\n"


def _is_moment(text: str) -> bool:
    try:
        return datetime.fromisoformat(text).tzinfo is not None
    except ValueError:
        return False


def shortened(text: str) -> str:
    """A text as the log keeps it: no half signs, which cannot be written, and not without end."""
    sound = text.encode("utf-8", errors="replace").decode("utf-8")
    return sound if len(sound) <= LONGEST else sound[: LONGEST - 1] + "…"


def _plain(said: Mapping[str, Any]) -> bytes:
    return json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode("utf-8")
