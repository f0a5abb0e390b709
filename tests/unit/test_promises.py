"""Broken and moved promises: what became of the letter, against which promise, and why.

Day 0 is Monday 1/1/2024; dossiers are promised for day 10, Thursday 11/1, unless said otherwise.
"""

from __future__ import annotations

import io
import json
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from pipeline import queries
from pipeline.access import default_scope, scope_from_text
from pipeline.errors import OutOfScope, Refused
from pipeline.periods import ALL
from pipeline.promises import STAGES, promises, rule_on
from pipeline.reports import write_report
from pipeline.warehouse import Snapshot, open_snapshot
from tests.snapshots import batch, build, day, dossier, finished

NOW = datetime(2024, 2, 5, 12)
LATE = {"received_at": day(0), "due_at": day(10), "first_due_at": day(10)}


def letter(code: str, **given: Any) -> dict[str, Any]:
    """A letter without fault: sent on day 8, with a reason, promising day 20."""
    row = {
        "system": "S",
        "dossier_code": code,
        "batch_no": 1,
        "ordinal": 1,
        "issued_at": day(8),
        "reason": "Hồ sơ phức tạp",
        "new_due_at": day(20),
    }
    return row | given


def opened(folder: Path, *rows: dict[str, Any], **tables: Any) -> Snapshot:
    snapshot = open_snapshot(build(folder, rows, **tables))
    assert snapshot is not None
    return snapshot


def asked(snapshot: Snapshot, name: str, **params: Any) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = queries.run(
        snapshot, default_scope(), name, as_of=NOW, **params
    ).to_pylist()
    return rows


def found(snapshot: Snapshot, finding: str, **params: Any) -> set[str]:
    rows = asked(snapshot, "dossiers", finding=finding, **params)
    return {row["dossier_code"] for row in rows}


def late(code: str, **given: Any) -> dict[str, Any]:
    """Resolved on day 15, five days after its promise."""
    return finished(day(15), dossier_code=code, **LATE, **given)


def one_lost_at_each_step(folder: Path) -> Snapshot:
    rows = [late(code) for code in ("NONE", "REASON", "DATE", "TIME", "AGAIN", "TWICE", "WHOLE")]
    letters = [
        letter("REASON", reason=None),
        letter("DATE", new_due_at=None),
        letter("TIME", issued_at=day(10)),
        letter("AGAIN", new_due_at=day(14)),
        letter("TWICE"),
        letter("TWICE", ordinal=2),
        letter("WHOLE"),
    ]
    return opened(folder, *rows, apology=letters)


def test_the_funnel_loses_one_dossier_at_each_step(tmp_path: Path) -> None:
    (row,) = asked(one_lost_at_each_step(tmp_path), "apology_funnel")

    passed = [
        row[name]
        for name in (
            *("promise_broken", "with_letter", "with_reason", "with_new_due"),
            *("in_time", "kept", "said_once"),
        )
    ]
    assert passed == [7, 6, 5, 4, 3, 2, 1]
    assert (row["apology_rate_numerator"], row["apology_rate_denominator"]) == (6, 7)


@pytest.mark.parametrize(
    ("finding", "code"),
    list(zip(STAGES, ("NONE", "REASON", "DATE", "TIME", "AGAIN", "TWICE"), strict=True)),
)
def test_each_step_lists_the_dossiers_it_lost(tmp_path: Path, finding: str, code: str) -> None:
    assert found(one_lost_at_each_step(tmp_path), finding) == {code}


def test_the_lists_of_all_steps_and_the_whole_ones_make_up_all_broken_promises(
    tmp_path: Path,
) -> None:
    snapshot = one_lost_at_each_step(tmp_path)
    lost = [found(snapshot, stage) for stage in STAGES]
    assert sum(map(len, lost)) == 6
    assert found(snapshot, "promise_broken") - set().union(*lost) == {"WHOLE"}


def test_a_letter_on_the_day_before_is_in_time_and_on_the_day_itself_is_not(
    tmp_path: Path,
) -> None:
    snapshot = opened(
        tmp_path,
        late("BEFORE"),
        late("ON"),
        apology=[letter("BEFORE", issued_at=day(9, 23)), letter("ON", issued_at=day(10, 0))],
    )
    assert found(snapshot, "apology_late") == {"ON"}


