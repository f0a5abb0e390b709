"""Damage in a file: whatever a library trips over becomes the one refusal that names the file."""

from __future__ import annotations

import lzma
import os
import struct
import threading
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pyarrow as pa
from lxml import etree
from python_calamine import CalamineError

from pipeline.errors import UnreadableFile
from pipeline.trouble import CLOSED, FULL

# What libraries raise over bytes that are not what they should be; found by feeding them such.
TRIPPED = (
    OSError,
    EOFError,
    ValueError,
    LookupError,
    ArithmeticError,
    NotImplementedError,
    RuntimeError,
    struct.error,
    zlib.error,
    lzma.LZMAError,
    zipfile.BadZipFile,
    pa.ArrowException,
    etree.LxmlError,
    CalamineError,
)


@contextmanager
def refused(refusal: UnreadableFile) -> Iterator[None]:
    """Raise `refusal` for damage; a full disk or a closed folder is none, and passes."""
    try:
        yield
    except TRIPPED as problem:
        if isinstance(problem, OSError) and problem.errno in FULL | CLOSED:
            raise
        raise refusal from None


@contextmanager
def refused_panic(refusal: UnreadableFile) -> Iterator[None]:
    """As `refused`, for a library in Rust that gives up on a torn file with a panic.

    A panic is no Exception, and is announced on stderr past Python; the announcement is kept back,
    because the refusal says it better.
    """
    try:
        with refused(refusal), _STDERR, _without_stderr():
            yield
    except BaseException as problem:
        if type(problem).__module__ != "pyo3_runtime":
            raise
        raise refusal from None


_STDERR = threading.Lock()  # one at a time: the stream is the whole process's


@contextmanager
def _without_stderr() -> Iterator[None]:
    try:
        kept = os.dup(2)
    except OSError:  # there is none: nothing to keep back
        yield
        return
    try:
        with Path(os.devnull).open("wb") as nowhere:
            os.dup2(nowhere.fileno(), 2)
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
