"""What a person or a scheduler may get wrong: one sentence, the right status, nothing lost."""

from __future__ import annotations

import errno
import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import duckdb
import pytest
import xlsxwriter
from click.testing import CliRunner, Result

from pipeline import publish
from pipeline.cli import main
from pipeline.errors import Refused
from pipeline.ingest import ingest
from pipeline.trouble import told_in_one_sentence
from tests.conftest import ROOT
from tests.unit.ingested import HEADERS, dossier, export, rows

ANSWERS = "Mã phiếu;Mã hồ sơ;Ngày khảo sát;Mức độ hài lòng\nP-1;A-1;05/03/2024;Hài lòng\n"


def told(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(one) for one in arguments])


def refused(*arguments: object, status: int = 1) -> str:
    """The one line that a refusal is; stdout stays empty."""
    done = told(*arguments)
    assert done.exit_code == status, done.output
    assert done.stdout == ""
    lines = [line for line in done.stderr.splitlines() if line]
    if status == 1:
        assert len(lines) == 1
        assert lines[0][-1] in ".?"
    return lines[-1]


def pack(path: Path, members: dict[str, str]) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in members.items():
            archive.writestr(name, text)
    return path


@pytest.fixture(scope="module")
def board(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("board")
    ingest([export(folder / "a.csv", dossier("A-1"))], folder / "w", source="igate")
    return folder / "w"


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("none.json", "[]", "none.json (no table)"),
        ("none.json", '{"content": []}', "none.json (no table)"),
        ("blank.csv", "\n \n", "this is no kind of file that can be read"),
        ("empty.csv", "", "the file is empty"),
        ("report.xlsx", "%PDF-1.7\n", "this is no kind of file that can be read"),
    ],
)
def test_a_file_without_a_table_is_named_and_nothing_is_kept(
    tmp_path: Path, name: str, content: str, said: str
) -> None:
    (tmp_path / name).write_text(content, encoding="utf-8")
    line = refused("ingest", tmp_path / name, "--warehouse", tmp_path / "w")
    assert name in line
    assert said in line
    assert publish.current(tmp_path / "w") is None
    assert not list((tmp_path / "w").glob("landing/*"))


def test_an_archive_without_a_table_says_what_it_holds(tmp_path: Path) -> None:
    bad = pack(tmp_path / "x.zip", {"../a.csv": HEADERS, "read.md": "x"})
    line = refused("ingest", bad, "--warehouse", tmp_path / "w")
    assert "x.zip/../a.csv (its path leads out of the archive)" in line
    assert "x.zip/read.md (no kind of file that can be read)" in line


def test_a_folder_without_exports_says_what_was_passed_over(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "read.md").write_text("x")
    line = refused("ingest", tmp_path / "in", "--warehouse", tmp_path / "w")
    assert "read.md (no kind of file that can be read)" in line


def test_an_archive_of_several_sources_is_taken_in_as_what_each_member_is(tmp_path: Path) -> None:
    list_of_two = "\n".join([HEADERS, dossier("A-1"), dossier("A-2")])
    members = {"list/a.csv": list_of_two, "answers.csv": ANSWERS}
    mixed = pack(tmp_path / "day.zip", members)
    done = told("ingest", mixed, "--warehouse", tmp_path / "w", "--json")
    document = json.loads(done.stdout)
    found = {one["source"]: (one["read"], one["accepted"]) for one in document["batches"]}
    assert found == {"igate": (2, 2), "survey_form": (1, 1)}
    files = rows(tmp_path / "w", "select file_name, read_n from batch_sheet order by file_name")
    assert files == [("day.zip/answers.csv", 1), ("day.zip/list/a.csv", 2)]
    again = told("ingest", mixed, "--warehouse", tmp_path / "w")
    assert again.stdout.startswith("Nothing new")


def test_a_member_that_no_source_knows_is_named_with_its_archive(tmp_path: Path) -> None:
    members = {"a.csv": f"{HEADERS}\n{dossier()}\n", "strange.csv": "Cột A;Cột B\n1;2\n"}
    pack(tmp_path / "day.zip", members)
    line = refused("ingest", tmp_path / "day.zip", "--warehouse", tmp_path / "w")
    assert line.startswith("day.zip/strange.csv: no source knows")


