"""The invented province shows every finding and signal at least once, the planted ones exactly."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from pipeline import demo, queries
from pipeline.access import default_scope
from pipeline.ingest import ingest
from pipeline.signals import SIGNALS
from pipeline.warehouse import Snapshot, open_snapshot

N = 20_000
# Signals that the marker counts: name -> its key there.
PLANTED = {
    "reopened": "signal_reopened",
    "refused_after_due": "signal_refused_after_due",
    "closed_without_number": "signal_no_result_number",
    "second_supplement": "clock_two_supplements",
}


@pytest.fixture(scope="module")
def province(tmp_path_factory: pytest.TempPathFactory) -> tuple[demo.DemoSummary, Snapshot]:
    folder = tmp_path_factory.mktemp("signals")
    written = demo.write(folder / "demo", dossiers=N, seed=7)
    ingest([folder / "demo"], folder / "warehouse")
    snapshot = open_snapshot(folder / "warehouse")
    assert snapshot is not None
    return written, snapshot


def asked(province: tuple[demo.DemoSummary, Snapshot], name: str, **params: Any) -> list[Any]:
    written, snapshot = province
    rows: list[Any] = queries.run(
        snapshot, default_scope(), name, as_of=written.as_of, **params
    ).to_pylist()
    return rows


def seen(province: tuple[demo.DemoSummary, Snapshot]) -> Counter[str]:
    found: Counter[str] = Counter()
    for row in asked(province, "signals"):
        found[row["signal"]] += row["signal_n"]
    return found


def test_every_signal_is_there(province: tuple[demo.DemoSummary, Snapshot]) -> None:
    found = seen(province)
    assert [signal for signal in SIGNALS if not found[signal]] == []


@pytest.mark.parametrize("signal", PLANTED)
def test_as_many_as_were_planted(province: tuple[demo.DemoSummary, Snapshot], signal: str) -> None:
    assert seen(province)[signal] == province[0].planted[PLANTED[signal]]


@pytest.mark.parametrize("finding", [name for name in queries.FOUND if name not in SIGNALS])
def test_every_finding_has_its_dossiers(
    province: tuple[demo.DemoSummary, Snapshot], finding: str
) -> None:
    assert asked(province, "dossiers", finding=finding, limit=1)


def test_one_device_was_pressed_again_and_again(
    province: tuple[demo.DemoSummary, Snapshot],
) -> None:
    bursts = asked(province, "survey_bursts")
    assert len(bursts) == province[0].planted["survey_bursts"]


def test_steps_wait_for_everybody_and_some_results_are_on_their_way(
    province: tuple[demo.DemoSummary, Snapshot],
) -> None:
    kinds = {row["kind"] for row in asked(province, "step_times")}
    assert kinds == {"own", "citizen", "payment", "other_agency", "post"}
    (leg,) = asked(province, "postal_leg")
    assert leg["sent_n"] == province[0].planted["control_slip_postal"]
    assert 0 < leg["under_way_n"] < leg["sent_n"]


def test_a_limit_that_nobody_needs_is_found_and_no_other(
    province: tuple[demo.DemoSummary, Snapshot],
) -> None:
    rows = asked(province, "used_time")
    long = [row["procedure_key"] for row in rows if row["used_share_p90"] <= 0.5]
    enough = {row["procedure_key"] for row in rows if not row["is_small_sample"]}
    assert [key for key in long if key in enough] == ["2.000488"]


def test_land_stands_out_and_most_open_dossiers_are_in_time(
    province: tuple[demo.DemoSummary, Snapshot],
) -> None:
    (whole,) = asked(province, "summary")
    assert whole["open_overdue"] < whole["open_in_time"]
    first = asked(province, "pareto_fields")[0]
    assert first["field_name"] == "Đất đai"


def test_days_and_numbers_that_cannot_be_reconciled_are_there(
    province: tuple[demo.DemoSummary, Snapshot],
) -> None:
    assert asked(province, "numbering_gaps")
    assert asked(province, "quiet_days")
