"""Parts of the queue: what the address asks, head and filters, buckets, columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from pages.staff.queue_findings import Counts
from pages.ui import address, filters, text
from pages.ui.filters import Part
from pages.ui.guard import Viewer
from pages.ui.tables import Column
from pipeline.insight import Insight
from pipeline.settings import settings

HORIZONS = ("1", "2", "3", "5", "10")  # working days
# Shown even when empty, because their zero is news; the others only when they hold something.
ALWAYS = ("overdue", "today", "waiting")
# Colours of counts that call for something; the word beside them says what.
BADGES = {"overdue": "orange", "no_letter": "orange", "today": "yellow"}
Asked = Mapping[str, Any]


def asked(viewer: Viewer) -> dict[str, Any]:
    """What the address asks of the queue; who works for one unit sees what that unit resolves."""
    who = viewer.identity
    own = who.unit_id if who.works_for_one_unit else None
    chosen = filters.latest(viewer)
    return {
        "unit": chosen.unit or own,
        "field": chosen.field,
        "horizon": int(address.read("horizon", _horizons()) or settings().due_soon_horizon_days),
        "search": (address.read("search") or "").strip() or None,
        "sort": address.read("sort", sorts(viewer)),
    }


def sorts(viewer: Viewer) -> list[str]:
    """Orders of the list beside its own, which is the order to work it."""
    by_officer = ["officer"] if viewer.may("officers") else []
    by_unit = ["unit"] if sees_several_units(viewer) else []
    return ["due", "received", *by_unit, "procedure", *by_officer, "step"]


def sees_several_units(viewer: Viewer) -> bool:
    return len(filters.unit_options(viewer)) > 1


def head(viewer: Viewer, asked: Asked, found: Sequence[Insight]) -> None:
    """Title, whose queue of when, and the sentence; at the right filters and search."""
    words = viewer.words
    left, right = st.columns([6, 7], vertical_alignment="top")
    with left:
        st.title(words("queue.title"), anchor=False)
        as_of = words("moment.as_of", at=words.as_of(viewer.as_of))
        st.caption(f"{text.escaped(unit_name(viewer, asked))} · {as_of[:1].lower()}{as_of[1:]}")
        text.findings(words, "queue.insight", found)
    with right:
        chosen, look_ahead = st.columns([8, 3], vertical_alignment="bottom")
        with chosen:
            where: list[Part] = ["unit"] if sees_several_units(viewer) else []
            filters.bar(viewer, [*where, "field"])
        with look_ahead:
            address.choose(
                "horizon",
                _horizons(),
                default=str(settings().due_soon_horizon_days),
                label=words("queue.horizon"),
                shown=lambda days: words.days(int(days)),
                help=words("queue.horizon_help"),
            )
        address.ask_text(
            "search",
            label=words("list.search"),
            placeholder=words("list.search"),
            icon=":material/search:",
        )


def _horizons() -> list[str]:
    return sorted({*HORIZONS, str(settings().due_soon_horizon_days)}, key=int)


def unit_name(viewer: Viewer, asked: Asked) -> str:
    """Whose queue it is, in words."""
    names = filters.unit_options(viewer)
    return names.get(asked["unit"] or "", viewer.words("filters.every_unit"))


def narrowed_to(viewer: Viewer, asked: Asked) -> list[tuple[str, str]]:
    """Unit, field and search as a reader would say them, each with its label."""
    words = viewer.words
    said = [
        (words("term.unit"), filters.unit_options(viewer).get(address.read("unit") or "")),
        (words("term.field"), asked["field"]),
        (words("action.search"), f"“{asked['search']}”" if asked["search"] else None),
    ]
    return [(label, value) for label, value in said if value]


def choose_bucket(viewer: Viewer, asked: Asked, counts: Counts) -> str:
    """The buckets as segments with their counts.

    What somebody looks for may lie in any of them: a search begins with all. Otherwise today's
    come first: they can still be kept, and nothing else is as near to breaking.
    """
    by_bucket = {**counts.by_bucket, "all": counts.total}
    order = ["all"] if asked["search"] else []
    for bucket, n in counts.by_bucket.items():
        if n or bucket in ALWAYS or bucket.isdecimal():
            order.append(bucket)
        if bucket == "overdue" and counts.without_letter:
            by_bucket["no_letter"] = counts.without_letter
            order.append("no_letter")
    if counts.of_ended_units:
        by_bucket["ended_unit"] = counts.of_ended_units
        order.append("ended_unit")
    first = next(one for one in ("all", "today", *order) if one in order and by_bucket[one])
    return address.choose(
        "bucket",
        order,
        default=first,
        label=viewer.words("queue.buckets"),
        shown=lambda bucket: _labelled(viewer, bucket, by_bucket[bucket], counts),
        look="segments",
        on_choice=lambda bucket: _open_bucket(bucket, first),
        label_visibility="collapsed",
    )


def _open_bucket(bucket: str, first: str) -> None:
    """Another bucket begins with its first page."""
    address.write("bucket", None if bucket == first else bucket)
    address.write("page", None)


def _labelled(viewer: Viewer, bucket: str, n: int, counts: Counts) -> str:
    number = viewer.words.number(n)
    shown = f":{BADGES[bucket]}-badge[{number}]" if n and bucket in BADGES else f"**{number}**"
    return f"{_bucket_in_short(viewer, bucket, counts)} {shown if n else number}"


def _bucket_in_short(viewer: Viewer, bucket: str, counts: Counts) -> str:
    words = viewer.words
    if bucket == "today" and not viewer.moment.is_live:
        return words.day_short(viewer.as_of.date())
    if bucket.isdecimal():
        day = counts.last_day[bucket]
        return words.day_short(day) if day else words("queue.bucket.in_days", n=int(bucket))
    return words(f"queue.bucket.{bucket}")


def bucket_in_full(viewer: Viewer, bucket: str, counts: Counts) -> str:
    """A bucket as a heading says it, a day with its date."""
    words = viewer.words
    day = counts.last_day.get(bucket)
    if bucket.isdecimal() and day:
        return words("queue.bucket.on_day", day=day, n=int(bucket))
    return _bucket_in_short(viewer, bucket, counts)


def columns(viewer: Viewer, bucket: str) -> list[Column]:
    """The columns of a bucket; what a person acts on first stands left."""
    left = Column("days_left", "days", "queue.column.days_left", width=54)
    over = Column("days_over", "days", "queue.column.days_over", width=54)
    late, none = [over], list[Column]()
    days = {"all": [over, left], "ended_unit": [over, left]}
    days |= {"overdue": late, "no_letter": late, "waiting": none, "no_due": none}
    hour_matters = bucket in ("today", "all")
    due = Column("due_at", "moment", "term.due_at", width=130)
    several, sees_person = sees_several_units(viewer), viewer.may("personal")
    crowded = several and sees_person  # all columns do not fit side by side
    unit = [Column("unit_name", "name", "term.unit", width=138 if crowded else 166)]
    if bucket == "ended_unit":
        unit.append(Column("successor_name", "name", "queue.column.successor", width=166))
    officer = Column("officer_name", "text", "term.officer", width=110 if crowded else 120)
    person = [
        Column("applicant_name", "text", "term.applicant", width=114 if crowded else 124),
        Column("applicant_phone", "text", "list.column.phone", width=98),
    ]
    received = Column("received_at", "date", "term.received_at", width=92)
    return [
        Column("dossier_code", "code", "list.column.code", pinned=True),
        *days.get(bucket, [left]),
        due if hour_matters else Column("due_at", "date", "term.due_at", width=92),
        Column("first_due_at", "date", "list.column.first_due", width=92),
        *(unit if several else unit[1:]),
        Column(
            "procedure_name",
            "text",
            "term.procedure",
            width=130 if crowded else 160 if several else 196,
        ),
        *([officer] if viewer.may("officers") else []),
        Column("step_name", "text", "list.column.step", width=110),
        *(person if sees_person else []),
        *([] if crowded else [received]),
    ]
