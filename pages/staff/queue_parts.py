"""Parts of the queue: head and filters, sentence, buckets, and what can be taken away."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import pyarrow.compute as pc
import streamlit as st

from pages.ui import address, filters, heading, warehouse
from pages.ui.downloads import XLSX
from pages.ui.filters import Filters
from pages.ui.guard import Viewer
from pages.ui.states import named_units
from pages.ui.tables import Column
from pages.ui.text import escaped
from pipeline.insight import Insight
from pipeline.messages import queue_text
from pipeline.periods import ALL
from pipeline.reports import due_soon
from pipeline.settings import settings

HORIZONS = ("1", "2", "3", "5", "10")  # working days
TALL, HEIGHT = 18, 680  # beyond so many rows the table scrolls, in pixels
# Shown even when empty, because their zero is news; the others only when they hold something.
ALWAYS = ("overdue", "today", "waiting")


def head(viewer: Viewer) -> tuple[Filters, str]:
    """Title, unit, field, horizon and search; returns the filters and what is searched for."""
    words = viewer.words
    left, middle, right = st.columns([4, 6, 2], vertical_alignment="bottom")
    with left:
        heading.title(viewer)
    with middle:
        chosen = filters.bar(viewer, ("unit", "field"))
    with right:
        address.choose(
            "horizon",
            _horizons(),
            default=str(settings().due_soon_horizon_days),
            label=words("queue.horizon"),
            shown=lambda days: words.days(int(days)),
            help=words("queue.horizon_help"),
        )
    search = address.ask_text(
        "search",
        label=words("queue.search"),
        placeholder=words("queue.search"),
        icon=":material/search:",
    )
    return replace(chosen, period=ALL), search  # a queue speaks of now, whatever the period


def horizon() -> int:
    """Working days that the queue looks ahead."""
    return int(address.read("horizon", _horizons()) or settings().due_soon_horizon_days)


def _horizons() -> list[str]:
    return sorted({*HORIZONS, str(settings().due_soon_horizon_days)}, key=int)


def params(viewer: Viewer, chosen: Filters) -> dict[str, Any]:
    """Unit, field and horizon; who works for one unit sees what that unit resolves."""
    who = viewer.identity
    own = who.unit_id if who.works_for_one_unit else None
    return {"unit": chosen.unit or own, "field": chosen.field, "horizon": horizon()}


def findings(viewer: Viewer, asked: Mapping[str, Any], counts: Mapping[str, int]) -> list[Insight]:
    """What has to be finished today, and how many promises are broken already."""
    if not any(counts.values()):
        return [Insight("nothing", {})]
    today, overdue = counts["today"], counts["overdue"]
    first = Insight("today", {"n": today}) if today else Insight("none_today", {})
    if not overdue:
        return [first, Insight("none_overdue", {})]
    silent = _without_letter(viewer, asked)
    if silent is None:
        return [first, Insight("overdue", {"n": overdue})]
    if not silent:
        return [first, Insight("overdue_apologised", {"n": overdue})]
    return [first, Insight("overdue_without_letter", {"n": overdue, "without": silent})]


def _without_letter(viewer: Viewer, asked: Mapping[str, Any]) -> int | None:
    """Overdue dossiers for which no letter went out; None where letters were never brought in."""
    if not viewer.sees("apology") or "apology" not in viewer.ask("freshness")["kind"].to_pylist():
        return None
    letters = viewer.ask("overdue", unit=asked["unit"], field=asked["field"])["apology_n"]
    return int(pc.sum(pc.equal(letters, 0)).as_py() or 0)


def choose_bucket(viewer: Viewer, counts: Mapping[str, int]) -> str:
    """The buckets as segments with their counts; the first that holds something is the default."""
    shown = [bucket for bucket, n in counts.items() if n or bucket in ALWAYS or bucket.isdecimal()]
    return address.choose(
        "bucket",
        shown,
        default=next(bucket for bucket in shown if counts[bucket]),
        label=viewer.words("queue.buckets"),
        shown=lambda bucket: f"{bucket_name(viewer, bucket)} {viewer.words.number(counts[bucket])}",
        look="segments",
        label_visibility="collapsed",
    )


def bucket_name(viewer: Viewer, bucket: str | None) -> str:
    """A bucket in words; None: all of them, under a search."""
    if bucket is None:
        return viewer.words("queue.bucket.found")
    if bucket == "1" or not bucket.isdecimal():
        return viewer.words(f"queue.bucket.{bucket}")
    return viewer.words("queue.bucket.in_days", n=int(bucket))


def columns(viewer: Viewer, bucket: str | None) -> list[Column]:
    """The columns of a bucket; what a person acts on first stands left."""
    left = Column("days_left", "days", "queue.column.days_left", width=84)
    over = Column("days_over", "days", "queue.column.days_over", width=84)
    days = {None: [over, left], "overdue": [over], "waiting": [], "no_due": []}.get(bucket, [left])
    asks_whom = [Column("officer_name", "text", "term.officer", width=140)]
    applicant = [Column("applicant_name", "text", "term.applicant", width=140)]
    phone = [Column("applicant_phone", "text", "queue.column.phone", width=104)]
    several = not viewer.identity.works_for_one_unit
    return [
        Column("dossier_code", "code", "queue.column.code", pinned=True),
        *days,
        Column("due_at", "moment", "term.due_at", width=128),
        Column("first_due_at", "date", "queue.column.first_due"),
        *([Column("unit_name", "text", "term.unit", width=170)] if several else []),
        Column("procedure_name", "text", "term.procedure", width=230),
        *(asks_whom if viewer.may("officers") else []),
        Column("step_name", "text", "queue.column.step", width=130),
        *(applicant if viewer.may("personal") else []),
        *(phone if viewer.may("personal") else []),
        Column("received_at", "date", "term.received_at"),
    ]


def chat(
    viewer: Viewer, rows: Sequence[dict[str, Any]], bucket: str | None, total: int, unit: str | None
) -> None:
    """The list as plain text, to copy or to take away. It names no person."""
    if not viewer.may("export") or not rows:
        return
    words = viewer.words
    names = named_units(viewer.ask("units").to_pylist())
    message = queue_text(
        words,
        rows,
        title=f"{bucket_name(viewer, bucket)}: {words.number(total)}",
        unit=names.get(unit or "", words("filters.every_unit")),
        as_of=viewer.as_of,
        total=total,
    )
    with st.popover(words("queue.chat"), icon=":material/chat:", width="content"):
        st.caption(words("queue.chat_hint"))
        st.code(message, language=None, wrap_lines=True, height=320, width=520)
        st.download_button(
            words("queue.chat_file"),
            message,
            f"queue-{viewer.as_of:%Y-%m-%d}.txt",
            "text/plain",
            key="queue.txt",
            icon=":material/download:",
            on_click="ignore",
        )


def every_unit_at_once(viewer: Viewer) -> None:
    """The due-soon list with a sheet per unit, for who coordinates several units."""
    if not viewer.may("export") or viewer.identity.works_for_one_unit:
        return
    words, days = viewer.words, horizon()

    def book() -> bytes:
        snapshot = warehouse.current_snapshot()
        assert snapshot is not None  # noqa: S101 - the guard let nobody in without one
        return due_soon.workbook(snapshot, viewer.scope, viewer.as_of, viewer.language, days)

    st.download_button(
        words("queue.every_unit"),
        book,
        f"due-soon-{viewer.as_of:%Y-%m-%d}.xlsx",
        XLSX,
        key="queue.every_unit",
        icon=":material/folder_zip:",
        on_click="ignore",
        help=words("queue.every_unit_help", horizon=days),
    )


def filters_in_words(viewer: Viewer, chosen: Filters) -> str:
    """Unit and field as a reader would say them."""
    unit = filters.unit_options(viewer).get(chosen.unit or "")
    return " · ".join(escaped(part) for part in (unit, chosen.field) if part)
