"""Random histories for hypothesis: few moments, many ties, so that every edge is met."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from tests.snapshots import Row, answer, day, dossier

STATUSES = (
    "submitted",
    "not_accepted",
    "in_progress",
    "awaiting_supplement",
    "awaiting_payment",
    "finished",
    "handed_over",
    "refused",
    "withdrawn",
    "stopped",
    "unknown",
)
_LAST_MICROSECOND = timedelta(days=1) - timedelta(microseconds=1)
_CLOCKS = (timedelta(), timedelta(hours=9), timedelta(hours=17), _LAST_MICROSECOND)

# Days 27 to 34 lie around the end of January 2024, 57 to 62 around the end of February.
days = st.sampled_from((0, 1, 4, 5, 6, 7, 13, 14, 27, 29, 30, 31, 32, 34, 57, 59, 60, 62))


@st.composite
def moments(draw: st.DrawFn) -> datetime:
    return day(draw(days), hour=0) + draw(st.sampled_from(_CLOCKS))


@st.composite
def dossiers(draw: st.DrawFn) -> Row:
    """A dossier of two units, two fields and every status, channel and rule."""
    received = draw(moments())
    maybe = st.none() | moments()

    def after(moment: datetime | None) -> datetime | None:
        return moment if moment is None else max(moment, received)

    given: dict[str, Any] = {
        "status": draw(st.sampled_from(STATUSES)),
        "received_at": received,
        "due_at": draw(maybe),
        "first_due_at": draw(maybe),
        "due_moves": draw(st.integers(0, 2)),
        "finished_at": after(draw(maybe)),
        "handed_over_at": after(draw(maybe)),
        "ended_at": after(draw(maybe)),
        "on_time_rule": draw(st.sampled_from(("day", "instant"))),
        "unit_id": draw(st.sampled_from(("U1", "U2", None))),
        "receiving_unit_id": draw(st.sampled_from(("U1", "U3", None))),
        "field_name": draw(st.sampled_from(("Hộ tịch", "Đất đai", None))),
        "procedure_code": draw(st.sampled_from(("1.000001", "2.000815", None))),
        "procedure_name": draw(st.sampled_from(("Đăng ký khai sinh", None))),
        "officer_name": draw(st.sampled_from(("Trần Thị Bình", None))),
        "channel": draw(
            st.sampled_from(
                ("online_full", "online_partial", "online", "counter", "post", "unknown")
            )
        ),
    }
    return dossier(**given)


histories = st.lists(dossiers(), max_size=14)


@st.composite
def answers(draw: st.DrawFn) -> Row:
    return answer(
        draw(
            st.sampled_from(
                (
                    "very_satisfied",
                    "satisfied",
                    "neutral",
                    "dissatisfied",
                    "very_dissatisfied",
                    "dont_know",
                    "unknown",
                )
            )
        ),
        unit_id=draw(st.sampled_from(("U1", "U2", None))),
        answered_at=draw(st.none() | moments()),
        is_overall=draw(st.booleans()),
    )
