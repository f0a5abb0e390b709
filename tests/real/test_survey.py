"""A real survey with answers that are no opinion: they must not enter the mean."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from pipeline import queries
from pipeline.access import default_scope
from pipeline.ingest import ingest
from pipeline.warehouse import Snapshot, open_snapshot
from tests.conftest import REAL

SOURCE = str(Path(__file__).parent / "sources" / "kcmo.toml")


@pytest.fixture(scope="module")
def kansas(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    warehouse = tmp_path_factory.mktemp("kansas")
    done = ingest([REAL / "kcmo_survey_2021Q1.csv"], warehouse, source=SOURCE)
    assert (done.read, done.accepted) == (1_033, 1_033)
    snapshot = open_snapshot(warehouse)
    assert isinstance(snapshot, Snapshot)
    return snapshot


def test_the_mean_leaves_dont_know_out(kansas: Snapshot) -> None:
    as_of = datetime(2022, 1, 1)
    (found,) = queries.run(kansas, default_scope(), "satisfaction", as_of=as_of).to_pylist()
    assert found["n"] == 454
    assert round(found["mean"], 2) == 3.43
    assert found["dont_know"] == 579  # with them as nines the mean would be 6.55
