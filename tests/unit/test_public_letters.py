"""Letters of apology as everybody may read them: codes, days and kinds of reasons."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

from pipeline import queries
from pipeline.access import scope_from_text
from pipeline.warehouse import open_snapshot
from tests.snapshots import build, day, dossier, finished

NOW = day(30)


def letter(code: str, at: datetime, **given: Any) -> dict[str, Any]:
    row = {"system": "S", "dossier_code": code, "batch_no": 1, "ordinal": 1, "issued_at": at}
    return row | given


def shown(
    folder: Path, letters: list[dict[str, Any]], scope: str = "public", **given: Any
) -> list[dict[str, Any]]:
    dossiers = [
        dossier(dossier_code="A", due_at=day(10)),
        finished(day(15), dossier_code="B", due_at=day(12)),
        dossier(dossier_code="C", unit_id="U2", due_at=day(13)),
    ]
    snapshot = open_snapshot(build(folder, dossiers, apology=letters))
    assert snapshot is not None
    asked = queries.run(snapshot, scope_from_text(scope), "public_letters", as_of=NOW, **given)
    return list(asked.to_pylist())


def test_a_dossier_stands_once_with_its_latest_letter_and_whether_it_has_ended(
    tmp_path: Path,
) -> None:
    first = letter("A", day(9), new_due_at=day(20), reason="Chờ thuế")
    second = letter("A", day(19), ordinal=2, new_due_at=day(40), reason="Ông An vắng mặt")

    rows = shown(tmp_path, [first, second, letter("B", day(11))])

    assert rows == [
        {
            "dossier_code": "A",
            "promised_day": date(2024, 1, 11),
            "letter_day": date(2024, 1, 20),
            "new_day": date(2024, 2, 10),
            "reason_code": "other",
            "has_ended": False,
            "apologised": 2,
        },
        {
            "dossier_code": "B",
            "promised_day": date(2024, 1, 13),
            "letter_day": date(2024, 1, 12),
            "new_day": None,
            "reason_code": "not_given",
            "has_ended": True,
            "apologised": 2,
        },
    ]


def test_of_many_the_latest_are_named_and_all_are_counted(tmp_path: Path) -> None:
    letters = [letter("A", day(9)), letter("B", day(11)), letter("C", day(10))]

    rows = shown(tmp_path, letters, limit=2)

    assert [row["dossier_code"] for row in rows] == ["B", "C"]
    assert {row["apologised"] for row in rows} == {3}


def test_letters_of_another_year_of_tomorrow_or_of_no_known_dossier_are_not_shown(
    tmp_path: Path,
) -> None:
    letters = [letter("A", day(-10)), letter("B", day(31)), letter("X", day(9))]

    assert shown(tmp_path, letters, first=day(0, 0)) == []


def test_a_viewer_of_one_unit_sees_its_own_letters_only(tmp_path: Path) -> None:
    rows = shown(tmp_path, [letter("A", day(9)), letter("C", day(9))], "unit_leader:U2")

    assert [row["dossier_code"] for row in rows] == ["C"]


def test_the_public_has_no_way_to_the_words_of_a_letter(tmp_path: Path) -> None:
    rows = shown(tmp_path, [letter("A", day(9), reason="Ông Nguyễn Văn An chưa nộp thuế")])

    assert "Nguyễn" not in str(rows)
    assert rows[0]["reason_code"] == "financial"
