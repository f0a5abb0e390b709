"""Retention: what is older than the office keeps it, removed, and said to the last batch.

Names and telephones leave the landed batches and every snapshot; what a batch is known by stays, so
the same file again is no news, and a snapshot built anew counts the same. Files once landed leave
the folders where exports are dropped; the access log loses whole months. Each is logged before it
is done. A run that was killed is completed by the next one.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from pipeline import audit, landing, publish
from pipeline.build import build
from pipeline.privacy import privacy
from pipeline.progress import Progress, SilentProgress
from pipeline.retention import landed, raw
from pipeline.retention.landed import Forgotten
from pipeline.retention.raw import RawFile

__all__ = ["Done", "Note", "retain"]

Note = Callable[[str, int, dict[str, str]], None]  # what, rows, detail -> the entry of the log
UNFINISHED = ".retention"  # in the warehouse while snapshots may still hold what landing forgot


@dataclass
class Done:
    """What a run removed, or would remove. snapshot: built anew, None where nothing called for it.

    left: files old enough to go that were never taken in, and therefore stay. uploads: folders of
    files dropped in the browser that a killed process left.
    """

    personal_until: datetime | None = None
    batches: list[Forgotten] = field(default_factory=list)
    files: list[RawFile] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    uploads: list[str] = field(default_factory=list)
    log_months: list[str] = field(default_factory=list)
    snapshots: list[str] = field(default_factory=list)
    snapshot: str | None = None


def retain(
    warehouse: Path,
    now: datetime,
    note: Note,
    *,
    is_rehearsal: bool = False,
    progress: Progress | None = None,
) -> Done:
    """Remove what is older than privacy.toml says at `now` (naive local time).

    note: writes an entry of the access log; raises where it cannot. is_rehearsal: change nothing.
    Raises Refused (Busy among it) where another process holds the warehouse or a build is refused.
    """
    kept = privacy(warehouse).retention
    done = Done()
    progress = progress or SilentProgress()
    with publish.writing(warehouse):
        if not is_rehearsal and landing.landed_batches(warehouse):
            build(warehouse, progress=progress)  # judged by what is known of every dossier by now
        if kept.personal_months:
            done.personal_until = earlier(now, kept.personal_months)
            _forget_persons(warehouse, done.personal_until, done, note, is_rehearsal, progress)
        if kept.raw_file_days:
            found = raw.expired(warehouse, kept.raw_folders, now, kept.raw_file_days)
            done.files, done.left = found
            uploads = raw.forgotten_uploads(warehouse, now)
            done.uploads = [str(path) for path in uploads]
            if not is_rehearsal:
                raw.remove(done.files, note)
                raw.remove_uploads(uploads, note)
    if kept.access_log_years:
        first_kept = earlier(now, 12 * kept.access_log_years)
        done.log_months = audit.months_before(warehouse, first_kept.date())
        if not is_rehearsal:
            for month in done.log_months:
                audit.remove_month(warehouse, month, note)
    return done


def _forget_persons(
    warehouse: Path,
    until: datetime,
    done: Done,
    note: Note,
    is_rehearsal: bool,
    progress: Progress,
) -> None:
    mark = warehouse / UNFINISHED
    snapshot = publish.current(warehouse)
    if snapshot is None:
        return
    with landed.opened(warehouse, snapshot) as con:
        for batch in landing.landed_batches(warehouse):
            progress.step("progress.retention", batch=batch.batch_id)
            found = landed.plan(con, warehouse, batch, until)
            if found is None:
                continue
            done.batches.append(found.forgotten)
            if not is_rehearsal:
                note(batch.batch_id, found.forgotten.rows, found.forgotten.told())
                _mark(mark)
                landed.forget(con, found)
    if is_rehearsal:
        others = [one.id for one in publish.snapshots(warehouse)]
        done.snapshots = others if done.batches or mark.exists() else []
    elif mark.exists():
        _, done.snapshot = build(warehouse, progress=progress, is_anew=True)
        others = [one.id for one in publish.snapshots(warehouse) if one.id != done.snapshot]
        note("snapshots", len(others), {"snapshot": done.snapshot, "removed": " ".join(others)})
        done.snapshots = publish.remove_others(warehouse, done.snapshot)
        mark.unlink()


def _mark(mark: Path) -> None:
    """Let it be known, on the disk, that snapshots are behind landing from now on."""
    mark.touch()
    handle = os.open(mark.parent, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def earlier(now: datetime, months: int) -> datetime:
    """The beginning of the same day, that many months ago; of a shorter month the last day."""
    year, month = divmod(now.year * 12 + now.month - 1 - months, 12)
    for day in (now.day, 30, 29, 28):
        try:
            return datetime(year, month + 1, day)
        except ValueError:
            continue
    raise AssertionError  # every month has 28 days
