"""Waits out of dates, lists and steps: each once, as exact as it is known, none made up."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from pipeline.clock.facts import Change, Letter, Listing, Promise, Record, Step, Wait
from pipeline.clock.promises import promises_of
from pipeline.clock.waits import waits_of

NOW = datetime(2025, 12, 1)


def at(day: int, hour: int = 9) -> datetime:
    """A moment in October 2025."""
    return datetime(2025, 10, day, hour)


def record(**given: Any) -> Record:
    told: dict[str, Any] = {"status": "in_progress", "is_open": True} | given
    return Record(**told)


def change(batch_no: int, day: int, column: str, old: object, new: object) -> Change:
    texts = [None if value is None else str(value) for value in (old, new)]
    return Change(batch_no, at(day), column, *texts)


def known(found: tuple[Wait, ...]) -> list[tuple[str, datetime, datetime | None, bool]]:
    return [(one.waits_for, one.asked_at, one.answered_at, one.is_open) for one in found]


def test_a_request_and_its_answer_are_the_dates_of_the_source() -> None:
    one = record(supplement_requested_at=at(7), supplement_completed_at=at(9))
    (wait,) = waits_of(one, NOW)
    assert known((wait,)) == [("supplement", at(7), at(9), False)]
    assert (wait.asked_known, wait.answered_known) == ("date", "date")


def test_an_earlier_list_keeps_the_request_that_a_later_one_wrote_over() -> None:
    one = record(
        supplement_requested_at=at(10),
        supplement_completed_at=at(14),
        changes=(
            change(2, 20, "supplement_requested_at", at(7), at(10)),
            change(2, 20, "supplement_completed_at", at(9), at(14)),
        ),
    )
    assert known(waits_of(one, NOW)) == [
        ("supplement", at(7), at(9), False),
        ("supplement", at(10), at(14), False),
    ]


def test_three_lists_tell_three_requests() -> None:
    one = record(
        supplement_requested_at=at(20),
        changes=(
            change(2, 12, "supplement_requested_at", at(7), at(10)),
            change(3, 22, "supplement_requested_at", at(10), at(20)),
        ),
    )
    assert [wait.asked_at for wait in waits_of(one, NOW)] == [at(7), at(10), at(20)]


def test_a_request_mended_to_an_earlier_day_or_within_the_day_is_one_request() -> None:
    for old, new in ((at(10), at(7)), (at(7, 8), at(7, 9))):
        one = record(
            supplement_requested_at=new,
            changes=(change(2, 12, "supplement_requested_at", old, new),),
        )
        assert [wait.asked_at for wait in waits_of(one, NOW)] == [new]


def test_an_answer_that_a_later_list_adds_makes_no_second_request() -> None:
    one = record(
        supplement_requested_at=at(7),
        supplement_completed_at=at(9),
        changes=(change(2, 12, "supplement_completed_at", None, at(9)),),
    )
    assert known(waits_of(one, NOW)) == [("supplement", at(7), at(9), False)]


def test_an_answer_before_its_request_is_no_answer() -> None:
    one = record(supplement_requested_at=at(7), supplement_completed_at=at(3))
    assert known(waits_of(one, NOW)) == [("supplement", at(7), None, False)]


def test_a_wait_goes_on_only_while_the_status_says_so() -> None:
    waiting = record(status="awaiting_supplement", supplement_requested_at=at(7))
    moved_on = record(supplement_requested_at=at(7))
    assert known(waits_of(waiting, NOW)) == [("supplement", at(7), None, True)]
    assert known(waits_of(moved_on, NOW)) == [("supplement", at(7), None, False)]


def test_a_missing_answer_is_taken_from_the_list_that_no_longer_waits() -> None:
    one = record(
        supplement_requested_at=at(7),
        lists=(Listing(1, at(8)), Listing(2, at(15))),
        changes=(change(2, 15, "status", "awaiting_supplement", "in_progress"),),
    )
    (wait,) = waits_of(one, NOW)
    assert (wait.answered_at, wait.answered_known) == (at(15), "list")


def test_lists_alone_tell_a_wait_to_their_days() -> None:
    one = record(
        lists=(Listing(1, at(6)), Listing(2, at(13)), Listing(3, at(20))),
        changes=(
            change(2, 13, "status", "in_progress", "awaiting_payment"),
            change(3, 20, "status", "awaiting_payment", "in_progress"),
        ),
    )
    (wait,) = waits_of(one, NOW)
    assert known((wait,)) == [("payment", at(13), at(20), False)]
    assert (wait.asked_known, wait.answered_known) == ("list", "list")


def test_a_status_makes_no_second_request_where_dates_are_told() -> None:
    # The status lags behind: answered on the 9th, still "waiting" in the list of the 20th.
    one = record(
        status="awaiting_supplement",
        supplement_requested_at=at(7),
        supplement_completed_at=at(9),
        lists=(Listing(1, at(20)),),
    )
    assert known(waits_of(one, NOW)) == [("supplement", at(7), at(9), False)]


def test_a_step_tells_the_same_wait_more_exactly_than_lists_do() -> None:
    one = record(
        lists=(Listing(1, at(8)), Listing(2, at(20))),
        changes=(change(2, 20, "status", "awaiting_payment", "in_progress"),),
        steps=(Step("Công dân nộp thuế", at(7), at(10)),),
    )
    (wait,) = waits_of(one, NOW)
    assert known((wait,)) == [("payment", at(7), at(10), False)]
    assert wait.asked_known == "step"


def test_a_step_of_another_agency_is_a_wait_for_it_and_an_own_one_is_none() -> None:
    one = record(
        steps=(
            Step("Thẩm định hồ sơ", at(6), at(7)),
            Step("Thẩm định hồ sơ", at(7), at(9), is_elsewhere=True),
            Step("Lấy ý kiến Sở Xây dựng", at(9), at(10)),
        )
    )
    assert known(waits_of(one, NOW)) == [
        ("agency", at(7), at(9), False),
        ("agency", at(9), at(10), False),
    ]


def test_a_step_that_waits_for_the_applicant_is_a_request_only_where_it_says_so() -> None:
    one = record(
        steps=(
            Step("Chờ công dân bổ sung hồ sơ", at(6), at(7)),
            Step("Chờ công dân nộp nghĩa vụ tài chính", at(8), at(9)),
            Step("Chờ công dân đến ký", at(10), at(11)),
        )
    )
    assert known(waits_of(one, NOW)) == [
        ("supplement", at(6), at(7), False),
        ("payment", at(8), at(9), False),
    ]


def test_a_step_without_its_end_ends_where_the_next_begins() -> None:
    one = record(
        steps=(Step("Thuế", at(7), None, is_elsewhere=True), Step("Phê duyệt", at(9), None))
    )
    assert known(waits_of(one, NOW)) == [("agency", at(7), at(9), False)]


def test_what_comes_after_the_moment_asked_about_has_not_happened() -> None:
    one = record(supplement_requested_at=at(7), supplement_completed_at=at(20))
    assert known(waits_of(one, at(10))) == [("supplement", at(7), None, True)]
    assert waits_of(one, at(6)) == ()


def test_a_list_after_the_result_does_not_date_the_end_of_a_wait() -> None:
    one = record(
        status="handed_over",
        is_open=False,
        ending="resolved",
        ended_at=at(16),
        lists=(Listing(1, at(8)), Listing(2, at(20))),
        changes=(change(2, 20, "status", "awaiting_payment", "handed_over"),),
    )
    assert known(waits_of(one, NOW)) == [("payment", at(8), None, False)]


def test_each_list_that_moved_the_promise_is_a_move() -> None:
    one = record(
        first_due_at=at(13),
        due_at=at(28),
        changes=(change(2, 12, "due_at", at(13), at(20)), change(3, 19, "due_at", at(20), at(28))),
    )
    found = promises_of(one, (), {})
    assert [(p.due_at, p.set_at, p.is_reset) for p in found] == [
        (at(13), None, False),
        (at(20), at(12), False),
        (at(28), at(19), False),
    ]


def test_a_letter_dates_the_move_that_it_announces() -> None:
    one = record(first_due_at=at(13), due_at=at(20, 17), letters=(Letter(at(10), at(20)),))
    assert promises_of(one, (), {})[1] == Promise(at(20, 17), at(10), "letter")


def test_a_promise_set_anew_after_a_supplement_is_no_extension() -> None:
    wait = Wait("supplement", at(7), at(9))
    one = record(due_at=at(16), changes=(change(2, 12, "due_at", at(13), at(16)),))
    assert promises_of(one, (wait,), {})[1].is_reset
    # The day to which the limit leads when it is counted again says the same without any list.
    told = record(first_due_at=at(13), due_at=at(16))
    assert promises_of(told, (wait,), {at(16).date(): at(9)})[1].is_reset
    assert not promises_of(told, (), {})[1].is_reset


def test_a_letter_makes_it_an_extension_all_the_same() -> None:
    wait = Wait("supplement", at(7), at(9))
    one = record(first_due_at=at(13), due_at=at(16), letters=(Letter(at(12), at(16)),))
    assert not promises_of(one, (wait,), {at(16).date(): at(9)})[1].is_reset


def test_a_promise_that_only_changed_its_text_is_not_moved() -> None:
    one = record(first_due_at=at(13), due_at=at(13))
    assert promises_of(one, (), {}) == (Promise(at(13)),)
    assert promises_of(record(), (), {}) == ()