def test_a_new_promise_not_yet_due_is_not_lost(tmp_path: Path) -> None:
    pending = dossier(dossier_code="PENDING", **LATE)
    snapshot = opened(tmp_path, pending, apology=[letter("PENDING", new_due_at=day(60))])

    (row,) = asked(snapshot, "apology_funnel")
    assert (row["kept"], row["pending_n"]) == (1, 1)
    assert not found(snapshot, "new_promise_broken")


def test_a_letter_sent_after_the_period_is_not_yet_there(tmp_path: Path) -> None:
    snapshot = opened(tmp_path, late("L"), apology=[letter("L", issued_at=day(20))])

    (row,) = asked(snapshot, "apology_funnel", first=day(0, 0), upper=day(18, 0))
    assert (row["promise_broken"], row["with_letter"]) == (1, 0)


def test_a_dossier_in_time_owes_no_letter(tmp_path: Path) -> None:
    snapshot = opened(
        tmp_path,
        finished(day(9), **LATE),
        finished(day(10, 23), **LATE),
        dossier(due_at=day(60)),
        finished(day(9), due_at=None),
        dossier(due_at=day(10), status="awaiting_supplement"),
        dossier(due_at=day(10), status="refused", ended_at=day(15)),
    )
    assert asked(snapshot, "apology_funnel") == []


def moved(code: str, **given: Any) -> dict[str, Any]:
    """Promised for day 10, then for day 20, resolved on day 18: in time by the promise now."""
    row = {"received_at": day(0), "due_at": day(20), "first_due_at": day(10), "due_moves": 1}
    return finished(day(18), dossier_code=code, **(row | given))


def test_a_moved_promise_is_kept_now_and_late_at_first(tmp_path: Path) -> None:
    snapshot = opened(tmp_path, moved("M"), late("L"), finished(day(9), **LATE))

    rows = {row["move_n"]: row for row in asked(snapshot, "promise_moves")}
    assert (rows[0]["resolved_n"], rows[0]["late"]) == (2, 1)
    assert (rows[1]["late"], rows[1]["late_against_first_promise"]) == (0, 1)
    assert rows[1]["late_only_at_first"] == 1


def test_moved_without_a_letter_is_named_and_with_one_is_not(tmp_path: Path) -> None:
    snapshot = opened(tmp_path, moved("BARE"), moved("TOLD"), apology=[letter("TOLD")])
    assert found(snapshot, "moved_without_letter") == {"BARE"}


def test_a_supplement_starts_the_time_again_and_owes_no_letter(tmp_path: Path) -> None:
    snapshot = opened(
        tmp_path,
        moved("S", supplement_requested_at=day(2), supplement_completed_at=day(8)),
    )
    assert not found(snapshot, "moved_without_letter")


def test_a_promise_moved_after_its_day_is_proved_by_the_batches(tmp_path: Path) -> None:
    seen = [{"batch_no": n, "sheet_no": 1, "line": 2} for n in (1, 2)]
    change = {
        "system": "S",
        "batch_no": 2,
        "column_name": "due_at",
        "old_value": "2024-01-11 09:00:00",
        "new_value": "2024-01-21 09:00:00",
    }

    def made(first_batch: datetime) -> Snapshot:
        return opened(
            tmp_path / f"{first_batch:%d}",
            moved("M", seen=seen, batch_no=2),
            dossier_change=[change | {"dossier_code": "M"}],
            batch=[batch(1, data_at=first_batch), batch(2, data_at=day(25))],
        )

    assert found(made(day(12)), "moved_after_due") == {"M"}
    assert found(made(day(10)), "moved_after_due") == set()  # the day itself was not over


