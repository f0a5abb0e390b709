"""Documents tell the truth: links lead somewhere, commands exist, nothing is left over."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import click
import pytest

from pipeline import queries
from pipeline.cli import main
from tests.guards.project import ROOT, files, listed, relative

PAPERS = [path for path in files() if path.suffix == ".md"]
TEXTS = [
    path
    for path in files()
    if path.suffix in {"", ".cfg", ".css", ".csv", ".ini", ".json", ".md", ".py", ".sh", ".sql"}
    or path.suffix in {".svg", ".toml", ".txt", ".yaml", ".yml"}
]
# Spelt in two parts, so that this file is not its own finding.
LEFT_OVER = re.compile(
    "|".join(
        rf"\b{a}{b}\b"
        for a, b in [("TO", "DO"), ("FIX", "ME"), ("XX", "X"), ("HA", "CK"), ("WI", "P")]
    )
    + "|<"
    + "{7} |>"
    + "{7} "
)
MACHINE = re.compile(
    r"(?<![\w.$}~])/(?:work|tmp|root|Users|opt/pypi|opt/wheels)/|/home/(?!\$)\w+/"
    r"|pypi\.(?:org|python)|pythonhosted|registry\.npmjs|deb\.debian\.org"
)
LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)\s]*)?\)")
FENCE = re.compile(r"^```[^\n]*\n(.*?)^```", re.MULTILINE | re.DOTALL)
INLINE = re.compile(r"`([^`\n]+)`")
# What may stand before a program: variables, another user, a key of a unit file, its folder.
BEFORE = r"(?:sudo -u \w+ |ExecStart=|[A-Z_]+=\S+ )*(?:[\w./]*/)?"
MAKE_VARIABLE = re.compile(r"^[A-Z]+=")


def commands(paper: Path, program: str) -> list[str]:
    """What a paper tells people to type after a program's name, one command each."""
    text = paper.read_text(encoding="utf-8")
    typed = [line for block in FENCE.findall(text) for line in block.splitlines()]
    typed += INLINE.findall(FENCE.sub("", text))
    found = []
    for line in typed:
        for part in re.split(r"&&|\|\||[;|]", line.split("  #")[0]):
            match = re.match(rf"{BEFORE}{re.escape(program)}(?:\s+(.*))?$", part.strip())
            if match:
                found.append((match.group(1) or "").strip())
    return found


def cases(program: str) -> list[tuple[str, str]]:
    return [(relative(paper), typed) for paper in PAPERS for typed in commands(paper, program)]


@pytest.mark.parametrize("paper", PAPERS, ids=relative)
def test_links_lead_somewhere(paper: Path) -> None:
    broken = [
        target
        for target in LINK.findall(paper.read_text(encoding="utf-8"))
        if "://" not in target and not (paper.parent / target).exists()
    ]
    assert not broken, listed(broken)


def make_targets() -> set[str]:
    return set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))


@pytest.mark.parametrize(("paper", "typed"), cases("make"))
def test_a_make_target_that_a_paper_names_exists(paper: str, typed: str) -> None:
    words = typed.split("   ")[0].split()
    targets = [word for word in words if re.fullmatch(r"[a-z-]+", word)]
    variables = {word.partition("=")[0] for word in words if MAKE_VARIABLE.match(word)}

    assert set(targets) <= make_targets(), paper
    assert variables <= {"PORT", "ADDRESS", "WAREHOUSE", "DOSSIERS", "PYTHON"}, paper


@pytest.mark.parametrize(("paper", "typed"), cases("python -m pipeline"))
def test_a_pipeline_command_that_a_paper_names_exists(paper: str, typed: str) -> None:
    if not typed:
        return  # speaks of the command line as a whole
    name, *rest = typed.split()
    assert name in main.commands, f"{paper}: there is no command {name}"
    command = main.commands[name]
    if isinstance(command, click.Group):
        assert rest, f"{paper}: {name} needs the name of what it is to do"
        assert rest[0] in command.commands, f"{paper}: {name} has no {rest[0]}"
        command = command.commands[rest[0]]
    known = {
        option
        for parameter in command.params
        if isinstance(parameter, click.Option)
        for option in parameter.opts
    }
    assert {word.partition("=")[0] for word in rest if word.startswith("--")} <= known, paper
    if name == "query" and rest and re.fullmatch(r"[a-z-]+", rest[0]):
        assert rest[0].replace("-", "_") in queries.catalogue(), f"{paper}: no query {rest[0]}"


@pytest.mark.parametrize("name", ["README.md", "README.vi.md"])
def test_the_two_first_commands_of_a_newcomer_are_there(name: str) -> None:
    front = (ROOT / name).read_text(encoding="utf-8")
    assert front.index("git clone") < front.index("make run")


def test_both_front_pages_show_the_same_commands() -> None:
    english, vietnamese = (
        FENCE.findall((ROOT / name).read_text(encoding="utf-8"))
        for name in ("README.md", "README.vi.md")
    )
    assert len(english) == len(vietnamese)
    for one, other in zip(english, vietnamese, strict=True):
        ours = [line for line in one.splitlines() if ".venv/bin/python" in line]
        theirs = [line for line in other.splitlines() if ".venv/bin/python" in line]
        assert ours == [line.replace("ho-so.xlsx", "export.xlsx") for line in theirs]


def test_every_folder_of_the_map_exists() -> None:
    front = (ROOT / "README.md").read_text(encoding="utf-8")
    named = re.findall(r"^((?:[a-z.]+/)+|[a-z]+\.py) ", front, re.MULTILINE)
    assert len(named) > 5
    assert [name for name in named if not (ROOT / name).exists()] == []


@pytest.mark.parametrize("path", TEXTS, ids=relative)
def test_nothing_is_left_over(path: Path) -> None:
    text = path.read_text(encoding="utf-8", errors="replace")
    found = [
        f"{relative(path)}:{number}: {line.strip()[:80]}"
        for number, line in enumerate(text.splitlines(), 1)
        if LEFT_OVER.search(line)
    ]
    assert not found, listed(found)


@pytest.mark.parametrize(
    "path",
    [path for path in TEXTS if relative(path) != "tests/guards/test_papers.py"],
    ids=relative,
)
def test_no_file_speaks_of_one_machine(path: Path) -> None:
    text = path.read_text(encoding="utf-8", errors="replace")
    found = [
        f"{relative(path)}:{number}: {line.strip()[:80]}"
        for number, line in enumerate(text.splitlines(), 1)
        if MACHINE.search(line)
    ]
    assert not found, listed(found)


def test_every_test_that_a_paper_names_exists() -> None:
    named = [
        (relative(paper), name)
        for paper in PAPERS
        for name in re.findall(r"`(tests/[\w/]+\.py)`", paper.read_text(encoding="utf-8"))
    ]
    assert len(named) > 20
    assert [one for one in named if not (ROOT / one[1]).exists()] == []


def test_a_changed_figure_has_a_heading_of_its_own() -> None:
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert "**A changed figure has its own heading.**" in changelog


def test_settings_of_the_checks_are_readable() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert settings["tool"]["mypy"]["strict"] is True
    assert "build-system" not in settings  # run from the checkout; nothing is built
