"""What the README tells a newcomer to type, typed."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.conftest import ROOT

FENCE = re.compile(r"^```[^\n]*\n(.*?)^```", re.MULTILINE | re.DOTALL)
BLOCKS = [
    lines
    for block in FENCE.findall((ROOT / "README.md").read_text(encoding="utf-8"))
    if (lines := [line for line in block.splitlines() if line.startswith(".venv/bin/python ")])
]


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: block[0].split()[3])
def test_the_commands_of_the_readme_do_what_they_say(
    block: list[str], clone: Path, demo_warehouse: Path, demo_exports: Path
) -> None:
    shutil.copytree(demo_warehouse, clone / "data" / "warehouse")
    shutil.copy(max(demo_exports.rglob("DS_HoSo*.xlsx")), clone / "export.xlsx")

    for command in block:
        done = subprocess.run(
            command.split(), cwd=clone, capture_output=True, text=True, check=False
        )

        assert done.returncode == 0, f"{command}: {done.stderr}"
        written = re.search(r"--out (\S+)", command)
        assert (clone / written[1]).stat().st_size > 0 if written else done.stdout.strip()
        assert "Traceback" not in done.stderr


def test_the_readme_has_commands_to_type() -> None:
    assert sum(map(len, BLOCKS)) >= 6
