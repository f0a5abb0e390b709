"""What several kinds of tests share: the demo warehouse, real data, and what to do without them.

A test that needs something this machine lacks is skipped aloud on a person's machine and fails
where CI is set: there, a test that did not run must not look like one that passed.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests import hostile

ROOT = Path(__file__).resolve().parents[1]
REAL = ROOT.parent / "shared" / "data" / "real"

# The demo of the tests: small, and the same on every machine and every day.
DEMO_DOSSIERS = 3_000
DEMO_SEED = 7
DEMO_AS_OF = date(2026, 9, 30)


def chromium() -> str | None:
    """Debian's Chromium, or the one that the environment variable CHROMIUM names."""
    return os.environ.get("CHROMIUM") or shutil.which("chromium")


def nginx() -> str | None:
    """Debian's nginx, which lies where only an administrator's shell looks."""
    return shutil.which("nginx", path=f"{os.environ.get('PATH', os.defpath)}:/usr/sbin")


# marker -> (is it there?, what to say when it is not)
NEEDS: dict[str, tuple[Callable[[], bool], str]] = {
    "needs_browser": (
        lambda: chromium() is not None,
        "there is no Chromium: apt-get install chromium",
    ),
    "needs_nginx": (
        lambda: nginx() is not None,
        "there is no nginx: apt-get install nginx-light",
    ),
    "needs_real_data": (
        REAL.is_dir,
        "the folder of real data is missing: ../shared/data/real beside the project",
    ),
}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The folder says what a test needs; a marker is for the exceptions."""
    for item in items:
        folder = item.path.relative_to(ROOT).parts[1]
        if folder == "browser":
            item.add_marker("needs_browser")
        if folder == "real":
            item.add_marker("needs_real_data")


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip, or with CI set fail, where what the test needs is not there."""
    for marker, (is_there, lack) in NEEDS.items():
        if item.get_closest_marker(marker) and not is_there():
            if os.environ.get("CI"):
                pytest.fail(f"{lack} (required, because CI is set)", pytrace=False)
            pytest.skip(lack)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say aloud how many tests this machine could not run."""
    for marker, (_, lack) in NEEDS.items():
        n = sum(
            lack in str(report.longrepr) for report in terminalreporter.stats.get("skipped", [])
        )
        if n:
            terminalreporter.write_sep("!", f"NOT RUN: {n} tests ({marker}): {lack}", red=True)


@contextmanager
def once(folder: Path) -> Iterator[bool]:
    """Hold `folder` among the processes of one run; True for the one that has to fill it.

    Filled means that the block was left without an error: a failed attempt is repeated.
    """
    folder.mkdir(parents=True, exist_ok=True)
    done = folder / ".done"
    with (folder / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        is_first = not done.exists()
        yield is_first
        if is_first:
            done.touch()


def pipeline(*arguments: object) -> subprocess.CompletedProcess[str]:
    """Run the command line in a process of its own; fails with what it said on stderr."""
    done = subprocess.run(
        [sys.executable, "-m", "pipeline", *map(str, arguments)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        pytest.fail(
            f"python -m pipeline {arguments[0]} ended with {done.returncode}: {done.stderr}"
        )
    return done


@pytest.fixture(scope="session")
def shared_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that all processes of this run share, for what is costly to make."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if os.environ.get("PYTEST_XDIST_WORKER") else own


@pytest.fixture(scope="session")
def demo_exports(shared_folder: Path) -> Path:
    """The invented province's export files: read them, never change them."""
    folder = shared_folder / "demo-exports"
    with once(folder) as is_first:
        if is_first:
            pipeline(
                *("demo", "--out", folder / "files"),
                *("--dossiers", DEMO_DOSSIERS, "--seed", DEMO_SEED),
                *("--as-of", DEMO_AS_OF.isoformat()),
            )
    return folder / "files"


@pytest.fixture(scope="session")
def demo_warehouse(shared_folder: Path, demo_exports: Path) -> Path:
    """A warehouse with the demo in it, built once per run: read it, never write to it."""
    folder = shared_folder / "demo-warehouse"
    with once(folder) as is_first:
        if is_first:
            pipeline("ingest", demo_exports, "--warehouse", folder / "warehouse")
    return folder / "warehouse"


@pytest.fixture(scope="session")
def hostile_warehouse(shared_folder: Path) -> Path:
    """A warehouse whose every text tries to be more than a text: read it, never write to it."""
    folder = shared_folder / "hostile"
    with once(folder) as is_first:
        if is_first:
            hostile.build(folder / "built")
    return folder / "built" / "warehouse"


@pytest.fixture(scope="session")
def empty_warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A warehouse into which nothing was ever ingested."""
    return tmp_path_factory.mktemp("empty-warehouse")


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Drive the machine's own Chromium; nothing is downloaded, nothing outside is called."""
    quiet = ["--disable-background-networking", "--disable-component-update", "--disable-quic"]
    quiet += ["--no-first-run", "--disable-sync", "--disable-gpu", "--disable-dev-shm-usage"]
    if os.geteuid() == 0:
        quiet.append("--no-sandbox")  # Chromium's sandbox refuses to work for root
    return {**browser_type_launch_args, "executable_path": chromium(), "args": quiet}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    """The screen and the clock of an office in Vietnam."""
    return {
        **browser_context_args,
        "locale": "vi-VN",
        "timezone_id": "Asia/Ho_Chi_Minh",
        "viewport": {"width": 1400, "height": 900},
    }


@pytest.fixture
def real_data() -> Path:
    """The folder of real data; only for tests under tests/real or marked needs_real_data."""
    return REAL