def test_a_letter_after_the_day_moves_the_promise_too_late(tmp_path: Path) -> None:
    snapshot = opened(
        tmp_path,
        moved("AFTER"),
        moved("BEFORE"),
        apology=[letter("AFTER", issued_at=day(11)), letter("BEFORE")],
    )
    assert found(snapshot, "moved_after_due") == {"AFTER"}
    assert asked(snapshot, "moved_after_due") == [{"moved_after_due": 1}]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Chờ cơ quan THUẾ xác định nghĩa vụ tài chính", "financial"),
        ("cho y kien cua co quan phoi hop", "other_agency"),
        ("Cán bộ chậm thao tác trên phần mềm", "software"),
        ("Đang họp", "other"),
        (None, "not_given"),
    ],
)
def test_a_reason_is_found_by_its_phrases(tmp_path: Path, text: str | None, code: str) -> None:
    snapshot = opened(tmp_path, late("L"), apology=[letter("L", reason=text)])
    (row,) = asked(snapshot, "late_reasons")
    assert (row["reason_code"], row["late_n"]) == (code, 1)


def test_a_late_dossier_without_a_letter_has_no_reason(tmp_path: Path) -> None:
    (row,) = asked(opened(tmp_path, late("L")), "late_reasons")
    assert row["reason_code"] == "no_letter"


def test_another_units_broken_promise_is_never_listed(tmp_path: Path) -> None:
    snapshot = opened(tmp_path, late("MINE", unit_id="U1"), late("THEIRS", unit_id="U2"))
    own = scope_from_text("unit_leader:U1")
    rows = queries.run(snapshot, own, "dossiers", as_of=NOW, finding="apology_missing").to_pylist()
    assert [row["dossier_code"] for row in rows] == ["MINE"]
    (row,) = queries.run(snapshot, own, "apology_funnel", as_of=NOW).to_pylist()
    assert row["unit_id"] == "U1"


def test_the_public_sees_no_funnel_of_named_rows(tmp_path: Path) -> None:
    snapshot = opened(tmp_path, late("L"))
    with pytest.raises(OutOfScope):
        queries.run(snapshot, scope_from_text("public"), "apology_funnel", as_of=NOW)


def test_an_unknown_finding_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="no finding"):
        asked(opened(tmp_path, late("L")), "dossiers", finding="nothing_such")


def test_a_list_without_a_finding_is_whole_after_one_with_it(tmp_path: Path) -> None:
    snapshot = opened(tmp_path, late("L"), finished(day(9), dossier_code="T", **LATE))
    assert found(snapshot, "apology_missing") == {"L"}
    assert {row["dossier_code"] for row in asked(snapshot, "dossiers")} == {"L", "T"}


def test_the_rule_is_the_one_of_the_day() -> None:
    assert rule_on(date(2024, 1, 1)).legal_basis.startswith("Nghị định 61/2018")
    assert rule_on(date(2025, 7, 1)).legal_basis.startswith("Nghị định 118/2025")
    assert rule_on(date(2000, 1, 1)) == promises().rules[0]


def test_the_form_of_reasons_adds_up_to_all_late_dossiers(tmp_path: Path) -> None:
    snapshot = opened(
        tmp_path,
        late("A"),
        late("B"),
        late("C", unit_id="U2"),
        finished(day(9), **LATE),
        apology=[letter("A"), letter("B", reason=None)],
    )

    document = json.loads(
        write_report("ii07g", snapshot, default_scope(), ALL, NOW, "vi", as_json=True)
    )
    book = CalamineWorkbook.from_filelike(
        io.BytesIO(write_report("ii07g", snapshot, default_scope(), ALL, NOW, "vi"))
    )

    counts = {name: n for name, n in document["total"].items() if n}
    assert counts == {"complex": 1, "not_given": 1, "no_letter": 1}
    assert [unit["late"] for unit in document["units"]] == [2, 1]
    total = next(row for row in book.get_sheet_by_index(0).to_python() if row[1] == "Tổng số")
    assert total[2] == 3
    assert total[3:] == list(document["total"].values())


def test_by_month_only_letters_written_by_its_end_count(tmp_path: Path) -> None:
    ends = {"SOON": 12, "NEXT": 20, "LATER": 32}
    rows = [finished(day(end), dossier_code=code, **LATE) for code, end in ends.items()]
    letters = [letter("SOON"), letter("NEXT", issued_at=day(33))]
    snapshot = opened(tmp_path, *rows, finished(day(5), **LATE), apology=letters)

    months = asked(snapshot, "apology_months")

    assert [(row["month"], row["late_n"], row["late_with_letter"]) for row in months] == [
        (date(2024, 1, 1), 2, 1),  # the letter of NEXT came in February
        (date(2024, 2, 1), 1, 0),
    ]
