"""A queue as plain text for a chat group: codes, procedures and days, never a person.

A chat leaves the office's hands: names and telephones stay out whatever the viewer may see.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from pipeline.settings import settings
from pipeline.text import squeeze
from pipeline.wording import Wording

Row = Mapping[str, Any]
MOST_LINES = 30  # what a person still reads on a telephone


def queue_text(
    words: Wording, rows: Sequence[Row], *, title: str, unit: str, as_of: datetime, total: int
) -> str:
    """The rows of the query `queue` as text.

    title: what the list holds. unit: whose it is; each row names its own where they differ. total:
    how many dossiers there are; what the rows or the lines leave out is said at the end.
    """
    lines = [
        words("messages.head", unit=_one_line(unit)),
        f"{_one_line(title)} · {words('moment.as_of', at=words.as_of(as_of))}",
        "",
    ]
    if not rows:
        return "\n".join([*lines, words("messages.nothing")]) + "\n"
    shown = rows[:MOST_LINES]
    are_of_several = len({row["unit_id"] for row in shown}) > 1
    for number, row in enumerate(shown, start=1):
        whose = settings().shortened(row["unit_name"] or "") if are_of_several else None
        parts = [row["dossier_code"], whose, row["procedure_name"], _promise(words, row)]
        lines.append(f"{number}. " + " · ".join(_one_line(part) for part in parts if part))
    if total > len(shown):
        lines.append(words("messages.more", n=total - len(shown)))
    return "\n".join(lines) + "\n"


def _promise(words: Wording, row: Row) -> str:
    state = row["open_state"]
    if state in ("waiting", "no_due"):
        return words("messages.waiting" if state == "waiting" else "messages.no_due")
    due = words("messages.due", day=row["due_at"].date())
    if state == "overdue":
        n = row["days_over"]
        return f"{due}, " + (words("messages.over", n=n) if n else words("messages.over_today"))
    n = row["days_left"]
    return f"{due}, " + (words("messages.left", n=n) if n else words("messages.today"))


def _one_line(text: object) -> str:
    return squeeze(str(text)) or ""
