"""The rows of the query `dossier_clock` in words: results, sentences, lines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, time
from typing import Any

from pages.ui.text import escaped
from pipeline.wording import END_OF_DAY, Wording

Row = Mapping[str, Any]
Texts = dict[str, str]


class Bases:
    """The rules behind what is shown, each once, numbered in the order in which they are met."""

    def __init__(self) -> None:
        self._rules: dict[tuple[str, str], dict[str, str | None]] = {}

    def marked(self, said: str, row: Row) -> str:
        """A text with the numbers of its rules."""
        marks = []
        for prefix, name in (("", "legal_basis"), ("index_", "index_basis")):
            if row[name]:
                rule = (row[name], row[f"{prefix}confidence"])
                notes = {one: row[f"{prefix}note_{one}"] for one in ("vi", "en")}
                known = self._rules.setdefault(rule, notes)
                known.update({one: note for one, note in notes.items() if note})
                marks.append(f"[{list(self._rules).index(rule) + 1}]")
        return f"{said} :gray[{escaped(' '.join(marks))}]" if marks else said

    def listed(self, words: Wording) -> Iterator[str]:
        """One line per rule: its number, the law, how sure that is, and what to know about it."""
        for number, ((basis, confidence), notes) in enumerate(self._rules.items(), start=1):
            told = words(f"clock.confidence.{confidence}")
            said = words("clock.basis", number=str(number), basis=basis, confidence=told)
            yield escaped(" · ".join(part for part in (said, notes[words.language]) if part))


def result(words: Wording, row: Row, bases: Bases) -> Texts:
    """One way of counting: what it comes to, from when, and by which rule."""
    clock = "law" if row["kind"] == "law" else "index"
    used, left, unit = row[f"{clock}_used"], row[f"{clock}_left"], _counts_in(row)
    if row["kind"] == "promise":
        used, left, unit = None, row["amount"], row["amount_unit"]
    kind, verdict = row["kind"], row["verdict"]
    said_used, said_left = _used(words, row, used), _left(words, left, unit)
    if verdict == "unknown" and used is not None:  # a wait of unknown length is among it
        said_used, said_left = words("clock.used.at_most", used=said_used), ""
    return {
        "clock": bases.marked(f"**{words(f'clock.name.{kind}')}**", row),
        "verdict": f"**{words(f'clock.verdict.{verdict}')}**",
        "due": _moment(words, row["due_at"]) if row["due_at"] else "",
        "used": said_used,
        "left": said_left,
        "since": words.moment(row["at"]),
    }


def line(words: Wording, row: Row, bases: Bases) -> Texts:
    """One line: when, what, and what both clocks did and showed."""
    return {
        "at": _at(words, row["at"]),
        "said": bases.marked(_said(words, row), row),
        "law": _cell(words, row, "law"),
        "index": _cell(words, row, "index"),
    }


def sentences(words: Wording, checks: Sequence[Row], differences: Sequence[Row]) -> Iterator[str]:
    """What the appointment agrees with, then why the two clocks differ."""
    for row in checks:
        differs, kind = row["promise_differs"] or 0, row["kind"]
        if kind == "nothing":
            kind = "later" if differs > 0 else "earlier"
        yield words(
            f"clock.check.{kind}",
            due=_moment(words, row["due_at"]),
            expected=_moment(words, row["was_due_at"]),
            since=words.moment(row["at"]),
            amount=_amount(words, differs, row["amount_unit"]),
        )
    for row in differences:
        unit, amount = row["amount_unit"], row["amount"]
        yield words(
            f"clock.difference.{row['kind']}",
            amount=_amount(words, amount, unit) if unit else _number(words, amount or 0),
            law=_does(words, row["law_does"]),
            index=_does(words, row["index_does"]),
        )


def _said(words: Wording, row: Row) -> str:
    unit = "working_day" if row["kind"] == "promise_moved" else _counts_in(row)
    counts = row["kind"] in ("counted", "promise_moved")
    amount = row["amount"] or 0
    said = words(
        f"clock.line.{row['kind']}",
        due=_moment(words, row["due_at"]),
        was=_moment(words, row["was_due_at"]),
        amount=_amount(words, amount, unit) if counts else _number(words, amount),
        limit=_limit(words, row),
        detail=escaped(row["detail"]) if row["detail"] else None,
        skipped=_skipped(words, row),
    )
    known = f"clock.known.{row['known']}"
    return words(known, said=said) if known in words else said


def _cell(words: Wording, row: Row, clock: str) -> str:
    does, used, left = row[f"{clock}_does"], row[f"{clock}_used"], row[f"{clock}_left"]
    if does is None:
        return ""
    shown = "did" if used is None else "shown"
    if used is not None and left is not None:
        shown = "shown_left" if left >= 0 else "shown_over"
    return words(
        f"clock.cell.{shown}",
        does=_does(words, does),
        used=_number(words, used or 0, _counts_in(row)),
        left=_number(words, abs(left or 0), _counts_in(row)),
    )


def _used(words: Wording, row: Row, used: float | None) -> str:
    if used is None:
        return ""
    if row["limit_value"] is None:
        return _amount(words, used, "working_day")
    in_other_unit = row["limit_unit"] == "month"
    shown = _amount(words, used, "day") if in_other_unit else _number(words, used, _counts_in(row))
    return words("clock.used.of", used=shown, limit=_limit(words, row))


def _left(words: Wording, left: float | None, unit: str) -> str:
    if left is None:
        return ""
    if not left:
        return words("clock.left.none")
    return words(f"clock.left.{'left' if left > 0 else 'over'}", amount=_amount(words, left, unit))


def _skipped(words: Wording, row: Row) -> str:
    """The days off that were not counted, by name, and Saturdays that were."""
    days = [
        words(
            f"clock.skipped.{one['reason']}",
            n=one["days"],
            name=one[f"name_{words.language}"],
            days=_days(words, one),
        )
        for one in row["skipped"] or []
    ]
    if not days:
        return ""
    every_day_counts = row["limit_unit"] in ("day", "month")
    kind = "moved" if every_day_counts else "left_out"
    return " " + words(f"clock.skipped.{kind}", days="; ".join(days))


def _days(words: Wording, skipped: Row) -> str:
    first, last = skipped["first"], skipped["last"]
    if first == last:
        return words.date(first)
    return words("clock.from_to", first=words.date(first), last=words.date(last))


def _at(words: Wording, at: datetime | None) -> str:
    """When it happened; midnight is a day of which no hour is told."""
    if at is None:
        return ""
    return words.date(at.date()) if at.time() == time.min else words.moment(at)


def _moment(words: Wording, at: datetime | None) -> str:
    """A due moment; of a whole day the day."""
    if at is not None and at.time() == END_OF_DAY:
        return words.date(at.date())
    return words.moment(at)


def _counts_in(row: Row) -> str:
    """The unit that used and left are in."""
    unit: str = row["limit_unit"] or "working_day"
    return "day" if unit == "month" else unit


def _limit(words: Wording, row: Row) -> str | None:
    if row["limit_value"] is None:
        return None
    if not row["limit_value"]:
        return words("clock.amount.same_day")
    return _amount(words, row["limit_value"], row["limit_unit"])


def _amount(words: Wording, amount: float, unit: str) -> str:
    """An amount with its unit; hours that are not whole with their minutes."""
    if unit == "hour" and amount != int(amount):
        return _number(words, abs(amount), unit)
    return words(f"clock.amount.{unit}", n=_whole(abs(amount)))


def _number(words: Wording, amount: float, unit: str = "") -> str:
    """An amount alone, where its unit is plain; of hours what a clock shows."""
    if unit != "hour":
        return words.written(_whole(amount))
    hours, minutes = divmod(round(amount * 60), 60)
    said = [words("clock.amount.hour_short", n=hours)] if hours or not minutes else []
    said += [words("clock.amount.minute", n=minutes)] if minutes else []
    if len(said) == 1:
        return said[0]
    return words("clock.amount.hour_and_minute", hours=said[0], minutes=said[1])


def _whole(amount: float) -> float | int:
    return int(amount) if amount == int(amount) else amount


def _does(words: Wording, effect: str | None) -> str | None:
    return words(f"clock.does.{effect}") if effect else None
