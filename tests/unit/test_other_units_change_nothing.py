"""Whatever other units hold, a unit's viewer is answered the same: nothing of them reaches him.

Every query is asked twice, in a province with a neighbour and in the same province without it.
A row, a count, a rate, an order, a list of fields or a label that the neighbour could change would
make the two answers differ.
"""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from pipeline import queries
from pipeline.access import scope_of
from pipeline.errors import OutOfScope
from pipeline.queries import CHOICES
from pipeline.reports import due_soon
from pipeline.scope import Scope
from pipeline.warehouse import Snapshot, open_snapshot
from tests.snapshots import Row, answer, batch, build, day, dossier, finished, unit

NOW = day(40)
UNITS = [
    unit("D1", unit_name="Huyện Một"),
    unit("U1", parent_id="D1", unit_name="Xã Một"),
    unit("U2", parent_id="D1", unit_name="Xã Hai"),
    unit("N", unit_name="Xã Kín"),
]
# Everybody who may be placed in a unit, from who sees least of it to who sees most.
PLACED = [
    ("staff", ("U1",)),
    ("unit_leader", ("D1",)),
    ("coordinator", ("U1", "U2")),
    ("steward", ("U1",)),
    ("operator", ("U1",)),
]
ASKED: dict[str, list[Any]] = {
    "unit": ["U1"],
    "field": ["Hộ tịch", "Lĩnh vực kín"],
    "search": ["Kín", "KIN-3"],
    "officer": ["Phạm Văn Kín"],
    "procedure": ["9.999999"],
    "first": [day(4)],
    "dossier": ["U1-1", "KIN-1"],
    "limit": [3],
    "source": ["igate"],
    "at_unit": ["U1"],
    "small_sample_n": [1],
    "over_from": [1],
    "older_than": [5],
    "horizon": [5],
}


def rows_of(unit_id: str, prefix: str, hidden: str) -> dict[str, list[Row]]:
    """A unit's own rows in every table that has a unit, the same for each but for its names."""
    own = {
        "unit_id": unit_id,
        "field_name": f"Lĩnh vực {hidden}" if hidden else "Hộ tịch",
        "procedure_code": "9.999999" if hidden else "1.000001",
        "procedure_name": f"Thủ tục {hidden}" if hidden else "Đăng ký khai sinh",
        "applicant_name": f"Lê Thị {hidden or 'An'}",
        "officer_name": f"Phạm Văn {hidden or 'Bình'}",
    }
    codes = [f"{prefix}-{n}" for n in range(1, 7)]
    courses: list[dict[str, Any]] = [
        {"due_at": day(10)},
        {"due_at": day(50), "channel": "online_full"},
        {"due_at": day(42), "channel": "post"},
        {"due_at": day(20), "status": "awaiting_supplement", "supplement_requested_at": day(8)},
    ]
    dossiers = [
        dossier(dossier_code=code, **own, **course)
        for code, course in zip(codes[:4], courses, strict=True)
    ]
    dossiers += [
        finished(day(15), dossier_code=codes[4], due_at=day(10), handed_over_at=day(16), **own),
        finished(day(9), dossier_code=codes[5], due_at=day(10), result_signed_at=day(8), **own),
    ]
    key = {"system": "S", "batch_no": 1}
    return {
        "dossiers": dossiers,
        "answers": [
            answer(level, unit_id=unit_id, field_name=own["field_name"], comment=hidden or "Nhanh")
            for level in ("satisfied", "very_dissatisfied", "dont_know") * 3
        ],
        "dossier_step": [
            key
            | {"dossier_code": code, "step_no": n, "step_name": f"Bước {hidden or n}"}
            | {"unit_id": unit_id, "officer_name": own["officer_name"]}
            | {"started_at": day(n), "due_at": day(n + 1), "finished_at": day(n + 2)}
            for code in codes
            for n in (1, 2)
        ],
        "dossier_change": [
            key
            | {"dossier_code": codes[0], "column_name": "due_at"}
            | {"old_value": day(5).isoformat(), "new_value": day(10).isoformat()}
        ],
        "apology": [
            key
            | {"dossier_code": codes[4], "unit_id": unit_id, "ordinal": 1, "issued_at": day(12)}
            | {"reason": f"Lý do {hidden}", "new_due_at": day(14)}
        ],
        "flag": [key | {"dossier_code": codes[1], "unit_id": unit_id, "rule": "code_date_differs"}],
        "feedback": [
            {"source": "feedback", "feedback_id": f"{prefix}-F", "batch_no": 1}
            | {"unit_id": unit_id, "received_at": day(3), "due_at": day(9), "topic": hidden}
        ],
    }


