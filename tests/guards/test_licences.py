"""An office may use, change and pass on the board: so may it everything the board stands on."""

from __future__ import annotations

import re
import sys
from functools import cache
from importlib.metadata import (
    Distribution,
    PackageNotFoundError,
    distribution,
    packages_distributions,
)

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.guards.project import CODE, ROOT, imported, python_files, relative

DECISION = ROOT / "docs" / "decisions" / "runtime-dependencies.md"
FREE = re.compile(
    r"\b(MIT|Apache|BSD|PSF|MPL|ISC|Zlib|CC0|Dual License|HPND|Unlicense|Python Software)",
    re.IGNORECASE,
)
BINDING = re.compile(r"\b(A|L)?GPL|Affero|GNU (Lesser )?General", re.IGNORECASE)


@cache
def direct() -> dict[str, Requirement]:
    """What requirements.txt asks for, by canonical name."""
    lines = (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines()
    asked = [Requirement(text) for line in lines if (text := line.split("#")[0].strip())]
    return {canonicalize_name(one.name): one for one in asked}


@cache
def installed() -> dict[str, Distribution]:
    """Everything the board runs on, with what that needs in turn."""
    found: dict[str, Distribution] = {}
    waiting = list(direct())
    while waiting:
        name = canonicalize_name(waiting.pop())
        if name in found:
            continue
        try:
            found[name] = distribution(name)
        except PackageNotFoundError:
            continue  # wanted on other systems only; what is wanted here pip has checked
        for text in found[name].requires or []:
            needed = Requirement(text)
            if needed.marker is None or needed.marker.evaluate({"extra": ""}):
                waiting.append(needed.name)
    return found


def licence(name: str) -> str:
    """What a distribution says of its licence, shortest statement first."""
    about = installed()[name].metadata
    classifiers = [text for text in about.get_all("Classifier", []) if text.startswith("License")]
    said = [*about.get_all("License-Expression", []), *classifiers, *about.get_all("License", [])]
    return " | ".join(text.splitlines()[0] for text in said if text)


@pytest.mark.parametrize("name", direct())
def test_what_is_asked_for_is_installed_in_the_range_asked_for(name: str) -> None:
    assert name in installed()
    assert direct()[name].specifier.contains(installed()[name].version)


def test_what_the_code_imports_is_asked_for() -> None:
    # A library that came along with another one, or with the tools, may be gone tomorrow.
    owners = packages_distributions()
    found = {
        (relative(path), canonicalize_name(owners.get(top, [top])[0]))
        for path in python_files(*CODE)
        for top in {name.partition(".")[0] for name in imported(path)}
        if top not in sys.stdlib_module_names and not (ROOT / top).exists() and top != "app"
    }
    assert {(path, name) for path, name in found if name not in direct()} == set()


@pytest.mark.parametrize("name", direct())
def test_a_library_has_a_tested_range(name: str) -> None:
    bounds = {one.operator for one in direct()[name].specifier}
    assert ">=" in bounds
    assert "<" in bounds or name == "tzdata"  # named by its year; newer is only more correct


@pytest.mark.parametrize("name", direct())
def test_the_decision_says_why_a_library_is_used(name: str) -> None:
    rows = re.findall(r"^\| ([\w-]+) \|", DECISION.read_text(encoding="utf-8"), re.MULTILINE)
    assert name in {canonicalize_name(row) for row in rows}


def test_the_decision_names_no_library_that_is_gone() -> None:
    rows = re.findall(r"^\| ([\w-]+) \|", DECISION.read_text(encoding="utf-8"), re.MULTILINE)
    assert {canonicalize_name(row) for row in rows} - {"library"} == set(direct())


@pytest.mark.parametrize("name", installed())
def test_a_licence_lets_an_office_pass_the_board_on(name: str) -> None:
    assert FREE.search(licence(name)), f"{name}: {licence(name)}"
    assert not BINDING.search(licence(name)), f"{name}: {licence(name)}"
