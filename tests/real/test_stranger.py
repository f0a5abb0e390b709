"""A draft completed as docs/sources.md says brings in a file that no source describes."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from pipeline import queries
from pipeline.access import default_scope
from pipeline.ingest import ingest
from pipeline.inspection import inspect
from pipeline.proposal import save_draft
from pipeline.sources import ready_made
from pipeline.warehouse import Snapshot, open_snapshot
from tests.conftest import REAL

MEANINGS = """
[values.rating]
very_satisfied = ["5"]
satisfied = ["4"]
neutral = ["3"]
dissatisfied = ["2"]
very_dissatisfied = ["1"]
dont_know = ["9"]

[values.survey_channel]
online = ["Web"]
paper = ["Mail"]
phone = ["Phone"]
"""


def test_the_draft_of_a_survey_needs_its_overall_question_and_what_its_words_mean(
    tmp_path: Path,
) -> None:
    path, draft = REAL / "kcmo_survey_2021Q1.csv", tmp_path / "kansas.toml"
    save_draft(inspect(path, ready_made()), draft)
    text = draft.read_text(encoding="utf-8")
    completed = text.replace('id = "q15_01"', 'id = "q15_01"\noverall = true') + MEANINGS
    draft.write_text(completed, encoding="utf-8")
    done = ingest([path], tmp_path / "w", source=str(draft))
    assert (done.read, done.accepted) == (1_033, 1_033)
    assert not [one for one in done.warnings if one["warning"] == "unknown_value"]
    snapshot = open_snapshot(tmp_path / "w")
    assert isinstance(snapshot, Snapshot)
    as_of = datetime(2022, 1, 1)
    (found,) = queries.run(snapshot, default_scope(), "satisfaction", as_of=as_of).to_pylist()
    assert (found["n"], round(found["mean"], 2), found["dont_know"]) == (454, 3.43, 579)


@pytest.mark.parametrize(
    "name",
    [
        "evl-volumetrics.xls",
        "EVL Channel Volumetrics Sample.xls",
        "EVL Services Volumetrics Sample.xls",
        "EVL Customer Satisfaction.xlsx",
    ],
)
def test_a_workbook_of_totals_is_called_one(name: str) -> None:
    (table,) = inspect(REAL / "govuk" / name, ready_made()).tables
    assert table.are_totals
    assert table.source is None


@pytest.mark.parametrize("name", ["boston311_2015_slim.csv.gz", "receipt.csv"])
def test_a_list_is_not_called_a_table_of_totals(name: str) -> None:
    (table,) = inspect(REAL / name, ready_made()).tables
    assert not table.are_totals