def province(folder: Path, *, with_neighbour: bool) -> Snapshot:
    held = [rows_of("U1", "U1", ""), rows_of("U2", "U2", "")]
    if with_neighbour:
        held.append(rows_of("N", "KIN", "Kín"))
    tables: dict[str, Any] = {name: [row for one in held for row in one[name]] for name in held[0]}
    reject = {"batch_no": 1, "sheet_no": 1, "line": 7, "rule": "no_code"}
    reject |= {"row_text": '{"Chủ hồ sơ": "Lê Thị Kín"}'}
    opened = open_snapshot(
        build(
            folder,
            tables.pop("dossiers"),
            units=UNITS,
            answers=tables.pop("answers"),
            batch=[batch()],
            reject=[reject] if with_neighbour else [],
            **tables,
        )
    )
    assert opened is not None
    return opened


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> tuple[Snapshot, Snapshot]:
    """The province with the neighbour, and without."""
    folder = tmp_path_factory.mktemp("provinces")
    return (
        province(folder / "with", with_neighbour=True),
        province(folder / "without", with_neighbour=False),
    )


def questions(query: str) -> Iterator[dict[str, Any]]:
    """The query as it is, then with each value of each of its parameters."""
    parameters = queries.named(query).parameters
    base = {"dossier": "U1-1"} if "dossier" in parameters else {}
    yield base
    for name in set(parameters) - {"sort"}:  # the same rows in another order
        for value in (*CHOICES.get(name, ()), *ASKED.get(name, ())):
            yield base | {name: [value] if queries.TYPES[name] is list else value}


def cells(workbook: bytes) -> dict[str, list[list[Any]]]:
    """Every cell of a workbook by sheet."""
    book = CalamineWorkbook.from_filelike(BytesIO(workbook))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def told(snapshot: Snapshot, scope: Scope, query: str, asked: dict[str, Any]) -> list[str] | str:
    """The answer, or the sentence with which it is refused."""
    try:
        rows = queries.run(snapshot, scope, query, as_of=NOW, **asked).to_pylist()
    except OutOfScope as refused:
        return str(refused)
    return sorted(map(str, rows))


@pytest.mark.parametrize("query", sorted(queries.catalogue()))
def test_no_query_tells_a_unit_s_viewer_anything_of_another_unit(
    both: tuple[Snapshot, Snapshot], query: str
) -> None:
    here, alone = both
    for n, (role, units) in enumerate(PLACED):
        scope = scope_of(role, units)
        # Who sees most is asked everything; the others the plain question.
        every = list(questions(query)) if n == len(PLACED) - 1 else list(questions(query))[:1]
        for asked in every:
            answered = told(here, scope, query, asked)
            assert answered == told(alone, scope, query, asked), (role, units, asked)
            assert "Kín" not in str(answered) or "Kín" in str(asked), (role, units, asked)


def test_the_neighbour_is_there_for_who_sees_every_unit(both: tuple[Snapshot, Snapshot]) -> None:
    here, alone = both
    operator = scope_of("operator")

    assert "Kín" in str(told(here, operator, "dossiers", {}))
    assert told(here, operator, "rejects", {}) != told(alone, operator, "rejects", {})


@pytest.mark.parametrize(("role", "units"), PLACED)
def test_the_list_of_what_is_due_soon_is_the_same_file(
    both: tuple[Snapshot, Snapshot], role: str, units: tuple[str, ...]
) -> None:
    files = [
        cells(due_soon.workbook(snapshot, scope_of(role, units), NOW, "vi", 5)) for snapshot in both
    ]
    assert files[0] == files[1]
    assert "U1-3" in str(files[0])
    assert "KIN-3" not in str(files[0])


def test_what_does_not_exist_and_what_is_elsewhere_are_refused_in_the_same_words(
    both: tuple[Snapshot, Snapshot],
) -> None:
    scope = scope_of("operator", ("U1",))
    refused = {
        str(told(both[0], scope, "summary", {"unit": word})).replace(word, "?")
        for word in ("N", "Xã Kín", "nowhere")
    }
    assert len(refused) == 1
