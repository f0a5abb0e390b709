"""What a later batch does to an earlier one: it supersedes, and forgets nothing."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from pipeline import publish
from pipeline.ingest import ingest
from tests.unit.ingested import asked, dossier, export, rows


def test_the_same_file_twice_changes_nothing(tmp_path: Path) -> None:
    warehouse = tmp_path / "warehouse"
    listed = export(tmp_path / "list.csv", dossier())
    first = ingest([listed], warehouse)
    again = ingest([listed], warehouse)
    assert again.news is False
    assert again.snapshot == first.snapshot
    assert (again.read, again.accepted) == (1, 1)
    assert len(publish.snapshots(warehouse)) == 1
    assert rows(warehouse, "select count(*) from batch") == [(1,)]


def test_a_later_batch_supersedes_and_the_first_promise_survives(tmp_path: Path) -> None:
    warehouse = tmp_path / "warehouse"
    due = "05/03/2024 17:00:00"
    moved = "12/03/2024 17:00:00"
    ingest(
        [export(tmp_path / "a.csv", dossier(due=due, finished="", status="Đang xử lý"))], warehouse
    )
    ingest([export(tmp_path / "b.csv", dossier(due=moved, finished="11/03/2024 09:00"))], warehouse)
    assert rows(
        warehouse, "select first_due_at, due_at, due_moves, status, timing, len(seen) from dossier"
    ) == [(datetime(2024, 3, 5, 17), datetime(2024, 3, 12, 17), 1, "finished", "early", 2)]
    changed = rows(
        warehouse, "select column_name, old_value from dossier_change order by column_name"
    )
    assert dict(changed) == {
        "due_at": "2024-03-05 17:00:00",
        "finished_at": None,
        "status": "in_progress",
        "status_text": "Đang xử lý",
    }


def test_a_first_promise_told_later_counts_as_a_move_nobody_saw(tmp_path: Path) -> None:
    warehouse = tmp_path / "warehouse"
    ingest([export(tmp_path / "a.csv", dossier())], warehouse)
    told = "A-1;Khai sinh;01/03/2024 08:30:00;05/03/2024 17:00:00;03/03/2024 17:00:00;Đang xử lý"
    headers = (
        "Số hồ sơ;Tên thủ tục hành chính;Ngày tiếp nhận;Ngày hẹn trả;"
        "Ngày hẹn trả lần đầu;Trạng thái hồ sơ"
    )
    ingest([export(tmp_path / "b.csv", told, headers=headers)], warehouse, source="igate")
    assert rows(warehouse, "select first_due_at, due_moves from dossier") == [
        (datetime(2024, 3, 3, 17), 1)
    ]


def test_a_promise_repeated_unchanged_is_no_move(tmp_path: Path) -> None:
    warehouse = tmp_path / "warehouse"
    ingest([export(tmp_path / "a.csv", dossier("A-1"))], warehouse)
    ingest([export(tmp_path / "b.csv", dossier("A-1"), dossier("A-2"))], warehouse)
    assert rows(warehouse, "select due_moves from dossier") == [(0,), (0,)]
    assert rows(warehouse, "select * from dossier_change") == []


def test_columns_that_a_later_export_lacks_keep_what_was_known(tmp_path: Path) -> None:
    warehouse = tmp_path / "warehouse"
    ingest([export(tmp_path / "a.csv", dossier(officer="Trần Thị B"))], warehouse)
    short = export(
        tmp_path / "b.csv",
        "A-1;Khai sinh;01/03/2024 08:30:00;Đã trả kết quả",
        headers="Số hồ sơ;Tên thủ tục hành chính;Ngày tiếp nhận;Trạng thái",
    )
    ingest([short], warehouse)
    assert rows(
        warehouse, "select officer_name, channel, due_at, finished_at, status from dossier"
    ) == [
        (
            "Trần Thị B",
            "online",
            datetime(2024, 3, 5, 17),
            datetime(2024, 3, 4, 16, 10),
            "handed_over",
        )
    ]


def test_an_emptied_cell_is_news_and_not_a_missing_column(tmp_path: Path) -> None:
    warehouse = tmp_path / "warehouse"
    ingest([export(tmp_path / "a.csv", dossier())], warehouse)
    ingest([export(tmp_path / "b.csv", dossier(finished="", status="Đang xử lý"))], warehouse)
    assert rows(warehouse, "select finished_at, outcome, timing from dossier") == [
        (None, "open", None)
    ]


def test_daily_folders_are_batches_of_their_own(tmp_path: Path) -> None:
    warehouse = tmp_path / "warehouse"
    archive = tmp_path / "archive"
    export(archive / "2026-02-01" / "list.csv", dossier(due="12/03/2024 17:00:00"))
    export(archive / "2026-01-31" / "list.csv", dossier(due="05/03/2024 17:00:00"))
    done = ingest([archive], warehouse)
    assert len(done.batch) == 2
    assert (done.read, done.accepted, done.duplicate) == (2, 2, 0)
    assert rows(warehouse, "select first_due_at, due_moves from dossier") == [
        (datetime(2024, 3, 5, 17), 1)
    ]


def test_a_moved_promise_is_dated_by_the_day_of_the_list_and_not_of_its_loading(
    tmp_path: Path,
) -> None:
    warehouse = tmp_path / "warehouse"
    export(tmp_path / "in" / "2024-03-08" / "a.csv", dossier(due="05/03/2024 17:00:00"))
    export(tmp_path / "in" / "2024-03-15" / "a.csv", dossier(due="12/03/2024 17:00:00"))
    export(tmp_path / "in" / "2024-13-45" / "b.csv", dossier("A-2"))  # named for no day
    ingest([tmp_path / "in"], warehouse)
    (moved,) = asked(warehouse, "dossier-changes", dossier="A-1")
    assert (moved["column_name"], moved["known_at"]) == ("due_at", datetime(2024, 3, 15))
    known = [row["known_at"] for row in asked(warehouse, "dossier-batches", dossier="A-1")]
    assert known == [datetime(2024, 3, 8), datetime(2024, 3, 15)]
    (other,) = asked(warehouse, "dossier-batches", dossier="A-2")
    assert other["known_at"] == datetime(2024, 3, 4, 16, 10)  # the latest moment of its rows


def test_rows_later_than_the_folder_s_day_tell_better_when_the_list_was_made(
    tmp_path: Path,
) -> None:
    export(tmp_path / "in" / "2024-03-02" / "a.csv", dossier())
    ingest([tmp_path / "in"], tmp_path / "w")
    (seen,) = asked(tmp_path / "w", "dossier-batches", dossier="A-1")
    assert seen["known_at"] == datetime(2024, 3, 4, 16, 10)


def test_files_of_one_day_are_one_batch_and_repeat_their_rows(tmp_path: Path) -> None:
    a = export(tmp_path / "a.csv", dossier("A-1"))
    b = export(tmp_path / "b.csv", dossier("A-1"), dossier("A-2"))
    done = ingest([a, b], tmp_path / "warehouse")
    assert isinstance(done.batch, str)
    assert (done.read, done.accepted, done.duplicate) == (3, 2, 1)


def test_a_list_of_an_earlier_day_brought_in_later_takes_nothing_back(tmp_path: Path) -> None:
    warehouse = tmp_path / "warehouse"
    june = tmp_path / "2024-06-30"
    may = tmp_path / "2024-05-31"
    then, now = "05/06/2024 17:00:00", "12/06/2024 17:00:00"
    export(june / "list.csv", dossier(due=now, finished="11/06/2024 09:00"))
    export(
        may / "list.csv",
        dossier(due=then, finished="", status="Đang xử lý"),
        dossier("A-2", due=then, finished="", status="Đang xử lý"),
    )
    ingest([june], warehouse)
    before = asked(warehouse, "summary", upper=datetime(2024, 7, 1))
    ingest([may], warehouse)

    assert rows(
        warehouse,
        "select dossier_code, status, due_at, first_due_at, due_moves, len(seen) from dossier"
        " order by dossier_code",
    ) == [
        ("A-1", "finished", datetime(2024, 6, 12, 17), datetime(2024, 6, 5, 17), 1, 2),
        ("A-2", "in_progress", datetime(2024, 6, 5, 17), datetime(2024, 6, 5, 17), 0, 1),
    ]
    assert rows(warehouse, "select * from dossier_change") == []
    after = asked(warehouse, "summary", upper=datetime(2024, 7, 1))
    assert after[0]["resolved"] == before[0]["resolved"] == 1
    assert after[0]["open"] == 1  # the one that only the list of May tells


def test_of_lists_without_a_day_the_one_brought_in_last_speaks(tmp_path: Path) -> None:
    warehouse = tmp_path / "warehouse"
    day = tmp_path / "2024-06-30"
    ingest([export(day / "list.csv", dossier(finished="11/03/2024 09:00"))], warehouse)
    ingest([export(tmp_path / "b.csv", dossier(finished="", status="Đang xử lý"))], warehouse)
    assert rows(warehouse, "select status, listed_on from dossier") == [("in_progress", None)]


def test_an_older_slip_takes_no_step_back_and_adds_those_of_others(tmp_path: Path) -> None:
    warehouse = tmp_path / "warehouse"
    headers = "Mã hồ sơ;Tên bước;Ngày nhận;Ngày hoàn thành"
    newer = "A-1;Thẩm định;01/03/2024;04/03/2024"
    older = ("A-1;Tiếp nhận;01/03/2024;", "A-2;Tiếp nhận;01/03/2024;02/03/2024")
    export(tmp_path / "2024-03-20" / "slip.csv", newer, headers=headers)
    export(tmp_path / "2024-03-02" / "slip.csv", *older, headers=headers)
    ingest([tmp_path / "2024-03-20"], warehouse, source="control_slip")
    ingest([tmp_path / "2024-03-02"], warehouse, source="control_slip")
    assert rows(warehouse, "select dossier_code, step_name from dossier_step order by 1") == [
        ("A-1", "Thẩm định"),
        ("A-2", "Tiếp nhận"),
    ]
