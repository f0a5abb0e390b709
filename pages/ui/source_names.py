"""What people call a source or a system of dossiers: its title, and never the code's id."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import streamlit as st

from pipeline.errors import BadConfiguration
from pipeline.settings import warehouse_folder
from pipeline.sources import NAME, Source, load_source, ready_made, sources

NAMES = 500  # kept in memory: a few dozen sources in two languages, and room for what was


def source_name(source: str, language: str) -> str:
    """The title of a source, or of the source a system of dossier codes belongs to, by its id."""
    folder = warehouse_folder()
    saved = folder / "sources"
    stamp = saved.stat().st_mtime_ns if saved.is_dir() else 0
    return _name(str(folder), stamp, source, language)


def named(table: pa.Table, language: str, column: str = "source") -> pa.Table:
    """The table with titles where the ids of sources were."""
    names = [
        None if one is None else source_name(one, language) for one in table[column].to_pylist()
    ]
    at = table.schema.get_field_index(column)
    return table.set_column(at, column, pa.array(names, pa.string()))


# stamp: when the office last saved a source. The id alone decides nothing else.
@st.cache_data(max_entries=NAMES, show_spinner=False)
def _name(warehouse: str, stamp: int, source: str, language: str) -> str:
    found = _described(Path(warehouse), source)
    return found.label(language) if found else source


def _described(warehouse: Path, source: str) -> Source | None:
    try:
        known = sources(warehouse)
    except BadConfiguration:  # the screen of intake says so; others still have figures to show
        known = ready_made()
    by_system = {one.system: one for one in known.values() if one.system}
    if found := known.get(source) or by_system.get(source):
        return found
    if not NAME.fullmatch(source):  # out of an address, perhaps: no way into other folders
        return None
    # Described by a file from anywhere: what it said lies beside the batch.
    landed = (warehouse / "landing").glob(f"*/source/{source}.toml")
    newest = max(landed, key=lambda path: path.stat().st_mtime, default=None)
    return load_source(newest) if newest else None
