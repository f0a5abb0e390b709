"""A real board for tests: `streamlit run app.py` on a free port, with a warehouse of the test's."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 60


@dataclass(frozen=True)
class LiveBoard:
    """A running server. `url` has no slash at its end."""

    url: str
    port: int
    process: subprocess.Popen[bytes]
    log: Path

    def said(self) -> str:
        """What the server has written so far, errors of screens included."""
        return self.log.read_text(encoding="utf-8", errors="replace")


@contextmanager
def live_board(
    warehouse: Path,
    options: Sequence[str] = (),
    *,
    script: str = "app.py",
    root: Path = ROOT,
    port: int | None = None,
    **environment: str,
) -> Iterator[LiveBoard]:
    """Start a server of its own and end it, with everything it started, when the block is left.

    options: further arguments of `streamlit run`, such as "--server.enableAgentApi=true". script:
    what is run in place of the board. root: the project, or a copy of it with other settings.
    port: one that is free, unless named.
    """
    port = port or free_port()
    with tempfile.TemporaryDirectory(prefix="board-") as folder:
        log = Path(folder) / "server.log"
        with log.open("wb") as writing:
            process = subprocess.Popen(
                [
                    *(sys.executable, "-m", "streamlit", "run", script),
                    *(f"--server.port={port}", "--server.address=127.0.0.1"),
                    *("--server.headless=true", "--server.fileWatcherType=none"),
                    *options,
                ],
                cwd=root,
                env={**os.environ, "DUNGHEN_WAREHOUSE": str(warehouse), **environment},
                stdin=subprocess.DEVNULL,
                stdout=writing,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        board = LiveBoard(f"http://127.0.0.1:{port}", port, process, log)
        try:
            _wait_until_healthy(board)
            yield board
        finally:
            _end(process)


def copied(folder: Path) -> Path:
    """A copy of the project without any figures: what an office has before it sets anything."""
    for part in ("pipeline", "pages", "scripts", "data/config", "data/locale", ".streamlit"):
        shutil.copytree(ROOT / part, folder / part, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "app.py", folder)
    (folder / ".venv").symlink_to(sys.prefix)
    return folder


def copied_with_public_board(folder: Path) -> Path:
    """A copy of the project of an office that has switched its public board on."""
    settings = copied(folder) / "data" / "config" / "board.toml"
    text = settings.read_text(encoding="utf-8").replace("is_on = false", "is_on = true", 1)
    settings.write_text(text, encoding="utf-8")
    return folder


def free_port() -> int:
    """A port of this machine that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def fetch(url: str) -> tuple[int, bytes]:
    """Status and body of a plain request, whatever the status is."""
    try:
        with urllib.request.urlopen(url, timeout=20) as answer:
            return answer.status, answer.read()
    except urllib.error.HTTPError as refused:
        return refused.code, refused.read()


def _wait_until_healthy(board: LiveBoard) -> None:
    """Health answers without running a script: the test's own request stays the first one."""
    give_up = time.monotonic() + START_SECONDS
    while time.monotonic() < give_up:
        if board.process.poll() is not None:
            break
        try:
            if fetch(f"{board.url}/_stcore/health")[0] == 200:
                return
        except OSError:
            pass  # not listening yet; asked again until START_SECONDS are over
        time.sleep(0.1)
    raise RuntimeError(f"The board did not start:\n{board.said()}")


def _end(process: subprocess.Popen[bytes]) -> None:
    for ending in (signal.SIGTERM, signal.SIGKILL):
        try:
            os.killpg(process.pid, ending)
        except ProcessLookupError:
            break
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            continue
    process.wait(timeout=10)
