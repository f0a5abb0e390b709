"""Provinces and communes from a package that is never required: its shape, not its data."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest
from click.testing import CliRunner, Result

from pipeline.cli import main
from pipeline.ingest import ingest
from tests.unit.ingested import dossier, export, rows


@dataclass(frozen=True)
class Old:
    """A unit of before: District codes are those of communes, province codes those of districts."""

    name: str
    code: int
    district_code: int = 0
    province_code: int = 0


@dataclass(frozen=True)
class New:
    """A unit of today."""

    name: str
    code: int
    province_code: int = 0
    sources: tuple[Old, ...] = field(default=(), compare=False)

    def get_legacy_sources(self) -> tuple[Old, ...]:
        return self.sources


HA, TUYEN, LANG_OLD = Old("Tỉnh Hà", 2), Old("Tỉnh Tuyên", 8), Old("Tỉnh Lạng", 20)
DISTRICT = Old("Huyện Na", 24, province_code=2)
A, B, C = (
    Old(f"Xã {name}", n, district_code=24) for name, n in (("A", 691), ("B", 694), ("C", 700))
)
SAME = Old("Xã Bình", 5977, district_code=178)
LANG_DISTRICT = Old("Thành phố Lạng", 178, province_code=20)
PROVINCES = (New("Tỉnh Tuyên", 8, sources=(HA, TUYEN)), New("Tỉnh Lạng", 20, sources=(LANG_OLD,)))
COMMUNES = (
    New("Xã A", 691, 8, (A, B)),  # A took B in and kept its name
    New("Xã Mới", 694, 8, (B,)),  # the rest of B; today's code was B's
    New("Xã C Mới", 700, 8, (C,)),
    New("Xã Bình", 5977, 20, (SAME,)),
)


def kind(units: tuple[Any, ...]) -> Any:
    """A class as the package has it: all of its units, and what each was where that is known."""
    methods: dict[str, Any] = {"iter_all": lambda: iter(units)}
    if any(isinstance(unit, New) for unit in units):
        methods["get_legacy_sources"] = New.get_legacy_sources
    return SimpleNamespace(**methods)


@pytest.fixture
def package(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """A package of that shape under its name."""
    made = ModuleType("vietnam_provinces")
    legacy = ModuleType("vietnam_provinces.legacy")
    made.Province, made.Ward = kind(PROVINCES), kind(COMMUNES)  # type: ignore[attr-defined]
    made.__data_version__ = "2026-09-20"  # type: ignore[attr-defined]
    legacy.Province = kind((HA, TUYEN, LANG_OLD))  # type: ignore[attr-defined]
    legacy.District = kind((DISTRICT, LANG_DISTRICT))  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "vietnam_provinces", made)
    monkeypatch.setitem(sys.modules, "vietnam_provinces.legacy", legacy)
    return made


def told(*arguments: object) -> Result:
    typed = ["units", "--from", "vietnam-provinces", *map(str, arguments)]
    return CliRunner().invoke(main, typed)


def test_units_of_today_and_of_before_are_loaded_with_dates_parents_and_successors(
    package: ModuleType, tmp_path: Path
) -> None:
    done = told("--warehouse", tmp_path, "--json")
    assert done.exit_code == 0, done.stderr
    assert json.loads(done.stdout)["rejected"] == 0
    found = rows(
        tmp_path,
        "select unit_id, unit_name, unit_level, parent_id, valid_from::text, valid_to::text"
        " from unit order by unit_id",
    )
    assert found == [
        ("00691", "Xã A", "commune", "08", "2025-07-01", None),
        ("00694", "Xã Mới", "commune", "08", "2025-07-01", None),
        ("00700", "Xã C Mới", "commune", "08", "2025-07-01", None),
        ("05977", "Xã Bình", "commune", "20", None, None),
        ("08", "Tỉnh Tuyên", "province", None, "2025-07-01", None),
        ("20", "Tỉnh Lạng", "province", None, None, None),
        ("cu-00691", "Xã A", "commune", "cu-024", None, "2025-06-30"),
        ("cu-00694", "Xã B", "commune", "cu-024", None, "2025-06-30"),
        ("cu-00700", "Xã C", "commune", "cu-024", None, "2025-06-30"),
        ("cu-02", "Tỉnh Hà", "province", None, None, "2025-06-30"),
        ("cu-024", "Huyện Na", "district", "cu-02", None, "2025-06-30"),
        ("cu-08", "Tỉnh Tuyên", "province", None, None, "2025-06-30"),
    ]
    heirs = rows(
        tmp_path,
        "select old_unit_id, new_unit_id, relation, from_date::text from unit_successor"
        " order by 1, 2",
    )
    assert heirs == [
        ("cu-00691", "00691", "merged", "2025-07-01"),
        ("cu-00694", "00691", "split", "2025-07-01"),
        ("cu-00694", "00694", "split", "2025-07-01"),
        ("cu-00700", "00700", "renamed", "2025-07-01"),
        ("cu-02", "08", "merged", "2025-07-01"),
        ("cu-08", "08", "merged", "2025-07-01"),
    ]


def test_a_dossier_belongs_to_the_unit_of_its_day(package: ModuleType, tmp_path: Path) -> None:
    told("--province", "08", "--warehouse", tmp_path / "w")
    before = dossier("A-1", unit="UBND xã A", received="30/06/2025", due="", finished="", status="")
    after = dossier("A-2", unit="Xã A", received="01/07/2025", due="", finished="", status="")
    ingest([export(tmp_path / "a.csv", before, after)], tmp_path / "w", source="igate")
    found = rows(tmp_path / "w", "select dossier_code, unit_id from dossier order by 1")
    assert found == [("A-1", "cu-00691"), ("A-2", "00691")]


@pytest.mark.parametrize("written", ["20", "Lạng", "tinh lang"])
def test_one_province_is_named_by_code_or_name(
    package: ModuleType, tmp_path: Path, written: str
) -> None:
    listed = tmp_path / "units.csv"
    done = told("--province", written, "--out", listed, "--json")
    assert json.loads(done.stdout) == {"file": str(listed), "units": 2, "data_of": "2026-09-20"}
    assert "Xã A" not in listed.read_text(encoding="utf-8-sig")
    assert not list(tmp_path.glob("**/*.duckdb"))


def test_a_version_that_knows_nothing_of_before_gives_what_is_in_force(
    package: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(package, "Ward", SimpleNamespace(iter_all=lambda: iter(COMMUNES)))
    assert told("--province", "20", "--warehouse", tmp_path).exit_code == 0
    found = rows(tmp_path, "select unit_id, valid_from::text, valid_to from unit order by 1")
    assert found == [("05977", "2025-07-01", None), ("20", "2025-07-01", None)]


def test_without_the_package_one_sentence_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "vietnam_provinces", None)
    done = told("--warehouse", tmp_path)
    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr.startswith("The package vietnam-provinces is not installed; install it")
    assert list(tmp_path.iterdir()) == []


def test_a_package_of_another_shape_is_refused(
    package: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(package, "Ward", SimpleNamespace(everything=()))
    assert "in a way that is not known here" in told("--warehouse", tmp_path).stderr


def test_a_province_that_is_none_is_refused_with_the_known_ones(
    package: ModuleType, tmp_path: Path
) -> None:
    done = told("--province", "Atlantis", "--warehouse", tmp_path)
    assert done.exit_code == 1
    assert 'no province "Atlantis"; known are Tỉnh Tuyên, Tỉnh Lạng.' in done.stderr


def test_the_true_package_is_loaded_where_it_is_installed(tmp_path: Path) -> None:
    done = told("--warehouse", tmp_path, "--json")
    assert done.exit_code == (1 if find_spec("vietnam_provinces") is None else 0)
    if done.exit_code == 0:
        counted = "select unit_level, count(*)::int from unit where valid_to is null group by all"
        assert dict(rows(tmp_path, counted)) == {"province": 34, "commune": 3_321}
