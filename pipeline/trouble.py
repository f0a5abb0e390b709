"""What the machine refuses - a full disk, a closed folder - as one sentence for the person."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager

import duckdb

from pipeline.errors import Refused

FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
CLOSED = {errno.EACCES, errno.EPERM, errno.EROFS}
# How DuckDB words the same, which gives no number.
_FULL_WORDS = ("no space left", "file too large", "disk quota", "max_temp_directory_size")


@contextmanager
def told_in_one_sentence() -> Iterator[None]:
    """Turn what the operating system, or DuckDB speaking for it, refuses into Refused.

    A reader of our output that went away is nobody to tell.
    """
    try:
        yield
    except BrokenPipeError:
        raise
    except (OSError, MemoryError, duckdb.IOException, duckdb.OutOfMemoryException) as problem:
        raise refusal(problem) from problem
    except duckdb.FatalException as problem:  # a write that failed while DuckDB was closing a file
        if not is_full(problem):
            raise
        raise refusal(problem) from problem


def refusal(problem: BaseException) -> Refused:
    """What happened, where, what to do."""
    if isinstance(problem, (MemoryError, duckdb.OutOfMemoryException)) and not is_full(problem):
        return Refused("error.machine.memory")
    path = (problem.filename2 or problem.filename) if isinstance(problem, OSError) else None
    if is_full(problem):
        return (
            Refused("error.machine.full_at", path=path) if path else Refused("error.machine.full")
        )
    if isinstance(problem, OSError):
        reason = problem.strerror or str(problem)
        if problem.errno in CLOSED:
            return Refused("error.machine.closed", path=path or reason)
        if path:
            return Refused("error.machine.path", path=path, reason=reason)
        return Refused("error.machine.other", reason=reason)
    first = str(problem).strip().splitlines()[0].removeprefix("IO Error: ").rstrip(".!")
    return Refused("error.machine.warehouse", reason=first)


def is_full(problem: BaseException) -> bool:
    """Whether there is no room left on the disk."""
    if isinstance(problem, OSError):
        return problem.errno in FULL
    return any(word in str(problem).lower() for word in _FULL_WORDS)
