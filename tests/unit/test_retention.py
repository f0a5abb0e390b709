"""Retention: old persons, exports and months of the log go; figures and batches stay."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from pipeline import audit, personal, publish, queries, retention
from pipeline.access import default_scope
from pipeline.audit import Asked
from pipeline.audit.files import months
from pipeline.cli import main
from pipeline.errors import Refused
from pipeline.ingest import ingest
from pipeline.landing import landed_batches
from pipeline.retention import Done, earlier, retain
from pipeline.sources import ready_made, source_toml
from pipeline.warehouse import open_snapshot
from tests.conftest import ROOT
from tests.unit.ingested import HEADERS, asked, dossier, export, rows

NOW = datetime(2026, 6, 1, 12)
WIDE = f"{HEADERS};Chủ hồ sơ;Số điện thoại;Người được ủy quyền"
OLD = f"{dossier('A-1')};Nguyễn Văn An;0912345678;Phạm Thị Dung"
STILL_OPEN = f"{dossier('A-2', finished='', status='Đang xử lý')};Lê Thị Hoa;0987654321;"
NO_DAY = f"{dossier('A-3', received='31/02/2024')};Trần Văn Cường;0909090909;"
BUILT: list[Path] = []  # the default board, to be copied
GONE = ("Nguyễn Văn An", "0912345678", "Phạm Thị Dung")
QUERIES = ("summary", "by_unit", "dossiers", "ledger", "identities")


class Book:
    """What a run wrote down."""

    def __init__(self) -> None:
        self.entries: list[tuple[str, int]] = []

    def __call__(self, what: str, rows: int, detail: dict[str, str]) -> None:
        self.entries.append((what, rows))


def board(tmp_path: Path, *lines: str) -> Path:
    """A warehouse of these rows in tmp_path/a.csv; by default an ended dossier and an open one."""
    file = export(tmp_path / "a.csv", *(lines or (OLD, STILL_OPEN)), headers=WIDE)
    warehouse = tmp_path / "warehouse"
    if lines or not BUILT:
        ingest([file], warehouse, source="igate")
    else:
        shutil.copytree(BUILT[0], warehouse)
    return warehouse


@pytest.fixture(scope="module", autouse=True)
def _built_once(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("built")
    BUILT.append(board(folder))


def kept(warehouse: Path) -> str:
    """Every cell of landing and of every snapshot, as text."""
    told = []
    with duckdb.connect() as con:
        for path in (warehouse / "landing").rglob("*.parquet"):
            told.append(str(con.read_parquet(str(path)).fetchall()))
    for one in publish.snapshots(warehouse):
        with duckdb.connect(str(one.path), read_only=True) as con:
            for (table,) in con.execute("select table_name from duckdb_tables()").fetchall():
                told.append(str(con.table(table).fetchall()))
    return "\n".join(told)


def figures(warehouse: Path) -> list[Any]:
    """What queries say but for the persons themselves."""
    hidden = {"applicant_name", "applicant_phone"}
    snapshot = open_snapshot(warehouse)
    assert snapshot is not None
    try:
        found = [queries.run(snapshot, default_scope(), name, as_of=NOW) for name in QUERIES]
    finally:
        snapshot.close()
    return [table.drop_columns(sorted(hidden & set(table.column_names))) for table in found]


def run(warehouse: Path, **given: Any) -> tuple[Done, Book]:
    book = Book()
    return retain(warehouse, NOW, book, **given), book


def test_of_a_dossier_that_ended_long_ago_no_person_is_left_anywhere(tmp_path: Path) -> None:
    warehouse = board(tmp_path)
    assert all(secret in kept(warehouse) for secret in GONE)
    done, book = run(warehouse)
    assert not [secret for secret in GONE if secret in kept(warehouse)]
    assert "Lê Thị Hoa" in kept(warehouse)  # its dossier is open
    (batch,) = landed_batches(warehouse)
    assert [(one.batch, one.rows, one.cells) for one in done.batches] == [(batch.batch_id, 1, 3)]
    assert book.entries == [(batch.batch_id, 1), ("snapshots", 1)]


def test_figures_are_the_same_before_and_after_and_after_a_rebuild(tmp_path: Path) -> None:
    warehouse = board(tmp_path, OLD, STILL_OPEN, NO_DAY, OLD)
    before = figures(warehouse)
    run(warehouse)
    assert figures(warehouse) == before
    assert not [one for one in before[-1].to_pylist() if one["difference"]]


def test_the_same_file_given_again_changes_nothing(tmp_path: Path) -> None:
    warehouse = board(tmp_path)
    done, _ = run(warehouse)
    again = ingest([tmp_path / "a.csv"], warehouse, source="igate")
    assert (again.news, again.snapshot) == (False, done.snapshot)
    assert "Nguyễn Văn An" not in kept(warehouse)


def test_a_second_run_finds_nothing_more(tmp_path: Path) -> None:
    warehouse = board(tmp_path)
    run(warehouse)
    shown = publish.current(warehouse)
    done, book = run(warehouse)
    assert (done.batches, done.snapshots, done.snapshot, book.entries) == ([], [], None, [])
    assert publish.current(warehouse) == shown


def test_every_batch_that_spoke_of_the_dossier_forgets_its_person(tmp_path: Path) -> None:
    warehouse = board(tmp_path, f"{dossier('A-1', finished='', status='Đang xử lý')};An Bê;;")
    ingest([export(tmp_path / "b.csv", OLD, headers=WIDE)], warehouse, source="igate")
    done, _ = run(warehouse)
    assert len(done.batches) == 2
    assert "An Bê" not in kept(warehouse)
    assert rows(warehouse, "select applicant_name, len(seen) from dossier") == [(None, 2)]


def test_a_rejected_row_is_forgotten_by_the_age_of_its_batch(tmp_path: Path) -> None:
    warehouse = board(tmp_path, STILL_OPEN, NO_DAY)
    run(warehouse)
    assert "Trần Văn Cường" in kept(warehouse)  # landed today
    retain(warehouse, datetime(2099, 1, 1), Book())
    assert "Trần Văn Cường" not in kept(warehouse)
    ((text,),) = rows(warehouse, "select row_text from reject")
    assert json.loads(text)["Số hồ sơ"] == "A-3"


def test_snapshots_kept_for_going_back_that_hold_old_persons_are_removed(tmp_path: Path) -> None:
    warehouse = board(tmp_path)
    ingest([export(tmp_path / "b.csv", dossier("A-9"))], warehouse, source="igate")
    assert len(publish.snapshots(warehouse)) == 2
    done, _ = run(warehouse)
    assert [one.id for one in publish.snapshots(warehouse)] == [done.snapshot]
    assert len(done.snapshots) == 2


def test_a_rehearsal_says_the_same_and_removes_nothing(tmp_path: Path) -> None:
    warehouse = board(tmp_path)
    before, files = kept(warehouse), sorted(warehouse.rglob("*"))
    planned, book = run(warehouse, is_rehearsal=True)
    assert (kept(warehouse), sorted(warehouse.rglob("*")), book.entries) == (before, files, [])
    done, _ = run(warehouse)
    assert (planned.batches, planned.snapshots) == (done.batches, done.snapshots)


def test_what_cannot_be_logged_is_not_removed(tmp_path: Path) -> None:
    warehouse = board(tmp_path)

    def refuse(what: str, rows: int, detail: dict[str, str]) -> None:
        raise Refused("error.audit.busy", folder=what)

    with pytest.raises(Refused):
        retain(warehouse, NOW, refuse)
    assert "Nguyễn Văn An" in kept(warehouse)


def test_words_of_a_survey_go_and_that_there_were_some_stays(tmp_path: Path) -> None:
    warehouse = tmp_path / "warehouse"
    file = tmp_path / "s.csv"
    file.write_text(
        "Mã phiếu,Đơn vị,Ngày trả lời,Mức độ hài lòng,Ý kiến\n"
        "P1,Xã A,01/03/2024,Rất hài lòng,cô Hoa rất tốt\n"
        "P2,Xã A,01/05/2026,Hài lòng,chờ hơi lâu\n"
        "P3,Xã A,02/03/2024,Hài lòng,\n",
        encoding="utf-8",
    )
    own = tmp_path / "phieu.toml"
    own.write_text(
        'name = "phieu"\ntitle_vi = "p"\ntitle_en = "p"\nkind = "survey"\n[columns]\n'
        'response_id = ["Mã phiếu"]\nunit = ["Đơn vị"]\nanswered_at = ["Ngày trả lời"]\n'
        'rating = ["Mức độ hài lòng"]\ncomment = ["Ý kiến"]\n'
        '[values.rating]\nvery_satisfied = ["Rất hài lòng"]\nsatisfied = ["Hài lòng"]\n',
        encoding="utf-8",
    )
    ingest([file], warehouse, source=str(own))
    before = asked(warehouse, "satisfaction", NOW)
    run(warehouse)
    said = rows(warehouse, "select response_id, comment from survey_answer order by 1")
    assert said == [("P1", "***"), ("P2", "chờ hơi lâu"), ("P3", None)]
    assert asked(warehouse, "satisfaction", NOW) == before
    assert "cô Hoa" not in kept(warehouse)


KILLED = """
import os, signal, sys
from datetime import datetime
from pathlib import Path
from pipeline.retention import retain

