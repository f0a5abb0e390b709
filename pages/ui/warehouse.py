"""The snapshot on show, and questions to it, each answered once for all who may see it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyarrow as pa
import streamlit as st

from pipeline import publish, queries
from pipeline.access_explained import Places, places_in
from pipeline.errors import Refused
from pipeline.scope import Scope
from pipeline.settings import warehouse_folder
from pipeline.warehouse import Snapshot

ANSWERS = 2_000  # kept in memory; the oldest go first


def current_snapshot() -> Snapshot | None:
    """The handle of the snapshot published last, or None before the first one.

    The pointer is read on every run, so a new snapshot shows at the next interaction.
    """
    warehouse = warehouse_folder()
    snapshot_id = publish.current(warehouse)
    return None if snapshot_id is None else _opened(str(warehouse), snapshot_id)


# Two entries: a page still reading the replaced snapshot is not cut off.
@st.cache_resource(max_entries=2, on_release=Snapshot.close, show_spinner=False)
def _opened(warehouse: str, snapshot_id: str) -> Snapshot:
    """The handle of one snapshot by its id; the pointer may have moved on since it was read."""
    path = publish.path_of(Path(warehouse), snapshot_id)
    if not path.is_file():
        raise Refused("error.snapshot.gone", id=snapshot_id)
    return Snapshot(path)


# Names of all units, and no row: the same for everybody, as `states.unit_names` has them.
@st.cache_resource(max_entries=200, show_spinner=False)
def _places(snapshot: str, units: tuple[str, ...], _handle: Snapshot) -> Places:
    return places_in(_handle, units)


def places(snapshot: Snapshot, units: tuple[str, ...]) -> Places:
    """What a snapshot knows of units, and what these words of the list name in it."""
    return _places(str(snapshot.path), units, snapshot)


def answer(scope: Scope, query: str, **params: Any) -> pa.Table:
    """The answer of the current snapshot to a query, as the scope may see it.

    params: values the query takes; they must be hashable (None, text, numbers, dates, tuples).
    Raises Refused where the query layer refuses.
    """
    warehouse = warehouse_folder()
    snapshot_id = publish.current(warehouse)
    if snapshot_id is None:
        raise Refused("error.snapshot.none_yet")
    return _answered(str(warehouse), snapshot_id, scope, query, tuple(sorted(params.items())))


# Everything that decides the answer is an argument; nothing here may read the session, because
# the result is shared by all viewers with the same scope.
@st.cache_data(max_entries=ANSWERS, show_spinner=False)
def _answered(
    warehouse: str,
    snapshot_id: str,
    scope: Scope,
    query: str,
    params: tuple[tuple[str, Any], ...],
) -> pa.Table:
    return queries.run(_opened(warehouse, snapshot_id), scope, query, **dict(params))
