"""Errors: one sentence, said in the language of whoever reads it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from click.testing import CliRunner

from pipeline.cli import main
from pipeline.errors import Phrase, Refused, UnknownSource, UnreadableFile
from pipeline.wording import wording

VI, EN = wording("vi"), wording("en")


def test_an_error_is_said_in_either_language_and_is_english_as_text() -> None:
    error = UnreadableFile("error.file.empty", file="a.csv")
    assert error.said(VI) == "a.csv: tệp rỗng; hãy xuất lại."
    assert error.said(EN) == str(error) == "a.csv: the file is empty; export it again."


def test_an_error_inside_another_is_said_in_the_same_language() -> None:
    why = UnknownSource("error.source.none_knows")
    error = UnknownSource("error.source.for_file", file="a.csv", why=why)
    assert error.said(VI).startswith("a.csv: không nguồn nào biết")
    assert "no source" not in error.said(VI)


def test_names_days_and_numbers_are_written_as_the_language_writes_them() -> None:
    backwards = Refused("error.period.backwards", first=date(2023, 2, 1), last=date(2023, 1, 31))
    assert "(31/01/2023)" in backwards.said(VI)
    assert "(31 Jan 2023)" in backwards.said(EN)
    unknown = Refused("error.access.no_role", name="x", known=["a", "b"])
    assert "a, b" in unknown.said(VI)
    nothing = Refused("error.query.no_parameter", query="q", name="x", known=())
    assert nothing.said(EN).endswith("it knows —.")


def test_an_error_passes_from_one_process_to_another_with_all_it_says() -> None:
    why = UnknownSource("error.source.several", names=("igate", "ward_json"))
    error = UnknownSource("error.source.for_file", file=Path("thư mục") / "a.csv", why=why)
    again = Refused.from_document(error.as_document())
    assert again.said(VI) == error.said(VI)
    assert again.key == error.key


def test_a_phrase_in_an_error_is_said_in_its_language_and_passes_on_with_it() -> None:
    why = [Phrase("skipped.hidden", ".a.csv"), Phrase("skipped.unknown_kind", "đọc.md")]
    error = UnreadableFile("error.source.none_readable_but", paths=["in"], skipped=why)
    again = Refused.from_document(error.as_document())
    assert ".a.csv (tệp ẩn), đọc.md (không đọc được loại tệp này)" in again.said(VI)
    assert ".a.csv (a hidden file)" in again.said(EN)


def test_an_error_whose_sentence_is_lost_still_says_what_it_is_about() -> None:
    assert str(Refused("error.no.such", file="a.csv")) == "error.no.such (file: a.csv)"


def test_the_command_line_speaks_the_language_asked_for(tmp_path: Path) -> None:
    folder = str(tmp_path)
    asked = CliRunner().invoke(main, ["query", "summary", "--warehouse", folder, "--lang", "vi"])
    assert asked.exit_code == 1
    assert asked.stderr.strip().startswith("Chưa có số liệu nào được công bố")
    by_variable = CliRunner().invoke(
        main, ["query", "summary", "--warehouse", folder], env={"DUNGHEN_LANG": "vi"}
    )
    assert by_variable.stderr == asked.stderr
    plain = CliRunner().invoke(main, ["query", "summary", "--warehouse", folder])
    assert plain.stderr.startswith("Nothing has been published")


def test_a_refused_ingest_tells_a_program_what_it_tells_a_person(tmp_path: Path) -> None:
    missing = str(tmp_path / "none.csv")
    command = ["ingest", "--json", "--warehouse", str(tmp_path / "wh"), missing]
    done = CliRunner().invoke(main, command)
    assert done.exit_code == 1
    assert done.stdout.count("\n") == 1
    assert '"error.file.none_such"' in done.stdout
    assert done.stderr.strip().splitlines()[-1].endswith("there is no such file or folder.")
