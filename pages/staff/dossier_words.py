"""Values of a dossier as a reader would write them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from pipeline.wording import Wording


def written(words: Wording, value: str | None) -> str:
    """A changed value: a moment as people write it, a word of a vocabulary, else as it is."""
    if value is None:
        return words.written(None)
    try:
        return words.moment(datetime.fromisoformat(value))
    except ValueError:
        pass  # not a moment: a name, a status, a code
    for vocabulary in ("status", "channel"):
        if f"{vocabulary}.{value}" in words:
            return words(f"{vocabulary}.{value}")
    return value


def status(words: Wording, dossier: Mapping[str, Any]) -> str:
    """Its status; what a later file knows has not happened yet at an earlier moment."""
    knows_later = dossier["phase"] == "open" and dossier["outcome"] != "open"
    return words("phase.open") if knows_later else words(f"status.{dossier['status']}")
