"""Biểu II.07: how many procedures are in force, by group, and how many are done at the centre.

Query: procedures_in_force. Groups are agencies that forms.toml counts together; the rest stand with
the level of the procedure. The share "4 tại chỗ" is always one of every procedure in force.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pipeline.reports.forms import Form, forms
from pipeline.reports.workbook import A4, FACE, new_book
from pipeline.settings import settings
from pipeline.text import json_text
from pipeline.wording import Wording

Row = Mapping[str, Any]
COUNTS = ("procedure_n", "on_the_spot_n", "online_full_n", "online_partial_n")
LEVELS = ("ministry", "province", "district", "commune", "other")


@dataclass(frozen=True)
class Group:
    """One line: an id of procedure_groups, a level, or 'other', and its counts."""

    id: str
    counts: Mapping[str, int]
    agencies: tuple[Row, ...]


def grouped(rows: Sequence[Row]) -> list[Group]:
    """Rows of `procedures_in_force` by group, levels first, each with its agencies."""
    parts: dict[str, list[Row]] = {}
    for row in rows:
        parts.setdefault(_group(row), []).append(row)
    order = [*LEVELS, *(one.id for one in forms().procedure_groups)]
    return [
        Group(
            key, {name: sum(row[name] for row in parts[key]) for name in COUNTS}, tuple(parts[key])
        )
        for key in sorted(parts, key=order.index)
    ]


def total(groups: Sequence[Group], name: str) -> int:
    """One count of all groups together."""
    return sum(group.counts[name] for group in groups)


def label(group: str, words: Wording) -> str:
    """What a group is called: its configured name, or its level's."""
    configured = next((one for one in forms().procedure_groups if one.id == group), None)
    return configured.label(words.language) if configured else words(f"agency_level.{group}")


def _group(row: Row) -> str:
    named = next(
        (one.id for one in forms().procedure_groups if one.holds(None, row["agency_name"])), None
    )
    level = (row["agency_level"] or "other").split(",")[0].strip()
    return named or (level if level in LEVELS else "other")


def as_json(form: Form, groups: Sequence[Group], as_of: datetime, words: Wording) -> bytes:
    """The form as one JSON document."""
    version = form.version(as_of.date())
    document = {
        "label": version.label,
        "legal_basis": version.legal_basis,
        "as_of": as_of.isoformat(),
        "groups": [{"id": one.id, "name": label(one.id, words), **one.counts} for one in groups],
        "total": {name: total(groups, name) for name in COUNTS},
        "on_the_spot_rate": _share(total(groups, "on_the_spot_n"), total(groups, "procedure_n")),
    }
    return f"{json_text(document)}\n".encode()


def workbook(form: Form, groups: Sequence[Group], as_of: datetime, words: Wording) -> bytes:
    """The form as XLSX for A4 landscape: a line per group and agency, shares with both numbers."""
    version = form.version(as_of.date())
    with new_book() as (book, target):
        page = book.sheet(words("reports.ii07.sheet"))
        page.set_landscape()
        page.set_paper(A4)
        page.fit_to_pages(1, 0)
        notes = [
            f"{version.label} ({version.legal_basis})",
            settings().office.name(words.language),
            words("moment.as_of", at=words.as_of(as_of)),
            words(
                "reports.ii07.sum",
                whole=total(groups, "procedure_n"),
                parts=equation(groups, words),
            ),
        ]
        line = book.lines(page, form.title(words.language), notes)
        heads = ["number", "agency", *COUNTS, "share"]
        texts = [words(f"reports.ii07.column.{head}") for head in heads]
        book.heading(page, line, texts, [6, 48, 14, 14, 14, 14, 14])
        page.repeat_rows(line)
        percent = book.form(FACE | {"num_format": "0.00%", "border": 1})
        for order, one in enumerate(groups, start=1):
            line += 1
            values = [order, label(one.id, words), *one.counts.values()]
            book.row(page, line, values, is_bold=True)
            _write_share(page, line, one.counts, percent)
            for row in one.agencies:
                line += 1
                named = row["agency_name"] or words("reports.no_unit")
                book.row(page, line, [None, named, *(row[name] for name in COUNTS)])
                _write_share(page, line, row, percent)
        line += 1
        sums = {name: total(groups, name) for name in COUNTS}
        book.row(page, line, [None, words("reports.total"), *sums.values()], is_bold=True)
        _write_share(page, line, sums, percent)
    return target.getvalue()


def equation(groups: Sequence[Group], words: Wording) -> str:
    """The sum of the groups as a report prints it: "1.191 + 25 + 14 + 19"."""
    return " + ".join(words.number(one.counts["procedure_n"]) for one in groups)


def _write_share(page: Any, line: int, counts: Mapping[str, Any], percent: Any) -> None:
    share = _share(counts["on_the_spot_n"], counts["procedure_n"])
    if share is not None:
        page.write_number(line, 2 + len(COUNTS), share, percent)


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None
