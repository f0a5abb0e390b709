"""Sign-ins that were ended before their time: signing out ends one in every tab, and its copies.

A provider's sign-in is a signed cookie, good until it runs out wherever it is shown. So the board
keeps a list of marks of those that were ended, one line each, in the warehouse: a restart of the
board brings none of them back.
"""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path

from pipeline.errors import Refused

NAME = "sessions_ended"


def end(warehouse: Path, session: str, now: datetime) -> None:
    """End a sign-in by its mark (admission.session_of). Raises Refused where it cannot be noted."""
    line = f"{now.astimezone(UTC).isoformat(timespec='seconds')} {session}\n".encode()
    try:
        warehouse.mkdir(parents=True, exist_ok=True)
        handle = os.open(warehouse / NAME, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    except OSError as problem:
        raise Refused("error.entry.not_ended", folder=warehouse) from problem
    try:
        os.write(handle, line)
    finally:
        os.close(handle)


def is_ended(warehouse: Path, session: str) -> bool:
    """Whether a sign-in was ended. A list that cannot be read ends every one."""
    try:
        content = (warehouse / NAME).read_bytes()
    except FileNotFoundError:
        return False
    except OSError:
        return True
    return session in _marks(content)


def forget(warehouse: Path, hours: int, now: datetime) -> None:
    """Take out what has run out by itself; for a start of the board, when nobody writes."""
    path = warehouse / NAME
    if not path.is_file():
        return
    since = (now.astimezone(UTC) - timedelta(hours=hours)).isoformat(timespec="seconds")
    kept = [line for line in path.read_text("utf-8").splitlines() if line >= since]
    growing = path.with_name(f".{NAME}")
    growing.write_text("".join(f"{line}\n" for line in kept), "utf-8")
    growing.chmod(0o600)
    growing.replace(path)


@lru_cache(maxsize=2)
def _marks(content: bytes) -> frozenset[str]:
    lines = content.decode("utf-8", errors="replace").splitlines()
    return frozenset(line.partition(" ")[2] for line in lines)
