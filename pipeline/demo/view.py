"""The dossiers as a system knew them at a moment: what comes later is not yet there."""

from __future__ import annotations

from datetime import datetime

import numpy as np
import pandas as pd

from pipeline.demo.office_clock import NAT

_MOMENTS = (
    "finished_at",
    "handed_over_at",
    "result_signed_at",
    "ended_at",
    "supplement_requested_at",
    "supplement_completed_at",
)


def seen_at(rows: pd.DataFrame, moment: datetime, *, is_latest: bool) -> pd.DataFrame:
    """Rows received up to a moment, later ends hidden, the promise as it stood then.

    Adds `status`, one of the board's own words, plus "awaiting_tax" for a dossier that waits for
    another agency. is_latest: whether this is the as_of of the run, whose waiting is known and
    whose planted future ends are shown.
    """
    then = np.datetime64(moment, "s")
    seen = rows[(rows["received_at"] <= then).to_numpy()].copy()
    future = (seen["quirk"] == "finished_in_future").to_numpy() & is_latest
    _first_of_two_supplements(seen, then)
    for column in _MOMENTS:
        keep = (seen[column] <= then).to_numpy() | future
        seen[column] = np.where(keep, seen[column].to_numpy(), NAT)
    if not is_latest:  # an end that the newest list takes back
        ended = (seen["ended_first_at"] <= then).to_numpy()
        seen["finished_at"] = np.where(
            ended, seen["ended_first_at"].to_numpy(), seen["finished_at"].to_numpy()
        )
    unmoved = ~(seen["moved_at"] <= then).to_numpy() & seen["moved_at"].notna().to_numpy()
    seen["due_at"] = np.where(unmoved, seen["first_due_at"].to_numpy(), seen["due_at"].to_numpy())
    not_reset = (seen["reset_at"] > then).to_numpy()
    seen["due_at"] = np.where(
        not_reset, seen["due_before_reset"].to_numpy(), seen["due_at"].to_numpy()
    )
    asked, paid = seen["payment_asked_at"], seen["payment_done_at"]
    seen["is_paying"] = ((asked <= then) & (paid > then)).to_numpy()
    seen["status"] = _status(seen, is_latest)
    return seen


def _first_of_two_supplements(seen: pd.DataFrame, then: np.datetime64) -> None:
    """Systems keep the dates of the last request only; before it they showed the first one's."""
    is_second = seen["earlier_requested_at"].notna()
    to_come = (is_second & (seen["supplement_requested_at"] > then)).to_numpy()
    for shown, earlier in (
        ("supplement_requested_at", "earlier_requested_at"),
        ("supplement_completed_at", "earlier_completed_at"),
    ):
        seen[shown] = np.where(to_come, seen[earlier].to_numpy(), seen[shown].to_numpy())


def _status(seen: pd.DataFrame, is_latest: bool) -> np.ndarray:
    finished = seen["finished_at"].notna().to_numpy()
    handed = seen["handed_over_at"].notna().to_numpy()
    ended = seen["ended_at"].notna().to_numpy()
    answered = seen["supplement_completed_at"].notna().to_numpy()
    asked = seen["supplement_requested_at"].notna().to_numpy() & ~answered
    waits = seen["waits_for"].to_numpy() if is_latest else np.full(len(seen), "", dtype=object)
    return np.select(
        [
            ended,
            finished & handed,
            finished,
            asked & ~seen["is_forgotten"].to_numpy(),
            (waits == "payment") | seen["is_paying"].to_numpy(),
            waits == "tax",
            seen["is_only_submitted"].to_numpy() & is_latest,
        ],
        [
            seen["ending"].to_numpy().astype(object),
            "handed_over",
            "finished",
            "awaiting_supplement",
            "awaiting_payment",
            "awaiting_tax",
            "submitted",
        ],
        "in_progress",
    )
