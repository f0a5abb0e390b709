"""The query `dossier_clock`: from rows of a snapshot to lines, the same on every way of asking."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

from click.testing import CliRunner

from pipeline import queries
from pipeline.access import default_scope, scope_of
from pipeline.cli import main
from tests.snapshots import batch, finished, unit
from tests.unit.clocked import TELLS, at, board, by_kind, changed, one, part


def test_a_plain_dossier_has_its_start_its_limit_its_promise_and_now(tmp_path: Path) -> None:
    told = board(tmp_path, one())("dossier_clock", dossier="A")

    lines = part(told, "line")
    assert [row["kind"] for row in lines] == [
        "received",
        "due_by_law",
        "promised",
        "counted",
        "now",
    ]
    assert [row["line_no"] for row in told] == list(range(1, len(told) + 1))
    assert lines[1]["due_at"].date() == date(2025, 10, 13)
    assert lines[1]["skipped"][0] | {"name_vi": None} == {
        "first": date(2025, 10, 11),
        "last": date(2025, 10, 12),
        "days": 2,
        "reason": "weekend",
        "name_vi": None,
        "name_en": None,
    }
    assert (lines[4]["law_used"], lines[4]["law_left"]) == (4, 1)
    assert [row["kind"] for row in part(told, "check")] == ["law"]
    assert [row["kind"] for row in part(told, "difference")] == ["same"]


def test_the_promise_is_judged_as_everywhere_on_the_board(tmp_path: Path) -> None:
    asked = board(tmp_path, one(), as_of=at(16))

    promise = by_kind(part(asked("dossier_clock", dossier="A"), "result"))["promise"]

    row = asked.one("dossier", dossier="A")
    assert promise["verdict"] == row["open_state"] == "overdue"
    assert -promise["amount"] == row["days_over"] == 3


def test_both_requests_count_although_the_newest_list_has_one(tmp_path: Path) -> None:
    told = board(
        tmp_path,
        one(
            supplement_requested_at=at(10),
            supplement_completed_at=at(14),
            seen=[{"batch_no": n, "sheet_no": 1, "line": 2} for n in (1, 2)],
        ),
        as_of=at(15),
        batch=[*TELLS, batch(2, data_at=at(14, 17))],
        dossier_change=[
            changed("supplement_requested_at", at(7), at(10)),
            changed("supplement_completed_at", at(9), at(14)),
        ],
    )("dossier_clock", dossier="A")

    kinds = [row["kind"] for row in part(told, "line")]
    assert kinds.count("supplement_asked") == kinds.count("due_again") == 2
    assert "asked_again" in kinds
    results = by_kind(part(told, "result"))
    assert (results["law"]["verdict"], results["index_766"]["verdict"]) == ("in_time", "overdue")
    assert results["law"]["at"] == at(14)
    assert {"requests", "restart"} <= {row["kind"] for row in part(told, "difference")}


def test_a_move_is_dated_by_the_day_of_its_list_not_of_its_landing(tmp_path: Path) -> None:
    told = board(
        tmp_path,
        one(
            due_at=at(20, 17),
            first_due_at=at(13, 17),
            seen=[{"batch_no": n, "sheet_no": 1, "line": 2} for n in (1, 2)],
        ),
        as_of=at(15),
        batch=[*TELLS, batch(2, data_at=at(9, 17), landed_at=at(30))],
        dossier_change=[changed("due_at", at(13, 17), at(20, 17))],
    )("dossier_clock", dossier="A")

    moved = by_kind(part(told, "line"))["promise_moved"]
    assert (moved["at"], moved["known"]) == (at(9, 17), "list")
    assert (moved["was_due_at"], moved["due_at"], moved["amount"]) == (at(13, 17), at(20, 17), 5)
    # The check speaks of the appointment that was counted, not of its extension.
    (check,) = part(told, "check")
    assert (check["kind"], check["due_at"]) == ("law", at(13, 17))


def test_a_second_extension_is_said_beside_the_number_allowed(tmp_path: Path) -> None:
    letters = [
        {"system": "S", "dossier_code": "A", "batch_no": 1, "ordinal": n}
        | {"issued_at": issued, "new_due_at": due}
        for n, issued, due in ((1, at(10), at(17)), (2, at(16), at(22)))
    ]
    told = board(
        tmp_path,
        one(
            due_at=at(22, 17),
            first_due_at=at(13, 17),
            seen=[{"batch_no": n, "sheet_no": 1, "line": 2} for n in (1, 2)],
        ),
        as_of=at(20),
        batch=[*TELLS, batch(2, data_at=at(10, 17))],
        dossier_change=[changed("due_at", at(17, 17), at(22, 17))],
        apology=letters,
    )("dossier_clock", dossier="A")

    often = by_kind(part(told, "line"))["moved_often"]
    assert (often["amount"], often["detail"]) == (2, "1")


def test_a_late_end_is_not_called_late_where_a_wait_may_be_missing(tmp_path: Path) -> None:
    # Promised five days beyond the limit by a source that has no column for supplements.
    late = finished(
        at(17), dossier_code="A", received_at=at(6), due_at=at(20, 17), first_due_at=at(20, 17)
    )
    silent = board(tmp_path / "a", late, as_of=at(20), batch=[batch(1)])
    telling = board(tmp_path / "b", late, as_of=at(20))

    told = silent("dossier_clock", dossier="A")
    assert by_kind(part(told, "result"))["law"]["verdict"] == "unknown"
    assert "untold" in by_kind(part(told, "difference"))
    assert (
        by_kind(part(telling("dossier_clock", dossier="A"), "result"))["law"]["verdict"] == "late"
    )


def test_a_request_without_a_known_answer_makes_nothing_late(tmp_path: Path) -> None:
    told = board(
        tmp_path,
        finished(
            at(15),
            dossier_code="A",
            received_at=at(6),
            due_at=at(13, 17),
            supplement_requested_at=at(8),
        ),
        as_of=at(20),
    )("dossier_clock", dossier="A")

    assert "supplement_unknown" in by_kind(part(told, "line"))
    results = by_kind(part(told, "result"))
    assert (results["law"]["verdict"], results["index_766"]["verdict"]) == ("unknown", "unknown")
    assert part(told, "difference")[0]["kind"] == "unknown"


def test_a_request_without_a_known_answer_may_still_be_in_time(tmp_path: Path) -> None:
    told = board(
        tmp_path,
        finished(
            at(10),
            dossier_code="A",
            received_at=at(6),
            due_at=at(13, 17),
            supplement_requested_at=at(8),
        ),
        as_of=at(20),
    )("dossier_clock", dossier="A")

    results = by_kind(part(told, "result"))
    assert (results["law"]["verdict"], results["index_766"]["verdict"]) == ("early", "early")


def test_a_status_that_contradicts_the_dates_is_said(tmp_path: Path) -> None:
    told = board(
        tmp_path,
        one(
            status="awaiting_supplement",
            supplement_requested_at=at(7),
            supplement_completed_at=at(8),
        ),
        batch=[batch(1, mapped_columns=["supplement_requested_at"], data_at=at(9))],
    )("dossier_clock", dossier="A")

    contradiction = by_kind(part(told, "line"))["status_contradicts"]
    assert contradiction["detail"] == "awaiting_supplement"
    assert by_kind(part(told, "result"))["law"]["verdict"] == "in_time"


def test_a_dossier_not_accepted_has_no_clock(tmp_path: Path) -> None:
    told = board(tmp_path, one(status="not_accepted"))("dossier_clock", dossier="A")
    assert [row["kind"] for row in told] == ["not_accepted"]


def test_a_procedure_without_a_limit_leaves_only_the_appointment(tmp_path: Path) -> None:
    told = board(tmp_path, one(), procedure=[])("dossier_clock", dossier="A")
    assert by_kind(part(told, "result"))["law"]["verdict"] == "no_limit"
    assert [row["kind"] for row in part(told, "check")] == ["no_limit"]
    assert [row["kind"] for row in part(told, "difference")] == ["no_limit"]


def test_an_early_and_a_late_appointment_differ_by_working_days(tmp_path: Path) -> None:
    for due_at, kind, amount in (
        (at(15, 17), "nothing", 2),
        (at(10, 17), "nothing", -1),
        (at(13, 8), "law", 0),
    ):
        asked = board(tmp_path / f"{due_at:%d}", one(due_at=due_at, first_due_at=due_at))
        (check,) = part(asked("dossier_clock", dossier="A"), "check")
        assert (check["kind"], check["promise_differs"]) == (kind, amount)


def test_an_appointment_that_forgot_or_added_the_supplement_is_recognised(tmp_path: Path) -> None:
    waits = {"supplement_requested_at": at(8), "supplement_completed_at": at(14)}
    for due_at, kind in (
        (at(13, 17), "receipt"),  # counted from receipt only
        (at(17, 17), "subtracted"),  # put off by 9, 10, 13, 14
        (at(21, 17), "law"),  # 15, 16, 17, 20, 21 after the 14th
    ):
        row = one(due_at=due_at, first_due_at=due_at, **waits)
        asked = board(tmp_path / kind, row, as_of=at(15))
        (check,) = part(asked("dossier_clock", dossier="A"), "check")
        assert check["kind"] == kind
        assert check["was_due_at"].date() == date(2025, 10, 21)


def test_what_happened_after_as_of_is_not_told(tmp_path: Path) -> None:
    row = finished(
        at(15),
        dossier_code="A",
        received_at=at(6),
        due_at=at(13, 17),
        supplement_requested_at=at(8),
        supplement_completed_at=at(14),
    )
    told = board(tmp_path, row, as_of=at(7))("dossier_clock", dossier="A")
    assert [line["kind"] for line in part(told, "line")][-1] == "now"
    assert "supplement_asked" not in by_kind(told)


def test_two_systems_that_know_a_code_have_a_clock_each(tmp_path: Path) -> None:
    asked = board(tmp_path, one(system="S"), one(system="Z", received_at=at(7)))
    told = asked("dossier_clock", dossier="A")
    assert {row["system"] for row in told} == {"S", "Z"}
    assert {row["system"] for row in asked("dossier_clock", dossier="A", system="Z")} == {"Z"}


def test_a_viewer_of_another_unit_gets_no_line(tmp_path: Path) -> None:
    asked = board(
        tmp_path,
        one(unit_id="U2"),
        one(unit_id="U1", dossier_code="B"),
        units=[unit("U1"), unit("U2")],
    )
    scope = scope_of("staff", ("U1",))
    for code, rows in (("A", 0), ("B", 1)):
        table = queries.run(asked.snapshot, scope, "dossier-clock", as_of=at(10), dossier=code)
        assert bool(table.num_rows) == bool(rows)


def test_the_command_line_tells_what_the_screen_asks_for(tmp_path: Path) -> None:
    asked = board(tmp_path, one(supplement_requested_at=at(8)))
    told = queries.run(
        asked.snapshot, default_scope(), "dossier_clock", as_of=at(10), dossier="A"
    ).to_pylist()
    done = CliRunner().invoke(
        main,
        [
            *("query", "dossier-clock", "--set", "dossier=A", "--format", "json"),
            *("--as-of", "2025-10-10T09:00", "--warehouse", str(tmp_path / "w")),
        ],
    )
    assert done.exit_code == 0
    printed = json.loads(done.stdout)
    assert [row["kind"] for row in printed] == [row["kind"] for row in told]
    assert [row["law_left"] for row in printed] == [row["law_left"] for row in told]
