"""What an unknown table is taken for, so that its draft is one to start from."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner

from pipeline.cli import main
from pipeline.ingest import ingest
from pipeline.inspection import Inspection, TableFound, inspect
from pipeline.inspection_text import render
from pipeline.proposal import propose
from pipeline.sources import load_source, ready_made
from tests.unit.ingested import HEADERS, dossier, export, rows

EVENTS = "Case ID;Opened;Deadline;Planned end;Closed;activity;timestamp;org:resource"
LOG = [
    "C-1;2024-03-01;2024-03-08;2024-03-08;2024-03-05;Nhận;2024-03-01 08:00;An",
    "C-1;2024-03-01;2024-03-08;2024-03-08;2024-03-05;Ký;2024-03-05 09:00;EMPTY",
    "C-2;2024-03-02;2024-03-09;2024-03-09;;Nhận;2024-03-02 08:00;An",
    "C-2;2024-03-02;2024-03-09;2024-03-09;;Ký;2024-03-04 09:00;Bình",
]
ASKED = [f"{n};{n % 5 + 1};{(n + 1) % 5 + 1};{9 if n == 3 else 2};NA;Web" for n in range(1, 9)]


def looked(path: Path) -> TableFound:
    (table,) = inspect(path, ready_made()).tables
    return table


def test_rows_that_are_events_of_a_code_are_drafted_as_such_and_can_be_taken_in(
    tmp_path: Path,
) -> None:
    log = export(tmp_path / "log.csv", *LOG, headers=EVENTS)
    draft = propose(looked(log))
    source = draft.complete()
    assert source.fold is not None
    assert source.empty_words == ["EMPTY"]
    assert (source.columns["due_at"], source.columns["finished_at"]) == (["Deadline"], ["Closed"])
    toml = tmp_path / "log.toml"
    toml.write_text(draft.toml, encoding="utf-8")
    done = ingest([log], tmp_path / "w", source=str(toml))
    assert (done.read, done.accepted, done.duplicate) == (4, 4, 0)
    assert rows(tmp_path / "w", "select count(*) from dossier") == [(2,)]
    assert rows(tmp_path / "w", "select count(*), count(officer_name) from dossier_step") == [
        (4, 3)
    ]


def test_one_row_per_code_is_no_event_log(tmp_path: Path) -> None:
    once = [LOG[0], LOG[2]]
    source = propose(looked(export(tmp_path / "a.csv", *once, headers=EVENTS))).complete()
    assert source.fold is None
    assert "step_name" not in source.columns


def test_an_end_that_is_only_planned_is_no_end(tmp_path: Path) -> None:
    path = export(
        tmp_path / "a.csv", "C;2024-03-01;2024-03-08", headers="Case ID;Opened;Enddate planned"
    )
    guesses = {column.header: column.guess for column in looked(path).columns}
    assert guesses["Enddate planned"] == "due_at"


def test_columns_of_answers_in_numbers_make_a_survey_that_a_person_completes(
    tmp_path: Path,
) -> None:
    asked = export(tmp_path / "s.csv", *ASKED, headers="id;q1;q2;q3;q4;method")
    table = looked(asked)
    assert table.kind == "survey"
    draft = propose(table)
    assert draft.source is None
    assert "exactly one overall answer" in draft.toml
    assert {word for word, _ in draft.unknown_words["rating"]} == {"1", "2", "3", "4", "5", "9"}
    toml = tmp_path / "s.toml"
    text = draft.toml.replace('columns = ["q1"]', 'columns = ["q1"]\noverall = true')
    toml.write_text(text + '\n[values.rating]\nsatisfied = ["5", "4"]\n', encoding="utf-8")
    source = load_source(toml)
    assert source.columns == {"response_id": ["id"], "survey_channel": ["method"]}
    assert source.empty_words == ["NA"]
    done = ingest([asked], tmp_path / "w", source=str(toml))
    assert (done.read, done.accepted) == (8, 8)


def test_a_question_on_another_scale_is_none_of_the_survey_s(tmp_path: Path) -> None:
    answers = [
        f"{n};{n % 5 + 1};{(n + 2) % 5 + 1};{(n + 3) % 5 + 1};{n % 2 + 1};{n % 9 + 1}"
        for n in range(40)
    ]
    table = looked(export(tmp_path / "s.csv", *answers, headers="id;q1;q2;q3;yes_no;district"))
    draft = propose(table)
    asked = {found.header for found in table.columns if found.role == "question"}
    assert asked == {"q1", "q2", "q3"}
    assert draft.unknown_headers == ("yes_no", "district")
    assert {word for word, _ in draft.unknown_words["rating"]} == {"1", "2", "3", "4", "5"}
    assert "as one of very_satisfied, satisfied, neutral" in draft.toml


@pytest.mark.parametrize(
    ("headers", "row", "are_totals"),
    [
        ("Lĩnh vực;Tháng 1;Tháng 2;Tháng 3", "Đất đai;đã xong 5;6;7", True),
        ("Kênh;2013-07-29;2013-07-30;2013-07-31", "Trực tuyến;5;6;7", True),
        ("Đơn vị;Đã giải quyết;Quá hạn", "Sở Xây dựng;120;7", True),
        ("Màu;Mùi", "đỏ;thơm", False),
        ("Mã hồ sơ;Ngày nhận;Quý 1;Quý 2;Quý 3", "A-1;01/03/2024;1;2;3", False),
        (HEADERS, dossier(), False),
    ],
)
def test_a_table_of_totals_is_told_from_a_list(
    tmp_path: Path, headers: str, row: str, are_totals: bool
) -> None:
    path = export(tmp_path / "a.csv", row, row.replace("5", "8"), headers=headers)
    assert looked(path).are_totals is are_totals
    assert ("table of totals" in render(inspect(path, ready_made()))) is are_totals


def test_a_draft_is_written_to_a_new_file_and_over_no_other(tmp_path: Path) -> None:
    log, draft = export(tmp_path / "log.csv", *LOG, headers=EVENTS), tmp_path / "phuong_x.toml"
    typed = ["inspect", str(log), "--draft", str(draft)]
    done = CliRunner().invoke(main, typed)
    assert done.exit_code == 0
    assert "[columns]" not in done.stdout
    assert done.stdout.endswith(f"then ingest the file with --source {draft}.\n")
    assert load_source(draft).name == "phuong_x"
    written = draft.read_text(encoding="utf-8")
    again = CliRunner().invoke(main, typed)
    assert again.exit_code == 1
    assert f"{draft} is there already" in again.stderr
    assert draft.read_text(encoding="utf-8") == written


def test_no_draft_is_written_for_a_file_that_a_source_fits(tmp_path: Path) -> None:
    path, draft = export(tmp_path / "a.csv", dossier()), tmp_path / "b.toml"
    done = CliRunner().invoke(main, ["inspect", str(path), "--draft", str(draft)])
    assert done.exit_code == 1
    assert "a source fits it already (igate)" in done.stderr
    assert not draft.exists()


@pytest.mark.parametrize(
    ("headers", "row", "kind"),
    [
        ("ma;ten;magoc", "92;Thành phố Cần Thơ;0", "unit"),
        (
            "Mã;Tên;Ghi chú lạ",
            "1.001;Cấp giấy phép xây dựng mới đối với nhà ở riêng lẻ;x",
            "procedure",
        ),
        ("Mã hồ sơ;Màu", "A-1;đỏ", "dossier"),
        ("Màu;Mùi", "đỏ;thơm", "dossier"),
    ],
)
def test_the_kind_is_the_one_whose_columns_are_there(
    tmp_path: Path, headers: str, row: str, kind: str
) -> None:
    assert looked(export(tmp_path / "a.csv", row, headers=headers)).kind == kind


def test_a_verdict_beside_its_dates_is_drafted_as_unwanted(tmp_path: Path) -> None:
    path = export(
        tmp_path / "a.csv",
        "C;2024-03-01;2024-03-08;2024-03-05;x",
        headers="Case ID;Open;Due;Closed;OnTime",
    )
    draft = propose(looked(path))
    assert draft.complete().ignored == ["OnTime"]
    assert draft.unknown_headers == ()


def test_a_list_on_one_line_is_written_on_one(tmp_path: Path) -> None:
    path = export(tmp_path / "a.csv", LOG[0], headers=EVENTS)
    assert 'dossier_code = ["Case ID"]\n' in propose(looked(path)).toml


def test_words_that_the_source_does_not_know_are_marked_though_others_know_them(
    tmp_path: Path,
) -> None:
    path = export(
        tmp_path / "a.csv", dossier("A-1", status="5"), dossier("A-2"), dossier("A-3", status="Ngủ")
    )
    seen = inspect(path, ready_made())
    (status,) = [column for column in seen.tables[0].columns if column.column == "status"]
    marks = {word.text: word.is_open for word in status.words}
    assert marks["Đã xử lý xong"] is False
    assert marks["Ngủ"] is True
    printed = render(seen)
    assert "Đã xử lý xong  = finished\n" in printed
    assert "Ngủ  = ?\n" in printed


def test_an_inspection_says_what_of_an_archive_it_did_not_look_at(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("a.csv", f"{HEADERS}\n{dossier()}\n")
        archive.writestr("note.md", "x")
    done = CliRunner().invoke(main, ["inspect", str(tmp_path / "a.zip")])
    assert done.exit_code == 0
    assert done.stdout.startswith("a.zip/a.csv\n")
    assert done.stdout.endswith("not read: a.zip/note.md (no kind of file that can be read)\n")


def test_formats_without_a_header_line_name_none(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text('[{"Mã hồ sơ": "A-1", "Ngày nhận": "01/03/2024"}]')
    printed = render(inspect(tmp_path / "a.json", ready_made()))
    assert "header line" not in printed
    assert "header line  1" in render(
        Inspection(Path("b"), (looked(export(tmp_path / "b.csv", dossier())),))
    )
