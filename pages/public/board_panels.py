"""What stands on each panel of the public board. A panel has as many pages as its rows need."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from pages.public import board_figures as figures
from pages.public.board_figures import Answers, Row
from pages.ui import wall
from pages.ui.guard import Viewer
from pages.ui.wall import Cell, Head, Said, Tile, Words
from pipeline.metrics import metric
from pipeline.settings import settings

ROWS = 7  # of a table on a screen of 1080 lines, should every name need two
NOT_SHOWN = "***"
LEVELS = {
    "very_satisfied": "good",
    "satisfied": "fine",
    "neutral": "wait",
    "dissatisfied": "soon",
    "very_dissatisfied": "late",
}

Draw = Callable[[], str]


@dataclass(frozen=True)
class Panel:
    """One subject: its key in the catalogue, and its pages, each drawn when its turn comes."""

    key: str
    pages: Callable[[Viewer, Words], list[Draw]]


def _share(numerator: int, denominator: int) -> Said:
    written = wall.numbers().number
    return Said(f"{written(numerator)} / {written(denominator)}")


def _rate(row: Row, name: str, label: Said) -> Tile:
    part, whole = row[f"{name}_numerator"], row[f"{name}_denominator"]
    return Tile(label, wall.numbers().percent(part, whole, 1), _share(part, whole))


def _index(viewer: Viewer, words: Words) -> list[Draw]:
    return [partial(_index_panel, viewer, words)]


def _index_panel(viewer: Viewer, words: Words) -> str:
    row, said = figures.summary(viewer), figures.answers(viewer)
    horizon = settings().due_soon_horizon_days
    number = wall.numbers().number
    shown = [
        _rate(row, "on_time_rate_a", words.words("public.index.on_time")),
        _rate(row, "on_time_rate_c", words.words("public.index.progress")),
        _rate(row, "online_rate", words.words("public.index.online")),
        _satisfied(viewer, words, said),
        Tile(
            _label("due_soon"),
            number(row["due_soon"]),
            words.words("public.index.within", days=horizon),
            "soon",
        ),
        Tile(
            _label("open_overdue"),
            number(row["open_overdue"]),
            words.words("public.index.of_open", n=row["open"]),
            "late",
        ),
    ]
    first = figures.year_so_far(viewer).first
    title = words.words("public.index.title", first=first)
    return wall.panel(title, wall.tiles(shown), wall.note(words.words("public.index.note")))


def _label(name: str) -> Said:
    figure = metric(name)
    return Said(figure.label_vi, figure.label_en)


def _satisfied(viewer: Viewer, words: Words, said: Answers | None) -> Tile:
    month = figures.last_month(viewer).first
    label = words.words("public.index.satisfied", month=lambda spoken: spoken.month_short(month))
    if said is None:
        few = words.words("public.satisfaction.few", n=settings().suppress_below_n)
        return Tile(label, wall.numbers().rate(None), few)
    total = said.total
    return Tile(
        label,
        wall.numbers().percent(total["satisfied_rate_numerator"], total["n"], 1),
        _of(words, total),
    )


def _of(words: Words, answers: Row) -> Said:
    """How many of how many answers, and whether those are few."""
    part, whole = answers["satisfied_rate_numerator"], answers["n"]
    if not answers["is_small_sample"]:
        return _share(part, whole)
    return words.words("public.satisfaction.small", numerator=part, n=whole)


def _units(viewer: Viewer, words: Words) -> list[Draw]:
    rows = figures.units(viewer)
    horizon = settings().due_soon_horizon_days
    title = words.words("public.units.title", days=horizon)
    if not rows:
        return [partial(_alone, title, words.words("public.units.none"))]
    number = wall.numbers().number
    heads = [
        Head(words.words("term.unit")),
        Head(_label("due_soon"), is_number=True),
        Head(_label("open_overdue"), is_number=True),
    ]
    lines: list[list[Cell]] = [
        [
            row["name"] or words.words("public.units.not_known"),
            number(row["due_soon"]),
            number(row["open_overdue"]),
        ]
        for row in rows
    ]
    return _in_pages(title, heads, lines, halves=2)


def _letters(viewer: Viewer, words: Words) -> list[Draw]:
    rows = figures.letters(viewer)
    title = words.words("public.letters.title", first=figures.year_so_far(viewer).first)
    if not rows:
        key = "none" if figures.has_letters(viewer) else "not_told"
        return [partial(_alone, title, words.words(f"public.letters.{key}"))]
    date = wall.numbers().date
    heads = [
        Head(words.words("public.letters.code")),
        Head(words.words("public.letters.promised"), is_number=True),
        Head(words.words("public.letters.new"), is_number=True),
        Head(words.words("public.letters.reason")),
        Head(words.words("public.letters.state")),
    ]
    lines: list[list[Cell]] = [
        [
            row["dossier_code"],
            date(row["promised_day"]),
            date(row["new_day"]),
            words.words(f"promises.reason.{row['reason_code']}"),
            words.words(f"public.letters.{'ended' if row['has_ended'] else 'open'}"),
        ]
        for row in rows
    ]
    below = words.words("public.letters.count", shown=len(rows), all=rows[0]["apologised"])
    return _in_pages(title, heads, lines, below=below)


def _satisfaction(viewer: Viewer, words: Words) -> list[Draw]:
    said, month = figures.answers(viewer), figures.last_month(viewer).first
    title = words.words("public.satisfaction.title", month=lambda spoken: spoken.month_short(month))
    if said is None:
        few = words.words("public.satisfaction.few", n=settings().suppress_below_n)
        return [partial(_alone, title, few)]
    pages: list[Draw] = [partial(_levels, viewer, words, said, title)]
    if len(said.units) < 2:
        return pages
    heads = [
        Head(words.words("term.unit")),
        Head(_label("satisfied_rate"), is_number=True),
        Head(words.words("public.satisfaction.of"), is_number=True),
    ]
    lines: list[list[Cell]] = [
        [
            row["name"] or words.words("public.units.not_known"),
            wall.numbers().percent(row["satisfied_rate_numerator"], row["n"], 1),
            _of(words, row),
        ]
        for row in said.units
    ]
    below = words.words(
        "public.satisfaction.left_out", units=said.left_out, n=settings().suppress_below_n
    )
    units = words.words("public.satisfaction.units", month=lambda spoken: spoken.month_short(month))
    return [
        *pages,
        *_in_pages(units, heads, lines, halves=2, below=below if said.left_out else None),
    ]


def _levels(viewer: Viewer, words: Words, said: Answers, title: Said) -> str:
    total, number = said.total, wall.numbers()
    rows = [
        (
            words.words(f"level.{level}"),
            _counted(total[level], total["n"]) if level not in said.hidden_levels else NOT_SHOWN,
            total[level] / total["n"] if level not in said.hidden_levels else 0.0,
            colour,
        )
        for level, colour in LEVELS.items()
    ]
    tile = Tile(
        _label("satisfied_rate"),
        number.percent(total["satisfied_rate_numerator"], total["n"], 1),
        _of(words, total),
    )
    parts = wall.side_by_side(wall.tiles([tile]), wall.bars(rows))
    note = words.words("public.satisfaction.note", n=settings().suppress_below_n)
    return wall.panel(title, parts, wall.note(note))


def _counted(part: int, whole: int) -> str:
    number = wall.numbers()
    return f"{number.percent(part, whole, 1)} ({number.number(part)})"


def _in_pages(
    title: Said,
    heads: Sequence[Head],
    lines: list[list[Cell]],
    *,
    halves: int = 1,
    rows: int = ROWS,
    below: Said | None = None,
) -> list[Draw]:
    """A table cut into pages of so many rows, `halves` tables beside each other on each."""
    size = rows * halves
    starts = range(0, len(lines), size)
    return [partial(_page, title, heads, lines[at : at + size], rows, below) for at in starts]


def _page(
    title: Said, heads: Sequence[Head], lines: list[list[Cell]], rows: int, below: Said | None
) -> str:
    parts = [lines[at : at + rows] for at in range(0, len(lines), rows)]
    table = wall.tables(heads, parts, about=title.first)
    return wall.panel(title, table, *([wall.note(below)] if below else []))


def _alone(title: Said, said: Said) -> str:
    return wall.panel(title, wall.note(said))


PANELS = (
    Panel("index", _index),
    Panel("units", _units),
    Panel("letters", _letters),
    Panel("satisfaction", _satisfaction),
)
