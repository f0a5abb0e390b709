"""What lies beside a landed batch: the description it was read with, and what was decided about it.

<warehouse>/landing/<batch_id>/ holds source/<name>.toml, and the empty files `invented` (exports of
the demo's province) and `released` (let in although a threshold was crossed), or held.json (held
back).
"""

from __future__ import annotations

import json
import shutil
from dataclasses import asdict
from pathlib import Path

from pipeline.batches import Outcome
from pipeline.errors import Refused
from pipeline.landing import WORKING, Landed
from pipeline.sources import Source, load_source, save_source

HELD, RELEASED, INVENTED = "held.json", "released", "invented"
_UNDERSTOOD: dict[bytes, Source] = {}  # text of a description -> what it says


def folder_of(warehouse: Path, batch_id: str) -> Path:
    """Where a landed batch lies."""
    return warehouse / "landing" / batch_id


def describe(folder: Path, source: Source, *, is_invented: bool) -> None:
    """Keep the description that a batch was read with beside it, in place of an older one.

    Written last: a batch without a description is not yet whole.
    """
    (folder / "source").mkdir(exist_ok=True)
    for older in (folder / "source").glob("*.toml"):
        if older.stem != source.name:
            older.unlink()
    if is_invented:
        (folder / INVENTED).touch()
    save_source(source, folder / "source")


def description(warehouse: Path, batch: Landed) -> Source:
    """The description that was landed with the batch: what it said then is what the rows mean.

    An archive of daily exports holds the same one hundreds of times, and it is understood once.
    """
    path = _description_path(warehouse, batch)
    written = path.read_bytes()
    if written not in _UNDERSTOOD:
        _UNDERSTOOD[written] = load_source(path)
    return _UNDERSTOOD[written]


def is_whole(warehouse: Path, batch: Landed) -> bool:
    """Whether landing came to its end: not where it was killed before the description lay there."""
    return _description_path(warehouse, batch).is_file()


def is_invented(warehouse: Path, batch: Landed) -> bool:
    """Whether the batch holds exports of the demo's province."""
    return (folder_of(warehouse, batch.batch_id) / INVENTED).exists()


def is_released(warehouse: Path, batch_id: str) -> bool:
    """Whether a person let the batch in although a threshold was crossed."""
    return (folder_of(warehouse, batch_id) / RELEASED).exists()


def is_held(warehouse: Path, batch_id: str) -> bool:
    """Whether the batch was loaded and is not shown."""
    return (folder_of(warehouse, batch_id) / HELD).exists()


def hold(warehouse: Path, outcome: Outcome) -> None:
    """Keep a batch out of every snapshot until it is looked at again."""
    told = json.dumps(asdict(outcome), ensure_ascii=False, indent=2)
    (folder_of(warehouse, outcome.batch_id) / HELD).write_text(told, encoding="utf-8")


def look_again(warehouse: Path, batch_id: str) -> None:
    """Hold a batch no longer; its rules decide anew."""
    (folder_of(warehouse, batch_id) / HELD).unlink(missing_ok=True)


def release(warehouse: Path, batch_id: str) -> None:
    """Let a batch in although a threshold was crossed; the decision stays with the batch."""
    folder = folder_of(warehouse, batch_id)
    if not folder.is_dir():
        raise Refused("error.ingest.no_batch", batch=batch_id)
    (folder / RELEASED).touch()
    look_again(warehouse, batch_id)


def require_held(warehouse: Path, batch_id: str) -> None:
    """Refused unless the batch is held back."""
    if batch_id not in {str(one["batch_id"]) for one in held(warehouse)}:
        raise Refused("error.ingest.not_held", batch=batch_id)


def discard(warehouse: Path, batch_id: str) -> None:
    """Throw away a batch that is held back: it never was on the board, and no file brings it back.

    Refused for any other: what a snapshot shows stays where it can be built anew from.
    """
    require_held(warehouse, batch_id)
    gone = folder_of(warehouse, f"{WORKING}{batch_id}")  # out of sight at once, whatever happens
    folder_of(warehouse, batch_id).rename(gone)
    shutil.rmtree(gone)


def held(warehouse: Path) -> list[dict[str, object]]:
    """Batches that were loaded and not published because a rule's threshold was crossed."""
    paths = sorted((warehouse / "landing").glob(f"*/{HELD}"))
    return [json.loads(path.read_text(encoding="utf-8")) for path in paths]


def _description_path(warehouse: Path, batch: Landed) -> Path:
    return folder_of(warehouse, batch.batch_id) / "source" / f"{batch.source}.toml"
