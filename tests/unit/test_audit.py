"""The access log: only added to, whole after a crash, and every change to it is found."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline import audit
from pipeline.audit.entry import Entry
from pipeline.audit.files import months, noted_head
from pipeline.cli import main
from pipeline.errors import Refused
from tests.conftest import ROOT
from tests.unit.ingested import dossier, export

# One process of several that write at once; the last argument says whether it dies in mid-line.
WRITER = """
import os, signal, sys
from pathlib import Path
from pipeline import audit

def half(handle, text, write=os.write):
    write(handle, bytes(text)[: len(text) // 2])
    os.kill(os.getpid(), signal.SIGKILL)

for n in range(int(sys.argv[2])):
    audit.record(Path(sys.argv[1]), "exported", who="a@x", role="staff", what=f"{os.getpid()}-{n}")
if sys.argv[3] == "dies":
    os.write = half
    audit.record(Path(sys.argv[1]), "unmasked", who="a@x", role="staff", what="H-1")
"""


def writer(warehouse: Path, n: int, end: str = "lives") -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-c", WRITER, str(warehouse), str(n), end], cwd=ROOT)


def written(warehouse: Path, n: int) -> Path:
    """A log of n entries; its file."""
    for at in range(n):
        audit.record(warehouse, "exported", who="a@x", role="staff", what=f"list {at}", rows=at)
    return months(warehouse / "audit")[-1]


def broken(warehouse: Path, expected: str | None = None) -> str | None:
    found = audit.verify(warehouse, expected).broken
    return None if found is None else found.key


def test_an_entry_says_who_did_what_when_and_follows_from_the_one_before(tmp_path: Path) -> None:
    first = audit.record(tmp_path, "sign_in", who="an@tinh.vn", role="staff", what="board")
    second = audit.record(
        tmp_path, "exported", who="an@tinh.vn", role="staff", what="queue", rows=12, form="xlsx"
    )
    assert (first.n, second.n, second.rows, second.detail) == (1, 2, 12, {"form": "xlsx"})
    assert second.before == first.sha256 != second.sha256
    assert second.moment.utcoffset() is not None
    found = audit.verify(tmp_path)
    assert (found.entries, found.head, found.broken) == (2, f"2:{second.sha256}", None)


def test_a_log_that_nobody_has_written_is_empty_and_not_made_by_looking(tmp_path: Path) -> None:
    assert audit.verify(tmp_path) == audit.Verified(0, None, 0, None)
    assert list(audit.search(tmp_path, audit.Asked())) == []
    assert not (tmp_path / "audit").exists()


def test_an_event_that_the_log_does_not_know_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="no event"):
        audit.record(tmp_path, "looked", who="a", role="b", what="c")  # type: ignore[arg-type]
    assert months(tmp_path / "audit") == []


def test_several_processes_and_threads_write_one_chain(tmp_path: Path) -> None:
    running = [writer(tmp_path, 25) for _ in range(3)]
    with ThreadPoolExecutor(4) as threads:
        list(threads.map(lambda _: written(tmp_path, 5), range(4)))
    assert [one.wait() for one in running] == [0, 0, 0]
    found = audit.verify(tmp_path)
    assert (found.entries, found.interrupted, found.broken) == (95, 0, None)
    assert len({one.what for one in audit.search(tmp_path, audit.Asked(who="a@x"))}) == 80


def test_a_writer_killed_in_mid_line_is_told_and_nothing_is_rewritten(tmp_path: Path) -> None:
    assert writer(tmp_path, 2, "dies").wait() == -signal.SIGKILL
    file = months(tmp_path / "audit")[0]
    left = file.read_bytes()
    assert not left.endswith(b"\n")
    assert audit.verify(tmp_path) == audit.Verified(2, str(noted_head(file.parent)), 1, None)

    audit.record(tmp_path, "sign_in", who="b@x", role="staff", what="board")
    assert file.read_bytes().startswith(left)
    found = audit.verify(tmp_path)
    assert (found.entries, found.interrupted, found.broken) == (4, 1, None)
    newest = [one.event for one in audit.search(tmp_path, audit.Asked())]
    assert newest == ["sign_in", "interrupted", "exported", "exported"]


def test_what_a_crash_left_may_not_be_changed_afterwards_either(tmp_path: Path) -> None:
    written(tmp_path, 1)
    file = months(tmp_path / "audit")[0]
    with file.open("ab") as log:
        log.write(b'{"n":2,"at":"2026')
    written(tmp_path, 1)
    assert broken(tmp_path) is None
    file.write_bytes(file.read_bytes().replace(b'{"n":2,"at":"2026\n', b'{"n":2,"at":"2025\n'))
    assert broken(tmp_path) == "error.audit.changed"


def test_a_line_made_to_look_like_a_crash_does_not_hide_that_an_entry_is_gone(
    tmp_path: Path,
) -> None:
    file = written(tmp_path, 3)
    file.write_bytes(file.read_bytes()[:-20])
    assert broken(tmp_path) == "error.audit.cut_off"
    written(tmp_path, 2)  # writing on does not heal it
    assert broken(tmp_path) == "error.audit.order"


def lines_of(file: Path) -> list[bytes]:
    return file.read_bytes().splitlines(keepends=True)


@given(at=st.integers(0, 6), change=st.sampled_from(["change", "remove", "repeat", "swap", "cut"]))
@settings(max_examples=40, deadline=None)
def test_every_change_to_the_file_is_found(at: int, change: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        warehouse = Path(folder)
        file = written(warehouse, 8)
        lines = lines_of(file)
        if change == "change":
            lines[at] = lines[at].replace(b'"staff"', b'"steward"')
        elif change == "remove":
            del lines[at]
        elif change == "repeat":
            lines.insert(at, lines[at])
        elif change == "swap":
            lines[at], lines[at + 1] = lines[at + 1], lines[at]
        else:
            del lines[at:]
        file.write_bytes(b"".join(lines))
        assert broken(warehouse) is not None


@given(at=st.integers(min_value=0), bit=st.integers(0, 7))
@settings(max_examples=60, deadline=None)
def test_no_bit_can_be_turned(at: int, bit: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        warehouse = Path(folder)
        file = written(warehouse, 3)
        text = bytearray(file.read_bytes())
        text[at % len(text)] ^= 1 << bit
        file.write_bytes(text)
        assert broken(warehouse) is not None


def test_an_entry_changed_and_hashed_anew_no_longer_leads_to_the_next(tmp_path: Path) -> None:
    file = written(tmp_path, 3)
    lines = lines_of(file)
    entry = Entry.read(lines[1].rstrip())
    assert entry is not None
    lines[1] = Entry(**{**vars(entry), "who": "someone else"}).line()
    file.write_bytes(b"".join(lines))
    assert broken(tmp_path) == "error.audit.exchanged"


def test_a_whole_chain_written_anew_shows_only_against_a_head_kept_elsewhere(
    tmp_path: Path,
) -> None:
    written(tmp_path / "true", 3)
    kept = audit.verify(tmp_path / "true").head
    written(tmp_path / "true", 1)
    assert broken(tmp_path / "true", kept) is None
    written(tmp_path / "forged", 4)
    assert broken(tmp_path / "forged") is None
    assert broken(tmp_path / "forged", kept) == "error.audit.other_head"
    written(tmp_path / "shorter", 2)
    assert broken(tmp_path / "shorter", kept) == "error.audit.head_missing"
    assert broken(tmp_path / "none", kept) == "error.audit.head_missing"
    with pytest.raises(Refused, match="no end of an access log"):
        audit.verify(tmp_path / "true", "yesterday")


def test_the_chain_goes_on_from_month_to_month_and_back_in_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = written(tmp_path, 2)
    later = file.with_name("2199-01.jsonl")  # as if the clock had been there and was put back
    file.rename(later)
    written(tmp_path, 2)
    assert months(tmp_path / "audit") == [later]
    assert broken(tmp_path) is None
    head, tail = lines_of(later)[:1], lines_of(later)[1:]
    file.write_bytes(b"".join(head))
    later.write_bytes(b"".join(tail))
    assert broken(tmp_path) is None
    file.unlink()
    assert broken(tmp_path) == "error.audit.begins"


def test_the_first_entry_of_a_month_follows_a_line_torn_in_the_month_before(
    tmp_path: Path,
) -> None:
    file = written(tmp_path, 2)
    earlier = file.with_name("2000-01.jsonl")
    file.rename(earlier)
    with earlier.open("ab") as log:
        log.write(b'{"n":3')
    written(tmp_path, 1)
    assert months(tmp_path / "audit") == [earlier, file]
    assert audit.verify(tmp_path).interrupted == 1
    assert broken(tmp_path) is None


def test_a_copy_that_nobody_may_write_to_is_verified_and_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = written(tmp_path, 3).parent
    (folder / ".lock").unlink()
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    assert audit.verify(tmp_path).entries == 3
    assert not (folder / ".lock").exists()


def test_the_note_of_the_end_cannot_simply_be_taken_away(tmp_path: Path) -> None:
    file = written(tmp_path, 3)
    (file.parent / "head").unlink()
    assert broken(tmp_path) == "error.audit.no_note"


def test_what_cannot_be_logged_is_refused(tmp_path: Path) -> None:
    (tmp_path / "audit").write_text("a file where the folder belongs")
    with pytest.raises(Refused, match="cannot be written"):
        audit.record(tmp_path, "unmasked", who="a@x", role="staff", what="H-1")


def test_no_text_breaks_a_line_or_fills_the_disk(tmp_path: Path) -> None:
    audit.record(tmp_path, "refused", who='a"\n\u2028\ud800{', role="r\x00", what="w" * 10_000)
    assert broken(tmp_path) is None
    (found,) = audit.search(tmp_path, audit.Asked())
    assert found.who == 'a"\n\u2028?{'
    assert len(found.what) == 500


def test_a_search_narrows_by_person_event_and_day(tmp_path: Path) -> None:
    audit.record(tmp_path, "sign_in", who="Nguyễn An", role="staff", what="board")
    audit.record(tmp_path, "exported", who="Nguyễn An", role="staff", what="queue", rows=3)
    audit.record(tmp_path, "exported", who="Bình", role="staff", what="queue", rows=4)
    found = list(audit.search(tmp_path, audit.Asked(who="nguyen", event="exported")))
    assert [(one.who, one.rows) for one in found] == [("Nguyễn An", 3)]
    today = found[0].moment.date()
    assert len(list(audit.search(tmp_path, audit.Asked(first=today, last=today)))) == 3
    assert not list(audit.search(tmp_path, audit.Asked(last=date(2020, 1, 1))))


def test_check_verifies_the_chain_and_takes_a_head_kept_elsewhere(tmp_path: Path) -> None:
    run = CliRunner()
    place = ("--warehouse", str(tmp_path / "warehouse"))
    file = export(tmp_path / "a.csv", dossier())
    assert run.invoke(main, ["ingest", str(file), "--source", "igate", *place]).exit_code == 0
    log = written(tmp_path / "warehouse", 3)

    whole = run.invoke(main, ["check", "--json", *place])
    assert whole.exit_code == 0
    head = json.loads(whole.stdout)["audit"]["head"]
    assert run.invoke(main, ["check", "--audit-head", head, *place]).exit_code == 0

    log.write_bytes(log.read_bytes().replace(b'"list 1"', b'"list 7"'))
    wrong = run.invoke(main, ["check", *place])
    assert wrong.exit_code == 1
    assert "was changed" in wrong.stderr
    assert "FAILS" in wrong.stdout
    document = json.loads(run.invoke(main, ["check", "--json", *place]).stdout)
    assert document["ok"] is False


def test_the_log_is_searched_on_the_command_line(tmp_path: Path) -> None:
    written(tmp_path, 3)
    place = ("--warehouse", str(tmp_path))
    shown = CliRunner().invoke(main, ["audit", "--event", "exported", "--most", "2", *place])
    assert "list 2" in shown.stdout
    assert "list 0" not in shown.stdout
    assert "there are more" in shown.stdout
    document = json.loads(CliRunner().invoke(main, ["audit", "--json", *place]).stdout)
    assert [one["n"] for one in document["entries"]] == [3, 2, 1]
    nothing = CliRunner().invoke(main, ["audit", "--event", "sign_in", *place])
    assert "Nothing" in nothing.stdout


def test_a_search_finds_what_was_added_since_the_last_one(tmp_path: Path) -> None:
    file = written(tmp_path, 2)
    assert [one.n for one in audit.search(tmp_path, audit.Asked())] == [2, 1]
    with file.open("ab") as log:
        log.write(b'{"n":3')  # being written at this moment
    assert [one.n for one in audit.search(tmp_path, audit.Asked())] == [2, 1]
    written(tmp_path, 1)
    assert [one.n for one in audit.search(tmp_path, audit.Asked())] == [4, 3, 2, 1]
    file.write_bytes(b"".join(lines_of(file)[:1]))
    assert [one.n for one in audit.search(tmp_path, audit.Asked())] == [1]


@given(cut=st.integers(min_value=1), again=st.integers(min_value=0))
@settings(max_examples=25, deadline=None)
def test_a_line_cut_anywhere_even_twice_is_told_and_breaks_nothing(cut: int, again: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        warehouse = Path(folder)
        file = written(warehouse, 1)
        torn = lines_of(file)[0]
        for n in (1 + cut % (len(torn) - 1), again % len(torn)):  # the second may cut nothing off
            with file.open("ab") as log:
                log.write(torn[:n])
        assert broken(warehouse) is None
        written(warehouse, 2)
        found = audit.verify(warehouse)
        assert (found.broken, found.interrupted) == (None, 1)
