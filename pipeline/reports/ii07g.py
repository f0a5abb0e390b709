"""Biểu II.07g: why dossiers are late, a line per unit and a column per kind of reason.

Query: late_reasons. Reasons are those of the letters of apology; dossiers without a letter, and
letters that give none, have columns of their own, so that the lines add up to all late dossiers.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from pipeline.periods import Period
from pipeline.promises import REASONS
from pipeline.reports.forms import Form
from pipeline.reports.workbook import A4, new_book
from pipeline.settings import settings
from pipeline.text import json_text
from pipeline.wording import Wording

Row = Mapping[str, Any]
COLUMNS = (*REASONS, "other", "not_given", "no_letter")


def by_unit(rows: Sequence[Row], words: Wording) -> list[tuple[str, dict[str, int]]]:
    """Units by name with their late dossiers per kind of reason, most late dossiers first."""
    found: dict[str, dict[str, int]] = {}
    for row in rows:
        name = row["unit_name"] or words("reports.no_unit")
        counts = found.setdefault(name, dict.fromkeys(COLUMNS, 0))
        counts[row["reason_code"]] += row["late_n"]
    return sorted(found.items(), key=lambda pair: (-sum(pair[1].values()), pair[0]))


def as_json(
    form: Form, rows: Sequence[Row], period: Period, as_of: datetime, words: Wording
) -> bytes:
    """The form as one JSON document."""
    version = form.version(period.last)
    units = by_unit(rows, words)
    document = {
        "label": version.label,
        "legal_basis": version.legal_basis,
        "period": period.key,
        "as_of": as_of.isoformat(),
        "units": [{"name": name, "late": sum(n.values()), "reasons": n} for name, n in units],
        "total": _total(units),
    }
    return f"{json_text(document)}\n".encode()


def workbook(
    form: Form, rows: Sequence[Row], period: Period, as_of: datetime, words: Wording
) -> bytes:
    """The form as XLSX for A4 landscape; a true nought is printed."""
    version = form.version(period.last)
    units = by_unit(rows, words)
    with new_book() as (book, target):
        page = book.sheet(words("reports.ii07g.sheet"))
        page.set_landscape()
        page.set_paper(A4)
        page.fit_to_pages(1, 0)
        notes = [
            f"{version.label} ({version.legal_basis})",
            settings().office.name(words.language),
            period.label(words.language),
            words("moment.as_of", at=words.as_of(as_of)),
        ]
        line = book.lines(page, form.title(words.language), notes)
        heads = [words("reports.ii06.heading.1"), words("term.unit"), words("reports.ii07g.late")]
        texts = [*heads, *(words(f"promises.reason.{name}") for name in COLUMNS)]
        book.heading(page, line, texts, [6, 44, 10, *[12] * len(COLUMNS)])
        page.set_row(line, 48)
        page.repeat_rows(line)
        for order, (name, counts) in enumerate(units, start=1):
            line += 1
            book.row(page, line, [order, name, sum(counts.values()), *counts.values()])
        line += 1
        total = _total(units)
        values = [None, words("reports.total"), sum(total.values()), *total.values()]
        book.row(page, line, values, is_bold=True)
    return target.getvalue()


def _total(units: Sequence[tuple[str, Mapping[str, int]]]) -> dict[str, int]:
    return {name: sum(counts[name] for _, counts in units) for name in COLUMNS}
