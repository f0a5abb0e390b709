"""Provinces and communes of the country, from a package that an office may install.

`vietnam-provinces` lists the 34 provinces and 3,321 communes since 1/7/2025 and, in its versions of
2026, what each was before. It states no licence, so it is neither required nor copied from: the
list is made on the office's own machine, as a file of the source unit_list.
"""

from __future__ import annotations

import csv
import importlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from pipeline.errors import Refused
from pipeline.text import fold, name_key

PACKAGE = "vietnam-provinces"
SINCE = date(2025, 7, 1)  # NQ 202/2025/QH15 and the resolutions on the communes of each province
UNTIL = date(2025, 6, 30)
HEADERS = (
    "Mã đơn vị",
    "Tên đơn vị",
    "Cấp",
    "Mã đơn vị cấp trên",
    "Đơn vị cấp trên",
    "Hiệu lực từ",
    "Hiệu lực đến",
    "Mã đơn vị kế thừa",
    "Hình thức",
)
_PROVINCE, _DISTRICT, _COMMUNE = "Tỉnh", "Huyện", "Xã"
_MERGED, _SPLIT, _RENAMED = "Sáp nhập", "Chia tách", "Đổi tên"
# A code of before 1/7/2025 may be that of another unit today.
_BEFORE = "cu-"


@dataclass(frozen=True)
class Listed:
    """One unit; successors: code of what took its place and how."""

    code: str
    name: str
    level: str
    parent_code: str = ""
    parent: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    successors: tuple[tuple[str, str], ...] = ()


def national_units(provinces: Sequence[str] = ()) -> tuple[list[Listed], str]:
    """Units as the installed package lists them, and the day of its data.

    provinces: codes or names of those wanted; without them all. What was merged, split or renamed
    on 1/7/2025 is listed too where the package knows it, up to that day.
    Raises Refused where the package is not installed, is no version known here, or lists no such
    province.
    """
    try:
        package = importlib.import_module("vietnam_provinces")
    except ImportError:
        raise Refused("error.units.not_installed", package=PACKAGE) from None
    try:
        everything = list(package.Province.iter_all())
        chosen = [p for p in everything if not provinces or _is_named(p, provinces)]
        _require_all(provinces, everything)
        wanted = {int(province.code) for province in chosen}
        communes = [one for one in package.Ward.iter_all() if int(one.province_code) in wanted]
        knows_before = hasattr(package.Ward, "get_legacy_sources")
        before = _Before(package, chosen, communes) if knows_before else None
        return _listed(chosen, communes, before), str(package.__data_version__)
    except (AttributeError, TypeError, ValueError, LookupError, ImportError):
        raise Refused("error.units.other_version", package=PACKAGE) from None


