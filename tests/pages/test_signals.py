"""Signals on screen: what they do to the rate, in words that accuse nobody."""

from __future__ import annotations

from pathlib import Path

from pipeline.wording import LANGUAGES, wording
from tests.pages.conftest import OpenPage, texts
from tests.snapshots import build, day, dossier, finished

AS_OF = "2024-02-05"


def late_by_click(warehouse: Path, n: int) -> None:
    """n late dossiers signed in time, 30 late ones signed late, and 140 in time."""
    clicked = [finished(day(12), due_at=day(10), result_signed_at=day(9)) for _ in range(n)]
    late = [finished(day(12), due_at=day(10), result_signed_at=day(11)) for _ in range(30)]
    build(warehouse, [*clicked, *late, *(finished(day(5), due_at=day(10)) for _ in range(140))])


def test_the_sentence_says_what_the_rate_would_be(warehouse: Path, open_page: OpenPage) -> None:
    late_by_click(warehouse, 6)

    said = texts(open_page("signals", as_of=AS_OF, period="2024-01"))

    assert "Trễ chỉ vì bấm chậm (6 hồ sơ)" in said
    assert "tỷ lệ đúng hạn 79,55% sẽ là 82,95%" in said


def test_the_table_has_both_numbers_of_every_share(warehouse: Path, open_page: OpenPage) -> None:
    late_by_click(warehouse, 6)

    table = open_page("signals", as_of=AS_OF, period="2024-01").dataframe[0].value

    row = table[table["named"] == "Trễ chỉ vì bấm chậm"].iloc[0]
    assert (row["signal_n"], row["looked_at_n"], row["of"]) == (6, 36, "146/176")
    assert row["remark"] == ""


def test_few_dossiers_are_marked_and_stand_last(warehouse: Path, open_page: OpenPage) -> None:
    build(
        warehouse,
        [finished(day(12), result_signed_at=day(9)), *(finished(day(5)) for _ in range(40))],
    )

    app = open_page("signals", as_of=AS_OF, period="2024-01")

    remarks = dict(zip(*app.dataframe[0].value[["named", "remark"]].T.to_numpy(), strict=True))
    assert remarks["Trễ chỉ vì bấm chậm"] == "Ít hồ sơ"
    assert list(remarks.values()) == sorted(remarks.values())
    assert "Ảnh hưởng nhiều nhất" not in texts(app)


def test_a_province_without_patterns_says_so(warehouse: Path, open_page: OpenPage) -> None:
    build(warehouse, [dossier(due_at=day(60)) for _ in range(3)])

    said = texts(open_page("signals", as_of=AS_OF, period="2024-01"))

    assert "**Không thấy dấu hiệu nào**" in said
    assert "Số thứ tự trong ngày liên tục." in said
    assert "Không có loạt đánh giá nào như vậy." in said


def test_no_word_of_a_signal_accuses() -> None:
    for language, words in {
        "vi": ("gian lận", "vi phạm", "cố ý", "sai phạm", "làm giả"),
        "en": ("fraud", "cheat", "violat", "guilty", "fake"),
    }.items():
        assert language in LANGUAGES
        catalogue = wording(language)
        for key in ("signals.table.caption", "signals.about"):
            assert not any(word in catalogue(key).lower() for word in words)
