"""Members of .gz and .zip files, unpacked one by one into a folder of ours.

A member's own path is a name to show, never a place to write to. What unpacks to far more than an
export can hold is refused before it fills the disk.
"""

from __future__ import annotations

import gzip
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from pipeline.errors import UnreadableFile
from pipeline.readers.damage import refused
from pipeline.readers.table import Skipped, SkipReason

MOST_MEMBERS = 2_000
MOST_BYTES = 32 * 1024**3  # of one archive, unpacked
FREE_BYTES = 512 * 1024**2  # below this no ratio is suspicious
MOST_RATIO = 250  # unpacked to packed; text of exports reaches 30
_BLOCK = 1 << 20
_SYSTEM = frozenset({"thumbs.db", "ehthumbs.db", "desktop.ini"})
_IS_UTF8 = 0x800
_IS_ENCRYPTED = 0x1


def gunzipped(path: Path, name: str, folder: Path) -> tuple[Path, str]:
    """The one member of a .gz: where it was unpacked, and its name ('x.csv' of 'x.csv.gz')."""
    inner = name.removesuffix(".gz") if name.lower().endswith(".gz") else name
    out = folder / _plain_name("0000", inner)
    with (
        refused(UnreadableFile("error.file.archive_damaged", file=name)),
        gzip.open(path) as packed,
    ):
        _copy(packed, out, name, path.stat().st_size, 0)
    return out, inner


def unzipped(
    path: Path, name: str, folder: Path, skipped: list[Skipped]
) -> Iterator[tuple[Path, str]]:
    """Members of a .zip as (where unpacked, 'x.zip/inner.csv'), in the archive's order."""
    damaged = UnreadableFile("error.file.archive_damaged", file=name)
    with refused(damaged), zipfile.ZipFile(path) as archive:
        members = [member for member in archive.infolist() if not _is_folder(member)]
        if len(members) > MOST_MEMBERS:
            raise UnreadableFile("error.file.archive_too_many", file=name, n=len(members))
        written = 0
        for n, member in enumerate(members):
            inner = _shown(member)
            shown = f"{name}/{inner}"
            if reason := _reason_to_skip(member, inner):
                skipped.append(Skipped(shown, reason))
                continue
            out = folder / _plain_name(f"{n:04d}", inner)
            with archive.open(member) as packed:
                written = _copy(packed, out, name, path.stat().st_size, written)
            yield out, shown


def require_sane_size(path: Path, name: str) -> None:
    """Refuse a workbook, which is an archive too, that unpacks to more than a workbook can hold."""
    if not zipfile.is_zipfile(path):
        return
    with zipfile.ZipFile(path) as archive:
        size = sum(member.file_size for member in archive.infolist())
    if size > FREE_BYTES and size > MOST_RATIO * path.stat().st_size:
        raise UnreadableFile("error.file.archive_too_large", file=name)


def is_of_the_system(name: str) -> bool:
    """Whether Windows wrote a file for itself; what others write so begins with a dot."""
    return name.lower() in _SYSTEM


def _is_folder(member: zipfile.ZipInfo) -> bool:
    return member.filename.endswith("/")


def _shown(member: zipfile.ZipInfo) -> str:
    """A member's name; Vietnamese names written without the UTF-8 flag come as cp437."""
    name = member.filename.replace("\\", "/")
    if member.flag_bits & _IS_UTF8:
        return name
    try:
        return name.encode("cp437").decode("utf-8")
    except UnicodeError:
        return name


def _reason_to_skip(member: zipfile.ZipInfo, inner: str) -> SkipReason | None:
    parts = inner.split("/")
    if inner.startswith("/") or ".." in parts or ":" in parts[0]:
        return "unsafe_path"
    if any(part.startswith((".", "~$", "__MACOSX")) for part in parts):
        return "hidden"
    if is_of_the_system(parts[-1]):
        return "system"
    return "encrypted" if member.flag_bits & _IS_ENCRYPTED else None


def _plain_name(prefix: str, inner: str) -> str:
    """A file name of ours that keeps the ending, by which a kind may be told."""
    ending = Path(inner).suffix.lower()
    return prefix + (ending if ending[1:].isalnum() and ending.isascii() else "")


def _copy(packed: IO[bytes] | gzip.GzipFile, out: Path, name: str, size: int, before: int) -> int:
    """Unpack to `out`; returns the bytes written so far for the archive."""
    written = before
    with out.open("wb") as file:
        while block := packed.read(_BLOCK):
            written += len(block)
            if written > MOST_BYTES or (written > FREE_BYTES and written > MOST_RATIO * size):
                raise UnreadableFile("error.file.archive_too_large", file=name)
            file.write(block)
    return written
