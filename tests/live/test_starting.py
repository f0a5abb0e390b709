"""The first start of a fresh clone: a demo, made once, whatever comes between; never among figures
of a real office.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pipeline import publish
from tests.conftest import ROOT
from tests.live.board import fetch, free_port
from tests.unit.ingested import asked, dossier, export, rows

DOSSIERS = "500"
PATIENCE = 60  # seconds for what takes a few; a wait, not a measurement


def starting(clone: Path, step: str = "if-empty") -> subprocess.Popen[str]:
    """What `make run` and `make demo` do before the board, in a session of its own."""
    return subprocess.Popen(
        [sys.executable, "scripts/demo.py", step, "data/warehouse", DOSSIERS],
        cwd=clone,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def ended(process: subprocess.Popen[str]) -> tuple[int, str]:
    """Exit status, and what was said."""
    _, said = process.communicate(timeout=PATIENCE)
    return process.returncode, said


def wait_for(first: subprocess.Popen[Any], happened: Callable[[], bool]) -> None:
    """Wait until a start has come so far."""
    while not happened():
        assert first.poll() is None, "it was over before it came so far"
        time.sleep(0.02)


def dossiers(warehouse: Path) -> int:
    (found,) = rows(warehouse, "select count(*) from dossier")
    return int(found[0])


def take_in_real_rows(clone: Path) -> Path:
    """A warehouse with one row of a real office; returns its folder."""
    warehouse = clone / "data" / "warehouse"
    file = export(clone / "list.csv", dossier("A-1"))
    command = ["ingest", str(file), "--source", "igate", "--warehouse", str(warehouse)]
    subprocess.run(
        [sys.executable, "-m", "pipeline", *command], cwd=ROOT, check=True, capture_output=True
    )
    return warehouse


def test_a_first_start_that_is_killed_twice_and_begun_twice_makes_one_demo(clone: Path) -> None:
    warehouse, inbox = clone / "data" / "warehouse", clone / "data" / "inbox"
    first = starting(clone)
    wait_for(first, lambda: any(inbox.glob(".demo-growing/*/*/*")))
    os.kill(first.pid, signal.SIGKILL)  # what it called goes on writing, without a parent

    second = starting(clone)
    wait_for(second, lambda: any(warehouse.glob("landing/[!.]*/manifest.json")))
    os.killpg(second.pid, signal.SIGKILL)
    assert publish.current(warehouse) is None

    both = [starting(clone), starting(clone)]
    said = [ended(process) for process in both]

    assert [status for status, _ in said] == [0, 0], said
    assert sum("Loading the demo" in text for _, text in said) == 1
    assert [text for _, text in said if "Traceback" in text or "Inventing" in text] == []
    assert dossiers(warehouse) > int(DOSSIERS) * 0.9
    assert len(publish.snapshots(warehouse)) == 1
    assert all(batch["is_invented"] for batch in asked(warehouse, "ledger"))
    assert [*inbox.iterdir()] == [inbox / "demo"]
    for killed in (first, second):
        assert ended(killed)[0] == -signal.SIGKILL


@pytest.mark.parametrize(("step", "expected"), [("if-empty", 0), ("renew", 1)])
def test_real_figures_are_never_joined_by_invented_ones(
    clone: Path, step: str, expected: int
) -> None:
    warehouse = take_in_real_rows(clone)
    shown = publish.current(warehouse)

    status, said = ended(starting(clone, step))

    assert status == expected
    assert ("holds figures that are not the demo's" in said) == (step == "renew")
    assert publish.current(warehouse) == shown
    assert not (clone / "data" / "inbox").exists()


def test_a_port_that_is_taken_is_named_and_nothing_is_started(clone: Path) -> None:
    take_in_real_rows(clone)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        done = subprocess.run(
            ["scripts/serve.sh", "127.0.0.1", port, "data/warehouse"],
            cwd=clone,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )

    assert done.returncode == 1
    (sentence,) = done.stderr.splitlines()
    assert f"127.0.0.1:{port}" in sentence
    assert "make run PORT=" in sentence
    assert "Streamlit" not in done.stdout


def test_a_board_starts_beside_a_running_ingest_with_the_figures_that_are_there(
    clone: Path,
) -> None:
    warehouse = take_in_real_rows(clone)
    port = free_port()
    with publish.writing(warehouse), (clone / "log").open("w") as log:
        board = subprocess.Popen(
            ["scripts/serve.sh", "127.0.0.1", str(port), "data/warehouse"],
            cwd=clone,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
        try:
            wait_for(board, lambda: is_healthy(port))
        finally:
            os.killpg(board.pid, signal.SIGKILL)
            board.wait()

    said = (clone / "log").read_text(encoding="utf-8")
    assert "The board starts with the figures that are there." in said
    assert "Traceback" not in said


def is_healthy(port: int) -> bool:
    try:
        return fetch(f"http://127.0.0.1:{port}/_stcore/health")[0] == 200
    except OSError:
        return False  # not listening yet