def write_list(units: Iterable[Listed], path: Path) -> None:
    """Write units as a file that the source unit_list reads: one row per unit and successor."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        out = csv.writer(file)
        out.writerow(HEADERS)
        for unit in units:
            for code, relation in unit.successors or (("", ""),):
                out.writerow(
                    [
                        *(unit.code, unit.name, unit.level, unit.parent_code, unit.parent),
                        *(_day(unit.valid_from), _day(unit.valid_to), code, relation),
                    ]
                )


class _Before:
    """What the chosen units were until 30/6/2025."""

    def __init__(self, package: Any, provinces: Sequence[Any], communes: Sequence[Any]) -> None:
        legacy = importlib.import_module(f"{package.__name__}.legacy")
        self._old_provinces = {int(one.code): one for one in legacy.Province.iter_all()}
        self._districts = {int(one.code): one for one in legacy.District.iter_all()}
        self.of_provinces = _Succession(provinces, _bare)  # a province may become a city later
        self.of_communes = _Succession(communes, name_key)

    def listed(self) -> list[Listed]:
        """Provinces, districts and communes that are no more."""
        districts: dict[int, Any] = {}
        gone = []
        for old, successors in self.of_communes.gone():
            district = self._districts[int(old.district_code)]
            districts[int(district.code)] = district
            gone.append(
                Listed(
                    code=f"{_BEFORE}{_commune(old)}",
                    name=old.name,
                    level=_COMMUNE,
                    parent_code=f"{_BEFORE}{_district(district)}",
                    parent=district.name,
                    valid_to=UNTIL,
                    successors=tuple((_commune(new), how) for new, how in successors),
                )
            )
        old_provinces = [
            Listed(
                code=f"{_BEFORE}{_province(old)}",
                name=old.name,
                level=_PROVINCE,
                valid_to=UNTIL,
                successors=tuple((_province(new), how) for new, how in successors),
            )
            for old, successors in self.of_provinces.gone()
        ]
        return [*old_provinces, *map(self._district, districts.values()), *gone]

    def _district(self, district: Any) -> Listed:
        """A district ended with its level; it has no one successor."""
        above = self._old_provinces[int(district.province_code)]
        kept = self.of_provinces.kept(above)
        return Listed(
            code=f"{_BEFORE}{_district(district)}",
            name=district.name,
            level=_DISTRICT,
            parent_code=_province(above) if kept else f"{_BEFORE}{_province(above)}",
            parent=above.name,
            valid_to=UNTIL,
        )


class _Succession:
    """Old units and the new ones that they went into."""

    def __init__(self, units: Sequence[Any], same: Callable[[str], str]) -> None:
        """same: what of a name tells whether a unit is still called so."""
        self._same = same
        self._new = {int(new.code): new for new in units}
        self._sources = {int(new.code): new.get_legacy_sources() for new in units}
        self._old = {int(old.code): old for olds in self._sources.values() for old in olds}
        self._into: dict[int, list[int]] = defaultdict(list)
        for code, olds in self._sources.items():
            for old in olds:
                self._into[int(old.code)].append(code)

    def kept(self, old: Any) -> bool:
        """Whether a unit stayed as it was: alone, with its code and its name."""
        into = self._into.get(int(old.code), [])
        if into != [int(old.code)] or len(self._sources[into[0]]) != 1:
            return False
        return self._same(old.name) == self._same(self._new[into[0]].name)

    def is_new(self, new: Any) -> bool:
        """Whether a unit of today began on 1/7/2025."""
        olds = self._sources[int(new.code)]
        return not (len(olds) == 1 and self.kept(olds[0]))

    def gone(self) -> Iterable[tuple[Any, list[tuple[Any, str]]]]:
        """Units that are no more, each with what took its place and how."""
        for code, old in self._old.items():
            if not self.kept(old):
                yield old, [(self._new[new], self._how(code, new)) for new in self._into[code]]

    def _how(self, old: int, new: int) -> str:
        if len(self._into[old]) > 1:
            return _SPLIT
        return _MERGED if len(self._sources[new]) > 1 else _RENAMED


def _listed(
    provinces: Sequence[Any], communes: Sequence[Any], before: _Before | None
) -> list[Listed]:
    names = {int(one.code): one.name for one in provinces}
    return [
        *(
            Listed(
                code=_province(one),
                name=one.name,
                level=_PROVINCE,
                valid_from=SINCE if before is None or before.of_provinces.is_new(one) else None,
            )
            for one in provinces
        ),
        *(
            Listed(
                code=_commune(one),
                name=one.name,
                level=_COMMUNE,
                parent_code=f"{int(one.province_code):02d}",
                parent=names[int(one.province_code)],
                valid_from=SINCE if before is None or before.of_communes.is_new(one) else None,
            )
            for one in communes
        ),
        *(before.listed() if before is not None else ()),
    ]


def _require_all(wanted: Sequence[str], provinces: Sequence[Any]) -> None:
    for one in wanted:
        if not any(_is_named(province, [one]) for province in provinces):
            raise Refused("error.units.no_province", name=one, known=[p.name for p in provinces])


def _is_named(province: Any, wanted: Sequence[str]) -> bool:
    ways = {_province(province), str(int(province.code)), _bare(province.name)}
    return any(one.strip() in ways or _bare(one) in ways for one in wanted)


def _bare(name: str) -> str:
    return fold(name).removeprefix("tinh ").removeprefix("thanh pho ").removeprefix("tp ")


def _province(unit: Any) -> str:
    return f"{int(unit.code):02d}"


def _district(unit: Any) -> str:
    return f"{int(unit.code):03d}"


def _commune(unit: Any) -> str:
    return f"{int(unit.code):05d}"


def _day(day: date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else ""
