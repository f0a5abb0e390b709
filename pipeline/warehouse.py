"""One snapshot, opened for reading: a cursor per viewer, on which only the viewer's rows exist.

Every snapshot is a file of its own name that nobody writes any more, attached read-only to an
in-memory connection; after that the connection can reach no other file and no setting can change.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType

import duckdb

from pipeline import access, publish, statements
from pipeline.errors import Refused
from pipeline.scope import Scope

THREADS = 2  # per snapshot: an office server has few cores and many viewers
MEMORY = "2GiB"
IDLE_CURSORS = 8  # kept per scope: preparing one costs some twenty views


class Snapshot:
    """A published snapshot. Safe to share between threads; every query takes its own cursor.

    id: name of the snapshot. path: its file. meta: its facts (built_at, data_at, ...), text by key.
    """

    def __init__(self, path: Path) -> None:
        self.id = path.stem
        self.path = path
        self._lock = threading.Lock()
        self._idle: dict[Scope, list[duckdb.DuckDBPyConnection]] = {}
        self._connection = duckdb.connect(
            ":memory:", config={"threads": THREADS, "memory_limit": MEMORY}
        )
        try:
            attach(self._connection, path)
            rows = statements.run(self._connection, "core/meta_attached").fetchall()
        except duckdb.Error as error:
            raise Refused("error.snapshot.unreadable", id=self.id) from error
        self.meta: Mapping[str, str] = MappingProxyType(dict(rows))

    @contextmanager
    def cursor(self, scope: Scope) -> Iterator[duckdb.DuckDBPyConnection]:
        """A cursor with views of the tables, holding what `scope` may see, and the macros.

        Raises Refused for an unknown role or a snapshot that another version of the board made and
        this one cannot read, OutOfScope for a unit that is not in the snapshot.
        """
        cursor = self._take(scope)
        try:
            yield cursor
        except BaseException:
            cursor.close()  # a result half read, an interrupt: its state is nobody's to guess
            raise
        with self._lock:
            idle = self._idle.setdefault(scope, [])
            if len(idle) < IDLE_CURSORS:
                idle.append(cursor)
                return
        cursor.close()

    def refuse_unknown_units(self, scope: Scope) -> None:
        """Raises OutOfScope for a unit of the scope that is not there, Refused for namesakes."""
        with self.cursor(scope):
            pass

    def _take(self, scope: Scope) -> duckdb.DuckDBPyConnection:
        with self._lock:
            idle = self._idle.get(scope)
            if idle:
                return idle.pop()
            cursor = self._connection.cursor()
        try:
            access.prepare(cursor, scope)
        except duckdb.ProgrammingError:
            cursor.close()
            self.refuse_other_version()
            raise
        except BaseException:
            cursor.close()
            raise
        return cursor

    def refuse_other_version(self) -> None:
        """To be called where a statement does not fit the tables: Refused if that is why."""
        if self.meta.get("build_version") != statements.build_version():
            raise Refused("error.snapshot.other_version", id=self.id)

    def close(self) -> None:
        """Let the file go; a page still reading gets an error, so close only what is replaced."""
        with self._lock:
            for cursors in self._idle.values():
                for cursor in cursors:
                    cursor.close()
            self._idle.clear()
            self._connection.close()


def attach(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    """Attach a snapshot as `wh`, then lock every door: no other file, no changed setting."""
    connection.execute("attach $path as wh (read_only)", {"path": str(path)})
    connection.execute("set enable_external_access = false")
    connection.execute("set lock_configuration = true")


def open_snapshot(warehouse: Path) -> Snapshot | None:
    """The snapshot that `warehouse` shows now, or None where nothing has been published.

    Raises Refused when the pointer names a file that is missing, damaged or no snapshot.
    """
    current = publish.current(warehouse)
    if current is None:
        return None
    path = publish.path_of(warehouse, current)
    if not path.is_file():
        raise Refused("error.snapshot.missing", id=current, folder=warehouse)
    return Snapshot(path)
