"""Queue: what does my unit have to finish first, today and in the next working days?

Queries: queue, queue_counts, overdue, freshness.
"""

import streamlit as st

from pages.staff import lists
from pages.staff import queue_parts as parts
from pages.ui import address, guard, states, tables, text

viewer = guard.enter("queue")
words = viewer.words
chosen, search = parts.head(viewer)
params = parts.params(viewer, chosen)

counts = {row["bucket"]: row["n"] for row in viewer.ask("queue_counts", **params).to_pylist()}
text.findings(words, "queue.insight", parts.findings(viewer, params, counts))
if not any(counts.values()):
    if chosen.unit or chosen.field:
        states.nothing_matches(words, parts.filters_in_words(viewer, chosen), unit=None, field=None)
    st.stop()

# What somebody looks for may lie in any bucket: the search goes through all of them.
bucket = None if search else parts.choose_bucket(viewer, counts)
listed = {**params, "bucket": bucket, "search": search or None}
first = viewer.ask("queue", **listed, limit=tables.PAGE, offset=0)
total = first["total_n"][0].as_py() if first.num_rows else 0
page = tables.page_number(viewer, total)
rows = (
    first
    if not page
    else viewer.ask("queue", **listed, limit=tables.PAGE, offset=page * tables.PAGE)
)
rows = lists.moved_promise(rows)
columns = lists.filled(rows, parts.columns(viewer, bucket))

if search and not total:
    states.nothing_matches(words, text.escaped(search), search=None)
    st.stop()
with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
    tables.pager(viewer, total)
    with st.container(horizontal=True, horizontal_alignment="right", width="content", gap="small"):
        lists.files(
            viewer,
            lambda: lists.moved_promise(viewer.ask("queue", **listed, limit=lists.FILE_ROWS)),
            columns,
            name=f"queue-{bucket or 'search'}",
            total=total,
            chosen=chosen,
        )
        parts.chat(viewer, rows.to_pylist(), bucket, total, params["unit"])
        parts.every_unit_at_once(viewer)
picked = tables.show(
    viewer,
    rows,
    columns,
    key=f"queue.{bucket}.{page}.{address.read('horizon')}",
    alt=words("queue.table_alt", total=total, bucket=parts.bucket_name(viewer, bucket)),
    height="content" if rows.num_rows <= parts.TALL else parts.HEIGHT,
    selects="single-row",
)
st.caption(words("queue.table_hint"))
lists.open_selected(viewer, picked)
