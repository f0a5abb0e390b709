"""An ingest in a process of its own that dies at a chosen moment, as if the power had failed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.conftest import ROOT

# stage -> what appears below the warehouse when the ingest has come so far; * stands for any name
STAGES = {
    "a folder is being landed": "landing/.working-*",
    "a batch is landed": "landing/[!.]*/manifest.json",
    "a snapshot is being built": "snapshots/.building-*",
    "a snapshot is finished": "snapshots/[!.]*.duckdb",
    "the pointer is about to move": ".current-*",
}
# Stops where a person would pull the plug: at the first sight of a name, before anything follows.
KILLED = """
import os, signal, sys
from pathlib import Path
from pipeline.cli import main

warehouse, pattern, before = Path(sys.argv[1]), sys.argv[2], set(sys.argv[3].split("|"))

def watch(event, arguments):
    if event not in ("os.mkdir", "os.rename", "open", "shutil.copyfile", "shutil.rmtree"):
        return
    if {str(found) for found in warehouse.glob(pattern)} - before:
        os.kill(os.getpid(), signal.SIGKILL)

sys.addaudithook(watch)
main(["ingest", sys.argv[4], "--source", "igate", "--warehouse", str(warehouse)])
"""


def killed_at(pattern: str, file: Path, warehouse: Path) -> int:
    """Ingest `file` in a process of its own that dies once a new `pattern` is there; its status."""
    before = "|".join(str(found) for found in warehouse.glob(pattern))
    done = subprocess.run(
        [sys.executable, "-c", KILLED, str(warehouse), pattern, before, str(file)],
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    return done.returncode
