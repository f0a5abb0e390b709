"""A province of two units that know nothing of each other, and the office's list of its people.

Every name and code of a unit carries the unit's mark, in letters that no encoding changes, so that
a test can look for it among the bytes that a server sends.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests.snapshots import Row, answer, batch, build, day, dossier, finished, unit

KEY = "k" * 40  # the proxy's, in these tests only
HEADER = "X-Forwarded-User"
MARKS = {"U1": "QUARTZ", "U2": "ZEPHYR"}


def province(folder: Path, *, snapshot_id: str = "test-001", merged: bool = False) -> Path:
    """A warehouse of both units. merged: U1 is gone, its dossiers are those of another unit."""
    units = ["N1" if merged else "U1", "U2"]
    rows = [rows_of(unit_id, MARKS.get(unit_id, "QUARTZ")) for unit_id in units]
    names = list(rows[0])
    tables: dict[str, Any] = {name: [row for one in rows for row in one[name]] for name in names}
    return build(
        folder,
        tables.pop("dossiers"),
        units=[
            unit(unit_id, unit_name=f"Xa {MARKS.get(unit_id, 'NEW')}-COMMUNE") for unit_id in units
        ],
        answers=tables.pop("answers"),
        batch=[batch()],
        snapshot_id=snapshot_id,
        **tables,
    )


def rows_of(unit_id: str, mark: str) -> dict[str, list[Row]]:
    """A unit's dossiers, steps, letters, findings and answers, each with the unit's mark."""
    own = {
        "unit_id": unit_id,
        "field_name": f"Field {mark}",
        "procedure_code": f"{mark}.000001",
        "procedure_name": f"Procedure {mark}",
        "applicant_name": f"{mark} Applicant",
        "officer_name": f"Officer {mark}",
        "step_name": f"Step {mark}",
    }
    key = {"system": "S", "batch_no": 1}
    late = [
        finished(day(20), dossier_code=f"{mark}-{n:03}", due_at=day(10), **own) for n in range(40)
    ]
    still_open = [
        dossier(dossier_code=f"{mark}-{n:03}", due_at=day(25 + n % 9), **own) for n in range(40, 60)
    ]
    return {
        "dossiers": late + still_open,
        "answers": [
            answer(level, unit_id=unit_id, field_name=own["field_name"], comment=f"Said {mark}")
            for level in ("satisfied", "dissatisfied") * 20
        ],
        "dossier_step": [
            key
            | {"dossier_code": f"{mark}-{n:03}", "step_no": 1, "step_name": own["step_name"]}
            | {"unit_id": unit_id, "officer_name": own["officer_name"]}
            | {"started_at": day(1), "due_at": day(3), "finished_at": day(5)}
            for n in range(60)
        ],
        "apology": [
            key
            | {"dossier_code": f"{mark}-{n:03}", "unit_id": unit_id, "ordinal": 1}
            | {"issued_at": day(12), "reason": f"Reason {mark}", "new_due_at": day(18)}
            for n in range(20)
        ],
        "flag": [
            key
            | {"dossier_code": f"{mark}-{n:03}", "unit_id": unit_id, "rule": "code_date_differs"}
            for n in range(5)
        ],
    }


def list_people(warehouse: Path, mode: str, people: Sequence[tuple[str, str, str]]) -> Path:
    """Write access.toml: (id, role, unit or "") of each person."""
    lines = [f'mode = "{mode}"', "[proxy]", f'key = "{KEY}"', f'header = "{HEADER}"']
    for identifier, role, of_unit in people:
        lines += [
            "[[person]]",
            f'id = "{identifier}"',
            f'name = "Name of {identifier.partition("@")[0]}"',
        ]
        lines += [f'role = "{role}"'] + ([f'units = ["{of_unit}"]'] if of_unit else [])
    path = warehouse / "access.toml"
    growing = path.with_suffix(".new")
    growing.write_text("\n".join(lines) + "\n", encoding="utf-8")
    growing.chmod(0o600)
    growing.replace(path)
    return path