def test_rows_on_a_hidden_sheet_are_spoken_of(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(str(tmp_path / "b.xlsx")) as book:
        book.add_worksheet("Bìa").write(0, 0, "BÁO CÁO")
        sheet = book.add_worksheet("Dữ liệu")
        sheet.write_row(0, 0, HEADERS.split(";"))
        sheet.write_row(1, 0, dossier().split(";"))
        sheet.hide()
    line = refused("ingest", tmp_path / "b.xlsx", "--warehouse", tmp_path / "w")
    assert "Hidden sheets were not looked at: b.xlsx [Dữ liệu]" in line


def test_what_was_not_read_or_not_understood_is_printed(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    export(
        tmp_path / "in" / "a.csv",
        f"{dossier(status='Đang bay')};x",
        "Tổng cộng;;;;;;;;;;;1",
        headers=f"{HEADERS};Cột lạ",
    )
    (tmp_path / "in" / "note.md").write_text("x")
    done = told("ingest", tmp_path / "in", "--warehouse", tmp_path / "w")
    assert done.exit_code == 0
    for line in (
        "left out as no data (titles, groups, totals, signatures): 1",
        "header that the source does not know: Cột lạ",
        "word that the source does not know: status “Đang bay” (1 rows)",
        "not read: note.md (no kind of file that can be read)",
    ):
        assert f"  {line}\n" in done.stdout
    as_json = json.loads(
        told("ingest", tmp_path / "in", "--warehouse", tmp_path / "w2", "--json").stdout
    )
    assert as_json["skipped"] == ["note.md: unknown_kind"]
    assert {
        "warning": "unknown_value",
        "column": "status",
        "value": "Đang bay",
        "rows": 1,
    } in as_json["warnings"]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (("--as-of", "yesterday"), 'Moment "yesterday" is not understood'),
        (("--as-of", "2024-13-45"), "is not in the calendar"),
        (("--from", "2024-05-01", "--to", "2024-04-01"), "swap the two days"),
        (("--from", "2030-01-01"), "The period beginning 1 Jan 2030 is empty"),
        (("--period", "2024-Q5"), 'Period "2024-Q5" is not understood'),
        (("--unit", "nowhere"), 'Unit "nowhere" was not found'),
        (
            ("--field", "Hộ tich tư pháp"),
            'There is no field "Hộ tich tư pháp"; the nearest are: Hộ tịch',
        ),
        (("--scope", "king"), 'There is no role "king"'),
        (("--scope", ""), 'There is no role ""'),
        (("--scope", "staff"), "name it as staff:UNIT"),
        (("--set", "horizon=soon"), 'Parameter "horizon" must be a whole number, not "soon"'),
        (("--set", "colour=red"), 'has no parameter "colour"'),
    ],
)
def test_a_question_that_makes_no_sense_is_refused(
    board: Path, typed: tuple[str, ...], said: str
) -> None:
    assert said in refused("query", "summary", *typed, "--warehouse", board, "--format", "json")


@pytest.mark.parametrize(
    "typed", [("--period", "2024", "--from", "2024-01-01"), ("--set", "horizon")]
)
def test_a_mistyped_command_is_wrong_usage(board: Path, typed: tuple[str, ...]) -> None:
    line = refused("query", "summary", *typed, "--warehouse", board, status=2)
    assert line.startswith("Error: ")


def test_a_query_that_is_misspelt_gets_the_nearest_name(board: Path) -> None:
    assert "the nearest are: summary." in refused("query", "summry", "--warehouse", board)


def test_a_last_day_alone_ends_a_period_that_has_no_beginning(board: Path) -> None:
    done = told("query", "summary", "--to", "2024-03-03", "--warehouse", board, "--format", "json")
    found = json.loads(done.stdout)
    assert (found["received"], found["received_in_period"], found["open"]) == (1, 1, 1)


def test_a_field_is_found_without_accents(board: Path) -> None:
    done = told("query", "summary", "--field", "ho tich", "--warehouse", board, "--format", "json")
    assert json.loads(done.stdout)["received"] == 1


def test_numbers_and_lists_can_be_typed(board: Path) -> None:
    done = told(
        *("query", "dossiers", "--set", "limit=1", "--set", "lacks=unit,officer"),
        *("--warehouse", board, "--format", "json"),
    )
    assert json.loads(done.stdout) == []


def test_a_wide_table_keeps_its_headers_and_values_whole(board: Path) -> None:
    done = told("query", "by-unit", "--warehouse", board)
    names, _, row = [line for line in done.stdout.splitlines() if line.strip()]
    assert names.split()[:3] == ["unit_id", "unit_name", "received"]
    assert "Tư pháp" in row


