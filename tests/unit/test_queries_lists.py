"""Lists to work from: queues, due soon, overdue, hotspots, drill-through."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.snapshots import Board, Row, batch, build, day, dossier, finished, unit

THURSDAY = day(10)  # 11/1/2024


def board(tmp_path: Path, *rows: Row, as_of=THURSDAY, **tables: Any) -> Board:
    return Board(build(tmp_path, rows, **tables), as_of)


@pytest.mark.parametrize(
    ("due", "left"),
    [
        (day(10, 23), 0),  # today
        (day(11), 1),  # Friday
        (day(12), 2),  # Saturday: its last day is Monday
        (day(13), 2),  # Sunday: so is its
        (day(14), 2),  # Monday
        (day(15), 3),
    ],
)
def test_days_left_are_working_days(tmp_path: Path, due, left: int) -> None:
    row = board(tmp_path, dossier(due_at=due)).one("due_soon")
    assert row["days_left"] == left
    assert row["due_on_day_off"] == (due in (day(12), day(13)))


def test_what_is_due_after_the_horizon_is_not_soon(tmp_path: Path) -> None:
    ask = board(tmp_path, dossier(due_at=day(16)))
    assert ask("due_soon") == []
    assert len(ask("due_soon", horizon=4)) == 1


def test_a_holiday_moves_the_horizon(tmp_path: Path) -> None:
    ask = board(tmp_path, dossier(due_at=day(16)), days_off=[date(2024, 1, 15)])
    assert ask.one("due_soon")["days_left"] == 3


@pytest.mark.parametrize(
    "row",
    [
        dossier(due_at=day(11), status="awaiting_payment"),
        dossier(due_at=day(9)),
        dossier(due_at=None),
        finished(day(9), due_at=day(11)),
        dossier(due_at=day(11), status="unknown"),
    ],
)
def test_only_open_dossiers_in_time_are_due_soon(tmp_path: Path, row: Row) -> None:
    assert board(tmp_path, row)("due_soon") == []


def test_overdue_since_a_weekend_counts_the_working_days(tmp_path: Path) -> None:
    ask = board(tmp_path, dossier(due_at=day(5)))  # Saturday 6/1, seen on Thursday 11/1
    assert ask.one("overdue")["days_over"] == 4


def test_overdue_names_the_apologies_sent_so_far(tmp_path: Path) -> None:
    letter = {"system": "S", "dossier_code": "A", "batch_no": 1}
    ask = board(
        tmp_path,
        dossier(dossier_code="A", due_at=day(5)),
        apology=[
            letter | {"ordinal": 1, "issued_at": day(4)},
            letter | {"ordinal": 2, "issued_at": day(12)},
        ],
    )
    assert ask.one("overdue")["apology_n"] == 1


def test_the_queue_puts_every_open_dossier_into_one_bucket(tmp_path: Path) -> None:
    ask = board(
        tmp_path,
        dossier(due_at=day(9)),
        dossier(due_at=day(10)),
        dossier(due_at=day(11)),
        dossier(due_at=day(30)),
        dossier(due_at=None),
        dossier(status="awaiting_supplement", due_at=day(1)),
        finished(day(3)),
    )
    counts = {row["bucket"]: row["n"] for row in ask("queue_counts")}
    assert counts == {
        "overdue": 1,
        "today": 1,
        "1": 1,
        "2": 0,
        "3": 0,
        "later": 1,
        "waiting": 1,
        "no_due": 1,
    }
    assert [row["bucket"] for row in ask("queue")] == [
        "overdue",
        "today",
        "1",
        "later",
        "waiting",
        "no_due",
    ]
    assert ask.one("queue", bucket="today")["days_left"] == 0


def test_the_queue_can_be_that_of_one_officer(tmp_path: Path) -> None:
    ask = board(tmp_path, dossier(officer_name="A"), dossier(officer_name="B"))
    assert ask.one("queue", officer="A")["officer_name"] == "A"


def test_overdue_age_has_every_band_and_counts_each_dossier_once(tmp_path: Path) -> None:
    ask = board(tmp_path, dossier(due_at=day(0)), dossier(due_at=day(9)), dossier(due_at=day(11)))
    bands = ask("overdue_age", bands=[1, 5])
    assert [(row["from_days"], row["to_days"], row["overdue_n"]) for row in bands] == [
        (0, 1, 1),
        (2, 5, 0),
        (6, None, 1),
    ]


def test_old_open_counts_calendar_days_since_receipt(tmp_path: Path) -> None:
    ask = board(tmp_path, dossier(received_at=day(0)), dossier(received_at=day(1)), as_of=day(91))
    row = ask.one("old_open")
    assert (row["old_open"], row["open"], row["old_open_share"]) == (1, 2, 0.5)


def test_hotspots_rank_only_cells_with_enough_dossiers(tmp_path: Path) -> None:
    late = {"field_name": "Đất đai", "procedure_code": "1.000002"}
    ask = Board(
        build(
            tmp_path,
            copies=[
                (finished(day(12), **late), 2),
                (finished(day(3), **late), 2),
                (finished(day(12)), 3),
            ],
        ),
        day(20),
    )
    small, large = ask("hotspots", small_sample_n=4)
    assert (small["late_or_overdue"], small["rank"], small["is_small_sample"]) == (3, None, True)
    assert (large["late_or_overdue"], large["rank"], large["is_small_sample"]) == (2, 1, False)
    assert large["share_of_all"] == 2 / 5


def test_hotspots_leave_out_cells_without_lateness(tmp_path: Path) -> None:
    assert board(tmp_path, finished(day(3)))("hotspots") == []


def test_hotspots_share_a_rank_when_equal(tmp_path: Path) -> None:
    codes = ("1.000001", "1.000002", "1.000003")
    rows = [finished(day(12), procedure_code=code) for code in (*codes, codes[0])]
    ask = board(tmp_path, *rows, as_of=day(20))
    assert [row["rank"] for row in ask("hotspots", small_sample_n=1)] == [1, 2, 2]


def test_an_empty_cell_of_the_heatmap_is_not_a_zero(tmp_path: Path) -> None:
    ask = board(tmp_path, finished(day(3)), finished(day(3), unit_id="U2", field_name="Đất đai"))
    assert [
        (row["field_name"], row["unit_id"], row["late_or_overdue"]) for row in ask("heatmap")
    ] == [
        ("Hộ tịch", "U1", 0),
        ("Đất đai", "U2", 0),
    ]


def test_pareto_runs_up_to_one(tmp_path: Path) -> None:
    land = [finished(day(12), field_name="Đất đai") for _ in range(3)]
    ask = board(
        tmp_path, *land, finished(day(12)), finished(day(3), field_name="Y tế"), as_of=day(20)
    )
    rows = ask("pareto_fields")
    assert [(row["field_name"], row["cumulative_share"]) for row in rows] == [
        ("Đất đai", 0.75),
        ("Hộ tịch", 1.0),
    ]


@pytest.mark.parametrize("words", ["nguyen van", "NGUYỄN", "h01-x", "khai sinh", "binh", "0912"])
def test_a_search_ignores_accents_and_case(tmp_path: Path, words: str) -> None:
    ask = board(tmp_path, dossier(dossier_code="H01-X"))
    assert len(ask("dossiers", search=words)) == 1
    assert ask("dossiers", search="không có") == []


def test_a_page_of_dossiers_says_how_many_there_are(tmp_path: Path) -> None:
    rows = [dossier(dossier_code=f"C{n}", received_at=day(n)) for n in range(5)]
    page = board(tmp_path, *rows)("dossiers", limit=2, offset=1)
    assert [row["dossier_code"] for row in page] == ["C3", "C2"]
    assert {row["total_n"] for row in page} == {5}


def test_a_unit_filter_takes_the_unit_that_resolves(tmp_path: Path) -> None:
    ask = board(tmp_path, dossier(unit_id="U1", receiving_unit_id="U2"), dossier(unit_id="U2"))
    assert ask.one("summary", unit="U2")["received"] == 1
    assert ask.one("dossiers", unit="U1")["receiving_unit_name"] == "Xã U2"


def test_a_dossier_shows_its_batches_steps_and_changes(tmp_path: Path) -> None:
    key = {"system": "S", "dossier_code": "A"}
    ask = board(
        tmp_path,
        dossier(
            dossier_code="A",
            seen=[
                {"batch_no": 1, "sheet_no": 1, "line": 5},
                {"batch_no": 2, "sheet_no": 1, "line": 9},
            ],
        ),
        dossier_step=[
            key | {"batch_no": 1, "step_no": 2, "step_name": "Ký", "started_at": day(3)},
            key | {"batch_no": 1, "step_no": 1, "step_name": "Nhận", "started_at": day(0)},
            key | {"batch_no": 1, "step_no": 3, "step_name": "Trả", "started_at": day(40)},
        ],
        dossier_change=[
            key | {"batch_no": 2, "column_name": "due_at", "old_value": "a", "new_value": "b"}
        ],
    )
    assert [row["line"] for row in ask("dossier_batches", dossier="A")] == [5, 9]
    assert [row["step_name"] for row in ask("dossier_steps", dossier="A")] == ["Nhận", "Ký"]
    assert ask.one("dossier_changes", dossier="A")["column_name"] == "due_at"
    assert ask("dossier", dossier="B") == []


def test_a_dossier_does_not_know_what_happens_after_the_moment_shown(tmp_path: Path) -> None:
    ask = board(
        tmp_path,
        finished(day(14), dossier_code="A", due_at=day(9), handed_over_at=day(15)),
        as_of=day(10),
    )
    early, late = ask.one("dossier", dossier="A"), ask.one("dossier", dossier="A", as_of=day(20))
    assert (early["phase"], early["finished_at"], early["days_over"]) == ("open", None, 1)
    assert early["handed_over_at"] is None
    assert (late["end_state"], late["finished_at"], late["days_over"]) == ("late", day(14), 3)


def test_a_change_is_known_by_the_moment_its_file_speaks_of(tmp_path: Path) -> None:
    key = {"system": "S", "dossier_code": "A", "batch_no": 1}
    ask = board(
        tmp_path,
        dossier(dossier_code="A"),
        batch=[batch(1, data_at=day(4), landed_at=day(9))],
        dossier_change=[key | {"column_name": "due_at", "old_value": "a", "new_value": "b"}],
    )
    assert ask.one("dossier_changes", dossier="A")["known_at"] == day(4)
    assert ask.one("dossier_batches", dossier="A")["known_at"] == day(4)


def test_the_queue_lists_what_stands_in_the_name_of_an_ended_unit(tmp_path: Path) -> None:
    ask = board(
        tmp_path,
        dossier(dossier_code="A", unit_id="OLD"),
        dossier(unit_id="NEW"),
        units=[unit("OLD", valid_to=day(9).date()), unit("NEW")],
        unit_successor=[
            {"old_unit_id": "OLD", "new_unit_id": "NEW", "from_date": day(10).date()}
            | {"relation": "merged"}
        ],
    )
    (row,) = ask("queue", bucket="ended_unit")
    assert (row["dossier_code"], row["successor_name"]) == ("A", "Xã NEW")
    assert sum(row["ended_unit_n"] for row in ask("queue_counts")) == 1
    before = ask("queue_counts", as_of=day(9))
    assert sum(row["ended_unit_n"] for row in before) == 0


def test_the_days_of_the_queue_skip_the_weekend(tmp_path: Path) -> None:
    days = {row["bucket"]: row["last_day"] for row in board(tmp_path)("queue_counts")}
    assert [days[name] for name in ("today", "1", "2", "3")] == [
        day(n).date() for n in (10, 11, 14, 15)
    ]
    assert days["overdue"] is None


@pytest.mark.parametrize(
    ("sort", "codes"),
    [
        (None, ["LATE", "SOON", "FAR"]),
        ("due", ["LATE", "SOON", "FAR"]),
        ("received", ["FAR", "SOON", "LATE"]),
        ("procedure", ["SOON", "FAR", "LATE"]),
    ],
)
def test_a_list_can_be_put_in_another_order(
    tmp_path: Path, sort: str | None, codes: list[str]
) -> None:
    ask = board(
        tmp_path,
        dossier(dossier_code="LATE", due_at=day(8), received_at=day(2), procedure_name="Đo đạc"),
        dossier(dossier_code="SOON", due_at=day(11), received_at=day(1), procedure_name="An táng"),
        dossier(dossier_code="FAR", due_at=day(30), received_at=day(0), procedure_name="Cấp phép"),
    )
    assert [row["dossier_code"] for row in ask("queue", sort=sort)] == codes
    if sort:
        assert [row["dossier_code"] for row in ask("dossiers", sort=sort)] == codes


def test_overdue_letters_count_what_no_letter_was_written_for(tmp_path: Path) -> None:
    letter = {"system": "S", "batch_no": 1, "ordinal": 1, "issued_at": day(8)}
    ask = board(
        tmp_path,
        dossier(dossier_code="A", due_at=day(8)),
        dossier(dossier_code="B", due_at=day(8)),
        dossier(dossier_code="C", due_at=day(11)),
        apology=[letter | {"dossier_code": "A"}],
    )
    row = ask.one("overdue_letters")
    assert (row["open_overdue"], row["without_letter"]) == (2, 1)
    assert [row["dossier_code"] for row in ask("queue", bucket="no_letter")] == ["B"]


def test_a_moment_before_the_newest_data_finds_what_was_open_then(tmp_path: Path) -> None:
    ask = board(
        tmp_path, finished(day(9), dossier_code="A", due_at=day(8)), dossier(received_at=day(60))
    )
    assert ask.one("overdue", as_of=day(9, 0))["dossier_code"] == "A"
    assert ask("overdue", as_of=day(20)) == []


def test_a_month_that_is_still_open_says_so(tmp_path: Path) -> None:
    ask = board(tmp_path, dossier(received_at=day(0)), dossier(received_at=day(32)), as_of=day(33))
    trend = ask("trend")
    assert [(row["month"], row["is_complete"]) for row in trend] == [
        (date(2024, 1, 1), True),
        (date(2024, 2, 1), False),
    ]
    assert [row["open"] for row in trend] == [1, 2]


def test_a_month_without_dossiers_is_a_row_of_the_trend(tmp_path: Path) -> None:
    ask = board(tmp_path, dossier(received_at=day(0)), as_of=day(70))
    assert [row["received_in_period"] for row in ask("trend")] == [1, 0, 0]


def test_a_trend_of_one_procedure_counts_only_its_dossiers(tmp_path: Path) -> None:
    mine = {"procedure_code": "1.000002"}
    ask = board(
        tmp_path,
        finished(day(12), **mine),
        dossier(received_at=day(35), **mine),
        dossier(),
        as_of=day(40),
    )
    trend = ask("trend", procedure="1.000002")
    assert [(row["received_in_period"], row["late"], row["open"]) for row in trend] == [
        (1, 1, 0),
        (1, 0, 1),
    ]
    assert [row["received_in_period"] for row in ask("online", procedure="1.000002")] == [1, 1]


def test_months_are_those_in_which_dossiers_came_in(tmp_path: Path) -> None:
    ask = board(tmp_path, dossier(), dossier(received_at=day(65)), as_of=day(70))
    assert [row["month"] for row in ask("months")] == [date(2024, 3, 1), date(2024, 1, 1)]
