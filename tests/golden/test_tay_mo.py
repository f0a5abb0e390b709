"""A ward's published month: the totals it printed come out again, and its lost dossier is found.

Tây Mỗ received 5,957 dossiers: 4,947 early, 990 on time, 6 late, 13 in progress. Those add up to
5,956; the one that fits nowhere has a status that no vocabulary knows.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from pipeline.ingest import ingest
from tests.unit.ingested import asked, dossier, export

AS_OF = datetime(2024, 3, 31)
DUE = "20/03/2024 17:00:00"


@pytest.fixture(scope="module")
def tay_mo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Warehouse of the ward's dossiers, taken in as one CSV export."""
    folder = tmp_path_factory.mktemp("tay-mo")
    kinds = [
        (4_947, {"due": DUE, "finished": "19/03/2024 16:00:00"}),
        (990, {"due": DUE, "finished": "20/03/2024 18:30:00"}),  # the day, not the minute
        (6, {"due": DUE, "finished": "21/03/2024 08:00:00"}),
        (13, {"due": "30/04/2024", "finished": "", "status": "Đang xử lý"}),
        (1, {"due": DUE, "finished": "", "status": "Trả lại"}),
    ]
    written = [
        dossier(f"TM-{kind}-{n}", **cells)
        for kind, (count, cells) in enumerate(kinds)
        for n in range(count)
    ]
    done = ingest([export(folder / "thang3.csv", *written)], folder / "warehouse", source="igate")
    assert (done.read, done.accepted) == (5_957, 5_957)
    return folder / "warehouse"


def test_the_published_totals_come_out(tay_mo: Path) -> None:
    (found,) = asked(tay_mo, "summary", AS_OF)
    assert found["received"] == 5_957
    assert (found["early"], found["on_time"], found["late"]) == (4_947, 990, 6)
    assert found["open"] == 13


def test_the_lost_dossier_is_counted_and_named_and_not_guessed(tay_mo: Path) -> None:
    (found,) = asked(tay_mo, "summary", AS_OF)
    assert found["status_unknown"] == 1
    assert found["received"] == found["resolved"] + found["open"] + found["status_unknown"]
    (named,) = asked(tay_mo, "status_unknown", AS_OF)
    assert (named["status_text"], named["dossier_n"]) == ("Trả lại", 1)
