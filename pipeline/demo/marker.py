"""The small file beside demo exports that says: invented, with what seed, and what was planted."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

from pipeline.errors import Refused
from pipeline.invented import MARKER

NAME = MARKER


def write(folder: Path, content: dict[str, Any]) -> None:
    """Write the marker into a folder and into every folder below it."""
    text = json.dumps(content, ensure_ascii=False, indent=2) + "\n"
    for place in [folder, *sorted(p for p in folder.rglob("*") if p.is_dir())]:
        (place / NAME).write_text(text, encoding="utf-8")


def read(folder: Path) -> dict[str, Any]:
    """The marker's content: province, seed, as_of, dossiers, exports, planted, files."""
    content: dict[str, Any] = json.loads((folder / NAME).read_text(encoding="utf-8"))
    return content


def make_room(out: Path) -> None:
    """Empty a folder of an earlier demo; raises Refused where anything else lies in it."""
    if not out.exists():
        return
    if not out.is_dir():
        raise Refused("error.demo.is_a_file", path=out)
    if not any(out.iterdir()):
        return
    if not (out / NAME).is_file():
        raise Refused("error.demo.other_files", path=out)
    for export in read(out)["exports"]:
        # A name out of a file is not followed anywhere else.
        shutil.rmtree(out / Path(export).name, ignore_errors=True)
    (out / NAME).unlink()
