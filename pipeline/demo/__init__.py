"""Exports of an invented province, messy as real ones and the same for the same seed and as_of.

    from pipeline import demo
    summary = demo.write(Path("data/inbox/demo"), dossiers=60_000, seed=7)

The exports of one day lie in one folder; taken in one folder after the other, in the order of
`DemoSummary.exports`, they show how promises were moved. docs/demo.md describes the province.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from pipeline.demo import marker, world
from pipeline.demo.export_days import earlier_exports
from pipeline.demo.exports import (
    apologies,
    control_slips,
    feedback,
    igate,
    national,
    provincial,
    reference,
    surveys,
    ward,
)
from pipeline.demo.inventory import inventory, moved_promises
from pipeline.demo.province import CODE, NAME
from pipeline.errors import Refused
from pipeline.progress import Progress, SilentProgress

__all__ = ["DEFAULT_AS_OF", "FEWEST", "MARKER", "DemoSummary", "write"]

# A fixed evening, so that a demo made without as_of has the same bytes on every day.
DEFAULT_AS_OF = datetime(2026, 11, 20, 17, 0)
FEWEST = 500  # with fewer dossiers not every planted fault finds a place
MARKER = marker.NAME
_SYSTEMS = (igate, provincial, national, ward)


@dataclass(frozen=True)
class DemoSummary:
    """What was written.

    exports: folders in the order in which they are to be taken in, each the exports of one day.
    files: every file below `out`, relative to it, in order. planted: fault -> number of rows in
    the newest exports (see docs/demo.md).
    """

    out: Path
    dossiers: int
    seed: int
    as_of: datetime
    exports: tuple[Path, ...]
    files: tuple[str, ...]
    planted: dict[str, int]

    def as_dict(self) -> dict[str, Any]:
        """The same for JSON; without the place, so that the marker does not depend on it."""
        return {
            "invented": True,
            "province": f"{CODE} {NAME}",
            "seed": self.seed,
            "as_of": self.as_of.isoformat(),
            "dossiers": self.dossiers,
            "exports": [export.name for export in self.exports],
            "planted": self.planted,
            "files": list(self.files),
        }


def write(
    out: Path,
    dossiers: int = 60_000,
    seed: int = 7,
    as_of: datetime | None = None,
    progress: Progress | None = None,
) -> DemoSummary:
    """Write the exports of `dossiers` dossiers below `out` and say what was planted in them.

    as_of: naive local time up to which the history runs; DEFAULT_AS_OF when left out. An earlier
    demo in `out` is replaced. Raises Refused when `out` holds anything else, for fewer than
    FEWEST dossiers, for a negative seed, and for an as_of with a time zone or outside 2025-2090.
    """
    as_of = (as_of or DEFAULT_AS_OF).replace(microsecond=0)
    _check(dossiers, seed, as_of)
    marker.make_room(out)
    out.mkdir(parents=True, exist_ok=True)
    marker.write(out, {"invented": True, "exports": []})  # also if this run is cut short
    progress = progress or SilentProgress()
    progress.step("progress.demo_history")
    history = world.make(dossiers, seed, as_of)
    earlier = earlier_exports(as_of)
    exports = []
    for number, moment in enumerate([*earlier, as_of]):
        folder = out / f"{moment:%Y-%m-%d}"
        progress.step("progress.demo_exports", folder=folder.name)
        # iGate gives a list of work under way each month, of the others there is the last one.
        for system in _SYSTEMS if number >= len(earlier) - 1 else (igate,):
            system.write(history, folder / system.FOLDER, moment)
        exports.append(folder)
    newest = exports[-1]
    progress.step("progress.demo_registers")
    reference.write(history, exports[0] / reference.FOLDER, as_of)
    planted = inventory(history) | {"moved_promises": moved_promises(history, earlier)}
    planted |= apologies.write(history, newest / apologies.FOLDER, as_of)
    planted |= control_slips.write(history, newest / control_slips.FOLDER, as_of)
    planted |= feedback.write(history, newest / feedback.FOLDER, as_of)
    planted |= surveys.write(history, newest / surveys.FOLDER, as_of)
    files = sorted(
        path.relative_to(out).as_posix()
        for path in out.rglob("*")
        if path.is_file() and path.name != marker.NAME
    )
    summary = DemoSummary(out, dossiers, seed, as_of, tuple(exports), tuple(files), planted)
    marker.write(out, summary.as_dict())
    return summary


def _check(dossiers: int, seed: int, as_of: datetime) -> None:
    if dossiers < FEWEST:
        raise Refused("error.demo.too_few", least=FEWEST, n=dossiers)
    if seed < 0:
        raise Refused("error.demo.negative_seed", seed=seed)
    if as_of.tzinfo is not None:
        raise Refused("error.demo.time_zone", as_of=as_of.isoformat())
    if not 2025 <= as_of.year <= 2090:
        raise Refused("error.demo.year_outside", as_of=f"{as_of:%Y-%m-%d}")
