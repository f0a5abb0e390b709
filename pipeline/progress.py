"""Progress of long work: bars on a terminal, plain lines elsewhere, always on stderr.

stdout belongs to results: `--json` prints one document there and nothing else.
"""

from __future__ import annotations

import sys
from types import TracebackType
from typing import Any, Protocol, Self, TextIO

from rich.console import Console
from rich.progress import BarColumn, SpinnerColumn, TaskID, TextColumn, TimeElapsedColumn
from rich.progress import Progress as Bars

from pipeline.errors import Refused
from pipeline.sources import Source
from pipeline.wording import Wording


class Progress(Protocol):
    """Told what is being done, and how far it is."""

    def step(self, key: str, /, **values: Any) -> None:
        """A new piece of work begins: the key of what it is called, and the values that needs."""

    def advance(self, done: int, total: int | None) -> None:
        """`done` of `total` of the current step; total is None while nobody knows."""


class SilentProgress:
    """Says nothing: for whoever does not watch."""

    def step(self, key: str, /, **values: Any) -> None:
        """Nothing."""

    def advance(self, done: int, total: int | None) -> None:
        """Nothing."""


class PlainProgress:
    """One line per step, for logs and schedulers."""

    def __init__(self, words: Wording, stream: TextIO | None = None) -> None:
        self._words = words
        self._stream = stream or sys.stderr

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Nothing to clear."""

    def step(self, key: str, /, **values: Any) -> None:
        """A line with the step's name."""
        self._stream.write(f"{_said(self._words, key, values)}\n")
        self._stream.flush()

    def advance(self, done: int, total: int | None) -> None:
        """Nothing: a log is no place for a moving figure."""


class RichProgress:
    """A bar per step; a context manager that clears the terminal's live area at the end."""

    def __init__(self, words: Wording, console: Console | None = None) -> None:
        self._words = words
        self._bars = Bars(
            SpinnerColumn(),
            TextColumn("{task.description}", markup=False),  # a file may be called [red]
            BarColumn(),
            TimeElapsedColumn(),
            console=console or Console(stderr=True),
            transient=True,
        )
        self._task: TaskID | None = None

    def __enter__(self) -> Self:
        self._bars.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._bars.stop()

    def step(self, key: str, /, **values: Any) -> None:
        """The bar of the step before goes, the next one comes."""
        if self._task is not None:
            self._bars.remove_task(self._task)
        self._task = self._bars.add_task(_said(self._words, key, values), total=None)

    def advance(self, done: int, total: int | None) -> None:
        """Move the current bar."""
        if self._task is not None:
            self._bars.update(self._task, completed=done, total=total)


def _said(words: Wording, key: str, values: dict[str, Any]) -> str:
    """The step in words; a source is called as the language calls it."""
    said = words(
        key,
        **{name: _spoken(value, words) for name, value in values.items()},
    )
    return " ".join(said.split())  # one line, whatever a file is called


def _spoken(value: Any, words: Wording) -> Any:
    if isinstance(value, Source):
        return value.label(words.language)
    return value.said(words) if isinstance(value, Refused) else value


def progress_for(words: Wording, stream: TextIO | None = None) -> RichProgress | PlainProgress:
    """Bars where a person watches the stream (stderr unless named), lines otherwise."""
    stream = stream or sys.stderr
    return RichProgress(words) if stream.isatty() else PlainProgress(words, stream)
