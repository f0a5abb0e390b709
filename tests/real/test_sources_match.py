"""Headers and words of real files meet the sources written for them, and the ready-made ones."""

from __future__ import annotations

import csv
import gzip
import json
import os
from collections import Counter
from datetime import datetime
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from pipeline.errors import UnknownSource
from pipeline.formats import formats_for, formats_read
from pipeline.headers import match_headers
from pipeline.recognise import choose
from pipeline.sources import Source, load_source, ready_made
from pipeline.text import fold

REAL = Path(__file__).parents[3] / "shared" / "data" / "real"
SOURCES = Path(__file__).parent / "sources"


@pytest.fixture(scope="module", autouse=True)
def _real_files() -> None:
    if not REAL.is_dir():
        message = f"SKIPPED: the real test data is not at {REAL}"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)


def table(name: str) -> tuple[list[str], list[dict[str, str]]]:
    raw = (REAL / name).read_bytes()
    text = (gzip.decompress(raw) if name.endswith(".gz") else raw).decode("utf-8")
    reader = csv.DictReader(text.splitlines())
    return list(reader.fieldnames or []), list(reader)


def meaning(source: Source, column: str) -> dict[str, str]:
    return {fold(w): value for value, words in source.values[column].items() for w in words}


def test_boston_knows_every_header_and_reads_every_moment() -> None:
    source = load_source(SOURCES / "boston.toml")
    headers, rows = table("boston311_2015_slim.csv.gz")
    match = match_headers(source, headers)
    assert match.unknown_headers == []
    assert match.unused_aliases == {}
    texts = [r[h] for r in rows[::50] for h in ("OPEN_DT", "TARGET_DT", "CLOSED_DT") if r[h]]
    assert list(formats_read(texts, formats_for(source))) == ["%m/%d/%Y %I:%M:%S %p"]
    assert {r["CASE_STATUS"] for r in rows} == {"Open", "Closed"}
    channel = meaning(source, "channel")
    unplaced = Counter(r["Source"] for r in rows if fold(r["Source"]) not in channel)
    assert unplaced.keys() == {"Employee Generated", "City Worker App", "Maximo Integration"}


def test_boston_by_its_own_rule_agrees_with_the_city_s_verdict() -> None:
    source = load_source(SOURCES / "boston.toml")
    assert source.on_time_rule == "instant"
    (written,) = source.date_formats
    _, rows = table("boston311_2015_slim.csv.gz")
    judged = [r for r in rows if r["TARGET_DT"] and r["CLOSED_DT"] and r["OnTime_Status"]]
    disagree = [
        r
        for r in judged
        if (datetime.strptime(r["CLOSED_DT"], written) > datetime.strptime(r["TARGET_DT"], written))
        != (r["OnTime_Status"] == "OVERDUE")
    ]
    assert len(judged) == 79_126
    assert disagree == []


def test_coselog_knows_every_header() -> None:
    source = load_source(SOURCES / "coselog.toml")
    headers, rows = table("receipt.csv")
    match = match_headers(source, headers)
    assert match.unknown_headers == []
    assert match.missing_required == []
    assert match.columns["received_at"] == "case:startdate"
    assert match.columns["step_name"] == "concept:name"
    channel = meaning(source, "channel")
    cases = {r["case:concept:name"]: r["case:channel"] for r in rows}
    assert len(cases) == 1_434
    assert [c for c in cases.values() if fold(c) not in channel] == ["Intern"]


def test_the_kansas_survey_leaves_the_nines_out() -> None:
    source = load_source(SOURCES / "kcmo.toml")
    headers, rows = table("kcmo_survey_2021Q1.csv")
    match = match_headers(source, headers)
    assert match.unknown_headers == []
    assert match.questions == {"q15_01": "q15_01"}
    assert match.columns == {"response_id": "id", "survey_channel": "method"}
    rating = meaning(source, "rating")
    levels = [rating[r["q15_01"]] for r in rows if r["q15_01"] not in source.empty_words]
    scores = [source.scale.scores[level] for level in levels if level != "dont_know"]
    assert len(scores) == 454
    assert round(sum(scores) / len(scores), 2) == 3.43


def test_foreign_files_are_not_taken_for_a_vietnamese_list() -> None:
    for name in ("boston311_2015_slim.csv.gz", "receipt.csv", "kcmo_survey_2021Q1.csv"):
        headers, _ = table(name)
        with pytest.raises(UnknownSource):
            choose(headers, ready_made())


def test_each_foreign_file_is_recognised_among_the_sources_written_here() -> None:
    known = ready_made() | {p.stem: load_source(p) for p in SOURCES.glob("*.toml")}
    assert choose(table("boston311_2015_slim.csv.gz")[0], known).name == "boston"
    assert choose(table("receipt.csv")[0], known).name == "coselog"
    assert choose(table("kcmo_survey_2021Q1.csv")[0], known).name == "kcmo"


def test_the_portal_s_workbooks_are_procedure_lists() -> None:
    books = sorted((REAL / "vn_procedures").glob("*.xlsx"))
    assert len(books) == 7
    for path in books:
        sheet = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0)
        headers = [str(cell) for cell in sheet.to_python()[1]]
        assert choose(headers, ready_made()).name == "procedure_list"
        assert match_headers(ready_made()["procedure_list"], headers).unknown_headers == []


def test_the_portal_s_json_is_recognised_and_wholly_known() -> None:
    with gzip.open(
        REAL / "vn_procedures" / "vn_tthc_2642.jsonl.gz", "rt", encoding="utf-8"
    ) as file:
        headers = list(json.loads(file.readline()))
    assert choose(headers, ready_made()).name == "procedure_portal_json"
    assert match_headers(ready_made()["procedure_portal_json"], headers).unknown_headers == []
