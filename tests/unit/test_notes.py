"""Notes beside figures: kept, found again, never edited, never mixed up."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline import notes
from pipeline.errors import Refused

ABOUT = {"officer": "Trần Thị Bình", "unit": "U1"}


def note(text: str, **about: str) -> notes.Note:
    return notes.new("unit_leader", "U1", "2024-01", about or ABOUT, text)


def test_a_note_is_found_beside_its_figure_and_no_other(tmp_path: Path) -> None:
    notes.add(tmp_path, note("Nghỉ phép"))
    notes.add(tmp_path, note("Khác", officer="Lê Văn Cường", unit="U1"))

    assert [one.text for one in notes.notes(tmp_path, **ABOUT)] == ["Nghỉ phép"]
    assert [one.text for one in notes.notes(tmp_path)] == ["Khác", "Nghỉ phép"]


def test_a_note_stays_one_line(tmp_path: Path) -> None:
    notes.add(tmp_path, note("một\nhai\t ba"))
    assert [one.text for one in notes.notes(tmp_path)] == ["một hai ba"]


def test_a_torn_line_costs_no_other_note(tmp_path: Path) -> None:
    notes.add(tmp_path, note("trước"))
    with (tmp_path / notes.NAME).open("a") as file:
        file.write('{"at": "2024\n')
    notes.add(tmp_path, note("sau"))
    assert [one.text for one in notes.notes(tmp_path)] == ["sau", "trước"]


@pytest.mark.parametrize("text", ["", "  \n", "x" * (notes.LONGEST + 1)])
def test_an_empty_or_endless_note_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(Refused):
        notes.add(tmp_path, note(text))
    assert notes.notes(tmp_path) == []


def test_who_wrote_it_and_when_stand_with_it(tmp_path: Path) -> None:
    notes.add(tmp_path, note("Nghỉ phép"))
    (one,) = notes.notes(tmp_path)
    assert (one.by, one.period) == ("unit_leader:U1", "2024-01")
    assert len(one.at) == len("2024-01-31T12:00:00")
