"""The national portal's procedures, taken in: every code once, every level in the board's words."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from pipeline.ingest import ingest
from tests.conftest import REAL
from tests.unit.ingested import rows

PORTAL = REAL / "vn_procedures" / "vn_tthc_2642.jsonl.gz"


def test_the_portal_s_procedures_have_levels_that_everybody_knows(tmp_path: Path) -> None:
    done = ingest([PORTAL], tmp_path)
    assert (done.read, done.accepted) == (2_642, 2_642)
    found = rows(tmp_path, "select agency_level, count(*)::int from procedure group by all")
    counted: Counter[str] = Counter()
    for levels, n in found:
        counted.update(dict.fromkeys(levels.split(", "), n))
    assert counted == {
        "ministry": 1_413,
        "province": 1_251,
        "commune": 588,
        "other": 51,
    }
    told = rows(tmp_path, "select count(*) from mapping_warning where column_name = 'agency_level'")
    assert told == [(0,)]