def test_an_empty_folder_has_nothing_to_list_and_nothing_to_build_from(tmp_path: Path) -> None:
    for command in (("snapshots",), ("snapshots", "--json"), ("rebuild",), ("check",)):
        line = refused(*command, "--warehouse", tmp_path / "none")
        assert "ingest an export first" in line
    assert not (tmp_path / "none").exists()


def test_a_damaged_pointer_is_told_and_mended_by_rolling_back(board: Path, tmp_path: Path) -> None:
    export(tmp_path / "b.csv", dossier("B-1"))
    warehouse = tmp_path / "w"
    ingest([tmp_path / "b.csv"], warehouse, source="igate")
    snapshot = publish.current(warehouse)
    publish.pointer(warehouse).write_bytes(b"\xff\xfe\0")
    for command in (("check",), ("query", "summary"), ("ingest", tmp_path / "b.csv")):
        done = told(*command, "--warehouse", warehouse)
        assert done.exit_code == 1
        assert "is damaged; name the snapshot to show with" in done.stderr
    assert told("snapshots", "--rollback", snapshot, "--warehouse", warehouse).exit_code == 0
    assert publish.current(warehouse) == snapshot


LIMITED = """
import resource, sys
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]), resource.RLIM_INFINITY))
from pipeline.cli import main
main(sys.argv[2:])
"""


@pytest.mark.parametrize("most", [1_000, 100_000, 4_300_000])
def test_a_full_disk_is_told_and_leaves_the_board_and_no_litter(tmp_path: Path, most: int) -> None:
    warehouse = tmp_path / "w"
    ingest([export(tmp_path / "a.csv", dossier("A-1"))], warehouse, source="igate")
    before = publish.current(warehouse)
    export(tmp_path / "b.csv", *(dossier(f"B-{n}") for n in range(50)))
    done = subprocess.run(
        [
            *(sys.executable, "-c", LIMITED, str(most), "ingest", str(tmp_path / "b.csv")),
            *("--warehouse", str(warehouse), "--source", "igate"),
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1].startswith("The disk is full")
    assert publish.current(warehouse) == before
    assert not list(warehouse.glob("**/.building-*"))
    assert not list(warehouse.glob("**/.working-*"))
    ingest([tmp_path / "b.csv"], warehouse, source="igate")
    assert rows(warehouse, "select count(*) from dossier") == [(51,)]


@pytest.mark.parametrize(
    ("problem", "said"),
    [
        (OSError(errno.ENOSPC, "No space left on device", "/w/x"), r"The disk is full \(/w/x\)"),
        (PermissionError(errno.EACCES, "Permission denied", "/w"), r"may not read or write"),
        (OSError(errno.EIO, "Input/output error", "/w"), r"The system refused /w \(Input"),
        (MemoryError(), r"not enough memory"),
        (duckdb.OutOfMemoryException("failed to allocate"), r"not enough memory"),
        (duckdb.IOException('Could not write file "x": No space left on device'), r"disk is full"),
        (duckdb.IOException('Cannot open file "/w/x.parquet"'), r"cannot be read or written"),
    ],
)
def test_what_the_machine_refuses_is_one_sentence(problem: Exception, said: str) -> None:
    with pytest.raises(Refused, match=said), told_in_one_sentence():
        raise problem


@pytest.mark.parametrize("problem", [BrokenPipeError(), duckdb.FatalException("bug"), KeyError()])
def test_a_fault_of_ours_is_not_hidden_behind_a_sentence(problem: Exception) -> None:
    with pytest.raises(type(problem)), told_in_one_sentence():
        raise problem


def test_a_folder_that_may_not_be_looked_into_is_not_taken_for_empty(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    export(tmp_path / "in" / "a.csv", dossier())
    (tmp_path / "in" / "shut").mkdir()

    def shut(path: str) -> object:
        if str(path).endswith("shut"):
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return scan(path)

    scan = os.scandir
    monkeypatch.setattr(os, "scandir", shut)
    line = refused("ingest", tmp_path / "in", "--warehouse", tmp_path / "w")
    assert "may not read or write" in line
    assert "shut" in line


def test_a_source_may_lie_anywhere_and_be_called_anything(board: Path, tmp_path: Path) -> None:
    mine = tmp_path / "mine.txt"
    mine.write_text("name = 5", encoding="utf-8")
    line = refused("ingest", tmp_path / "a.csv", "--source", mine, "--warehouse", tmp_path / "w")
    assert "a.csv: there is no such file" in line
    export(tmp_path / "a.csv", dossier())
    line = refused("ingest", tmp_path / "a.csv", "--source", mine, "--warehouse", tmp_path / "w")
    assert 'key "name" is wrong: it must be text in quotes, not 5' in line
