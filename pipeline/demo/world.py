"""The whole invented history, from which every export is written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import numpy as np
import pandas as pd

from pipeline.demo import arrivals, clock_cases, course, people, planted, signal_cases
from pipeline.demo.arrivals import Province
from pipeline.demo.view import seen_at


@dataclass
class World:
    """A province and its dossiers; one generator per purpose, so that one cannot shift another."""

    province: Province
    dossiers: pd.DataFrame
    seed: int

    def generator(self, purpose: str) -> np.random.Generator:
        """A generator that depends on the seed and the purpose alone."""
        return _generator(self.seed, purpose)

    def seen(self, moment: datetime) -> pd.DataFrame:
        """The dossiers as known at a moment; with the fields that exports print.

        At an earlier moment than as_of the planted rows are left out: each is planted once.
        """
        is_latest = moment == self.province.as_of
        rows = self.dossiers
        if not is_latest:
            rows = rows[(rows["quirk"] == "").to_numpy()]
        return seen_at(rows, moment, is_latest=is_latest)


def make(dossiers: int, seed: int, as_of: datetime) -> World:
    """Build the history: arrivals, their course, planted faults."""
    province = arrivals.settle(dossiers, as_of, _generator(seed, "staff"))
    rows = arrivals.arrive(province, dossiers, _generator(seed, "arrivals"))
    rows = course.run(province, rows, _generator(seed, "course"))
    rows = clock_cases.plant(province, rows, _generator(seed, "clock cases"))
    rows = signal_cases.plant(province, rows, _generator(seed, "signal cases"))
    rng = _generator(seed, "people")
    is_firm = np.array([p.field in _FIRMS for p in province.procedures])[rows["procedure"]]
    names = np.where(is_firm, people.companies(rng, len(rows)), people.names(rng, len(rows)))
    rows["applicant_name"] = names
    rows["applicant_phone"] = people.phones(rng, len(rows))
    rows = planted.plant(province, rows, _generator(seed, "planted"))
    system = np.array([unit.system for unit in province.units], dtype=object)
    rows["system"] = system[rows["unit"].to_numpy()]
    return World(province, rows, seed)


_FIRMS = frozenset(
    {
        "Đăng ký doanh nghiệp",
        "Đầu tư tại Việt Nam",
        "Xúc tiến thương mại",
        "Lao động - Tiền lương",
        "Điện lực",
        "Môi trường",
        "Quảng cáo",
    }
)


def _generator(seed: int, purpose: str) -> np.random.Generator:
    return np.random.default_rng([seed, *purpose.encode()])
