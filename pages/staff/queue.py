"""Queue: what does my unit have to finish first, today and in the next working days?

Queries: queue, queue_counts, overdue_letters, freshness, units.
"""

import streamlit as st

from pages.staff import queue_findings as findings
from pages.staff import queue_parts as parts
from pages.staff import queue_taken_away as taken_away
from pages.ui import dossier_list, guard, states, text
from pages.ui.dossier_list import Listing

viewer = guard.enter("queue")
words = viewer.words
asked = parts.asked(viewer)
counts = findings.counts(viewer, asked)
parts.head(viewer, asked, findings.of(viewer, asked, counts))
if not counts.total:
    narrowed = parts.narrowed_to(viewer, asked)
    if narrowed:
        said = " · ".join(text.escaped(value) for _, value in narrowed)
        states.nothing_matches(words, said, unit=None, field=None, search=None)
    st.stop()

bucket = parts.choose_bucket(viewer, asked, counts)
listed = {**asked, "bucket": None if bucket == "all" else bucket}
page = dossier_list.page(viewer, "queue", listed)
name = parts.bucket_in_full(viewer, bucket, counts)
listing = Listing(
    query="queue",
    asked=listed,
    name=f"queue-{bucket}",
    columns=parts.columns(viewer, bucket),
    said=[(words("queue.buckets"), name), *parts.narrowed_to(viewer, asked)],
)


def beside() -> None:
    """What can be taken away besides the list as a file."""
    taken_away.message(viewer, listing, page, name, parts.unit_name(viewer, asked))
    taken_away.every_unit_at_once(viewer, asked["horizon"])


dossier_list.draw(
    viewer,
    listing,
    page,
    alt=words("queue.table_alt", total=page.total, bucket=name),
    sorts=parts.sorts(viewer),
    beside=beside,
)
