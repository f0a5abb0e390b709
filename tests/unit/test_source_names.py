"""Sources are called by their titles: ready-made, the office's own, or described anywhere."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pytest
import streamlit as st

from pages.ui.source_names import named, source_name
from pipeline.settings import WAREHOUSE_VARIABLE
from pipeline.sources import ready_made, save_source


@pytest.fixture(autouse=True)
def warehouse(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(WAREHOUSE_VARIABLE, str(tmp_path))
    st.cache_data.clear()
    return tmp_path


@pytest.mark.parametrize("source", ready_made())
def test_a_ready_made_source_has_a_name_of_its_own_in_either_language(source: str) -> None:
    assert source_name(source, "vi") != source_name(source, "en")
    assert source not in (source_name(source, "vi"), source_name(source, "en"))


def test_a_name_that_the_office_gives_shows_at_once(warehouse: Path) -> None:
    assert source_name("igate", "vi") == "Danh sách hồ sơ VNPT iGate"
    ours = ready_made()["igate"].model_copy(update={"title_vi": "iGate của tỉnh"})
    save_source(ours, warehouse / "sources")
    assert source_name("igate", "vi") == "iGate của tỉnh"


def test_a_source_described_from_anywhere_is_called_as_its_batch_says(warehouse: Path) -> None:
    own = ready_made()["igate"].model_copy(update={"name": "own", "title_vi": "Sổ của phường"})
    save_source(own, warehouse / "landing" / "b1" / "source")
    assert source_name("own", "vi") == "Sổ của phường"
    assert source_name("own", "vi") != "own"


def test_a_system_is_called_by_a_source_of_it(warehouse: Path) -> None:
    own = ready_made()["igate"].model_copy(update={"name": "own", "system": "province"})
    save_source(own, warehouse / "sources")
    assert source_name("province", "en") == own.title_en


@pytest.mark.parametrize("unknown", ["nobody", "../../sources/own", "*", ""])
def test_what_nobody_described_keeps_its_id_and_opens_no_folder(
    warehouse: Path, unknown: str
) -> None:
    own = ready_made()["igate"].model_copy(update={"name": "own"})
    save_source(own, warehouse / "landing" / "b1" / "source")
    assert source_name(unknown, "vi") == unknown


def test_a_broken_description_of_the_office_leaves_the_others_their_names(warehouse: Path) -> None:
    (warehouse / "sources").mkdir()
    (warehouse / "sources" / "own.toml").write_text("name =", encoding="utf-8")
    assert source_name("igate", "en") == ready_made()["igate"].title_en


def test_a_table_shows_names_where_ids_were() -> None:
    table = pa.table({"source": ["igate", None], "n": [1, 2]})
    assert named(table, "vi").to_pydict() == {
        "source": ["Danh sách hồ sơ VNPT iGate", None],
        "n": [1, 2],
    }