stage, warehouse = sys.argv[1], Path(sys.argv[2])

def watch(event, arguments):
    is_renamed = event == "os.rename" and stage in str(arguments[1])
    if is_renamed or (event == "os.remove" and stage == "gone"):
        os.kill(os.getpid(), signal.SIGKILL)

sys.addaudithook(watch)
retain(warehouse, datetime(2026, 6, 1, 12), lambda what, rows, detail: None)
"""


@pytest.mark.parametrize("stage", ["t0001.parquet", "snapshots/", "gone"])
def test_a_run_that_was_killed_is_completed_by_the_next(tmp_path: Path, stage: str) -> None:
    warehouse = board(tmp_path)
    before = figures(warehouse)
    killed = subprocess.run(
        [sys.executable, "-c", KILLED, stage, str(warehouse)], cwd=ROOT, check=False
    )
    assert killed.returncode == -signal.SIGKILL
    assert figures(warehouse) == before
    run(warehouse)
    assert not [secret for secret in GONE if secret in kept(warehouse)]
    assert len(publish.snapshots(warehouse)) == 1
    assert figures(warehouse) == before
    assert not list((warehouse / "landing").rglob(".fresh-*"))
    assert not (warehouse / retention.UNFINISHED).exists()


def own_rules(warehouse: Path, text: str) -> None:
    (warehouse / "privacy.toml").write_text(f"[retention]\n{text}\n", encoding="utf-8")


def test_exports_go_once_they_were_landed_and_never_before(tmp_path: Path) -> None:
    warehouse = board(tmp_path)
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    landed, new, unknown = inbox / "a.csv", inbox / "fresh.csv", inbox / "b.csv"
    landed.write_bytes((tmp_path / "a.csv").read_bytes())
    new.write_bytes((tmp_path / "a.csv").read_bytes())
    unknown.write_text("never taken in", encoding="utf-8")
    for path in (landed, unknown):
        os.utime(path, (0, 0))
    os.utime(new, (NOW.timestamp(), NOW.timestamp()))
    own_rules(warehouse, f'raw_folders = ["{inbox}"]\npersonal_months = 0')
    done, book = run(warehouse)
    assert [one.path for one in done.files] == [str(landed)]
    assert done.left == [str(unknown)]
    assert sorted(inbox.iterdir()) == [unknown, new]
    assert book.entries == [("raw_file", 1)]


def test_files_dropped_in_the_browser_and_left_by_a_killed_process_go(tmp_path: Path) -> None:
    warehouse = board(tmp_path)
    old, new = (warehouse / "inbox" / name for name in ("old", "new"))
    for folder in (old, new):
        folder.mkdir(parents=True)
        (folder / "a.csv").write_text("x", encoding="utf-8")
    os.utime(old, (0, 0))
    os.utime(new, (NOW.timestamp(), NOW.timestamp()))
    own_rules(warehouse, "personal_months = 0")
    done, book = run(warehouse)
    assert (done.uploads, book.entries) == ([str(old)], [("forgotten_upload", 1)])
    assert list((warehouse / "inbox").iterdir()) == [new]


def test_what_a_source_kept_of_persons_goes_with_the_age_of_its_batch(tmp_path: Path) -> None:
    own = ready_made()["igate"].model_copy(
        update={"name": "own", "personal": [], "keep_personal": ["identity_number"]}
    )
    (tmp_path / "own.toml").write_text(source_toml(own), encoding="utf-8")
    row = f"{dossier('A-2', finished='', status='Đang xử lý')};038091012345"
    file = export(tmp_path / "b.csv", row, headers=f"{HEADERS};Số CCCD")
    warehouse = tmp_path / "warehouse"
    ingest([file], warehouse, source=str(tmp_path / "own.toml"))
    run(warehouse)
    assert "038091012345" in kept(warehouse)  # landed today
    retain(warehouse, datetime(2099, 1, 1), Book())
    assert "038091012345" not in kept(warehouse)


def test_what_landed_before_it_was_recognised_goes_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = f"{dossier('A-2', finished='', status='Đang xử lý')};038091012345"
    file = export(tmp_path / "b.csv", row, headers=f"{HEADERS};Số CCCD")
    with monkeypatch.context() as as_before:
        as_before.setattr(personal, "not_kept", lambda source: lambda header: False)
        ingest([file], tmp_path / "warehouse", source="igate")
    assert "038091012345" in kept(tmp_path / "warehouse")
    run(tmp_path / "warehouse")
    assert "038091012345" not in kept(tmp_path / "warehouse")


def test_zero_keeps_for_good(tmp_path: Path) -> None:
    warehouse = board(tmp_path)
    own_rules(warehouse, "personal_months = 0\nraw_file_days = 0\naccess_log_years = 0")
    done, book = run(warehouse)
    assert done == Done()
    assert book.entries == []
    assert "Nguyễn Văn An" in kept(warehouse)


def test_old_months_leave_the_log_and_the_chain_is_still_whole(tmp_path: Path) -> None:
    warehouse = tmp_path / "warehouse"
    for month in ("2001-01", "2001-02", "2099-01"):
        audit.record(warehouse, "sign_in", who="a", role="b", what=month)
        newest = months(warehouse / "audit")[-1]
        newest.rename(newest.with_name(f"{month}.jsonl"))

    def note(what: str, rows: int, detail: dict[str, str]) -> None:
        audit.record(warehouse, "retention", who="a", role="b", what=what, rows=rows, **detail)

    done = retain(warehouse, NOW, note)
    assert done.log_months == ["2001-01", "2001-02"]
    found = audit.verify(warehouse)
    assert (found.broken, found.entries) == (None, 3)
    assert [one.event for one in audit.search(warehouse, Asked())] == [
        *("retention", "retention", "sign_in")
    ]
    for path in months(warehouse / "audit"):
        text = path.read_bytes().split(b"\n", 1)[1]
        path.write_bytes(text)
    assert audit.verify(warehouse).broken is not None  # a beginning nobody vouches for


def test_the_command_says_what_it_removed_and_the_log_keeps_it(tmp_path: Path) -> None:
    warehouse = board(tmp_path)
    place = ("--warehouse", str(warehouse))
    rehearsal = CliRunner().invoke(main, ["retention", "--dry-run", *place])
    assert rehearsal.exit_code == 0
    assert "Would be removed" in rehearsal.stdout
    done = CliRunner().invoke(main, ["retention", "--json", *place])
    document = json.loads(done.stdout)
    assert [one["rows"] for one in document["batches"]] == [1]
    logged = [one.what for one in audit.search(warehouse, Asked(event="retention"))]
    assert logged == ["snapshots", document["batches"][0]["batch"]]
    log = "".join(path.read_text("utf-8") for path in months(warehouse / "audit"))
    assert not [secret for secret in GONE if secret in log]


@given(st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1)), st.integers(1, 240))
def test_months_earlier_is_a_day_of_that_month_and_never_later(now: datetime, n: int) -> None:
    found = earlier(now, n)
    assert (now.year - found.year) * 12 + now.month - found.month == n
    assert found.day <= now.day
