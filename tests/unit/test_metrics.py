"""Every figure has one definition, and every definition a figure."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pipeline import queries
from pipeline.access import default_scope
from pipeline.errors import BadConfiguration, Refused
from pipeline.metrics import metric, metrics, read_metrics
from pipeline.warehouse import Snapshot, open_snapshot
from tests.snapshots import answer, build, day, dossier

ENTRY = """
[metrics.received]
label_vi = "Cần giải quyết"
label_en = "To handle"
definition_vi = "a"
definition_en = "a"
formula = "a"
grain = "dossier"
unit = "dossiers"
better = "none"
legal_basis = ""
caveat_vi = ""
caveat_en = ""
query = "summary"
drill = "received"
"""


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory) -> Snapshot:
    late = dossier(status="finished", finished_at=day(12))
    overdue = dossier()
    folder = build(tmp_path_factory.mktemp("w"), [late, overdue], answers=[answer()])
    opened = open_snapshot(folder)
    assert opened is not None
    return opened


def columns(snapshot: Snapshot, query: str) -> set[str]:
    table = queries.run(snapshot, default_scope(), query, as_of=day(20))
    return set(table.column_names)


def test_every_figure_of_the_summary_is_defined(snapshot: Snapshot) -> None:
    parts = {part for one in metrics().values() for part in (one.numerator, one.denominator)}
    undefined = columns(snapshot, "summary") - set(metrics()) - parts
    assert undefined == set()


@pytest.mark.parametrize("name", metrics())
def test_a_definition_names_a_column_of_its_query(snapshot: Snapshot, name: str) -> None:
    known = columns(snapshot, metric(name).query)
    assert name in known
    assert {metric(name).numerator or name, metric(name).denominator or name} <= known


@pytest.mark.parametrize("name", metrics())
def test_a_drill_is_a_measure_that_lists_dossiers(name: str) -> None:
    assert metric(name).drill in ("", *queries.MEASURES)


@pytest.mark.parametrize("name", metrics())
def test_only_rates_have_a_numerator_and_all_of_them_have_both(name: str) -> None:
    one = metric(name)
    has_both = one.numerator is not None and one.denominator is not None
    has_neither = one.numerator is None and one.denominator is None
    assert has_both if one.unit == "share" else has_neither


@pytest.mark.parametrize("name", metrics())
def test_a_caveat_speaks_both_languages_or_none(name: str) -> None:
    assert bool(metric(name).caveat_vi) == bool(metric(name).caveat_en)


def test_the_online_rate_says_why_others_print_60_46() -> None:
    assert "60,47%" in metric("online_rate").caveat_vi
    assert "60,46%" in metric("online_rate").caveat_vi


def test_an_unknown_key_is_refused_by_name(tmp_path: Path) -> None:
    path = tmp_path / "metrics.toml"
    path.write_text(ENTRY + 'colour = "red"\n', encoding="utf-8")
    with pytest.raises(BadConfiguration, match=re.escape("metrics.received.colour")):
        read_metrics(path)


def test_an_entry_as_in_the_file_is_read(tmp_path: Path) -> None:
    path = tmp_path / "metrics.toml"
    path.write_text(ENTRY, encoding="utf-8")
    assert list(read_metrics(path)) == ["received"]


def test_an_unknown_metric_is_refused() -> None:
    with pytest.raises(Refused, match="mood"):
        metric("mood")
